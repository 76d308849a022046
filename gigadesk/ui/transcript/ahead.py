"""Prepares the page that will be scrolled to next, a little after each step, so that no step waits for a whole message.

To read, parse and lay out a message takes as long as all else that a step of the wheel does. A hand that turns the
wheel leaves pauses between its steps; in each of them a small part of the work is done.
"""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gigadesk.ui.transcript.messages.parsed_text import PARSED_AT_ONCE_CHARS
from gigadesk.ui.transcript.messages.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.messages.message_items import MessageItems
    from gigadesk.ui.transcript.view import Transcript

SLICE_S = 0.001
"""At a time. A part that is begun goes on to its end: one block, or some lines of a text."""
BEGIN_MS = 150
"""After a chat has been opened; it is left upwards."""


class Ahead(QObject):
    """Goes before the reader, who scrolls up (-1) or down (1), by the height of the viewport."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._direction = -1
        self._key: RowKey | None = None
        """The last row that is ready."""
        self._items: MessageItems | None = None
        self._serial = -1
        """Of the frame in which it is."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_busy(self) -> bool:
        """There is more to be made ready."""
        return self._timer.isActive()

    def begin(self) -> None:
        """A chat has just been shown at its end."""
        self._direction = -1
        self._timer.start(BEGIN_MS)

    def moved(self, distance: float) -> None:
        """The reader has scrolled by so many pixels; positive is down."""
        direction = 1 if distance > 0 else -1
        if direction != self._direction:
            self._direction, self._key = direction, None
        if abs(distance) <= self._view.viewport().height():
            self._timer.start(0)
        else:
            self._timer.stop()  # nobody knows where a jump leads to

    def _on_timeout(self) -> None:
        view = self._view
        if not view.isVisible() or view.verticalScrollBar().isSliderDown() or not view.arranged().placed:
            return  # what is dragged must not slip away under the hand
        end = time.perf_counter() + SLICE_S
        while self._step():
            if time.perf_counter() >= end:
                self._timer.start(0)
                return

    def _step(self) -> bool:
        """Make a part of the next row ready; False when enough is."""
        rows, placed = self._view.rows, self._view.arranger.placed
        edge = placed[-1].key if self._direction > 0 else placed[0].key
        if self._items is not rows.items or self._serial != rows.frame.serial:
            self._items, self._serial, self._key = rows.items, rows.frame.serial, None
        key = edge if self._key is None else max(self._key, edge) if self._direction > 0 else min(self._key, edge)
        if abs(rows.top_of(key) - rows.top_of(edge)) >= self._view.viewport().height():
            return False
        is_last = key.row >= rows.open(key.message).row_count - 1 if self._direction > 0 else key.row <= 0
        if is_last and not rows.is_open(key.message + self._direction):
            return self._open_a_part(key.message + self._direction)
        following = rows.after(key) if self._direction > 0 else rows.before(key)
        if following is None:
            return False
        rows.height_of(following)
        self._key = following
        return True

    def _open_a_part(self, message: int) -> bool:
        """Read a message, or parse a part of it; False if it does not exist, or opens by parts anyway."""
        rows = self._view.rows
        if not 0 <= message < len(rows):
            return False
        if rows.items.existing(message) is None:
            return len(rows.items[message].view.message.text) <= PARSED_AT_ONCE_CHARS
        item = rows.items[message]
        if item.is_running or len(item.view.message.text) > PARSED_AT_ONCE_CHARS:
            return False
        if item.prepare(SLICE_S):
            rows.open(message)
        return True
