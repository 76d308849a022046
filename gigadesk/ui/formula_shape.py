"""The numbers that the worker makes of a formula as something that can be painted at any size.

Whatever the worker says is checked: a formula could have got the better of it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gigadesk import limits
from gigadesk.markdown.formula_drawing import CLOSE, CUBIC, LINE, MOVE, QUAD, UNITS

_COORDINATES = {MOVE: 2, LINE: 2, QUAD: 4, CUBIC: 6, CLOSE: 0}
_FARTHEST = UNITS * 2 * max(limits.FORMULA_MAX_WIDTH_EMS, limits.FORMULA_MAX_HEIGHT_EMS)


@dataclass(frozen=True, slots=True)
class Shape:
    """A formula in ems of its own font, and its outlines in `UNITS` around the beginning of its baseline."""

    width: float
    ascent: float
    descent: float
    path: QPainterPath
    numbers: int
    """That the outlines were made of: how much memory it takes."""

    def paint(self, painter: QPainter, x: float, baseline: float, em: float, color: QColor) -> None:
        """Fill the outlines with a colour. `em` is the size of the font in pixels."""
        painter.save()
        painter.translate(x, baseline)
        painter.scale(em / UNITS, em / UNITS)
        painter.fillPath(self.path, color)
        painter.restore()


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
        places = list(_places(points, x, y))
        if places:
            x, y = int(places[-1].x()), int(places[-1].y())
        if max(abs(x), abs(y)) > _FARTHEST:
            return None
        draw[command](*places)
    return path


def _places(points: Sequence[int], x: int, y: int) -> Iterator[QPointF]:
    for index in range(0, len(points), 2):
        yield QPointF(x + points[index], y + points[index + 1])


def _draw(path: QPainterPath) -> dict[int, Callable[..., None]]:
    return {
        MOVE: path.moveTo,
        LINE: path.lineTo,
        QUAD: path.quadTo,
        CUBIC: path.cubicTo,
        CLOSE: path.closeSubpath,
    }
