"""Paints the rows in sight. Reads everything, changes nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from gigadesk.markdown.blocks import Block, CodeBlock, Table
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.arrangement import Arranger, Placed
from gigadesk.ui.transcript.layout.box_painting import BoxPainter
from gigadesk.ui.transcript.layout.boxes import SCROLL_BAR_HEIGHT
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.layout.pixel_grid import NO_BRUSH, NO_PEN, on_pixels
from gigadesk.ui.transcript.layout.slot_painting import SlotPainter
from gigadesk.ui.transcript.messages.chrome import BUBBLE_PADDING_X, BUBBLE_PADDING_Y, ChromeBox, HeaderBox
from gigadesk.ui.transcript.messages.rows import RowKey, Rows
from gigadesk.ui.transcript.messages.thought import THOUGHT_INDENT
from gigadesk.ui.transcript.selecting.highlights import Highlights
from gigadesk.ui.transcript.selecting.selection import Selection
from gigadesk.ui.transcript.zone_painting import ZonePainter

if TYPE_CHECKING:
    from gigadesk.ui.transcript.files import Files

BUBBLE_RADIUS = 12
RING_SPACE = 10
DOTS = 3


def row_x(rows: Rows, key: RowKey) -> float:
    """Left edge of a row's box in the viewport."""
    frame = rows.frame
    item = rows.items[key.message]
    if not item.is_user and 0 < key.row <= item.thought_count:
        return frame.x + frame.typography.px(THOUGHT_INDENT)
    if not item.is_user or not 0 < key.row <= len(item.blocks):
        return frame.x
    return frame.x + frame.width - frame.typography.px(BUBBLE_PADDING_X) - item.natural_width


def _is_one_area(block: Block) -> bool:
    """Whether the next piece of a block goes on where its area ends, and has the bar for both."""
    return isinstance(block, CodeBlock | Table)


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
        self._px = rows.frame.typography.px
        self._radius = self._px(BUBBLE_RADIUS)
        self._boxes = BoxPainter(painter, rows.frame.typography)
        focused = highlights.focused_message
        self._focused_message = rows.index_of(focused) if focused is not None else None
        self._zones = ZonePainter(
            painter, rows.frame, highlights, self._focused_message, has_focus=has_focus, ratio=ratio
        )

    def paint(self, arranger: Arranger, clip: QRectF) -> None:
        """Paint what of the arrangement lies in `clip`."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bubbles(arranger, clip)
        for placed in arranger.placed:
            if placed.y < clip.bottom() and placed.y + placed.height > clip.top():
                self._paint_row(placed, clip)
        if self._has_focus and self._focused_message is not None:
            self._paint_message_focus(arranger, self._focused_message)

    def _paint_message_focus(self, arranger: Arranger, message: int) -> None:
        rows = [placed for placed in arranger.placed if placed.key.message == message]
        if not rows:
            return
        item, frame = self._rows.items[message], self._frame
        top, bottom = rows[0].y, rows[-1].y + rows[-1].height
        if rows[0].key.row == 0:
            # The header begins with empty space, and the day.
            header = item.box(0)
            top += (header.message_top if isinstance(header, HeaderBox) else 0.0) - RING_SPACE / 2
        else:
            top -= 2 * self._radius  # beyond the edge of the viewport it goes on
        if rows[-1].key.row < item.row_count - 1:
            bottom += 2 * self._radius
        # In a narrow window the scroll bar takes a part of the right margin.
        room = self._painter.viewport().width() - frame.x - frame.width
        space = max(1.0, min(RING_SPACE, room - 2, frame.x - 2))
        self._zones.paint_focus(QRectF(frame.x - space, top, frame.width + 2 * space, bottom - top))

    def _paint_bubbles(self, arranger: Arranger, clip: QRectF) -> None:
        spans: dict[int, tuple[float, float]] = {}
        for placed in arranger.placed:
            item = self._rows.items[placed.key.message]
            if not item.is_user:
                continue
            row, count = placed.key.row, item.row_count
            top, bottom = placed.y, placed.y + placed.height
            if row == 0:
                top = bottom - self._px(BUBBLE_PADDING_Y)
            elif row == count - 1:
                bottom = top + self._px(BUBBLE_PADDING_Y)
            old = spans.get(placed.key.message, (top, bottom))
            spans[placed.key.message] = (min(old[0], top), max(old[1], bottom))
        for message, (top, bottom) in spans.items():
            keys = [placed.key for placed in arranger.placed if placed.key.message == message]
            # Beyond the edge of the viewport it goes on, and may end within the curve of its corners.
            beyond, padding = 2 * self._radius, self._px(BUBBLE_PADDING_Y)
            hidden = self._rows.items[message].row_count - 1 - keys[-1].row
            above = (0, padding)[keys[0].row] if keys[0].row < 2 else beyond
            below = (0, padding)[hidden] if hidden < 2 else beyond
            if bottom + below > clip.top() and top - above < clip.bottom():
                self._paint_bubble(message, self._snap(top - above), self._snap(bottom + below))

    def _paint_bubble(self, message: int, top: float, bottom: float) -> None:
        item = self._rows.items[message]
        if not item.blocks:
            return
        width = item.natural_width + 2 * self._px(BUBBLE_PADDING_X)
        rect, hair = on_pixels(
            self._painter, QRectF(self._frame.x + self._frame.width - width, top, width, bottom - top)
        )
        self._painter.setPen(NO_PEN)
        self._painter.setBrush(QBrush(self._theme.user_bubble))
        if item.view.waiting is not None:
            # What was not sent yet is only outlined.
            self._painter.setPen(QPen(self._theme.text_muted, hair, Qt.PenStyle.DashLine))
            self._painter.setBrush(NO_BRUSH)
            rect.adjust(hair / 2, hair / 2, -hair / 2, -hair / 2)
        self._painter.drawRoundedRect(rect, self._radius, self._radius)

    def _paint_row(self, placed: Placed, clip: QRectF) -> None:
        rows, key = self._rows, placed.key
        item = rows.items[key.message]
        box = item.box(key.row)
        x, y = self._snap(row_x(rows, key)), self._snap(placed.y + item.gap(key.row))
        if 0 < key.row <= item.thought_count:
            bar = QRectF(self._frame.x + 1, placed.y, self._px(2), placed.height)
            self._painter.fillRect(bar, self._theme.quote_bar)
        scrolls = item.scrolls(key.row)
        painter = self._painter
        painter.translate(x, y)
        local = clip.translated(-x, -y)
        is_block = 0 < key.row <= len(item.blocks)
        selected = self._selection.in_block(key.message, key.row - 1) if is_block else None
        marks = self._highlights.marks(key) if self._highlights.marks is not None and is_block else ()
        self._boxes.paint_layer(box, -1, local, selected, marks)
        for index, area in enumerate(box.areas):
            shift = box.shift_of(index, scrolls)
            painter.save()
            painter.setClipRect(area.rect, Qt.ClipOperation.IntersectClip)
            painter.translate(-shift, 0)
            self._boxes.paint_layer(box, index, local.intersected(area.rect).translated(shift, 0), selected, marks)
            painter.restore()
            if area.reach > 0 and not (item.is_continued(key.row - 1) and _is_one_area(item.blocks[key.row - 1])):
                self._paint_scroll_bar(area.rect, area.reach, shift)
        if isinstance(box, ChromeBox) and box.slots:
            self._paint_slots(box, local)
        for rect, path in box.pictures:
            if rect.intersects(local):
                slot_painter = SlotPainter(painter, self._frame.typography, self._files, self._ratio, 0)
                slot_painter.paint_picture(rect, path)
        self._boxes.paint_marks(box, local)
        top, bottom = local.top() - RING_SPACE, local.bottom() + RING_SPACE
        for zone in box.zones:
            if any(rect.top() <= bottom and rect.bottom() >= top for rect in zone.rects):
                self._zones.paint(key, box, zone, scrolls)
        if isinstance(box, ChromeBox) and box.indicator is not None:
            self._paint_indicator(box.indicator)
        painter.translate(-x, -y)

    def _paint_slots(self, box: ChromeBox, clip: QRectF) -> None:
        typography, beat = self._frame.typography, self._highlights.beat
        slot_painter = SlotPainter(self._painter, typography, self._files, self._ratio, beat)
        for slot in box.slots:
            if slot.rect.intersects(clip):
                slot_painter.paint(slot)

    def _paint_scroll_bar(self, rect: QRectF, reach: float, shift: float) -> None:
        share = rect.width() / (rect.width() + reach)
        length = max(float(self._px(24)), rect.width() * share)
        left = rect.left() + (rect.width() - length) * (shift / reach)
        color = QColor(self._theme.text_faint)
        color.setAlphaF(0.55)
        self._painter.setPen(NO_PEN)
        self._painter.setBrush(QBrush(color))
        radius = self._px(SCROLL_BAR_HEIGHT - 2) / 2
        bar = QRectF(left, rect.bottom() + self._px(3), length, 2 * radius)
        self._painter.drawRoundedRect(bar, radius, radius)

    def _paint_indicator(self, rect: QRectF) -> None:
        painter = self._painter
        painter.setPen(NO_PEN)
        radius = self._px(3)
        for dot in range(DOTS):
            color = QColor(self._theme.text_muted)
            color.setAlphaF(0.9 if dot == self._highlights.beat % DOTS else 0.35)
            painter.setBrush(QBrush(color))
            painter.drawEllipse(QPointF(rect.left() + self._px(5 + dot * 11), rect.center().y()), radius, radius)

    def _snap(self, value: float) -> float:
        return round(value * self._ratio) / self._ratio
