"""Answers of `/v2/chat/completions`, streamed or whole, as typed events. Pure.

Events have names here (`response.message.delta`, `response.tool.in_progress`, ...), but what they hold says as much:
an unknown name is read like the others. Nothing a server sends raises: what is odd adds nothing and is counted.
"""

from typing import Any

import msgspec

from gigadesk.chat import FileKind, Usage
from gigadesk.errors import ServiceError
from gigadesk.gigachat.events import Finished, ReplyEvent, ToolProgress, ToolStatus
from gigadesk.gigachat.failures import from_reported_error
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, number_of, text_of
from gigadesk.gigachat.protocol.usage import usage_of
from gigadesk.gigachat.protocol.words import Words
from gigadesk.text import clean

_END = "[DONE]"
_DONE = "response.message.done"
_TOOL_DONE = "response.tool.completed"
_PARTS_MAX = 10_000
"""Messages in one event, parts in one message: a million empty ones would hold up the window for half a second."""
_FAILED = frozenset({"fail", "failed", "error"})


class _Part(msgspec.Struct):
    """One part of a message; it has no `type`, only the fields it needs. Any: a server may put anything into a leaf."""

    text: Any = None
    files: Any = None
    function_call: Any = None
    tool_execution: Any = None
    inline_data: Any = None


class _Message(msgspec.Struct):
    role: Any = None
    content: list[_Part | str | None] | _Part | str | None = None
    reasoning_content: Any = None
    function_call: Any = None
    tool_execution: Any = None
    inline_data: Any = None
    # The service, its schema and its SDK disagree on the name.
    tool_state_id: Any = None
    tools_state_id: Any = None
    functions_state_id: Any = None
    message_id: Any = None
    finish_reason: Any = None


class _Chunk(msgspec.Struct):
    messages: list[_Message | None] | None = None
    model: Any = None
    finish_reason: Any = None
    usage: Any = None
    tool_execution: Any = None
    tool_state_id: Any = None
    tools_state_id: Any = None
    functions_state_id: Any = None
    thread_id: Any = None
    message_id: Any = None
    status: Any = None
    message: Any = None
    error: Any = None


_decode = Decoder(_Chunk)


class ReplyReaderV2:
    """Reads one answer. `is_complete` and `failure` say how far it came."""

    def __init__(self) -> None:
        self.failure: ServiceError | None = None
        """An error that the server reported in the middle of its answer."""
        self.is_ended = False
        """The server said that nothing more will come; only gateways do."""
        self.is_complete = False
        """The whole answer is here: a stream that only stops to flow is not complete."""
        self.is_understood = False
        """Something of an answer came."""
        self.odd_events = 0
        """How many events made no sense. They added nothing."""
        self._reason = ""
        self._raw_model: Any = None
        self._model = ""
        self._usage: Usage | None = None
        self._state_id = ""
        self._thread_id = ""
        self._message_id = ""
        self._words = Words(has_marks=True)

    @property
    def is_nonsense(self) -> bool:
        """Something came, and nothing of it could be understood."""
        return self.odd_events > 0 and not self.is_understood

    def read(self, data: str | bytes, name: str = "") -> None:
        """Take the data of one server-sent event with its name, or a whole JSON body."""
        try:
            chunk = _decode(data)
        except OddJsonError:
            self._read_odd(data, name)
            return
        if chunk.messages or chunk.finish_reason or chunk.tool_execution is not None or name == _DONE:
            self.is_understood = True
            self._read_chunk(chunk, name)
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
        """What was held back, and `Finished`. An answer that is done without a reason is taken to mean `stop`."""
        finished = Finished(
            self._reason or "stop",
            self._usage,
            self._model,
            state_id=self._state_id,
            thread_id=self._thread_id,
            message_id=self._message_id,
        )
        return [*self.rest(), finished]

    def _read_odd(self, data: str | bytes, name: str) -> None:
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        text = text.strip()
        if text == _END:
            self.is_ended = self.is_complete = True
        elif "\n" in text:
            # A gateway forgot the empty lines between its events, which joins their data.
            for line in text.split("\n"):
                self.read(line, name)
        elif text:
            self.odd_events += 1

    def _read_chunk(self, chunk: _Chunk, name: str) -> None:
        if chunk.model != self._raw_model:
            self._raw_model = chunk.model
            self._model = clean(text_of(chunk.model))
        state_id = self._note_ids(chunk)
        for message in (chunk.messages or ())[:_PARTS_MAX]:
            if message is not None:
                self._read_message(message, name, state_id)
        if chunk.tool_execution is not None:
            self._read_tool(chunk.tool_execution, name)
        if chunk.usage is not None:
            self._usage = usage_of(chunk.usage)
        if chunk.thread_id is not None:
            self._thread_id = clean(text_of(chunk.thread_id)) or self._thread_id
        if chunk.finish_reason:
            self._note_reason(chunk.finish_reason)
        if name == _DONE:
            self.is_complete = True

    def _read_message(self, message: _Message, name: str, state_id: str) -> None:
        state_id = self._note_ids(message) or state_id
        is_thought = message.role == "reasoning"
        if thought := text_of(message.reasoning_content):
            self._words.think(thought)
        content = message.content
        for part in content[:_PARTS_MAX] if isinstance(content, list) else (content,):
            if isinstance(part, str):
                self._read_text(part, name, is_thought=is_thought)
            elif part is not None:
                self._read_part(part, name, state_id, is_thought=is_thought)
        if message.function_call is not None:
            self._words.add_call(message.function_call, state_id)
        if message.tool_execution is not None:
            self._read_tool(message.tool_execution, name)
        if message.inline_data is not None:
            self._read_inline_data(message.inline_data)
        if message.finish_reason:
            self._note_reason(message.finish_reason)

    def _read_part(self, part: _Part, name: str, state_id: str, *, is_thought: bool) -> None:
        if part.text and isinstance(part.text, str):
            self._read_text(part.text, name, is_thought=is_thought)
        if part.files is not None:
            self._read_files(part.files)
        if part.function_call is not None:
            self._words.add_call(part.function_call, state_id)
        if part.tool_execution is not None:
            self._read_tool(part.tool_execution, name)
        if part.inline_data is not None:
            self._read_inline_data(part.inline_data)

    def _read_text(self, text: str, name: str, *, is_thought: bool) -> None:
        if is_thought:
            if text:
                self._words.think(text)
        elif text and not (name == _DONE and self._words.text_chars == len(text)):
            # Not the whole answer once more, which a server may send along with its end.
            self._words.say(text)

    def _read_files(self, files: Any) -> None:  # a leaf of foreign JSON: may be anything
        for file in files[:_PARTS_MAX] if isinstance(files, list) else [files]:
            if isinstance(file, dict):
                mime = clean(text_of(file.get("mime")))
                kind = _kind_of(text_of(file.get("target")), mime)
                self._words.add_file(clean(text_of(file.get("id"))), kind, mime)

    def _read_tool(self, execution: Any, name: str) -> None:  # a leaf of foreign JSON: may be anything
        if not isinstance(execution, dict):
            return
        said = text_of(execution.get("status")).lower()
        if said in _FAILED or execution.get("censored") is True:
            status = ToolStatus.FAILED
        elif said == ToolStatus.SUCCEEDED or (not said and name == _TOOL_DONE):
            status = ToolStatus.SUCCEEDED
        else:
            status = ToolStatus.RUNNING
        seconds = execution.get("seconds_left")
        seconds_left = None if seconds is None else float(number_of(seconds))
        self._words.add(ToolProgress(clean(text_of(execution.get("name"))), "", status, seconds_left))

    def _read_inline_data(self, inline_data: Any) -> None:  # a leaf of foreign JSON: may be anything
        if isinstance(inline_data, dict):
            self._words.add_sources(inline_data.get("sources"))

    def _note_reason(self, value: Any) -> None:  # a leaf of foreign JSON: may be anything
        if reason := clean(text_of(value)):
            self._reason = reason
            self.is_complete = True

    def _note_ids(self, holder: _Chunk | _Message) -> str:
        """The state id of a chunk or a message, in whichever spelling; it is kept for the end, like the message's."""
        if holder.message_id is not None:
            self._message_id = clean(text_of(holder.message_id)) or self._message_id
        raw = holder.tool_state_id or holder.tools_state_id or holder.functions_state_id
        if raw is None:
            return ""
        state_id = clean(text_of(raw))
        self._state_id = state_id or self._state_id
        return state_id


def _kind_of(target: str, mime: str) -> FileKind:
    """What a generated file is: its purpose says it, else its type; pictures are what tools make most."""
    match target.lower():
        case "image" | "cover":
            return FileKind.IMAGE
        case "audio":
            return FileKind.AUDIO
        case "3dmodel":
            return FileKind.MODEL_3D
        case "video":
            return FileKind.OTHER
        case _:
            return _kind_of_mime(mime)


def _kind_of_mime(mime: str) -> FileKind:
    match mime.partition("/")[0].lower():
        case "" | "image":
            return FileKind.IMAGE
        case "audio":
            return FileKind.AUDIO
        case "text":
            return FileKind.TEXT
        case "model":
            return FileKind.MODEL_3D
        case _:
            return FileKind.OTHER
