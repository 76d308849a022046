import asyncio
import threading

import pytest

from gigadesk.tasks import TaskScope, in_thread


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


async def test_a_thread_hands_back_what_was_computed():
    assert await in_thread(lambda: 6 * 7, 5, "sum") == 42


async def test_a_thread_hands_back_what_was_raised():
    def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await in_thread(fail, 5, "fail")


async def test_a_stuck_thread_is_given_up_and_its_late_answer_dropped():
    gate, is_over = threading.Event(), threading.Event()

    def stick() -> int:
        gate.wait()
        is_over.set()
        return 1

    with pytest.raises(TimeoutError):
        await in_thread(stick, 0.01, "stuck")
    gate.set()
    await asyncio.to_thread(is_over.wait)
    await steps()


def test_a_thread_that_outlives_the_loop_is_harmless():
    gate = threading.Event()
    threads: list[threading.Thread] = []

    def stick() -> None:
        threads.append(threading.current_thread())
        gate.wait()

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            await in_thread(stick, 0.01, "stuck")

    asyncio.run(give_up())
    gate.set()
    threads[0].join(5)

    assert threads[0].daemon
    assert not threads[0].is_alive()


def test_scopes_work_on_the_qt_loop(run_async):
    trace = Trace()
    crashes = []

    async def story() -> None:
        scope = TaskScope(lambda name, error: crashes.append((name, error)))
        scope.start("slot", "a", trace.work("a", cleanup=True))
        await steps()
        scope.start("slot", "b", trace.work("b"))
        await steps(40)
        await scope.close(1)

    run_async(story())

    assert trace.steps == ["a begins", "a ends", "b begins", "b ends"]
    assert crashes == []
