"""What stands between two spaces, taken apart for the index: words, stems, codes for pairs; remembered. Pure.

Two messages share most of their words, so nearly all that is asked of `TOKENS` is known already.
"""

import re
from itertools import zip_longest
from typing import Any

from gigadesk.search.pairs import NO_CODE, code_of
from gigadesk.search.stems import english_stem, russian_stem, stem
from gigadesk.search.words import (
    CHUNK,
    SIGNED,
    elements_of,
    folded,
    pieces_of,
    plain,
    signed_term,
    turned_in,
    words_with,
)

KEPT_MAX = 1 << 16
"""Tokens that are remembered, some 25 MB of them; then all are forgotten, and the common ones come back at once."""
KEPT_MAX_CHARS = 40
"""A longer one is a code or a line without spaces, and does not come again."""

_SIGNS = (",", ":", "(", ")", "«", "»", '"', "`", "*", "=", "?", "!", ". ", ".\n")
"""The commonest of what is in no word and joins none: with spaces in their place there are fewer different tokens."""
_EDGES = ".,;:!?()[]{}<>«»“”„\"'`*_~#|-–—…/\\"
_SIMPLE = re.compile(
    "([а-яё]{3,28}|[А-ЯЁ][а-яё]{2,27})|([a-z]{3,28}|[A-Z][a-z]{2,27})|[0-9]{1,28}|[а-яё]{1,2}|[a-z]{1,2}"
)
_RUSSIAN, _ENGLISH = 1, 2

Token = tuple[Any, ...]  # str, str, int and again: no type says that
"""A word as it is written but small, a stem, the code of what stands there; and so on, in threes. Where there are fewer
of the one than of the other, "" and `NO_CODE` take the place. Behind the words come names that are turned."""


class _Tokens(dict[str, Token]):
    """A dictionary, so that looking up all tokens of a text is one call of C."""

    def __missing__(self, token: str) -> Token:
        found = _simple(token) or _of_chunks(token)
        if len(token) <= KEPT_MAX_CHARS:
            if len(self) >= KEPT_MAX:
                self.clear()
            self[token] = found
        return found


TOKENS = _Tokens()


def forget_tokens() -> None:
    """Nothing is to be taken apart for a while: give the memory back."""
    TOKENS.clear()


def tokens_in(text: str) -> list[str]:
    """A text between its spaces."""
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text.split()


def _simple(token: str) -> Token | None:
    """Most tokens are one word of one script, perhaps with signs around it."""
    if "#" in token and SIGNED.search(token) is not None:
        return None
    core = token.strip(_EDGES)
    kind = _SIMPLE.fullmatch(core)
    if kind is None:
        return None
    word = core.lower()
    if kind.lastindex == _RUSSIAN:
        word = word.replace("ё", "е")
        known = russian_stem(word)
    else:
        word = known = word.replace("ё", "е")
        if kind.lastindex == _ENGLISH:
            known = english_stem(word)
    return (word, word if known == word else known, code_of(word, known))


def _of_chunks(token: str) -> Token:
    words: list[str] = []
    stems: list[str] = []
    codes: list[int] = []
    known = plain(token)
    if not known.isalnum():
        stems += (signed_term(each) for each in SIGNED.findall(known))
    for chunk in CHUNK.findall(known):
        pieces = [folded(piece) for piece in pieces_of(chunk)]
        found = words_with(pieces, chunk)
        words += found
        words += turned_in(chunk) if len(pieces) > 2 else ()
        stems += dict.fromkeys(map(stem, found))
        codes += map(code_of, elements_of(chunk))
    rows = zip_longest(words, stems, codes)
    return tuple(each for word, known, code in rows for each in (word or "", known or "", code or NO_CODE))
