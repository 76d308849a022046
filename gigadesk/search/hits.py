"""What a search gives: values for the list of results. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gigadesk.chat import ChatId, MessageId, Role


class Place(StrEnum):
    """Where a chat is."""

    LISTED = "listed"
    ARCHIVE = "archive"
    TRASH = "trash"


class HitKind(StrEnum):
    """What was found."""

    MESSAGE = "message"
    TITLE = "title"
    FILE = "file"


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the results."""

    kind: HitKind
    chat_id: ChatId
    message_id: MessageId | None
    """None for the title of a chat."""
    title: str
    """Of the chat."""
    role: Role | None
    created_at: float
    snippet: str
    """A line of the text around what was found; the title or the name of the file itself."""
    marks: tuple[tuple[int, int], ...]
    """What was found in `snippet`: first character and the one after the last."""
    place: Place
    model: str = ""
    preview: str = ""
    """Of a title the beginning of the last message that is shown in its chat, of a file that of its message."""


class Position(NamedTuple):
    """Where a search goes on: what comes before these numbers of either kind of rows of the index."""

    near: int
    far: int


@dataclass(frozen=True, slots=True)
class Results:
    """Some hits, and how to go on."""

    hits: tuple[Hit, ...]
    next_place: Position | None
    """Where to go on; None when there is no more."""
    searched_to: float | None = None
    """All that is newer than this has been looked at (Unix seconds)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is."""

    messages: int
    chats: int
    is_more: bool
    """There is more than was counted."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the filters can be completed with."""

    models: tuple[str, ...]
    folders: tuple[str, ...]
