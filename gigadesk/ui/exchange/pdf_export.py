"""Several chats as PDF: a file for each in a new folder, which appears when all are there. One alone is a file."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QIODevice, QObject, Signal
from PySide6.QtGui import QPdfWriter

from gigadesk.chat import ChatId
from gigadesk.conversations import Conversations
from gigadesk.conversations.export_desk import ExportError
from gigadesk.exchange.names import Names, file_name
from gigadesk.exchange.targets import FileTarget, FolderTarget
from gigadesk.exchange.text_writer import moment
from gigadesk.files import sync_file
from gigadesk.ui.pane.message_views import ChatViews
from gigadesk.ui.paper.desk import usual_layout
from gigadesk.ui.paper.job import Manuscript, PaperJob
from gigadesk.ui.paper.sheet import DOTS_PER_INCH, Heading
from gigadesk.ui.transcript.words import chrome_words

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class PdfExport(QObject):
    """Goes through the chats one after the other, in slices, with the fonts and colours of `view`.

    Signals:
        progressed(int): so many chats are done.
        ended(object): the `Path` where all is; or the `ExportError` for which nothing is.
    """

    progressed = Signal(int)
    ended = Signal(object)

    def __init__(self, conversations: Conversations, view: "Transcript", parent: QObject) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._view = view
        self._waiting: deque[ChatId] = deque()
        self._names = Names()
        self._done = 0
        self._target: FileTarget | FolderTarget | None = None
        self._job: PaperJob | None = None
        self._file: QFile | None = None

    def start(self, chat_ids: Sequence[ChatId], path: Path, *, is_folder: bool) -> None:
        """Write these chats to a folder at `path`, or the only one to a file there."""
        self._waiting = deque(chat_ids)
        try:
            self._target = FolderTarget(path) if is_folder else FileTarget(path)
        except OSError as error:
            self._end(error)
            return
        self._next()

    def cancel(self) -> None:
        """Stop; nothing is left. `ended` does not come any more."""
        self._drop_job()
        if self._target is not None:
            self._target.abandon()
            self._target = None

    def _next(self) -> None:
        if self._target is None:
            return
        if not self._waiting:
            target, self._target = self._target, None
            try:
                target.finish()
                place = target.place()
            except OSError as error:
                target.abandon()
                self._end(error)
            else:
                self._end(place)
            return
        try:
            chat = self._conversations.chat(self._waiting.popleft())
        except LookupError:  # deleted for ever meanwhile
            self._next()
            return
        title = chat.title or chrome_words().conversation
        if isinstance(self._target, FolderTarget):
            place = self._target.folder / self._names.next(file_name(title), ".pdf")
        else:
            place = self._target.temporary
        file = self._file = QFile(str(place), self)
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            self._fail(OSError(0, file.errorString()))
            return
        writer = QPdfWriter(file)
        writer.setCreator("GigaDesk")
        writer.setTitle(title)
        writer.setResolution(DOTS_PER_INCH)
        writer.setPageLayout(usual_layout())
        views = ChatViews(self._conversations, chat.id)
        view = self._view
        heading = Heading(title, moment(chat.updated_at)[:10])
        look = view.rows.frame.look
        manuscript = Manuscript(heading, len(views), views.view, view.font(), look, chrome_words())
        self._job = PaperJob(manuscript, writer, view.pictures, self)
        self._job.ended.connect(self._on_chat_ended)
        self._job.start()

    def _on_chat_ended(self, is_whole: bool) -> None:  # noqa: FBT001 - a signal's value
        file, job = self._file, self._job
        assert file is not None
        assert job is not None
        is_written = file.flush() and file.error() is QFile.FileError.NoError
        reason, path = file.errorString(), Path(file.fileName())
        self._drop_job()
        if not is_whole or not is_written:
            self._fail(job.failure or OSError(0, reason))
            return
        try:
            sync_file(path)
        except OSError as error:
            self._fail(error)
            return
        self._done += 1
        self.progressed.emit(self._done)
        self._next()

    def _fail(self, error: ExportError) -> None:
        self.cancel()
        self._end(error)

    def _drop_job(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()
            job.deleteLater()
        if self._file is not None:
            file, self._file = self._file, None
            file.close()
            file.deleteLater()

    def _end(self, end: Path | ExportError) -> None:
        self.ended.emit(end)
