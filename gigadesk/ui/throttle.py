"""One repaint for many deltas: as often as it pays, never more."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

LEAST_INTERVAL_S = 0.066
"""Fifteen times a second is as smooth as text that is read needs; each time more costs as much as the one before."""
OUT_OF_SIGHT_INTERVAL_S = 0.5
SHARE_OF_TIME = 0.25
"""Painting takes at most this share of the time."""
_MEMORY = 0.7
"""How much of the mean cost comes from before the last repaint."""


class Throttle(QObject):
    """Answers any number of `request`s by few `due`s, and sooner the less a repaint costs.

    Signals:
        due(): paint now what has been asked for. Tell with `add_cost` how long it took.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        self._least_s = LEAST_INTERVAL_S
        self._cost_s = 0.0
        self._spent_s = 0.0
        self._last = float("-inf")
        self._is_requested = False
        self._is_hidden = False
        self._is_in_sight = True

    @property
    def interval_s(self) -> float:
        """Least time between two repaints now."""
        interval = max(self._least_s, self._cost_s / SHARE_OF_TIME)
        return interval if self._is_in_sight else max(interval, OUT_OF_SIGHT_INTERVAL_S)

    @property
    def is_in_sight(self) -> bool:
        """The changing thing can be seen."""
        return self._is_in_sight

    @property
    def is_waiting(self) -> bool:
        """A repaint was asked for and has not come yet."""
        return self._is_requested

    def request(self) -> None:
        """Ask for a repaint; it comes with the next turn of the loop if the last one was long enough ago."""
        if self._is_requested:
            return
        self._is_requested = True
        self._schedule()

    def flush(self) -> None:
        """Answer a pending request at once."""
        if self._is_requested:
            self._fire()

    def cancel(self) -> None:
        """Forget a pending request."""
        self._is_requested = False
        self._timer.stop()

    def add_cost(self, seconds: float) -> None:
        """Tell what a part of the last repaint took; parts of one repaint add up."""
        self._spent_s += seconds

    def set_least_interval(self, seconds: float) -> None:
        self._least_s = max(seconds, LEAST_INTERVAL_S)
        self._reschedule()

    def set_hidden(self, is_hidden: bool) -> None:  # noqa: FBT001 - a plain setter
        """While hidden nothing is due; what was asked for comes when it is shown again."""
        if is_hidden != self._is_hidden:
            self._is_hidden = is_hidden
            self._reschedule()

    def set_in_sight(self, is_in_sight: bool) -> None:  # noqa: FBT001 - a plain setter
        """Whether the changing thing can be seen; if not, half a second is soon enough."""
        if is_in_sight != self._is_in_sight:
            self._is_in_sight = is_in_sight
            self._reschedule()

    def _schedule(self) -> None:
        if not self._is_hidden:
            wait_s = max(0.0, self._last + self.interval_s - self._clock())
            self._timer.start(int(wait_s * 1000 + 0.5))

    def _reschedule(self) -> None:
        self._timer.stop()
        if self._is_requested:
            self._schedule()

    def _on_timeout(self) -> None:
        if self._is_requested:
            self._fire()

    def _fire(self) -> None:
        self._timer.stop()
        self._is_requested = False
        self._cost_s = _MEMORY * self._cost_s + (1 - _MEMORY) * self._spent_s if self._cost_s else self._spent_s
        self._spent_s = 0.0
        self._last = self._clock()
        self.due.emit()
