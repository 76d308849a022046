"""What the program keeps for bad days: values about snapshots, salvage and the data folder. Does no I/O."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gigadesk.chat import ChatId, Role


class SnapshotReason(StrEnum):
    """Why a snapshot was taken. The values are parts of file names."""

    DAILY = "daily"
    MIGRATION = "before-update"
    RESTORE = "before-restoring"
    HAND = "by-hand"


class UpdateStage(StrEnum):
    """What is done with the chats before they can be shown, in this order; only the first when they are up to date."""

    CHECKING = "checking"
    COPYING = "copying"
    """A snapshot of them as they are; counted in bytes."""
    CHECKING_COPY = "checking the copy"
    CHANGING = "changing"
    """To the shape of this version; counted in steps."""


UpdateGoing = Callable[[UpdateStage, int, int], bool]
"""Told how much of how much of a stage is done (0 of 0: not known); False ends the work, and nothing is lost."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A complete copy of the chats as they were at a moment."""

    path: Path
    taken_at: float
    reason: SnapshotReason
    size_bytes: int


@dataclass(frozen=True, slots=True)
class SnapshotContent:
    """What is inside a snapshot, in numbers; the trash is not counted."""

    chats: int
    messages: int
    newest_at: float | None
    """When the newest message was written."""


@dataclass(frozen=True, slots=True)
class KeptChat:
    """A chat in a snapshot."""

    chat_id: ChatId
    title: str
    updated_at: float
    messages: int


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message in a snapshot."""

    role: Role
    created_at: float
    text: str


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was saved out of a damaged database, and what was not.

    `known` counts are what there must have been at least: what an index or another row still names.
    """

    chats: int
    known_chats: int
    messages: int
    known_messages: int
    cut_messages: int = 0
    """Messages of which the end is lost."""
    mended_texts: int = 0
    """Texts in which unreadable characters were replaced."""
    unnamed_chats: int = 0
    """Chats of which only messages were found: title and settings are lost."""
    rehung_messages: int = 0
    """Messages that hang elsewhere in their chat, because the one they answered is lost."""
    files: int = 0
    hurt: tuple[str, ...] = ()
    """Titles of the chats that lost a message or the end of one."""
    set_aside: Path | None = None
    """The folder with the damaged file."""
    report: Path | None = None
    """A text file that says all this."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is known to be lost."""
        return (
            self.chats >= self.known_chats
            and self.messages >= self.known_messages
            and not (self.cut_messages or self.mended_texts or self.unnamed_chats or self.rehung_messages)
        )


@dataclass(frozen=True, slots=True)
class StartWish:
    """What a run is to do with the data before it opens it."""

    restores: Path | None = None
    """Put this snapshot in the place of the chats."""
    moves_to: Path | None = None
    """Move the data folder there."""
    folder: Path | None = None
    """Look for the data there, this time: the choice could not be written down."""
    checks_all: bool = False
    """Look through all pages of the database, however large it is."""
