"""Pairs of words that follow each other: what tells phrases of common words from each other. Pure.

Nearly every message has "и" and "на", few have "и на". Two common words have a term for themselves; all other pairs
share `BUCKETS` terms, so that each takes about one byte. Two words that are not common have none when one of them is a
number or long and not Latin: that one is seldom anyway.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise, product
from operator import xor
from zlib import crc32

from gigadesk.search.stems import stem
from gigadesk.search.words import CHUNK, WORD_MAX_CHARS, elements_of, folded, has_humps, pieces_of, plain

BUCKETS = 4096
"""For pairs that are not of two common words. With twice as many most would take two bytes."""
NO_CODE = 0
"""In place of the code of a stem: there is none."""
_FIRST_TERM, _FIRST_COMMON_TERM = 0xE000, 0xF0000
"""Terms are letters for private use, which are in no word."""

# A pair is a number: the code of the first stem xor that of the second, which is turned so that "на и" is another
# pair than "и на". Besides it has a bit each that says whether the first is common and the second.
_VALUES = 1 << 16
_COMMON_FIRST, _COMMON_SECOND = _VALUES, 2 * _VALUES
_TELLING_FIRST, _TELLING_SECOND = 4 * _VALUES, 8 * _VALUES
_COMMON_BITS = 8
"""Of the number of a common stem."""
_TELLING_MIN_CHARS = 8
"""A stem that is so long stands in few messages."""
_NO_TERM = 0

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
def common_stems() -> dict[str, int]:
    """The stems of the commonest words, each with its number."""
    stems = sorted({stem(folded(piece)) for word in _COMMON for piece in pieces_of(word)})
    return {known: number for number, known in enumerate(stems, start=1)}


def run_of(chunk: str) -> tuple[str, ...]:
    """The stems of the elements of a plain chunk, as they follow each other."""
    return tuple(stem(element) for element in elements_of(chunk))


def code_of(known: str) -> int:
    """What a stem brings into its pairs: a number, never `NO_CODE`."""
    number = common_stems().get(known)
    if number is not None:
        return _COMMON_FIRST | number
    # What is joined of Latin words may stand in a text as these words: their pairs are needed to find it.
    is_long = len(known) >= _TELLING_MIN_CHARS and not known.isascii()
    is_telling = is_long or (len(known) > 1 and known.isdigit())
    return max(1, crc32(known.encode()) % _VALUES) | (_TELLING_FIRST if is_telling else 0)


def pairs_of(codes: Sequence[int]) -> list[str]:
    """The terms of the stems with these codes that follow each other, of those that have one.

    Each pair of each message comes along here, so all of it is calls of C, with small tables.
    """
    as_second, terms = _tables()
    pairs = map(xor, codes, map(as_second.__getitem__, codes[1:]))
    return list(map(chr, filter(None, map(terms.__getitem__, set(pairs)))))


def pairs_in(text: str, *, is_open: bool) -> tuple[list[str], frozenset[str]]:
    """The terms that a text with this phrase in it has, and the common stems that these see to.

    Of an open phrase the last word is not known yet. What is written as `getUserName` may be `get_user_name` in the
    text, so it has no neighbours.
    """
    runs = [() if has_humps(chunk) else run_of(chunk) for chunk in CHUNK.findall(plain(text))]
    stems: list[str | None] = []
    for run in runs:
        stems.extend(run or (None,))
    if is_open:
        del stems[-1:]
    pairs = [(first, second) for first, second in pairwise(stems) if first is not None and second is not None]
    terms = set(chain.from_iterable(pairs_of([code_of(first), code_of(second)]) for first, second in pairs))
    return sorted(terms), frozenset(known for pair in pairs for known in pair if known in common_stems())


def terms_of_humps(chunk: str) -> list[str]:
    """Of a plain chunk as `getUserName`: a text with it has one of these, however it is written.

    All of it as one word, or the pair where it comes apart. None are told when such a pair has no term.
    """
    pieces = [folded(piece) for piece in pieces_of(chunk)]
    terms = {stem("".join(pieces)[:WORD_MAX_CHARS])}
    for cut in range(1, len(pieces)):
        firsts = {elements_of("".join(pieces[start:cut]))[-1] for start in range(cut)}
        seconds = {elements_of("".join(pieces[cut:end]))[0] for end in range(cut + 1, len(pieces) + 1)}
        for pair in product(map(stem, firsts), map(stem, seconds)):
            found = pairs_of([code_of(known) for known in pair])
            if not found:
                return []
            terms.update(found)
    return sorted(terms)


def _as_second(code: int) -> int:
    if code & _COMMON_FIRST:
        return _COMMON_SECOND | code % _VALUES << _COMMON_BITS
    return (code * 2011 + 977) % _VALUES


def _shared_term(value: int) -> int:
    # A common second stem is in the upper bits, which are to have their say.
    return _FIRST_TERM + (value ^ value >> _COMMON_BITS + 4) % BUCKETS


@lru_cache(maxsize=1)
def _tables() -> tuple[Sequence[int], Sequence[int]]:
    """What the code of a second stem is in a pair, and what letter the term of a pair is. Made in some 40 ms."""
    usual = array("L", map(_as_second, range(_COMMON_FIRST + (1 << _COMMON_BITS))))
    telling = array("L", map(_TELLING_SECOND.__or__, usual[:_VALUES]))
    as_second = usual + array("L", [0]) * (_TELLING_FIRST - len(usual)) + telling
    shared = array("L", map(_shared_term, range(_VALUES)))
    none = array("L", [_NO_TERM]) * _VALUES
    terms = shared * 3 + array("L", range(_FIRST_COMMON_TERM, _FIRST_COMMON_TERM + _VALUES))
    # A telling word has a term with a common one beside it alone.
    for kind in range(len(terms) // _VALUES, 1 + (_TELLING_FIRST | _TELLING_SECOND) // _VALUES):
        terms += shared if kind * _VALUES & (_COMMON_FIRST | _COMMON_SECOND) else none
    return as_second, terms
