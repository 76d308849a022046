"""Which request may run now. A private account may have one answer written at a time, a company ten.

Knows nothing of messages, the disk or the network: it starts and stops jobs in a `TaskScope`.
"""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

from gigadesk.chat import ChatId
from gigadesk.conversations.lane_pool import LanePool
from gigadesk.tasks import TaskScope


@dataclass(eq=False, frozen=True, slots=True)
class Job:
    """One request that wants a lane.

    `account` tells whose lane; it is asked again until the job starts. `run` returns when the request is over, or
    with the seconds to wait before it is to be run again. `on_queued` is told the place in the line, from 1, each
    time it changes. Background jobs are not counted and yield to the others of their account: they are cancelled
    when their lane is needed, and run again later.
    """

    slot: Hashable
    chat_id: ChatId
    name: str
    account: Callable[[], str]
    run: Callable[[], Coroutine[Any, Any, float | None]]
    on_queued: Callable[[int], None] | None = None
    is_background: bool = False
    is_held: Callable[[], bool] = bool
    """Whether it must not start now, nor the next of its chat; `refresh` when that has changed."""


class SendQueue:
    """For each account a line of jobs before a number of lanes. Jobs of one chat run one after the other, in order."""

    def __init__(self, tasks: TaskScope, lanes: Callable[[str], int], on_counts: Callable[[int, int], None]) -> None:
        self._tasks = tasks
        self._lanes = lanes
        self._on_counts = on_counts
        self._pools: dict[str, LanePool] = {}
        self._accounts: dict[Job, str] = {}
        self._waiting: list[Job] = []
        self._background: list[Job] = []
        self._yielding: set[Job] = set()
        self._positions: dict[Job, int] = {}
        self._counts = (0, 0)
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
        for pool in self._pools.values():
            if pool.paused_by is job:
                pool.end_pause()
        self._advance()
        return True

    def cancel(self, job: Job) -> None:
        """Ask a running job to end. Its lane is free when it has cleaned up."""
        if job in self._accounts:
            self._tasks.cancel(job.slot)

    def is_running(self, job: Job) -> bool:
        return job in self._accounts

    def position(self, job: Job) -> int:
        """Place in the line of its account, from 1; 0 when it does not wait."""
        return self._positions.get(job, 0)

    def account_of(self, job: Job) -> str:
        """On whose lane a running job is, or a waiting one would be."""
        return self._accounts[job] if job in self._accounts else job.account()

    def move_to_front(self, job: Job) -> None:
        """Let a waiting job be the next one; those of its chat that came before it go along before it."""
        if job not in self._waiting:
            return
        until = self._waiting.index(job)
        moved = [other for other in self._waiting[: until + 1] if other.chat_id == job.chat_id]
        self._waiting = moved + [other for other in self._waiting if other not in moved]
        self._advance()

    def refresh(self) -> None:
        """The account of a waiting job may have changed."""
        for account, pool in self._pools.items():
            if pool.paused_by is not None and pool.paused_by.account() != account:
                pool.end_pause()
        self._advance()

    def drop_chats(self, chat_ids: Collection[ChatId]) -> list[Hashable]:
        """Take the background jobs of chats out of the line; gives the slots of all their jobs that run."""
        self._background = [job for job in self._background if job.chat_id not in chat_ids]
        return [job.slot for job in self._accounts if job.chat_id in chat_ids]

    def lanes_changed(self) -> None:
        """The accounts may allow other numbers of jobs; forgets what refusals have taught about them."""
        for pool in self._pools.values():
            pool.forget_refusals()
        self._advance()

    def others_running(self, job: Job) -> int:
        """How many jobs run on its account besides this one, background jobs too: the service counts them all."""
        return sum(other is not job for other in self._pool(self.account_of(job)).running)

    def note_refusal(self, job: Job) -> None:
        """The service has just refused `job` beside the others that run: use no more lanes than those, for a while."""
        if others := self.others_running(job):
            self._pool(self.account_of(job)).lower(others)

    def close(self) -> None:
        """Start nothing any more. What runs goes on; what waits is forgotten."""
        self._is_closed = True
        self._waiting.clear()
        self._background.clear()
        for pool in self._pools.values():
            pool.end_pause()

    def running(self) -> tuple[Job, ...]:
        return tuple(self._accounts)

    def _pool(self, account: str) -> LanePool:
        if account not in self._pools:
            self._pools[account] = LanePool(self._advance)
        return self._pools[account]

    def _advance(self) -> None:
        while (job := self._next()) is not None:
            (self._background if job.is_background else self._waiting).remove(job)
            account = job.account()
            self._accounts[job] = account
            self._pool(account).running.append(job)
            self._tasks.start(job.slot, job.name, partial(self._run, job))
        self._make_room()
        self._report()

    def _next(self) -> Job | None:
        if self._is_closed:
            return None
        return next(filter(self._has_lane, self._ready()), None) or next(filter(self._may_fill, self._background), None)

    def _ready(self) -> list[Job]:
        """Of each account the first in its line whose chat is not busy."""
        busy = {job.chat_id for job in self._accounts if not job.is_background}
        ready: dict[str, Job] = {}
        for job in self._waiting:
            # The next of this chat waits for this one, whichever account is to write it.
            if job.chat_id not in busy:
                busy.add(job.chat_id)
                if not job.is_held():
                    ready.setdefault(job.account(), job)
        return list(ready.values())

    def _has_lane(self, job: Job) -> bool:
        account = job.account()
        return self._pool(account).has_room(self._lanes(account))

    def _may_fill(self, job: Job) -> bool:
        """Whether nobody of its account waits whom a background job would keep waiting."""
        account = job.account()
        return self._has_lane(job) and all(other.account() != account for other in self._waiting)

    def _make_room(self) -> None:
        for wanted in self._ready():
            for job in self._pool(wanted.account()).running:
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
            pool = self._pool(self._accounts.pop(job))
            pool.running.remove(job)
            self._yielding.discard(job)
            if delay is not None and not self._is_closed:
                self._run_again(job, pool, delay)
            self._advance()

    def _run_again(self, job: Job, pool: LanePool, delay_s: float) -> None:
        if job.is_background:
            asyncio.get_running_loop().call_later(delay_s, self.add, job)
        else:
            self._waiting.insert(0, job)
            pool.pause(job, delay_s)

    def _report(self) -> None:
        before, self._positions = self._positions, self._places()
        for job, place in self._positions.items():
            if before.get(job) != place and job.on_queued is not None:
                job.on_queued(place)
        counts = (sum(not job.is_background for job in self._accounts), len(self._waiting))
        if counts != self._counts:
            self._counts = counts
            self._on_counts(*counts)

    def _places(self) -> dict[Job, int]:
        places: dict[Job, int] = {}
        lengths: dict[str, int] = {}
        for job in self._waiting:
            account = job.account()
            places[job] = lengths[account] = lengths.get(account, 0) + 1
        return places
