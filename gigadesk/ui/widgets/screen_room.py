"""How large a window may begin: at 200 % a screen has room for half as much."""

from PySide6.QtWidgets import QWidget

SHARE = 0.9
"""Of the screen, so that the frame of the window and some of what is behind it are seen."""


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window this size, or less of it on the screen of the window that it belongs to."""
    parent = window.parentWidget()
    room = (window if parent is None else parent.window()).screen().availableGeometry().size() * SHARE
    window.resize(min(width, room.width()), min(height, room.height()))
