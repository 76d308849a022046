"""Import step by step: the file is read, its contents are shown, what is ticked is imported, and what came of it."""

import errno
import os
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import ChatId, Folder
from gigadesk.conversations.import_desk import KNOWN_AT_ONCE, ImportDesk, ImportEnd, ImportWish
from gigadesk.errors import GigadeskError, StorageError
from gigadesk.exchange.records import FolderRecord
from gigadesk.exchange.summaries import ChatSummary, FileType
from gigadesk.ui.exchange.file_reader import FileReader
from gigadesk.ui.exchange.preview import Preview
from gigadesk.ui.exchange.words import number_text
from gigadesk.ui.notices import notice_for
from gigadesk.ui.widgets.labels import Heading, PlainLabel
from gigadesk.ui.widgets.long_words import wrap_mode_for
from gigadesk.ui.widgets.wrapping_row import WrappingRow

MARGIN = 24
SPACING = 12
WIDTH_EMS = 44
HEIGHT_EMS = 34
_NO_ROOM = {os.strerror(each) for each in (errno.ENOSPC, errno.EDQUOT)}
"""What the process that reads says when the disk is full."""


class ImportDialog(QDialog):
    """Does not block the window. Closing it stops what is under way; nothing was changed then.

    Signals:
        chat_requested(int): open this chat.
        undo_requested(object): throw these chats away again.
    """

    chat_requested = Signal(int)
    undo_requested = Signal(object)

    def __init__(
        self, parent: QWidget, desk: ImportDesk, folders: Callable[[], tuple[Folder, ...]], path: Path
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import chats"))
        self._desk = desk
        self._folders = folders
        self._path = path
        self._spool = desk.new_spool()
        self._type: FileType | None = None
        self._records: list[FolderRecord] = []
        self._chosen: list[ChatSummary] = []
        self._end = ImportEnd()
        self._is_importing = False
        self._is_reading = True
        self._is_extracting = False
        self._found: deque[ChatSummary] = deque()
        self._recognise = QTimer(self)
        self._recognise.setInterval(0)
        self._recognise.timeout.connect(self._on_recognise)
        self._ending: tuple[FileType | None, list[FolderRecord], int] | None = None
        self._reader = FileReader(self)
        self._make_parts()
        self._connect()
        em = self.fontMetrics().height()
        room = parent.window().screen().availableGeometry().size() * 0.9
        self.resize(min(WIDTH_EMS * em, room.width()), min(HEIGHT_EMS * em, room.height()))
        self._reader.read(path, self._spool, time.time())

    def _make_parts(self) -> None:
        self.preview = Preview(self)
        self._progress_title = Heading(self, self.tr("Reading the file"), scale=1.15)
        self._progress_words = PlainLabel(self, self._path.name)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        progress = QWidget(self)
        inner = QVBoxLayout(progress)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACING)
        for widget in (self._progress_title, self._progress_words, self._bar):
            inner.addWidget(widget)
        inner.addStretch(1)
        self._report_title = Heading(self, scale=1.15)
        self._report = PlainLabel(self)
        report = QWidget(self)
        inner = QVBoxLayout(report)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACING)
        inner.addWidget(self._report_title)
        inner.addWidget(self._report)
        inner.addStretch(1)
        self._pages = QStackedWidget(self)
        self._progress_page, self._report_page = progress, report
        for page in (progress, self.preview, report):
            self._pages.addWidget(page)
        self.open_button = QPushButton(self.tr("Open the first chat"), self)
        self.undo_button = QPushButton(self.tr("Undo the import"), self)
        self.close_button = QPushButton(self.tr("Cancel"), self)
        self.import_button = QPushButton(self.tr("Import"), self)
        self.import_button.setProperty("kind", "primary")
        self.import_button.setDefault(True)
        row = WrappingRow(is_right=True)
        for button in (self.undo_button, self.open_button, self.close_button, self.import_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self._pages, 1)
        layout.addLayout(row)
        self._show_buttons(self.close_button)

    def _connect(self) -> None:
        reader = self._reader
        reader.progressed.connect(self._bar.setValue)
        reader.chats_found.connect(self._on_chats_found)
        reader.problem_found.connect(self.preview.add_problem)
        reader.ended.connect(self._on_read)
        reader.extracted.connect(self._on_extracted)
        reader.failed.connect(self._on_failed)
        self.preview.chosen_changed.connect(self._on_chosen_changed)
        self.preview.prompts_requested.connect(self._show_prompts)
        self.import_button.clicked.connect(self.start_import)
        self.close_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._on_open)
        self.undo_button.clicked.connect(self._on_undo)

    # Reading

    def _on_chats_found(self, chats: list[ChatSummary]) -> None:
        self._found.extend(chats)
        self._recognise.start()

    def _on_recognise(self) -> None:
        """Ask which of them are here already, some at a time."""
        chats = [self._found.popleft() for _ in range(min(KNOWN_AT_ONCE, len(self._found)))]
        if chats:
            try:
                known = self._desk.known(chats)
            except StorageError as error:
                # Without that a second import would double everything: better none.
                self._give_up(error)
            else:
                self.preview.table.add(chats, known)
            return
        self._recognise.stop()
        if self._ending is not None:
            self._show_preview(*self._ending)

    def _on_read(self, kind: FileType | None, folders: list[FolderRecord], problems: int) -> None:
        self._is_reading = False
        self._ending = (kind, folders, problems)
        self._recognise.start()

    def _show_preview(self, kind: FileType | None, folders: list[FolderRecord], problems: int) -> None:
        self._ending = None
        self._type, self._records = kind, folders
        self.preview.show_end(kind, self._path.name, problems, self._folders())
        self._back_to_preview()

    def _back_to_preview(self) -> None:
        self._pages.setCurrentWidget(self.preview)
        self._show_buttons(self.close_button, self.import_button)
        self.preview.focus_first()
        self._on_chosen_changed()

    def _on_chosen_changed(self) -> None:
        self.import_button.setEnabled(self._type is not None and bool(self.preview.table.chosen()))

    def _show_prompts(self) -> None:
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("System prompts in the file"))
        text = "\n\n".join(
            f"{chat.title}\n{'-' * 20}\n" + "\n\n".join(chat.prompts) for chat in self.preview.prompts()[:200]
        )
        view = QPlainTextEdit(dialog)
        view.setWordWrapMode(wrap_mode_for(text))
        view.setPlainText(text)
        view.setReadOnly(True)
        view.setAccessibleName(dialog.windowTitle())
        close = QPushButton(self.tr("Close"), dialog)
        close.clicked.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addWidget(view)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        em = self.fontMetrics().height()
        dialog.resize(36 * em, 24 * em)
        dialog.open()

    # Importing

    def start_import(self) -> None:
        """Import what is ticked."""
        self._chosen = self.preview.table.chosen()
        if self._type is None or not self._chosen or self._desk.is_busy:
            return
        self._is_importing = True
        self._progress_title.setText(self.tr("Importing"))
        self._progress_words.setText(self.tr("You can go on working. Nothing is seen before all of it is here."))
        self._bar.setValue(0)
        self._pages.setCurrentWidget(self._progress_page)
        self._show_buttons(self.close_button)
        self.close_button.setFocus()
        if any(chat.files for chat in self._chosen):
            self._is_extracting = True
            self._reader.extract(self._path, self._spool, self._chosen)
        else:
            self._on_extracted({})

    def _on_extracted(self, digests: dict[str, str]) -> None:
        self._is_extracting = False
        if self._type is None or not self._is_importing:
            return
        used = self._records if self._type is FileType.OWN else []
        wish = ImportWish(
            self._spool,
            self._type,
            self._chosen,
            used,
            self.preview.folder_id,
            self.preview.new_folder,
            takes_prompts=self.preview.takes_prompts,
            digests=digests,
            known=self.preview.table.known_keys(),
        )
        self._desk.start(wish, self._on_progress, self._on_end)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setValue(done * 1000 // max(total, 1))

    def _on_end(self, end: ImportEnd) -> None:
        if not self._is_importing:  # closed when it was too late to stop: there is no window any more
            return
        self._is_importing = False
        self._end = end
        if end.error is not None:
            self._tell(end.error)
            return
        count = number_text(len(end.chat_ids))
        self._report_title.setText(self.tr("Imported"))
        said = self.tr("Chats imported: {count}.").format(count=count)
        if end.lost_files:
            lost = number_text(end.lost_files)
            words = self.tr("Files that the export does not hold, of which only the names are there: {count}.")
            said += "\n\n" + words.format(count=lost)
        self._report.setText(said)
        self._pages.setCurrentWidget(self._report_page)
        self.close_button.setText(self.tr("Close"))
        self._show_buttons(self.undo_button, self.open_button, self.close_button)
        self.open_button.setFocus()

    def _on_failed(self, reason: str) -> None:
        if not self._is_reading and not self._is_extracting:
            return  # the process has ended when nobody waits for it any more
        self._is_importing = self._is_reading = self._is_extracting = False
        if reason in _NO_ROOM:
            self._show_failure(self.tr("There is no room on the disk. Make some, and import the file once more."))
            return
        words = self.tr("The file, or the folder for what is read of it, could not be used.")
        self._show_failure(f"{words} {reason}".strip())

    def _give_up(self, error: GigadeskError) -> None:
        self._is_reading = False
        self._found.clear()
        self._recognise.stop()
        self._reader.stop()
        self._tell(error)

    def _tell(self, error: GigadeskError) -> None:
        notice = notice_for(error)
        self._show_failure("\n".join(filter(None, (notice.title, notice.text, notice.detail))))

    def _show_failure(self, words: str) -> None:
        self._report_title.setText(self.tr("Nothing was imported"))
        self._report.setText(words)
        self._pages.setCurrentWidget(self._report_page)
        self.close_button.setText(self.tr("Close"))
        self._show_buttons(self.close_button)

    def _on_open(self) -> None:
        chats, ids = self._chosen, self._end.chat_ids
        newest = max(range(len(ids)), key=lambda place: chats[place].updated_at, default=0)
        self.chat_requested.emit(ids[newest])
        self.accept()

    def _on_undo(self) -> None:
        ids: tuple[ChatId, ...] = self._end.chat_ids
        self._end = ImportEnd()
        self.undo_requested.emit(ids)
        self._report_title.setText(self.tr("Undone"))
        self._report.setText(self.tr("The imported chats are in the trash."))
        self._show_buttons(self.close_button)

    # Ending

    def done(self, result: int) -> None:
        """The end, however it comes about: also by Esc and by the cross."""
        self._recognise.stop()
        self._reader.stop()
        if self._is_importing:
            self._is_importing = False
            self._desk.cancel()
        self._desk.drop_spool(self._spool)
        super().done(result)

    def _show_buttons(self, *buttons: QPushButton) -> None:
        for button in (self.undo_button, self.open_button, self.close_button, self.import_button):
            button.setVisible(button in buttons)
