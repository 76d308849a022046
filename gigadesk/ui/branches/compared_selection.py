"""What is selected in a comparison: a stretch of one of its columns, and how it is copied. Knows no widgets."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QRectF

from gigadesk.comparison import Change
from gigadesk.markdown.blocks import Block
from gigadesk.ui.branches.compared_blocks import Span
from gigadesk.ui.transcript.copy.copied import Copied, CopiedText, stretch_of
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.pieces import formula_places, length, text_of
from gigadesk.ui.transcript.selecting.grains import piece_at
from gigadesk.ui.transcript.selecting.selection import SelectedBlock
from gigadesk.ui.transcript.selecting.text_bounds import (
    next_character,
    next_word,
    previous_character,
    previous_word,
    word_at,
)


@dataclass(slots=True)
class LaidBlock:
    """A block at its place in the document."""

    block: Block
    box: Box
    rect: QRectF
    scale: float
    spans: tuple[Span, ...]
    change: Change
    """Which of the two texts it is of: `REMOVED` for the left one."""
    row: int

    def place_at(self, x: float, y: float, *, on_character: bool = False) -> int:
        """The place nearest to a point of the document."""
        inside_x, inside_y = (x - self.rect.x()) / self.scale, (y - self.rect.y()) / self.scale
        return self.box.place_at(inside_x, inside_y, (), on_character=on_character)

    def caret(self, place: int) -> QRectF:
        """The line without width at a place, in the document."""
        rect = self.box.caret(place, ())
        return QRectF(
            self.rect.x() + rect.x() * self.scale, self.rect.y() + rect.y() * self.scale, 0, rect.height() * self.scale
        )


class Place(NamedTuple):
    """A place of a column: which of its blocks, and where in that."""

    number: int
    place: int


class ComparedSelection:
    """From `anchor` to `head`, the caret, both in one column."""

    def __init__(self) -> None:
        self._columns: Sequence[Sequence[LaidBlock]] = ((), ())
        self.column = 0
        self.anchor = self.head = Place(0, 0)

    def use(self, columns: Sequence[Sequence[LaidBlock]]) -> None:
        """The same blocks have been laid out anew; other ones need `clear` as well."""
        self._columns = columns

    def clear(self) -> None:
        self.column = 0
        self.anchor = self.head = Place(0, 0)

    def set(self, column: int, anchor: Place, head: Place) -> None:
        self.column, self.anchor, self.head = column, anchor, head

    def extend(self, head: Place) -> None:
        self.head = head

    def select_column(self) -> None:
        """All of the column that the caret is in."""
        blocks = self.blocks(self.column)
        if blocks:
            self.anchor, self.head = Place(0, 0), Place(len(blocks) - 1, length(blocks[-1].block))

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.head

    @property
    def column_count(self) -> int:
        return len(self._columns)

    def blocks(self, column: int) -> Sequence[LaidBlock]:
        return self._columns[column] if column < len(self._columns) else ()

    def part_of(self, column: int, number: int) -> tuple[int, int] | None:
        """The selected places of a block."""
        first, last = sorted((self.anchor, self.head))
        if column != self.column or first == last or not first.number <= number <= last.number:
            return None
        size = length(self.blocks(column)[number].block)
        start = first.place if number == first.number else 0
        end = last.place if number == last.number else size
        return (start, end) if start < end or not size else None

    # --- places

    def place_at(self, column: int, x: float, y: float, *, on_character: bool = False) -> Place:
        """The place of a column that is nearest to a point of the document."""
        blocks = self.blocks(column)
        if not blocks:
            return Place(0, 0)
        number = max(bisect_right(blocks, y, key=lambda each: each.rect.top()) - 1, 0)
        return Place(number, blocks[number].place_at(x, y, on_character=on_character))

    def caret(self) -> QRectF | None:
        """The line of the caret in the document."""
        blocks = self.blocks(self.column)
        return blocks[self.head.number].caret(self.head.place) if self.head.number < len(blocks) else None

    def word_around(self, column: int, place: Place) -> tuple[Place, Place]:
        """The word, or the drawn formula, of the character at a place."""
        blocks = self.blocks(column)
        if not blocks:
            return place, place
        block = blocks[place.number].block
        bounds = next((each for each in formula_places(block) if each[0] <= place.place < each[1]), None)
        start, end = bounds or word_at(text_of(block), min(place.place, length(block)))
        return Place(place.number, start), Place(place.number, end)

    def piece_around(self, column: int, place: Place) -> tuple[Place, Place]:
        """The paragraph, cell or code at a place."""
        blocks = self.blocks(column)
        piece = piece_at(blocks[place.number].block, place.place) if blocks else None
        if piece is None:
            return place, place
        return Place(place.number, piece.start), Place(place.number, piece.start + len(piece.text))

    def after(self, *, by_word: bool) -> Place:
        """The place one character or word further."""
        blocks = self.blocks(self.column)
        if not blocks:
            return self.head
        block = blocks[self.head.number].block
        if self.head.place < length(block):
            text = text_of(block)
            target = next_word(text, self.head.place) if by_word else next_character(text, self.head.place)
            return Place(self.head.number, next((b for a, b in formula_places(block) if a < target < b), target))
        for number in range(self.head.number + 1, len(blocks)):
            if length(blocks[number].block):
                return Place(number, 0)
        return self.head

    def before(self, *, by_word: bool) -> Place:
        """The place one character or word back."""
        blocks = self.blocks(self.column)
        if not blocks:
            return self.head
        block = blocks[self.head.number].block
        if self.head.place > 0:
            text = text_of(block)
            target = previous_word(text, self.head.place) if by_word else previous_character(text, self.head.place)
            return Place(self.head.number, next((a for a, b in formula_places(block) if a < target < b), target))
        for number in range(self.head.number - 1, -1, -1):
            if size := length(blocks[number].block):
                return Place(number, size)
        return self.head

    def edge(self, *, is_end: bool) -> Place:
        """The beginning or the end of the column."""
        blocks = self.blocks(self.column)
        return Place(len(blocks) - 1, length(blocks[-1].block)) if is_end and blocks else Place(0, 0)

    # --- copying

    def copied(self, sources: tuple[str, str], *, is_user: bool) -> CopiedText:
        """What is selected, in all formats; `sources` are the texts that were compared."""
        stretches = []
        for change, selected in groupby(self._selected(), key=lambda each: each[0]):
            source = sources[0 if change is Change.REMOVED else 1]
            stretches.append(stretch_of([part for _, part in selected], source, is_user=is_user))
        return CopiedText([Copied("", stretches=tuple(stretches))])

    def _selected(self) -> Iterator[tuple[Change, SelectedBlock]]:
        blocks = self.blocks(self.column)
        for number, laid in enumerate(blocks):
            part = self.part_of(self.column, number)
            if part is not None:
                follower = next((each for each in blocks[number + 1 :] if each.change is laid.change), None)
                is_continued = follower is not None and follower.block.continues
                yield laid.change, SelectedBlock(laid.block, *part, is_continued=is_continued)
