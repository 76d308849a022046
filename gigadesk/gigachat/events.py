"""What a reply of the service consists of, as frozen values. Does no I/O and imports nothing heavy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gigadesk.chat import Effort, FileKind, Role, Source, Tool, Usage
from gigadesk.errors import ServiceError


class ApiVersion(StrEnum):
    """Which of the two chat contracts a request follows."""

    V1 = "v1"
    V2 = "v2"


class ToolStatus(StrEnum):
    """How far a built-in tool has come."""

    RUNNING = "running"
    SUCCEEDED = "success"
    FAILED = "fail"


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of the answer, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """A piece of what the model thinks before it answers, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """The model asks to run a function of the client. `arguments` is the JSON object it sent."""

    name: str
    arguments: Mapping[str, Any]  # JSON of the model's making: its shape is the function's own
    state_id: str = ""
    call_id: str = ""
    """The second contract may name each call."""


@dataclass(frozen=True, slots=True)
class ToolProgress:
    """A built-in tool is at work, or has ended. `text` is the server's own note, to be shown as it is."""

    name: str
    text: str = ""
    status: ToolStatus = ToolStatus.RUNNING
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class FileReady:
    """The answer holds a generated file with this id."""

    file_id: str
    kind: FileKind = FileKind.IMAGE
    mime: str = ""
    """As the server declares it, which is not always true; empty if it does not."""


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """Pages that the answer refers to. May come more than once: later sources add to earlier ones."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Retrying:
    """The request failed before anything was yielded; it is sent again after `delay_s` seconds."""

    delay_s: float
    attempt: int
    """Counts from 1."""
    error: ServiceError


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is complete: always the last event. `reason` is the server's word (`stop`, `length`, ...)."""

    reason: str
    usage: Usage | None = None
    model: str = ""
    state_id: str = ""
    """The server's note on the tools it used; goes back with the message in the history."""
    thread_id: str = ""
    """With `storage`: the thread that the server keeps."""
    message_id: str = ""


ReplyEvent = TextDelta | ReasoningDelta | FunctionCall | ToolProgress | FileReady | SourcesFound | Retrying | Finished


@dataclass(frozen=True, slots=True)
class RequestMessage:
    """One message as it is sent."""

    role: Role
    text: str
    attachments: tuple[str, ...] = ()
    """Ids of files that were uploaded before."""
    function_call: FunctionCall | None = None
    """The call that the model made in this message of its own."""
    function_name: str = ""
    """With the role `FUNCTION`: whose result `text` (a JSON text) is."""
    state_id: str = ""


@dataclass(frozen=True, slots=True)
class ForcedFunction:
    """The model must call this function; it fills in what `partial_arguments` leaves open."""

    name: str
    partial_arguments: Mapping[str, Any] = field(default_factory=dict)  # JSON, the function's own shape


class FunctionMode(StrEnum):
    """Whether the model may call functions."""

    NONE = "none"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """Everything the service needs to write one reply. `None` leaves a parameter out of the request."""

    model: str
    messages: tuple[RequestMessage, ...]
    session_id: str = ""
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    repetition_penalty: float | None = None
    update_interval_s: float = 0.0
    api: ApiVersion = ApiVersion.V1
    tools: tuple[Tool, ...] = ()
    """Built-in tools. The first contract knows only pictures and 3D models; the others need `ApiVersion.V2`."""
    functions: tuple[Mapping[str, Any], ...] = ()  # JSON: descriptions as the service documents them
    function_call: FunctionMode | ForcedFunction | None = None
    effort: Effort | None = None
    response_format: Mapping[str, Any] | None = None  # JSON: `type`, `schema`, `strict`
    storage: Mapping[str, Any] | None = None  # JSON: `thread_id`, `limit`, `metadata`, `assistant_id`, ...
    profanity_check: bool | None = None
    flags: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)  # further fields of the request body, as given


@dataclass(frozen=True, slots=True)
class Model:
    """A model the service lists. `kind` is the server's `type`: `chat`, `embedder`, `aicheck`, ..."""

    id: str
    kind: str = "chat"
    owner: str = ""
