"""Buttons beside each other where there is room, else below each other."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

SPACING = 8


class ButtonRow(QWidget):
    """Shows itself only while one of its buttons is to be seen."""

    def __init__(self, parent: QWidget, *buttons: QPushButton) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        for button in buttons:
            self._layout.addWidget(button)
        self._layout.addStretch()

    def show_buttons(self, *visible: QPushButton) -> None:
        """Show these, hide the others."""
        for button in self._buttons:
            button.setVisible(button in visible)
        self.setVisible(bool(visible))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest button: a row that insisted on its own width could never turn into a column."""
        widths = [button.sizeHint().width() for button in self._buttons if not button.isHidden()]
        return QSize(max(widths, default=0), self._layout.minimumSize().height())

    def event(self, event: QEvent) -> bool:
        # Other words or another font make buttons wider.
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widths = [button.sizeHint().width() + SPACING for button in self._buttons if not button.isHidden()]
        is_narrow = sum(widths) - SPACING > self.width()
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._layout.direction() != direction:
            self._layout.setDirection(direction)
