"""What stands around the lines of code: its language, its buttons, and the line that folds it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gigadesk.markdown.blocks import CodeBlock
from gigadesk.markdown.languages import proper_name
from gigadesk.ui.transcript.layout import labels
from gigadesk.ui.transcript.layout.boxes import Box, Zone, ZoneKind
from gigadesk.ui.transcript.layout.code_facts import CodeFacts
from gigadesk.ui.transcript.layout.line_zones import ARROW_SIDE
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Look

PADDING = 12
BUTTON_SIDE = 26
_GAP = 2
_LABEL_EMS = 6.0
"""So much of the label stays when there is no room for all buttons."""


def header_height(look: "Look") -> float:
    px = look.typography.px
    return max(px(BUTTON_SIDE), look.typography.small.pitch) + px(8)


def add_header(box: Box, look: "Look", block: CodeBlock, facts: CodeFacts, place: QRectF) -> float:
    """Put the header into a box, from the corner of `place` and as wide; returns its height."""
    typography = look.typography
    height = header_height(look)
    left = _add_buttons(box, look, block, facts, place, height)
    label = labels.label(typography, _label(look, block, facts), typography.small, ENDLESS)
    label.x, label.y = place.x() + typography.px(PADDING), place.y() + round((height - typography.small.pitch) / 2)
    label.color = typography.theme.text_muted
    if label.x + label.natural_width > left:
        label = _shortened(label, left)
    box.marks.append(label)
    if facts.hidden:
        warning = TextPart(look.words.hidden_characters.format(count=facts.hidden), typography.small, ENDLESS)
        warning.x, warning.y = label.x + label.natural_width + typography.px(16), label.y
        warning.color = typography.theme.warning
        if warning.x + warning.natural_width <= left:
            box.marks.append(warning)
    return height


def add_footer(box: Box, look: "Look", block: CodeBlock, facts: CodeFacts, place: QRectF) -> float:
    """Put the line that folds or unfolds a long code below it; returns how much higher the block becomes."""
    if not facts.can_fold or (block.is_open and not facts.is_folded):
        return 0.0
    typography, words, px = look.typography, look.words, look.typography.px
    text = words.show_lines.format(count=facts.lines) if facts.is_folded else words.fold_code
    label = labels.label(typography, text, typography.small, ENDLESS)
    width, height = px(ARROW_SIDE + 16) + label.natural_width, typography.small.pitch + px(8)
    rect = QRectF(place.x() + px(PADDING - 6), place.y(), width, height)
    label.x, label.y = rect.x() + px(ARROW_SIDE + 8), rect.y() + px(4)
    label.color = typography.theme.text_muted
    box.marks.append(label)
    icon = "chevron-down" if facts.is_folded else "chevron-up"
    box.zones.append(Zone(ZoneKind.CODE_FOLD, (rect,), f"{facts.number} foot", text, icon=icon, is_line=True))
    return rect.height() + 2


def _add_buttons(box: Box, look: "Look", block: CodeBlock, facts: CodeFacts, place: QRectF, height: float) -> float:
    """From the right to the left as there is room; returns where they begin."""
    words, view, value = look.words, facts.view, str(facts.number)
    table = [(ZoneKind.TABLE, "table", words.open_table, False)] if block.is_table else []
    buttons = [
        *table,
        (ZoneKind.COPY_CODE, "copy", words.copy_code, False),
        (ZoneKind.CODE_SAVE, "save", words.save_code, False),
        (ZoneKind.CODE_WRAP, "wrap", words.unwrap_lines if view.is_wrapped else words.wrap_lines, view.is_wrapped),
        (
            ZoneKind.CODE_NUMBERS,
            "line-numbers",
            words.hide_line_numbers if view.has_numbers else words.show_line_numbers,
            view.has_numbers,
        ),
    ]
    if facts.can_fold:
        name = words.show_lines.format(count=facts.lines) if facts.is_folded else words.fold_code
        icon = "chevron-down" if facts.is_folded else "chevron-up"
        buttons.insert(2, (ZoneKind.CODE_FOLD, icon, name, False))
    px = look.typography.px
    side, left = px(BUTTON_SIDE), place.right() - px(5)
    least = place.x() + px(PADDING) + _LABEL_EMS * look.typography.em
    for kind, icon, name, is_checked in buttons:
        if left - side < least and kind not in {ZoneKind.COPY_CODE, ZoneKind.TABLE}:
            break
        left -= side
        rect = QRectF(left, place.y() + (height - side) / 2, side, side)
        box.zones.append(Zone(kind, (rect,), value, name, icon=icon, is_checked=is_checked))
        left -= px(_GAP)
    return left - px(4)


def _label(look: "Look", block: CodeBlock, facts: CodeFacts) -> str:
    """The language, and quietly a guess; what is read as text is code all the same."""
    if block.is_table:
        return look.words.large_table
    if block.language:
        return proper_name(block.language)[:40] or look.words.code
    guessed = proper_name(facts.colors.language) if facts.colors else ""
    return f"{look.words.code} · {guessed}" if guessed else look.words.code


def _shortened(label: TextPart, right: float) -> TextPart:
    share = max(0.0, right - label.x) / max(1.0, label.natural_width)
    shorter = TextPart(label.text[: max(1, int(len(label.text) * share) - 1)] + "…", label.line_style, ENDLESS)
    shorter.x, shorter.y, shorter.color = label.x, label.y, label.color
    return shorter
