"""The field of the composer: plain text that grows, and a door for files and pictures."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from gigadesk.limits import MESSAGE_MAX_CHARS, PASTE_AS_FILE_CHARS
from gigadesk.text import clean
from gigadesk.ui.composer import incoming
from gigadesk.ui.widgets.long_words import wrap_mode_for

LINES_MAX = 8
LINES_LEAST = 2
"""Even in the lowest window."""
_PAGES = {int(Qt.Key.Key_PageUp): -1, int(Qt.Key.Key_PageDown): 1}


class Editor(QPlainTextEdit):
    """A plain-text field that is as high as its text, up to eight lines where the window is high enough.

    Signals:
        entered(): Enter was pressed outside an input method's composition.
        page_turned(int): Page Up or Page Down was pressed while all of the text is in sight.
        focus_changed(): the keyboard came or went.
        left_backwards(): Backspace was pressed and there is no text.
        left_upwards(): Up was pressed and there is no text.
        files_pasted(object): a tuple of paths.
        picture_pasted(bytes): a picture as a file.
        long_text_pasted(): so long a text was put in that it had better be a file; see `take_long_text`.
    """

    entered = Signal()
    page_turned = Signal(int)
    focus_changed = Signal()
    left_backwards = Signal()
    left_upwards = Signal()
    files_pasted = Signal(object)
    picture_pasted = Signal(bytes)
    long_text_pasted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_composing = False
        self._long_text: tuple[QTextCursor, QTextCursor] | None = None
        self._lines_max = LINES_MAX
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._fit_height)
        self._fit_height()

    def set_room(self, height: int) -> None:
        """Grow no higher than this, in pixels, where two lines have room."""
        lines = (height - 2 * round(self.document().documentMargin()) - 2) // self.fontMetrics().lineSpacing()
        lines = min(max(lines, LINES_LEAST), LINES_MAX)
        if lines != self._lines_max:
            self._lines_max = lines
            self._fit_height()

    def set_text(self, text: str) -> None:
        """Replace everything and put the caret at the end."""
        self._long_text = None
        if self.wordWrapMode() is not QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere:
            self.setPlainText("")  # before the mode changes: else the long word would be broken in the slow way
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._prepare_for(text)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PAGES and not event.modifiers() and self.verticalScrollBar().maximum() == 0:
            self.page_turned.emit(_PAGES[event.key()])
        elif event.key() == Qt.Key.Key_Backspace and self.document().isEmpty() and not self._is_composing:
            self.left_backwards.emit()
        elif event.key() == Qt.Key.Key_Up and self._is_bare(event) and not self._is_composing:
            self.left_upwards.emit()
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
        return incoming.has_text(source) or incoming.is_attachable(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take files, plain text or a picture. Rich text may name local files, which Qt would open."""
        if files := incoming.local_files(source):
            self.files_pasted.emit(files)
        elif incoming.has_picture(source) and (content := incoming.picture(source)):
            self.picture_pasted.emit(content)
        elif incoming.has_text(source):
            self.insert_text(source.text())

    def insert_text(self, text: str) -> None:
        """Put foreign text where the caret is."""
        room = MESSAGE_MAX_CHARS - self.document().characterCount()
        text = clean(text)[: max(room, 0)]
        self._prepare_for(text)
        cursor = self.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(text)
        self.ensureCursorVisible()
        if len(text) >= PASTE_AS_FILE_CHARS:
            self._remember_long_text(start, cursor.position())

    def take_long_text(self) -> str:
        """Take the long text that was pasted last out again, as it is by now; empty if it is gone. Can be undone."""
        if self._long_text is None:
            return ""
        start, end = self._long_text
        self._long_text = None
        start.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
        text = start.selectedText().replace("\u2029", "\n")
        start.removeSelectedText()
        return text

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if incoming.is_attachable(event.mimeData()):
            event.ignore()  # the page takes them, wherever they are dropped
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if incoming.is_attachable(event.mimeData()):
            event.ignore()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        # The window that the drag came from still has the keyboard.
        self.window().activateWindow()
        self.setFocus()

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

    def _remember_long_text(self, start: int, end: int) -> None:
        """Between two cursors that move with the text; what is typed before or behind it is not part of it."""
        first, last = QTextCursor(self.document()), QTextCursor(self.document())
        first.setPosition(start)
        last.setPosition(end)
        last.setKeepPositionOnInsert(True)
        self._long_text = first, last
        self.long_text_pasted.emit()

    def _is_bare(self, event: QKeyEvent) -> bool:
        """There is no text, and nothing is held beside the key."""
        return self.document().isEmpty() and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }

    def _prepare_for(self, text: str) -> None:
        if wrap_mode_for(text) is QTextOption.WrapMode.WrapAnywhere:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _fit_height(self) -> None:
        line = self.fontMetrics().lineSpacing()
        lines = min(self._line_count(), self._lines_max)
        height = lines * line + 2 * round(self.document().documentMargin()) + 2
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
        needs_bar = self._line_count() > self._lines_max
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
