"""Collects cyclic garbage on the thread of the window, and nowhere else.

Python collects in whichever thread happens to allocate. A `QObject` that is destroyed in another thread than its own
leaves its timers behind, and Qt crashes when the next of them is over.
"""

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

INTERVAL_MS = 1000
BUSY_INTERVAL_MS = 100
MANY = 20_000
"""So many new objects since the last time mean that much is going on: parsing a long answer makes 400,000 a second,
and to look at those of a whole second took 90 ms."""
WHOLE_EVERY_S = 60.0
"""A whole collection looks at everything that came since the last freezing: 30 ms with 10,000 messages open."""
SLOW_WHOLE_S = 0.03
"""What is left of one that takes longer is frozen."""
THAW_EVERY_S = 600.0
"""What was frozen while much came is looked at again (0.3 s with a list of 20,000 items open) when nobody works in the
window and nothing goes on in it, ..."""
PATIENCE_S = 3600.0
"""... or at last when so long nobody has left it."""


def collect_much() -> None:
    """To be called after each slice of a work that makes very many objects: does something when there are enough.

    What survives is frozen: an answer of 300 KB makes a million objects that stay, and the next whole collection took
    0.3 s to look at them.
    """
    if gc.get_count()[0] > MANY and not gc.isenabled():
        gc.collect(1)
        gc.freeze()


class GarbageCollector(QObject):
    """Takes the place of Python's automatic collection from `start` to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = False
        self._whole_at = self._thawed_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on only this thread collects."""
        self._was_enabled = gc.isenabled()
        self._thawed_at = time.monotonic()
        self._whole_at = self._thawed_at + WHOLE_EVERY_S
        gc.disable()
        # What is there by now stays: not to look at it each time saves most of a whole collection.
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, if it was before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    def collect(self) -> None:
        """Collect as much as Python itself would have done by now; the oldest generation once a minute."""
        counts = gc.get_count()
        young, middle, old = (count > limit for count, limit in zip(counts, gc.get_threshold(), strict=True))
        is_busy = counts[0] > MANY
        if is_busy:
            collect_much()
        elif not young and self._is_time_to_thaw():
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._thawed_at = time.monotonic()
        elif old and time.monotonic() >= self._whole_at:
            self._collect_all()
        elif middle or old:
            gc.collect(1)
        elif young:
            gc.collect(0)
        self._timer.setInterval(BUSY_INTERVAL_MS if is_busy else INTERVAL_MS)

    def _collect_all(self) -> None:
        started = time.monotonic()
        gc.collect()
        ended = time.monotonic()
        self._whole_at = ended + WHOLE_EVERY_S
        if ended - started > SLOW_WHOLE_S:
            gc.freeze()

    def _is_time_to_thaw(self) -> bool:
        late_s = time.monotonic() - self._thawed_at
        is_left = QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive
        return late_s >= (THAW_EVERY_S if is_left else PATIENCE_S)
