"""A streamed answer from its first byte to its last: bytes in, joined typed events out. Does no I/O."""

from collections.abc import Iterator
from typing import Protocol

from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError, ServiceError
from gigadesk.gigachat.events import ReplyEvent
from gigadesk.gigachat.sse import EventReader, ServerEvent
from gigadesk.limits import ANSWER_MAX_BYTES, SSE_LINE_MAX_BYTES


class ReplyReader(Protocol):
    """Reads the events of one answer, in the words of one contract. Nothing a server sends makes it raise."""

    failure: ServiceError | None
    """An error that the server reported in the middle of its answer."""
    is_ended: bool
    """The server said that nothing more will come."""
    is_complete: bool
    """The whole answer is here: a stream that only stops to flow is not complete."""
    is_understood: bool
    """Something of an answer came."""

    @property
    def is_nonsense(self) -> bool:
        """Something came, and nothing of it could be understood."""

    def read(self, data: str | bytes, name: str = "") -> None:
        """Take the data of one server-sent event with its name, or a whole JSON body."""

    def take(self) -> list[ReplyEvent]:
        """The events since the last time, neighbouring deltas joined into one."""

    def rest(self) -> list[ReplyEvent]:
        """What was held back, when nothing more will come."""

    def finish(self) -> list[ReplyEvent]:
        """What was held back, and `Finished`."""


class AnswerReader:
    """Reads the bytes of one stream for `reply`, which is asked how the answer stands.

    After each call `failure` is set if nothing can follow; what was given out stands.
    """

    def __init__(
        self, reply: ReplyReader, max_bytes: int = ANSWER_MAX_BYTES, line_max_bytes: int = SSE_LINE_MAX_BYTES
    ) -> None:
        self.failure: ServiceError | None = None
        self.events_seen = 0
        """Complete server-sent events so far: the sign of life of a stream (comments are none)."""
        self._bytes_left = max_bytes
        self._reply = reply
        self._lines = EventReader(line_max_bytes)

    def feed(self, chunk: bytes) -> list[ReplyEvent]:
        """The events of one network read, neighbouring deltas joined into one."""
        self._bytes_left -= len(chunk)
        if self._bytes_left < 0:
            self.failure = BrokenAnswerError("the answer is too long", cause=BrokenAnswerCause.TOO_LONG)
            return []
        data = self._lines.only_data(chunk)
        if data is None:
            return self._take(self._lines.feed(chunk))
        # Nearly always while an answer is being written. The way below would cost half as much again.
        self.events_seen += 1
        reply = self._reply
        reply.read(data)
        if reply.failure is not None:
            self.failure = reply.failure
        return reply.take()

    def close(self) -> list[ReplyEvent]:
        """The bytes have ended: the events that their end cut off."""
        return self._take(self._lines.close())

    def _take(self, events: Iterator[ServerEvent]) -> list[ReplyEvent]:
        reply = self._reply
        try:
            for data, name in events:
                self.events_seen += 1
                reply.read(data, name)
                if reply.failure is not None:
                    self.failure = reply.failure
                    break
                if reply.is_ended:
                    break
        except BrokenAnswerError as error:
            self.failure = error
        return reply.take()
