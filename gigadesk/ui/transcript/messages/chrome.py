"""What stands around the text of a message: header, files, sources, state, notice, buttons. Boxes like the blocks."""

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from gigadesk.chat import Role, Status
from gigadesk.ui.notices import Action, Notice, action_text
from gigadesk.ui.transcript.layout.boxes import Box, Fill, Zone, ZoneKind
from gigadesk.ui.transcript.layout.file_boxes import FileBoxes, Slot
from gigadesk.ui.transcript.layout.line_zones import add_line_zone
from gigadesk.ui.transcript.layout.source_boxes import add_sources
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart
from gigadesk.ui.transcript.layout.typography import Typography
from gigadesk.ui.transcript.messages.button_row import BUTTON_SIDE, add_buttons
from gigadesk.ui.transcript.messages.days import begins_day
from gigadesk.ui.transcript.messages.extras import Extras
from gigadesk.ui.transcript.messages.thought import Thought
from gigadesk.ui.transcript.messages.usage_words import has_usage, usage_text
from gigadesk.ui.transcript.messages.waiting_line import add_waiting_line
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.words import day_text, thought_text, time_text

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.frame import Frame

BUBBLE_PADDING_X = 14
BUBBLE_PADDING_Y = 9
CARD_PADDING = 12
INDICATOR_HEIGHT = 22
FIRST_SPACE = 20


@dataclass(slots=True)
class ChromeBox(Box):
    """A box of the chrome. `indicator` is where the sign of life of a running answer is painted."""

    indicator: QRectF | None = None
    slots: list[Slot] = field(default_factory=list)
    """Where files are painted."""


@dataclass(slots=True)
class HeaderBox(Box):
    """A box above a message."""

    message_top: float = 0.0
    """Where the message itself begins, below its day and the space."""


def header_box(view: MessageView, frame: "Frame", thought: Thought | None, *, before: float | None) -> HeaderBox:
    """The space above a message; model, time and thoughts of an answer. The last pixels belong to the user's bubble.

    `before` is when the message above was written; None for the first. The first of a day stands below its name.
    """
    width, typography, words = frame.width, frame.typography, frame.words
    is_user = view.message.role is Role.USER
    box = HeaderBox()
    above: float = FIRST_SPACE if before is None else typography.gap(1.6 if is_user else 0.4)
    day = begins_day(before, view.message.created_at, frame.today)
    if day is not None:
        above = _add_day(box, day_text(day, frame.today), frame, is_first=before is None)
    box.message_top = above
    if is_user:
        box.height = above + typography.px(BUBBLE_PADDING_Y)
        return box
    name = TextPart(view.message.model or words.assistant, typography.small_bold, ENDLESS)
    name.y, name.color = above, typography.theme.text_muted
    moment = TextPart("·  " + time_text(view.message.created_at), typography.small, ENDLESS)
    moment.x, moment.y, moment.color = name.natural_width + typography.px(7), above, typography.theme.text_muted
    box.marks.append(name)
    if moment.x + moment.natural_width <= width:
        box.marks.append(moment)
    box.height = above + typography.small.pitch + typography.gap(0.45)
    if thought is not None:
        label = thought_text(thought.seconds, is_running=thought.is_running)
        y = box.height - typography.gap(0.2)
        bottom = add_line_zone(box, ZoneKind.FOLD, label, y, typography, is_unfolded=not thought.is_folded)
        box.height = bottom + typography.gap(0.35)
    return box


def _add_day(box: Box, text: str, frame: "Frame", *, is_first: bool) -> float:
    """The name of a day in the middle, between two hair lines; returns where the message begins."""
    typography, theme, width = frame.typography, frame.typography.theme, frame.width
    label = TextPart(text, typography.small, ENDLESS)
    label.x, label.color = round((width - label.natural_width) / 2), theme.text_muted
    label.y = FIRST_SPACE if is_first else typography.gap(1.6)
    box.marks.append(label)
    line_width = label.x - typography.gap(1)
    if line_width > 0:
        y = label.y + round(typography.small.pitch / 2)
        for x in (0.0, width - line_width):
            box.ornaments.append(Fill(QRectF(x, y, line_width, 1), theme.border))
    return label.y + typography.small.pitch + typography.gap(1.2)


def trailer_box(view: MessageView, frame: "Frame", extras: Extras) -> ChromeBox:
    """What stands below a message's text."""
    box = ChromeBox()
    width, typography = frame.width, frame.typography
    message = view.message
    is_user = message.role is Role.USER
    # The bubble of the user's text ends here.
    height = float(typography.px(BUBBLE_PADDING_Y)) if is_user and message.text else 0.0
    if message.files:
        files = FileBoxes(box, box.slots, view, frame)
        height = files.add_user(height) if is_user else files.add_answer(height)
    if message.sources:
        height = add_sources(box, message.sources, height, frame, shows_all=extras.shows_all_sources)
    if message.status is Status.STREAMING:
        height = _add_life(box, view, extras, height, frame)
    elif message.status is Status.QUEUED or (view.waiting is not None and not is_user):
        height = add_waiting_line(box, view, height, frame)
    if view.notice is not None:
        if message.text and not is_user:
            height += typography.gap(0.7)
        height = _add_notice(box, view.notice, height, width, frame)
    height += typography.px(4)
    add_buttons(box, view, extras, height, frame)
    box.height = height + typography.px(BUTTON_SIDE)
    if extras.shows_usage and has_usage(message):
        usage = TextPart(usage_text(message), typography.small, width)
        usage.y, usage.color = box.height + 2, typography.theme.text_muted
        box.marks.append(usage)
        box.height = usage.y + usage.height + 4
    return box


def _add_life(box: ChromeBox, view: MessageView, extras: Extras, y: float, frame: "Frame") -> float:
    """The sign of life, and beside it what is going on."""
    px = frame.typography.px
    box.indicator = QRectF(0, y + px(2), px(40), px(INDICATOR_HEIGHT))
    note = retry_text(extras) or (view.tool_note if extras.tool_note is None else extras.tool_note)
    if not note:
        return y + px(INDICATOR_HEIGHT) + px(4)
    style = frame.typography.small
    label = TextPart(note, style, max(60.0, frame.width - px(44)))
    label.x, label.y = px(44), y + px(2) + round((px(INDICATOR_HEIGHT) - style.pitch) / 2)
    label.color = frame.typography.theme.text_muted
    box.marks.append(label)
    return y + max(px(INDICATOR_HEIGHT), label.height) + px(4)


def retry_text(extras: Extras) -> str:
    """Words about the attempt that comes next, with the seconds until then."""
    return extras.retry.replace("{seconds}", str(max(0, math.ceil(extras.retry_at - time.monotonic()))))


def _add_notice(box: Box, notice: Notice, y: float, width: float, frame: "Frame") -> float:
    """A failure stands on a card; what the user did or what mends itself is a quiet line."""
    typography = frame.typography
    theme, px = typography.theme, typography.px
    padding = px(CARD_PADDING) if notice.is_error else 0
    index = len(box.ornaments)
    left = padding + px(26 if notice.is_error else 23)
    inner = max(width - left - padding, 60.0)
    sign_rect = QRectF(padding, y + padding + (typography.body.pitch - px(16)) / 2, px(16), px(16))
    sign = "warning" if notice.is_error else "info"
    box.zones.append(Zone(ZoneKind.ACTION, (sign_rect,), "", "", icon=sign, is_enabled=False))
    place = y + padding
    for text, style, color, gap in (
        (notice.title, typography.bold, theme.danger if notice.is_error else theme.text_muted, 0.0),
        (notice.text, typography.body, theme.text if notice.is_error else theme.text_muted, 0.1),
        (notice.detail, typography.small, theme.text_muted, 0.3),
    ):
        if text:
            part = TextPart(text, style, inner)
            place += typography.gap(gap)
            part.x, part.y, part.color = left, place, color
            box.marks.append(part)
            place += part.height
    actions = tuple(each for each in notice.actions if each is Action.COPY or not frame.is_read_only)
    if actions:
        top = place + typography.gap(0.7)
        place = _add_actions(box, actions, left, top, width - padding, typography)
    place += padding
    if notice.is_error:
        border = QColor(theme.danger)
        border.setAlphaF(0.25)
        box.ornaments.insert(index, Fill(QRectF(0, y, width, place - y), theme.danger_background, border, px(8)))
    return place


def _add_actions(
    box: Box, actions: tuple[Action, ...], x: float, y: float, right: float, typography: Typography
) -> float:
    left, px = x, typography.px
    for action in actions:
        text = action_text(action)
        rect = _button_rect(left, y, text, typography)
        if rect.right() > right and left > x:
            left, y = x, y + rect.height() + px(6)
            rect = _button_rect(left, y, text, typography)
        box.zones.append(Zone(ZoneKind.ACTION, (rect,), action, text, text=text))
        left = rect.right() + px(8)
    return y + typography.body.pitch + px(8)


def _button_rect(x: float, y: float, text: str, typography: Typography) -> QRectF:
    # Wide enough for the font at hand: laid out once, since words are few.
    style, px = typography.body, typography.px
    return QRectF(x, y, round(TextPart(text, style, ENDLESS).natural_width) + px(24), style.pitch + px(8))
