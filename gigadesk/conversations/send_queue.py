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


@dataclass(eq=False, slots=True)
class Home:
    """Who brings jobs: they run in its tasks, and it is told how many of all jobs run and wait."""

    tasks: TaskScope
    on_counts: Callable[[int, int], None]
    is_closed: bool = False


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
    """For each account a line of jobs before a number of lanes. Jobs of one chat run one after the other, in order.

    It may have several homes, whose jobs stand in the same lines; see `QueueShare`.
    """

    def __init__(self, lanes: Callable[[str], int]) -> None:
        self._lanes = lanes
        self._homes: list[Home] = []
        self._home_of: dict[Job, Home] = {}
        self._pools: dict[str, LanePool] = {}
        self._accounts: dict[Job, str] = {}
        self._waiting: list[Job] = []
        self._background: list[Job] = []
        self._yielding: set[Job] = set()
        self._positions: dict[Job, int] = {}
        self._counts = (0, 0)

    def open(self, home: Home) -> None:
        """Let somebody else bring jobs."""
        self._homes.append(home)

    def add(self, job: Job, home: Home) -> None:
        """Run `job` as soon as it may; never, once its home is closed."""
        if home.is_closed:
            return
        self._home_of[job] = home
        (self._background if job.is_background else self._waiting).append(job)
        self._advance()

    def remove(self, job: Job) -> bool:
        """Take a waiting job out of the line; False when it does not wait (any more)."""
        line = self._background if job.is_background else self._waiting
        if job not in line:
            return False
        line.remove(job)
        self._forget(job)
        self._advance()
        return True

    def cancel(self, job: Job) -> None:
        """Ask a running job to end. Its lane is free when it has cleaned up."""
        if job in self._accounts:
            self._home_of[job].tasks.cancel(job.slot)

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
        for job in [job for job in self._background if job.chat_id in chat_ids]:
            self._background.remove(job)
            self._forget(job)
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

    def close(self, home: Home) -> None:
        """Start nothing of it any more. What runs goes on; what waits is forgotten."""
        if home.is_closed:
            return
        home.is_closed = True
        self._homes.remove(home)
        for line in (self._waiting, self._background):
            for job in [job for job in line if self._home_of[job] is home]:
                line.remove(job)
                self._forget(job)
        self._advance()

    def running(self, home: Home) -> tuple[Job, ...]:
        return tuple(job for job in self._accounts if self._home_of[job] is home)

    def _forget(self, job: Job) -> None:
        """It does not wait any more, nor does anybody because of it."""
        del self._home_of[job]
        for pool in self._pools.values():
            if pool.paused_by is job:
                pool.end_pause()

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
            self._home_of[job].tasks.start(job.slot, job.name, partial(self._run, job))
        self._make_room()
        self._report()

    def _next(self) -> Job | None:
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
                    self._home_of[job].tasks.cancel(job.slot)

    async def _run(self, job: Job) -> None:
        delay: float | None = None
        yields = False
        try:
            delay = await job.run()
        except asyncio.CancelledError:
            yields = job in self._yielding
            raise
        finally:
            pool = self._pool(self._accounts.pop(job))
            pool.running.remove(job)
            self._yielding.discard(job)
            home = self._home_of.pop(job)
            if yields:
                self._put_back(job, home, self._background, len(self._background))
            elif delay is not None and job.is_background:
                asyncio.get_running_loop().call_later(delay, self.add, job, home)
            elif delay is not None and self._put_back(job, home, self._waiting, 0):
                pool.pause(job, delay)
            self._advance()

    def _put_back(self, job: Job, home: Home, line: list[Job], place: int) -> bool:
        if not home.is_closed:
            self._home_of[job] = home
            line.insert(place, job)
        return not home.is_closed

    def _report(self) -> None:
        before, self._positions = self._positions, self._places()
        for job, place in self._positions.items():
            if before.get(job) != place and job.on_queued is not None:
                job.on_queued(place)
        counts = (sum(not job.is_background for job in self._accounts), len(self._waiting))
        if counts != self._counts:
            self._counts = counts
            for home in list(self._homes):
                home.on_counts(*counts)

    def _places(self) -> dict[Job, int]:
        places: dict[Job, int] = {}
        lengths: dict[str, int] = {}
        for job in self._waiting:
            account = job.account()
            places[job] = lengths[account] = lengths.get(account, 0) + 1
        return places
