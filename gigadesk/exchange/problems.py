"""What can be wrong with a file that is imported. Values; the words are in `ui/exchange/words.py`."""

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """One kind of problem. Those before `NOT_A_CHAT` end the reading: what came before them can still be imported."""

    UNREADABLE = "unreadable"
    """The file cannot be read at all; `detail` is what the system says."""
    EMPTY = "empty"
    UNKNOWN_KIND = "unknown_kind"
    """It is none of the kinds that are known."""
    NEWER = "newer"
    """A later version of this program wrote it."""
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    CUT_OFF = "cut_off"
    """It ends in the middle."""
    TOO_DEEP = "too_deep"
    TOO_MUCH = "too_much"
    """More values than any conversation has, or more than fit into memory."""
    TOO_MANY_CHATS = "too_many_chats"
    BAD_ARCHIVE = "bad_archive"
    BOMB = "bomb"
    """An archive that is packed to burst."""
    LOCKED = "locked"
    """An archive with a password."""
    READER_ENDED = "reader_ended"
    """The process that reads has ended."""

    NOT_A_CHAT = "not_a_chat"
    """Something that is no conversation, among conversations: left out."""
    ODD_BYTES = "odd_bytes"
    """Bytes that are no letters, in this line and perhaps further on: the file has another encoding than it should."""
    NO_CHATS = "no_chats"
    """An export of this program without a conversation."""
    NO_MESSAGES = "no_messages"
    TWICE = "twice"
    """The same conversation with the same messages came before in this file: left out."""
    BAD_MESSAGE = "bad_message"
    """Not a message, or of nobody: left out."""
    UNKNOWN_CONTENT = "unknown_content"
    """A message that says something in a way that is not known: left out."""
    SAME_ID = "same_id"
    """A second message with the id of another: left out."""
    CYCLE = "cycle"
    """Messages that answer each other in a circle: it was cut."""
    ORPHAN = "orphan"
    """It answers a message that is not there: it begins a branch now."""
    BAD_TIME = "bad_time"
    """No time, or none that can be: that of its neighbours was taken."""
    TEXT_CUT = "text_cut"
    """Longer than messages can be: the end was left out."""
    TOO_MANY_MESSAGES = "too_many_messages"
    FILE_LOST = "file_lost"
    """A file that the export does not hold: only its name is there."""
    FILE_DAMAGED = "file_damaged"
    """A file that is not what the export says, or that is too large: left out."""
    BAD_FOLDER = "bad_folder"

    @property
    def is_end(self) -> bool:
        """Nothing was read from here on."""
        return list(Trouble).index(self) < list(Trouble).index(Trouble.NOT_A_CHAT)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the report."""

    trouble: Trouble
    chat: int = 0
    """Which conversation of the file, from 1; 0 when it is about the file."""
    title: str = ""
    """Of that conversation."""
    place: str = ""
    """Id of the message, name of the file, or line of the text."""
    detail: str = ""


class Unreadable(Exception):  # noqa: N818 - the end of a file, not a mistake of the program
    """Nothing more can be read of a file."""

    def __init__(self, trouble: Trouble, place: str = "", detail: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.place = place
        self.detail = detail
