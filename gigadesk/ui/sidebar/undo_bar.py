"""The bar at the bottom of the sidebar that takes a deletion back."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gigadesk.chat import ChatId
from gigadesk.ui.buttons import Button
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.tooltips import plain_tooltip

SHOWN_MS = 10_000


class UndoBar(QWidget):
    """Says which chat was deleted, for ten seconds.

    Signals:
        undo_requested(int): the id of the chat to bring back.
    """

    undo_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._chat_id: ChatId | None = None
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setMinimumWidth(0)
        self._undo = Button(parent=self)
        self._undo.clicked.connect(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._undo)
        self.hide()
        self._retranslate()

    def show_deleted(self, chat_id: ChatId, title: str) -> None:
        """Offer to bring this chat back."""
        self._chat_id = chat_id
        self.setToolTip(plain_tooltip(title))
        self.show()
        self._timer.start()

    def undo(self) -> None:
        """Ask for the chat back, if the bar is still there."""
        if self._chat_id is not None and not self.isHidden():
            self.hide()
            self.undo_requested.emit(self._chat_id)

    def forget(self, chat_id: ChatId) -> None:
        """The chat is back: nothing is left to undo."""
        if chat_id == self._chat_id:
            self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._undo.set_theme(theme)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Chat deleted"))
        self._undo.setText(self.tr("Undo"))
        self._undo.setAccessibleName(self.tr("Undo deleting the chat"))
