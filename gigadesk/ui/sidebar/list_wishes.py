"""What the user wants done with chats and folders of the list: values, and the keys that mean the same. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gigadesk.chat import ChatId, FolderColor, FolderId

PIN_KEYS = "Ctrl+Shift+P"
ARCHIVE_KEYS = "Ctrl+Shift+A"
MOVE_KEYS = "Ctrl+Shift+L"
DUPLICATE_KEYS = "Ctrl+Shift+D"
UNREAD_KEYS = "Ctrl+Shift+U"
WINDOW_KEYS = "Ctrl+Shift+O"
FOLDER_KEYS = "Ctrl+Shift+M"


class ListCommand(StrEnum):
    """What is to be done."""

    PIN = "pin"
    UNPIN = "unpin"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    MARK_READ = "mark_read"
    MARK_UNREAD = "mark_unread"
    MOVE = "move"
    """Into `folder_id`, or out of all folders; if `name` is given, into a new folder of this name in `folder_id`."""
    DUPLICATE = "duplicate"
    DELETE = "delete"
    OPEN_WINDOW = "open_window"
    NEW_FOLDER = "new_folder"
    """In `folder_id`, or at the top."""
    COLOR_FOLDER = "color_folder"
    MOVE_FOLDER = "move_folder"
    """Into `folder_id`, or to the top, where `index` others stand before it."""
    DELETE_FOLDER = "delete_folder"
    EXPORT = "export"
    """Chats; or the folder `folder_id` with all that is in it."""
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class ListWish:
    """A command with what it is about."""

    command: ListCommand
    chat_ids: Sequence[ChatId] = ()
    folder_id: FolderId | None = None
    moved_folder_id: FolderId | None = None
    name: str = ""
    color: FolderColor = FolderColor.NONE
    index: int = 0
