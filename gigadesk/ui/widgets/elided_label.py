"""One line of plain text that gives way when there is no room."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gigadesk.ui.widgets.tooltips import plain_tooltip

_LEAST_CHARS = 8


class ElidedLabel(QLabel):
    """Quiet; ends in an ellipsis where the text does not fit, and is empty where next to nothing would.

    The whole text is its tooltip and its accessible name.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str, short: str = "") -> None:
        """Show this text, as one line; where it does not fit, `short` if there is one."""
        self._whole = " ".join(text.split())
        self._short = short
        self.setAccessibleName(self._whole)
        self.updateGeometry()
        self._elide()

    def whole_text(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(self._whole) + margins.left() + margins.right()
        return QSize(width + 2 if self._whole else 0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        short = self.fontMetrics().averageCharWidth() * 4
        return QSize(min(short, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
            self._elide()

    def _elide(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != self._whole and self._short:
            shown = self._short
        elif shown != self._whole and len(shown) < _LEAST_CHARS:
            shown = ""  # a letter or two say nothing
        self.setText(shown)
        self.setToolTip(plain_tooltip(self._whole) if shown != self._whole else "")
