"""A second program on the same folder gives way and wakes the first."""

import contextlib
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gigadesk.ui.single_instance import LOCK_NAME, SOCKET_NAME, SingleInstance

REPOSITORY = Path(__file__).parent.parent

KILLED_HOLDER = """
import os, pathlib, signal, sys
from PySide6.QtCore import QCoreApplication
from gigadesk.ui.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(pathlib.Path(sys.argv[1]))
print(instance.try_acquire(), flush=True)
instance.listen()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(private_home: Path) -> Path:
    return private_home / "data"


@pytest.fixture
def first(qapp, folder):
    instance = SingleInstance(folder)
    assert instance.try_acquire()
    instance.listen()
    yield instance
    instance.release()


def test_second_program_gives_way(first, folder):
    assert not SingleInstance(folder).try_acquire()


def test_second_program_wakes_the_first(first, folder, qtbot):
    with qtbot.waitSignal(first.activated):
        assert SingleInstance(folder).notify_other()


def test_listening_begins_by_itself(folder, qtbot):
    instance = SingleInstance(folder)
    instance.try_acquire()

    qtbot.waitUntil(SingleInstance(folder).notify_other)

    instance.release()


def test_folder_is_free_after_release(first, folder):
    first.release()

    second = SingleInstance(folder)
    assert second.try_acquire()
    second.release()


def test_other_folders_are_free(first, folder):
    other = SingleInstance(folder.parent / "other")

    assert other.try_acquire()
    other.release()


def test_nobody_to_wake(qapp, folder):
    assert not SingleInstance(folder).notify_other()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_killed_program_leaves_nothing_in_the_way(folder, qtbot):
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_HOLDER, str(folder)], cwd=REPOSITORY, capture_output=True, check=False
    )
    assert ended.stdout.strip() == b"True"
    assert (folder / LOCK_NAME).exists()
    assert (folder / SOCKET_NAME).exists()

    instance = SingleInstance(folder)

    assert instance.try_acquire()
    instance.listen()
    with qtbot.waitSignal(instance.activated):
        assert SingleInstance(folder).notify_other()
    instance.release()


@pytest.mark.skipif(os.name == "nt", reason="named pipes have no modes")
def test_only_the_owner_can_reach_lock_and_socket(first, folder):
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / LOCK_NAME, folder / SOCKET_NAME)
    }

    assert modes == {"data": 0o700, LOCK_NAME: 0o600, SOCKET_NAME: 0o700}


@pytest.mark.skipif(os.name == "nt", reason="named pipes are no files")
def test_long_paths_have_a_socket_elsewhere(private_home, qtbot):
    folder = private_home / ("long" * 30)
    instance = SingleInstance(folder)

    assert instance.try_acquire()
    instance.listen()
    with qtbot.waitSignal(instance.activated):
        assert SingleInstance(folder).notify_other()
    instance.release()


@pytest.mark.skipif(os.name == "nt", reason="named pipes are no sockets")
@pytest.mark.parametrize("message", [b"", b"open /etc/passwd\n", b"x" * 1_000_000], ids=["silent", "words", "flood"])
def test_what_a_caller_says_is_not_read(first, folder, qtbot, message):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(folder / SOCKET_NAME))
        caller.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            caller.send(message)
        with qtbot.waitSignal(first.activated):
            pass
    with qtbot.waitSignal(first.activated):
        assert SingleInstance(folder).notify_other()
