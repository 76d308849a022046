"""Small marks beside the scroll bar: where in the conversation something was found."""

from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QWidget

from gigadesk.ui.transcript.messages.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.finder import Finder
    from gigadesk.ui.transcript.view import Transcript

TICK_HEIGHT = 2
BLOCKS_MAX = 2000
"""Of one message; its end has no ticks beyond."""


class ScrollTicks(QWidget):
    """Lies on the scroll bar and lets the mouse through. Costs as much as the bar is high, however much was found."""

    def __init__(self, view: "Transcript", finder: "Finder") -> None:
        super().__init__(view.verticalScrollBar())
        self._view = view
        self._finder = finder
        self._ticks: list[int] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.verticalScrollBar().installEventFilter(self)

    def note_changed(self) -> None:
        """Something else was found, or nothing is looked for any more."""
        self._ticks = self._places() if self._finder.is_active else []
        self.setGeometry(self._view.verticalScrollBar().rect())
        self.setVisible(bool(self._ticks))
        self.raise_()
        self.update()

    @property
    def ticks(self) -> list[int]:
        """Heights on the bar, in pixels."""
        return self._ticks

    def _places(self) -> list[int]:
        """Where behind the bar something was found; of a long conversation some messages share a place."""
        view, counts = self._view, self._finder.counts
        groove = self._groove()
        total, size = view.rows.total_height, len(counts)
        if not size or size != len(view.rows) or total <= view.viewport().height() or groove.height() <= 0:
            return []
        sums = [0, *accumulate(counts)]
        if not sums[-1]:
            return []
        scale = total / groove.height()
        parts = min(size, groove.height() // TICK_HEIGHT)
        found: set[int] = set()
        for part in range(parts):
            first, end = part * size // parts, (part + 1) * size // parts
            if sums[end] > sums[first]:
                found.update(self._places_in(first, scale) if end == first + 1 else [self._y(first, scale)])
        return [groove.top() + y for y in sorted(found) if y < groove.height()]

    def _places_in(self, index: int, scale: float) -> Iterable[int]:
        """Those of one message, by its blocks if they are known and it is tall enough for that to matter."""
        item = self._view.rows.items.existing(index)
        hits = self._finder.places_in(index)
        if not hits or item is None or not item.is_open or item.height < 2 * TICK_HEIGHT * scale:
            return (self._y(index, scale),)
        top, count = self._view.rows.top_of(RowKey(index, 0)), item.thought_count
        blocks = {1 + hit.block + (count if hit.is_answer else 0) for hit in hits}
        rows = sorted(row for row in blocks if row < item.row_count)[:BLOCKS_MAX]
        return {int((top + item.row_top(row)) / scale) for row in rows}

    def _y(self, index: int, scale: float) -> int:
        return int(self._view.rows.height_above(index) / scale)

    def _groove(self) -> QRect:
        bar = self._view.verticalScrollBar()
        option = QStyleOptionSlider()
        option.initFrom(bar)
        option.orientation = bar.orientation()
        option.minimum, option.maximum = bar.minimum(), bar.maximum()
        option.sliderPosition, option.pageStep = bar.value(), bar.pageStep()
        return bar.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarGroove, bar
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.note_changed()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        color = self._view.stage.theme.found_now
        inset = max(2, self.width() // 4)
        for y in self._ticks:
            painter.fillRect(inset, y - TICK_HEIGHT // 2, self.width() - 2 * inset, TICK_HEIGHT, color)
        painter.end()
