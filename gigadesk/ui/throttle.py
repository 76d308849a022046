"""One repaint for many deltas: as often as it pays, never more."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

LEAST_INTERVAL_S = 0.066
"""Fifteen times a second is as smooth as text that is read needs; each time more costs as much as the one before."""
SMOOTH_INTERVAL_S = 0.16
"""Six times a second still looks like writing. For the sake of `SHARE` it does not become more seldom."""
OUT_OF_SIGHT_INTERVAL_S = 0.5
SHARE = 0.05
"""Of the time that painting may take, as long as that is smooth: what a whole answer may cost is a tenth of a core, and
a part of that goes to reading and keeping it. A repaint of 3 ms comes 15 times a second, one of 6 ms 8 times."""
SHARE_AT_MOST = 0.25
"""However heavy a repaint is, three quarters of the time are left to the user."""
_MEMORY = 0.7
"""How much of the mean cost comes from before the last repaint."""

# What another program takes meanwhile is none of our cost. On Windows that clock ticks only 64 times a second.
cost_clock: Callable[[], float] = time.perf_counter if sys.platform == "win32" else time.thread_time
"""Tells, by its difference, what a part of a repaint has cost (s)."""


def interval_for(cost_s: float, least_s: float = LEAST_INTERVAL_S) -> float:
    """Least time between two repaints (s) when one costs `cost_s`, and nobody wants them more often than `least_s`."""
    return max(least_s, LEAST_INTERVAL_S, min(cost_s / SHARE, SMOOTH_INTERVAL_S), cost_s / SHARE_AT_MOST)


class Throttle(QObject):
    """Answers any number of `request`s by few `due`s, and sooner the less a repaint costs.

    Signals:
        due(): paint now what has been asked for. Tell with `add_cost` what that took, with `painted` what came of it.
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
        self._spent_s: float | None = None
        """What the last repaint has cost so far; None when all of it is known."""
        self._last = float("-inf")
        self._is_requested = False
        self._is_hurried = False
        self._is_hidden = False
        self._is_in_sight = True

    @property
    def interval_s(self) -> float:
        """Least time between two repaints now."""
        interval = interval_for(self._cost_s, self._least_s)
        return interval if self._is_in_sight else max(interval, OUT_OF_SIGHT_INTERVAL_S)

    @property
    def is_in_sight(self) -> bool:
        """The changing thing can be seen."""
        return self._is_in_sight

    @property
    def is_waiting(self) -> bool:
        """A repaint was asked for and has not come yet."""
        return self._is_requested

    def request(self, *, is_urgent: bool = False) -> None:
        """Ask for a repaint; it comes with the next turn of the loop if the last one was long enough ago.

        An urgent one comes then in any case, if it can be seen: there is nothing yet of what it will show.
        """
        is_hurry = is_urgent and not self._is_hurried
        self._is_hurried |= is_urgent
        if not self._is_requested or is_hurry:
            self._is_requested = True
            self._schedule()

    def flush(self) -> None:
        """Answer a pending request at once."""
        if self._is_requested:
            self._fire()

    def cancel(self) -> None:
        """Forget a pending request."""
        self._is_requested = self._is_hurried = False
        self._timer.stop()

    def add_cost(self, seconds: float) -> None:
        """Tell what a part of the last repaint has taken; parts of one repaint add up until it is `painted`."""
        if self._spent_s is not None:
            self._spent_s += seconds

    def painted(self, seconds: float) -> None:
        """Tell what a painting took: the first one after `due` ends the repaint, any other is none of ours."""
        if self._spent_s is not None:
            self._spent_s += seconds
            self._take_cost()

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
            is_now = self._is_hurried and self._is_in_sight
            wait_s = 0.0 if is_now else max(0.0, self._last + self.interval_s - self._clock())
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
        self._is_requested = self._is_hurried = False
        self._take_cost()
        self._spent_s = 0.0
        self._last = self._clock()
        self.due.emit()

    def _take_cost(self) -> None:
        """All of the last repaint is known."""
        spent, self._spent_s = self._spent_s, None
        if spent is not None:
            self._cost_s = _MEMORY * self._cost_s + (1 - _MEMORY) * spent if self._cost_s else spent
