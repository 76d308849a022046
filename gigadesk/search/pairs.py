"""Pairs of words that follow each other: what tells phrases of common words from each other. Pure.

Nearly every message has "и" and "на", few have "и на". Two common words have a term for themselves. A pair with one of
them shares one of `BUCKETS` terms, so that each takes little more than a byte: half of all messages have the one word,
so it is for the pair to tell. Two words that are not common are both looked for, and share `FEW_BUCKETS`; two long ones
have no term, and long numbers are in no pair: they are seldom anyway. In a large library there is room for more terms,
and of thousands of texts that share one only some have the pair: so what comes late has finer terms.

Phrases are meant literally, so pairs are of the words as they are written (small, ё as е), not of their stems: "на
договор" has another term than "на договоры". Only of common words all forms are one.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import xor
from zlib import crc32

from gigadesk.search.stems import stem
from gigadesk.search.words import CHUNK, elements_of, folded, has_humps, parts_of_chunk, pieces_of, plain

BUCKETS, FINE_BUCKETS = 3072, 8192
"""For pairs of a common word and another one. With twice as many a quarter of a byte more is taken for each."""
FEW_BUCKETS, FINE_FEW_BUCKETS = 1024, 2048
"""For pairs of other words: with so few hardly any takes a second byte."""
NO_CODE = 0
"""In place of the code of a word: there is none."""
_FIRST_TERM, _FIRST_COMMON_TERM, _FIRST_FINE_TERM = 0xE000, 0xF0000, 0x100000
"""Terms are letters for private use, which are in no word."""

# A pair is a number: the code of the first word xor that of the second, which is turned so that "на и" is another
# pair than "и на". Besides it has a bit each that says whether the first is common and the second, or long.
_VALUES = 1 << 16
_COMMON_FIRST, _COMMON_SECOND = _VALUES, 2 * _VALUES
_LONG_FIRST, _LONG_SECOND = 4 * _VALUES, 8 * _VALUES
_SELDOM_FIRST, _SELDOM_SECOND = _COMMON_FIRST | _LONG_FIRST, _COMMON_SECOND | _LONG_SECOND
"""The whole code of a number that has no pairs."""
_LONG_MIN_CHARS = 8
_SELDOM = re.compile("(?!(?:19|20)[0-9][0-9]$)[0-9]{2,}[1-9]|(?!(?:19|20)[0-9]0$)[0-9]+[1-9]0")
"""Numbers of three and more digits that are neither years nor hundreds."""
_COMMON_BITS = 8
"""Of the number of a common stem."""
_NO_TERM = 0

_COMMON = """
а без более больше будет бы был была были было быть в вам вас ваш весь во вот все всё всегда всего всех вы где да даже
два для до другие его ее её если есть еще ещё же за здесь и из или им иногда их к каждый как какая какие какой ко
когда конечно которая которого которой которые который кто куда ли лишь лучше между меня мне может можно мой мы на
надо нам например нас наш не него нее ней нет ни никогда ним них но ну нужно о об один одна он она они оно опять от
очень перед по под пожалуйста после потом потому почему поэтому при привет про просто раз с сам сама сами своего свои
свой себя сейчас сколько снова со спасибо так также такой там те тебя тем теперь то тогда того тоже только том тому
три тут ты у уже хотя чего чем через что чтоб чтобы эта эти этих это этого этой этом этот я
a about after again all also an and any are as at be because been before being between both but by can could do does
don't down during each every first for from get had has have he her here him his how i if in into is it its just like
make many may me more most much must my need new no not now of on one only or other our out over s same see she should
since so some such than that the their them then there these they this those through to too two under up us use used
using very was way we well were what when where which while who why will with without would you your
""".split()  # noqa: SIM905  (words)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words beside each other, folded."""

    rough_term: str
    fine_term: str
    first: str
    second: str

    @property
    def terms(self) -> list[str]:
        """A text that has it has one of these."""
        return list(dict.fromkeys((self.rough_term, self.fine_term)))

    @property
    def is_own(self) -> bool:
        """It is of two common words. No other pair has its term: what has that has both stems."""
        return self.rough_term == self.fine_term

    @property
    def has_common(self) -> bool:
        """One of them is common: many other pairs have its term, but not as many as that of two others."""
        return ord(self.rough_term) < _FIRST_TERM + BUCKETS


@lru_cache(maxsize=1)
def common_stems() -> dict[str, int]:
    """The stems of the commonest words, each with its number."""
    return {known: number for number, known in enumerate(sorted(common_forms()), start=1)}


@lru_cache(maxsize=1)
def common_forms() -> dict[str, tuple[str, ...]]:
    """The words of each of these stems."""
    forms: dict[str, list[str]] = {}
    for word in dict.fromkeys(folded(piece) for written in _COMMON for piece in pieces_of(written)):
        forms.setdefault(stem(word), []).append(word)
    return {known: tuple(words) for known, words in forms.items()}


def code_of(word: str, known: str | None = None) -> int:
    """What a folded word brings into its pairs, given its stem if that is known: a number, never `NO_CODE`."""
    if known is None:
        known = stem(word)
    number = common_stems().get(known)
    if number is not None:
        return _COMMON_FIRST | number
    if _SELDOM.fullmatch(word):
        return _SELDOM_FIRST
    # What is joined of Latin words may stand in a text as these words: their pairs are needed to find it.
    is_long = len(known) >= _LONG_MIN_CHARS and not known.isascii()
    return max(1, crc32(word.encode()) % _VALUES) | (_LONG_FIRST if is_long else 0)


def pairs_of(codes: Sequence[int]) -> set[int]:
    """The pairs of the words with these codes that follow each other, as numbers.

    Each pair of each message comes along here, so all of it is calls of C, with small tables.
    """
    return set(map(xor, codes, map(_seconds().__getitem__, codes[1:])))


def terms_of(pairs: Iterable[int], *, is_fine: bool) -> list[str]:
    """The terms of those of these pairs that have one, each once."""
    return list(map(chr, set(filter(None, map(_terms(is_fine).__getitem__, pairs)))))


def pair_of(first: str, second: str) -> Pair | None:
    """Two folded words beside each other, if they have a term."""
    pairs = pairs_of([code_of(first), code_of(second)])
    terms, fine_terms = terms_of(pairs, is_fine=False), terms_of(pairs, is_fine=True)
    return Pair(terms[0], fine_terms[0], first, second) if terms else None


def pairs_in(text: str, *, is_open: bool) -> list[Pair]:
    """Those that a text with this phrase in it has, of those that have a term.

    Of an open phrase the last word is not known yet. What is written as `getUserName` may be `get_user_name` in the
    text, so it has no neighbours.
    """
    words: list[str | None] = []
    for chunk in CHUNK.findall(plain(text)):
        for part in parts_of_chunk(chunk):
            words += [None] if has_humps(part) else elements_of(part)
    if is_open:
        del words[-1:]
    found = {(first, second) for first, second in pairwise(words) if first is not None and second is not None}
    return [pair for each in sorted(found) if (pair := pair_of(*each)) is not None]


@lru_cache(maxsize=1)
def _seconds() -> Sequence[int]:
    """What the code of a second word is in a pair."""
    words = [value % _VALUES for value in range(977, 977 + 2011 * _VALUES, 2011)]
    commons = range(_COMMON_SECOND, _COMMON_SECOND + (1 << 2 * _COMMON_BITS), 1 << _COMMON_BITS)
    usual = array("I", [*words, *commons])
    as_second = usual + array("I", [0]) * (_LONG_FIRST - len(usual))
    return as_second + array("I", [_LONG_SECOND | value for value in words]) + array("I", [_SELDOM_SECOND])


def _shared(start: int, buckets: int) -> "array[int]":
    """The terms from `start` on, which all values share."""
    ends = [-(-bucket * _VALUES // buckets) for bucket in range(buckets + 1)]
    by_order: list[int] = []
    for bucket, (first, end) in enumerate(pairwise(ends)):
        by_order += [start + bucket] * (end - first)
    # Common stems are small numbers, in the lower or in the upper bits: spread over all buckets.
    return array("I", [by_order[value % _VALUES] for value in range(0, 40503 * _VALUES, 40503)])


@lru_cache(maxsize=2)
def _terms(is_fine: bool) -> Sequence[int]:  # noqa: FBT001  (remembered by it)
    """What letter the term of a pair is. Made in some 10 ms."""
    buckets, few = (FINE_BUCKETS, FINE_FEW_BUCKETS) if is_fine else (BUCKETS, FEW_BUCKETS)
    start = _FIRST_FINE_TERM if is_fine else _FIRST_TERM
    of_kinds = (
        array("I", range(start + buckets, start + buckets + few)) * (_VALUES // few),
        _shared(start, buckets),
        array("I", range(_FIRST_COMMON_TERM, _FIRST_COMMON_TERM + _VALUES)),
        array("I", [_NO_TERM]) * _VALUES,
    )
    terms = array("I")
    for bits in range(0, _LONG_SECOND * 2, _VALUES):
        commons = bool(bits & _COMMON_FIRST) + bool(bits & _COMMON_SECOND)
        longs = bool(bits & _LONG_FIRST) + bool(bits & _LONG_SECOND)
        is_seldom = bits & _SELDOM_FIRST == _SELDOM_FIRST or bits & _SELDOM_SECOND == _SELDOM_SECOND
        terms += of_kinds[3 if is_seldom or longs == 2 else commons]
    return terms
