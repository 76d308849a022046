"""Answers of `/v1/chat/completions`, streamed or whole, as typed events. Pure.

Nothing a server sends raises here: what is odd adds nothing and is counted, a reported error becomes `failure`.
"""

import re
from typing import Any

import msgspec

from gigadesk.chat import Usage
from gigadesk.errors import ServiceError
from gigadesk.gigachat.events import (
    FileReady,
    Finished,
    FunctionCall,
    ReasoningDelta,
    ReplyEvent,
    TextDelta,
    ToolProgress,
)
from gigadesk.gigachat.failures import from_reported_error
from gigadesk.gigachat.file_tags import FileTags
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, number_of, text_of
from gigadesk.text import clean

_END = "[DONE]"
_NEEDS_MENDING = re.compile("[\ud800-\udfff\r\x00\u2028\u2029]")
"""What `clean` changes."""


class _Part(msgspec.Struct):
    """A `delta` of a stream, or the `message` of a whole answer. Any: a server may put anything into a leaf."""

    content: Any = None
    role: Any = None
    reasoning_content: Any = None
    function_call: Any = None
    functions_state_id: Any = None
    name: Any = None


class _Choice(msgspec.Struct):
    delta: _Part | None = None
    message: _Part | None = None
    index: Any = 0
    finish_reason: Any = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice | None] | None = None
    model: Any = None
    usage: Any = None
    status: Any = None
    message: Any = None
    error: Any = None


_decode = Decoder(_Chunk)
_decode_object = Decoder(dict[str, Any])


class ReplyReaderV1:
    """Reads one answer. `is_complete` and `failure` say how far it came."""

    def __init__(self) -> None:
        self.failure: ServiceError | None = None
        """An error that the server reported in the middle of its answer."""
        self.is_ended = False
        """The server said that nothing more will come."""
        self.odd_events = 0
        """How many events made no sense. They added nothing."""
        self._understood = 0
        self._reason = ""
        self._raw_model: Any = None  # as it stood in the last chunk; it is the same in all of them
        self._model = ""
        self._usage: Usage | None = None
        self._text = _TextMender()
        self._reasoning = _TextMender()
        self._files = FileTags()

    @property
    def is_complete(self) -> bool:
        """The whole answer is here: a stream that only stops to flow is not complete."""
        return self.is_ended or bool(self._reason)

    @property
    def is_understood(self) -> bool:
        """Something of an answer came."""
        return self._understood > 0

    @property
    def is_nonsense(self) -> bool:
        """Something came, and nothing of it could be understood."""
        return self.odd_events > 0 and self._understood == 0

    def read(self, data: str | bytes, name: str = "") -> list[ReplyEvent]:  # noqa: ARG002 - events have no names here
        """The events that the data of one server-sent event, or a whole JSON body, stands for."""
        try:
            chunk = _decode(data)
        except OddJsonError:
            return self._read_odd(data)
        if chunk.choices:
            self._understood += 1
            return self._read_choices(chunk)
        if chunk.error is not None or chunk.status is not None or chunk.message is not None:
            self.failure = from_reported_error(chunk.status, chunk.message, chunk.error)
        elif chunk.usage is not None:
            self._usage = _usage_of(chunk.usage)
        else:
            self.odd_events += 1
        return []

    def finish(self) -> list[ReplyEvent]:
        """What was held back, and `Finished`. A server that says only `[DONE]` is taken to mean `stop`."""
        events: list[ReplyEvent] = []
        if rest := self._reasoning.close():
            events.append(ReasoningDelta(rest))
        if rest := self._text.close():
            events.append(TextDelta(rest))
        events.append(Finished(self._reason or "stop", self._usage, self._model))
        return events

    def _read_odd(self, data: str | bytes) -> list[ReplyEvent]:
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        text = text.strip()
        if text == _END:
            self.is_ended = True
        elif "\n" in text:
            # A gateway forgot the empty lines between its events, which joins their data.
            return [event for line in text.split("\n") for event in self.read(line)]
        elif text:
            self.odd_events += 1
        return []

    def _read_choices(self, chunk: _Chunk) -> list[ReplyEvent]:
        events: list[ReplyEvent] = []
        if chunk.model != self._raw_model:
            self._raw_model = chunk.model
            self._model = clean(text_of(chunk.model))
        if chunk.usage is not None:
            self._usage = _usage_of(chunk.usage)
        for choice in chunk.choices or ():
            if choice is None or choice.index not in (0, None):  # only the first version is read
                continue
            part = choice.delta or choice.message
            if part is not None:
                self._read_part(part, events)
            if choice.finish_reason:
                self._reason = clean(text_of(choice.finish_reason))
        return events

    def _read_part(self, part: _Part, events: list[ReplyEvent]) -> None:
        content = text_of(part.content)
        if part.role == "function_in_progress":
            events.append(ToolProgress(clean(text_of(part.name)), clean(content)))
            return
        if (thought := text_of(part.reasoning_content)) and (text := self._reasoning.feed(thought)):
            events.append(ReasoningDelta(text))
        if content and (text := self._text.feed(content)):
            events.append(TextDelta(text))
            events += [FileReady(file_id) for file_id in self._files.feed(text)]
        if isinstance(part.function_call, dict):
            call = part.function_call
            name = clean(text_of(call.get("name")))
            events.append(FunctionCall(name, _arguments_of(call.get("arguments")), text_of(part.functions_state_id)))


class _TextMender:
    """`gigadesk.text.clean` for a text that arrives in pieces: pairs that a cut has torn apart are joined first."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """`piece` must not be empty; the answer may be."""
        if not self._held and _NEEDS_MENDING.search(piece) is None:
            return piece  # nearly always, at a quarter of the price
        piece = self._held + piece
        self._held = ""
        last = piece[-1]
        if last == "\r" or "\ud800" <= last <= "\udbff":
            self._held = last
            piece = piece[:-1]
        return clean(piece)

    def close(self) -> str:
        held, self._held = self._held, ""
        return clean(held)


def _usage_of(value: Any) -> Usage | None:  # a leaf of foreign JSON: may be anything
    if not isinstance(value, dict):
        return None
    prompt, completion, total, cached = (
        int(number_of(value.get(name)))
        for name in ("prompt_tokens", "completion_tokens", "total_tokens", "precached_prompt_tokens")
    )
    return Usage(prompt, completion, total, cached)


def _arguments_of(value: Any) -> dict[str, Any]:  # JSON of the model's making
    """The arguments as an object; old descriptions of the service put them into a string."""
    if isinstance(value, str):
        try:
            return _decode_object(value)
        except OddJsonError:
            return {}
    return value if isinstance(value, dict) else {}
