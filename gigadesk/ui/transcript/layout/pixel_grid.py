"""Edges on whole pixels of the screen, at any scale: a line between two pixels would be two grey ones."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)
"""Made once: a style given to a painter goes through Python's enumerations each time."""


def on_pixels(painter: QPainter, rect: QRectF) -> tuple[QRectF, float]:
    """The rectangle with its edges moved to the nearest pixels, never thinner than one; and how wide a hair line is."""
    to_device = painter.deviceTransform()
    x_scale, y_scale = to_device.m11(), to_device.m22()
    if to_device.m12() or to_device.m21() or x_scale <= 0 or y_scale <= 0:
        return rect, 1.0
    left, top = round(rect.left() * x_scale + to_device.dx()), round(rect.top() * y_scale + to_device.dy())
    right = max(left + 1, round(rect.right() * x_scale + to_device.dx()))
    bottom = round(rect.bottom() * y_scale + to_device.dy())
    if rect.height() <= 1:
        # All hair lines of one view are equally thick, wherever they begin.
        bottom = top + max(1, round(rect.height() * y_scale))
    bottom = max(top + 1, bottom)
    shown = QRectF(
        (left - to_device.dx()) / x_scale,
        (top - to_device.dy()) / y_scale,
        (right - left) / x_scale,
        (bottom - top) / y_scale,
    )
    return shown, max(1, round(x_scale)) / x_scale
