"""References to sources in the text of an answer: `[sources=[2]]` becomes `[2]`, as books print it. Pure.

So the text reads well wherever it goes (window, clipboard, search, export), and the number finds its page in the list
that `SourcesFound` brings. Several sources in one mark become several references: `[1][3]`.
"""

import re

_MARK = re.compile(r"\[sources=\[\s{0,9}(\d{1,9}(?:\s{0,9},\s{0,9}\d{1,9}){0,31})\s{0,9}\]\]")
_MARK_MAX_CHARS = 1024
_BEGINNING = "[sources=["
_INSIDE = re.compile(r"[\d\s,]*\]?")


class SourceMarks:
    """Reads the pieces of one answer; where they were cut makes no difference."""

    def __init__(self) -> None:
        self._held = ""

    @property
    def holds(self) -> bool:
        """The end of the last piece may be the beginning of a mark."""
        return bool(self._held)

    def feed(self, piece: str) -> str:
        """What of `piece`, and of what was held, is certain now."""
        if not self._held and "[" not in piece:
            return piece
        text = self._held + piece
        start = _open_mark(text)
        self._held = text[start:]
        return _MARK.sub(_as_printed, text[:start])

    def close(self) -> str:
        """What is still held: it is no mark."""
        held, self._held = self._held, ""
        return held


def _as_printed(mark: re.Match[str]) -> str:
    return "".join(f"[{int(number)}]" for number in mark[1].split(","))


def _open_mark(text: str) -> int:
    """Where a mark begins that the end of `text` cuts off; the length of `text` if there is none."""
    start = text.find("[", max(len(text) - _MARK_MAX_CHARS, 0))
    while start >= 0:
        rest = text[start:]
        if _BEGINNING.startswith(rest):
            return start
        if rest.startswith(_BEGINNING) and _INSIDE.fullmatch(rest, len(_BEGINNING)):
            return start
        start = text.find("[", start + 1)
    return len(text)
