"""Which request may run now. A private account may have one answer written at a time, a company ten.

Knows nothing of messages, the disk or the network: it starts and stops jobs in a `TaskScope`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

from gigadesk.chat import ChatId
from gigadesk.tasks import TaskScope

LOWERED_LANES_S = 300.0
"""How long fewer lanes are used after the service refused a further request; another program may hold the key."""


@dataclass(eq=False, frozen=True, slots=True)
class Job:
    """One request that wants a lane.

    `run` returns when the request is over, or with the seconds to wait before it is to be run again. `on_queued` is
    told the place in the line, from 1, each time it changes. Background jobs are not counted and yield to the others:
    they are cancelled when their lane is needed, and run again later.
    """

    slot: Hashable
    chat_id: ChatId
    name: str
    run: Callable[[], Coroutine[Any, Any, float | None]]
    on_queued: Callable[[int], None] | None = None
    is_background: bool = False


class SendQueue:
    """A line of jobs before a number of lanes. Jobs of one chat run one after the other, in their order."""

    def __init__(self, tasks: TaskScope, lanes: int, on_counts: Callable[[int, int], None]) -> None:
        self._tasks = tasks
        self._lanes = lanes
        self._lowered_to: int | None = None
        self._lowered_until = 0.0
        self._on_counts = on_counts
        self._running: list[Job] = []
        self._waiting: list[Job] = []
        self._background: list[Job] = []
        self._yielding: set[Job] = set()
        self._positions: dict[Job, int] = {}
        self._counts = (0, 0)
        self._resume_timer: asyncio.TimerHandle | None = None
        self._paused_by: Job | None = None
        self._is_closed = False

    def add(self, job: Job) -> None:
        """Run `job` as soon as it may; never, once the queue is closed."""
        if self._is_closed:
            return
        (self._background if job.is_background else self._waiting).append(job)
        self._advance()

    def remove(self, job: Job) -> bool:
        """Take a waiting job out of the line; False when it does not wait (any more)."""
        line = self._background if job.is_background else self._waiting
        if job not in line:
            return False
        line.remove(job)
        if job is self._paused_by:
            self._end_pause()
        self._advance()
        return True

    def cancel(self, job: Job) -> None:
        """Ask a running job to end. Its lane is free when it has cleaned up."""
        if job in self._running:
            self._tasks.cancel(job.slot)

    def is_running(self, job: Job) -> bool:
        return job in self._running

    def position(self, job: Job) -> int:
        """Place in the line, from 1; 0 when the job does not wait."""
        return self._waiting.index(job) + 1 if job in self._waiting else 0

    def move_to_front(self, job: Job) -> None:
        """Let a waiting job be the next. Earlier ones of its chat go with it: it may build on their answers."""
        if job not in self._waiting:
            return
        until = self._waiting.index(job)
        moved = [other for other in self._waiting[: until + 1] if other.chat_id == job.chat_id]
        self._waiting = moved + [other for other in self._waiting if other not in moved]
        self._advance()

    def set_lanes(self, lanes: int) -> None:
        """How many jobs the account allows at once; forgets what refusals have taught about it."""
        self._lanes = lanes
        self._lowered_to = None
        self._end_pause()
        self._advance()

    def others_running(self, job: Job) -> int:
        """How many jobs run besides this one, background jobs too: the service counts them all."""
        return sum(other is not job for other in self._running)

    def note_refusal(self, job: Job) -> None:
        """The service has just refused `job` beside the others that run: use no more lanes than those, for a while."""
        if others := self.others_running(job):
            self._lowered_to = others
            self._lowered_until = asyncio.get_running_loop().time() + LOWERED_LANES_S

    def close(self) -> None:
        """Start nothing any more. What runs goes on; what waits is forgotten."""
        self._is_closed = True
        self._waiting.clear()
        self._background.clear()
        self._end_pause()

    def running(self) -> tuple[Job, ...]:
        return tuple(self._running)

    def _advance(self) -> None:
        while (job := self._next()) is not None:
            (self._background if job.is_background else self._waiting).remove(job)
            self._running.append(job)
            self._tasks.start(job.slot, job.name, partial(self._run, job))
        self._make_room()
        self._report()

    def _next(self) -> Job | None:
        if self._is_closed or self._resume_timer is not None or len(self._running) >= self._open_lanes():
            return None
        ready = self._ready()
        if ready is not None:
            return ready
        return self._background[0] if self._background and not self._waiting else None

    def _ready(self) -> Job | None:
        """The first in the line whose chat is not busy."""
        busy = {job.chat_id for job in self._running if not job.is_background}
        return next((job for job in self._waiting if job.chat_id not in busy), None)

    def _open_lanes(self) -> int:
        if self._lowered_to is not None and asyncio.get_running_loop().time() >= self._lowered_until:
            self._lowered_to = None
        return self._lanes if self._lowered_to is None else min(self._lanes, self._lowered_to)

    def _make_room(self) -> None:
        if self._ready() is None:
            return
        for job in self._running:
            if job.is_background and job not in self._yielding:
                self._yielding.add(job)
                self._tasks.cancel(job.slot)

    async def _run(self, job: Job) -> None:
        delay: float | None = None
        try:
            delay = await job.run()
        except asyncio.CancelledError:
            if job in self._yielding and not self._is_closed:
                self._background.append(job)
            raise
        finally:
            self._running.remove(job)
            self._yielding.discard(job)
            if delay is not None and not self._is_closed:
                self._run_again(job, delay)
            self._advance()

    def _run_again(self, job: Job, delay_s: float) -> None:
        if job.is_background:
            asyncio.get_running_loop().call_later(delay_s, self.add, job)
        else:
            self._waiting.insert(0, job)
            self._pause(job, delay_s)

    def _pause(self, refused: Job, delay_s: float) -> None:
        # Nobody starts meanwhile: the service would refuse the next one just the same.
        self._end_pause()
        self._paused_by = refused
        self._resume_timer = asyncio.get_running_loop().call_later(delay_s, self._resume)

    def _resume(self) -> None:
        self._end_pause()
        self._advance()

    def _end_pause(self) -> None:
        self._paused_by = None
        if self._resume_timer is not None:
            self._resume_timer.cancel()
            self._resume_timer = None

    def _report(self) -> None:
        before, self._positions = self._positions, {job: place for place, job in enumerate(self._waiting, start=1)}
        for job, place in self._positions.items():
            if before.get(job) != place and job.on_queued is not None:
                job.on_queued(place)
        counts = (sum(not job.is_background for job in self._running), len(self._waiting))
        if counts != self._counts:
            self._counts = counts
            self._on_counts(*counts)
