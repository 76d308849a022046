"""What a reply of the service consists of, as frozen values. Does no I/O and imports nothing heavy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gigadesk.chat import Role, Usage


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


@dataclass(frozen=True, slots=True)
class ToolProgress:
    """A built-in function is at work. `text` is the server's own note, to be shown as it is."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class FileReady:
    """The answer holds a generated file with this id."""

    file_id: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is complete: always the last event. `reason` is the server's word (`stop`, `length`, ...)."""

    reason: str
    usage: Usage | None = None
    model: str = ""


ReplyEvent = TextDelta | ReasoningDelta | FunctionCall | ToolProgress | FileReady | Finished


@dataclass(frozen=True, slots=True)
class RequestMessage:
    """One message as it is sent."""

    role: Role
    text: str


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
    extra: Mapping[str, Any] = field(default_factory=dict)  # further fields of the request body, as given


@dataclass(frozen=True, slots=True)
class Model:
    """A model the service lists. `kind` is the server's `type`: `chat`, `embedder`, `aicheck`, ..."""

    id: str
    kind: str = "chat"
    owner: str = ""
