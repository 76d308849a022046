"""The field that filters the list of chats by title."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.icons import icon

RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QLineEdit):
    """Signals: moved_down() for Down, everywhere_wanted() for Shift+Return, left() for Esc in an empty field."""

    moved_down = Signal()
    everywhere_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._on_text_changed)

    def set_theme(self, theme: Theme) -> None:
        self._glass.setIcon(icon("search", theme.text_muted))
        self._clear.setIcon(icon("close", theme.text_muted))

    def set_clear_words(self, words: str) -> None:
        """What the cross is called. The glass, a button to screen readers, is called what the field is."""
        self._glass.setText(self.accessibleName())
        self._clear.setText(words)
        self._clear.setToolTip(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        elif event.key() in RETURN_KEYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.everywhere_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
