"""Pairs of words that follow each other, one of them common: what tells phrases of common words from each other. Pure.

Nearly every message has "и" and "на", few have "и на". The pairs share `BUCKETS` numbers, so they take little room.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import xor
from zlib import crc32

from gigadesk.search.stems import stem
from gigadesk.search.words import CHUNK, folded, pieces_of, plain

BUCKETS = 4096
"""For pairs of two common words."""
ONE_COMMON_BUCKETS = 1024
"""The other word tells a lot already."""
NO_CODE = 0
"""In place of the code of a stem: there is none."""
_FIRST_TERM = 0xE000
"""Terms are letters for private use, which are in no word: there are 6,400."""

# A pair is a number: the code of the first stem xor that of the second, which is turned so that "на и" is another
# pair than "и на". It has a bucket, and a bit each that says whether the first is common and the second.
_COMMON_FIRST, _COMMON_SECOND, _IS_CODE = BUCKETS, 2 * BUCKETS, 4 * BUCKETS

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


def run_of(chunk: str) -> tuple[str, ...]:
    """The stems of the pieces of a plain chunk, as they follow each other."""
    return tuple(stem(folded(piece)) for piece in pieces_of(chunk))


def code_of(known: str) -> int:
    """What a stem brings into its pairs: a number, never `NO_CODE`."""
    kind = _COMMON_FIRST if known in common_stems() else 0
    return _IS_CODE | kind | crc32(known.encode()) % BUCKETS


def pairs_of(codes: Sequence[int]) -> Iterable[str]:
    """The terms of the stems with these codes that follow each other, for pairs with a common one.

    Each pair of each message comes along here, so all of it is calls of C, with small tables.
    """
    as_second, terms = _tables()
    pairs = map(xor, codes, map(as_second.__getitem__, codes[1:]))
    return map(chr, filter(None, map(terms.__getitem__, set(pairs))))


def pairs_in(text: str, *, is_open: bool) -> list[str]:
    """The terms that a text with this phrase in it has; of an open one the last word is not known yet."""
    stems = [each for chunk in CHUNK.findall(plain(text)) for each in run_of(chunk)]
    return sorted(pairs_of([code_of(known) for known in (stems[:-1] if is_open else stems)]))


def _as_second(code: int) -> int:
    bucket = (code * 2011 + 977) % BUCKETS
    return _IS_CODE | (_COMMON_SECOND if code & _COMMON_FIRST else 0) | bucket


def _term(pair: int) -> int:
    bucket, kind = pair % BUCKETS, pair & (_COMMON_FIRST | _COMMON_SECOND)
    if not kind:
        return 0
    is_both = kind == _COMMON_FIRST | _COMMON_SECOND
    return _FIRST_TERM + (bucket if is_both else BUCKETS + bucket % ONE_COMMON_BUCKETS)


@lru_cache(maxsize=1)
def _tables() -> tuple[Sequence[int], Sequence[int]]:
    """What the code of a second stem is in a pair, and what letter the term of a pair is."""
    return array("H", map(_as_second, range(6 * BUCKETS))), array("H", map(_term, range(4 * BUCKETS)))
