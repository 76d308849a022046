"""Lays out formulas: in a line of text, or alone and centred; as their source while there is no picture of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from gigadesk.markdown.blocks import Formula, Span
from gigadesk.ui.transcript.layout.boxes import SCROLL_BAR_HEIGHT, Area
from gigadesk.ui.transcript.layout.inline_formula import InlineFormula
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart
from gigadesk.ui.transcript.layout.typography import LineStyle

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Builder

AIR = 4
LEAST_SCALE = 0.6
"""A formula in a line that is wider than the column is made smaller by this at most; else its source is shown."""


def add(builder: "Builder", block: Formula, x: float, y: float, width: float) -> float:
    """Put a formula that stands alone into the builder's box; returns its height."""
    style = builder.look.typography.body
    shape = builder.shape_of(block.text)
    if shape is None:
        return builder.text(block.spans, builder.look.typography.code, x, y, width)
    formula = InlineFormula(0, len(block.text), shape, builder.look.typography.formula_em(style))
    start = builder.next_place
    builder.next_place += len(block.text) + 1
    part = TextPart(block.text, style, ENDLESS, start=start, formulas=[formula])
    part.sources = [(start, start + len(block.text))]
    part.width = formula.width
    if formula.width <= width:
        builder.place(part, x + round((width - formula.width) / 2), y + AIR)
        return part.height + 2 * AIR
    builder.place(part, x, y + AIR, len(builder.box.areas))
    height = part.height + 2 * AIR
    builder.box.areas.append(Area(QRectF(x, y, width, height), formula.width + 1))
    builder.box.natural_width = max(builder.box.natural_width, x + width)
    return height + SCROLL_BAR_HEIGHT + 2


def inline(builder: "Builder", span: Span, place: int, style: LineStyle, width: float) -> InlineFormula | None:
    """The formula of a span as it stands in a line; None if its source is to stand there."""
    shape = builder.shape_of(span.text)
    if shape is None:
        return None
    typography = builder.look.typography
    color: QColor | None = typography.theme.link if span.link else None
    formula = InlineFormula(place, place + len(span.text), shape, typography.formula_em(style), color)
    if formula.width <= width:
        return formula
    scale = width / formula.width
    return formula.scaled(scale) if scale >= LEAST_SCALE else None
