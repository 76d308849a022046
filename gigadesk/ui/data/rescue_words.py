"""Words when the file with the open chats has vanished: how they can be saved, and what was saved."""

from PySide6.QtCore import QCoreApplication, QLocale

from gigadesk.errors import StorageError, UnexpectedError
from gigadesk.kept import SnapshotContent
from gigadesk.ui.data.words import content_text
from gigadesk.ui.notices import notice_for
from gigadesk.ui.widgets.dialogs import Choice

BACK, FILE, TEXT, END, STAY = "back", "file", "text", "end", "stay"


def question(path: str, *, is_taken: bool, is_end: bool) -> tuple[str, str, list[Choice]]:
    """How to save them. `is_taken`: another file lies at their place; `is_end`: the program was to be ended."""
    title = QCoreApplication.translate("Rescue", "The chats are only in the open GigaDesk")
    text = QCoreApplication.translate(
        "Rescue", "Their file {path} was moved or deleted. Whatever is not saved now is gone when GigaDesk ends."
    )
    if is_taken:
        text = QCoreApplication.translate(
            "Rescue",
            "Another file has taken the place of {path}. GigaDesk writes nothing into it; if you write the chats back, "
            "it is set aside and kept.",
        )
    choices = [
        Choice(BACK, QCoreApplication.translate("Rescue", "Write the chats back"), is_default=True),
        Choice(FILE, QCoreApplication.translate("Rescue", "Save to another file…")),
        Choice(STAY, QCoreApplication.translate("Rescue", "Back to the chats"), is_cancel=True),
    ]
    if is_end:
        choices.insert(2, Choice(END, QCoreApplication.translate("Rescue", "Quit without saving"), is_danger=True))
    return title, text.format(path=path), choices


def failure(error: StorageError | UnexpectedError) -> tuple[str, str, list[Choice], str]:
    """They could not be copied: why, and whether what is shown should be saved at least."""
    notice = notice_for(error)
    title = QCoreApplication.translate("Rescue", "The chats were not saved")
    choices = [
        Choice(TEXT, QCoreApplication.translate("Rescue", "Save the shown chat as text…")),
        Choice(STAY, QCoreApplication.translate("Rescue", "Continue"), is_default=True, is_cancel=True),
    ]
    return title, f"{notice.title}. {notice.text}", choices, notice.detail


def held_by_other(path: str) -> tuple[str, str, list[Choice]]:
    """A second program has begun anew at the place."""
    title = QCoreApplication.translate("Rescue", "Another GigaDesk uses the folder")
    text = QCoreApplication.translate(
        "Rescue", "Close the one that was started with {path}, or save the chats to another file."
    )
    return title, text.format(path=path), [_continue()]


def working() -> tuple[str, str]:
    """Title and text while they are copied."""
    return (
        QCoreApplication.translate("Rescue", "Saving the chats"),
        QCoreApplication.translate("Rescue", "Everything is copied and looked through. You can go on reading."),
    )


def written_back(path: str, content: SnapshotContent, lost_files: int, kept: str) -> tuple[str, str, list[Choice], str]:
    """They are at their place; how many attached files are not, and where the file is that had taken it."""
    said = [content_text(content)]
    if lost_files:
        text = QCoreApplication.translate(
            "Rescue", "Attached and generated files that went with the folder: {count}. Their chats name them only."
        )
        said.append(text.format(count=QLocale().toString(lost_files)))
    if kept:
        text = QCoreApplication.translate("Rescue", "What had taken their place is kept in {path}.")
        said.append(text.format(path=kept))
    return QCoreApplication.translate("Rescue", "The chats are saved again"), "\n".join(said), [_continue()], path


def saved_elsewhere(target: str, path: str, content: SnapshotContent) -> tuple[str, str, list[Choice], str]:
    """They are in another file, which is not the one that the program goes on with."""
    text = QCoreApplication.translate(
        "Rescue", "To go on with this file, quit GigaDesk and copy it to {path}. Until then nothing new is saved."
    )
    title = QCoreApplication.translate("Rescue", "The chats are in the new file")
    return title, f"{content_text(content)}\n{text.format(path=path)}", [_continue()], target


def file_name() -> str:
    """What the file is called that the user may name otherwise."""
    return QCoreApplication.translate("Rescue", "GigaDesk chats.db")


def text_name() -> str:
    """The same for what is saved as text."""
    return QCoreApplication.translate("Rescue", "Shown chat.md")


def shown_text(messages: list[tuple[bool, str]], waiting: list[str]) -> str:
    """What is in memory, as Markdown: messages with whether they are the user's, then what the disk did not take."""
    user, model = QCoreApplication.translate("Rescue", "You"), "GigaChat"
    parts = [f"## {user if is_user else model}\n\n{text}" for is_user, text in messages]
    if waiting:
        parts.append("## " + QCoreApplication.translate("Rescue", "Not saved yet"))
        parts += waiting
    return "\n\n".join(parts) + "\n"


def _continue() -> Choice:
    return Choice("ok", QCoreApplication.translate("Rescue", "Continue"), is_default=True, is_cancel=True)
