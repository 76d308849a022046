"""A list of which the first key takes the first row."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget

_STEPS = {int(key) for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)}


class PlainList(QListWidget):
    """Qt puts the frame of the keyboard on the first row without choosing it, and Down leaves it for the second."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and self.count() and not self.selectedItems():
            self.setCurrentRow(max(self.currentRow(), 0))
        else:
            super().keyPressEvent(event)
