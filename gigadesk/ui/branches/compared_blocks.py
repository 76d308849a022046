"""Two texts as blocks beside each other: which blocks belong together, and which of their places differ. No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass

from gigadesk.comparison import Change, Piece, Row, compare, compare_lines
from gigadesk.markdown.blocks import (
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
from gigadesk.ui.transcript.layout.pieces import text_of
from gigadesk.ui.transcript.messages.parsed_text import ParsedText

Span = tuple[int, int]
"""Two places of a block."""

_KIND = 0xE000
"""Before the text of a block stands a sign for its kind: a heading is not the same as a paragraph with its words."""
_KINDS = (Paragraph, Heading, CodeBlock, ItemList, Quote, Table, Formula, Footnote, Rule)


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block on one side or on both; `removed` are places of the left one, `added` of the right one."""

    left: Block | None
    right: Block | None
    removed: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    is_changed: bool = False


def compare_blocks(left: str, right: str, *, is_plain: bool) -> list[BlockRow]:
    """Both texts, block by block, as the transcript shows them; `is_plain` for what a user wrote."""
    before, after = _blocks(left, is_plain=is_plain), _blocks(right, is_plain=is_plain)
    rows = []
    i = j = 0
    for row in compare_lines([_text(block) for block in before], [_text(block) for block in after]):
        first = before[i] if row.has_left else None
        second = after[j] if row.has_right else None
        i, j = i + row.has_left, j + row.has_right
        rows.append(_row(row, first, second))
    return rows


def words_of(rows: Sequence[BlockRow], first: int, last: int) -> tuple[str, str]:
    """What was removed and what was added in these rows, for somebody who cannot see it."""
    removed = [text_of(row.left)[a:b] for row in rows[first : last + 1] if row.left is not None for a, b in row.removed]
    added = [text_of(row.right)[a:b] for row in rows[first : last + 1] if row.right is not None for a, b in row.added]
    return " ".join(removed), " ".join(added)


def _blocks(text: str, *, is_plain: bool) -> Sequence[Block]:
    parsed = ParsedText(is_plain=is_plain)
    parsed.parse(text, is_running=False)
    while not parsed.is_whole:
        parsed.parse_more(is_running=False)
    return parsed.blocks


def _text(block: Block) -> str:
    level = block.level if isinstance(block, Heading) else 0
    return f"{chr(_KIND + 16 * level + _KINDS.index(type(block)))}{text_of(block)}"


def _row(row: Row, left: Block | None, right: Block | None) -> BlockRow:
    if not row.is_changed:
        return BlockRow(left, right)
    if left is None or right is None:
        removed = () if left is None else _whole(left)
        return BlockRow(left, right, removed, () if right is None else _whole(right), is_changed=True)
    if isinstance(left, CodeBlock) and isinstance(right, CodeBlock):
        lines = compare(text_of(left), text_of(right))
        removed, added = _of_lines(lines, Change.REMOVED), _of_lines(lines, Change.ADDED)
    else:
        removed, added = _of_pieces(row.pieces, Change.REMOVED), _of_pieces(row.pieces, Change.ADDED)
    if not removed and not added:  # the same words in a block of another kind
        removed, added = _whole(left), _whole(right)
    return BlockRow(left, right, removed, added, is_changed=True)


def _whole(block: Block) -> tuple[Span, ...]:
    length = len(text_of(block))
    return ((0, length),) if length else ()


def _of_pieces(pieces: Sequence[Piece], change: Change, place: int = -1) -> tuple[Span, ...]:
    """Places of what only one side has; the sign before the text is at -1."""
    found = []
    for piece in pieces:
        if piece.change is change:
            found.append((max(place, 0), place + len(piece.text)))
        if piece.change in {Change.SAME, change}:
            place += len(piece.text)
    return tuple(span for span in found if span[0] < span[1])


def _of_lines(lines: Sequence[Row], change: Change) -> tuple[Span, ...]:
    found: list[Span] = []
    place = 0
    for line in lines:
        if not (line.has_left if change is Change.REMOVED else line.has_right):
            continue
        found.extend(_of_pieces(line.pieces, change, place))
        place += sum(len(piece.text) for piece in line.pieces if piece.change in {Change.SAME, change}) + 1
    return tuple(found)
