"""The filters of a query, each with a cross that takes it out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gigadesk.search.query import Filter
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button, Shape
from gigadesk.ui.widgets.wrapping_row import WrappingRow

CHIPS_MAX = 8


class Chips(QWidget):
    """Signals: `removed(object)`: take this `Filter` out."""

    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.buttons: list[Button] = []
        self._filters: tuple[Filter, ...] = ()
        self._lines = WrappingRow(self)
        self.hide()

    def show_filters(self, text: str, filters: tuple[Filter, ...]) -> None:
        """Show these parts of a text."""
        filters = filters[:CHIPS_MAX]
        if filters == self._filters:
            return
        self._filters = filters
        for button in self.buttons:
            self._lines.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for each in filters:
            button = Button("close", Shape.CARD, self, icon_size=12)
            words = text[each.start : each.end]
            button.setText(words)
            button.setAccessibleName(self.tr("Remove the filter {filter}").format(filter=words))
            button.setToolTip(button.accessibleName())
            button.set_theme(self._theme)
            button.clicked.connect(lambda _checked=False, which=each: self.removed.emit(which))
            self._lines.addWidget(button)
            button.show()
            self.buttons.append(button)
        self.setVisible(bool(filters))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in self.buttons:
            button.set_theme(theme)
