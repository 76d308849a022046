"""What is said about the rows of the list of chats: headings, titles, states."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from gigadesk.chat import Chat, Folder
from gigadesk.text import one_line
from gigadesk.ui.sidebar import day_groups
from gigadesk.ui.sidebar.day_groups import DayGroups
from gigadesk.ui.sidebar.list_rows import Part

PATH_SIGN = " › "


def title_words(chat: Chat) -> str:
    """The title as one line; without one what was typed first, or words in its place."""
    return one_line(chat.title) or one_line(chat.draft_start) or nameless()


def nameless() -> str:
    """What a chat without a title is called."""
    return QCoreApplication.translate("ChatListModel", "New chat")


def folder_words(folder: Folder) -> str:
    """The name of a folder as one line."""
    return one_line(folder.name) or QCoreApplication.translate("ChatListModel", "Folder without a name")


def folder_path(folders: Sequence[Folder]) -> str:
    """A folder with those that it stands in, the outermost first."""
    return PATH_SIGN.join(map(folder_words, folders))


def heading_words(part: Part, days: DayGroups, locale: QLocale) -> str:
    """What stands above a part of the list."""
    if part.folder is not None:
        return folder_words(part.folder)
    match part.group:
        case day_groups.TODAY:
            return QCoreApplication.translate("ChatListModel", "Today")
        case day_groups.YESTERDAY:
            return QCoreApplication.translate("ChatListModel", "Yesterday")
        case day_groups.PREVIOUS_7_DAYS:
            return QCoreApplication.translate("ChatListModel", "Previous 7 days")
        case day_groups.PREVIOUS_30_DAYS:
            return QCoreApplication.translate("ChatListModel", "Previous 30 days")
        case group if group >= day_groups.FIRST_MONTH:
            year, month = days.month(group)
            name = locale.standaloneMonthName(month)
            return f"{name[:1].upper()}{name[1:]} {year}"
        case _:
            return QCoreApplication.translate("ChatListModel", "Pinned")


def state_words(chat: Chat) -> list[str]:
    """The states of a chat that its row shows by marks."""
    states = []
    if chat.is_queued:
        states.append(QCoreApplication.translate("ChatListModel", "waits for its turn"))
    elif chat.is_streaming:
        states.append(QCoreApplication.translate("ChatListModel", "answer is being written"))
    elif chat.is_failed:
        states.append(QCoreApplication.translate("ChatListModel", "answer failed"))
    if chat.is_unread:
        states.append(QCoreApplication.translate("ChatListModel", "unread"))
    if chat.has_draft:
        states.append(QCoreApplication.translate("ChatListModel", "draft"))
    return states


def spoken_chat(chat: Chat, *, is_shown: bool) -> str:
    """A row for a screen reader."""
    parts = [title_words(chat), *state_words(chat)]
    if is_shown:
        parts.append(QCoreApplication.translate("ChatListModel", "open"))
    return ", ".join(parts)


def spoken_folder(name: str, count: str, part: Part, above: Folder | None) -> str:
    """The row of a folder for a screen reader; `count` says how many chats are in it, `above` where it stands."""
    if part.is_open:
        state = QCoreApplication.translate("ChatListModel", "unfolded")
    else:
        state = QCoreApplication.translate("ChatListModel", "folded")
    folder = QCoreApplication.translate("ChatListModel", "Folder %1").replace("%1", name)
    if above is not None:
        inside = QCoreApplication.translate("ChatListModel", "in the folder %1").replace("%1", folder_words(above))
        return f"{folder}, {inside}, {count}, {state}"
    return f"{folder}, {count}, {state}"
