"""Blocks as Markdown, for parts of blocks that have no source of their own. Pure."""

import re
from collections.abc import Sequence

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
    Span,
    Table,
)
from gigadesk.ui.transcript.pieces import Cell

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_RULE_OF = {Align.DEFAULT: "---", Align.LEFT: ":--", Align.CENTER: ":-:", Align.RIGHT: "--:"}


def markdown_text(blocks: Sequence[Block]) -> str:
    """Markdown that reads back as these blocks."""
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _spans(block.spans)
        case Heading():
            return f"{'#' * block.level} {_spans(block.spans)}"
        case CodeBlock():
            return _fenced(block)
        case Formula():
            return block.text
        case Rule():
            return "---"
        case Table():
            return _table(block)
        case Quote():
            return "\n".join(f"> {line}".rstrip() for line in markdown_text(block.blocks).split("\n"))
        case Footnote():
            text = markdown_text(block.blocks).replace("\n", "\n    ").replace("\n    \n", "\n\n")
            return f"[^{block.label}]: {text}"
        case ItemList():
            return _list(block)


def _fenced(block: CodeBlock) -> str:
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{block.language}\n{block.text}\n{fence}"


def _list(block: ItemList) -> str:
    lines = []
    for number, item in enumerate(block.items):
        mark = "- " if block.start is None else f"{block.start + number}. "
        task = "" if item.is_checked is None else "[x] " if item.is_checked else "[ ] "
        between = "\n" if block.is_tight else "\n\n"
        text = task + between.join(_block(inner) for inner in item.blocks)
        lines.append(mark + text.replace("\n", "\n" + " " * len(mark)))
    return ("\n" if block.is_tight else "\n\n").join(lines)


def _table(block: Table) -> str:
    count = max([len(block.header), *(len(row) for row in block.rows)])
    header = list(block.header) or [()] * count
    lines = [_row(header), "|" + "|".join(_RULE_OF[align] for align in _aligns(block, count)) + "|"]
    return "\n".join(lines + [_row(row) for row in block.rows])


def _aligns(block: Table, count: int) -> list[Align]:
    return [block.aligns[column] if column < len(block.aligns) else Align.DEFAULT for column in range(count)]


def _row(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join("".join(_in_cell(span) for span in cell) for cell in cells) + " |"


def _in_cell(span: Span) -> str:
    # A bar inside of a formula parts no cells.
    text = _span(span) if span.is_formula else _span(span).replace("|", "\\|")
    return text.replace("\n", " ")


def _spans(spans: Cell) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    if span.footnote:
        return f"[^{span.footnote}]"
    if span.is_image:
        return f"![{_escaped(span.text)}]({span.link})"
    if span.is_code:
        fence = "``" if "`" in span.text else "`"
        text = f"{fence}{span.text}{fence}"
    elif span.is_formula:
        text = span.text
    else:
        text = _escaped(span.text).replace("\n", "\\\n")
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    for flag, mark in ((span.is_strike, "~~"), (span.is_italic, "*"), (span.is_bold, "**")):
        if flag:
            inner = f"{mark}{inner}{mark}"
    if span.link:
        inner = f"[{inner}]({span.link})"
    return before + inner + after


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
