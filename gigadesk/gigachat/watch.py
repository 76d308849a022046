"""Ends streams that have fallen silent."""

import asyncio
from typing import Protocol

import aiohttp

from gigadesk.gigachat.transport import Timeouts, drop

_LOOKS = 4
"""In the time that a stream may be silent: how late its silence is noticed."""


class Progress(Protocol):
    """Something that counts the complete events of a stream: bytes that never make one do not count as life."""

    events_seen: int


class Watch:
    """Ends a stream that has fallen silent for the time allowed, and at most a quarter of it longer.

    It looks by itself every now and then, so that reading costs no more for being watched.
    """

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        progress: Progress,
        timeouts: Timeouts,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.verdict = ""
        """Why the stream was ended; empty if it was not by us."""
        self._response = response
        self._progress = progress
        self._timeouts = timeouts
        self._loop = loop or asyncio.get_running_loop()
        self._started_at = self._heard_at = self._loop.time()
        self._limit_s = min(timeouts.event_s, timeouts.read_s)
        self._events = progress.events_seen
        self._is_ending = False
        self._timer = self._wait()

    def expect_end(self) -> None:
        """The answer is complete: what may still come will come at once."""
        if not self._is_ending:
            self._is_ending = True
            self._limit_s = self._timeouts.after_finish_s
            self._heard_at = self._loop.time()
            self._timer.cancel()
            self._timer = self._wait()

    def close(self) -> None:
        self._timer.cancel()

    def _wait(self) -> asyncio.TimerHandle:
        over_at = self._started_at + self._timeouts.answer_s
        return self._loop.call_at(min(self._loop.time() + self._limit_s / _LOOKS, over_at), self._look)

    def _look(self) -> None:
        now = self._loop.time()
        if self._progress.events_seen != self._events:
            self._events = self._progress.events_seen
            self._heard_at = now
        if now >= self._started_at + self._timeouts.answer_s:
            self.verdict = "the answer took too long"
        elif now >= self._heard_at + self._limit_s:
            self.verdict = "the answer fell silent"
        else:
            self._timer = self._wait()
            return
        drop(self._response)
