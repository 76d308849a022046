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
FileId = NewType("FileId", int)


class Role(StrEnum):
    """Who wrote a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    FUNCTION = "function"
    """The result of a function of the client. Only ever sent by users of the library; the program has no such functions."""


class Tool(StrEnum):
    """A built-in tool of the service, by its name in the second chat contract."""

    WEB_SEARCH = "web_search"
    CODE_INTERPRETER = "code_interpreter"
    URL_CONTENT = "url_content_extraction"
    IMAGE = "image_generate"
    MODEL_3D = "model_3d_generate"
    DATETIME = "get_datetime"
    MEMORY = "memory"


class Effort(StrEnum):
    """How much a model should think before it answers."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class FileKind(StrEnum):
    """What a file is for the service."""

    IMAGE = "image"
    TEXT = "text"
    AUDIO = "audio"
    MODEL_3D = "3dmodel"
    OTHER = "other"


class FileState(StrEnum):
    """How far a file has come. Attached files go from `READING` to `READY`, generated ones from `LOADING` to `READY`."""

    READING = "reading"
    """It is being copied into the data folder."""
    KEPT = "kept"
    """It is on our disk; the service does not have it, or not any more."""
    UPLOADING = "uploading"
    LOADING = "loading"
    """The service has made it; it is being downloaded."""
    READY = "ready"
    """It is on our disk, and the service knows it by `remote_id`."""
    FAILED = "failed"


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
class Source:
    """A page that an answer refers to by its number."""

    number: int
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChatFile:
    """A file that the user attached, or that the model made. Its bytes lie in the data folder under `digest`."""

    id: FileId
    chat_id: ChatId
    name: str
    """Cleaned, without any folder; for a generated file a name of ours."""
    kind: FileKind
    mime: str
    size_bytes: int
    """0 while it is not known."""
    state: FileState
    digest: str = ""
    """SHA-256 of its bytes, in hex; empty while they are not on our disk."""
    remote_id: str = ""
    is_generated: bool = False
    error: GigadeskError | None = None
    """Why it is `FAILED`."""


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
    reasoning: str = ""
    """What the model thought before it answered."""
    reasoning_s: float | None = None
    """How long it thought, in seconds; None when it did not, or while it does."""
    seconds: float | None = None
    """From the request to the end of the answer, waiting in the queue excluded."""
    files: tuple[ChatFile, ...] = ()
    """Attached by the user (a question) or made by the model (an answer), in their order."""
    sources: tuple[Source, ...] = ()
    state_id: str = ""
    """The server's note on the tools it used for this answer; sent back with the history."""


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
    account: str = ""
    """Id of the account chosen for this chat; empty follows the settings."""
    tools: tuple[Tool, ...] = ()
    """Built-in tools that are switched on."""
    effort: Effort | None = None
    """None leaves the thinking to the model."""
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
class MessageThought:
    """`delta` was appended to the reasoning of a reply. It is already in the journal on the disk."""

    chat_id: ChatId
    message_id: MessageId
    delta: str


@dataclass(frozen=True, slots=True)
class ToolWorking:
    """A built-in tool is at work for a reply. `tool` is the server's name of it, empty when none works any more."""

    chat_id: ChatId
    message_id: MessageId
    tool: str
    note: str = ""
    """The server's own words about it."""
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """Files, sources or the like of a message changed; its text may still be growing. `message` is the whole, now."""

    message: Message


@dataclass(frozen=True, slots=True)
class FileProgress:
    """Bytes of a file went up or came down. `total_bytes` is 0 while it is not known."""

    chat_id: ChatId
    file_id: FileId
    done_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class DraftFilesChanged:
    """The files attached to what is being written in a chat changed; read `Conversations.draft_files` again."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class ReplyRetrying:
    """The request for a reply failed before anything was shown and is tried again after `delay_s`."""

    chat_id: ChatId
    message_id: MessageId
    delay_s: float
    error: GigadeskError


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
    account: str = ""
    """Id of the account that asked."""


@dataclass(frozen=True, slots=True)
class ModelsChanged:
    """The chat models that an account may use now, in the server's order."""

    models: tuple[str, ...]
    account: str = ""


@dataclass(frozen=True, slots=True)
class ModelBalance:
    """What is left of a package, in tokens. `model` is the server's name of the package, which need not be a model id."""

    model: str
    tokens: int


@dataclass(frozen=True, slots=True)
class ContextUse:
    """How much of the model's context the next request of a chat takes."""

    used_tokens: int
    limit_tokens: int
    is_exact: bool
    """Counted by the service; else estimated here."""
    dropped_messages: int = 0
    """Messages at the beginning of the shown branch that do not fit and are not sent."""


@dataclass(frozen=True, slots=True)
class ContextMeasured:
    """The service has counted the tokens of what would be sent next."""

    chat_id: ChatId
    use: ContextUse


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
    | MessageThought
    | ToolWorking
    | MessageChanged
    | FileProgress
    | DraftFilesChanged
    | ReplyRetrying
    | MessageEnded
    | ReplyQueued
    | ReplyStarted
    | BranchChanged
    | QueueChanged
    | ConnectionChanged
    | ModelsChanged
    | ContextMeasured
    | SavingFailed
    | SavingResumed
)
