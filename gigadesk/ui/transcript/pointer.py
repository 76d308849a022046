"""The mouse: selecting, clicking, hovering, scrolling sideways."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from gigadesk.ui.tooltips import plain_tooltip
from gigadesk.ui.transcript.boxes import SCROLL_BAR_HEIGHT, TEXT_LINKS, ZoneKind
from gigadesk.ui.transcript.pieces import length
from gigadesk.ui.transcript.rows import RowKey
from gigadesk.ui.transcript.selection import Position, word_around
from gigadesk.ui.transcript.zones import FoundZone

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

AUTOSCROLL_MS = 30
AUTOSCROLL_SHARE = 0.35
"""Pixels per step for each pixel the pointer is beyond the edge."""


SideDrag = tuple[RowKey, int, float, float]
"""The thumb that is dragged: row, area, where it was pressed, how far the area was scrolled then."""


class Grain(StrEnum):
    """By what a drag selects."""

    CHARACTER = "character"
    WORD = "word"
    BLOCK = "block"


class Pointer(QObject):
    """Follows the mouse over the viewport."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._grain = Grain.CHARACTER
        self._first: tuple[Position, Position] | None = None
        """What the press itself selected: a place, a word or a block."""
        self._is_selecting = False
        self._has_moved = False
        self._pressed_at = QPointF()
        self._pressed: FoundZone | None = None
        self._last_point = QPointF()
        self._since_double_click = QElapsedTimer()
        self._side_drag: SideDrag | None = None
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)

    # --- buttons

    def press(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        view = self._view
        view.highlights.focused_zone = None
        view.walk.leave()
        self._pressed_at = self._last_point = point
        self._has_moved = False
        self._grain = Grain.CHARACTER
        if self._start_side_drag(point):
            return
        self._pressed = view.zones.at(point)
        view.highlights.pressed_zone = self._pressed.key if self._pressed else None
        if self._pressed is not None and self._pressed.zone.kind not in TEXT_LINKS:
            view.refresh_row(self._pressed.row)
            return
        if self._is_triple_click(point):
            self._begin(point, Grain.BLOCK)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and view.selection.anchor is not None:
            anchor = view.selection.anchor
            self._first, self._grain, self._is_selecting = (anchor, anchor), Grain.CHARACTER, True
            self._extend(point)
            return
        self._begin(point, Grain.CHARACTER)

    def double_click(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        found = self._view.zones.at(event.position())
        if found is not None and found.zone.kind not in TEXT_LINKS:
            # The second of two fast clicks on a button is a click.
            self.press(event)
            return
        self._since_double_click.start()
        self._pressed_at = event.position()
        self._pressed = None
        self._begin(event.position(), Grain.WORD)

    def move(self, event: QMouseEvent) -> None:
        point = event.position()
        self._last_point = point
        if self._side_drag is not None:
            self._drag_side(point, self._side_drag)
            return
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(point)
            return
        distance = (point - self._pressed_at).manhattanLength()
        if distance >= QApplication.startDragDistance() or self._grain is not Grain.CHARACTER:
            self._has_moved = True
        if self._has_moved and self._pressed is not None and self._pressed.zone.kind is ZoneKind.FILE:
            self._drag_file(self._pressed)
            return
        if self._is_selecting and self._has_moved:
            self._extend(point)
            is_outside = not 0 <= point.y() < self._view.viewport().height()
            if is_outside and not self._autoscroll.isActive():
                self._autoscroll.start()
            elif not is_outside:
                self._autoscroll.stop()

    def _drag_file(self, pressed: FoundZone) -> None:
        self._pressed = self._view.highlights.pressed_zone = None
        self._view.files.drag(pressed.row.message, pressed.zone.value)

    def release(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        view = self._view
        self._autoscroll.stop()
        self._side_drag = None
        was_selecting, self._is_selecting = self._is_selecting, False
        pressed, self._pressed = self._pressed, None
        view.highlights.pressed_zone = None
        if pressed is not None:
            view.refresh_row(pressed.row)
            found = view.zones.at(event.position())
            if not self._has_moved or pressed.zone.kind not in TEXT_LINKS:
                if found is not None and found.key == pressed.key:
                    view.zones.activate(found)
                self._hover(event.position())
                return
        if was_selecting:
            view.copying.copy_to_primary()
        self._hover(event.position())

    # --- selecting

    def _begin(self, point: QPointF, grain: Grain) -> None:
        place = self._view.zones.place_at(point)
        self._grain, self._is_selecting = grain, place is not None
        if place is None:
            return
        self._first = self._around(place, grain)
        self._view.selection.set(*self._first)
        self._view.viewport().update()

    def _extend(self, point: QPointF) -> None:
        place = self._view.zones.place_at(point)
        if place is None or self._first is None:
            return
        start, end = self._around(place, self._grain)
        first_start, first_end = self._first
        if start < first_start:
            self._view.selection.set(first_end, start)
        else:
            self._view.selection.set(first_start, max(end, first_end))
        self._view.viewport().update()

    def _around(self, place: Position, grain: Grain) -> tuple[Position, Position]:
        blocks = self._view.rows.open(place.message).blocks
        if grain is Grain.CHARACTER or place.block >= len(blocks):
            return place, place
        block = blocks[place.block]
        if grain is Grain.BLOCK:
            return place._replace(place=0), place._replace(place=length(block))
        start, end = word_around(block, place.place)
        return place._replace(place=start), place._replace(place=end)

    def _is_triple_click(self, point: QPointF) -> bool:
        return (
            self._since_double_click.isValid()
            and self._since_double_click.elapsed() < QApplication.doubleClickInterval()
            and (point - self._pressed_at).manhattanLength() < QApplication.startDragDistance()
        )

    def _on_autoscroll(self) -> None:
        height = self._view.viewport().height()
        y = self._last_point.y()
        beyond = y if y < 0 else y - height if y >= height else 0.0
        if not beyond or not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._autoscroll.stop()
            return
        self._view.scroll_by(beyond * AUTOSCROLL_SHARE + (2 if beyond > 0 else -2))
        self._extend(QPointF(self._last_point.x(), min(max(y, 0.0), height - 1.0)))

    # --- hovering

    def viewport_event(self, event: QEvent) -> bool:
        """Tooltips, and the pointer that leaves."""
        if event.type() == QEvent.Type.Leave:
            self._set_hovered(None, -1)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._view.zones.at(QPointF(event.pos()))
            if found is None:
                QToolTip.hideText()
            else:
                # Loaded with the first tooltip.
                from gigadesk.ui.links import read_link

                is_link = found.zone.kind is ZoneKind.LINK
                text = read_link(found.zone.value).target if is_link else found.zone.name
                QToolTip.showText(event.globalPos(), plain_tooltip(text), self._view.viewport())
            return True
        return False

    def _hover(self, point: QPointF) -> None:
        view = self._view
        found = view.zones.at(point)
        row = view.zones.row_at(point)
        self._set_hovered(found, row.message if row else -1)
        if found is not None and found.zone.is_enabled:
            shape = Qt.CursorShape.PointingHandCursor
        elif view.zones.is_over_text(point):
            shape = Qt.CursorShape.IBeamCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if view.viewport().cursor().shape() is not shape:
            view.viewport().setCursor(shape)

    def _set_hovered(self, found: FoundZone | None, message: int) -> None:
        view, highlights = self._view, self._view.highlights
        key = found.key if found else None
        if key == highlights.hovered_zone and message == highlights.hovered_message:
            return
        changed = {each[0] for each in (key, highlights.hovered_zone) if each}
        if message != highlights.hovered_message:
            for each in (message, highlights.hovered_message):
                if 0 <= each < len(view.rows) and view.rows.items[each].is_open:
                    changed.add(RowKey(each, view.rows.items[each].row_count - 1))
        highlights.hovered_zone, highlights.hovered_message = key, message
        for row in changed:
            view.refresh_row(row)

    # --- scrolling sideways

    def wheel(self, event: QWheelEvent) -> bool:
        """Scroll a wide code block or table; False when the wheel is meant for the whole."""
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
            self._scroll_side(row, self._area_at(row, event.position()), distance / (1 if event.hasPixelDelta() else 2))
        return True

    def _area_at(self, row: RowKey, point: QPointF, *, below: float = 0.0) -> int:
        box = self._view.rows.box(row)
        inside = self._view.zones.point_in_row(point, row)
        for index, area in enumerate(box.areas):
            if area.reach > 0 and area.rect.adjusted(0, 0, 0, below).contains(inside):
                return index
        return -1

    def _scroll_side(self, row: RowKey, area: int, distance: float) -> None:
        item = self._view.rows.items[row.message]
        box = self._view.rows.box(row)
        if area < 0 or not 0 < row.row <= len(item.blocks):
            return
        scrolls = item.body.side_scrolls.setdefault(item.leader(row.row - 1), [])
        scrolls.extend([0.0] * (len(box.areas) - len(scrolls)))
        scrolls[area] = min(max(0.0, min(scrolls[area], box.areas[area].reach) + distance), box.areas[area].reach)
        self._view.viewport().update()

    def _start_side_drag(self, point: QPointF) -> bool:
        row = self._view.zones.row_at(point)
        if row is None:
            return False
        area = self._area_at(row, point, below=self._view.stage.typography.px(SCROLL_BAR_HEIGHT + 4))
        inside = self._view.zones.point_in_row(point, row)
        if area < 0 or inside.y() < self._view.rows.box(row).areas[area].rect.bottom():
            return False
        scrolls = self._view.rows.items[row.message].scrolls(row.row)
        self._side_drag = (row, area, point.x(), self._view.rows.box(row).shift_of(area, scrolls))
        return True

    def _drag_side(self, point: QPointF, drag: SideDrag) -> None:
        row, area, pressed_x, start = drag
        box = self._view.rows.box(row)
        if area >= len(box.areas):
            return
        rect, reach = box.areas[area].rect, box.areas[area].reach
        distance = (point.x() - pressed_x) * (rect.width() + reach) / max(rect.width(), 1.0)
        now = box.shift_of(area, self._view.rows.items[row.message].scrolls(row.row))
        self._scroll_side(row, area, start + distance - now)
