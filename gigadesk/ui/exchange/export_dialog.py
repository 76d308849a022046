"""What to export how, where to, and how far it is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import ChatId
from gigadesk.conversations.export_desk import ExportDesk, ExportError
from gigadesk.ui.exchange.export_formats import Format, Writing, default_name
from gigadesk.ui.exchange.html_drawings import Drawings
from gigadesk.ui.exchange.made_place import MadePlace
from gigadesk.ui.exchange.pdf_export import PdfExport
from gigadesk.ui.exchange.words import number_text
from gigadesk.ui.file_saving import FileSaver, error_text
from gigadesk.ui.notices import notice_for
from gigadesk.ui.widgets.labels import Heading, PlainLabel
from gigadesk.ui.widgets.screen_room import resize_within_screen

MARGIN = 24
SPACING = 12
WIDTH_EMS = 36


class ExportDialog(QDialog):
    """Does not block the window. Closing it stops what is under way; nothing is left of it then."""

    def __init__(
        self, parent: QWidget, desk: ExportDesk, chat_ids: Sequence[ChatId], pages: PdfExport, *, is_all: bool
    ) -> None:
        """`pages` makes PDF, and becomes a child of the dialog."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export chats"))
        self._desk = desk
        self._given = chat_ids
        self._all = desk.chat_ids()
        self._saver = FileSaver(self)
        self._drawings: Drawings | None = None
        self._pdf = pages
        pages.setParent(self)
        self._is_running = False
        self._heading = Heading(self, scale=1.15)
        self._formats = {format_: QRadioButton(self) for format_ in Format}
        self._group = QButtonGroup(self)
        self._notes: dict[Format, PlainLabel] = {}
        self._everything = QCheckBox(self.tr("All chats: {count}").format(count=number_text(len(self._all))), self)
        self._everything.setChecked(is_all)
        self._everything.setVisible(not is_all)
        self._branches = QCheckBox(self.tr("All branches, not only the shown ones"), self)
        self._scope = PlainLabel(self, kind="muted")
        self._files = QCheckBox(self.tr("With the files, in a folder beside"), self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._state = PlainLabel(self)
        self._made = MadePlace(self)
        self.export_button = QPushButton(self.tr("Export…"), self)
        self.export_button.setProperty("kind", "primary")
        self.export_button.setDefault(True)
        self.close_button = QPushButton(self.tr("Cancel"), self)
        self._pages = QStackedWidget(self)
        self._area = QScrollArea(self)
        self._choices = QWidget(self._area)
        self._lay_out()
        self.export_button.clicked.connect(self.choose_place)
        self.close_button.clicked.connect(self.reject)
        pages.progressed.connect(self._bar.setValue)
        pages.ended.connect(self._on_end)
        self._group.buttonToggled.connect(self._on_format_toggled)
        self._formats[Format.ARCHIVE if is_all else Format.MARKDOWN].setChecked(True)
        self._everything.toggled.connect(self._show_what)
        self._branches.toggled.connect(self._show_scope)
        self._show_what()
        self._formats[self.format].setFocus()
        width = WIDTH_EMS * self.fontMetrics().height()
        resize_within_screen(self, width, self._height_for(width))

    def _height_for(self, width: int) -> int:
        """So much that nothing has to be scrolled, with room for the longest note."""
        inner = max(self._choices.heightForWidth(width - 2 * MARGIN), self._choices.sizeHint().height())
        inner += 2 * self.fontMetrics().height()
        return max(self.heightForWidth(width), self.sizeHint().height()) - self._area.sizeHint().height() + inner

    @property
    def format(self) -> Format:
        return next((each for each, button in self._formats.items() if button.isChecked()), Format.ARCHIVE)

    def choose(self, format_: Format) -> None:
        self._formats[format_].setChecked(True)

    def choose_place(self) -> None:
        """Ask where to, and export."""
        name = default_name(self._title(), self.format)
        self._saver.choose(name if not self._is_folder() else name.removesuffix(self.format.ending), self.export_to)

    def export_to(self, path: Path) -> None:
        """Export to this file; or, where there will be several, to a new folder of this name."""
        if self._is_running or self._desk.is_busy:
            return
        self._is_running = True
        self._pages.setCurrentIndex(1)
        self._state.setText(self.tr("Writing {name}").format(name=path.name))
        self._bar.setRange(0, max(len(self._chat_ids), 1))
        self._bar.setValue(0)
        self.export_button.hide()
        self.close_button.setText(self.tr("Cancel"))
        if self.format is Format.PDF:
            self._pdf.start(self._chat_ids, path, is_folder=self._is_folder())
            return
        if self.format is Format.HTML:
            self._drawings = Drawings(self)
        writing = Writing(
            self._desk,
            path,
            self.format,
            is_folder=self._is_folder(),
            has_files=self._files.isChecked(),
            drawings=self._drawings,
        )
        self._desk.start(
            self._chat_ids,
            writing.writer,
            is_whole=self.format.is_own or self._branches.isChecked(),
            on_progress=self._bar.setValue,
            on_end=self._on_end,
            prepare=None if self._drawings is None else self._drawings.prepare,
        )

    def _on_end(self, end: Path | ExportError) -> None:
        self._is_running = False
        self._stop_drawing()
        count = number_text(len(self._chat_ids))
        if isinstance(end, Path):
            self._bar.setValue(self._bar.maximum())
            self._state.setText(self.tr("Done. Chats exported: {count}.").format(count=count))
            self._made.show_path(end)
        else:
            words = self.tr("Nothing was written, and nothing was changed.")
            reason = error_text(end) if isinstance(end, OSError) else notice_for(end).title + "."
            self._state.setText(f"{reason} {words}")
            self._bar.hide()
        self.close_button.setText(self.tr("Close"))
        self.close_button.setFocus()

    def done(self, result: int) -> None:
        """The end, however it comes about: also by Esc and by the cross."""
        if self._is_running:
            self._is_running = False
            self._desk.cancel()
            self._pdf.cancel()
        self._stop_drawing()
        super().done(result)

    def _stop_drawing(self) -> None:
        if self._drawings is not None:
            self._drawings.close()
            self._drawings = None

    @property
    def _is_all(self) -> bool:
        return self._everything.isChecked()

    @property
    def _chat_ids(self) -> Sequence[ChatId]:
        return self._all if self._is_all else self._given

    def _show_what(self) -> None:
        self._heading.setText(self._what())
        self.export_button.setEnabled(bool(self._chat_ids))

    def _what(self) -> str:
        if self._is_all:
            return self.tr("Export all chats: {count}").format(count=number_text(len(self._chat_ids)))
        if len(self._chat_ids) == 1:
            title = self._title() or self.tr("Untitled")
            return self.tr("Export “{title}”").format(title=title)
        return self.tr("Export chats: {count}").format(count=number_text(len(self._chat_ids)))

    def _title(self) -> str:
        return self._desk.title(self._chat_ids[0]) if len(self._chat_ids) == 1 and not self._is_all else ""

    def _is_folder(self) -> bool:
        if self.format.is_own:
            return False
        has_folder = self.format is Format.MARKDOWN and self._files.isChecked()
        return len(self._chat_ids) != 1 or self._is_all or has_folder

    def _on_format_toggled(self) -> None:
        self._branches.setEnabled(self.format in {Format.MARKDOWN, Format.HTML})
        self._files.setEnabled(self.format is Format.MARKDOWN)
        self._show_scope()
        for format_, note in self._notes.items():
            note.setVisible(format_ is self.format)

    def _show_scope(self) -> None:
        """Say which branches are written."""
        has_all = self.format.is_own or (self._branches.isChecked() and self._branches.isEnabled())
        if has_all:
            words = self.tr("All branches are written: every version of each question and answer.")
        elif self.format is Format.PDF:
            words = self.tr("Only the shown branch is written. All branches are in a web page, Markdown or an archive.")
        else:
            words = self.tr("Only the shown branch is written.")
        self._scope.setText(words)

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._choices)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACING // 2)
        for format_, button in self._formats.items():
            button.setText(format_.title())
            self._group.addButton(button)
            note = PlainLabel(self, format_.note(), kind="muted")
            note.setContentsMargins(2 * SPACING, 0, 0, 0)
            note.hide()
            button.setAccessibleDescription(format_.note())
            self._notes[format_] = note
            inner.addWidget(button)
            inner.addWidget(note)
        inner.addSpacing(SPACING)
        inner.addWidget(self._everything)
        inner.addWidget(self._branches)
        inner.addWidget(self._files)
        inner.addSpacing(SPACING)
        inner.addWidget(self._scope)
        inner.addStretch(1)
        running = QWidget(self)
        inner = QVBoxLayout(running)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACING)
        inner.addWidget(self._state)
        inner.addWidget(self._bar)
        inner.addWidget(self._made)
        inner.addStretch(1)
        self._area.setWidget(self._choices)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is inside has it, and is brought into sight
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(self._area)
        self._pages.addWidget(running)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self._heading)
        layout.addWidget(self._pages, 1)
        layout.addLayout(row)
