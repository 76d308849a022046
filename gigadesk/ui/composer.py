"""Where the user writes: a growing plain-text field, the choice of the model, and the button that sends or stops."""

import re

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gigadesk.limits import MESSAGE_MAX_CHARS
from gigadesk.text import clean
from gigadesk.ui.buttons import Button, Shape
from gigadesk.ui.model_picker import ModelPicker
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import LIGHT, Theme

LINES_MAX = 8
DRAFT_DELAY_MS = 300
_PAGES = {int(Qt.Key.Key_PageUp): -1, int(Qt.Key.Key_PageDown): 1}

_LONG_RUN = re.compile(r"\S{2000}")
"""Qt looks for a place to break by going back to the start of the word: 16 s for a word of a million letters."""


class Composer(QWidget):
    """The card at the bottom of a chat.

    Signals:
        message_submitted(str): the user wants to send this; call `clear` once it is stored.
        stop_requested(): the user wants the running reply to end.
        draft_changed(str): the text has rested for a moment, or is about to leave the screen.
        page_turned(int): Page Up (-1) or Page Down (1) was pressed, and the text here has nothing to scroll.
    """

    message_submitted = Signal(str)
    stop_requested = Signal()
    draft_changed = Signal(str)
    page_turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._is_busy = False
        self.editor = _Editor(self)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.entered.connect(self.submit)
        self.editor.page_turned.connect(self.page_turned)
        self.editor.focus_changed.connect(self.update)
        self.model_picker = ModelPicker(self)
        self._action = Button("send", Shape.ROUND, self)
        self._action.clicked.connect(self._on_action_clicked)
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self._tell_draft)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.model_picker)
        row.addStretch(1)
        row.addWidget(self._action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 8, 8)
        layout.setSpacing(4)
        text_row = QHBoxLayout()
        text_row.setContentsMargins(4, 0, 0, 0)  # the text begins where the name of the model does
        text_row.addWidget(self.editor)
        layout.addLayout(text_row)
        layout.addLayout(row)
        self.setFocusProxy(self.editor)
        self._retranslate()
        self._show_state()

    @property
    def is_busy(self) -> bool:
        """Whether the button stops rather than sends."""
        return self._is_busy

    def text(self) -> str:
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a draft, with the caret at its end. Not a change by the user: no draft is told."""
        self.editor.set_text(text)
        self._draft_timer.stop()
        self._show_state()

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

    def set_busy(self, *, busy: bool) -> None:
        """Whether a reply of the shown chat is waited for or being written: the button then stops it."""
        if busy != self._is_busy:
            self._is_busy = busy
            self._show_state()

    def submit(self) -> None:
        """Ask to send the text, unless there is none."""
        text = self.text()
        if text.strip():
            self.message_submitted.emit(text)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.model_picker.set_theme(theme)
        self._action.set_theme(theme)
        self.update()

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

    def _retranslate(self) -> None:
        self.editor.setPlaceholderText(self.tr("Message GigaChat"))
        self.editor.setAccessibleName(self.tr("Message"))
        self.editor.setAccessibleDescription(self.tr("Enter sends, Shift+Enter starts a new line"))

    def _show_state(self) -> None:
        words = self.tr("Stop the answer") if self._is_busy else self.tr("Send")
        self._action.set_icon_name("stop" if self._is_busy else "send")
        self._action.setAccessibleName(words)
        self._action.setToolTip(with_keys(words, "Esc" if self._is_busy else "Enter"))
        self._action.setEnabled(self._is_busy or bool(self.text().strip()))

    def _on_text_changed(self) -> None:
        self._draft_timer.start()
        self._show_state()

    def _on_action_clicked(self) -> None:
        if self._is_busy:
            self.stop_requested.emit()
        else:
            self.submit()

    def _tell_draft(self) -> None:
        self.draft_changed.emit(self.text())


class _Editor(QPlainTextEdit):
    """A plain-text field that is as high as its text, up to eight lines.

    Signals:
        entered(): Enter was pressed outside an input method's composition.
        page_turned(int): Page Up or Page Down was pressed while all of the text is in sight.
        focus_changed(): the keyboard came or went.
    """

    entered = Signal()
    page_turned = Signal(int)
    focus_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_composing = False
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._fit_height)
        self._fit_height()

    def set_text(self, text: str) -> None:
        """Replace everything and put the caret at the end."""
        if self.wordWrapMode() is not QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere:
            self.setPlainText("")  # before the mode changes: else the long word would be broken in the slow way
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._prepare_for(text)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PAGES and not event.modifiers() and self.verticalScrollBar().maximum() == 0:
            self.page_turned.emit(_PAGES[event.key()])
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif self._is_composing:
            # The input method let the key through: it ends the composition and nothing else.
            QGuiApplication.inputMethod().commit()
        elif event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        elif not event.isAutoRepeat():
            self.entered.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat("text/plain")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the plain text only: rich text may name local files, which Qt would open."""
        if not source.hasFormat("text/plain"):
            return
        room = MESSAGE_MAX_CHARS - self.document().characterCount()
        text = clean(source.text())[: max(room, 0)]
        self._prepare_for(text)
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _is_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _is_files(event.mimeData()):
            event.ignore()
        else:
            super().dragMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_composing = False
        self.focus_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_height()

    def _prepare_for(self, text: str) -> None:
        if _LONG_RUN.search(text):
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _fit_height(self) -> None:
        line = self.fontMetrics().lineSpacing()
        lines = min(self._line_count(), LINES_MAX)
        height = lines * line + 2 * round(self.document().documentMargin()) + 2
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
        needs_bar = self._line_count() > LINES_MAX
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needs_bar else policy.ScrollBarAlwaysOff)

    def _line_count(self) -> int:
        """Lines as wrapped, counted no further than needed to know that there are too many."""
        count = 0
        block = self.document().begin()
        while block.isValid() and count <= LINES_MAX:
            self.blockBoundingRect(block)  # lays the block out
            count += max(block.layout().lineCount(), 1)
            block = block.next()
        return count


def _is_files(source: QMimeData) -> bool:
    return any(url.isLocalFile() for url in source.urls())
