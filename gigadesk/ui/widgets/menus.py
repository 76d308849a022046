"""Menus that are filled anew each time they open."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu


def empty(menu: QMenu) -> None:
    """Take everything out of a menu, with the groups and menus inside it, which `clear` leaves behind."""
    menu.clear()
    for child in menu.findChildren(QObject):
        if isinstance(child, QActionGroup | QMenu):
            child.deleteLater()


def literal(words: str) -> str:
    """Foreign words for a menu, which takes "&" for the mark of a key."""
    return words.replace("&", "&&")
