"""The buttons below a message, and the switcher between its versions. What has no room is in the menu of "more"."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

from gigadesk.chat import Role, Status
from gigadesk.ui.transcript import wishes
from gigadesk.ui.transcript.layout.boxes import Box, Zone, ZoneKind
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart
from gigadesk.ui.transcript.messages.extras import Extras
from gigadesk.ui.transcript.messages.usage_words import has_usage, usage_action_text
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.wishes import Command

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.frame import Frame

BUTTON_SIDE = 28
GAP = 2
ARROW_SIDE = 22
_AIR = 6
"""Icons have air around them: their lines, not their buttons, stand at the edge of the text."""


class Button(NamedTuple):
    """One button, before it has a place."""

    kind: ZoneKind
    value: str
    name: str
    icon: str
    keys: str = ""


def add_buttons(box: Box, view: MessageView, extras: Extras, y: float, frame: "Frame") -> None:
    """Put the row at `y` of the box; below a question it ends where the column does, else it begins there."""
    px = frame.typography.px
    side, gap, air = px(BUTTON_SIDE), px(GAP), px(_AIR)
    is_user = view.message.role is Role.USER
    switcher_width = 0.0
    if _has_switcher(view):
        switcher_width = 2 * px(ARROW_SIDE) + round(_label(view, frame).natural_width) + px(8)
    buttons = _fitting(_buttons(view, extras, frame), (frame.width - switcher_width + air) / (side + gap))
    left = -float(air)
    if is_user:
        # The switcher, which is always seen, stands at the edge of the bubble.
        left = frame.width - switcher_width - len(buttons) * (side + gap) + (0 if switcher_width else air)
        if switcher_width:
            _add_switcher(box, view, frame.width - switcher_width + air, y, frame)
    elif switcher_width:
        left = _add_switcher(box, view, 0.0, y, frame)
    for button in buttons:
        rect = QRectF(left, y, side, side)
        box.zones.append(Zone(button.kind, (rect,), button.value, button.name, icon=button.icon, keys=button.keys))
        left += side + gap


def _buttons(view: MessageView, extras: Extras, frame: "Frame") -> list[Button]:
    """The most wanted first, and "more" at the end."""
    message, words = view.message, frame.words
    found: list[Button] = []
    if message.status not in {Status.QUEUED, Status.STREAMING} and (view.waiting is None or message.role is Role.USER):
        if message.text or message.files:
            found.append(Button(ZoneKind.COPY_MESSAGE, "", words.copy_message, "copy"))
        if frame.is_read_only:
            pass
        elif message.role is Role.USER:
            found.append(Button(ZoneKind.COMMAND, Command.EDIT, words.edit, "edit", wishes.EDIT_KEYS))
        else:
            found.append(Button(ZoneKind.REGENERATE, "", words.regenerate, "retry", wishes.AGAIN_KEYS))
        if has_usage(message):
            found.append(Button(ZoneKind.USAGE, "", usage_action_text(is_shown=extras.shows_usage), "info"))
    found.append(Button(ZoneKind.COMMAND, Command.MORE, words.more, "menu"))
    return found


def _fitting(buttons: list[Button], room: float) -> list[Button]:
    """As many as there is room for; the last stays, for the others are in its menu."""
    while len(buttons) > 1 and len(buttons) > room:
        del buttons[-2]
    return buttons


def _has_switcher(view: MessageView) -> bool:
    return len(view.siblings) > 1 and view.message.id in view.siblings


def _label(view: MessageView, frame: "Frame") -> TextPart:
    number = view.siblings.index(view.message.id) + 1
    return TextPart(f"{number}/{len(view.siblings)}", frame.typography.small, ENDLESS)


def _add_switcher(box: Box, view: MessageView, x: float, y: float, frame: "Frame") -> float:
    """Arrows to both sides of "2/3"; gives where the next button may stand."""
    words, small, px = frame.words, frame.typography.small, frame.typography.px
    place = view.siblings.index(view.message.id)
    older = view.siblings[place - 1] if place else None
    newer = view.siblings[place + 1] if place + 1 < len(view.siblings) else None
    arrow, label = px(ARROW_SIDE), _label(view, frame)
    label_x = x + arrow + px(2)
    label.x, label.y = label_x, y + round((px(BUTTON_SIDE) - small.pitch) / 2)
    label.color = frame.typography.theme.text_muted
    box.marks.append(label)
    for sibling, left, name, icon, keys in (
        (older, x, words.older_version, "chevron-left", wishes.OLDER_KEYS),
        (newer, label_x + label.natural_width + px(2), words.newer_version, "chevron-right", wishes.NEWER_KEYS),
    ):
        rect = QRectF(round(left), y + (px(BUTTON_SIDE) - arrow) / 2, arrow, arrow)
        value = str(sibling) if sibling is not None else ""
        is_there = sibling is not None
        box.zones.append(Zone(ZoneKind.BRANCH, (rect,), value, name, icon=icon, keys=keys, is_enabled=is_there))
    return x + 2 * arrow + round(label.natural_width) + px(8)
