"""Paints the places of files: a picture with rounded corners, the ground of one that is still to come, progress."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from gigadesk.ui.transcript.layout.file_boxes import PICTURE_RADIUS, Slot
from gigadesk.ui.transcript.layout.typography import Typography

if TYPE_CHECKING:
    from gigadesk.ui.transcript.files import Files

UNKNOWN_SHARE = 0.3
"""Length of the piece that wanders while nothing is known of the progress."""
_STEPS = 6


class SlotPainter:
    """Made anew for each paint event."""

    def __init__(self, painter: QPainter, typography: Typography, files: "Files", ratio: float, beat: int) -> None:
        self._painter = painter
        self._theme = typography.theme
        self._radius = typography.px(PICTURE_RADIUS)
        self._files = files
        self._ratio = ratio
        self._beat = beat

    def paint(self, slot: Slot) -> None:
        """The painter stands at the corner of the row."""
        if slot.is_picture:
            image = self._files.image(slot, self._ratio)
            if image is None:
                self._paint_ground(slot.rect)
            else:
                self._paint_picture(slot.rect, image)
        if slot.bar is not None:
            self._paint_progress(slot.bar, self._files.progress(slot.file))

    def paint_picture(self, rect: QRectF, path: str) -> None:
        """A picture of which only the file is known."""
        image = self._files.image_of(path, rect.size(), self._ratio)
        if image is None:
            self._paint_ground(rect)
        else:
            self._paint_picture(rect, image)

    def _paint_ground(self, rect: QRectF) -> None:
        self._painter.setPen(QPen(self._theme.code_border, 1))
        self._painter.setBrush(QBrush(self._theme.code_background))
        self._painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)

    def _paint_picture(self, rect: QRectF, image: QImage) -> None:
        painter = self._painter
        shown = QRectF(rect.topLeft(), rect.size())
        if (
            abs(image.width() - rect.width() * self._ratio) < 2
            and abs(image.height() - rect.height() * self._ratio) < 2
        ):
            # Pixel for pixel: nothing is blurred by rounding.
            shown = QRectF(rect.x(), rect.y(), image.width() / self._ratio, image.height() / self._ratio)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image.hasAlphaChannel():
            self._paint_ground(rect)
        painter.drawImage(shown, image)
        # A rounded clip has rough edges: the corners are painted over instead.
        corners = QPainterPath()
        corners.addRect(rect.adjusted(-1, -1, 1, 1))
        inner = QPainterPath()
        inner.addRoundedRect(rect, self._radius, self._radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(self._theme.window))
        painter.drawPath(corners.subtracted(inner))
        line = QColor(self._theme.text)
        line.setAlphaF(0.1)
        painter.setPen(QPen(line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)

    def _paint_progress(self, bar: QRectF, share: float) -> None:
        painter, radius = self._painter, bar.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(self._theme.border))
        painter.drawRoundedRect(bar, radius, radius)
        left, width = 0.0, bar.width() * share
        if not share:
            width = bar.width() * UNKNOWN_SHARE
            left = (bar.width() - width) * (self._beat % _STEPS) / (_STEPS - 1)
        painter.setBrush(QBrush(self._theme.accent))
        corner = QPointF(bar.left() + left, bar.top())
        painter.drawRoundedRect(QRectF(corner, bar.size()).adjusted(0, 0, width - bar.width(), 0), radius, radius)
