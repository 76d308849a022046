"""Enter presses the button that has the keyboard, also where it is not the default one of a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


def press_focused_button(window: QWidget, event: QKeyEvent) -> bool:
    """For the `keyPressEvent` of a window or a part of it: True when the key was Enter on one of its buttons.

    Qt's buttons take Space alone unless they are `autoDefault`; then Enter in any field of the dialog would press one.
    """
    button = window.focusWidget()
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not isinstance(button, QPushButton):
        return False
    if not button.hasFocus() or not window.isAncestorOf(button):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
