"""How high a text will be, before it is laid out. Whole pixels, as all heights are: so sums are exact. Pure."""

from gigadesk.markdown.blocks import Block, CodeBlock, Formula, Heading, ItemList, Table
from gigadesk.ui.transcript.layout.code_builder import SHOWN_LINES
from gigadesk.ui.transcript.layout.frame import Frame


def text_estimate(frame: Frame, chars: int, line_ends: int, *, is_user: bool) -> float:
    """Height of a text that is not parsed yet."""
    if not chars:
        return 0.0
    style = frame.typography.body
    width = frame.user_text_width if is_user else frame.width
    return float(round((chars * style.character_width // width + 1 + line_ends * 0.6) * style.pitch))


def folded_estimate(frame: Frame) -> float:
    """Height of a folded code."""
    return SHOWN_LINES * frame.typography.code.pitch + frame.typography.px(80)


def block_estimate(frame: Frame, block: Block, *, is_user: bool) -> float:
    """Height of a block."""
    chars = block.source.end - block.source.start
    typography = frame.typography
    if isinstance(block, CodeBlock):
        return (block.text.count("\n") + 1) * typography.code.pitch + (0 if block.continues else 46)
    if isinstance(block, Table):
        return (len(block.rows) + 1) * (typography.body.pitch + 12)
    if isinstance(block, Formula):
        return float(round(2.8 * typography.body.pitch))
    style = typography.headings[block.level - 1] if isinstance(block, Heading) else typography.body
    width = frame.user_text_width if is_user else frame.width
    lines = chars * style.character_width // width + 1
    if isinstance(block, ItemList):
        lines += len(block.items) * 0.6
    return float(round(lines * style.pitch))
