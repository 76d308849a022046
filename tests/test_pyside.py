"""PySide6 itself: a release that drops references kills the program after some hundred signals."""

import sys

import PySide6
import pytest
from PySide6.QtCore import QObject, QTimer, Signal

TIMES = 1000
# Others may hold a few more or fewer by chance; a wheel that leaks drops one with each call.
SLACK = TIMES // 10


class Source(QObject):
    fired = Signal()
    counted = 0

    def count(self) -> None:
        self.counted += 1

    def timerEvent(self, event):
        self.counted += 1


@pytest.mark.parametrize("value", [None, True, False], ids=str)
def test_signals_and_timer_events_keep_reference_counts(qtbot, value):
    """From Python 3.12 on these three are immortal, and the test can only pass."""
    source = Source()
    source.fired.connect(source.count)
    timer = QTimer(source, interval=0)
    timer.timeout.connect(source.count)
    before = sys.getrefcount(value)

    for _ in range(TIMES):
        source.fired.emit()
    source.startTimer(0)
    timer.start()
    qtbot.waitUntil(lambda: source.counted >= 3 * TIMES)

    assert abs(sys.getrefcount(value) - before) < SLACK


def test_version_is_the_locked_one():
    assert PySide6.__version__ == "6.11.3"
