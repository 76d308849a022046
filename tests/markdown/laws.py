"""What holds for every text, as functions that raise when it does not. For tests and for `tests.hostile_run`."""

import random
import re
from itertools import pairwise

from gigadesk import limits
from gigadesk.markdown import Parser
from gigadesk.markdown.blocks import Block, CodeBlock, Footnote, ItemList, ListItem, Paragraph, Quote, Table
from gigadesk.markdown.cuts import LINE_CHARS, MAX_NESTING
from tests.markdown_support import expected, shown

MOST_PIECE_CHARS = 12_000
"""Of what a view has to lay out at once."""
MOST_MARKS = 8
"""In front of a line, so that markdown-it-py does not come to the end of its nesting: it counts a list and its item."""
_OTHER_BY_DESIGN = re.compile(
    r"[$@]|\\[(\[]|://|www\.|\[\^|mailto:|[^\S \n]|[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028]", re.IGNORECASE
)


def random_cuts(text: str, choice: random.Random, most: int = 60) -> list[int]:
    """Where a text is cut: into letters, into pieces as they come, or anywhere; into `most` pieces at most."""
    size = max(choice.choice((1, 5, 80, 512, 4_000)), len(text) // most)
    even = list(range(size, len(text), size))
    return choice.choice((even, [choice.randint(0, len(text)) for _ in range(choice.randint(0, most // 2))]))


def fed(text: str, cuts: list[int], choice: random.Random | None = None) -> tuple[Block, ...]:
    """The blocks of a text that comes in pieces; what is told about what has changed is true at each of them."""
    parser = Parser()
    for start, end in pairwise(sorted({0, *cuts, len(text)})):
        before = tuple(parser.blocks)
        first_changed = parser.feed(text[start:end], shows_tail=choice is None or choice.random() < 0.7)
        assert tuple(parser.blocks[:first_changed]) == before[:first_changed], "changed, and not told"
    while not parser.is_finished:
        before = tuple(parser.blocks)
        first_changed = parser.finish_some()
        assert tuple(parser.blocks[:first_changed]) == before[:first_changed], "changed at the end, and not told"
    assert parser.text == text
    return tuple(parser.blocks)


def check_sources(text: str, blocks: tuple[Block, ...]) -> None:
    """They follow each other without overlap, hold every character that is not blank, and those of parts lie inside."""
    position = 0
    for block in blocks:
        assert not text[position : block.source.start].strip(), "text that belongs to no block"
        assert position <= block.source.start <= block.source.end <= len(text), "sources out of order"
        _check_inside(text, block)
        position = block.source.end
    assert not text[position:].strip(), "text behind the last block"


def _check_inside(text: str, block: Block | ListItem) -> None:
    end = block.source.start
    for part in parts_of(block):
        assert end <= part.source.start <= part.source.end, "parts out of order"
        assert not text[block.source.end : part.source.end].strip(), "a part that lies outside"
        end = part.source.end
        _check_inside(text, part)


def check_bounds(blocks: tuple[Block, ...]) -> None:
    """No block is larger, deeper or wider than a view can stand."""
    for block in blocks:
        assert weight(block) <= MOST_PIECE_CHARS, "too large a block"
        assert depth(block) <= MAX_NESTING + 2, "too deep a block"
        for table in tables_in(block):
            assert len(table.aligns) <= limits.TABLE_MAX_COLUMNS, "too wide a table"


def parts_of(block: Block | ListItem) -> "tuple[Block | ListItem, ...]":
    match block:
        case ItemList():
            return block.items
        case Quote() | Footnote() | ListItem():
            return block.blocks
    return ()


def tables_in(block: Block | ListItem) -> list[Table]:
    return [block] if isinstance(block, Table) else [table for part in parts_of(block) for table in tables_in(part)]


def weight(block: Block | ListItem) -> int:
    """Characters a view has to lay out at once."""
    match block:
        case CodeBlock():
            return len(block.text)
        case Table():
            rows = (block.header, *block.rows)
            return sum(len(span.text) for row in rows for cell in row for span in cell)
        case Paragraph():
            return sum(len(span.text) for span in block.spans)
    return sum(map(weight, parts_of(block)))


def depth(block: Block | ListItem) -> int:
    own = isinstance(block, Quote | Footnote | ListItem)
    return own + max(map(depth, parts_of(block)), default=0)


def is_comparable(text: str, blocks: tuple[Block, ...]) -> bool:
    """Whether markdown-it-py is to find the same structure: nothing in it is ours alone, nothing beyond our limits."""
    lines = text.split("\n")
    return (
        not _OTHER_BY_DESIGN.search(text)
        and max(map(len, lines)) < LINE_CHARS
        and not any(line.count("|") > limits.TABLE_MAX_COLUMNS for line in lines)
        and sum("|" in line for line in lines) < limits.TABLE_MAX_ROWS
        and not any(_marks_in_front(line) > MOST_MARKS for line in lines)
        and not any(block.continues for block in blocks)
    )


def _marks_in_front(line: str) -> int:
    front = re.match(r"(?:[ \t]*(?:[-+*>]|\d{1,9}[.)]|\[[ xX]\](?=[ \t]))(?=[ \t>]|$)?)*[ \t]*", line)
    return len(front[0]) // 2 if front is not None else 0


def is_as_expected(text: str, blocks: tuple[Block, ...]) -> bool:
    """The structure is markdown-it-py's.

    Five of ten thousand generated texts have another by design. The specification and its own implementation say: a
    lazy line behind a definition in a quote belongs to the quote, a backslash at the end of a definition's address is
    no part of the line end behind it, and a line that is indented by four goes on with a paragraph, whatever it begins
    with. A list behind a tick begins however many blanks are in front of it. And of `[[![[[>[[c[n]e` ![<r[]()` no more
    brackets are closed than `link_labels` looks for.
    """
    return shown(blocks) == expected(text)
