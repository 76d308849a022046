"""In the place of the composer: a chat that is in the trash or in the archive is only read."""

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.labels import PlainLabel


class RestingBar(QWidget):
    """Says where the chat is, with a button that brings it back.

    Signals:
        return_requested()
    """

    return_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._is_deleted = False
        self._is_insisting = False
        self._words = PlainLabel(self)
        self.button = QPushButton(self)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.return_requested)
        self.setFocusProxy(self.button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.button)
        self.hide()

    def show_state(self, *, is_deleted: bool) -> None:
        """The chat is in the trash; else in the archive."""
        self._is_deleted, self._is_insisting = is_deleted, False
        self._retranslate()
        self.show()

    def insist(self) -> None:
        """The user wants to change something: say why not, and have the button that helps ready."""
        self._is_insisting = True
        self._retranslate()
        self.update()
        self.setFocus()
        announce(self, self._words.text())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.accent if self._is_insisting else self._theme.border, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _retranslate(self) -> None:
        if self._is_deleted:
            words, button = self.tr("This chat is in the trash."), self.tr("Restore")
            why = self.tr("Nothing is changed in a chat that is in the trash. Restore it first.")
        else:
            words, button = self.tr("This chat is in the archive."), self.tr("Take out of the archive")
            why = self.tr("Nothing is changed in a chat that is in the archive. Take it out first.")
        words = why if self._is_insisting else words
        self._words.setText(words)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setAccessibleDescription(words)
