"""The choices at a start that cannot open the chats, and the words while something is done about it."""

from PySide6.QtCore import QCoreApplication

from gigadesk.kept import Salvage, Snapshot
from gigadesk.ui.data.words import restore_choice_text
from gigadesk.ui.notices import Action, action_text, quit_text
from gigadesk.ui.widgets.dialogs import Choice


def choices_when_damaged(snapshot: Snapshot | None, *, can_recover: bool) -> list[Choice]:
    """A snapshot if there is a good one, what is readable, or a new beginning."""
    found = []
    if snapshot is not None:
        found.append(Choice("restore", restore_choice_text(snapshot), is_default=not can_recover))
    if can_recover:
        recover = QCoreApplication.translate("Opening", "Save what can be read")
        anew = QCoreApplication.translate("Opening", "Begin anew and keep the damaged file")
        found += [Choice("recover", recover, is_default=True), Choice("anew", anew)]
    return found


def choices_when_gone(snapshot: Snapshot | None) -> list[Choice]:
    """A snapshot if there is a good one, or a new beginning."""
    anew = Choice("begin", QCoreApplication.translate("Opening", "Begin without chats"))
    if snapshot is None:
        return [anew]
    return [Choice("restore", restore_choice_text(snapshot), is_default=True), anew]


def choices_for_reading(*, is_possible: bool) -> list[Choice]:
    """Look at a copy."""
    if not is_possible:
        return []
    return [Choice("copy", QCoreApplication.translate("Opening", "Open for reading only"))]


def last_choices(*, is_default: bool) -> list[Choice]:
    """Another folder, once more, or not at all."""
    other = QCoreApplication.translate("Opening", "Choose another folder…")
    return [
        Choice("other", other),
        Choice("quit", quit_text(), is_cancel=True),
        Choice("retry", action_text(Action.RETRY), is_default=is_default),
    ]


def continue_choice() -> Choice:
    """There is nothing to choose."""
    return Choice("ok", QCoreApplication.translate("Opening", "Continue"), is_default=True, is_cancel=True)


def working_words() -> tuple[str, str]:
    """Title and text while a file takes the place of another."""
    return (
        QCoreApplication.translate("Opening", "Putting the chats in place"),
        QCoreApplication.translate("Opening", "What was there is kept. If GigaDesk ends now, nothing is lost."),
    )


def recovering_words() -> tuple[str, str]:
    """Title and text while a damaged file is read."""
    return (
        QCoreApplication.translate("Opening", "Saving what can be read"),
        QCoreApplication.translate("Opening", "The damaged file is kept as it is. This may take a few minutes."),
    )


def recovered_words(saved: Salvage) -> tuple[str, str]:
    """Title over what was saved, and where the damaged file is now."""
    place = QCoreApplication.translate("Opening", "The damaged file, with a report, is kept in {path}.")
    return QCoreApplication.translate("Opening", "The chats were saved"), place.format(path=saved.set_aside)


def folder_title() -> str:
    return QCoreApplication.translate("Opening", "Folder with the chats")
