"""Enter presses the button that has the keyboard, also where it is not the default one; and fields that keep Enter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def press_focused_button(window: QWidget, event: QKeyEvent) -> bool:
    """For the `keyPressEvent` of a window or a part of it: True when the key was Enter on one of its buttons.

    Qt's buttons take Space alone unless they are `autoDefault`; then Enter in any field of the dialog would press one.
    """
    button = window.focusWidget()
    if event.key() not in ENTER or not isinstance(button, QPushButton):
        return False
    if not button.hasFocus() or not window.isAncestorOf(button):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class EnteredLine(QLineEdit):
    """A field that does something at Enter. A button to which that gives the keyboard does not see the same key."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTER:
            event.accept()  # Qt leaves it to the window otherwise
