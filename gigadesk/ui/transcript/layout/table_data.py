"""The cells of a table, however large: rows are split when they are looked at. No Qt."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gigadesk.markdown.blocks import Align, Block, CodeBlock, Footnote, ItemList, Quote, Table
from gigadesk.markdown.tables import read_aligns, split_row
from gigadesk.ui.transcript.layout.pieces import Cell, shown

_HAS_MARKS = re.compile(r"[*_`~\[\]<>&\\!$|:@]|www")
_KEPT_CELLS = 20_000


class TableData:
    """A header and rows of plain text. A row is a line of Markdown or a tuple of cells."""

    def __init__(self, header: Sequence[str], rows: Sequence[str | tuple[str, ...]], aligns: Sequence[Align]) -> None:
        self.header = tuple(header)
        self.aligns = tuple(aligns)
        self._rows = rows

    @property
    def row_count(self) -> int:
        return len(self._rows)

    @property
    def column_count(self) -> int:
        return len(self.header)

    def row(self, index: int) -> tuple[str, ...]:
        """The cells of a row, as many as the header has."""
        row = self._rows[index]
        cells = row if isinstance(row, tuple) else tuple(_plain(cell) for cell in split_row(row)[: self.column_count])
        return cells + ("",) * (self.column_count - len(cells))

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The header, then all rows."""
        yield self.header
        for index in range(self.row_count):
            yield self.row(index)


def find(block: Block, name: str) -> Block | None:
    """The table of a block that has this name: the block itself, if it is one, or a table in a list or a quote.

    Tables are called `t0`, `t1` ..., and those that are too large to be shown as such by their number among the codes.
    """
    if _is_piece(block):
        return block
    tables, codes = 0, 0
    for leaf in _leaves(block):
        if isinstance(leaf, Table):
            if name == f"t{tables}":
                return leaf
            tables += 1
        elif isinstance(leaf, CodeBlock):
            if name == str(codes):
                return leaf if leaf.is_table else None
            codes += 1
    return None


def pieces_of(blocks: Sequence[Block], index: int, piece: Block) -> list[tuple[int, Block]]:
    """All pieces of the table that one in the block at `index` belongs to, each with the index of its block."""
    first, pieces = index, [(index, piece)]
    while (
        first and not _begins(pieces[0][1]) and (before := _piece_at(blocks, first, piece, is_next=False)) is not None
    ):
        first -= 1
        pieces.insert(0, (first, before))
    last = index
    while last + 1 < len(blocks) and (after := _piece_at(blocks, last + 1, pieces[-1][1], is_next=True)) is not None:
        last += 1
        pieces.append((last, after))
    return pieces


def _piece_at(blocks: Sequence[Block], index: int, piece: Block, *, is_next: bool) -> Block | None:
    """The piece of the same table on the other side of the edge before the block at `index`; None if it ends there.

    `piece` is the one on this side: with `is_next`, that in the block before.
    """
    upper, lower = blocks[index - 1], blocks[index]
    last, first = _last_leaf(upper), _first_leaf(lower)
    if last is None or first is None or not (_is_piece(last) and _is_piece(first)) or _begins(first):
        return None
    if not (_is_piece(lower) or lower.continues) or (is_next and last is not piece):
        return None
    return first if is_next else last


def _leaves(block: Block) -> Iterator[Block]:
    """The blocks that hold no others, in reading order."""
    match block:
        case Quote() | Footnote():
            for inner in block.blocks:
                yield from _leaves(inner)
        case ItemList():
            for item in block.items:
                for inner in item.blocks:
                    yield from _leaves(inner)
        case _:
            yield block


def _first_leaf(block: Block) -> Block | None:
    return next(_leaves(block), None)


def _last_leaf(block: Block) -> Block | None:
    return next(reversed(list(_leaves(block))), None)


def data_of(blocks: Sequence[Block]) -> TableData | None:
    """The table that these pieces make; None if it has no header."""
    rows: list[str | tuple[str, ...]] = []
    header: tuple[str, ...] = ()
    aligns: tuple[Align, ...] = ()
    for block in blocks:
        if isinstance(block, Table):
            if block.header:
                header, aligns = _texts(block.header), block.aligns
            rows += [_texts(row) for row in block.rows]
        elif isinstance(block, CodeBlock):
            lines: list[str] = block.text.split("\n")
            if not header and len(lines) > 1:
                header = tuple(_plain(cell) for cell in split_row(lines[0]))
                aligns = read_aligns(lines[1].strip()) or ()
                lines = lines[2:]
            rows += lines
    return TableData(header, rows, aligns) if header else None


def _is_piece(block: Block) -> bool:
    return isinstance(block, Table) or (isinstance(block, CodeBlock) and block.is_table)


def _begins(block: Block) -> bool:
    """Whether a piece has a header of its own."""
    if isinstance(block, Table):
        return bool(block.header)
    if not isinstance(block, CodeBlock) or block.continues:
        return False
    lines = block.text.split("\n", 2)
    return len(lines) > 1 and read_aligns(lines[1].strip()) is not None


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("".join(shown(span) for span in cell) for cell in cells)


@lru_cache(maxsize=_KEPT_CELLS)
def _plain(cell: str) -> str:
    """A cell as it is read, without its marks."""
    if not _HAS_MARKS.search(cell):
        return cell
    from gigadesk.markdown.inline import read_inline

    return "".join(shown(span) for span in read_inline(cell).spans)
