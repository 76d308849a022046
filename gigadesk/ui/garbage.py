"""Collects cyclic garbage on the thread of the window, and nowhere else.

Python collects in whichever thread happens to allocate. A `QObject` that is destroyed in another thread than its own
leaves its timers behind, and Qt crashes when the next of them is over.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000
WHOLE_EVERY_S = 60.0
"""A whole collection looks at everything that lives: 30 ms with 10,000 messages open."""


class GarbageCollector(QObject):
    """Takes the place of Python's automatic collection from `start` to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = False
        self._whole_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on only this thread collects."""
        self._was_enabled = gc.isenabled()
        self._whole_at = time.monotonic() + WHOLE_EVERY_S
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, if it was before."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    def collect(self) -> None:
        """Collect as much as Python itself would have done by now; the oldest generation once a minute."""
        young, middle, old = (count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True))
        if old and time.monotonic() >= self._whole_at:
            self._whole_at = time.monotonic() + WHOLE_EVERY_S
            gc.collect()
        elif middle or old:
            gc.collect(1)
        elif young:
            gc.collect(0)
