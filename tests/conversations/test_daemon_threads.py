"""Calls in threads that nobody waits for at the end."""

import asyncio
import subprocess
import sys
import threading

import pytest

from gigadesk.conversations.daemon_threads import DaemonThreads
from gigadesk.errors import AttachmentCause, AttachmentError

STUCK = """
import asyncio, threading
from gigadesk.conversations.daemon_threads import DaemonThreads

async def main():
    reading = asyncio.get_running_loop().run_in_executor(DaemonThreads(), threading.Event().wait)
    await asyncio.wait([reading], timeout=0.01)
    reading.cancel()

asyncio.run(main())
print("ended")
"""


async def test_what_comes_of_a_call_comes_back():
    def fail() -> None:
        raise AttachmentError(AttachmentCause.EMPTY)

    loop = asyncio.get_running_loop()

    assert await loop.run_in_executor(DaemonThreads(), lambda a, b: a + b, 1, 2) == 3
    with pytest.raises(AttachmentError):
        await loop.run_in_executor(DaemonThreads(), fail)


async def test_an_error_that_nobody_expected_reaches_the_hook(monkeypatch):
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda report: seen.append(report.exc_type))

    with pytest.raises(RuntimeError):
        await asyncio.get_running_loop().run_in_executor(DaemonThreads(), lambda: 1 // 0)
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join(5)

    assert seen == [ZeroDivisionError]


def test_a_call_that_was_cancelled_before_it_began_is_not_made(monkeypatch):
    threads: list[threading.Thread] = []
    monkeypatch.setattr(threading.Thread, "start", lambda thread: threads.append(thread))  # noqa: PLW0108  (a method)
    future = DaemonThreads().submit(pytest.fail, "called")
    future.cancel()

    threads[0].run()

    assert future.cancelled()


def test_a_stuck_call_does_not_hold_up_the_end():
    ended = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, text=True, timeout=20, check=True)

    assert ended.stdout == "ended\n"
