"""What is selected: two places in the conversation. Pure but for the rows it asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.layout.pieces import length
from gigadesk.ui.transcript.messages.rows import Rows

FAR = 1 << 40
"""A place behind every text."""


class Position(NamedTuple):
    """A place in the conversation: index of the message, index of the block, place in the block."""

    message: int
    block: int
    place: int


@dataclass(frozen=True, slots=True)
class SelectedBlock:
    """The selected part of one block."""

    block: Block
    start: int
    end: int
    is_thought: bool = False
    """Not of the answer."""
    is_continued: bool = False
    """The next block of the message, selected or not, is a piece of the same."""

    @property
    def is_whole(self) -> bool:
        return self.start <= 0 and self.end >= length(self.block)


class Selection:
    """From `anchor`, where it began, to `head`, where the pointer is. Text that streams in moves neither."""

    def __init__(self) -> None:
        self.anchor: Position | None = None
        self.head: Position | None = None
        self.pressed: tuple[Position, Position] | None = None
        """What the press selected with which the mouse began: a place, a word or a paragraph."""

    def clear(self) -> None:
        self.anchor = self.head = self.pressed = None

    def set(self, anchor: Position, head: Position) -> None:
        self.anchor, self.head = anchor, head

    def places(self) -> list[Position]:
        """All places it holds."""
        return [place for place in (self.anchor, self.head, *(self.pressed or ())) if place is not None]

    def move(self, moved: Callable[[Position], Position]) -> None:
        """Give each place the one it has now."""
        if self.anchor is not None and self.head is not None:
            self.anchor, self.head = moved(self.anchor), moved(self.head)
        if self.pressed is not None:
            self.pressed = moved(self.pressed[0]), moved(self.pressed[1])

    @property
    def is_empty(self) -> bool:
        return self.anchor is None or self.anchor == self.head

    @property
    def bounds(self) -> tuple[Position, Position] | None:
        """First and last place; None when nothing is selected."""
        if self.anchor is None or self.head is None or self.anchor == self.head:
            return None
        return (self.anchor, self.head) if self.anchor < self.head else (self.head, self.anchor)

    def in_block(self, message: int, block: int) -> tuple[int, int] | None:
        """The selected places of a block; the end may lie behind its text."""
        bounds = self.bounds
        if bounds is None:
            return None
        first, last = bounds
        here = (message, block)
        if here < first[:2] or here > last[:2]:
            return None
        start = first.place if here == first[:2] else 0
        end = last.place if here == last[:2] else FAR
        return (start, end) if start < end else None

    def messages(self, rows: Rows) -> Iterator[int]:
        """Indices of the messages that are selected, if only in part."""
        bounds = self.bounds
        if bounds is not None:
            yield from range(bounds[0].message, min(bounds[1].message, len(rows) - 1) + 1)

    def holds_whole(self, message: int) -> bool:
        """Whether a message is selected whole, told by the places alone."""
        bounds = self.bounds
        if bounds is None:
            return False
        return (bounds[0] <= Position(message, 0, 0)) and bounds[1] >= Position(message, FAR, 0)

    def blocks_of(self, rows: Rows, message: int) -> list[SelectedBlock]:
        """The selected blocks of a message."""
        found = []
        item = rows.open(message)
        for index, block in enumerate(item.blocks):
            places = self.in_block(message, index)
            if places is not None:
                start, end = places[0], min(places[1], length(block))
                if start < end or not length(block):
                    is_thought = index < item.thought_count
                    found.append(SelectedBlock(block, start, end, is_thought, item.is_continued(index)))
        return found
