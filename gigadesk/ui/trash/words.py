"""What the trash says about its entries."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from gigadesk.chat import TrashEntry, TrashKind
from gigadesk.text import one_line

CHAT_TITLE_CHARS = 28
"""Of the chat that a message is from: the dates behind it are worth more."""


def title_of(entry: TrashEntry) -> str:
    """The first line of an entry."""
    title = one_line(entry.title)
    if title:
        return title
    if entry.kind is TrashKind.MESSAGE:
        return QCoreApplication.translate("Trash", "Message without text")
    return QCoreApplication.translate("Trash", "Untitled chat")


def details_of(entry: TrashEntry, expires_at: float | None) -> str:
    """What it is, when it was deleted, and when it goes for good."""
    kind = {
        TrashKind.CHAT: QCoreApplication.translate("Trash", "Chat"),
        TrashKind.FOLDER: QCoreApplication.translate("Trash", "Folder"),
        TrashKind.MESSAGE: QCoreApplication.translate("Trash", "Message from “{chat}”").replace(
            "{chat}", _shortened(one_line(entry.chat_title))
        ),
    }[entry.kind]
    when = QCoreApplication.translate("Trash", "deleted {day}").replace("{day}", _day(entry.deleted_at))
    if expires_at is None:
        return f"{kind} · {when}"
    end = QCoreApplication.translate("Trash", "goes for good {day}").replace("{day}", _day(expires_at))
    return f"{kind} · {when} · {end}"


def _shortened(title: str) -> str:
    return title if len(title) <= CHAT_TITLE_CHARS else f"{title[: CHAT_TITLE_CHARS - 1].rstrip()}…"


def _day(time: float) -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(round(time)).date(), QLocale.FormatType.ShortFormat)
