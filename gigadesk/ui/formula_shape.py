"""The numbers that the worker makes of a formula as something that can be painted at any size.

Whatever the worker says is checked: a formula could have got the better of it.
"""

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath, QPixmap

from gigadesk import limits
from gigadesk.markdown.formula_drawing import CLOSE, CUBIC, LINE, MOVE, QUAD, UNITS

_RASTER_MAX_PIXELS = 100_000
_EDGE = 2
"""Pixels around a formula, since letters reach out of their boxes."""
_COORDINATES = {MOVE: 2, LINE: 2, QUAD: 4, CUBIC: 6, CLOSE: 0}
_FARTHEST = UNITS * 2 * max(limits.FORMULA_MAX_WIDTH_EMS, limits.FORMULA_MAX_HEIGHT_EMS)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A formula in ems of its own font, and its outlines in `UNITS` around the beginning of its baseline."""

    width: float
    ascent: float
    descent: float
    path: QPainterPath
    numbers: int
    """That the outlines were made of: how much memory it takes."""

    def fill(self, painter: QPainter, x: float, baseline: float, em: float, color: QColor) -> None:
        """Fill the outlines with a colour. `em` is the size of the font in pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, baseline)
        painter.scale(em / UNITS, em / UNITS)
        painter.fillPath(self.path, color)
        painter.restore()


class ShapePainter:
    """Paints formulas with one painter, whose transformation stays the same meanwhile.

    On a screen their outlines are filled once for each size and colour, in the pixels of the screen; in print, always.
    """

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._ratio = painter.device().devicePixelRatio()
        transform = painter.deviceTransform()
        self._origin = transform.dx(), transform.dy()
        self._is_on_screen = (
            painter.paintEngine().type() is QPaintEngine.Type.Raster
            and transform.m11() == transform.m22() == self._ratio
            and not transform.isRotating()
        )

    def paint(self, shape: Shape, x: float, baseline: float, em: float, color: QColor) -> None:
        """Paint a formula whose baseline begins at `x`, in a font of `em` pixels."""
        size = em * self._ratio
        if not self._is_on_screen or shape.width * (shape.ascent + shape.descent) * size * size > _RASTER_MAX_PIXELS:
            shape.fill(self._painter, x, baseline, em, color)
            return
        raster, above = _raster(shape, size, color.rgba(), self._ratio)
        # To the next pixel of the screen, as letters are. A page may have a thousand: numbers, no points.
        left, top = (value * self._ratio + origin for value, origin in zip((x, baseline), self._origin, strict=True))
        right, down = round(left) - left, round(top) - top
        self._painter.drawPixmap(
            QPointF(x + (right - _EDGE) / self._ratio, baseline + (down - above) / self._ratio), raster
        )


@functools.lru_cache(maxsize=128)
def _raster(shape: Shape, em: float, rgba: int, ratio: float) -> tuple[QPixmap, int]:
    """A formula in pixels of the screen, and how many are above its baseline, which begins on the edge of one."""
    ascent = math.ceil(shape.ascent * em)
    raster = QPixmap(math.ceil(shape.width * em) + 2 * _EDGE, ascent + math.ceil(shape.descent * em) + 2 * _EDGE)
    raster.fill(Qt.GlobalColor.transparent)
    painter = QPainter(raster)
    shape.fill(painter, _EDGE, ascent + _EDGE, em, QColor.fromRgba(rgba))
    painter.end()
    raster.setDevicePixelRatio(ratio)
    return raster, ascent + _EDGE


def read_shape(size: object, outline: object) -> Shape | None:
    """The shape that the worker's numbers give; None if they give none."""
    sizes = _whole_numbers(size, _FARTHEST, 3)
    numbers = _whole_numbers(outline, 2 * _FARTHEST, limits.FORMULA_MAX_NUMBERS)
    if sizes is None or numbers is None or len(sizes) != 3 or min(sizes) < 0 or not numbers:
        return None
    width, ascent, descent = (each / UNITS for each in sizes)
    if width > limits.FORMULA_MAX_WIDTH_EMS or ascent + descent > limits.FORMULA_MAX_HEIGHT_EMS:
        return None
    path = _path(numbers)
    return Shape(width, ascent, descent, path, len(numbers)) if path is not None else None


def _whole_numbers(value: object, farthest: int, most: int) -> Sequence[int] | None:
    if not isinstance(value, list) or len(value) > most:
        return None
    if any(type(each) is not int or abs(each) > farthest for each in value):
        return None
    return value


def _path(numbers: Sequence[int]) -> QPainterPath | None:
    path = QPainterPath()
    # The strokes of a letter may overlap, and bars overlap with letters.
    path.setFillRule(Qt.FillRule.WindingFill)
    draw = _draw(path)
    at, x, y = 0, 0, 0
    while at < len(numbers):
        command = numbers[at]
        count = _COORDINATES.get(command)
        points = numbers[at + 1 : at + 1 + (count or 0)]
        if count is None or len(points) < count or (command != MOVE and not at):
            return None
        at += 1 + count
        # Numbers, no points: making an object for each takes most of the time.
        places = [value + (y if index & 1 else x) for index, value in enumerate(points)]
        if places:
            x, y = places[-2:]
        if max(abs(x), abs(y)) > _FARTHEST:
            return None
        draw[command](*places)
    return path


def _draw(path: QPainterPath) -> dict[int, Callable[..., None]]:
    return {
        MOVE: path.moveTo,
        LINE: path.lineTo,
        QUAD: path.quadTo,
        CUBIC: path.cubicTo,
        CLOSE: path.closeSubpath,
    }
