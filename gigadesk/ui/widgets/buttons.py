"""Buttons that paint themselves from the theme: flat, outlined, and the round one of the composer."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.icons import DEFAULT_SIZE, icon

GAP = 8
RADIUS = 8.0


class Shape(StrEnum):
    """How a button looks."""

    FLAT = "flat"
    """Nothing but icon and text until the pointer is over it."""
    CARD = "card"
    """A card with a hair line around it."""
    ROUND = "round"
    """A disc in the accent colour with an icon."""


class Button(QAbstractButton):
    """An icon, a text, or both, in the colours of the theme.

    Takes the keyboard focus with Tab but not with the mouse, so that a click leaves the caret where it was.
    """

    def __init__(
        self,
        icon_name: str = "",
        shape: Shape = Shape.FLAT,
        parent: QWidget | None = None,
        *,
        icon_size: int = DEFAULT_SIZE,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._icon_size = icon_size
        self._shape = shape
        self._theme = LIGHT
        self._is_centred = shape is not Shape.FLAT
        self._has_arrow = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_icon_name(self, name: str) -> None:
        self._icon_name = name
        self.update()

    def set_arrow(self, *, visible: bool) -> None:
        """Show a small arrow at the end, for a button that opens a menu."""
        self._has_arrow = visible
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._shape is Shape.ROUND:
            side = self.fontMetrics().height() + 18
            return QSize(side, side)
        height = max(self.fontMetrics().height(), self._icon_size) + (18 if self._shape is Shape.CARD else 14)
        width = 0
        if self._icon_name:
            width += self._icon_size
        if self.text():
            width += self.fontMetrics().horizontalAdvance(self.text()) + (GAP if self._icon_name else 0)
        if self._has_arrow:
            width += 14 + GAP // 2
        padding = 2 * (12 if self._shape is Shape.CARD else 8)
        return QSize(max(width + padding + 2, height), height)  # 2: letters may be wider than their sum

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), hint.height() * 3), hint.height()) if self.text() else hint

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = outline.height() / 2 if self._shape is Shape.ROUND else RADIUS
        self._paint_ground(painter, outline, radius)
        if self._shape is Shape.ROUND:
            self._paint_icon(painter, QPointF(outline.center()))
        else:
            self._paint_content(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            color = self._theme.text if self._shape is Shape.ROUND else self._theme.accent
            painter.setPen(QPen(color, 2))
            painter.drawRoundedRect(outline, radius, radius)

    def _paint_ground(self, painter: QPainter, outline: QRectF, radius: float) -> None:
        is_hot = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setPen(Qt.PenStyle.NoPen)
        match self._shape:
            case Shape.FLAT:
                if not is_hot and not self.isChecked():
                    return
                painter.setBrush(self._theme.selected if self.isChecked() or self.isDown() else self._theme.hover)
            case Shape.CARD:
                painter.setPen(QPen(self._theme.border, 1))
                painter.setBrush(self._theme.hover if is_hot else self._theme.surface)
                outline = outline.adjusted(-0.5, -0.5, 0.5, 0.5)
            case Shape.ROUND:
                hot = self._theme.accent_hover if is_hot else self._theme.accent
                painter.setBrush(hot if self.isEnabled() else self._theme.border)
        painter.drawRoundedRect(outline, radius, radius)

    def _paint_content(self, painter: QPainter) -> None:
        metrics = self.fontMetrics()
        left = 12 if self._shape is Shape.CARD else 8
        right = self.width() - left - (18 if self._has_arrow else 0)
        if self._icon_name and not self.text():
            self._paint_icon(painter, QPointF(self.rect().center()) + QPointF(0.5, 0.5))
            return
        if self._icon_name:
            self._paint_icon(painter, QPointF(left + self._icon_size / 2, self.height() / 2))
            left += self._icon_size + GAP
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, right - left)
        alignment = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignHCenter if self._is_centred and not self._icon_name else Qt.AlignmentFlag.AlignLeft
        )
        painter.setPen(self._content_color())
        flags = int(alignment) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(QRectF(left, 0, right - left, self.height()), flags, text)
        if self._has_arrow:
            width = min(metrics.horizontalAdvance(text), right - left)
            arrow = icon("chevron-down", self._theme.text_muted, 14)
            arrow.paint(painter, left + width + GAP // 2, (self.height() - 14) // 2, 14, 14)

    def _paint_icon(self, painter: QPainter, centre: QPointF) -> None:
        side = self._icon_size
        drawn = icon(self._icon_name, self._icon_color(), side)
        drawn.paint(painter, round(centre.x() - side / 2), round(centre.y() - side / 2), side, side)

    def _icon_color(self) -> QColor:
        if self._shape is Shape.ROUND:
            return self._theme.accent_text if self.isEnabled() else self._theme.text_faint
        if not self.isEnabled():
            return self._theme.text_faint
        if self.isChecked():
            return self._theme.accent
        return self._theme.text if self.underMouse() else self._theme.text_muted

    def _content_color(self) -> QColor:
        return self._theme.text if self.isEnabled() else self._theme.text_faint
