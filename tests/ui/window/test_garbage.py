"""Garbage is collected on the thread of the window, and nowhere else."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from gigadesk.ui.garbage import GarbageCollector


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
