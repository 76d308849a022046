"""One laid out stretch of text. Built on `QTextLayout`: no document, hence nothing that could ever load a picture."""

import bisect
import functools
import itertools
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from gigadesk.ui.transcript.layout import letters
from gigadesk.ui.transcript.layout.inline_formula import InlineFormula, with_room
from gigadesk.ui.transcript.layout.typography import LineStyle

ENDLESS = 1e7
"""Width of a line that is never broken."""
FORMULA_AIR = 2

FormatRun = tuple[int, int, QTextCharFormat]
"""Start, length and format, in characters of the part."""

Stress = tuple[int, int, QColor]
"""Start and end, in places of the block, and the colour of the letters."""


class TextPart:
    """Text laid out to a width. `start` is the place of its first character in the block.

    Set by whoever places it: `x`, `y`; the `color`, if it is not that of the text around; the sideways scrolling `area`
    it lies in (an index, -1 for none); the `links` in it (start, end, target) and the `notes` (start, end, label of the
    footnote); `pills`, the areas behind inline code; the `sources`, places from start to end, of the formulas;
    `made_of`, by which it is known again when the same is to be laid out once more.
    """

    __slots__ = (
        "_astral",
        "_baselines",
        "_is_piled",
        "_layout",
        "_spots",
        "_tops",
        "area",
        "color",
        "formulas",
        "has_right_to_left",
        "height",
        "length",
        "line_style",
        "links",
        "made_of",
        "natural_width",
        "notes",
        "pills",
        "sources",
        "start",
        "text",
        "width",
        "x",
        "y",
    )

    def __init__(
        self,
        text: str,
        line_style: LineStyle,
        width: float,
        *,
        start: int = 0,
        formats: Sequence[FormatRun] = (),
        formulas: Sequence[InlineFormula] = (),
        align: Qt.AlignmentFlag | None = None,
        is_code: bool = False,
    ) -> None:
        self.text = text
        self.start = start
        self.length = len(text)
        self.line_style = line_style
        self.width = width
        self.x = 0.0
        self.y = 0.0
        self.area = -1
        self.color: QColor | None = None
        self.links: list[tuple[int, int, str]] = []
        self.notes: list[tuple[int, int, str]] = []
        self.pills: list[QRectF] = []
        self.sources: list[tuple[int, int]] = []
        self.made_of: object = None
        self.formulas = formulas
        if formulas:
            text = with_room(text, formulas)
            formats = [*formats, *((each.start, 1, each.text_format) for each in formulas)]
        is_special = letters.SPECIAL.search(text) is not None
        self._is_piled = is_special and bool(letters.PILED.search(text))
        self.has_right_to_left = is_special and bool(letters.RIGHT_TO_LEFT.search(text))
        # Qt counts in UTF-16: characters above U+FFFF count twice there.
        self._astral = [match.start() for match in letters.ASTRAL.finditer(text)] if is_special else []
        self._layout = QTextLayout(letters.visible(text), line_style.font)
        self._layout.setCacheEnabled(True)
        is_mirrored = self.has_right_to_left and not is_code and letters.starts_right_to_left(text)
        tab_width = 4 * line_style.character_width if is_code else 0.0
        self._layout.setTextOption(_option(align, tab_width, is_broken=width < ENDLESS, is_mirrored=is_mirrored))
        if formats:
            self._format(formats)
        self._tops: list[float] = []
        self._baselines: list[float] = []
        self.natural_width = 0.0
        self.height = 0.0
        self._break_lines()

    def recolor(self, formats: Sequence[FormatRun]) -> None:
        """Colour runs of the text. Only colours may differ from before: the size stays as it is."""
        self._format(formats)
        # Qt forgets the lines of a layout with its formats: without new ones nothing would be painted.
        self._tops, self._baselines = [], []
        self._break_lines()

    def _format(self, formats: Sequence[FormatRun]) -> None:
        ranges = []
        for start, run_length, text_format in formats:
            each = QTextLayout.FormatRange()
            each.start = self._to_qt(start)
            each.length = self._to_qt(start + run_length) - each.start
            each.format = text_format
            ranges.append(each)
        self._layout.setFormats(ranges)

    def draw(self, painter: QPainter, x: float, y: float, clip: QRectF, stressed: Sequence[Stress] = ()) -> None:
        """Paint with the top left corner at `x`, `y`; lines outside of `clip` are left out.

        `stressed` are places of the block whose letters have another colour, because of what stands behind them.
        """
        if self._is_piled:
            self._draw_clipped(painter, x, y, clip)
        else:
            self._layout.draw(painter, QPointF(x, y), self._ranges(stressed) if stressed else [], clip)
        if self.formulas:
            self._draw_formulas(painter, x, y, clip)

    def draw_line(self, painter: QPainter, x: float, y: float, number: int) -> None:
        """Paint one line and no other: `draw` leaves it to the painter to hide the line above its clip."""
        baseline = self._baselines[number]
        if self._is_piled:
            # Within the line: what only touches it is another one.
            self._draw_clipped(painter, x, y, QRectF(x, y + baseline - 1, self.width, 1))
        else:
            self._layout.lineAt(number).draw(painter, QPointF(x, y))
        if self.formulas:
            self._draw_formulas(painter, x, y, QRectF(x, y + baseline, self.width, 0))

    def _draw_clipped(self, painter: QPainter, x: float, y: float, clip: QRectF) -> None:
        """Each line within its own height: piles of marks never reach the lines around it."""
        painter.save()
        outer = painter.clipBoundingRect() if painter.hasClipping() else clip
        for number, (top, bottom) in enumerate(itertools.pairwise([*self._tops, self.height])):
            if y + bottom > clip.top() and y + top < clip.bottom():
                line = QRectF(outer.left(), y + top, outer.width(), bottom - top)
                painter.setClipRect(line.intersected(outer))
                self._layout.lineAt(number).draw(painter, QPointF(x, y))
        painter.restore()

    def _ranges(self, stressed: Sequence[Stress]) -> list[QTextLayout.FormatRange]:
        ranges = []
        for start, end, color in stressed:
            first, last = max(start - self.start, 0), min(end - self.start, self.length)
            if first < last:
                each = QTextLayout.FormatRange()
                each.start = self._to_qt(first)
                each.length = self._to_qt(last) - each.start
                each.format.setForeground(QBrush(color))
                ranges.append(each)
        return ranges

    def _draw_formulas(self, painter: QPainter, x: float, y: float, clip: QRectF) -> None:
        # Loaded with the first formula.
        from gigadesk.ui.formula_shape import ShapePainter

        shape_painter = ShapePainter(painter)
        color = painter.pen().color()
        top, bottom = clip.top() - y, clip.bottom() - y
        for formula, (left, baseline) in zip(self.formulas, self._spots, strict=True):
            if baseline - formula.ascent <= bottom and baseline + formula.descent >= top:
                shape_painter.paint(formula.shape, x + left, y + baseline, formula.em, formula.color or color)

    @property
    def first_baseline(self) -> float:
        """Of the first line, from the part's corner."""
        return self._baselines[0] if self._baselines else float(self.line_style.baseline)

    def place_at(self, x: float, y: float, *, on_character: bool = False) -> int:
        """The place nearest to a point, or that of the character under it; `x`, `y` count from the part's corner."""
        line = self._line_at(y)
        if line is None:
            return self.start
        mode = QTextLine.CursorPosition
        found = line.xToCursor(x, mode.CursorOnCharacter if on_character else mode.CursorBetweenCharacters)
        place = self._from_qt(found)
        for formula, (left, _) in zip(self.formulas, self._spots, strict=True):
            if formula.start < place < formula.end:
                # A formula is one thing: there are places before and behind it only.
                place = formula.start if on_character or x < left + formula.width / 2 else formula.end
        return self.start + place

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Areas of the characters between two places, from the part's corner; one or more a line, as high as it is."""
        start, end = max(0, start - self.start), min(self.length, end - self.start)
        for formula in self.formulas:
            if formula.start < end and start < formula.end and start < end:
                start, end = min(start, formula.start), max(end, formula.end)
        first, last = self._to_qt(start), self._to_qt(end)
        result: list[QRectF] = []
        if first >= last:
            return result
        for number in range(self._layout.lineForTextPosition(first).lineNumber(), self._layout.lineCount()):
            line = self._layout.lineAt(number)
            line_start = line.textStart()
            if line_start >= last:
                break
            result.extend(
                self._line_rects(line, number, max(first, line_start), min(last, line_start + line.textLength()))
            )
        return result

    def in_sight(self, clip: QRectF) -> list[tuple[int, int]]:
        """The places of the letters in a rectangle, which counts from the part's corner, as stretches in order."""
        found: list[tuple[int, int]] = []
        first = max(0, bisect.bisect_right(self._tops, clip.top()) - 1)
        for number in range(first, bisect.bisect_left(self._tops, clip.bottom())):
            line = self._layout.lineAt(number)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if not self.has_right_to_left and line.naturalTextWidth() > clip.width():
                start, end = line.xToCursor(clip.left()), line.xToCursor(clip.right())
            start, end = self.start + self._from_qt(start), self.start + self._from_qt(end) + 1
            if found and start <= found[-1][1]:
                start, _ = found.pop()
            found.append((start, end))
        return found

    @property
    def line_length(self) -> float:
        """How many characters a line of it has, about."""
        return self.length / max(1, len(self._tops))

    def caret(self, place: int) -> QRectF:
        """The line without width that stands at a place, from the part's corner, as high as its line of text."""
        position = self._to_qt(min(max(0, place - self.start), self.length))
        line = self._layout.lineForTextPosition(position)
        if not line.isValid():
            return QRectF(0, 0, 0, self.line_style.pitch)
        number = line.lineNumber()
        bottom = self._tops[number + 1] if number + 1 < len(self._tops) else self.height
        return QRectF(_cursor_x(line, position), self._tops[number], 0, bottom - self._tops[number])

    def line_bounds(self, place: int) -> tuple[int, int]:
        """Where the laid out line that holds a place begins and ends; its end is before the space it was broken at."""
        position = self._to_qt(min(max(0, place - self.start), self.length))
        line = self._layout.lineForTextPosition(position)
        if not line.isValid():
            return self.start, self.start + self.length
        first, last = self._from_qt(line.textStart()), self._from_qt(line.textStart() + line.textLength())
        if line.lineNumber() + 1 < self._layout.lineCount() and last > first and self.text[last - 1].isspace():
            last -= 1
        return self.start + first, self.start + last

    @property
    def runs_right_to_left(self) -> bool:
        """Its lines begin at the right."""
        return self._layout.textOption().textDirection() is Qt.LayoutDirection.RightToLeft

    def top_of(self, place: int) -> float:
        """Top of the line that holds a place, from the part's corner."""
        line = self._layout.lineForTextPosition(self._to_qt(min(max(0, place - self.start), self.length)))
        return self._tops[line.lineNumber()] if line.isValid() else 0.0

    def line_spans(self) -> list[tuple[float, float, bool]]:
        """Top and bottom of each line, from the part's corner, and whether it goes on where the one above broke."""
        edges = itertools.pairwise([*self._tops, self.height])
        starts = (self._layout.lineAt(number).textStart() for number in range(self._layout.lineCount()))
        return [
            (top, bottom, start > 0 and self.text[self._from_qt(start) - 1] != "\n")
            for (top, bottom), start in zip(edges, starts, strict=True)
        ]

    def first_place_of_line(self, y: float) -> int:
        """The place where the line at height `y` begins."""
        line = self._line_at(y)
        return self.start if line is None else self.start + self._from_qt(line.textStart())

    def line_at(self, y: float) -> tuple[int, int]:
        """The places where the line at height `y`, or the first one below, begins and ends."""
        line = self._line_at(max(0.0, y))
        if line is None:
            return self.start, self.start + 1
        first, last = self._from_qt(line.textStart()), self._from_qt(line.textStart() + line.textLength())
        return self.start + first, self.start + max(first + 1, last)

    def _break_lines(self) -> None:
        layout, tops, baselines = self._layout, self._tops, self._baselines
        pitch, baseline, has_formulas = self.line_style.pitch, self.line_style.baseline, bool(self.formulas)
        width, y, widest = self.width, 0.0, 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            ascent, descent = line.ascent(), line.descent()
            # A fallback font (emoji, other scripts) or a formula may be higher than the line.
            highest, deepest = self._reach(line, ascent, descent) if has_formulas else (ascent, descent)
            above = round(highest - baseline) if highest > baseline else 0
            line.setPosition(QPointF(0, y + above + baseline - ascent))
            tops.append(y)
            baselines.append(y + above + baseline)
            y += max(pitch, above + round(baseline + deepest))
            natural = line.naturalTextWidth()
            widest = max(widest, natural)
        layout.endLayout()
        self._spots = [self._spot(formula) for formula in self.formulas] if has_formulas else []
        self.height = y
        self.natural_width = widest

    def _reach(self, line: QTextLine, ascent: float, descent: float) -> tuple[float, float]:
        """How far a line reaches above and below its baseline, with its formulas and some air around them."""
        first, last = line.textStart(), line.textStart() + line.textLength()
        begin, end = (bisect.bisect_left(self.formulas, self._from_qt(each), key=_start_of) for each in (first, last))
        for formula in self.formulas[begin:end]:
            ascent = max(ascent, formula.ascent + FORMULA_AIR)
            descent = max(descent, formula.descent + FORMULA_AIR)
        return ascent, descent

    def _spot(self, formula: InlineFormula) -> tuple[float, float]:
        """Where the baseline of a formula begins, from the part's corner."""
        start = self._to_qt(formula.start)
        line = self._layout.lineForTextPosition(start)
        # From right to left, the begin is on the right.
        left = min(_cursor_x(line, start), _cursor_x(line, start + 1))
        return left, self._baselines[line.lineNumber()]

    def _line_at(self, y: float) -> QTextLine | None:
        if not self._tops:
            return None
        return self._layout.lineAt(max(0, bisect.bisect_right(self._tops, y) - 1))

    def _line_rects(self, line: QTextLine, number: int, first: int, last: int) -> list[QRectF]:
        top = self._tops[number]
        bottom = self._tops[number + 1] if number + 1 < len(self._tops) else self.height
        if not self.has_right_to_left:
            left, right = _cursor_x(line, first), _cursor_x(line, last)
            return [QRectF(left, top, right - left, bottom - top)]
        # Characters that are neighbours in the text may be far from each other on the line.
        runs = []
        for run in line.glyphRuns(first, last - first):
            area = run.boundingRect()
            if area.width():
                runs.append(QRectF(area.left(), top, area.width(), bottom - top))
        for formula, (left, _) in zip(self.formulas, self._spots, strict=True):
            # What stands for it has no glyphs.
            if first <= self._to_qt(formula.start) < last:
                runs.append(QRectF(left, top, formula.width, bottom - top))
        return runs

    def _to_qt(self, offset: int) -> int:
        return offset + bisect.bisect_left(self._astral, offset) if self._astral else offset

    def _from_qt(self, offset: int) -> int:
        if not self._astral:
            return offset
        # The number of doubled characters before `offset`, found by walking: such characters are few.
        result = offset
        for index, place in enumerate(self._astral):
            if place + index >= offset:
                break
            result = offset - index - 1
        return result


@functools.lru_cache(maxsize=64)
def _option(align: Qt.AlignmentFlag | None, tab_width: float, *, is_broken: bool, is_mirrored: bool) -> QTextOption:
    """Whoever takes it copies it. Code, and nothing else, has a `tab_width`."""
    option = QTextOption()
    wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    if tab_width:
        option.setWrapMode(wrap if is_broken else QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(tab_width)
        return option
    option.setWrapMode(wrap)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight)
    if align is None:
        align = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(align | Qt.AlignmentFlag.AlignAbsolute)
    return option


def _start_of(formula: InlineFormula) -> int:
    return formula.start


def _cursor_x(line: QTextLine, position: int) -> float:
    found = line.cursorToX(position)
    # The stubs do not say that it answers (x, position).
    x: float = found[0] if isinstance(found, tuple) else found  # type: ignore[assignment]
    return x
