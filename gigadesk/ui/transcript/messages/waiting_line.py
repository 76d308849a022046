"""Below a question that was not asked yet: what it waits for, and what can be done meanwhile."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QRectF

from gigadesk.chat import Waiting, WaitState
from gigadesk.ui.transcript import wishes
from gigadesk.ui.transcript.layout.boxes import Box, Zone, ZoneKind
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.wishes import Command
from gigadesk.ui.transcript.words import chrome_words

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.frame import Frame

ICON_SIDE = 28
GAP = 6


class WaitingAction(NamedTuple):
    """One thing that can be done, for buttons and menus. With an icon the button has no words."""

    command: Command
    words: str
    keys: str
    icon: str = ""


def waiting_text(view: MessageView) -> str:
    """What a question, or its reply, waits for; empty when it does not wait."""
    waiting, words = view.waiting, chrome_words()
    if waiting is None or waiting.count == 1:
        return _alone(view, waiting)
    match waiting.state:
        case WaitState.HELD:
            return QCoreApplication.translate("Transcript", "Waits while you edit it")
        case WaitState.UNSENT:
            return QCoreApplication.translate("Transcript", "Not sent yet: {place} of {count}").format(
                place=waiting.place, count=waiting.count
            )
        case WaitState.WAITING:
            return words.waiting_in_chat.format(place=waiting.place, count=waiting.count)


def waiting_actions(waiting: Waiting) -> list[WaitingAction]:
    """What can be done with it, the most wanted first."""
    found = []
    if waiting.state is WaitState.UNSENT:
        words = (
            QCoreApplication.translate("Transcript", "Send all")
            if waiting.count > 1
            else QCoreApplication.translate("Transcript", "Send")
        )
        found.append(WaitingAction(Command.SEND_WAITING, words, wishes.SEND_WAITING_KEYS))
    found.append(WaitingAction(Command.EDIT, QCoreApplication.translate("Transcript", "Edit"), wishes.EDIT_KEYS))
    found.append(
        WaitingAction(Command.TAKE_BACK, QCoreApplication.translate("Transcript", "Take back"), wishes.TAKE_BACK_KEYS)
    )
    if waiting.can_move_up:
        words = QCoreApplication.translate("Transcript", "Ask before the one above")
        found.append(WaitingAction(Command.MOVE_UP, words, wishes.MOVE_UP_KEYS, "chevron-up"))
    if waiting.can_move_down:
        words = QCoreApplication.translate("Transcript", "Ask after the one below")
        found.append(WaitingAction(Command.MOVE_DOWN, words, wishes.MOVE_DOWN_KEYS, "chevron-down"))
    if waiting.count > 2 and (waiting.can_move_up or waiting.can_move_down):
        found.append(WaitingAction(Command.ORDER, QCoreApplication.translate("Transcript", "Order…"), ""))
    return found


def add_waiting_line(box: Box, view: MessageView, y: float, frame: "Frame") -> float:
    """Words with a clock, then the buttons, as many in a line as there is room for; gives where it ends."""
    style, px = frame.typography.body, frame.typography.px
    height = style.pitch + px(8)
    label = TextPart(waiting_text(view), style, max(60.0, frame.width - px(24)))
    label.x, label.y, label.color = px(24), y + px(4), frame.typography.theme.text_muted
    box.marks.append(label)
    clock = QRectF(0, y + px(4) + (style.pitch - px(16)) / 2, px(16), px(16))
    box.zones.append(Zone(ZoneKind.WAITING, (clock,), "", "", icon="clock", is_enabled=False))
    x = label.x + min(label.natural_width, frame.width - px(24)) + px(12)
    if label.height > style.pitch:
        x, y = px(24), y + label.height + px(4)
    for zone, text in _buttons(view, frame):
        side = px(ICON_SIDE)
        width = side if not text else round(TextPart(text, style, ENDLESS).natural_width) + px(24)
        if x + width > frame.width and x > px(24):
            x, y = px(24), y + height + px(GAP)
        rect = QRectF(x, y, width, height) if text else QRectF(x, y + (height - side) / 2, side, side)
        box.zones.append(Zone(zone.kind, (rect,), zone.value, zone.name, icon=zone.icon, text=text, keys=zone.keys))
        x += width + px(GAP)
    return y + height + px(4)


def _buttons(view: MessageView, frame: "Frame") -> list[tuple[Zone, str]]:
    """Zones without a place, with the words on them."""
    found = []
    # Past what waits in other chats: in its own the order is for the other buttons to change.
    if view.queue_position > 1 and (view.waiting is None or view.waiting.place == 1):
        found.append((Zone(ZoneKind.MOVE_TO_FRONT, (), "", frame.words.move_to_front), frame.words.move_to_front))
    if view.waiting is not None:
        for action in waiting_actions(view.waiting):
            zone = Zone(ZoneKind.WAITING, (), action.command, action.words, icon=action.icon, keys=action.keys)
            found.append((zone, "" if action.icon else action.words))
    return found


def _alone(view: MessageView, waiting: Waiting | None) -> str:
    words, place = chrome_words(), view.queue_position
    if waiting is not None and waiting.state is WaitState.UNSENT:
        return QCoreApplication.translate("Transcript", "Not sent yet")
    if waiting is not None and waiting.state is WaitState.HELD:
        return QCoreApplication.translate("Transcript", "Waits while you edit it")
    return words.waiting_place.format(place=place) if place else words.waiting
