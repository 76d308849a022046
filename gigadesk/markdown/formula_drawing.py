"""TeX to outlines, by ziamath. Slow on hostile formulas: call `draw` in the worker process only.

No text passes from here to there but as text: the elements that latex2mathml makes are handed on as elements, never as
a string of XML that a formula could write into.
"""

import re
import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gigadesk import limits
from gigadesk.markdown.formula_cost import cost
from gigadesk.markdown.formula_mending import mend
from gigadesk.markdown.formula_rules import draw_rules, mark_rules
from gigadesk.markdown.formula_tex import prepared

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

UNITS = 1000
"""Of one em: all numbers are whole."""

_SMALLEST = 0.58
"""Of letters, as a part of the size of the formula."""

MOVE, LINE, QUAD, CUBIC, CLOSE = range(5)
"""Outline commands. Each is followed by its points, every one counted from the last point of the command before."""

_POINTS = {"M": (MOVE, 1), "L": (LINE, 1), "Q": (QUAD, 2), "C": (CUBIC, 3), "Z": (CLOSE, 0)}
_PART = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Drawing:
    """Outlines around the beginning of the baseline, y downwards. See `UNITS` and `MOVE`."""

    width: int
    ascent: int
    descent: int
    outline: list[int]

    def as_json(self) -> dict[str, object]:
        return {"size": [self.width, self.ascent, self.descent], "outline": self.outline}


def draw(tex: str, *, is_display: bool) -> Drawing | None:
    """The outlines of a formula; None if it is not understood, too large, or not to be drawn at all."""
    source = prepared(tex)
    if source is None:
        return None
    try:
        return _draw(source, is_display=is_display)
    except _failures():
        return None


@cache
def load() -> None:
    """Import what formulas need, so that the time of `draw` is that of the formula alone."""
    with warnings.catch_warnings():
        # It reads its fonts in a way that Python wants to give up.
        warnings.simplefilter("ignore", DeprecationWarning)
        import latex2mathml.converter  # noqa: F401 - it reads its table of signs
        from ziamath import styles
        from ziamath.config import config
        from ziamath.zmath import loadedfonts
    config.svg2 = False
    config.minsizefraction = _SMALLEST
    loadedfonts["default"].basesize = UNITS
    # A third of the time of drawing goes into deep copies of styles, which are only read.
    vars(styles)["asdict"] = vars
    draw_rules()


@cache
def warm_up() -> None:
    """Draw for the first time, which takes longer: fonts and tables are read only now."""
    draw(r"\sum_{i=1}^n \frac{\sqrt{x_i}}{2} = \left(a\right)", is_display=True)


def _draw(source: str, *, is_display: bool) -> Drawing | None:
    load()
    from latex2mathml.converter import Converter
    from ziamath.zmath import Math

    element = Converter(display="block" if is_display else "inline").convert_to_element(source)
    # Written out and read again on the way, it would put every name into a namespace that the drawer does not know.
    element.attrib.pop("xmlns", None)
    mark_rules(source, element)
    mend(element, is_display=is_display)
    if not _is_understood(element) or cost(element) > limits.FORMULA_MAX_COST:
        return None
    formula: Any = Math(element, size=UNITS)
    svg = formula.svgxml()
    box = formula.node.bbox
    left, right = min(box.xmin, 0.0), max(box.xmax, formula.node.xadvance())
    size = [round(each) for each in (right - left, max(box.ymax, 0.0), max(-box.ymin, 0.0))]
    if not _is_usable(size):
        return None
    outline = _Outline(-left)
    for each in svg.iter():
        outline.add(each)
    if not outline.numbers or len(outline.numbers) > limits.FORMULA_MAX_NUMBERS:
        return None
    width, ascent, descent = size
    return Drawing(width, ascent, descent, outline.numbers)


def _is_understood(root: "Element") -> bool:
    """Whether no command has been left over, and the font has every character."""
    from ziamath.zmath import loadedfonts

    font: Any = loadedfonts["default"]
    for element in root.iter():
        text = element.text or ""
        if text.startswith("\\") and len(text) > 1:
            return False
        if any(not character.isspace() and not font.glyphindex(character) for character in text):
            return False
    return True


def _is_usable(size: list[int]) -> bool:
    width, ascent, descent = size
    if not width or not ascent + descent:
        return False
    return width <= limits.FORMULA_MAX_WIDTH_EMS * UNITS and ascent + descent <= limits.FORMULA_MAX_HEIGHT_EMS * UNITS


@cache
def _failures() -> tuple[type[Exception], ...]:
    """What the libraries raise for a formula that they do not understand. Anything else ends the process."""
    from latex2mathml import exceptions

    own = [each for each in vars(exceptions).values() if isinstance(each, type) and issubclass(each, Exception)]
    return (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NameError,
        RuntimeError,
        StopIteration,
        SyntaxError,
        TypeError,
        ValueError,
        *own,
    )


class _Outline:
    """Gathers what is filled: glyphs, bars, and lines as the thin areas that they cover."""

    def __init__(self, shift: float) -> None:
        self.numbers: list[int] = []
        self._shift = shift
        self._x = self._y = 0

    def add(self, element: "Element") -> None:
        match element.tag:
            case "path" if "stroke-width" in element.attrib:
                self._add_stroke(element)
            case "path":
                self._add_path(element.attrib["d"])
            case "rect" if element.get("fill") == "none":
                self._add_frame(element)
            case "rect":
                self._add_bar(*(float(element.attrib[name]) for name in ("x", "y", "width", "height")))
            case "svg" | "g":
                pass
            case _:
                raise ValueError(element.tag)

    def _add_path(self, path: str) -> None:
        parts = iter(_PART.findall(path))
        for name in parts:
            command, count = _POINTS[name]
            points = [(float(next(parts)), float(next(parts))) for _ in range(count)]
            self._put(command, points)

    def _put(self, command: int, points: list[tuple[float, float]]) -> None:
        self.numbers.append(command)
        x, y = self._x, self._y
        for point in points:
            x, y = round(point[0] + self._shift), round(point[1])
            self.numbers += (x - self._x, y - self._y)
        self._x, self._y = x, y

    def _add_bar(self, x: float, y: float, width: float, height: float) -> None:
        self._add_polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])

    def _add_frame(self, element: "Element") -> None:
        x, y, width, height, line = (
            float(element.attrib[name]) for name in ("x", "y", "width", "height", "stroke-width")
        )
        half = line / 2
        for bar in (
            (x - half, y - half, width + line, line),
            (x - half, y + height - half, width + line, line),
            (x - half, y + half, line, height - line),
            (x + width - half, y + half, line, height - line),
        ):
            self._add_bar(*bar)

    def _add_stroke(self, element: "Element") -> None:
        x1, y1, x2, y2 = (float(part) for part in _PART.findall(element.attrib["d"]) if part not in {"M", "L"})
        half = float(element.attrib["stroke-width"]) / 2
        length = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
        across, down = (y2 - y1) / length * half, -(x2 - x1) / length * half
        self._add_polygon(
            [(x1 + across, y1 + down), (x2 + across, y2 + down), (x2 - across, y2 - down), (x1 - across, y1 - down)]
        )

    def _add_polygon(self, points: list[tuple[float, float]]) -> None:
        # Clockwise as the outlines of glyphs are, so that what overlaps is filled all the same.
        self._put(MOVE, points[:1])
        for point in points[1:]:
            self._put(LINE, [point])
        self._put(CLOSE, [])
