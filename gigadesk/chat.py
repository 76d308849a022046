"""The values the whole program speaks in.

Everything here is frozen and knows nothing of rows, widgets, JSON or the network. Times are Unix seconds.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import NamedTuple, NewType

from gigadesk.errors import GigadeskError

ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)
FileId = NewType("FileId", int)
FolderId = NewType("FolderId", int)


class Role(StrEnum):
    """Who wrote a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    FUNCTION = "function"
    """The result of a function of the client; sent only by users of the library, the program has no such functions."""


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


class FolderColor(StrEnum):
    """What a folder is painted in. The values are stored."""

    NONE = ""
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"


class FileKind(StrEnum):
    """What a file is for the service."""

    IMAGE = "image"
    TEXT = "text"
    AUDIO = "audio"
    MODEL_3D = "3dmodel"
    OTHER = "other"


class FileState(StrEnum):
    """How far a file has come: attached ones go from `READING` to `READY`, generated ones from `LOADING`."""

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
    remote_account: str = ""
    """Id of the account to which `remote_id` means something."""
    message_id: MessageId | None = None
    """The message it belongs to; None while that is being written."""


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
    account: str = ""
    """Id of the account that wrote it; empty for what was written before there were several."""


class WaitState(StrEnum):
    """What a question that was not asked yet waits for."""

    WAITING = "waiting"
    """Its turn: it is asked when the answer before it is there, and a lane is free."""
    HELD = "held"
    """The end of its edit."""
    UNSENT = "unsent"
    """The user: the answer before it failed, it was stopped before its turn, or the program ended."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question at the end of a branch that was not asked yet. It can be changed without making another version."""

    question_id: MessageId
    reply_id: MessageId
    place: int
    """Among those of its branch, from 1."""
    count: int
    """How many these are."""
    state: WaitState
    can_move_up: bool
    can_move_down: bool


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
    is_queued: bool = False
    """All its running replies wait for a lane. Never stored."""
    folder_id: FolderId | None = None
    is_pinned: bool = False
    is_archived: bool = False
    has_draft: bool = False
    """Something was typed or attached and not sent."""
    draft_start: str = ""
    """How that begins, of a chat without a title: else several of them would look the same."""
    is_failed: bool = False
    """The last message of the shown branch is a reply that failed."""
    is_deleted: bool = False
    """It is in the trash."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A place for chats and for other folders."""

    id: FolderId
    name: str
    parent_id: FolderId | None = None
    color: FolderColor = FolderColor.NONE
    position: float = 0.0
    """Its place among the folders of the same parent, ascending."""


class SectionKind(StrEnum):
    """Where a chat that is not in the trash stands in the list; each has one of these."""

    PINNED = "pinned"
    FOLDER = "folder"
    LISTED = "listed"
    """Neither pinned nor in a folder."""
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list of chats, the newest first."""

    kind: SectionKind
    folder_id: FolderId | None = None
    """For `FOLDER`: the one whose chats are meant, without those of the folders in it."""
    since: float = -inf
    before: float = inf
    """Only chats whose last message is of this time: from `since` on, and earlier than `before`."""


@dataclass(frozen=True, slots=True)
class TitleLine:
    """What is read of a chat when all titles are looked through."""

    id: ChatId
    updated_at: float
    title: str
    """Without one the beginning of the draft."""


class TrashKind(StrEnum):
    """What an entry of the trash is."""

    CHAT = "chat"
    FOLDER = "folder"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """Something that was moved to the trash by itself; what went along with it is not listed."""

    kind: TrashKind
    id: int
    """A `ChatId`, `FolderId` or `MessageId`, as `kind` says."""
    title: str
    """The title, the name, or how the text of the message begins."""
    deleted_at: float
    chat_title: str = ""
    """Of a message: in which chat it was."""


@dataclass(frozen=True, slots=True)
class TrashSize:
    """What would be deleted for ever, counted."""

    chats: int = 0
    folders: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """A branch of a chat as numbers alone, from its root to its leaf: there may be a hundred thousand messages."""

    ids: Sequence[MessageId]
    """Ascending: a parent is always older than its child."""
    versions: Mapping[MessageId, tuple[MessageId, ...]]
    """For each message of the chat that has other versions: all of them, itself among them, the oldest first."""

    def index_of(self, message_id: MessageId) -> int | None:
        """Where in the branch a message stands; None for one of another branch."""
        index = bisect_left(self.ids, message_id)
        return index if index < len(self.ids) and self.ids[index] == message_id else None


class RawWords(NamedTuple):
    """What some messages say, in UTF-8, as one piece: to make something of each would take longer than to read them.

    The two marks are never a part of UTF-8.
    """

    texts: bytes
    """Of each message its text and, behind a `THOUGHT_MARK`, what was thought before it, if anything was; with a
    `WORDS_BORDER` between two messages."""
    users: bytes
    """For each message `1` if it is the user's, else `0`."""


WORDS_BORDER = b"\xff"
THOUGHT_MARK = b"\xfe"


@dataclass(frozen=True, slots=True)
class ModelBalance:
    """What is left of a package, in tokens. `model` is the name of the package, which need not be a model id."""

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
