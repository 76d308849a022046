"""Which rows stand where in the viewport. The place of reading is an anchor (row, offset), never a number of pixels."""

import time
from dataclasses import dataclass

from gigadesk.markdown.quick_values import quick_value
from gigadesk.ui.transcript.messages.rows import BOTTOM_SPACE, RowKey, Rows

FAR_PAGES = 3
"""Farther away than this, a place is gone to by estimates."""
TURN_S = 0.015
"""Of processor time: what is not laid out by then comes with the next turns of the loop. A page of ordinary text takes
a fifth of it; one of a thousand formulas, or of letters with sixty marks each, took 0.2 s."""


@quick_value(frozen=True, slots=True)
class Placed:
    """A row in sight; `y` is its top in the viewport."""

    key: RowKey
    y: float
    height: float


@dataclass(slots=True)
class Anchor:
    """What is read: this row's top stands `offset` pixels above the top of the viewport."""

    key: RowKey
    offset: float


class Arranger:
    """Finds the rows that are in sight, from the anchor downwards or from the end upwards, and lays out only those."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.anchor: Anchor | None = None
        self.placed: list[Placed] = []
        self.is_at_end = True
        """The end of the chat is in sight."""
        self.is_partial = False
        """Some of the rows in sight are not laid out yet, and not among the `placed`: arrange again."""
        self._limit = float("inf")
        self._has_begun = False
        """A row has been laid out in this turn: each turn has one at least."""

    def begin_turn(self) -> None:
        """From now on, until all is laid out, there is only so much time."""
        self._limit = time.thread_time() + TURN_S
        self.is_partial = self._has_begun = False

    def _height_of(self, key: RowKey, *, is_needed: bool = False) -> float | None:
        """Of a row; None if it is not laid out and there is no time for that now."""
        height = self._rows.known_height(key)
        if height is not None or is_needed:
            return self._rows.height_of(key) if height is None else height
        if not self._has_begun or time.thread_time() < self._limit:
            self._has_begun = True
            return self._rows.height_of(key)
        self.is_partial = True
        return None

    def forget(self) -> None:
        self.anchor = None
        self.placed = []

    def arrange(self, height: float) -> None:
        """From the anchor downwards; from the end upwards if there is none, or if it stands below the last page."""
        if not len(self._rows):
            self.placed, self.is_at_end = [], True
            return
        if self.anchor is None:
            self.arrange_at_end(height)
            return
        anchor = self.anchor = self._normalised(self._nearby(self.anchor, FAR_PAGES * height))
        placed: list[Placed] = []
        key: RowKey | None = anchor.key
        y = -anchor.offset
        while key is not None and y < height:
            row_height = self._height_of(key, is_needed=not placed)
            if row_height is None:
                break
            placed.append(Placed(key, y, row_height))
            y += row_height
            key = self._rows.after(key)
        if key is None and y + BOTTOM_SPACE <= height:
            self.arrange_at_end(height)
            return
        self.placed = placed
        self.is_at_end = key is None and y + BOTTOM_SPACE <= height + 1

    def arrange_at_end(self, height: float) -> None:
        """The last row at the bottom; a short chat begins at the top."""
        key = self._rows.last
        reversed_rows: list[Placed] = []
        y = height - BOTTOM_SPACE
        while key is not None and y > 0:
            row_height = self._height_of(key, is_needed=not reversed_rows)
            if row_height is None:
                break
            y -= row_height
            reversed_rows.append(Placed(key, y, row_height))
            key = self._rows.before(key)
        if y > 0 and key is None:
            reversed_rows = [Placed(each.key, each.y - y, each.height) for each in reversed_rows]
        self.placed = reversed_rows[::-1]
        self.is_at_end = True
        first = self.placed[0] if self.placed else None
        self.anchor = Anchor(first.key, -first.y) if first else None

    @property
    def is_whole(self) -> bool:
        """The beginning and the end of the chat are in sight."""
        return self.is_at_end and (not self.placed or (self.placed[0].key == (0, 0) and self.placed[0].y >= 0))

    def scroll(self, distance: float) -> None:
        """Move the anchor by pixels; `arrange` mends what lies outside."""
        if self.anchor is not None:
            self.anchor.offset += distance

    def go_to(self, offset: float) -> None:
        """Anchor at a distance from the top of the whole chat."""
        if len(self._rows):
            key, inside = self._rows.at(offset)
            self.anchor = Anchor(key, inside)

    def offset(self) -> float:
        """How far the top of the viewport is below the top of the whole chat."""
        return self._rows.top_of(self.anchor.key) + self.anchor.offset if self.anchor else 0.0

    def find(self, y: float) -> Placed | None:
        """The row at a height of the viewport; the nearest one above or below the text."""
        for placed in self.placed:
            if y < placed.y + placed.height:
                return placed
        return self.placed[-1] if self.placed else None

    def _nearby(self, anchor: Anchor, far: float) -> Anchor:
        """An anchor that stands far from its row goes to another by estimates, instead of laying out all between."""
        if abs(anchor.offset) <= far:
            return anchor
        message = min(anchor.key.message, len(self._rows) - 1)
        last = self._rows.open(message).row_count - 1
        top = self._rows.top_of(RowKey(message, min(anchor.key.row, last)))
        return Anchor(*self._rows.at(top + anchor.offset))

    def _normalised(self, anchor: Anchor) -> Anchor:
        """The anchor at the row that is really at the top, after laying out only what lies between."""
        message = min(anchor.key.message, len(self._rows) - 1)
        item = self._rows.open(message)
        key = RowKey(message, min(anchor.key.row, item.row_count - 1))
        offset = anchor.offset
        while offset < 0:
            previous = self._rows.before(key)
            if previous is None:
                offset = 0.0
                break
            previous_height = self._height_of(previous)
            if previous_height is None:
                break
            key = previous
            offset += previous_height
        height = self._rows.height_of(key)
        while offset >= height:
            following = self._rows.after(key)
            following_height = self._height_of(following) if following is not None else None
            if following is None or following_height is None:
                break
            offset -= height
            key, height = following, following_height
        return Anchor(key, offset)
