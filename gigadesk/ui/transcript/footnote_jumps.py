"""From the number in a text to its footnote, and back."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gigadesk.markdown.blocks import Block, Footnote, ItemList, Quote
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.layout.pieces import pieces
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.zones import FoundZone

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class FootnoteJumps:
    """Brings the other end into sight and gives it the light of the keyboard. Never leaves the message."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self._origin: FoundZone | None = None
        """The number that was followed last."""

    def follow(self, found: FoundZone) -> None:
        """Go to the other end of a footnote's number or arrow."""
        is_reference = found.zone.kind is ZoneKind.FOOTNOTE
        other = ZoneKind.FOOTNOTE_BACK if is_reference else ZoneKind.FOOTNOTE
        label = found.zone.value
        origin, self._origin = self._origin, found if is_reference else None
        if not is_reference and origin is not None and self._return_to(origin, found):
            return
        blocks = self._view.rows.open(found.row.message).blocks
        for index in self._places(blocks, label, is_note=is_reference):
            if self._show(RowKey(found.row.message, index + 1), other, label):
                return

    def _return_to(self, origin: FoundZone, found: FoundZone) -> bool:
        """Go back to where the reader came from; False if that was another note."""
        if origin.row.message != found.row.message or not _same(origin.zone.value, found.zone.value):
            return False
        return self._show(origin.row, origin.zone.kind, origin.zone.value, near=origin.zone.rects[0])

    def _places(self, blocks: Sequence[Block], label: str, *, is_note: bool) -> Iterator[int]:
        """Blocks that may hold the other end. The arrow of a long note is in its last piece."""
        for index, block in enumerate(blocks):
            if any(_same(note.label, label) for note in _notes(block)) if is_note else _refers(block, label):
                yield index

    def _show(self, row: RowKey, kind: ZoneKind, label: str, *, near: QRectF | None = None) -> bool:
        """Bring a zone of a row into sight; False if there is none such."""
        view = self._view
        if not 0 < row.row <= len(view.rows.open(row.message).blocks):
            return False
        zones = [zone for zone in view.rows.box(row).zones if zone.kind is kind and _same(zone.value, label)]
        if not zones:
            return False
        zone = next((zone for zone in zones if near is not None and zone.rects[0] == near), zones[0])
        found = FoundZone(row, zone)
        rect = view.zones.rect(found) if any(placed.key == row for placed in view.arranged().placed) else None
        height = view.viewport().height()
        if rect is None or rect.top() < 0 or rect.bottom() > height:
            top = view.rows.top_of(row) + view.rows.items[row.message].gap(row.row) + zone.rects[0].top()
            view.show_offset(max(0.0, top - height / 3))
        view.keyboard.put_light_on(found)
        return True


def _same(label: str, other: str) -> bool:
    return label.casefold() == other.casefold()


def _notes(block: Block) -> Iterator[Footnote]:
    match block:
        case Footnote():
            yield block
            for inner in block.blocks:
                yield from _notes(inner)
        case Quote():
            for inner in block.blocks:
                yield from _notes(inner)
        case ItemList():
            for item in block.items:
                for inner in item.blocks:
                    yield from _notes(inner)


def _refers(block: Block, label: str) -> bool:
    return any(span.footnote and _same(span.footnote, label) for piece in pieces(block) for span in piece.spans)
