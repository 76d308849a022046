"""Pairs of words that follow each other, one of them common: what tells phrases of common words from each other. Pure.

Nearly every message has "и" and "на", few have "и на". The pairs share `BUCKETS` numbers, so they take little room.
"""

from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from gigadesk.search.stems import stem
from gigadesk.search.words import CHUNK, folded, pieces_of, plain

BUCKETS = 1024
MARK = "::"

_COMMON = """
а без более больше бы был была были было быть в вам вас весь во вот все всегда всего всё всех вы где да даже два для
до другие его ее если есть еще её ещё же за здесь и из или им иногда их к каждый как какая какие какой ко когда
конечно которая которого которой которые который кто куда лишь лучше между меня мне может можно мой мы на надо например
нас не него нее ней нет ни никогда них но ну нужно о об один одна он она они оно опять от очень перед по под после потом
потому почему поэтому пожалуйста при про просто привет раз с сам сама сами свои свой своего сейчас сколько снова со
спасибо так также такой там те тем теперь то тогда того тоже только том тому три тут ты у уже хотя чего чем через что
чтоб чтобы эта эти этих это этого этой этом этот я
a about after all also an and any are as at be because been before being between but by can could do does don't down
each every first for from get had has have he her here him his how i if in into is it its just like make may me more
most must my need new no not now of on one only or other our out over same she should so some such than that the their
them then there these they this those through to too two under up us use used using very was way we were what when where
which while who why will with without would you your
""".split()  # noqa: SIM905  (words)


@lru_cache(maxsize=1)
def common_stems() -> frozenset[str]:
    """The stems of the commonest words."""
    return frozenset(stem(folded(piece)) for word in _COMMON for piece in pieces_of(word))


@lru_cache(maxsize=1 << 14)
def run_of(chunk: str) -> tuple[str, ...]:
    """The stems of the pieces of a plain chunk, as they follow each other."""
    return tuple(stem(folded(piece)) for piece in pieces_of(chunk))


def pair_term(first: str, second: str) -> str:
    """The term of two stems that follow each other, one of them common."""
    return f"{MARK}{crc32(f'{first} {second}'.encode()) % BUCKETS:x}"


def pairs_in(text: str, *, is_open: bool) -> list[str]:
    """The terms that a text with this phrase in it has; of an open one the last word is not known yet."""
    stems = [each for chunk in CHUNK.findall(plain(text)) for each in run_of(chunk)]
    known = stems[:-1] if is_open else stems
    common = common_stems()
    pairs = (pair for pair in pairwise(known) if not common.isdisjoint(pair))
    return list(dict.fromkeys(pair_term(*pair) for pair in pairs))
