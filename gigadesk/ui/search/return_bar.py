"""The line above a chat that was come to from the results: back to them, the next one, the one before."""

from PySide6.QtCore import QEvent, QLocale, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.elided_label import ElidedLabel

RADIUS = 8.0
BACK_KEYS = "Ctrl+Shift+F"
NEXT_KEYS, PREVIOUS_KEYS = "F4", "Shift+F4"


class ReturnBar(QWidget):
    """Shown while the chat is that of the current result.

    Signals:
        back_requested(), closed()
        step_requested(int): 1 for the next result, -1 for the one before.
    """

    back_requested = Signal()
    closed = Signal()
    step_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._numbers = (0, 0, False)
        self.back = Button("chevron-left", parent=self)
        self.back.clicked.connect(self.back_requested)
        self._count = ElidedLabel(self)
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.previous = Button("chevron-up", parent=self)
        self.previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self.next = Button("chevron-down", parent=self)
        self.next.clicked.connect(lambda: self.step_requested.emit(1))
        self._cross = Button("close", parent=self)
        self._cross.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(4)
        layout.addWidget(self.back)
        layout.addWidget(self._count, 1)
        for button in (self.previous, self.next, self._cross):
            layout.addWidget(button)
        self._retranslate()
        self.hide()

    def show_place(self, number: int, count: int, *, is_more: bool) -> None:
        """The chat is that of the result with this number, of so many."""
        self._numbers = (number, count, is_more)
        self.previous.setEnabled(number > 1)
        self.next.setEnabled(number < count)
        self._retranslate()
        self.show()

    def words(self) -> str:
        """Which result it is, as it is shown."""
        return self._count.whole_text()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in (self.back, self.previous, self.next, self._cross):
            button.set_theme(theme)
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
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _retranslate(self) -> None:
        number, count, is_more = self._numbers
        locale = QLocale()
        total = locale.toString(count) + ("+" if is_more else "")
        self._count.set_text(self.tr("{number} of {count}").format(number=locale.toString(number), count=total))
        self.back.setText(self.tr("To the results"))
        for button, words, keys in (
            (self.back, self.tr("Back to the results"), BACK_KEYS),
            (self.previous, self.tr("Previous result"), PREVIOUS_KEYS),
            (self.next, self.tr("Next result"), NEXT_KEYS),
            (self._cross, self.tr("Close"), ""),
        ):
            button.setAccessibleName(words)
            button.setToolTip(with_keys(words, keys) if keys else words)
        self.setAccessibleName(self.tr("Results of the search"))
