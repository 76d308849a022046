"""The line that is being read: it stays where it is, whatever becomes of the text around it.

It is the first line that is in sight, if only a part of it. References that come late turn marks into links, thoughts
are folded away, formulas and pictures get other heights: the line is looked for by its words, and put where it was. In
a very long text that is parsed anew, in slices, it is waited for.
"""

from dataclasses import dataclass, replace
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
class Line:
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
        self._line: Line | None = None
        self._anchor: Anchor | None = None
        """The anchor that this led to: if it is another, or has moved, the reader has scrolled."""
        self._offset = 0.0
        self._is_awaited = False
        """The line is in a text of which too little is parsed yet: its place is an estimate."""

    @property
    def noted(self) -> Line | None:
        """The line that is being read; None if none is, or the reader has just scrolled."""
        return self._line if self._is_unmoved else None

    def resume(self, line: Line) -> Anchor:
        """Go on with this line, of which an arrangement from the returned anchor makes the true one."""
        self._line, self._is_awaited = line, False
        self._anchor, self._offset = Anchor(RowKey(line.message, 0), 0.0), 0.0
        return self._anchor

    def forget(self) -> None:
        """The end is followed, not a line."""
        self._line = self._anchor = None
        self._is_awaited = False

    def note(self) -> None:
        """Remember the line that is in sight now; one that has just been put back stays the one."""
        anchor, line = self._arranger.anchor, self._line
        if self._is_awaited and anchor is not None and line is not None and self._is_near(anchor, line):
            self._line = replace(line, y=line.y + self._offset - anchor.offset)
        elif line is None or not self._is_unmoved:
            self._line, self._is_awaited = self._find(), False
        self._anchor, self._offset = anchor, anchor.offset if anchor is not None else 0.0

    @property
    def _is_unmoved(self) -> bool:
        """The reader has not scrolled since the anchor was noted."""
        anchor = self._arranger.anchor
        return anchor is not None and anchor is self._anchor and anchor.offset == self._offset

    def _is_near(self, anchor: Anchor, line: Line) -> bool:
        """Whether what is anchored is still the part of a text in which the line is awaited."""
        return anchor.key == (line.message, len(self._rows.open(line.message).blocks) + 1) and anchor.offset >= 0

    def put_back(self) -> None:
        """Anchor where the line is at the height at which it was, unless the reader has scrolled since."""
        line = self._line
        if line is None or not self._is_unmoved or line.message >= len(self._rows):
            return
        item = self._rows.open(line.message)
        source = line.blocks[-1].source
        share = None if line.is_thought else item.unparsed_share(source.start, source.end)
        self._is_awaited = share is not None
        if share is not None:
            self._await(RowKey(line.message, len(item.blocks) + 1), share)
            return
        found = _found(item, line)
        if found is None:
            return
        index, place = found
        row = item.body.shown_row(index) + 1
        key = RowKey(line.message, row)
        top = item.gap(row) + self._rows.box(key).top_of(place)
        self._arranger.anchor = self._anchor = Anchor(key, top - line.y)
        self._line = self._noted(key, (place, place), line.y)

    def _await(self, row: RowKey, share: float) -> None:
        """Anchor where the line will be about: the text is parsed on while that is in sight."""
        # Whole pixels, as all heights are.
        self._offset = float(round(self._rows.height_of(row) * share))
        self._arranger.anchor = self._anchor = Anchor(row, self._offset)

    def keep(self) -> None:
        """After the arrangement that `put_back` asked for: note anew what has changed of the line."""
        anchor = self._arranger.anchor
        if self._is_awaited:
            self._anchor, self._offset = anchor, anchor.offset if anchor is not None else 0.0
            return
        line, found = self._line, self._find()
        # The place stays as it was noted while it is in this line: so there and back again is the same.
        is_same = line is not None and found is not None and line.at == found.at and abs(line.y - found.y) < 1
        if not is_same or line is None or found is None or not found.place <= line.place < found.end:
            self._line = found
        self._anchor, self._offset = anchor, anchor.offset if anchor is not None else 0.0

    def _find(self) -> Line | None:
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

    def _noted(self, key: RowKey, places: tuple[int, int], y: float) -> Line:
        item = self._rows.items[key.message]
        count, at = item.thought_count, key.row - 1
        is_thought = at < count
        first = max(0 if is_thought else count, at - NOTED_BLOCKS + 1)
        blocks = tuple(item.blocks[index] for index in range(first, at + 1))
        return Line(key.message, is_thought, at if is_thought else at - count, blocks, *places, y)


def _found(item: "MessageItem", line: Line) -> tuple[int, int] | None:
    """Index of the block that the line is in now, and its place there."""
    before, count = item.thought_count, len(item.blocks)
    first, last = (0, before) if line.is_thought else (before, count)
    block = line.blocks[-1]
    at = first + line.index
    if at < last and item.blocks[at] is block:
        return at, line.place
    if first >= last:
        return None
    now = [item.blocks[index] for index in range(first, last)]
    index, place = relocated(line.blocks, len(line.blocks) - 1, line.place, now)
    return first + min(index, len(now) - 1), place
