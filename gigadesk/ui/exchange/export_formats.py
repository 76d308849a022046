"""The formats of an export: their words, and what writes them."""

import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from gigadesk import __version__
from gigadesk.conversations.export_desk import ChatWriter, ExportDesk
from gigadesk.exchange.library_file import ArchiveWriter, PlainWriter
from gigadesk.exchange.markdown_document import MarkdownDocument
from gigadesk.exchange.names import file_name
from gigadesk.exchange.records import FolderRecord
from gigadesk.exchange.targets import FileTarget
from gigadesk.exchange.text_writer import DocumentWords, DocumentWriter, FileCopies, moment
from gigadesk.markdown.endings import closing
from gigadesk.ui.exchange.html_document import HtmlDocument
from gigadesk.ui.exchange.html_drawings import Drawings


class Format(StrEnum):
    """What chats can be written as."""

    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    ARCHIVE = "archive"
    JSON = "json"

    @property
    def is_own(self) -> bool:
        """It holds everything, and can be imported again."""
        return self in {Format.ARCHIVE, Format.JSON}

    @property
    def ending(self) -> str:
        return {"markdown": ".md", "html": ".html", "pdf": ".pdf", "archive": ".gigadesk.zip", "json": ".json"}[
            self.value
        ]

    def title(self) -> str:
        match self:
            case Format.MARKDOWN:
                return QCoreApplication.translate("Exchange", "Markdown")
            case Format.HTML:
                return QCoreApplication.translate("Exchange", "Web page (HTML)")
            case Format.PDF:
                return QCoreApplication.translate("Exchange", "PDF")
            case Format.ARCHIVE:
                return QCoreApplication.translate("Exchange", "GigaDesk archive")
            case Format.JSON:
                return QCoreApplication.translate("Exchange", "JSON")
            case _:
                assert_never(self)

    def note(self) -> str:
        match self:
            case Format.MARKDOWN:
                return QCoreApplication.translate("Exchange", "Text that every editor opens.")
            case Format.HTML:
                return QCoreApplication.translate(
                    "Exchange", "One page for any browser, with pictures, formulas and colours. It loads nothing."
                )
            case Format.PDF:
                return QCoreApplication.translate("Exchange", "Pages for reading and printing, a file for each chat.")
            case Format.ARCHIVE:
                return QCoreApplication.translate(
                    "Exchange",
                    "Everything: all branches, files, folders, drafts. Can be imported again. No keys and passwords.",
                )
            case Format.JSON:
                return QCoreApplication.translate(
                    "Exchange", "The same as the archive without the contents of files. Can be imported again."
                )
            case _:
                assert_never(self)


def default_name(title: str, format_: Format) -> str:
    """What the file is called, unless the user says otherwise."""
    return (file_name(title) if title else f"GigaDesk {moment(time.time())[:10]}") + format_.ending


def moment_sayer() -> Callable[[float], str]:
    """Says times in the language of the window; what it gives may be called in any thread."""
    locale = QLocale()
    pattern = QCoreApplication.translate("Exchange", "MMMM d, yyyy")

    def say(time_s: float) -> str:
        moment_ = QDateTime.fromSecsSinceEpoch(int(time_s))
        time_text = locale.toString(moment_.time(), QLocale.FormatType.ShortFormat)
        return f"{locale.toString(moment_.date(), pattern)}, {time_text}"

    return say


class Writing:
    """Makes the writer of one export. `drawings` are for HTML."""

    def __init__(
        self,
        desk: ExportDesk,
        path: Path,
        format_: Format,
        *,
        is_folder: bool,
        has_files: bool,
        drawings: Drawings | None,
    ) -> None:
        self._desk = desk
        self._path = path
        self._format = format_
        self._is_folder = is_folder
        self._has_files = has_files
        self._drawings = drawings
        # Here, on the thread of the window, not in that of the writer.
        self._words = document_words()
        self._files_name = QCoreApplication.translate("Exchange", "Files")
        self._say_time = moment_sayer()
        self._language = QLocale().name().split("_")[0]
        self._folders = desk.folders() if format_.is_own else []

    def writer(self) -> ChatWriter:
        """Called in a thread."""
        match self._format:
            case Format.ARCHIVE | Format.JSON:
                return _OwnWriter(self._path, self._format, self._desk, self._folders)
            case Format.MARKDOWN:
                document = MarkdownDocument(self._words, lambda _: "", closing)
                writer = DocumentWriter(self._path, document, self._words, is_folder=self._is_folder)
                if self._has_files and writer.folder is not None:
                    document.path_of = FileCopies(writer.folder / self._files_name, self._desk.path).path
                return writer
            case Format.HTML:
                assert self._drawings is not None
                page = HtmlDocument(self._words, self._language, self._drawings, self._desk.path, self._say_time)
                return DocumentWriter(self._path, page, self._words, is_folder=self._is_folder)
            case Format.PDF:
                raise AssertionError("pages are made by PdfExport")
            case _:
                assert_never(self._format)


class _OwnWriter:
    """Our own format into one file, which appears when it is complete."""

    def __init__(self, path: Path, format_: Format, desk: ExportDesk, folders: list[FolderRecord]) -> None:
        self._target = FileTarget(path)
        try:
            program = f"GigaDesk {__version__}"
            self._writer: ArchiveWriter | PlainWriter
            if format_ is Format.ARCHIVE:
                self._writer = ArchiveWriter(self._target.file, program, time.time(), folders, desk.path)
            else:
                self._writer = PlainWriter(self._target.file, program, time.time(), folders)
        except BaseException:
            self._target.abandon()
            raise
        self.begin_chat = self._writer.begin_chat
        self.add_messages = self._writer.add_messages
        self.end_chat = self._writer.end_chat

    def finish(self) -> None:
        self._writer.finish()
        self._target.finish()

    def place(self) -> Path:
        return self._target.place()

    def abandon(self) -> None:
        if isinstance(self._writer, ArchiveWriter):
            self._writer.abandon()
        self._target.abandon()


def document_words() -> DocumentWords:
    """Words around the messages of a document."""
    return DocumentWords(
        you=QCoreApplication.translate("Exchange", "You"),
        assistant="GigaChat",
        system=QCoreApplication.translate("Exchange", "System prompt"),
        thoughts=QCoreApplication.translate("Exchange", "Thoughts"),
        sources=QCoreApplication.translate("Exchange", "Sources"),
        file=QCoreApplication.translate("Exchange", "File"),
        untitled=QCoreApplication.translate("Exchange", "Untitled chat"),
        stopped=QCoreApplication.translate("Exchange", "The answer was stopped here."),
        failed=QCoreApplication.translate("Exchange", "The answer failed."),
        answers_to=QCoreApplication.translate("Exchange", "Message {number}, another answer to message {parent}"),
        created=QCoreApplication.translate("Exchange", "Begun"),
        model=QCoreApplication.translate("Exchange", "Model"),
    )
