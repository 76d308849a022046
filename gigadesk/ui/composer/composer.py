"""The card at the bottom of a chat: attached files, the growing text, tools, model, and the button that sends or stops.

Values in, wishes out: what is attached or chosen is shown when the window says so, not before.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gigadesk.chat import ChatFile, FileId
from gigadesk.ui.composer.chip_shelf import ChipShelf
from gigadesk.ui.composer.context_meter import ContextMeter
from gigadesk.ui.composer.edit_banner import EditBanner
from gigadesk.ui.composer.editor import Editor
from gigadesk.ui.composer.paste_offer import PasteOffer
from gigadesk.ui.composer.tool_bar import ToolBar
from gigadesk.ui.pane.model_picker import ModelPicker
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button, Shape

if TYPE_CHECKING:
    from gigadesk.ui.composer.file_chooser import FileChooser

DRAFT_DELAY_MS = 300
ATTACH_KEYS = "Ctrl+O"
_SIDE = 8
_SPACING = 4
_TOP = 10
_CHIPS_SHARE = 0.4
"""Of the height that the composer may have."""


class Composer(QWidget):
    """The card at the bottom of a chat.

    Signals:
        message_submitted(str): the user wants to send this and the files; call `clear` once it is stored.
        stop_requested(): the user wants the running reply to end.
        draft_changed(str): the text has rested for a moment, or is about to leave the screen.
        page_turned(int): Page Up (-1) or Page Down (1) was pressed, and the text here has nothing to scroll.
        files_offered(object): paths that shall be attached.
        picture_offered(bytes): a picture from the clipboard, as a file.
        text_offered(str): a long text that shall be attached as a file; it has left the field.
        file_removed(int), file_retried(int), file_opened(int): by the file's id.
        edit_last_requested(): Up was pressed where nothing is written: the last question shall be edited.
        edit_cancelled(): the edit shall be given up.

    `tools`, `model_picker` and `context_meter` have signals of their own.
    """

    message_submitted = Signal(str)
    stop_requested = Signal()
    draft_changed = Signal(str)
    page_turned = Signal(int)
    files_offered = Signal(object)
    picture_offered = Signal(bytes)
    text_offered = Signal(str)
    file_removed = Signal(int)
    file_retried = Signal(int)
    file_opened = Signal(int)
    edit_last_requested = Signal()
    edit_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, pictures: Pictures | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._is_busy = False
        self._is_editing = False
        self._has_files = False
        self._room = 0
        self.chips = ChipShelf(pictures or Pictures(self), self)
        self._banner = EditBanner(self)
        self._offer = PasteOffer(self)
        self.editor = Editor(self)
        self._attach = Button("attach", parent=self)
        self.tools = ToolBar(self)
        self.model_picker = ModelPicker(self)
        self.context_meter = ContextMeter(self)
        self._action = Button("send", Shape.ROUND, self)
        self._chooser: FileChooser | None = None
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self._tell_draft)
        self._connect()
        self._lay_out()
        self.setFocusProxy(self.editor)
        self._retranslate()
        self._show_state()

    @property
    def is_busy(self) -> bool:
        """Whether the button stops rather than sends."""
        return self._is_busy

    @property
    def is_editing(self) -> bool:
        """Whether what is written is the edit of an earlier question."""
        return self._is_editing

    def text(self) -> str:
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a draft, with the caret at its end. Not a change by the user: no draft is told."""
        self._offer.withdraw()
        self.editor.set_text(text)
        self._draft_timer.stop()
        self._show_state()

    def set_files(self, files: Sequence[ChatFile], paths: Mapping[FileId, str]) -> None:
        """Show what is attached to the draft; `paths` says where the bytes lie."""
        self._has_files = bool(files)
        self.chips.show_files(files, paths)
        self._show_state()

    def set_editing(self, *, is_editing: bool) -> None:
        """Say above the text that it is the edit of an earlier question."""
        self._is_editing = is_editing
        self._banner.set_shown(is_shown=is_editing)

    def add_text(self, text: str) -> None:
        """Put this behind what is written, as a paragraph of its own, and the caret behind it."""
        before = self.text()
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        if before:
            text = "\n" * max(0, 2 - len(before) + len(before.rstrip("\n"))) + text
        self.editor.insert_text(text)
        self.setFocus()

    def type_text(self, text: str) -> None:
        """Put in what the user typed while the keyboard was elsewhere."""
        self.editor.insertPlainText(text)

    def clear(self) -> None:
        """The message is on its way."""
        self.set_text("")

    def flush_draft(self) -> None:
        """Tell the draft now if it has changed since it was last told."""
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self._tell_draft()

    def set_room(self, height: int) -> None:
        """Grow no higher than this, in pixels: the answers above need some of the window, too."""
        self._room = height
        self._fit_height()

    def set_busy(self, *, busy: bool) -> None:
        """Whether a reply of the shown chat is waited for or being written: the button then stops it."""
        if busy != self._is_busy:
            self._is_busy = busy
            self._show_state()

    def submit(self) -> None:
        """Ask to send what is there, unless there is nothing."""
        if self._can_send():
            self.message_submitted.emit(self.text())

    def choose_files(self) -> None:
        """Open the dialog in which files are chosen."""
        if self._chooser is None:
            from gigadesk.ui.composer.file_chooser import FileChooser  # the window need not wait for it

            self._chooser = FileChooser(self)
            self._chooser.chosen.connect(self.files_offered)
        self._chooser.open()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (
            self.chips,
            self._banner,
            self._offer,
            self._attach,
            self.tools,
            self.model_picker,
            self.context_meter,
            self._action,
        ):
            part.set_theme(theme)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_row()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_row()
            self._fit_height()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_state()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.editor.hasFocus()
        painter.setPen(QPen(self._theme.accent if has_focus else self._theme.border, 1.5 if has_focus else 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)

    def _connect(self) -> None:
        self.chips.remove_requested.connect(self.file_removed)
        self.chips.retry_requested.connect(self.file_retried)
        self.chips.opened.connect(self.file_opened)
        self.chips.left.connect(self.editor.setFocus)
        self._offer.accepted.connect(self._on_offer_accepted)
        self._offer.closed.connect(self.editor.setFocus)
        self._banner.cancelled.connect(self.edit_cancelled)
        editor = self.editor
        editor.textChanged.connect(self._on_text_changed)
        editor.entered.connect(self.submit)
        editor.page_turned.connect(self.page_turned)
        editor.focus_changed.connect(self.update)
        editor.left_backwards.connect(self.chips.focus_last)
        editor.left_upwards.connect(self._on_left_upwards)
        editor.files_pasted.connect(self.files_offered)
        editor.picture_pasted.connect(self.picture_offered)
        editor.long_text_pasted.connect(self._offer.offer)
        self._attach.clicked.connect(self.choose_files)
        self._action.clicked.connect(self._on_action_clicked)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(_SPACING)
        self._row.addWidget(self._attach)
        self._row.addWidget(self.tools)
        self._row.addStretch(1)
        self._row.addWidget(self.model_picker)
        self._row.addWidget(self.context_meter)
        self._row.addWidget(self._action)
        text_row = QHBoxLayout()
        text_row.setContentsMargins(4, 0, 0, 0)  # the text begins where the icons do
        text_row.addWidget(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE, _TOP, _SIDE, _SIDE)
        layout.setSpacing(_SPACING)
        layout.addWidget(self._banner)
        layout.addWidget(self.chips)
        layout.addWidget(self._offer)
        layout.addLayout(text_row)
        layout.addLayout(self._row)

    def _fit_row(self) -> None:
        """The tools go into one menu where the row would not have room for the whole name of the model."""
        others = [self._attach, self.model_picker, self._action]
        if not self.context_meter.isHidden():
            others.append(self.context_meter)
        needed = sum(each.sizeHint().width() + _SPACING for each in others) + self.tools.full_width()
        self.tools.set_compact(compact=needed > self.width() - 2 * _SIDE)

    def _fit_height(self) -> None:
        if not self._room:
            return
        self.chips.set_room(round(self._room * _CHIPS_SHARE))
        parts = [part for part in (self._banner, self.chips, self._offer) if not part.isHidden()]
        above = [part.sizeHint().height() + _SPACING for part in parts]
        self.editor.set_room(self._room - _TOP - _SIDE - sum(above) - self._row.sizeHint().height() - _SPACING)

    def _retranslate(self) -> None:
        self.editor.setPlaceholderText(self.tr("Message GigaChat"))
        self.editor.setAccessibleName(self.tr("Message"))
        self.editor.setAccessibleDescription(self.tr("Enter sends, Shift+Enter starts a new line"))
        self._attach.setAccessibleName(self.tr("Attach files"))
        self._attach.setToolTip(with_keys(self.tr("Attach files"), ATTACH_KEYS))

    def _show_state(self) -> None:
        words = self.tr("Stop the answer") if self._is_busy else self.tr("Send")
        self._action.set_icon_name("stop" if self._is_busy else "send")
        self._action.setAccessibleName(words)
        self._action.setToolTip(with_keys(words, "Esc" if self._is_busy else "Enter"))
        self._action.setEnabled(self._is_busy or self._can_send())

    def _can_send(self) -> bool:
        return self._has_files or bool(self.text().strip())

    def _on_text_changed(self) -> None:
        self._draft_timer.start()
        self._show_state()

    def _on_action_clicked(self) -> None:
        if self._is_busy:
            self.stop_requested.emit()
        else:
            self.submit()

    def _on_left_upwards(self) -> None:
        if not self._has_files and not self._is_editing:
            self.edit_last_requested.emit()

    def _on_offer_accepted(self) -> None:
        text = self.editor.take_long_text()
        if text:
            self.text_offered.emit(text)

    def _tell_draft(self) -> None:
        self.draft_changed.emit(self.text())
