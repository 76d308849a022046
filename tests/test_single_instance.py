"""A second program on the same folder gives way and wakes the first."""

import asyncio
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


def test_second_program_wakes_the_first(first, folder, run_async):
    called = []
    first.activated.connect(lambda: called.append(1))

    assert run_async(SingleInstance(folder).wake_other())

    assert called == [1]


def test_listening_begins_by_itself(folder, run_async):
    instance = SingleInstance(folder)
    instance.try_acquire()

    async def story():
        while not await SingleInstance(folder).wake_other():
            await asyncio.sleep(0.05)

    run_async(story())
    instance.release()


HANGING_HOLDER = """
import pathlib, sys, time
from PySide6.QtCore import QCoreApplication
from gigadesk.ui.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(pathlib.Path(sys.argv[1]))
instance.try_acquire()
instance.listen()
print("listening", flush=True)
time.sleep(60)
"""


def test_a_program_that_hangs_has_not_answered(qapp, folder, run_async):
    holder = subprocess.Popen([sys.executable, "-c", HANGING_HOLDER, str(folder)], cwd=REPOSITORY, stdout=-1)
    with holder:
        try:
            holder.stdout.readline()
            second = SingleInstance(folder)
            assert not second.try_acquire()
            assert not run_async(second.wake_other())
            assert second.other_computer() == ""
            second.take_over()
            assert not second.try_acquire()
        finally:
            holder.kill()


def test_a_lock_of_another_computer_is_named_and_counts_no_more_when_the_user_says_so(qapp, folder):
    folder.mkdir()
    (folder / LOCK_NAME).write_text("4242\ngigadesk\nworkshop\n11112222333344445555666677778888\nother-boot\n")
    instance = SingleInstance(folder)

    assert not instance.try_acquire()
    assert instance.other_computer() == "workshop"
    instance.take_over()
    assert instance.try_acquire()
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


def test_nobody_to_wake(qapp, folder, run_async):
    assert not run_async(SingleInstance(folder).wake_other())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_killed_program_leaves_nothing_in_the_way(folder, run_async):
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_HOLDER, str(folder)], cwd=REPOSITORY, capture_output=True, check=False
    )
    assert ended.stdout.strip() == b"True"
    assert (folder / LOCK_NAME).exists()
    assert (folder / SOCKET_NAME).exists()

    instance = SingleInstance(folder)

    assert instance.try_acquire()
    instance.listen()
    assert run_async(SingleInstance(folder).wake_other())
    instance.release()


@pytest.mark.skipif(os.name == "nt", reason="named pipes have no modes")
def test_only_the_owner_can_reach_lock_and_socket(first, folder):
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / LOCK_NAME, folder / SOCKET_NAME)
    }

    assert modes == {"data": 0o700, LOCK_NAME: 0o600, SOCKET_NAME: 0o700}


@pytest.mark.skipif(os.name == "nt", reason="named pipes are no files")
def test_long_paths_have_a_socket_elsewhere(private_home, run_async):
    folder = private_home / ("long" * 30)
    instance = SingleInstance(folder)

    assert instance.try_acquire()
    instance.listen()
    assert run_async(SingleInstance(folder).wake_other())
    instance.release()


@pytest.mark.skipif(os.name == "nt", reason="named pipes are no sockets")
@pytest.mark.parametrize("message", [b"", b"open /etc/passwd\n", b"x" * 1_000_000], ids=["silent", "words", "flood"])
def test_what_a_caller_says_is_not_read(first, folder, qtbot, run_async, message):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(folder / SOCKET_NAME))
        caller.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            caller.send(message)
        with qtbot.waitSignal(first.activated):
            pass
    assert run_async(SingleInstance(folder).wake_other())
