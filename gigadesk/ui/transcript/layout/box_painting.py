"""Paints what a box shows, on the screen as on paper: ornaments, texts, marks. Nothing that can be clicked."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.text_part import Stress
from gigadesk.ui.transcript.layout.typography import Typography
from gigadesk.ui.transcript.selecting.highlights import Mark

STRESSED_MARKS_MAX = 200
"""Of a block: more places that were found keep the colours of their letters, since each costs time."""


class BoxPainter:
    """The painter stands at the corner of the box."""

    def __init__(self, painter: QPainter, typography: Typography) -> None:
        self._painter = painter
        self._theme = typography.theme
        self._px = typography.px

    def paint_layer(
        self, box: Box, area: int, clip: QRectF, selected: tuple[int, int] | None, marks: Sequence[Mark] = ()
    ) -> None:
        """The texts of one sideways scrolling area (-1: of none), with what stands behind them."""
        painter, theme = self._painter, self._theme
        for ornament in box.ornaments:
            if ornament.area == area:
                ornament.paint(painter)
        stressed: list[Stress] = []
        if selected is not None:
            stressed.append((*selected, theme.selection_text))
            for rect_area, rect in box.rects(*selected):
                if rect_area == area:
                    painter.fillRect(rect, theme.selection)
        if marks:
            from gigadesk.ui.transcript.find.mark_painting import paint_marks

            paint_marks(painter, theme, box, area, marks, clip)
            stressed += [(mark.start, mark.end, theme.text) for mark in marks[:STRESSED_MARKS_MAX]]
        for part in box.parts:
            if part.area != area or part.y > clip.bottom() or part.y + part.height < clip.top():
                continue
            if part.pills:
                self._paint_pills(part.pills, part.x, part.y, is_selected=selected is not None)
            painter.setPen(part.color or theme.text)
            part.draw(painter, part.x, part.y, clip, stressed)

    def _paint_pills(self, pills: list[QRectF], x: float, y: float, *, is_selected: bool) -> None:
        painter = self._painter
        color = QColor(self._theme.text)
        color.setAlphaF(0.04 if is_selected else 0.065 if not self._theme.is_dark else 0.1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(color))
        for pill in pills:
            inset = pill.height() * 0.1
            shown = pill.translated(x, y).adjusted(-self._px(2), inset, self._px(2), -inset * 0.7)
            painter.drawRoundedRect(shown, self._px(4), self._px(4))

    def paint_marks(self, box: Box, clip: QRectF) -> None:
        """Numbers of lists, labels, words of the chrome."""
        for mark in box.marks:
            self._painter.setPen(mark.color or self._theme.text)
            mark.draw(self._painter, mark.x, mark.y, clip)
