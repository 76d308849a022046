"""What the pages of the settings share: a column of fields under headings, which scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gigadesk.ui.widgets.labels import Heading

MARGIN = 24
MARGIN_RIGHT = 10
"""The place of the reset buttons and of the scroll bar does the rest."""
SPACING = 18


class Page(QScrollArea):
    """A column that scrolls, never sideways."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column = QWidget(self)
        self._layout = QVBoxLayout(self.column)
        self._layout.setContentsMargins(MARGIN, MARGIN, MARGIN_RIGHT, MARGIN)
        self._layout.setSpacing(SPACING)
        self._layout.addStretch(1)
        self.setWidget(self.column)
        self.viewport().setAutoFillBackground(False)
        self.column.setAutoFillBackground(False)

    def add(self, widget: QWidget) -> None:
        """Put a widget under what is there."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def add_space(self) -> None:
        """Set what follows apart from what is there."""
        self._layout.insertSpacing(self._layout.count() - 1, SPACING // 2)

    def add_heading(self) -> Heading:
        heading = Heading(self.column, scale=1.15)
        if self._layout.count() > 1:
            self.add_space()
        self.add(heading)
        return heading
