"""Foreign text that arrives in pieces, made clean. Pure."""

import re

from gigadesk.text import clean

NEEDS_MENDING = "\ud800-\udfff\r\x00\u2028\u2029"
"""What `clean` changes, as the inside of a character class."""

_search = re.compile(f"[{NEEDS_MENDING}]").search


class TextMender:
    """`gigadesk.text.clean` for a text that arrives in pieces: pairs that a cut has torn apart are joined first."""

    def __init__(self) -> None:
        self._held = ""

    @property
    def holds(self) -> bool:
        """The end of the last piece waits for the beginning of the next."""
        return bool(self._held)

    def feed(self, piece: str) -> str:
        """What of `piece`, and of what was held, is certain now."""
        if not self._held and _search(piece) is None:
            return piece
        piece = self._held + piece
        self._held = ""
        last = piece[-1:]
        if last == "\r" or "\ud800" <= last <= "\udbff":
            self._held = last
            piece = piece[:-1]
        return clean(piece)

    def close(self) -> str:
        """What is still held."""
        held, self._held = self._held, ""
        return clean(held)
