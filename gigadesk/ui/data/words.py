"""Words about snapshots, about moving and about what was saved out of a damaged file."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from gigadesk.data_folder import TargetProblem
from gigadesk.kept import Salvage, Snapshot, SnapshotContent, SnapshotReason


def moment_text(seconds: float) -> str:
    """Day and time, short."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def size_text(size_bytes: int) -> str:
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def reason_text(reason: SnapshotReason) -> str:
    """Why a snapshot was taken."""
    match reason:
        case SnapshotReason.DAILY:
            return QCoreApplication.translate("Data", "daily")
        case SnapshotReason.MIGRATION:
            return QCoreApplication.translate("Data", "before an update")
        case SnapshotReason.RESTORE:
            return QCoreApplication.translate("Data", "before restoring")
        case SnapshotReason.HAND:
            return QCoreApplication.translate("Data", "made by you")


def content_text(content: SnapshotContent) -> str:
    """What is inside, in one line."""
    text = QCoreApplication.translate("Data", "Chats: {chats}, messages: {messages}. Newest message: {newest}.")
    newest = QCoreApplication.translate("Data", "none") if content.newest_at is None else moment_text(content.newest_at)
    locale = QLocale()
    chats, messages = locale.toString(content.chats), locale.toString(content.messages)
    return text.format(chats=chats, messages=messages, newest=newest)


def restore_choice_text(snapshot: Snapshot) -> str:
    """The words on a button that puts a snapshot in the place of the chats."""
    text = QCoreApplication.translate("Data", "Restore the snapshot of {moment}")
    return text.format(moment=moment_text(snapshot.taken_at))


def salvage_text(saved: Salvage) -> str:
    """What was saved out of a damaged file, and what was not, exactly."""
    locale = QLocale()
    said = [
        QCoreApplication.translate(
            "Data", "Saved: {chats} of {known_chats} chats, {messages} of {known} messages."
        ).format(
            chats=locale.toString(saved.chats),
            known_chats=locale.toString(max(saved.known_chats, saved.chats)),
            messages=locale.toString(saved.messages),
            known=locale.toString(saved.known_messages),
        )
    ]
    for count, text in (
        (len(saved.hurt), QCoreApplication.translate("Data", "Chats that lost a message or a part of one: {count}.")),
        (saved.cut_messages, QCoreApplication.translate("Data", "Messages without their end: {count}.")),
        (saved.mended_texts, QCoreApplication.translate("Data", "Texts with unreadable letters: {count}.")),
        (saved.unnamed_chats, QCoreApplication.translate("Data", "Chats that lost their name and settings: {count}.")),
        (
            saved.rehung_messages,
            QCoreApplication.translate(
                "Data", "Messages that stand elsewhere, because the one above is lost: {count}."
            ),
        ),
    ):
        if count:
            said.append(text.format(count=locale.toString(count)))
    if saved.is_complete:
        said.append(QCoreApplication.translate("Data", "Nothing is known to be lost."))
    return "\n".join(said)


def salvage_report(saved: Salvage) -> str:
    """The same for a file, with the names of the chats that were hurt."""
    titles = [title or QCoreApplication.translate("Data", "(no name)") for title in saved.hurt]
    if not titles:
        return salvage_text(saved) + "\n"
    head = QCoreApplication.translate("Data", "These chats lost a message or a part of one:")
    return "\n".join([salvage_text(saved), "", head, *titles]) + "\n"


def target_problem_text(problem: TargetProblem) -> str:
    """Why the data cannot be moved to a folder."""
    match problem:
        case TargetProblem.NOT_A_FOLDER:
            return QCoreApplication.translate("Data", "This is not a folder. Choose an empty folder.")
        case TargetProblem.NOT_EMPTY:
            return QCoreApplication.translate("Data", "There is something in this folder already. Choose an empty one.")
        case TargetProblem.NOT_WRITABLE:
            return QCoreApplication.translate("Data", "GigaDesk may not write to this folder. Choose another one.")
        case TargetProblem.INSIDE:
            return QCoreApplication.translate(
                "Data", "One of the two folders lies in the other. Choose a folder outside of the present one."
            )
        case TargetProblem.NO_ROOM:
            return QCoreApplication.translate("Data", "There is not enough room on that disk. Choose another one.")
