"""Paints the rows in sight. Reads everything, changes nothing."""

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from gigadesk.chat import MessageId
from gigadesk.ui.icons import pixmap
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.arrangement import Arranger, Placed
from gigadesk.ui.transcript.boxes import SCROLL_BAR_HEIGHT, Box, Zone, ZoneKind
from gigadesk.ui.transcript.chrome import BUBBLE_PADDING_X, BUBBLE_PADDING_Y, ChromeBox
from gigadesk.ui.transcript.frame import Frame
from gigadesk.ui.transcript.line_zones import ARROW_SIDE
from gigadesk.ui.transcript.line_zones import PADDING as LINE_PADDING
from gigadesk.ui.transcript.rows import RowKey, Rows
from gigadesk.ui.transcript.selection import Selection
from gigadesk.ui.transcript.slot_painting import SlotPainter
from gigadesk.ui.transcript.thought import THOUGHT_INDENT

if TYPE_CHECKING:
    from gigadesk.ui.transcript.files import Files

BUBBLE_RADIUS = 12
ICON_SIDE = 16
RING_SPACE = 10
DOTS = 3

ZoneKey = tuple[RowKey, tuple[ZoneKind, str, float, float]]

_QUIET = {ZoneKind.COPY_MESSAGE, ZoneKind.REGENERATE, ZoneKind.BRANCH, ZoneKind.USAGE}


@dataclass(slots=True)
class Highlights:
    """What the pointer and the keyboard have put a light on."""

    hovered_message: int = -1
    hovered_zone: ZoneKey | None = None
    pressed_zone: ZoneKey | None = None
    focused_zone: ZoneKey | None = None
    focused_message: MessageId | None = None
    """Where the keyboard is on its way from message to message."""
    copied_zone: ZoneKey | None = None
    beat: int = 0
    """Phase of the sign of life."""
    loud_messages: set[int] = field(default_factory=set)
    """Messages whose buttons are always shown."""

    def note_last_answer(self, rows: Rows) -> None:
        """The buttons of the last answer are always shown."""
        last = range(len(rows) - 1, max(-1, len(rows) - 3), -1)
        loud = next((message for message in last if not rows.items[message].is_user), None)
        self.loud_messages = set() if loud is None else {loud}


def row_x(rows: Rows, key: RowKey) -> float:
    """Left edge of a row's box in the viewport."""
    frame = rows.frame
    item = rows.items[key.message]
    if not item.is_user and 0 < key.row <= item.thought_count:
        return frame.x + THOUGHT_INDENT
    if not item.is_user or not 0 < key.row <= len(item.blocks):
        return frame.x
    return frame.x + frame.width - BUBBLE_PADDING_X - item.natural_width


def shows_zone(zone: Zone, key: RowKey, highlights: Highlights, focused_message: int | None) -> bool:
    """Whether a button is visible now: those below a message wait for the pointer or the keyboard."""
    if zone.kind not in _QUIET or key.message in highlights.loud_messages:
        return True
    if zone.kind is ZoneKind.BRANCH:
        return True
    focused = highlights.focused_zone
    return key.message in {highlights.hovered_message, focused_message, focused[0].message if focused else -1}


def zone_rect(zone: Zone, box: Box, scrolls: list[float]) -> QRectF:
    """The place of a zone in its row's box, with sideways scrolling."""
    rect = QRectF(zone.rects[0])
    for other in zone.rects[1:]:
        rect = rect.united(other)
    return rect.translated(-box.shift_of(zone.area, scrolls), 0)


class RowPainter:
    """Paints rows with one painter; made anew for each paint event."""

    def __init__(
        self,
        painter: QPainter,
        rows: Rows,
        selection: Selection,
        highlights: Highlights,
        *,
        has_focus: bool,
        ratio: float,
        files: "Files",
    ) -> None:
        self._painter = painter
        self._files = files
        self._rows = rows
        self._frame: Frame = rows.frame
        self._theme: Theme = rows.frame.typography.theme
        self._selection = selection
        self._highlights = highlights
        self._has_focus = has_focus
        self._ratio = ratio

    def paint(self, arranger: Arranger, clip: QRectF) -> None:
        """Paint what of the arrangement lies in `clip`."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bubbles(arranger, clip)
        for placed in arranger.placed:
            if placed.y < clip.bottom() and placed.y + placed.height > clip.top():
                self._paint_row(placed, clip)
        if self._has_focus and self._focused_message is not None:
            self._paint_message_focus(arranger, self._focused_message)

    @property
    def _focused_message(self) -> int | None:
        focused = self._highlights.focused_message
        return self._rows.index_of(focused) if focused is not None else None

    def _paint_message_focus(self, arranger: Arranger, message: int) -> None:
        rows = [placed for placed in arranger.placed if placed.key.message == message]
        if not rows:
            return
        item, frame = self._rows.items[message], self._frame
        top, bottom = rows[0].y, rows[-1].y + rows[-1].height
        if rows[0].key.row == 0:
            # The header begins with empty space.
            marks = item.box(0).marks
            top += (marks[0].y if marks else rows[0].height - BUBBLE_PADDING_Y) - RING_SPACE / 2
        else:
            top -= 2 * BUBBLE_RADIUS  # beyond the edge of the viewport it goes on
        if rows[-1].key.row < item.row_count - 1:
            bottom += 2 * BUBBLE_RADIUS
        # In a narrow window the scroll bar takes a part of the right margin.
        room = self._painter.viewport().width() - frame.x - frame.width
        space = max(1.0, min(RING_SPACE, room - 2, frame.x - 2))
        self._paint_focus(QRectF(frame.x - space, top, frame.width + 2 * space, bottom - top))

    def _paint_bubbles(self, arranger: Arranger, clip: QRectF) -> None:
        spans: dict[int, tuple[float, float]] = {}
        for placed in arranger.placed:
            item = self._rows.items[placed.key.message]
            if not item.is_user:
                continue
            row, count = placed.key.row, item.row_count
            top, bottom = placed.y, placed.y + placed.height
            if row == 0:
                top = bottom - BUBBLE_PADDING_Y
            elif row == count - 1:
                bottom = top + BUBBLE_PADDING_Y
            old = spans.get(placed.key.message, (top, bottom))
            spans[placed.key.message] = (min(old[0], top), max(old[1], bottom))
        for message, (top, bottom) in spans.items():
            keys = [placed.key for placed in arranger.placed if placed.key.message == message]
            # Beyond the edge of the viewport it goes on.
            above = 2 * BUBBLE_RADIUS if keys[0].row > 0 else 0
            below = 2 * BUBBLE_RADIUS if keys[-1].row < self._rows.items[message].row_count - 1 else 0
            if bottom + below > clip.top() and top - above < clip.bottom():
                self._paint_bubble(message, self._snap(top - above), self._snap(bottom + below))

    def _paint_bubble(self, message: int, top: float, bottom: float) -> None:
        item = self._rows.items[message]
        if not item.blocks:
            return
        width = item.natural_width + 2 * BUBBLE_PADDING_X
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QBrush(self._theme.user_bubble))
        rect = QRectF(self._frame.x + self._frame.width - width, top, width, bottom - top)
        self._painter.drawRoundedRect(rect, BUBBLE_RADIUS, BUBBLE_RADIUS)

    def _paint_row(self, placed: Placed, clip: QRectF) -> None:
        rows, key = self._rows, placed.key
        item = rows.items[key.message]
        box = item.box(key.row)
        x, y = self._snap(row_x(rows, key)), self._snap(placed.y + item.gap(key.row))
        if 0 < key.row <= item.thought_count:
            bar = QRectF(self._frame.x + 1, placed.y, 2, placed.height)
            self._painter.fillRect(bar, self._theme.quote_bar)
        scrolls = item.scrolls(key.row)
        painter = self._painter
        painter.translate(x, y)
        local = clip.translated(-x, -y)
        is_block = 0 < key.row <= len(item.blocks)
        selected = self._selection.in_block(key.message, key.row - 1) if is_block else None
        self._paint_layer(box, -1, local, selected)
        for index, area in enumerate(box.areas):
            shift = box.shift_of(index, scrolls)
            painter.save()
            painter.setClipRect(area.rect, Qt.ClipOperation.IntersectClip)
            painter.translate(-shift, 0)
            self._paint_layer(box, index, local.translated(shift, 0), selected)
            painter.restore()
            if area.reach > 0 and not item.is_continued(key.row - 1):
                self._paint_scroll_bar(area.rect, area.reach, shift)
        if isinstance(box, ChromeBox) and box.slots:
            self._paint_slots(box, local)
        for mark in box.marks:
            painter.setPen(mark.color or self._theme.text)
            mark.draw(painter, mark.x, mark.y, local)
        for zone in box.zones:
            self._paint_zone(key, box, zone, scrolls)
        if isinstance(box, ChromeBox) and box.indicator is not None:
            self._paint_indicator(box.indicator)
        painter.translate(-x, -y)

    def _paint_slots(self, box: ChromeBox, clip: QRectF) -> None:
        slot_painter = SlotPainter(self._painter, self._theme, self._files, self._ratio, self._highlights.beat)
        for slot in box.slots:
            if slot.rect.intersects(clip):
                slot_painter.paint(slot)

    def _paint_layer(self, box: Box, area: int, clip: QRectF, selected: tuple[int, int] | None) -> None:
        painter, theme = self._painter, self._theme
        for ornament in box.ornaments:
            if ornament.area == area:
                ornament.paint(painter)
        if selected is not None:
            for rect_area, rect in box.rects(*selected):
                if rect_area == area:
                    painter.fillRect(rect, theme.selection)
        for part in box.parts:
            if part.area != area or part.y > clip.bottom() or part.y + part.height < clip.top():
                continue
            if part.pills:
                self._paint_pills(part.pills, part.x, part.y, is_selected=selected is not None)
            painter.setPen(part.color or theme.text)
            part.draw(painter, part.x, part.y, clip)

    def _paint_pills(self, pills: list[QRectF], x: float, y: float, *, is_selected: bool) -> None:
        painter = self._painter
        color = QColor(self._theme.text)
        color.setAlphaF(0.04 if is_selected else 0.065 if not self._theme.is_dark else 0.1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(color))
        for pill in pills:
            inset = pill.height() * 0.1
            painter.drawRoundedRect(pill.translated(x, y).adjusted(-2, inset, 2, -inset * 0.7), 4, 4)

    def _paint_scroll_bar(self, rect: QRectF, reach: float, shift: float) -> None:
        share = rect.width() / (rect.width() + reach)
        length = max(24.0, rect.width() * share)
        left = rect.left() + (rect.width() - length) * (shift / reach)
        color = QColor(self._theme.text_faint)
        color.setAlphaF(0.55)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QBrush(color))
        self._painter.drawRoundedRect(QRectF(left, rect.bottom() + 3, length, SCROLL_BAR_HEIGHT - 2), 2, 2)

    def _paint_zone(self, key: RowKey, box: Box, zone: Zone, scrolls: list[float]) -> None:
        highlights = self._highlights
        zone_key = (key, zone.key)
        is_hovered = highlights.hovered_zone == zone_key and zone.is_enabled
        is_focused = self._has_focus and highlights.focused_zone == zone_key
        if zone.kind is ZoneKind.LINK:
            self._paint_link(box, zone, scrolls, is_hovered=is_hovered, is_focused=is_focused)
            return
        if not shows_zone(zone, key, highlights, self._focused_message):
            return
        rect = zone.rects[0]
        is_pressed = is_hovered and highlights.pressed_zone == zone_key
        painter, theme = self._painter, self._theme
        if zone.is_line:
            self._paint_line_zone(zone, rect, is_hovered=is_hovered)
        elif zone.text:
            painter.setPen(QPen(theme.border, 1))
            painter.setBrush(QBrush(theme.selected if is_pressed else theme.hover if is_hovered else theme.surface))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(theme.text)
            painter.setFont(self._frame.typography.body.font)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, zone.text)
        elif zone.icon:
            if is_hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(theme.selected if is_pressed else theme.hover))
                painter.drawRoundedRect(rect, 6, 6)
            self._paint_icon(zone, rect, is_copied=highlights.copied_zone == zone_key, is_hovered=is_hovered)
        if is_focused:
            self._paint_focus(rect)

    def _paint_line_zone(self, zone: Zone, rect: QRectF, *, is_hovered: bool) -> None:
        """Words or a card that can be clicked: painted before, so only a breath of light lies over it."""
        if is_hovered:
            light = QColor(self._theme.text)
            light.setAlphaF(0.06)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QBrush(light))
            self._painter.drawRoundedRect(rect, 6, 6)
        if zone.icon:
            side = QRectF(rect.left() + LINE_PADDING, rect.top(), ARROW_SIDE, rect.height())
            self._paint_icon(zone, side, is_copied=False, is_hovered=is_hovered)

    def _paint_icon(self, zone: Zone, rect: QRectF, *, is_copied: bool, is_hovered: bool) -> None:
        theme = self._theme
        name = "check" if is_copied else zone.icon
        color = theme.accent if is_copied else theme.text if is_hovered else theme.text_muted
        if zone.icon == "warning":
            color = theme.danger
        if not zone.is_enabled and zone.kind is ZoneKind.BRANCH:
            color = theme.border
        drawn = _icon_pixmap(name, color.rgba(), ICON_SIDE, self._ratio)
        left = self._snap(rect.x() + (rect.width() - ICON_SIDE) / 2)
        self._painter.drawPixmap(QPointF(left, self._snap(rect.y() + (rect.height() - ICON_SIDE) / 2)), drawn)

    def _paint_link(self, box: Box, zone: Zone, scrolls: list[float], *, is_hovered: bool, is_focused: bool) -> None:
        painter = self._painter
        shift = box.shift_of(zone.area, scrolls)
        if zone.area >= 0:
            painter.save()
            painter.setClipRect(box.areas[zone.area].rect, Qt.ClipOperation.IntersectClip)
        color = QColor(self._theme.link)
        if not is_hovered:
            color.setAlphaF(0.35)
        for rect in zone.rects if is_hovered or not zone.is_line else ():
            line = QRectF(rect.left() - shift, self._snap(rect.bottom() - rect.height() * 0.16), rect.width(), 1)
            painter.fillRect(line, color)
        if is_focused:
            for rect in zone.rects:
                self._paint_focus(rect.translated(-shift, 0))
        if zone.area >= 0:
            painter.restore()

    def _paint_focus(self, rect: QRectF) -> None:
        self._painter.setPen(QPen(self._theme.accent, 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(rect.adjusted(0, 0, 0, 0), 6, 6)

    def _paint_indicator(self, rect: QRectF) -> None:
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        for dot in range(DOTS):
            color = QColor(self._theme.text_muted)
            color.setAlphaF(0.9 if dot == self._highlights.beat % DOTS else 0.35)
            painter.setBrush(QBrush(color))
            painter.drawEllipse(QPointF(rect.left() + 5 + dot * 11, rect.center().y()), 3, 3)

    def _snap(self, value: float) -> float:
        return round(value * self._ratio) / self._ratio


@functools.lru_cache(maxsize=128)
def _icon_pixmap(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    return pixmap(name, QColor.fromRgba(rgba), size, ratio)
