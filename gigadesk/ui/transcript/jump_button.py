"""The round button that brings the reader back to the end."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.icons import icon

SIDE = 36
ICON_SIDE = 18
ABOVE_BOTTOM = 12
BESIDE = 12


class JumpButton(QToolButton):
    """Floats beside the text if there is room, else over the end of its last line, which is rarely full.

    Not reached with Tab: the End key does the same.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jumpToEnd")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        self._color = QColor()
        self.hide()

    def place(self, area: QRect, text_right: float) -> None:
        """Stand at the lower edge of an area whose text ends at `text_right`."""
        left = min(round(text_right) + BESIDE, area.right() - SIDE - BESIDE)
        self.setGeometry(left, area.bottom() - SIDE - ABOVE_BOTTOM, SIDE, SIDE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Drawn late: the first window does not show it.
        self.setIcon(icon("arrow-down", self._color))

    def set_theme(self, theme: Theme) -> None:
        self._color = theme.text_muted
        if self.isVisible():
            self.setIcon(icon("arrow-down", self._color))
        self.setStyleSheet(
            f"#jumpToEnd {{ background: {theme.surface.name()}; border: 1px solid {theme.border.name()};"
            f" border-radius: {SIDE // 2}px; padding: 0; }}"
            f"#jumpToEnd:hover {{ background: {theme.hover.name()}; }}"
        )

    def set_words(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)
