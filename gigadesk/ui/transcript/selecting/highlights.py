"""What the pointer and the keyboard have put a light on, and so which buttons are to be seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gigadesk.chat import MessageId
from gigadesk.ui.transcript.layout.boxes import Zone, ZoneKind
from gigadesk.ui.transcript.messages.rows import RowKey, Rows

ZoneKey = tuple[RowKey, tuple[ZoneKind, str, float, float]]

_QUIET = {ZoneKind.TABLE, ZoneKind.COPY_MESSAGE, ZoneKind.REGENERATE, ZoneKind.BRANCH, ZoneKind.USAGE, ZoneKind.COMMAND}


class Mark(NamedTuple):
    """A found place in a block."""

    start: int
    end: int
    is_current: bool


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
    marks: Callable[[RowKey], Sequence[Mark]] | None = None
    """What was found in a block's row; None while nothing is looked for."""

    @property
    def has_zone(self) -> bool:
        """A light is on something that can be clicked."""
        return not (self.hovered_zone is self.focused_zone is self.copied_zone is None)

    def note_last_answer(self, rows: Rows) -> None:
        """The buttons of the last answer are always shown, once it is there."""
        last = range(len(rows) - 1, max(-1, len(rows) - 3), -1)
        loud = next((message for message in last if not rows.items[message].is_user), None)
        # Alone below the sign of life or of waiting, the three dots of "more" would look like a part of it.
        self.loud_messages = set() if loud is None or rows.items[loud].is_running else {loud}


def shows_zone(zone: Zone, key: RowKey, highlights: Highlights, focused_message: int | None) -> bool:
    """Whether a button is visible now: those below a message wait for the pointer or the keyboard."""
    if zone.kind not in _QUIET or (key.message in highlights.loud_messages and zone.kind is not ZoneKind.TABLE):
        return True
    if zone.kind is ZoneKind.BRANCH:
        return True
    focused = highlights.focused_zone
    return key.message in {highlights.hovered_message, focused_message, focused[0].message if focused else -1}
