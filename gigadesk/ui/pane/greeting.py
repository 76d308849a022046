"""What an empty chat shows: a greeting and a few ways to begin."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontInfo, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button, Shape
from gigadesk.ui.widgets.labels import Heading

_TWO_COLUMNS_FROM_EMS = 34
_CHIPS = 4
_TOP, _GAP = 16, 24
_AROUND = _TOP + 3 * _GAP


class Greeting(QWidget):
    """A question and four chips.

    Signals:
        suggestion_chosen(str): text for the composer, to be finished by the user.
        pressed(): the user clicked beside the chips.
    """

    suggestion_chosen = Signal(str)
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._title = Heading(self, scale=1.7, weight=QFont.Weight.Normal)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._chips = [Button(shape=Shape.CARD, parent=self) for _ in range(_CHIPS)]
        for chip in self._chips:
            chip.clicked.connect(self._on_chip_clicked)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._columns = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, _TOP, 0, _GAP)
        layout.setSpacing(_GAP)
        layout.addStretch(3)
        layout.addWidget(self._title)
        layout.addLayout(self._grid)
        layout.addStretch(4)
        self._arrange(2)
        self._retranslate()

    def set_width(self, width: int) -> None:
        """How wide the column of the chat is now: two chips in a row where there is room."""
        self._arrange(2 if width >= _TWO_COLUMNS_FROM_EMS * QFontInfo(self.font()).pixelSize() else 1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for chip in self._chips:
            chip.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low window, or above a long draft, half a button would be worse than none.
        rows = _CHIPS // max(self._columns, 1)
        chips = rows * (self._chips[0].sizeHint().height() + self._grid.spacing())
        needed = self._title.sizeHint().height() + chips + _AROUND
        for chip in self._chips:
            chip.setVisible(self.height() >= needed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("What shall we begin with?"))
        suggestions = (
            (self.tr("Explain something simply"), self.tr("Explain in simple words: ")),
            (self.tr("Write a letter"), self.tr("Write a polite letter about: ")),
            (self.tr("Help with code"), self.tr("Write a Python function that ")),
            (self.tr("Suggest ideas"), self.tr("Suggest ten ideas for ")),
        )
        for chip, (title, text) in zip(self._chips, suggestions, strict=True):
            chip.setText(title)
            chip.setAccessibleName(title)
            chip.setProperty("suggestion", text)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, chip in enumerate(self._chips):
            self._grid.addWidget(chip, number // columns, number % columns)

    def _on_chip_clicked(self) -> None:
        self.suggestion_chosen.emit(str(self.sender().property("suggestion")))
