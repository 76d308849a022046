"""Says for a moment how large the conversation is shown."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from gigadesk.ui.theme import Theme

SHOWN_MS = 1200
FROM_EDGE = 16


class ZoomSign(QLabel):
    """A quiet word in the upper right corner. Clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("zoomSign")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(SHOWN_MS)
        self._end.timeout.connect(self.hide)

    def show_text(self, text: str, area: QRect, theme: Theme) -> None:
        """Show a text in the corner of an area for a moment."""
        self.setStyleSheet(
            f"#zoomSign {{ background: {theme.surface.name()}; color: {theme.text.name()};"
            f" border: 1px solid {theme.border.name()}; border-radius: 8px; padding: 5px 12px; }}"
        )
        self.setText(text)
        self.adjustSize()
        self.move(area.right() - self.width() - FROM_EDGE, area.top() + FROM_EDGE)
        self.show()
        self.raise_()
        self._end.start()
