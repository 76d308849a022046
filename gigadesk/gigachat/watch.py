"""Ends streams that have fallen silent."""

import asyncio

import aiohttp

from gigadesk.gigachat.transport import Timeouts, drop


class Watch:
    """Ends a stream that has fallen silent: bytes that never make an event do not count as life.

    One timer for the whole stream, so that an event costs no more than a look at the clock.
    """

    def __init__(
        self, response: aiohttp.ClientResponse, timeouts: Timeouts, loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        self.verdict = ""
        """Why the stream was ended; empty if it was not by us."""
        self._response = response
        self._timeouts = timeouts
        self._loop = loop or asyncio.get_running_loop()
        self._started_at = self._heard_at = self._loop.time()
        self._limit_s = timeouts.event_s
        self._events = 0
        self._timer = self._loop.call_later(min(timeouts.event_s, timeouts.answer_s), self._look)

    def heard(self, events: int, *, is_complete: bool) -> None:
        """Bytes came; `events` is how many events they have made so far."""
        if events != self._events:
            self._events = events
            self._heard_at = self._loop.time()
        if is_complete and self._limit_s != self._timeouts.after_finish_s:
            self._limit_s = self._timeouts.after_finish_s
            self._timer.cancel()
            self._timer = self._loop.call_later(self._limit_s, self._look)

    def close(self) -> None:
        self._timer.cancel()

    def _look(self) -> None:
        now = self._loop.time()
        silent_until = self._heard_at + self._limit_s
        over_at = self._started_at + self._timeouts.answer_s
        if now >= over_at:
            self.verdict = "the answer took too long"
        elif now >= silent_until:
            self.verdict = "the answer fell silent"
        else:
            self._timer = self._loop.call_at(min(silent_until, over_at), self._look)
            return
        drop(self._response)
