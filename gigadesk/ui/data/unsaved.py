"""The question before an end that would lose what the disk has not taken."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from gigadesk.errors import StorageError
from gigadesk.ui.notices import Action, action_text, notice_for
from gigadesk.ui.widgets.dialogs import Choice, ask_then

RETRY, DISCARD = "retry", "discard"


def ask_about_unsaved(parent: QWidget, count: int, refusal: StorageError | None, then: Callable[[str], object]) -> None:
    """Ask what is to become of so many answers and drafts: `RETRY`, `DISCARD`, or anything else to stay."""
    title = QCoreApplication.translate("Unsaved", "Not everything is saved")
    text = QCoreApplication.translate(
        "Unsaved",
        "Answers and drafts that the disk has not taken: {count}. They are in memory only and would be lost. Put right"
        " what is named below and try again, or copy them to another place first.",
    ).format(count=QLocale().toString(count))
    reason = "" if refusal is None else f"{(notice := notice_for(refusal)).title}. {notice.text}"
    choices = (
        Choice(DISCARD, QCoreApplication.translate("Unsaved", "Do not save"), is_danger=True),
        Choice("stay", QCoreApplication.translate("Unsaved", "Back to the chats"), is_cancel=True),
        Choice(RETRY, action_text(Action.RETRY), is_default=True),
    )
    ask_then(parent, title, text, choices, then, reason)
