"""Which blocks of growing answers are others than they were when they were searched last."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gigadesk.ui.transcript.find.messages import shown_message

if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.scan import Scan
    from gigadesk.ui.transcript.view import Transcript

GROWTH_MS = 150
"""A growing answer is looked at again this often."""


class GrownBlocks(QObject):
    """Collects them for a while.

    Signals:
        due(): they are to be searched now, see `take_over`.
    """

    due = Signal()

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._first: dict[int, tuple[bool, int]] = {}
        """By message: whether it is in the answer, and the first block that is another."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GROWTH_MS)
        self._timer.timeout.connect(self.due)

    @property
    def is_empty(self) -> bool:
        return not self._first

    def note(self, index: int, block: int, *, is_answer: bool) -> None:
        """The blocks of a part of a message are others from `block` on."""
        # A place may begin in the block before.
        place = (is_answer, max(0, block - 1))
        self._first[index] = min(self._first.get(index, place), place)
        if not self._timer.isActive():
            self._timer.start()

    def drop(self, index: int) -> None:
        """The whole message is another."""
        self._first.pop(index, None)

    def clear(self) -> None:
        self._timer.stop()
        self._first.clear()

    def take_over(self, scan: "Scan") -> Iterator[int]:
        """Tell a scan what stands there now; gives the messages."""
        grown, self._first = self._first, {}
        rows = self._view.rows
        for index, (is_answer, block) in grown.items():
            item = rows.items[index] if index < len(rows) else None
            if item is None or index >= scan.size:
                continue
            # With the one before, whose last place may reach into it.
            first = max(0, block - 1)
            thoughts, answer = shown_message(item, *((0, first) if is_answer else (first, 0)))
            if is_answer:
                scan.set_end(index, answer, is_answer=True, first_block=first, start=block - first)
            else:
                scan.set_end(index, thoughts, is_answer=False, first_block=first, start=block - first)
                scan.set_end(index, answer, is_answer=True, first_block=0)
            yield index
