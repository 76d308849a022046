"""The cells of a table, however large: rows are split when they are looked at. No Qt."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gigadesk.markdown.blocks import Align, Block, CodeBlock, Table
from gigadesk.markdown.tables import read_aligns, split_row
from gigadesk.ui.transcript.pieces import Cell, shown

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


def pieces_of(blocks: Sequence[Block], index: int) -> list[int]:
    """Indices of all blocks of the table that the one at `index` is a piece of; none if it is no table."""
    if not _is_piece(blocks[index]):
        return []
    first = index
    while first and _is_piece(blocks[first - 1]) and not _begins(blocks[first]):
        first -= 1
    last = index
    while last + 1 < len(blocks) and _is_piece(blocks[last + 1]) and not _begins(blocks[last + 1]):
        last += 1
    return list(range(first, last + 1))


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
