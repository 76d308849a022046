import asyncio

import pytest

from gigadesk.errors import StorageCause, StorageError, UnexpectedError
from gigadesk.tasks import TaskScope


class Trace:
    """Work that says what happens to it."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    def work(self, name: str, *, cleanup: bool = False):
        self.gates[name] = asyncio.Event()

        async def run() -> None:
            self.steps.append(f"{name} begins")
            try:
                await self.gates[name].wait()
                self.steps.append(f"{name} is done")
            finally:
                if cleanup:
                    await asyncio.sleep(0)
                    await asyncio.sleep(0)
                self.steps.append(f"{name} ends")

        return run


@pytest.fixture
def crashes():
    return []


@pytest.fixture
def scope(crashes):
    return TaskScope(lambda name, error: crashes.append((name, error)))


async def steps(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_work_runs_and_leaves_its_slot(scope):
    trace = Trace()

    scope.start("slot", "work", trace.work("a"))
    await steps()
    assert scope.is_running("slot")
    trace.gates["a"].set()
    await steps()

    assert not scope.is_running("slot")
    assert trace.steps == ["a begins", "a is done", "a ends"]


async def test_new_work_begins_after_the_old_has_cleaned_up(scope):
    trace = Trace()
    scope.start("slot", "a", trace.work("a", cleanup=True))
    await steps()

    scope.start("slot", "b", trace.work("b"))
    await steps()

    assert trace.steps == ["a begins", "a ends", "b begins"]
    await scope.close(1)


async def test_slots_do_not_wait_for_each_other(scope):
    trace = Trace()

    scope.start(("chat", 1), "a", trace.work("a"))
    scope.start(("chat", 2), "b", trace.work("b"))
    await steps()

    assert trace.steps == ["a begins", "b begins"]
    await scope.close(1)


async def test_cancelled_work_cleans_up_even_if_it_had_not_begun(scope, crashes):
    trace = Trace()

    scope.start("slot", "a", trace.work("a"))
    scope.cancel("slot")
    await steps()

    assert trace.steps == ["a begins", "a ends"]
    assert crashes == []


async def test_a_row_of_replacements_runs_one_at_a_time(scope):
    trace = Trace()

    for name in "abc":
        scope.start("slot", name, trace.work(name, cleanup=True))
    await steps(40)

    assert trace.steps == ["a begins", "a ends", "b begins", "b ends", "c begins"]
    await scope.close(1)


async def test_cancelling_twice_does_not_disturb_the_cleaning_up(scope):
    trace = Trace()
    scope.start("slot", "a", trace.work("a", cleanup=True))
    await steps()

    scope.cancel("slot")
    await asyncio.sleep(0)
    scope.cancel("slot")
    await steps()

    assert trace.steps == ["a begins", "a ends"]


async def test_an_unexpected_exception_is_reported_with_the_name(scope, crashes):
    async def crash() -> None:
        raise ZeroDivisionError

    scope.start("slot", "a bad idea", crash)
    await steps()

    [(name, error)] = crashes
    assert name == "a bad idea"
    assert isinstance(error, ZeroDivisionError)
    assert not scope.is_running("slot")


async def test_an_exception_of_the_old_work_does_not_stop_the_new(scope, crashes):
    trace = Trace()

    async def crash_when_cancelled() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    scope.start("slot", "old", crash_when_cancelled)
    await steps()
    scope.start("slot", "new", trace.work("new"))
    await steps()

    assert [name for name, _ in crashes] == ["old"]
    assert trace.steps == ["new begins"]
    await scope.close(1)


async def test_end_waits_for_the_named_slots_only(scope):
    trace = Trace()
    scope.start("a", "a", trace.work("a", cleanup=True))
    scope.start("b", "b", trace.work("b"))
    await steps()

    await scope.end(["a", "unknown"], 1)

    assert trace.steps == ["a begins", "b begins", "a ends"]
    assert scope.is_running("b")
    await scope.close(1)


async def test_close_ends_everything_and_starts_nothing_more(scope):
    trace = Trace()
    for name in "ab":
        scope.start(name, name, trace.work(name, cleanup=True))
    await steps()

    await scope.close(1)
    scope.start("c", "c", trace.work("c"))
    await steps()

    assert trace.steps == ["a begins", "b begins", "a ends", "b ends"]
    assert not scope.is_running("c")


async def test_close_does_not_wait_longer_than_its_limit(scope):
    gate = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await gate.wait()

    scope.start("slot", "stubborn", stubborn)
    await steps()

    await scope.close(0.01)

    assert scope.is_running("slot")
    gate.set()
    await steps()


async def test_who_waits_for_work_hears_that_it_crashed_but_not_when_it_was_to_end(scope, crashes):
    heard = []
    trace = Trace()

    async def crash() -> None:
        raise ValueError

    async def crash_when_cancelled() -> None:
        try:
            await trace.work("b")()
        finally:
            raise ValueError

    scope.start("a", "a", crash, on_crash=lambda: heard.append("a"))
    scope.start("b", "b", crash_when_cancelled, on_crash=lambda: heard.append("b"))
    scope.start("c", "c", trace.work("c"), on_crash=lambda: heard.append("c"))
    await steps()
    scope.cancel("b")
    trace.gates["c"].set()
    await steps()

    assert heard == ["a"]
    assert [name for name, _ in crashes] == ["a", "b"]


async def test_the_result_of_work_comes_or_its_failure_and_a_crash_is_one(scope, crashes):
    async def give() -> int:
        return 1

    async def fail() -> int:
        raise StorageError(StorageCause.FULL, "")

    async def crash() -> int:
        raise ValueError

    assert await scope.run("slot", "work", give) == 1
    with pytest.raises(StorageError):
        await scope.run("slot", "work", fail)
    assert crashes == []
    with pytest.raises(UnexpectedError):
        await scope.run("slot", "work", crash)
    assert [name for name, _ in crashes] == ["work"]


async def test_who_does_not_wait_any_more_ends_the_work(scope):
    trace = Trace()
    waiting = asyncio.ensure_future(scope.run("slot", "work", trace.work("a")))
    await steps()

    waiting.cancel()
    await steps()

    assert trace.steps == ["a begins", "a ends"]
    assert not scope.is_running("slot")
