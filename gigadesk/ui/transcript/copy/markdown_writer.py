"""Blocks as Markdown, for parts of blocks that have no source of their own. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gigadesk.markdown.blocks import (
    Align,
    Block,
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from gigadesk.ui.transcript.copy.joining import joined
from gigadesk.ui.transcript.copy.markdown_spans import escaped, spans_text
from gigadesk.ui.transcript.layout.pieces import Cell, span_lists

_RULE_OF = {Align.DEFAULT: "---", Align.LEFT: ":--", Align.CENTER: ":-:", Align.RIGHT: "--:"}
_REFERENCE = re.compile(r"\[[^\[\]]*\](?!\()")


def markdown_text(blocks: Sequence[Block]) -> str:
    """Markdown that reads back as these blocks."""
    texts: list[str] = []
    before: Block | None = None
    is_other = False
    for block in joined(blocks):
        # Two lists that follow each other would read as one, if their marks were the same.
        is_other = _is_same_list(before, block) and not is_other
        texts.append(_block(block, is_other=is_other))
        before = block
    return "\n\n".join(texts)


def author_markdown(author: str) -> str:
    """A line that says whose the following is."""
    return f"**{escaped(author)}:**"


def needs_other_text(block: Block, source: str) -> bool:
    """Whether the source of a block says what it shows only together with the rest of its text."""
    own = source[block.source.start : block.source.end]
    if not _REFERENCE.search(own):
        return False
    return any(span.link and span.link not in own for spans in span_lists(block) for span in spans)


def _is_same_list(before: Block | None, block: Block) -> bool:
    if not isinstance(before, ItemList) or not isinstance(block, ItemList):
        return False
    return (before.start is None) == (block.start is None)


def _block(block: Block, *, is_other: bool = False) -> str:
    match block:
        case Paragraph():
            return spans_text(block.spans)
        case Heading():
            return f"{'#' * block.level} {_heading(block.spans)}"
        case CodeBlock():
            return _fenced(block)
        case Formula():
            return block.text
        case Rule():
            return "___"  # the others could be taken for marks of lists
        case Table():
            return _table(block)
        case Quote():
            return "\n".join(f"> {line}" if line else ">" for line in markdown_text(block.blocks).split("\n"))
        case Footnote():
            lines = [f"    {line}" if line else "" for line in markdown_text(block.blocks).split("\n")]
            return f"[^{block.label}]: " + "\n".join(lines).lstrip()
        case ItemList():
            return _list(block, is_other=is_other)


def _heading(spans: Cell) -> str:
    text = spans_text(spans).replace("\\\n", " ")
    return re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)


def _fenced(block: CodeBlock) -> str:
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{block.language}\n{block.text}\n{fence}"


def _list(block: ItemList, *, is_other: bool) -> str:
    texts = []
    for number, item in enumerate(block.items):
        if block.start is None:
            mark = "* " if is_other else "- "
        else:
            mark = f"{block.start + number}{')' if is_other else '.'} "
        task = "" if item.is_checked is None else "[x] " if item.is_checked else "[ ] "
        text = task + _item_text(item.blocks, is_tight=block.is_tight)
        indent = " " * len(mark)
        texts.append(mark + "\n".join(indent + line if line else "" for line in text.split("\n")).removeprefix(indent))
    return ("\n" if block.is_tight else "\n\n").join(texts)


def _item_text(blocks: Sequence[Block], *, is_tight: bool) -> str:
    if not is_tight:
        return markdown_text(blocks)
    return "\n".join(_block(inner) for inner in joined(blocks))


def _table(block: Table) -> str:
    count = max([len(block.header), *(len(row) for row in block.rows)])
    header = list(block.header) or [()] * count
    lines = [_row(header), "|" + "|".join(_RULE_OF[align] for align in _aligns(block, count)) + "|"]
    return "\n".join(lines + [_row(row) for row in block.rows])


def _aligns(block: Table, count: int) -> list[Align]:
    return [block.aligns[column] if column < len(block.aligns) else Align.DEFAULT for column in range(count)]


def _row(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: Cell) -> str:
    return spans_text(tuple(replace(span, text=span.text.replace("\n", " ")) for span in cell), is_cell=True)
