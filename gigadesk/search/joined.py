"""Names as `user_name` and numbers as `2.1`, which stand in a text inside longer ones too: `self.user_name`, `v18.2.1`.

All of a joined word is in the index as one word, and so are its pieces. What is looked for may be a part of it with
several pieces: a word begins with that, or does when it is turned (`words.turned_in`). Pure.
"""

import re
from collections.abc import Iterator
from itertools import islice
from os.path import commonprefix

from gigadesk.search.glance import Glance
from gigadesk.search.numbers import begins_inside, goes_on, is_apart, joint_of, parts_of_number
from gigadesk.search.query import Term
from gigadesk.search.stems import opening_of, stem
from gigadesk.search.words import CHUNK, PARTS_MAX, folded, is_usual, lowered, pieces_of, plain

_NAME = re.compile("[0-9A-Za-z]")
_LETTERS = re.compile(r"[^\W_]*")
_HIDDEN = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
_JOINT = rf"[-_‐‑.'’{_HIDDEN}]{{0,3}}"


def parts_of(term: Term) -> tuple[str, ...]:
    """The folded pieces of a word that may be a part of a longer one; none of a simple word or a phrase.

    What is joined of Russian words is no name: веб-сервис is found as one word, in all its forms.
    """
    if term.is_phrase or _NAME.search(term.text) is None:
        return ()
    chunk = plain(term.text)
    if chunk.isdecimal():
        return parts_of_number(chunk)
    pieces = pieces_of(chunk) if CHUNK.fullmatch(chunk) else []
    return tuple(map(folded, pieces)) if 1 < len(pieces) <= PARTS_MAX else ()


class JoinedWord:
    """Looks for a word of several pieces, alone or in a longer one. Its last may be in another form, as elsewhere."""

    def __init__(self, parts: tuple[str, ...], *, is_open: bool) -> None:
        *first, last = parts
        self._stem = stem(last)
        self._whole = stem("".join(parts))
        self._opening = last if is_open else ""
        # A form of the last piece, or of all of it as one word, may end otherwise.
        has_forms = not (is_open and last.isascii())
        beginnings = {last, opening_of(self._stem), self._ending(first)} if has_forms else {last}
        self._parts = parts
        self._is_number = all(map(str.isdecimal, parts))
        joint = joint_of(parts) if is_apart(parts) else _JOINT
        pattern = joint.join(map(re.escape, first))
        ends = "|".join(map(re.escape, sorted(beginnings)))
        self._pattern = re.compile(rf"{pattern}{joint}(?P<last>{ends})")
        self._first = "".join(first)
        beginning = commonprefix(list(beginnings))  # noqa: RUF071  (of letters)
        self.glance = Glance([[*first, beginning] if beginning else first])
        self.opening = self._first + beginning
        """What the name begins with, from the first of its pieces on that is meant, without what joins them."""

    def _ending(self, first: list[str]) -> str:
        """What the stem of all of it has of the last piece."""
        opening = opening_of(self._whole)
        length = len("".join(first))
        return opening[length:] or self._stem

    def spots(self, text: str, low: str, limit: int) -> Iterator[tuple[int, int]]:
        """Where it is in a text, which is also given in small letters."""
        return islice(self._spots(text, low), limit)

    def is_in(self, text: str, low: str) -> bool:
        """Whether a text has it; what is written with marks over its letters, or parted by hidden signs, too."""
        if next(self._spots(text, low), None) is not None:
            return True
        if is_usual(text):
            return False
        known = plain(text)
        return next(self._spots(known, lowered(known)), None) is not None

    def _spots(self, text: str, low: str) -> Iterator[tuple[int, int]]:
        for found in self._pattern.finditer(low):
            start = found.start()
            is_inside = start and low[start - 1].isalnum() and not _is_cut(text, start)
            if is_inside and begins_inside(self._parts, low, start):
                continue
            end = self._end(text, low, found.start("last"))
            if end and not (self._is_number and goes_on(low, end)):
                yield start, end

    def _end(self, text: str, low: str, start: int) -> int:
        """Where the last piece ends that begins here; 0 when it is another word."""
        letters = _LETTERS.match(low, start)
        end = letters.end() if letters else start
        word = low[start:end]
        if self._fits(word):
            return end
        piece = pieces_of(text[start:end])[0]
        return start + len(piece) if len(piece) < len(word) and self._fits(folded(piece)) else 0

    def _fits(self, word: str) -> bool:
        if self._opening and word.startswith(self._opening):
            return True
        return stem(word) == self._stem or stem(self._first + word) == self._whole


def _is_cut(text: str, position: int) -> bool:
    """Whether a name comes apart here: before the N of `userName`, before the 2 of `name2`."""
    return len(pieces_of(text[position - 1 : position + 2])[0]) == 1
