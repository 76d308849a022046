"""Garbage is collected on the thread of the window, and nowhere else."""

import gc
import threading
import time
import weakref

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from gigadesk.ui.garbage import BUSY_INTERVAL_MS, INTERVAL_MS, PATIENCE_S, THAW_EVERY_S, GarbageCollector


class _Node:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp):
    collector = GarbageCollector()
    collector.start()
    yield collector
    collector.stop()


def make_garbage(count: int = 2000) -> weakref.ref[_Node]:
    first = _Node()
    alive = weakref.ref(first)
    del first
    for _ in range(count):
        _Node()
    return alive


def test_no_other_thread_collects(collector):
    found = []
    thread = threading.Thread(target=lambda: found.append(make_garbage(50_000)))
    thread.start()
    thread.join()

    assert found[0]() is not None
    collector.collect()
    assert found[0]() is None


def test_a_qt_object_in_a_cycle_dies_in_its_own_thread(collector):
    threads = []
    holder = QObject()
    holder.destroyed.connect(lambda: threads.append(threading.current_thread()))
    holder.itself = holder
    del holder
    thread = threading.Thread(target=make_garbage, args=(50_000,))
    thread.start()
    thread.join()
    assert threads == []

    make_garbage()
    collector.collect()

    assert threads == [threading.main_thread()]


def test_it_works_by_itself(collector, qtbot):
    collector._timer.setInterval(1)
    alive = make_garbage()

    qtbot.waitUntil(lambda: alive() is None)


def test_python_goes_on_afterwards(qapp):
    was_enabled = gc.isenabled()
    collector = GarbageCollector()
    collector.start()
    assert not gc.isenabled()

    collector.stop()

    assert gc.isenabled() == was_enabled


def test_much_garbage_is_looked_at_more_often(collector):
    make_garbage(50_000)
    collector.collect()
    assert collector._timer.interval() == BUSY_INTERVAL_MS

    collector.collect()

    assert collector._timer.interval() == INTERVAL_MS


def test_what_has_come_in_great_number_is_not_looked_at_again(collector):
    before = gc.get_freeze_count()
    kept = [_Node() for _ in range(50_000)]

    collector.collect()

    assert gc.get_freeze_count() - before >= len(kept)


def test_garbage_that_was_frozen_is_looked_for_when_nobody_works_in_the_window(collector, monkeypatch):
    states = [Qt.ApplicationState.ApplicationActive]
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: states[0])
    kept = [_Node() for _ in range(50_000)]
    collector.collect()
    alive = weakref.ref(kept[0])
    kept.clear()
    collector._thawed_at = time.monotonic() - THAW_EVERY_S

    collector.collect()
    assert alive() is not None
    states[0] = Qt.ApplicationState.ApplicationInactive
    collector.collect()

    assert alive() is None
    assert gc.get_freeze_count() > 10_000


def test_frozen_garbage_does_not_stay_for_ever(collector, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationActive)
    kept = [_Node() for _ in range(50_000)]
    collector.collect()
    alive = weakref.ref(kept[0])
    kept.clear()
    collector._thawed_at = time.monotonic() - PATIENCE_S

    collector.collect()

    assert alive() is None


def test_what_was_there_before_is_not_looked_at(qapp):
    collector = GarbageCollector()
    collector.start()
    assert gc.get_freeze_count() > 10_000
    collector.stop()

    assert gc.get_freeze_count() == 0
