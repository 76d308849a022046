"""Words while the data folder is moved."""

from PySide6.QtCore import QCoreApplication

from gigadesk.ui.data.words import size_text
from gigadesk.ui.widgets.dialogs import Choice


def folder_title() -> str:
    return QCoreApplication.translate("Moving", "An empty folder for the chats")


def move_question(target: str, size_bytes: int, drive: str) -> tuple[str, str, list[Choice]]:
    """Whether to move there; `drive` is the kind of a network drive or synced folder."""
    title = QCoreApplication.translate("Moving", "Move the chats?")
    text = QCoreApplication.translate(
        "Moving",
        "{size} are copied to {target} and compared. The old folder stays until the chats have been opened in the new "
        "one. Running answers end.",
    ).format(size=size_text(size_bytes), target=target)
    if drive:
        warning = QCoreApplication.translate(
            "Moving",
            "This folder is on a network drive or is synced ({drive}). The chats can be spoiled there: better choose "
            "a folder on a disk of this computer.",
        )
        text = f"{warning.format(drive=drive)}\n\n{text}"
    move = QCoreApplication.translate("Moving", "Move all the same") if drive else _move()
    return title, text, [_cancel(is_default=bool(drive)), Choice("move", move, is_default=not drive)]


def progress_words(target: str) -> tuple[str, str]:
    """Title and text while it is copied."""
    text = QCoreApplication.translate("Moving", "Everything is being copied to {target} and compared.")
    return QCoreApplication.translate("Moving", "Moving the chats"), text.format(target=target)


def failure_words() -> tuple[str, list[Choice]]:
    """Title and choice when it could not be moved."""
    choice = Choice("ok", QCoreApplication.translate("Moving", "Continue"), is_default=True, is_cancel=True)
    return QCoreApplication.translate("Moving", "The chats stay where they are"), [choice]


def removal_question(old: str) -> tuple[str, str, list[Choice]]:
    """Whether the old folder should go."""
    title = QCoreApplication.translate("Moving", "The chats have been moved")
    text = QCoreApplication.translate("Moving", "The old copy in {path} is not needed any more.").format(path=old)
    keep = QCoreApplication.translate("Moving", "Keep the old copy")
    remove = QCoreApplication.translate("Moving", "Remove the old copy")
    return title, text, [Choice("keep", keep), Choice("remove", remove, is_danger=True)]


def _move() -> str:
    return QCoreApplication.translate("Moving", "Move")


def _cancel(*, is_default: bool) -> Choice:
    text = QCoreApplication.translate("Moving", "Cancel")
    return Choice("cancel", text, is_default=is_default, is_cancel=True)
