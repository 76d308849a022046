"""What assistive technology can do with a message: the buttons around it, and the links and buttons in its text."""

from typing import TYPE_CHECKING, NamedTuple

from gigadesk.ui.transcript.layout.boxes import Zone
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.zones import FoundZone

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

LAID_OUT_MAX = 60
"""Of a message with more blocks, only those in sight are looked through: who reads on brings the others there."""


class AccessibleAction(NamedTuple):
    """One thing to do. The name is for programs, and no other action of the message has it."""

    name: str
    words: str
    found: FoundZone


def actions_of(view: "Transcript", index: int) -> list[AccessibleAction]:
    """In reading order: what is above the text, in it, and below it. Header and trailer are laid out apart."""
    item = view.rows.open(index)
    last = item.row_count - 1
    zones = [FoundZone(RowKey(index, 0), zone) for zone in item.make_header().zones]
    for row in _rows(view, index):
        zones += [FoundZone(row, zone) for zone in view.rows.box(row).zones]
    zones += [FoundZone(RowKey(index, last), zone) for zone in item.make_trailer().zones]
    actions: list[AccessibleAction] = []
    counts: dict[str, int] = {}
    for found in zones:
        if found.zone.is_enabled and found.zone.name:
            name = _name(found.zone)
            counts[name] = counts.get(name, 0) + 1
            unique = name if counts[name] == 1 else f"{name}#{counts[name]}"
            actions.append(AccessibleAction(unique, found.zone.name, found))
    return actions


def _rows(view: "Transcript", index: int) -> list[RowKey]:
    count = len(view.rows.items[index].blocks)
    if count <= LAID_OUT_MAX:
        return [RowKey(index, row) for row in range(1, count + 1)]
    return [each.key for each in view.arranger.placed if each.key.message == index and 0 < each.key.row <= count]


def _name(zone: Zone) -> str:
    return f"{zone.kind}:{zone.value}" if zone.value else str(zone.kind)
