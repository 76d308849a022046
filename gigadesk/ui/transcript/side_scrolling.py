"""Wide code and tables are scrolled sideways: with the wheel, by their bar, and by a selection that goes beyond."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent

from gigadesk.ui.transcript.layout.boxes import SCROLL_BAR_HEIGHT
from gigadesk.ui.transcript.messages.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

_Drag = tuple[RowKey, int, float, float]
"""The thumb that is dragged: row, area, where it was pressed, how far the area was scrolled then."""


class SideScrolling:
    """Moves the areas of blocks. A block and its continuations are moved together."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self._drag: _Drag | None = None

    def wheel(self, event: QWheelEvent) -> bool:
        """Scroll what is under the pointer; False when the wheel is meant for the whole."""
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        is_sideways = abs(delta.x()) > abs(delta.y())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not is_sideways:
            distance = -delta.y()
        elif is_sideways:
            distance = -delta.x()
        else:
            return False
        row = self._view.zones.row_at(event.position())
        if row is not None:
            self.scroll(row, self.area_at(row, event.position()), distance / (1 if event.hasPixelDelta() else 2))
        return True

    def area_at(self, row: RowKey, point: QPointF, *, below: float = 0.0) -> int:
        """The area of a row under a point; -1 for none that can be scrolled."""
        box = self._view.rows.box(row)
        inside = self._view.zones.point_in_row(point, row)
        for index, area in enumerate(box.areas):
            if area.reach > 0 and area.rect.adjusted(0, 0, 0, below).contains(inside):
                return index
        return -1

    def scroll(self, row: RowKey, area: int, distance: float) -> None:
        """Scroll an area by pixels; positive shows what lies at the right."""
        item = self._view.rows.items[row.message]
        box = self._view.rows.box(row)
        if not 0 <= area < len(box.areas) or not 0 < row.row <= len(item.blocks):
            return
        scrolls = item.body.side_scrolls.setdefault(item.body.scroll_key(row.row - 1), [])
        scrolls.extend(each.begin for each in box.areas[len(scrolls) :])
        scrolls[area] = min(max(0.0, min(scrolls[area], box.areas[area].reach) + distance), box.areas[area].reach)
        self._view.viewport().update()

    def beside(self, row: RowKey, point: QPointF) -> float:
        """How far a point is at the left (negative) or right of what can be scrolled on there; 0 if it is not."""
        box, item = self._view.rows.box(row), self._view.rows.items[row.message]
        inside = self._view.zones.point_in_row(point, row)
        index = box.area_at(inside.y())
        if index < 0:
            return 0.0
        area, shift = box.areas[index], box.shift_of(index, item.scrolls(row.row))
        if inside.x() < area.rect.left() and shift > 0:
            return inside.x() - area.rect.left()
        return inside.x() - area.rect.right() if inside.x() > area.rect.right() and shift < area.reach else 0.0

    def scroll_at(self, row: RowKey, point: QPointF, distance: float) -> None:
        """Scroll what lies at the height of a point."""
        inside = self._view.zones.point_in_row(point, row)
        self.scroll(row, self._view.rows.box(row).area_at(inside.y()), distance)

    # --- the bar

    def begin_drag(self, point: QPointF) -> bool:
        """Whether there is a bar under a point, which is dragged from now on."""
        row = self._view.zones.row_at(point)
        if row is None:
            return False
        area = self.area_at(row, point, below=self._view.stage.typography.px(SCROLL_BAR_HEIGHT + 4))
        inside = self._view.zones.point_in_row(point, row)
        if area < 0 or inside.y() < self._view.rows.box(row).areas[area].rect.bottom():
            return False
        scrolls = self._view.rows.items[row.message].scrolls(row.row)
        self._drag = (row, area, point.x(), self._view.rows.box(row).shift_of(area, scrolls))
        return True

    def drag(self, point: QPointF) -> bool:
        """Move the bar that is dragged; False if none is."""
        if self._drag is None:
            return False
        row, area, pressed_x, start = self._drag
        box = self._view.rows.box(row)
        if area < len(box.areas):
            rect, reach = box.areas[area].rect, box.areas[area].reach
            distance = (point.x() - pressed_x) * (rect.width() + reach) / max(rect.width(), 1.0)
            now = box.shift_of(area, self._view.rows.items[row.message].scrolls(row.row))
            self.scroll(row, area, start + distance - now)
        return True

    def end_drag(self) -> None:
        """The button is up."""
        self._drag = None
