"""What the program tells the window: the `Event` union. Frozen; past tense.

`conversations` publishes a fact after what it tells is on the disk; the window applies it.
"""

from dataclasses import dataclass
from enum import StrEnum

from gigadesk.chat import Chat, ChatId, ContextUse, FileId, FolderId, Message, MessageId
from gigadesk.errors import GigadeskError
from gigadesk.search.hits import Hit, Tally


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
class ChatsRemoved:
    """Several chats went to the trash at once."""

    chat_ids: tuple[ChatId, ...]


@dataclass(frozen=True, slots=True)
class ChatsCopied:
    """All copies that were asked for together are there: these new chats. Each of them was a `ChatAdded`, too."""

    chat_ids: tuple[ChatId, ...]


@dataclass(frozen=True, slots=True)
class ChatsChanged:
    """Several chats changed their place or their marks, or came back from the trash: read the list again."""

    chat_ids: tuple[ChatId, ...]


@dataclass(frozen=True, slots=True)
class FoldersChanged:
    """Folders came, went, or look different: read all of them again."""


@dataclass(frozen=True, slots=True)
class FolderRemoved:
    """A folder went to the trash, and these chats with it. `FoldersChanged` follows."""

    folder_id: FolderId
    name: str
    chat_ids: tuple[ChatId, ...]


@dataclass(frozen=True, slots=True)
class ChatsPurged:
    """Chats were deleted for ever: nothing can be asked about them any more."""

    chat_ids: tuple[ChatId, ...]


@dataclass(frozen=True, slots=True)
class TrashChanged:
    """Something went to the trash, came back, or was deleted for ever."""


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
class EditChanged:
    """What is being written in a chat is something else now: the edit of an earlier question, or the draft again.

    Read `Conversations.edited`, `draft` and `draft_files` anew.
    """

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class QuestionsLeft:
    """An edit has begun another branch, and so many questions wait on in the one before it.

    `message_id` is the first of them.
    """

    chat_id: ChatId
    message_id: MessageId
    count: int


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message went to the trash; `BranchChanged` has told what is shown instead. `taken` counts all that went."""

    chat_id: ChatId
    message_id: MessageId
    taken: int


@dataclass(frozen=True, slots=True)
class MessageRestored:
    """A message came back from the trash, with all that had gone with it; `BranchChanged` has told what is shown."""

    chat_id: ChatId
    message_id: MessageId


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


@dataclass(frozen=True, slots=True)
class SearchFound:
    """A search has got further. `hits` follow those that were told before, unless it `is_first`."""

    ticket: int
    """That of the call of `SearchDesk`."""
    hits: tuple[Hit, ...]
    is_first: bool
    can_go_on: bool
    """There may be more."""
    is_working: bool
    """It goes on by itself."""
    searched_to: float | None = None
    """All that is newer than this has been looked at (Unix seconds); None for everything."""
    instead: str = ""
    """Nothing was found: these are hits for this text, which may have been meant."""


@dataclass(frozen=True, slots=True)
class SearchCounted:
    """How much there is of what was searched for."""

    ticket: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """How many messages cannot be found yet, of how many."""

    waiting: int
    total: int


Event = (
    ChatAdded
    | ChatChanged
    | ChatRemoved
    | ChatsRemoved
    | ChatsCopied
    | ChatsChanged
    | FoldersChanged
    | FolderRemoved
    | ChatsPurged
    | TrashChanged
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
    | EditChanged
    | MessageDeleted
    | MessageRestored
    | QuestionsLeft
    | QueueChanged
    | ConnectionChanged
    | ModelsChanged
    | ContextMeasured
    | SavingFailed
    | SavingResumed
    | SearchFound
    | SearchCounted
    | SearchProgress
)
