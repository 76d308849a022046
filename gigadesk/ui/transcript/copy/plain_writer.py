"""Blocks as plain text, for the clipboard. Pure."""

import re
from collections.abc import Sequence

from gigadesk.markdown.blocks import (
    Block,
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from gigadesk.ui.transcript.copy.joining import joined
from gigadesk.ui.transcript.layout.pieces import Cell, shown

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PICTURES = re.compile("[\u2400-\u2421\ufffd]")


def plain_text(blocks: Sequence[Block]) -> str:
    """Paragraphs apart by an empty line; the pieces of a block that was cut are put together again."""
    return "\n\n".join(_block(block) for block in joined(blocks))


def code_text(text: str, source: str = "") -> str:
    """Code as it is to be pasted: without control characters, which a terminal might obey.

    Blocks hold pictures instead of them; `source`, which it was made from, tells them from pictures that are meant.
    """
    return _PICTURES.sub("", text) if _CONTROLS.search(source) else _CONTROLS.sub("", text)


def _block(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return _spans(block.spans)
        case CodeBlock():
            return code_text(block.text)
        case Formula():
            return block.text
        case Rule():
            return "---"
        case Table():
            rows = ([block.header] if block.header else []) + list(block.rows)
            return "\n".join("\t".join(_spans(cell).replace("\n", " ") for cell in row) for row in rows)
        case Quote():
            return "\n".join(f"> {line}".rstrip() for line in plain_text(block.blocks).split("\n"))
        case Footnote():
            mark = "" if block.continues else f"[{block.number}] "
            return mark + plain_text(block.blocks)
        case ItemList():
            between = "\n" if block.is_tight else "\n\n"
            return between.join(_item(item, _mark(block, number)) for number, item in enumerate(block.items))


def _mark(block: ItemList, number: int) -> str:
    return "• " if block.start is None else f"{block.start + number}. "


def _item(item: ListItem, mark: str) -> str:
    if item.is_checked is not None:
        mark = "☑ " if item.is_checked else "☐ "
    text = "\n".join(_block(block) for block in joined(item.blocks))
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _spans(spans: Cell) -> str:
    return _CONTROLS.sub("", "".join(f"[{span.text}]" if span.footnote else shown(span) for span in spans))
