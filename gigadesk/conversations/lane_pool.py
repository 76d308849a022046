"""How many requests one account may have running, and what the service's refusals have taught about it."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigadesk.conversations.send_queue import Job

LOWERED_LANES_S = 300.0
"""How long fewer lanes are used after the service refused a further request; another program may hold the key."""


class LanePool:
    """The lanes of one account."""

    def __init__(self, on_resume: Callable[[], None]) -> None:
        self.running: list[Job] = []
        self.paused_by: Job | None = None
        self._on_resume = on_resume
        self._lowered_to: int | None = None
        self._lowered_until = 0.0
        self._resume_timer: asyncio.TimerHandle | None = None

    def has_room(self, lanes: int) -> bool:
        """Whether one more may start, where the account allows `lanes`."""
        if self._lowered_to is not None:
            if asyncio.get_running_loop().time() >= self._lowered_until:
                self._lowered_to = None
            else:
                lanes = min(lanes, self._lowered_to)
        return self._resume_timer is None and len(self.running) < lanes

    def lower(self, lanes: int) -> None:
        """Use no more than so many lanes for a while."""
        self._lowered_to = lanes
        self._lowered_until = asyncio.get_running_loop().time() + LOWERED_LANES_S

    def pause(self, refused: "Job", delay_s: float) -> None:
        """Start nobody meanwhile: the service would refuse the next one just the same."""
        self.end_pause()
        self.paused_by = refused
        self._resume_timer = asyncio.get_running_loop().call_later(delay_s, self._resume)

    def end_pause(self) -> None:
        self.paused_by = None
        if self._resume_timer is not None:
            self._resume_timer.cancel()
            self._resume_timer = None

    def forget_refusals(self) -> None:
        self._lowered_to = None
        self.end_pause()

    def _resume(self) -> None:
        self.end_pause()
        self._on_resume()
