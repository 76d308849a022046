"""Finds what is under a point or next in line for the keyboard, and does what it stands for."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from gigadesk.chat import MessageId
from gigadesk.ui.transcript import code_actions
from gigadesk.ui.transcript.layout.boxes import TEXT_LINKS, Box, Zone, ZoneKind
from gigadesk.ui.transcript.layout.pieces import length
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.painting import row_x
from gigadesk.ui.transcript.selecting.highlights import ZoneKey, shows_zone
from gigadesk.ui.transcript.selecting.selection import FAR, Position
from gigadesk.ui.transcript.wishes import Command

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class FoundZone(NamedTuple):
    """A zone and the row it is in."""

    row: RowKey
    zone: Zone

    @property
    def key(self) -> ZoneKey:
        return (self.row, self.zone.key)


class Zones:
    """Zones and places of the rows in sight."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view

    def at(self, point: QPointF) -> FoundZone | None:
        """The zone under a point of the viewport."""
        row = self.row_at(point)
        if row is None:
            return None
        item = self._view.rows.items[row.message]
        box = item.box(row.row)
        inside = self.point_in_row(point, row)
        link = box.link_at(inside.x(), inside.y(), item.scrolls(row.row))
        if link is not None:
            return FoundZone(row, link)
        # What lies on a card comes before the card itself.
        hit = [zone for zone in box.zones if zone.kind not in TEXT_LINKS and zone.rects[0].contains(inside)]
        for zone in sorted(hit, key=lambda zone: zone.kind is ZoneKind.FILE):
            if zone.name:
                return FoundZone(row, zone)
        return None

    def formula_at(self, point: QPointF) -> str:
        """Source of the formula under a point of the viewport; empty if there is none."""
        row = self.row_at(point)
        if row is None:
            return ""
        item, inside = self._view.rows.items[row.message], self.point_in_row(point, row)
        return item.box(row.row).formula_at(inside.x(), inside.y(), item.scrolls(row.row))

    def row_at(self, point: QPointF) -> RowKey | None:
        """The row at the height of a point, None below the last and above the first."""
        for placed in self._view.arranged().placed:
            if placed.y <= point.y() < placed.y + placed.height:
                return placed.key
        return None

    def point_in_row(self, point: QPointF, row: RowKey) -> QPointF:
        """A point of the viewport seen from the corner of a row's box."""
        view = self._view
        for placed in view.arranged().placed:
            if placed.key == row:
                top = placed.y + view.rows.items[row.message].gap(row.row)
                return QPointF(point.x() - row_x(view.rows, row), point.y() - top)
        return QPointF(-1, -1)

    def rect(self, found: FoundZone) -> QRectF:
        """The place of a zone in the viewport."""
        item = self._view.rows.items[found.row.message]
        corner = self.point_in_row(QPointF(0, 0), found.row)
        inside = _zone_rect(found.zone, item.box(found.row.row), item.scrolls(found.row.row))
        return inside.translated(-corner.x(), -corner.y())

    def place_at(self, point: QPointF, *, on_character: bool = False) -> Position | None:
        """The place in the text that is nearest to a point of the viewport, or that of the character under it."""
        view = self._view
        placed = view.arranged().find(point.y())
        if placed is None:
            return None
        message, row = placed.key
        item = view.rows.open(message)
        count = len(item.blocks)
        if row == 0 or not count:
            return Position(message, 0, 0)
        if row > count:
            is_below_all = point.y() >= placed.y + placed.height and not item.is_running
            # Below a chat that is complete, its end with the files and sources of the last message is meant.
            end = Position(message, FAR, 0)
            return end if is_below_all else Position(message, count - 1, length(item.blocks[count - 1]))
        inside = self.point_in_row(point, placed.key)
        box, scrolls = item.box(row), item.scrolls(row)
        return Position(message, row - 1, box.place_at(inside.x(), inside.y(), scrolls, on_character=on_character))

    def is_selected(self, point: QPointF) -> bool:
        """Whether a point is on text that is selected."""
        view = self._view
        row = self.row_at(point)
        selected = view.selection.in_block(row.message, row.row - 1) if row is not None and row.row > 0 else None
        if row is None or selected is None or row.row > len(view.rows.items[row.message].blocks):
            return False
        item = view.rows.items[row.message]
        box, inside = item.box(row.row), self.point_in_row(point, row)
        for area, rect in box.rects(*selected):
            if area >= 0 and not box.areas[area].rect.contains(inside):
                continue
            if rect.translated(-box.shift_of(area, item.scrolls(row.row)), 0).contains(inside):
                return True
        return False

    def is_over_text(self, point: QPointF) -> bool:
        """Whether a point is on the text itself, where the pointer becomes a beam."""
        view = self._view
        row = self.row_at(point)
        if row is None:
            return False
        item = view.rows.items[row.message]
        if not 0 < row.row <= len(item.blocks):
            return False
        inside = self.point_in_row(point, row)
        return any(
            part.y - 2 <= inside.y() <= part.y + part.height + 2 and part.x - 4 <= inside.x() <= part.x + part.width + 4
            for part in item.box(row.row).parts
        )

    def in_sight(self) -> list[FoundZone]:
        """All that can be activated and is in sight, line by line; what stands in one line may differ in height."""
        view = self._view
        height = view.viewport().height()
        found = []
        for placed in view.arranged().placed:
            item = view.rows.items[placed.key.message]
            for zone in item.box(placed.key.row).zones:
                each = FoundZone(placed.key, zone)
                if zone.is_enabled and zone.name and self._is_in_sight(each, height):
                    found.append(each)
        return sorted(found, key=lambda each: (round(self.rect(each).center().y()), self.rect(each).left()))

    def _is_in_sight(self, found: FoundZone, height: int) -> bool:
        rect = self.rect(found)
        if found.zone.kind in {ZoneKind.FILE, ZoneKind.PICTURE}:
            # A picture may be higher than the window.
            return rect.top() < height and rect.bottom() > 0
        return 0 <= rect.center().y() < height

    def is_shown(self, found: FoundZone) -> bool:
        return shows_zone(found.zone, found.row, self._view.highlights, self._view.walk.index)

    def rows_with(self, message: int, kind: ZoneKind) -> list[RowKey]:
        """The rows in sight of a message that have such a zone."""
        view = self._view
        keys = [placed.key for placed in view.arranger.placed if placed.key.message == message]
        item = view.rows.items[message]
        return [key for key in keys if any(zone.kind is kind for zone in item.box(key.row).zones)]

    def activate(self, found: FoundZone) -> None:  # noqa: C901, PLR0912 - one line for each kind
        """Do what a click on it means."""
        view, zone = self._view, found.zone
        if not zone.is_enabled:
            return
        message_id: MessageId = view.rows.items[found.row.message].view.message.id
        match zone.kind:
            case ZoneKind.LINK:
                view.link_activated.emit(zone.value)
                view.link_followed.emit(zone.value, zone.text)
            case ZoneKind.FOOTNOTE | ZoneKind.FOOTNOTE_BACK:
                view.footnotes.follow(found)
            case ZoneKind.TABLE:
                view.tables.activate(found)
            case kind if kind in code_actions.KINDS:
                view.codes.activate(found)
            case ZoneKind.COPY_MESSAGE:
                view.copying.copy_message(found.row.message)
                view.copying.show_copied(found.key)
            case ZoneKind.ACTION:
                view.action_requested.emit(message_id, zone.value)
            case ZoneKind.REGENERATE:
                view.regenerate_requested.emit(message_id)
            case ZoneKind.BRANCH:
                view.branch_requested.emit(int(zone.value))
            case ZoneKind.MOVE_TO_FRONT:
                view.move_to_front_requested.emit(message_id)
            case ZoneKind.FOLD | ZoneKind.SOURCES | ZoneKind.USAGE:
                view.details.toggle(found.row.message, zone.kind)
            case ZoneKind.COMMAND | ZoneKind.WAITING:
                view.commands.run(Command(zone.value), found.row.message)
            case ZoneKind.PICTURE | ZoneKind.FILE | ZoneKind.FILE_SAVE | ZoneKind.FILE_RETRY:
                view.files.activate(found.row.message, zone.kind, zone.value)


def _zone_rect(zone: Zone, box: Box, scrolls: list[float]) -> QRectF:
    """The place of a zone in its row's box, with sideways scrolling."""
    rect = QRectF(zone.rects[0])
    for other in zone.rects[1:]:
        rect = rect.united(other)
    return rect.translated(-box.shift_of(zone.area, scrolls), 0)
