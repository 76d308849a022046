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
"""A whole collection looks at everything that came since `start`: 30 ms with 10,000 messages open."""
SLOW_WHOLE_S = 0.05
"""One that takes longer (0.26 s with a list of 20,000 items open) waits until nobody works in the window, ..."""
PATIENCE_S = 600.0
"""... but no longer than this."""


class GarbageCollector(QObject):
    """Takes the place of Python's automatic collection from `start` to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = False
        self._whole_at = 0.0
        self._whole_took_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on only this thread collects."""
        self._was_enabled = gc.isenabled()
        self._whole_at = time.monotonic() + WHOLE_EVERY_S
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
        if old and self._is_time_for_all():
            started = time.monotonic()
            gc.collect()
            self._whole_took_s = time.monotonic() - started
            self._whole_at = started + WHOLE_EVERY_S
        elif middle or old or is_busy:
            # Much at once is done with at once: gathered in the middle generation, it would come again as a lump.
            gc.collect(1)
        elif young:
            gc.collect(0)
        self._timer.setInterval(BUSY_INTERVAL_MS if is_busy else INTERVAL_MS)

    def _is_time_for_all(self) -> bool:
        late_s = time.monotonic() - self._whole_at
        if self._whole_took_s < SLOW_WHOLE_S or late_s >= PATIENCE_S:
            return late_s >= 0
        return late_s >= 0 and QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive
