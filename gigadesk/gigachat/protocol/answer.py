"""A streamed answer from its first byte to its last: bytes in, joined typed events out. Does no I/O."""

from typing import Protocol

from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError, ServiceError
from gigadesk.gigachat.events import ReasoningDelta, ReplyEvent, TextDelta
from gigadesk.gigachat.sse import EventReader, ServerEvent
from gigadesk.limits import ANSWER_MAX_BYTES, SSE_LINE_MAX_BYTES


class ReplyReader(Protocol):
    """Reads the events of one answer, in the words of one contract. Nothing a server sends makes it raise."""

    @property
    def failure(self) -> ServiceError | None:
        """An error that the server reported in the middle of its answer."""

    @property
    def is_ended(self) -> bool:
        """The server said that nothing more will come."""

    @property
    def is_complete(self) -> bool:
        """The whole answer is here: a stream that only stops to flow is not complete."""

    @property
    def is_understood(self) -> bool:
        """Something of an answer came."""

    @property
    def is_nonsense(self) -> bool:
        """Something came, and nothing of it could be understood."""

    def read(self, data: str | bytes, name: str = "") -> list[ReplyEvent]:
        """The events that the data of one server-sent event, or a whole JSON body, stands for."""

    def finish(self) -> list[ReplyEvent]:
        """What was held back, and `Finished`."""


class AnswerReader:
    """Reads one stream. After each call `failure` is set if nothing can follow; what was given out stands."""

    def __init__(
        self, reply: ReplyReader, max_bytes: int = ANSWER_MAX_BYTES, line_max_bytes: int = SSE_LINE_MAX_BYTES
    ) -> None:
        self.failure: ServiceError | None = None
        self.events_seen = 0
        """Complete server-sent events so far: the sign of life of a stream (comments are none)."""
        self._bytes_left = max_bytes
        self._reply = reply
        self._lines = EventReader(line_max_bytes)

    @property
    def is_ended(self) -> bool:
        """The server said `[DONE]`."""
        return self._reply.is_ended

    @property
    def is_complete(self) -> bool:
        """The whole answer is here, even if `[DONE]` is not."""
        return self._reply.is_complete

    @property
    def is_nonsense(self) -> bool:
        """Something came, and nothing of it could be understood."""
        return self._reply.is_nonsense

    def feed(self, chunk: bytes) -> list[ReplyEvent]:
        """The events of one network read, neighbouring deltas joined into one."""
        self._bytes_left -= len(chunk)
        if self._bytes_left < 0:
            self.failure = BrokenAnswerError("the answer is too long", cause=BrokenAnswerCause.TOO_LONG)
            return []
        events: list[ReplyEvent] = []
        try:
            for event in self._lines.feed(chunk):
                self._take(event, events)
                if self.is_ended or self.failure is not None:
                    break
        except BrokenAnswerError as error:
            self.failure = error
        return joined(events)

    def close(self) -> list[ReplyEvent]:
        """The bytes have ended: the events that their end cut off."""
        events: list[ReplyEvent] = []
        try:
            for event in self._lines.close():
                self._take(event, events)
        except BrokenAnswerError as error:
            self.failure = error
        return joined(events)

    def finish(self) -> list[ReplyEvent]:
        """The last events of a complete answer, `Finished` the very last."""
        return self._reply.finish()

    def _take(self, event: ServerEvent, events: list[ReplyEvent]) -> None:
        self.events_seen += 1
        events += self._reply.read(event.data, event.name)
        self.failure = self.failure or self._reply.failure


def joined(events: list[ReplyEvent]) -> list[ReplyEvent]:
    """The same events with neighbouring deltas of one kind made one."""
    if len(events) < 2:
        return events
    result: list[ReplyEvent] = []
    texts: list[str] = []
    kind: type[TextDelta | ReasoningDelta] = TextDelta
    for event in events:
        if isinstance(event, TextDelta | ReasoningDelta):
            if texts and type(event) is not kind:
                result.append(kind("".join(texts)))
                texts.clear()
            kind = type(event)
            texts.append(event.text)
            continue
        if texts:
            result.append(kind("".join(texts)))
            texts.clear()
        result.append(event)
    if texts:
        result.append(kind("".join(texts)))
    return result
