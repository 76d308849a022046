"""Assistants and threads, which the service keeps, as frozen values. Does no I/O, imports nothing heavy.

The service does not document them in public: what is known is what its official Python library has. Times are Unix
seconds, 0 when not said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gigadesk.gigachat.events import ForcedFunction, FunctionCall, FunctionMode, RequestMessage


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that an assistant or a message refers to."""

    id: str
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AssistantChanges:
    """What an assistant shall be like. `None` leaves a thing as it is, or out of a new one."""

    name: str | None = None
    description: str | None = None
    instructions: str | None = field(default=None, repr=False)
    """The system prompt."""
    file_ids: Sequence[str] | None = None
    """All that it shall have, of files that were uploaded before."""
    functions: Sequence[Mapping[str, Any]] | None = None  # JSON: descriptions as the service documents them
    metadata: Mapping[str, Any] | None = None  # JSON of your own; 16 keys at most


@dataclass(frozen=True, slots=True)
class Assistant:
    """A model with instructions, files and functions of its own."""

    id: str
    model: str
    name: str = ""
    description: str = ""
    instructions: str = field(default="", repr=False)
    files: tuple[NamedFile, ...] = ()
    functions: tuple[Mapping[str, Any], ...] = ()  # JSON
    metadata: Mapping[str, Any] = field(default_factory=dict)  # JSON
    threads_count: int = 0
    created_at: float = 0
    updated_at: float = 0


class ThreadStatus(StrEnum):
    """How a thread stands."""

    IN_PROGRESS = "in_progress"
    """An answer is being written; until it is there, the thread is locked."""
    READY = "ready"
    FAILED = "failed"
    DELETED = "deleted"
    UNKNOWN = ""
    """The server has not said, or has used a new word."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation that the service keeps."""

    id: str
    model: str = ""
    assistant_id: str = ""
    """Empty without an assistant."""
    status: ThreadStatus = ThreadStatus.UNKNOWN
    is_locked: bool = False
    """An answer is being written."""
    created_at: float = 0
    updated_at: float = 0


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message of a thread."""

    id: str
    role: str
    """One of `Role`, unless the server knows more words."""
    text: str = field(repr=False)
    files: tuple[NamedFile, ...] = ()
    function_call: FunctionCall | None = None
    finish_reason: str = ""
    created_at: float = 0


@dataclass(frozen=True, slots=True)
class AddedMessages:
    """Where messages have gone: the ids of the thread, new or old, and of each message, in their order."""

    thread_id: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadRun:
    """How an answer stands that the service writes while nobody waits."""

    thread_id: str
    status: ThreadStatus = ThreadStatus.UNKNOWN
    model: str = ""
    messages: tuple[ThreadMessage, ...] = ()
    """What the model has said, once it `is_over`."""
    created_at: float = 0
    updated_at: float = 0

    @property
    def is_over(self) -> bool:
        """Nothing more will come: asking again gives the same."""
        return self.status in {ThreadStatus.READY, ThreadStatus.FAILED, ThreadStatus.DELETED}


@dataclass(frozen=True, slots=True)
class ThreadRequest:
    """What is to be answered in a thread. `None` and empty things are left out of the request.

    Without `thread_id` a new thread begins, with `assistant_id`, else with `model`, else with the `model` of the
    `ClientOptions`. `Finished.thread_id` then tells where to go on.
    """

    thread_id: str = ""
    messages: tuple[RequestMessage, ...] = ()
    """Only those that are new: the service remembers the others."""
    assistant_id: str = ""
    model: str = ""
    limit: int | None = None
    """How many of the last messages the model is shown; all of them if not said."""
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    repetition_penalty: float | None = None
    update_interval_s: float = 0.0
    """Streams only: the least time between two pieces."""
    profanity_check: bool | None = None
    flags: tuple[str, ...] = ()
    functions: tuple[Mapping[str, Any], ...] = ()  # JSON: descriptions as the service documents them
    function_call: FunctionMode | ForcedFunction | None = None
