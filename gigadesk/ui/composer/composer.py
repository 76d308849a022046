"""Where the user writes: a growing plain-text field, the choice of the model, and the button that sends or stops."""

from PySide6.QtCore import QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gigadesk.ui.buttons import Button, Shape
from gigadesk.ui.composer.editor import Editor
from gigadesk.ui.model_picker import ModelPicker
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import LIGHT, Theme

DRAFT_DELAY_MS = 300


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
        self.editor = Editor(self)
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
