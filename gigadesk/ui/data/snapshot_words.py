"""Questions about snapshots."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from gigadesk.errors import GigadeskError, StorageCause, StorageError
from gigadesk.files import is_file
from gigadesk.kept import Snapshot
from gigadesk.ui.data.words import moment_text
from gigadesk.ui.notices import notice_for
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


def problem_words(error: GigadeskError, snapshot: Path) -> tuple[str, str, str]:
    """Title, text and detail of what went wrong with a snapshot; words about the chats would frighten for nothing."""
    cause = error.cause if isinstance(error, StorageError) and error.path == str(snapshot) else None
    if not is_file(snapshot):
        title = QCoreApplication.translate("Data", "This snapshot is not there any more")
        text = QCoreApplication.translate("Data", "It was deleted or moved away.")
    elif cause in {StorageCause.DAMAGED, StorageCause.FOREIGN}:
        title = QCoreApplication.translate("Data", "This snapshot is damaged")
        text = QCoreApplication.translate("Data", "It cannot be read as it is. Choose another one.")
    elif cause is StorageCause.NEWER:
        title = QCoreApplication.translate("Data", "This snapshot is of a newer version of GigaDesk")
        text = QCoreApplication.translate("Data", "Update GigaDesk to restore it.")
    else:
        notice = notice_for(error)
        return notice.title, notice.text, notice.detail
    return title, f"{text} {_nothing_changed()}", str(snapshot)


def chat_gone_words() -> tuple[str, str]:
    """Title and text: a chat that was shown is not in its snapshot any more."""
    title = QCoreApplication.translate("Data", "This chat is not in the snapshot any more")
    text = QCoreApplication.translate("Data", "It was deleted for ever, and goes from the snapshots, too.")
    return title, text


def _nothing_changed() -> str:
    return QCoreApplication.translate("Data", "Your chats are as they were.")


def _cancel() -> Choice:
    return Choice("cancel", QCoreApplication.translate("Data", "Cancel"), is_cancel=True)
