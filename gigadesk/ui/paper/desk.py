"""Printing a conversation and saving it as a PDF: dialogs, progress, and a file that is whole or not there."""

import contextlib
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QFile, QIODevice, QLocale, QMarginsF, QObject, Qt, QTimer
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from gigadesk.exchange.names import file_name
from gigadesk.files import put_in_place, unfinished_prefix
from gigadesk.ui.file_saving import FileSaver, error_text
from gigadesk.ui.paper.job import Manuscript, PaperJob
from gigadesk.ui.paper.progress import ProgressDialog
from gigadesk.ui.paper.sheet import DOTS_PER_INCH, Heading
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.words import chrome_words, date_text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from gigadesk.ui.transcript.view import Transcript

MARGIN_MM = 18.0
PROGRESS_AFTER_MS = 500
"""Most conversations are done before a dialog would have been read."""


class PaperDesk(QObject):
    """Does one piece of work at a time; another wish meanwhile shows how far that is."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._saver = FileSaver(view)
        self._job: PaperJob | None = None
        self._progress: ProgressDialog | None = None
        self._cancel: Callable[[], None] = lambda: None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PROGRESS_AFTER_MS)
        self._late.timeout.connect(self._show_progress)

    @property
    def is_busy(self) -> bool:
        """Pages are being made."""
        return self._job is not None

    def save_pdf(self) -> QFileDialog | None:
        """Ask where, and save the shown conversation as a PDF. Returns the open dialog; None if that cannot be now."""
        if self._is_taken():
            return None
        return self._saver.choose(file_name(self._title) + ".pdf", self.write_pdf)

    def write_pdf(self, target: Path) -> None:
        """Save the shown conversation as a PDF in this place."""
        if self._is_taken():
            return
        temporary = target.with_name(f"{unfinished_prefix(target)}{secrets.token_hex(4)}.part")
        file = QFile(str(temporary), self)
        if not file.open(QIODevice.OpenModeFlag.WriteOnly | QIODevice.OpenModeFlag.NewOnly):
            self._saver.tell_failure(file.errorString())
            file.deleteLater()
            return
        writer = QPdfWriter(file)
        writer.setCreator("GigaDesk")
        writer.setTitle(self._title)
        writer.setResolution(DOTS_PER_INCH)
        writer.setPageLayout(usual_layout())

        def end(is_whole: bool | None) -> None:  # noqa: FBT001
            """None: the user does not want it any more."""
            reason = "" if file.flush() and file.error() is QFile.FileError.NoError else file.errorString()
            file.close()
            file.deleteLater()
            try:
                if is_whole and not reason:
                    put_in_place(temporary, target)
                    return
            except OSError as error:
                reason = error_text(error)
            with contextlib.suppress(OSError):
                temporary.unlink()
            if is_whole is not None:
                self._saver.tell_failure(reason or file.errorString())

        self._begin(writer, end)

    def print_out(self) -> QDialog | None:
        """Ask for a printer, and print the shown conversation. Returns the open dialog; None if there is none."""
        if self._is_taken():
            return None
        try:
            # A part of Qt of its own, loaded when it is wanted: it looks for printers.
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        except ImportError:
            words = QCoreApplication.translate("Paper", "This system cannot print from here. Save a PDF instead.")
            return self._tell(words)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(usual_layout())
        printer.setDocName(self._title)
        printer.setCreator("GigaDesk")
        dialog = QPrintDialog(printer, self._view.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
        dialog.accepted.connect(lambda: self._print_on(printer))
        QDialog.open(dialog)
        return dialog

    def _print_on(self, printer: "QPrinter") -> None:
        def end(is_whole: bool | None) -> None:  # noqa: FBT001
            if is_whole is None:
                printer.abort()
            elif not is_whole:
                self._tell(QCoreApplication.translate("Paper", "The printer takes no pages."))

        if not self._is_taken():
            self._begin(printer, end)

    # --- the work

    @property
    def _title(self) -> str:
        return self._view.title or chrome_words().conversation

    def _is_taken(self) -> bool:
        if self._job is not None:
            self._show_progress()
        return self._job is not None or not len(self._view.rows)

    def _begin(self, device: QPagedPaintDevice, end: Callable[[bool | None], None]) -> None:
        view = self._view
        items = view.rows.items
        # What is being written is taken as it is now: pages are counted before they are painted.
        running = {index: _as_shown(items[index]) for index in view.rows.running()}
        manuscript = Manuscript(
            Heading(self._title, date_text(time.time())),
            len(items),
            lambda index: running.get(index) or items.view(index),
            view.font(),
            view.rows.frame.look,
            chrome_words(),
        )
        job = self._job = PaperJob(manuscript, device, view.pictures, self)
        job.ended.connect(lambda is_whole: self._finish(end, is_whole=is_whole))
        self._cancel = lambda: self._finish(end, is_whole=None)
        self._late.start()
        job.start()

    def _finish(self, end: Callable[[bool | None], None], *, is_whole: bool | None) -> None:
        job, self._job = self._job, None
        self._late.stop()
        if job is None:
            return
        job.cancel()
        job.deleteLater()
        if self._progress is not None:
            progress, self._progress = self._progress, None
            progress.finish()
        end(is_whole)

    def _show_progress(self) -> None:
        if self._job is None:
            return
        if self._progress is None:
            title = QCoreApplication.translate("Paper", "Making pages")
            words = QCoreApplication.translate("Paper", "The chat is being laid out for paper.")
            self._progress = ProgressDialog(self._view.window(), title, words)
            self._job.progressed.connect(self._progress.show_progress)
            self._progress.cancelled.connect(self._on_cancelled)
        self._progress.show()
        self._progress.raise_()

    def _on_cancelled(self) -> None:
        self._progress = None
        if self._job is not None:
            self._cancel()

    def _tell(self, words: str) -> QDialog:
        box = QMessageBox(self._view.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Information)
        box.setText(words)
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        QDialog.open(box)
        return box


def _as_shown(item: MessageItem) -> MessageView:
    return replace(item.view, message=replace(item.view.message, text=item.source_text))


def usual_layout() -> QPageLayout:
    """The paper that is usual here."""
    is_american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if is_american else QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
