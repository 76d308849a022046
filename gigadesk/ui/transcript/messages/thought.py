"""What the model thought before it answered: kept as text while it is folded, parsed when it is unfolded."""

import time
from collections.abc import Sequence

from gigadesk.chat import Message, Status
from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.messages.parsed_text import ParsedText

THOUGHT_INDENT = 16


class Thought:
    """The thoughts of one message; none at all for most."""

    __slots__ = ("_began", "_is_running", "_parsed", "_parts", "_seconds", "is_folded")

    def __init__(self, message: Message, *, is_folded: bool) -> None:
        self.is_folded = is_folded
        self._parts = [message.reasoning] if message.reasoning else []
        self._parsed = ParsedText()
        self._is_running = _is_thinking(message)
        self._seconds = message.reasoning_s
        self._began: float | None = None
        """When the first of it came; None for what had begun before it was shown."""

    @property
    def text(self) -> str:
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    @property
    def is_running(self) -> bool:
        """The model is thinking: nothing of the answer has come yet."""
        return self._is_running

    @property
    def seconds(self) -> float | None:
        """How long it has been, or was; None if nobody knows."""
        if self._seconds is not None:
            return self._seconds
        return time.monotonic() - self._began if self._began is not None and self._is_running else None

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks that are shown: none while it is folded."""
        return () if self.is_folded else self._parsed.blocks

    @property
    def parsed_text(self) -> str:
        return self._parsed.text

    @property
    def has_unparsed_text(self) -> bool:
        return not self.is_folded and not self._parsed.is_whole

    def open(self) -> None:
        """Parse what is shown, or the first slice of it."""
        if not self.is_folded and not self._parsed.is_open:
            self._parsed.parse(self.text, is_running=self._is_running)

    def close(self) -> None:
        """Forget the blocks."""
        self._parsed.close()

    def set_folded(self, *, is_folded: bool) -> None:
        self.is_folded = is_folded
        if is_folded:
            self._parsed.close()
        else:
            self.open()

    def parse_more(self) -> int:
        """Parse the next slice; returns the first changed block."""
        return self._parsed.parse_more(is_running=self._is_running)

    def add(self, delta: str) -> int:
        """More of it has come; returns the first changed block."""
        if not self._parts:
            self._is_running, self._began = True, time.monotonic()
        self._parts.append(delta)
        return len(self.blocks) if self.is_folded else self._parsed.grow(delta)

    def end(self) -> bool:
        """The answer has begun; False if there was no thought to end."""
        if not self._is_running or not self._parts:
            return False
        self._seconds = self.seconds
        self._is_running = False
        return True

    def set_message(self, message: Message) -> int | None:
        """Take over the message as it is stored now; returns the first changed block, None if all is as before."""
        if message.reasoning_s is not None:
            self._seconds = message.reasoning_s
        was_running, self._is_running = self._is_running, _is_thinking(message) and self._seconds is None
        if was_running and not self._is_running and self._seconds is None and self._began is not None:
            self._seconds = time.monotonic() - self._began
        text, known = message.reasoning, self.text
        if len(text) < len(known) and message.status is Status.STREAMING and known.startswith(text):
            return None  # the view knows more than the one who asked for the update
        self._parts = [text] if text else []
        if self.is_folded or not self._parsed.is_open:
            return None
        return self._parsed.set_text(text, is_running=self._is_running)


def _is_thinking(message: Message) -> bool:
    return (
        message.status is Status.STREAMING
        and bool(message.reasoning)
        and message.reasoning_s is None
        and not message.text
    )
