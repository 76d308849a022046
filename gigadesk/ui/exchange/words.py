"""What the parts of export and import say alike, in the language of the window."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from gigadesk.exchange.problems import Problem, Trouble
from gigadesk.exchange.summaries import FileType


def number_text(number: int) -> str:
    return QLocale().toString(number)


def type_text(kind: FileType | None) -> str:
    """Whose export a file is."""
    match kind:
        case FileType.OWN:
            return QCoreApplication.translate("Exchange", "Export of GigaDesk")
        case FileType.CHATGPT:
            return QCoreApplication.translate("Exchange", "Export of ChatGPT")
        case FileType.OPEN_WEBUI:
            return QCoreApplication.translate("Exchange", "Export of Open WebUI")
        case None:
            return QCoreApplication.translate("Exchange", "Unknown kind of file")
        case _:
            assert_never(kind)


def program_text(kind: FileType) -> str:
    match kind:
        case FileType.OWN:
            return "GigaDesk"
        case FileType.CHATGPT:
            return "ChatGPT"
        case FileType.OPEN_WEBUI:
            return "Open WebUI"
        case _:
            assert_never(kind)


def problem_text(problem: Problem) -> str:
    """One line of the report: where, what is wrong, and what was done about it."""
    what = _trouble_text(problem)
    if not problem.chat:
        return what
    title = problem.title[:60] or QCoreApplication.translate("Exchange", "untitled")
    where = QCoreApplication.translate("Exchange", "Chat {number}, “{title}”").format(
        number=number_text(problem.chat), title=title
    )
    if problem.place:
        where = QCoreApplication.translate("Exchange", "{where}, at {place}").format(
            where=where, place=problem.place[:60]
        )
    return f"{where}: {what}"


def _trouble_text(problem: Problem) -> str:
    words = {
        Trouble.UNREADABLE: QCoreApplication.translate("Exchange", "The file cannot be read. {detail}"),
        Trouble.EMPTY: QCoreApplication.translate("Exchange", "The file is empty."),
        Trouble.UNKNOWN_KIND: QCoreApplication.translate(
            "Exchange",
            "This is no export that GigaDesk knows. It reads its own, those of ChatGPT and those of Open WebUI.",
        ),
        Trouble.NEWER: QCoreApplication.translate(
            "Exchange", "A later version of GigaDesk wrote this file. Update GigaDesk to read it."
        ),
        Trouble.TOO_LARGE: QCoreApplication.translate(
            "Exchange", "One chat has more than 200 MB, or all have more than 8 GB. It is not read on."
        ),
        Trouble.NOT_JSON: QCoreApplication.translate(
            "Exchange", "Line {place}: the file is damaged from here on. What stands before is whole."
        ),
        Trouble.CUT_OFF: QCoreApplication.translate(
            "Exchange", "Line {place}: the file ends in the middle. What stands before is whole."
        ),
        Trouble.TOO_DEEP: QCoreApplication.translate(
            "Exchange", "Line {place}: more levels inside each other than any chat has. It is not read on."
        ),
        Trouble.TOO_MUCH: QCoreApplication.translate(
            "Exchange", "More values than fit into memory. The file is not read on."
        ),
        Trouble.TOO_MANY_CHATS: QCoreApplication.translate("Exchange", "Too many chats. The file is not read on."),
        Trouble.BAD_ARCHIVE: QCoreApplication.translate("Exchange", "The archive is damaged: {where}"),
        Trouble.BOMB: QCoreApplication.translate(
            "Exchange", "The archive is packed so that it would fill the memory or the disk: {where}. It is not opened."
        ),
        Trouble.LOCKED: QCoreApplication.translate(
            "Exchange", "The archive has a password. Unpack it, and choose the file with the chats: {where}"
        ),
        Trouble.READER_ENDED: QCoreApplication.translate(
            "Exchange", "The file could not be read to its end: the process that reads it has stopped."
        ),
        Trouble.NOT_A_CHAT: QCoreApplication.translate("Exchange", "Line {place}: this is no chat. It is left out."),
        Trouble.ODD_BYTES: QCoreApplication.translate(
            "Exchange",
            "Line {place}: the file is not UTF-8. Letters that cannot be read are replaced by �, here and further on.",
        ),
        Trouble.NO_CHATS: QCoreApplication.translate("Exchange", "There are no chats in this file."),
        Trouble.NO_MESSAGES: QCoreApplication.translate("Exchange", "There are no messages in it."),
        Trouble.TWICE: QCoreApplication.translate(
            "Exchange", "This chat is in the file twice. The second one is left out."
        ),
        Trouble.BAD_MESSAGE: QCoreApplication.translate("Exchange", "This is no message. It is left out."),
        Trouble.UNKNOWN_CONTENT: QCoreApplication.translate(
            "Exchange", "This message says something in a way that GigaDesk does not know. It is left out."
        ),
        Trouble.SAME_ID: QCoreApplication.translate(
            "Exchange", "Two messages have the same id. The second is left out."
        ),
        Trouble.CYCLE: QCoreApplication.translate(
            "Exchange", "Messages answer each other in a circle. The circle was opened here."
        ),
        Trouble.ORPHAN: QCoreApplication.translate(
            "Exchange", "The message before this one is missing. It begins a branch of its own."
        ),
        Trouble.BAD_TIME: QCoreApplication.translate(
            "Exchange", "The time is missing or cannot be. That of the message before was taken."
        ),
        Trouble.TEXT_CUT: QCoreApplication.translate("Exchange", "The text is too long. Its end is left out."),
        Trouble.TOO_MANY_MESSAGES: QCoreApplication.translate(
            "Exchange", "Too many messages. Those from here on are left out."
        ),
        Trouble.FILE_LOST: QCoreApplication.translate(
            "Exchange", "A file is not in the export. Only its name is taken over."
        ),
        Trouble.FILE_DAMAGED: QCoreApplication.translate("Exchange", "A file is damaged. Only its name is taken over."),
        Trouble.BAD_FOLDER: QCoreApplication.translate(
            "Exchange", "Folder {place} is damaged. It was put right or left out."
        ),
    }[problem.trouble]
    where = problem.detail or problem.place
    return words.format(place=problem.place, detail=problem.detail, where=where).rstrip(": ")
