"""The values the whole program speaks in, and the facts it publishes about them.

Everything here is frozen and knows nothing of rows, widgets, JSON or the network. Times are Unix seconds.

Facts (the `Event` union) are published by `conversations` after they are on the disk; the window applies them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from gigadesk.errors import GigadeskError

ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)


class Role(StrEnum):
    """Who wrote a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Status(StrEnum):
    """How far a message has come. A user's message is always `DONE`."""

    QUEUED = "queued"
    """A reply that waits for a free lane; it has no text yet."""
    STREAMING = "streaming"
    DONE = "done"
    STOPPED = "stopped"
    """Ended before its time, by the user or by the end of the program; what had arrived is kept."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens the server counted for one reply.

    `total` is what the server sent, which is not always the sum (see the API reference, 7.3).
    """

    prompt: int
    completion: int
    total: int
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat. Messages form a tree by `parent_id`; siblings are other versions of the same turn."""

    id: MessageId
    chat_id: ChatId
    parent_id: MessageId | None
    role: Role
    text: str
    status: Status
    created_at: float
    model: str = ""
    finish_reason: str = ""
    """What the server said last: `stop`, `length`, `blacklist`, ...; empty when it never came to that."""
    usage: Usage | None = None
    error: GigadeskError | None = None
    """Why a reply failed. After a restart it is built again from what was stored."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What the user opens: a title over a tree of messages."""

    id: ChatId
    title: str
    """Empty until the first exchange has named it."""
    created_at: float
    updated_at: float
    """Time of the last message; the list is sorted and grouped by it."""
    session_id: str
    """Sent as `X-Session-ID` with each request of this chat (prompt cache)."""
    leaf_id: MessageId | None = None
    """Last message of the branch that is shown."""
    model: str = ""
    """Model chosen for this chat; empty follows the settings."""
    is_unread: bool = False
    is_streaming: bool = False
    """A reply of this chat is queued or being written. Never stored: derived while the program runs."""


@dataclass(frozen=True, slots=True)
class ChatAdded:
    """A chat is new, or came back from the trash."""

    chat: Chat


@dataclass(frozen=True, slots=True)
class ChatChanged:
    """Title, time, unread mark, model or streaming state of a chat changed."""

    chat: Chat


@dataclass(frozen=True, slots=True)
class ChatRemoved:
    """A chat went to the trash."""

    chat_id: ChatId
    title: str


@dataclass(frozen=True, slots=True)
class MessageAdded:
    """A message was stored at the end of the shown branch (a reply arrives as `QUEUED` or `STREAMING`)."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageGrew:
    """`delta` was appended to a reply. It is already in the journal on the disk."""

    chat_id: ChatId
    message_id: MessageId
    delta: str


@dataclass(frozen=True, slots=True)
class MessageEnded:
    """A reply reached `DONE`, `STOPPED` or `FAILED`; `message` is the stored whole, with `error` if it failed."""

    message: Message


@dataclass(frozen=True, slots=True)
class ReplyQueued:
    """A reply waits for a lane. `position` counts from 1; it is published again when it changes."""

    chat_id: ChatId
    message_id: MessageId
    position: int


@dataclass(frozen=True, slots=True)
class ReplyStarted:
    """A reply has its lane: the request is on its way."""

    chat_id: ChatId
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class BranchChanged:
    """Another branch of the chat is shown now; the transcript reads `messages(chat_id)` again."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """How many requests run and how many wait, for the status line."""

    running: int
    waiting: int


class Connection(StrEnum):
    """What is known about the way to the service."""

    UNKNOWN = "unknown"
    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The last request showed that the service can, or cannot, be reached. `error` says why not."""

    connection: Connection
    error: GigadeskError | None = None


@dataclass(frozen=True, slots=True)
class ModelsChanged:
    """The chat models that the account may use now, in the server's order."""

    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavingFailed:
    """Something could not be written to the disk; the live text stays in memory and on the screen."""

    error: GigadeskError


@dataclass(frozen=True, slots=True)
class SavingResumed:
    """The disk takes everything again, and what had waited in memory is saved."""


Event = (
    ChatAdded
    | ChatChanged
    | ChatRemoved
    | MessageAdded
    | MessageGrew
    | MessageEnded
    | ReplyQueued
    | ReplyStarted
    | BranchChanged
    | QueueChanged
    | ConnectionChanged
    | ModelsChanged
    | SavingFailed
    | SavingResumed
)
