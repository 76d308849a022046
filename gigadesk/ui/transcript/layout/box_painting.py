"""Paints what a box shows, on the screen as on paper: ornaments, texts, marks. Nothing that can be clicked."""

import bisect
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.grown_text import stretches_of
from gigadesk.ui.transcript.layout.pixel_grid import NO_PEN
from gigadesk.ui.transcript.layout.text_part import Stress, TextPart
from gigadesk.ui.transcript.layout.typography import CODE_AREA, Typography
from gigadesk.ui.transcript.selecting.highlights import Mark

STRESSED_MARKS_MAX = 30
STRESSED_CHARS_MAX = 6_000
"""Of a text: more places that were found keep the colours of their letters. For each of them Qt paints its line again,
0.4 ms for an ordinary one: a thousand places in sight took 0.2 s."""
EDGE = 4
"""So far a line around something or a digit may reach beyond it."""
FEW_MARKS = 50
"""Of a block: so many are not sorted out."""


class BoxPainter:
    """The painter stands at the corner of the box."""

    def __init__(self, painter: QPainter, typography: Typography) -> None:
        self._painter = painter
        self._theme = theme = typography.theme
        self._px = typography.px
        self._pill = _washed(theme.text, 0.1 if theme.is_dark else 0.065)
        self._selected_pill = _washed(theme.text, 0.04)

    def paint_layer(
        self, box: Box, area: int, clip: QRectF, selected: tuple[int, int] | None, marks: Sequence[Mark] = ()
    ) -> None:
        """The texts of one sideways scrolling area (-1: of none), with what stands behind them."""
        painter, theme = self._painter, self._theme
        self._paint_ornaments(box, area, clip)
        if selected is not None:
            for rect_area, rect in box.rects(*selected):
                if rect_area == area:
                    painter.fillRect(rect, theme.selection)
        if marks:
            from gigadesk.ui.transcript.find.mark_painting import paint_marks, with_neighbours

            marks = marks if len(marks) <= FEW_MARKS else _marks_in_sight(box, area, clip, marks)
            paint_marks(painter, theme, box, area, with_neighbours(marks), clip)
        for part in _parts_in(box, area, clip):
            self._prepare(part, is_selected=selected is not None)
            part.draw(painter, part.x, part.y, clip, self._stressed(part, selected, marks))

    def layer_by_lines(self, box: Box, area: int, clip: QRectF) -> Iterator[None]:
        """The same a line at a time, for paper: one of forty emoji takes as long as a page of letters."""
        self._paint_ornaments(box, area, clip)
        for part in _parts_in(box, area, clip):
            self._prepare(part, is_selected=False)
            for number, (top, bottom, _) in enumerate(part.line_spans()):
                if part.y + top <= clip.bottom() and part.y + bottom >= clip.top():
                    self._painter.setPen(part.color or self._theme.text)
                    part.draw_line(self._painter, part.x, part.y, number)
                    yield

    def _paint_ornaments(self, box: Box, area: int, clip: QRectF) -> None:
        top, bottom = clip.top() - EDGE, clip.bottom() + EDGE
        for ornament in box.ornaments:
            if ornament.area == area and ornament.top <= bottom and ornament.bottom >= top:
                ornament.paint(self._painter)

    def _prepare(self, part: TextPart, *, is_selected: bool) -> None:
        """What stands behind a text, and its colour."""
        if part.pills:
            self._paint_pills(part.pills, part.x, part.y, is_selected=is_selected)
        self._painter.setPen(part.color or self._theme.text)

    def _stressed(self, part: TextPart, selected: tuple[int, int] | None, marks: Sequence[Mark]) -> list[Stress]:
        """Letters of another colour, because of what stands behind them."""
        theme = self._theme
        stressed: list[Stress] = [] if selected is None else [(*selected, theme.selection_text)]
        if marks:
            first = bisect.bisect_right(marks, part.start, key=_end_of)
            last = bisect.bisect_left(marks, part.start + part.length, key=_start_of)
            most = min(STRESSED_MARKS_MAX, round(STRESSED_CHARS_MAX / max(1.0, part.line_length)))
            stressed += [(mark.start, mark.end, theme.text) for mark in marks[first : min(last, first + most)]]
        return stressed

    def _paint_pills(self, pills: list[QRectF], x: float, y: float, *, is_selected: bool) -> None:
        painter = self._painter
        painter.setPen(NO_PEN)
        painter.setBrush(self._selected_pill if is_selected else self._pill)
        side, radius = self._px(CODE_AREA), self._px(4)
        for pill in pills:
            inset = pill.height() * 0.1
            shown = pill.translated(x, y).adjusted(-side, inset, side, -inset * 0.7)
            painter.drawRoundedRect(shown, radius, radius)

    def paint_marks(self, box: Box, clip: QRectF) -> None:
        """Numbers of lists, labels, words of the chrome."""
        for mark in box.marks:
            self._painter.setPen(mark.color or self._theme.text)
            mark.draw(self._painter, mark.x, mark.y, clip)


def _parts_in(box: Box, area: int, clip: QRectF) -> Iterator[TextPart]:
    """Texts of an area of which something may lie in `clip`."""
    for part in box.parts:
        if part.area == area and part.y <= clip.bottom() and part.y + part.height >= clip.top():
            for each in stretches_of(part):
                if each.y <= clip.bottom() and each.y + each.height >= clip.top():
                    yield each


def _marks_in_sight(box: Box, area: int, clip: QRectF, marks: Sequence[Mark]) -> list[Mark]:
    """Those of which something may lie in `clip`."""
    found: list[Mark] = []
    known = 0
    for part in _parts_in(box, area, clip):
        for start, end in part.in_sight(clip.translated(-part.x, -part.y)):
            first = max(known, bisect.bisect_right(marks, start, key=_end_of))
            known = max(first, bisect.bisect_left(marks, end, key=_start_of))
            found += marks[first:known]
    return found


def _washed(color: QColor, alpha: float) -> QBrush:
    washed = QColor(color)
    washed.setAlphaF(alpha)
    return QBrush(washed)


def _start_of(mark: Mark) -> int:
    return mark.start


def _end_of(mark: Mark) -> int:
    return mark.end
