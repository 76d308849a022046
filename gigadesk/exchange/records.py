"""Chats as they travel: whole, with all that is known of them, and without a place in any database. Frozen values.

`store` reads and writes them; the formats of this room turn them into text and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gigadesk.chat import Source, Usage
from gigadesk.exchange.problems import Trouble

StoredError = tuple[str, str]
"""The code of a failure and its data, as the store keeps them."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a message or of what is being written. Its bytes travel beside, under `digest`."""

    name: str
    kind: str
    mime: str
    size_bytes: int
    digest: str = ""
    state: str = "kept"
    is_generated: bool = False
    remote_id: str = ""
    remote_account: str = ""
    error: StoredError | None = None
    member: str = ""
    """Only on the way in: the entry of the archive that holds the bytes, if they are not under `digest`."""


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message. `number` and `parent` mean something within its chat; a parent has the smaller number."""

    number: int
    parent: int | None
    role: str
    status: str
    created_at: float
    text: str = ""
    model: str = ""
    finish_reason: str = ""
    usage: Usage | None = None
    error: StoredError | None = None
    reasoning: str = ""
    reasoning_s: float | None = None
    seconds: float | None = None
    sources: tuple[Source, ...] = ()
    state_id: str = ""
    account: str = ""
    shown_child: int | None = None
    """Which child was shown last."""
    files: tuple[FileRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class EditRecord:
    """A new wording of an earlier question that was not sent yet."""

    message: int
    text: str
    files: tuple[FileRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatRecord:
    """A chat without its messages."""

    title: str
    title_origin: str
    created_at: float
    updated_at: float
    session_id: str = ""
    shown: int | None = None
    """Number of the last message of the branch that is shown."""
    model: str = ""
    account: str = ""
    tools: tuple[str, ...] = ()
    effort: str = ""
    is_unread: bool = False
    folder: int | None = None
    """Number of its folder, see `FolderRecord`."""
    pinned_at: float | None = None
    archived_at: float | None = None
    draft: str = ""
    draft_files: tuple[FileRecord, ...] = ()
    edit: EditRecord | None = None


@dataclass(frozen=True, slots=True)
class FoundChat:
    """A chat that was read from a file."""

    record: ChatRecord
    messages: tuple[MessageRecord, ...]
    key: str
    """By which it is recognised when it comes again; empty if the file has nothing of the kind."""
    problems: tuple[tuple[Trouble, str], ...] = ()
    """What was put right or left out, and where."""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """Bytes that stand in the conversation itself, by their digest."""


@dataclass(frozen=True, slots=True)
class FolderRecord:
    """A folder. `number` and `parent` mean something within one export; a parent comes before what is in it."""

    number: int
    name: str
    parent: int | None = None
    color: str = ""
    position: float = 0.0
    created_at: float = 0.0
