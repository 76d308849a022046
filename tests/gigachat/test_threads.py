"""Blocking calls have ended before their caller goes on."""

import asyncio
import threading

import pytest

from gigadesk.gigachat.threads import in_thread


async def test_result_comes_back():
    assert await in_thread(max, 1, 2) == 2


async def test_failure_comes_back():
    with pytest.raises(ZeroDivisionError):
        await in_thread(divmod, 1, 0)


async def test_what_is_given_back_is_not_undone():
    undone = []

    assert await in_thread(max, 1, 2, undo=undone.append) == 2
    assert undone == []


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("fails", [False, True])
async def test_call_has_ended_when_its_caller_is_cancelled(times, fails):
    undone = []
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def block():
        begun.set()
        may_end.wait()
        ended.set()
        if fails:
            raise OSError
        return "made"

    task = asyncio.create_task(in_thread(block, undo=undone.append))
    while not begun.is_set():
        await asyncio.sleep(0)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
    may_end.set()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()
    assert undone == ([] if fails else ["made"])
