"""Answers of `/v1/chat/completions`, streamed or whole, as typed events. Pure.

Nothing a server sends raises here: what is odd adds nothing and is counted, a reported error becomes `failure`.
"""

import re
from typing import Any

import msgspec

from gigadesk.chat import Usage
from gigadesk.errors import ServiceError
from gigadesk.gigachat.events import Finished, ReplyEvent, ToolProgress
from gigadesk.gigachat.failures import from_reported_error
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, text_of
from gigadesk.gigachat.protocol.usage import usage_of
from gigadesk.gigachat.protocol.words import Words
from gigadesk.text import clean

_END = "[DONE]"
_CHOICES_MAX = 10_000
"""In one event: a million empty ones would hold up the window."""
_SECONDS = re.compile(r"\b(\d{1,5})\s*(?:s|с)", re.IGNORECASE)


class _Part(msgspec.Struct, gc=False):
    """A `delta` of a stream, or the `message` of a whole answer. Any: a server may put anything into a leaf."""

    content: Any = None
    role: Any = None
    reasoning_content: Any = None
    function_call: Any = None
    functions_state_id: Any = None
    name: Any = None


class _Choice(msgspec.Struct, gc=False):
    delta: _Part | None = None
    message: _Part | None = None
    index: Any = 0
    finish_reason: Any = None


class _Chunk(msgspec.Struct, gc=False):
    choices: list[_Choice | None] | None = None
    model: Any = None
    usage: Any = None
    status: Any = None
    message: Any = None
    error: Any = None
    thread_id: Any = None
    message_id: Any = None


_decode = Decoder(_Chunk)


class ReplyReaderV1:
    """Reads one answer. `is_complete` and `failure` say how far it came."""

    def __init__(self) -> None:
        self.failure: ServiceError | None = None
        """An error that the server reported in the middle of its answer."""
        self.is_ended = False
        """The server said that nothing more will come."""
        self.is_complete = False
        """The whole answer is here: a stream that only stops to flow is not complete."""
        self.is_understood = False
        """Something of an answer came."""
        self.odd_events = 0
        """How many events made no sense. They added nothing."""
        self._reason = ""
        self._raw_model: Any = None  # as it stood in the last chunk; it is the same in all of them
        self._model = ""
        self._usage: Usage | None = None
        self._state_id = ""
        self._thread_id = ""
        self._message_id = ""
        self._words = Words()

    @property
    def is_nonsense(self) -> bool:
        """Something came, and nothing of it could be understood."""
        return self.odd_events > 0 and not self.is_understood

    def read(self, data: str | bytes, name: str = "") -> None:  # noqa: ARG002 - events have no names here
        """Take the data of one server-sent event, or a whole JSON body."""
        try:
            chunk = _decode(data)
        except OddJsonError:
            self._read_odd(data)
            return
        if chunk.choices:
            self.is_understood = True
            if chunk.model != self._raw_model or chunk.thread_id is not None or chunk.message_id is not None:
                self._note_origin(chunk)
            if chunk.usage is not None:
                self._usage = usage_of(chunk.usage)
            for choice in chunk.choices[:_CHOICES_MAX]:
                if choice is not None and not choice.index:  # only the first version is read
                    self._read_choice(choice)
        elif chunk.error is not None or chunk.status is not None or chunk.message is not None:
            self.failure = from_reported_error(chunk.status, chunk.message, chunk.error)
        elif chunk.usage is not None:
            self._usage = usage_of(chunk.usage)
        else:
            self.odd_events += 1

    def take(self) -> list[ReplyEvent]:
        """The events since the last time."""
        return self._words.take()

    def rest(self) -> list[ReplyEvent]:
        """What was held back, when nothing more will come."""
        return self._words.end()

    def finish(self) -> list[ReplyEvent]:
        """What was held back, and `Finished`. A server that says only `[DONE]` is taken to mean `stop`."""
        finished = Finished(
            self._reason or "stop",
            self._usage,
            self._model,
            state_id=self._state_id,
            thread_id=self._thread_id,
            message_id=self._message_id,
        )
        return [*self.rest(), finished]

    def _read_odd(self, data: str | bytes) -> None:
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        text = text.strip()
        if text == _END:
            self.is_ended = self.is_complete = True
        elif "\n" in text:
            # A gateway forgot the empty lines between its events, which joins their data.
            for line in text.split("\n"):
                self.read(line)
        elif text:
            self.odd_events += 1

    def _note_origin(self, chunk: _Chunk) -> None:
        self._raw_model = chunk.model
        self._model = clean(text_of(chunk.model))
        self._thread_id = clean(text_of(chunk.thread_id)) or self._thread_id
        self._message_id = clean(text_of(chunk.message_id)) or self._message_id

    def _read_choice(self, choice: _Choice) -> None:
        part = choice.delta or choice.message
        if part is not None:
            if part.role == "function_in_progress":
                self._read_progress(part)
            else:
                self._read_part(part)
        if choice.finish_reason and (reason := clean(text_of(choice.finish_reason))):
            self._reason = reason
            self.is_complete = True

    def _read_progress(self, part: _Part) -> None:
        note = clean(text_of(part.content))
        self._words.add(ToolProgress(clean(text_of(part.name)), note, seconds_left=_seconds_in(note)))

    def _read_part(self, part: _Part) -> None:
        content = part.content
        if part.reasoning_content and isinstance(part.reasoning_content, str):
            self._words.think(part.reasoning_content)
        if content and isinstance(content, str):
            self._words.say(content)
        if part.functions_state_id is not None:
            self._state_id = clean(text_of(part.functions_state_id)) or self._state_id
        if part.function_call is not None:
            self._words.add_call(part.function_call, clean(text_of(part.functions_state_id)))


def _seconds_in(note: str) -> float | None:
    """The time left, which the service writes into words of its own choice."""
    found = _SECONDS.search(note)
    return float(found[1]) if found is not None else None
