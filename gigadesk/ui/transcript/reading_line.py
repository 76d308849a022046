"""The line that is being read: it stays where it is, whatever becomes of the text around it.

It is the first line that is in sight, if only a part of it. References that come late turn marks into links, thoughts
are folded away, formulas and pictures get other heights: the line is looked for by its words, and put where it was.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.arrangement import Anchor, Arranger
from gigadesk.ui.transcript.messages.rows import RowKey, Rows
from gigadesk.ui.transcript.selecting.selection_keeping import relocated

if TYPE_CHECKING:
    from gigadesk.ui.transcript.messages.message_item import MessageItem

NOTED_BLOCKS = 8
"""So many blocks that end with the one of the line are remembered: they may become one."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Where the line is in the text, and its top in the viewport."""

    message: int
    is_thought: bool
    index: int
    """Of its block among the thoughts, or among the blocks of the answer."""
    blocks: tuple[Block, ...]
    """Its block, which is the last one, and those above it."""
    place: int
    end: int
    """Of the line, as a place."""
    y: float

    @property
    def at(self) -> tuple[int, bool, int]:
        return self.message, self.is_thought, self.index


class ReadingLine:
    """Of the viewport of an arranger. `note` it after an arrangement; before the next one, `put_back`."""

    def __init__(self, rows: Rows, arranger: Arranger) -> None:
        self._rows = rows
        self._arranger = arranger
        self._line: _Line | None = None
        self._anchor: Anchor | None = None
        """The anchor that this led to: if it is another, or has moved, the reader has scrolled."""
        self._offset = 0.0

    def forget(self) -> None:
        """The end is followed, not a line."""
        self._line = self._anchor = None

    def note(self) -> None:
        """Remember the line that is in sight now; one that has just been put back stays the one."""
        anchor = self._arranger.anchor
        line = self._line
        if line is None or anchor is not self._anchor or anchor is None or anchor.offset != self._offset:
            self._line = self._find()
        self._anchor, self._offset = anchor, anchor.offset if anchor is not None else 0.0

    def put_back(self) -> None:
        """Anchor where the line is at the height at which it was, unless the reader has scrolled since."""
        line, anchor = self._line, self._arranger.anchor
        if line is None or anchor is None or anchor is not self._anchor or anchor.offset != self._offset:
            return
        if line.message >= len(self._rows):
            return
        item = self._rows.open(line.message)
        found = _found(item, line)
        if found is None:
            return
        index, place = found
        row = item.body.shown_row(index) + 1
        key = RowKey(line.message, row)
        top = item.gap(row) + self._rows.box(key).top_of(place)
        self._arranger.anchor = self._anchor = Anchor(key, top - line.y)
        self._line = self._noted(key, (place, place), line.y)

    def keep(self) -> None:
        """After the arrangement that `put_back` asked for: note anew what has changed of the line."""
        line, found, anchor = self._line, self._find(), self._arranger.anchor
        # The place stays as it was noted while it is in this line: so there and back again is the same.
        is_same = line is not None and found is not None and line.at == found.at and abs(line.y - found.y) < 1
        if not is_same or line is None or found is None or not found.place <= line.place < found.end:
            self._line = found
        self._anchor, self._offset = anchor, anchor.offset if anchor is not None else 0.0

    def _find(self) -> _Line | None:
        for placed in self._arranger.placed:
            item = self._rows.open(placed.key.message)
            if not 0 < placed.key.row <= len(item.blocks):
                continue
            corner = placed.y + item.gap(placed.key.row)
            for part in self._rows.box(placed.key).parts:
                top = corner + part.y
                if top + part.height > 0:
                    line = part.line_at(-top)
                    return self._noted(placed.key, line, top + part.top_of(line[0]))
        return None

    def _noted(self, key: RowKey, places: tuple[int, int], y: float) -> _Line:
        item = self._rows.items[key.message]
        count, at = item.thought_count, key.row - 1
        is_thought = at < count
        first = max(0 if is_thought else count, at - NOTED_BLOCKS + 1)
        blocks = tuple(item.blocks[index] for index in range(first, at + 1))
        return _Line(key.message, is_thought, at if is_thought else at - count, blocks, *places, y)


def _found(item: "MessageItem", line: _Line) -> tuple[int, int] | None:
    """Index of the block that the line is in now, and its place there."""
    before, count = item.thought_count, len(item.blocks)
    first, last = (0, before) if line.is_thought else (before, count)
    block = line.blocks[-1]
    at = first + line.index
    if at < last and item.blocks[at] is block:
        return at, line.place
    while not line.is_thought and item.has_unparsed_text and item.blocks[-1].source.end < block.source.end:
        item.parse_more()  # it was begun anew
    count = len(item.blocks)
    first, last = (0, item.thought_count) if line.is_thought else (item.thought_count, count)
    if first >= last:
        return None
    now = [item.blocks[index] for index in range(first, last)]
    index, place = relocated(line.blocks, len(line.blocks) - 1, line.place, now)
    return first + min(index, len(now) - 1), place
