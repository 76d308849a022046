"""Thoughts that a model writes into its answer, as `<think>...</think>` at its very beginning. Pure.

Only there: an answer may well speak of such tags further on.
"""

from enum import Enum, auto

_OPEN = "<think>"
_CLOSE = "</think>"
_SPACE_MAX_CHARS = 1024
"""White space before the tag; an answer that begins with more of it is let through as it is."""


class _State(Enum):
    BEFORE = auto()
    """Nothing but white space so far."""
    INSIDE = auto()
    AFTER = auto()
    """White space between the thoughts and the answer is left out."""
    OVER = auto()


class ThinkTags:
    """Tells thoughts and answer apart, wherever the pieces were cut."""

    def __init__(self) -> None:
        self._state = _State.BEFORE
        self._held = ""

    @property
    def is_over(self) -> bool:
        """All that follows belongs to the answer: nothing needs to be fed any more."""
        return self._state is _State.OVER

    def feed(self, piece: str) -> tuple[str, str]:
        """The thoughts and the words of the answer that are certain now; the thoughts come first."""
        text = self._held + piece
        self._held = ""
        thought = ""
        if self._state is _State.BEFORE:
            text = self._begin(text)
        if self._state is _State.INSIDE:
            thought, text = self._think(text)
        if self._state is _State.AFTER:
            text = text.lstrip()
            if text:
                self._state = _State.OVER
        return thought, text

    def close(self) -> tuple[str, str]:
        """What is still held: of thoughts that never ended, or of an answer that is nothing but a piece of a tag."""
        held, self._held = self._held, ""
        return (held, "") if self._state is _State.INSIDE else ("", held)

    def _begin(self, text: str) -> str:
        words = text.lstrip()
        if len(text) - len(words) > _SPACE_MAX_CHARS:
            self._state = _State.OVER
            return text
        if words.startswith(_OPEN):
            self._state = _State.INSIDE
            return words.removeprefix(_OPEN)
        if _OPEN.startswith(words):
            self._held = text
            return ""
        self._state = _State.OVER
        return text

    def _think(self, text: str) -> tuple[str, str]:
        thought, end, rest = text.partition(_CLOSE)
        if end:
            self._state = _State.AFTER
            return thought, rest
        # The tag may be cut in two.
        kept = next((size for size in range(len(_CLOSE) - 1, 0, -1) if text.endswith(_CLOSE[:size])), 0)
        self._held = text[len(text) - kept :]
        return text[: len(text) - kept], ""
