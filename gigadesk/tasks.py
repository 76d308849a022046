"""Who owns a running piece of work. `TaskScope` is the only creator of tasks; knows no Qt and no loop of its own."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Iterable
from functools import partial
from typing import Any, TypeVar

from gigadesk.errors import GigadeskError, UnexpectedError

T = TypeVar("T")

Work = Callable[[], Coroutine[Any, Any, None]]


async def in_thread(work: Callable[[], T]) -> T:
    """What `work` gives, which runs in a thread. Who is cancelled meanwhile leaves when the thread has ended.

    `asyncio.to_thread` would leave at once, and whoever cleans up then would do so while the thread goes on.
    """
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        running.exception()  # nobody wants to know any more
        raise


class TaskScope:
    """Runs work in named slots, one piece at a time in each.

    Work that was started always reaches its first `await`, even if it is cancelled before it began: so an effect in
    its `finally` can be relied on. An exception that nobody expected is handed to `on_crash` with the work's name.
    """

    def __init__(self, on_crash: Callable[[str, BaseException], None]) -> None:
        self._on_crash = on_crash
        self._newest: dict[Hashable, _Entry] = {}
        self._unfinished: list[_Entry] = []
        self._is_closed = False

    def another(self) -> "TaskScope":
        """A scope with slots of its own that tells crashes to the same listener."""
        return TaskScope(self._on_crash)

    def start(self, slot: Hashable, name: str, work: Work, *, on_crash: Callable[[], None] = lambda: None) -> None:
        """Run `work` in `slot`. What was in the slot is cancelled, and the new work begins after it has cleaned up.

        `on_crash` is for whoever waits for this work: it is called when an exception that nobody expected has ended
        it, after the listener of the scope, unless it was to end anyway. Does nothing once the scope is closed.
        """
        if self._is_closed:
            return
        previous = self._newest.get(slot)
        if previous is not None:
            previous.cancel()
        entry = _Entry(name, slot, work, previous.task if previous is not None else None)
        self._newest[slot] = entry
        self._unfinished.append(entry)
        entry.task.add_done_callback(partial(self._on_done, entry, on_crash))

    async def run(self, slot: Hashable, name: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `work` gives, which runs in `slot`.

        Raises:
            GigadeskError: as `work` does; `UnexpectedError` when it ended by anything else, which the listener has.
        """
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        async def deliver() -> None:
            try:
                result.set_result(await work())
            except GigadeskError as error:
                result.set_exception(error)
            except asyncio.CancelledError:
                result.cancel()
                raise

        self.start(slot, name, deliver, on_crash=lambda: result.set_exception(UnexpectedError()))
        try:
            return await result
        finally:
            self.cancel(slot)

    def cancel(self, slot: Hashable) -> None:
        """Ask the work in `slot` to end; nothing happens when there is none."""
        entry = self._newest.get(slot)
        if entry is not None:
            entry.cancel()

    def is_running(self, slot: Hashable) -> bool:
        """Whether work in `slot` has not ended yet."""
        entry = self._newest.get(slot)
        return entry is not None and not entry.task.done()

    async def end(self, slots: Iterable[Hashable], limit_s: float) -> None:
        """Cancel the work in `slots` and wait until it has cleaned up, at most `limit_s` seconds."""
        wanted = set(slots)
        await self._end([entry for entry in self._unfinished if entry.slot in wanted], limit_s)

    async def close(self, limit_s: float) -> None:
        """Cancel everything and wait until it has cleaned up, at most `limit_s` seconds. Nothing starts afterwards."""
        self._is_closed = True
        await self._end(list(self._unfinished), limit_s)

    async def _end(self, entries: list["_Entry"], limit_s: float) -> None:
        for entry in entries:
            entry.cancel()
        if entries:
            await asyncio.wait([entry.task for entry in entries], timeout=limit_s)

    def _on_done(self, entry: "_Entry", on_crash: Callable[[], None], task: "asyncio.Task[None]") -> None:
        self._unfinished.remove(entry)
        if self._newest.get(entry.slot) is entry:
            del self._newest[entry.slot]
        if not task.cancelled() and (exception := task.exception()) is not None:
            self._on_crash(entry.name, exception)
            if not entry.is_cancelled:
                on_crash()


class _Entry:
    """One piece of work and its task."""

    def __init__(self, name: str, slot: Hashable, work: Work, previous: "asyncio.Task[None] | None") -> None:
        self.name = name
        self.slot = slot
        self._has_begun = False
        self.is_cancelled = False
        self.task = asyncio.get_running_loop().create_task(self._run(work, previous), name=name)

    def cancel(self) -> None:
        # Once is enough: a second one would disturb the clean-up. And a task that is cancelled before its first step
        # never enters its body, so no `finally` of it would run.
        if self.is_cancelled:
            return
        self.is_cancelled = True
        if self._has_begun:
            self.task.cancel()

    async def _run(self, work: Work, previous: "asyncio.Task[None] | None") -> None:
        if previous is not None:
            await asyncio.wait([previous])
        self._has_begun = True
        if self.is_cancelled:
            self.task.cancel()
        await work()
