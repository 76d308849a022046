"""Paints what was found behind the words of a block."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.selecting.highlights import Mark

RADIUS = 3.0
INSET_SHARE = 0.06
"""Of the height of a line: marks in two lines do not touch."""
MANY_MARKS = 1_000
"""In sight of a block. Each takes 0.04 ms to paint, and every letter of a page may be one."""
FEW_MARKS = 50


def paint_marks(painter: QPainter, theme: Theme, box: Box, area: int, marks: Sequence[Mark], clip: QRectF) -> None:
    """Paint those that lie in one area of the box and in `clip`; the painter stands at the box's corner."""
    painter.save()
    for mark in marks:
        for rect_area, rect in box.rects(mark.start, mark.end):
            if rect_area != area or not rect.intersects(clip):
                continue
            inset = rect.height() * INSET_SHARE
            ground = rect.adjusted(-1, inset, 1, -inset)
            painter.setPen(QPen(theme.text_muted, 1) if mark.is_current else Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(theme.found_now if mark.is_current else theme.found))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
    painter.restore()


def with_neighbours(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Fewer marks that show the same: those that touch become one; of many, those with a letter between them, too."""
    if len(marks) <= FEW_MARKS:
        return marks
    space = int(len(marks) > MANY_MARKS)
    result: list[Mark] = []
    start, end, is_current = marks[0]
    for mark in marks[1:]:
        if mark.start - end > space or mark.is_current or is_current:
            result.append(Mark(start, end, is_current))
            start, end, is_current = mark
        else:
            end = mark.end
    return [*result, Mark(start, end, is_current)]
