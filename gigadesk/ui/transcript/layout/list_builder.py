"""Lays out lists and quotes: their marks stand before the text, on the right where it begins from right to left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from gigadesk.markdown.blocks import Formula, Heading, ItemList, ListItem, Paragraph, Quote
from gigadesk.ui.transcript.layout import labels
from gigadesk.ui.transcript.layout.boxes import Bullet, CheckBox, Fill
from gigadesk.ui.transcript.layout.letters import starts_right_to_left
from gigadesk.ui.transcript.layout.pieces import span_lists

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Builder


def add_quote(builder: "Builder", block: Quote, x: float, y: float, width: float) -> float:
    """Put a quote into the builder's box; returns its height."""
    typography = builder.look.typography
    indent = typography.gap(1.1)
    outer, builder.color = builder.color, typography.theme.text_muted
    is_mirrored = _is_mirrored(block)
    height = builder.blocks(block.blocks, x if is_mirrored else x + indent, y, max(width - indent, 40.0))
    builder.color = outer
    thickness = typography.px(3)
    bar = QRectF(x + width - thickness if is_mirrored else x, y, thickness, height)
    builder.box.ornaments.append(Fill(bar, typography.theme.quote_bar, radius=bar.width() / 2))
    return height


def add_list(builder: "Builder", block: ItemList, x: float, y: float, width: float) -> float:
    """Put a list into the builder's box; returns its height."""
    typography = builder.look.typography
    indent = typography.gap(1.65)
    if block.start is not None:
        last = f"{block.start + len(block.items) - 1}."
        indent = max(indent, round(len(last) * typography.body.character_width * 1.15) + typography.gap(0.6))
    indent = min(indent, max(typography.gap(1.65), round(width / 3)))
    height = 0.0
    is_mirrored = _is_mirrored(block)
    builder.list_depth += 1
    for number, item in enumerate(block.items):
        if number:
            height += typography.gap(0.3 if block.is_tight else 0.75)
        label = f"{block.start + number}." if block.start is not None else ""
        if is_mirrored and label:
            label = f".{label[:-1]}"
        height += _add_item(builder, item, label, x, y + height, width, indent, block, is_mirrored)
    builder.list_depth -= 1
    return height


def _add_item(
    builder: "Builder",
    item: ListItem,
    label: str,
    x: float,
    y: float,
    width: float,
    indent: int,
    parent: ItemList,
    is_mirrored: bool,  # noqa: FBT001 - positional like the other places
) -> float:
    typography = builder.look.typography
    first = item.blocks[0] if item.blocks else None
    style = typography.headings[first.level - 1] if isinstance(first, Heading) else builder.body
    count = len(builder.box.parts)
    beside = x if is_mirrored else x + indent
    height = builder.blocks(item.blocks, beside, y, max(width - indent, 40.0), is_tight=parent.is_tight)
    lowered = 0.0
    if isinstance(first, Paragraph | Heading | Formula) and count < len(builder.box.parts):
        # A formula may be higher than the line that the mark is made for.
        part = builder.box.parts[count]
        lowered = max(0.0, part.y + part.first_baseline - y - style.baseline)
    y += lowered
    # Marks stand at half the height of a small letter above the first line's baseline.
    middle = y + style.baseline - typography.em * 0.27
    theme = typography.theme
    if item.is_checked is not None:
        side = round(typography.em * 0.95)
        # Centred on capital letters.
        top = round(y + style.baseline - typography.em * 0.36 - side / 2)
        left = _mirrored(typography.px(2), side, width) if is_mirrored else typography.px(2)
        builder.box.ornaments.append(CheckBox(QRectF(x + left, top, side, side), item.is_checked, theme))
    elif label:
        mark = labels.label(typography, label, style, indent)
        left = indent - typography.gap(0.5) - mark.natural_width
        mark.x, mark.y = x + (_mirrored(left, mark.natural_width, width) if is_mirrored else left), y
        mark.color = theme.text_muted
        builder.box.marks.append(mark)
    else:
        left = indent - typography.gap(0.85)
        center = QPointF(x + (width - left if is_mirrored else left), middle)
        builder.box.ornaments.append(
            Bullet(center, typography.em * 0.17, min(builder.list_depth - 1, 2), theme.text_muted)
        )
    return max(height, style.pitch)


def _is_mirrored(block: ItemList | Quote) -> bool:
    """Whether it begins with a text from right to left: then its marks stand on the right."""
    first = next(iter(span_lists(block)), ())
    return starts_right_to_left("".join(span.text for span in first))


def _mirrored(left: float, extent: float, width: float) -> float:
    return width - left - extent
