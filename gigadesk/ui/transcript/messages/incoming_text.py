"""What of a text has come and is not parsed yet. It is cleaned as it is taken: of four megabytes that took 0.1 s."""

from collections import deque

from gigadesk.text import clean
from gigadesk.ui.transcript.copy.hidden_tags import take_tags

_PIECE_CHARS = 8 * 1024


class IncomingText:
    """Goes in as it comes, and out as it is shown: clean, without the tags of files. `is_open`: more will come."""

    __slots__ = ("_at", "_come", "_held", "_ready", "chars")

    def __init__(self) -> None:
        self._come: deque[str] = deque()
        self._at = 0
        """So many characters of the first are taken."""
        self._ready = ""
        self._held = ""
        """End of what was taken that may become a tag, which is not shown."""
        self.chars = 0
        """How many are left, but for what is held back; about, if there are tags among them."""

    def add(self, text: str) -> None:
        if text:
            self._come.append(text)
            self.chars += len(text)

    def is_empty(self, *, is_open: bool) -> bool:
        return not self.chars and (is_open or not self._held)

    def take(self, count: int, *, is_open: bool) -> str:
        """The next characters, at most so many; none if there are none to be had now."""
        while not self._ready and not self.is_empty(is_open=is_open):
            piece = self._next_piece()
            self.chars -= len(piece)
            may_go_on = is_open or bool(self._come)
            self._ready, self._held = take_tags(self._held + clean(piece), is_open=may_go_on)
            self.chars += len(self._ready)
        taken, self._ready = self._ready[:count], self._ready[count:]
        self.chars -= len(taken)
        return taken

    def sample(self, count: int) -> str:
        """The next characters as they are, about so many."""
        come = self._come[0][self._at : self._at + count] if self._come else ""
        return (self._ready + come)[:count]

    def rest(self, *, is_open: bool) -> str:
        """All that is left."""
        come = "".join(self._come)[self._at :]
        if not come and (is_open or not self._held):
            return self._ready
        return self._ready + take_tags(self._held + clean(come), is_open=is_open)[0]

    def _next_piece(self) -> str:
        if not self._come:
            return ""
        text, start = self._come[0], self._at
        end = min(len(text), start + _PIECE_CHARS)
        # The halves of one character, or of one line end, are cleaned together.
        while end < len(text) and (text[end - 1] == "\r" or "\ud800" <= text[end - 1] < "\udc00"):
            end += 1
        self._at = end
        if end == len(text):
            self._come.popleft()
            self._at = 0
        return text[start:end]
