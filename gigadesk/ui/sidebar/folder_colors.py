"""What the colours of folders look like, and what they are called."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from gigadesk.chat import FolderColor
from gigadesk.ui.theme import Theme

_SHADES = {
    FolderColor.RED: ("#c0362c", "#f08a80"),
    FolderColor.ORANGE: ("#b85c00", "#f0a35e"),
    FolderColor.YELLOW: ("#8f7200", "#dcc04a"),
    FolderColor.GREEN: ("#2c7d32", "#7cc982"),
    FolderColor.TEAL: ("#0f7b7b", "#5fc4c4"),
    FolderColor.BLUE: ("#2563b8", "#82b1f5"),
    FolderColor.PURPLE: ("#7a3fb0", "#c094ec"),
    FolderColor.PINK: ("#b3347a", "#ee8fc1"),
}
"""On a light ground and on a dark one; at least 3 : 1 to either."""


def folder_shade(color: FolderColor, theme: Theme) -> QColor:
    """What a folder of this colour is painted in."""
    shades = _SHADES.get(color)
    return theme.text_muted if shades is None else QColor(shades[theme.is_dark])


def color_words(color: FolderColor) -> str:
    """What a colour is called."""
    match color:
        case FolderColor.NONE:
            return QCoreApplication.translate("FolderColors", "No color")
        case FolderColor.RED:
            return QCoreApplication.translate("FolderColors", "Red")
        case FolderColor.ORANGE:
            return QCoreApplication.translate("FolderColors", "Orange")
        case FolderColor.YELLOW:
            return QCoreApplication.translate("FolderColors", "Yellow")
        case FolderColor.GREEN:
            return QCoreApplication.translate("FolderColors", "Green")
        case FolderColor.TEAL:
            return QCoreApplication.translate("FolderColors", "Teal")
        case FolderColor.BLUE:
            return QCoreApplication.translate("FolderColors", "Blue")
        case FolderColor.PURPLE:
            return QCoreApplication.translate("FolderColors", "Purple")
        case _:
            return QCoreApplication.translate("FolderColors", "Pink")
