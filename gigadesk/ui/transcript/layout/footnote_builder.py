"""Lays out a footnote: its number, its blocks in small type, and the arrow that leads back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gigadesk.markdown.blocks import Footnote
from gigadesk.ui.transcript.layout.boxes import Zone, ZoneKind
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Builder

BACK_ARROW = "↩\ufe0e"
"""With the sign that asks for the letter, not for the little picture."""


def add(builder: "Builder", block: Footnote, x: float, y: float, width: float, *, is_continued: bool) -> float:
    """Put a footnote into the builder's box; returns its height. The arrow comes with the last piece."""
    typography = builder.look.typography
    style = typography.small
    number = TextPart(f"{block.number}.", style, ENDLESS)
    indent = max(typography.gap(1.65), round(number.natural_width) + typography.gap(0.6))
    if not block.continues:
        number.x, number.y = x + indent - typography.gap(0.5) - number.natural_width, y
        number.color = typography.theme.text_muted
        builder.box.marks.append(number)
    first_part = len(builder.box.parts)
    outer = builder.color, builder.is_small
    builder.color, builder.is_small = typography.theme.text_muted, True
    height = builder.blocks(block.blocks, x + indent, y, max(width - indent, 40.0))
    builder.color, builder.is_small = outer
    height = max(height, float(style.pitch))
    if is_continued:
        return height
    return max(height, _add_arrow(builder, block, first_part, x + indent, y + height, x + width) - y)


def _add_arrow(builder: "Builder", block: Footnote, first_part: int, left: float, bottom: float, right: float) -> float:
    """Behind the last word if there is room, else below; returns where it ends."""
    typography = builder.look.typography
    arrow = TextPart(BACK_ARROW, typography.small, ENDLESS)
    arrow.color = typography.theme.link
    last = builder.box.parts[-1] if len(builder.box.parts) > first_part else None
    arrow.x, arrow.y = left, bottom
    if last is None:
        arrow.y = bottom - typography.small.pitch
    elif last.line_style is typography.small and last.area < 0 and not last.has_right_to_left and last.length:
        end = last.rects(last.start + last.length - 1, last.start + last.length)[-1].translated(last.x, last.y)
        if end.right() + typography.gap(0.4) + arrow.natural_width <= right and end.bottom() >= bottom - 1:
            arrow.x, arrow.y = end.right() + typography.gap(0.4), end.top()
    builder.box.marks.append(arrow)
    rect = QRectF(arrow.x, arrow.y, arrow.natural_width, typography.small.pitch).adjusted(-3, 0, 3, 0)
    name = builder.look.words.back_to_text.format(number=block.number)
    builder.box.zones.append(Zone(ZoneKind.FOOTNOTE_BACK, (rect,), block.label, name, is_line=True))
    return arrow.y + typography.small.pitch
