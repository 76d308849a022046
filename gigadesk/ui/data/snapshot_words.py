"""Questions about snapshots."""

from PySide6.QtCore import QCoreApplication

from gigadesk.kept import Snapshot
from gigadesk.ui.data.words import moment_text
from gigadesk.ui.widgets.dialogs import Choice

Question = tuple[str, str, list[Choice]]
"""Title, text and choices."""


def restore_question(snapshot: Snapshot) -> Question:
    """Whether it should take the place of all chats."""
    title = QCoreApplication.translate("Data", "Restore the snapshot of {moment}?")
    text = QCoreApplication.translate(
        "Data",
        "All chats become as they were then. What you have now is kept as a snapshot of its own, so this can be "
        "taken back. Running answers end.",
    )
    restore = QCoreApplication.translate("Data", "Restore")
    return title.format(moment=moment_text(snapshot.taken_at)), text, [_cancel(), Choice("restore", restore, True)]


def removal_question(snapshot: Snapshot) -> Question:
    """Whether it should be deleted."""
    title = QCoreApplication.translate("Data", "Delete the snapshot of {moment}?")
    text = QCoreApplication.translate("Data", "The chats themselves stay. The snapshot cannot be brought back.")
    delete = QCoreApplication.translate("Data", "Delete")
    choices = [_cancel(), Choice("remove", delete, is_danger=True)]
    return title.format(moment=moment_text(snapshot.taken_at)), text, choices


def set_aside_question() -> Question:
    """Whether the damaged files that were set aside should be deleted."""
    title = QCoreApplication.translate("Data", "Delete the damaged files?")
    text = QCoreApplication.translate(
        "Data",
        "They were kept so that somebody who knows how could save more out of them. The chats and the snapshots stay.",
    )
    delete = QCoreApplication.translate("Data", "Delete")
    return title, text, [_cancel(), Choice("remove", delete, is_danger=True)]


def _cancel() -> Choice:
    return Choice("cancel", QCoreApplication.translate("Data", "Cancel"), is_cancel=True)
