"""Owns the access token of one key: fetches it, keeps it in memory, renews it in time. Never writes it anywhere."""

import asyncio
import copy
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gigadesk.errors import NetworkError, ServiceError
from gigadesk.gigachat.protocol.grant import Grant

LIFETIME_MAX_S = 30 * 60.0
"""The service grants half an hour; a server that says more, or a wrong clock, is not believed."""
LIFETIME_MIN_S = 60.0
"""A token that is said to be over already: one of the two clocks is wrong, so it is tried for a minute all the same."""
REFRESH_BEFORE_S = 60.0
FAILURE_KEPT_S = 5.0
"""Ten chats that wait for a token while the server is down must not become ten requests one after the other."""


class TokenOwner:
    """The token of one (authorization address, key, scope).

    Shared by all requests, also of several event loops one after the other: a fetch belongs to the loop it runs in,
    and one of a loop that is gone is forgotten.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._token = ""
        self._refresh_at = 0.0
        self._fetch_now: _Fetch | None = None
        self._failure: ServiceError | None = None
        self._failed_at = 0.0
        self.failures = 0
        """How many fetches have failed so far."""

    async def get(
        self, fetch: Callable[[], Awaitable[tuple[Grant, float]]], bad: str = "", *, failures_known: int = 0
    ) -> str:
        """A token that should be accepted for some time.

        Args:
            fetch: asks the server; gives the grant and the server's own idea of now, in Unix seconds.
            bad: a token that the service refused. It is replaced, unless somebody else has done that already.
            failures_known: what `failures` said when the caller was last told of one: only a later one answers it.

        Raises:
            ServiceError: there is none. One failure answers everybody who asks within the next seconds.
        """
        if self._token and self._token != bad and self._clock() < self._refresh_at:
            return self._token
        is_news = self.failures > failures_known
        if self._failure is not None and is_news and self._clock() - self._failed_at < FAILURE_KEPT_S:
            raise copy.copy(self._failure)
        fetch_now = self._fetch_now
        if fetch_now is None or not fetch_now.can_be_joined():
            task = asyncio.create_task(self._fetch(fetch), name="fetch token")
            task.add_done_callback(_mark_as_seen)
            fetch_now = self._fetch_now = _Fetch(task)
        return await self._wait_for(fetch_now)

    async def _wait_for(self, fetch_now: "_Fetch") -> str:
        task = fetch_now.task
        fetch_now.waiting += 1
        try:
            # Shielded: whoever started the fetch may be stopped, the others go on waiting for it.
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not task.cancelled() or _is_being_cancelled():
                raise
        finally:
            fetch_now.waiting -= 1
            if not fetch_now.waiting and not task.done():
                await self._give_up(fetch_now)
        raise NetworkError("the token was given up")

    async def _give_up(self, fetch_now: "_Fetch") -> None:
        if self._fetch_now is fetch_now:
            self._fetch_now = None
        fetch_now.task.cancel()
        await asyncio.wait({fetch_now.task})

    async def close(self) -> None:
        """End a fetch that is still running."""
        if self._fetch_now is not None and self._fetch_now.can_be_joined():
            await self._give_up(self._fetch_now)

    async def _fetch(self, fetch: Callable[[], Awaitable[tuple[Grant, float]]]) -> str:
        try:
            grant, server_now = await fetch()
        except ServiceError as error:
            self._token = ""
            self.failures += 1
            self._failure, self._failed_at = error, self._clock()
            raise
        self._failure = None
        self._token = grant.token
        self._refresh_at = self._clock() + usable_s(grant.expires_at, server_now)
        return self._token


@dataclass(slots=True)
class _Fetch:
    """A request for a token, and how many wait for it: when the last of them leaves, it ends."""

    task: asyncio.Task[str]
    waiting: int = 0

    def can_be_joined(self) -> bool:
        return not self.task.done() and self.task.get_loop() is asyncio.get_running_loop()


def usable_s(expires_at: float, server_now: float) -> float:
    """How long to use a token: until a minute before its end, at least half of its life.

    Counted against the server's own clock, so that a wrong clock of this machine changes nothing.
    """
    lifetime = expires_at - server_now if expires_at else LIFETIME_MAX_S
    if lifetime <= 0:
        return LIFETIME_MIN_S
    lifetime = min(lifetime, LIFETIME_MAX_S)
    return max(lifetime - REFRESH_BEFORE_S, lifetime / 2)


def _mark_as_seen(task: "asyncio.Task[str]") -> None:
    """Keep asyncio from complaining about a failure that nobody waited for any more."""
    if not task.cancelled():
        task.exception()


def _is_being_cancelled() -> bool:
    current = asyncio.current_task()
    return current is not None and current.cancelling() > 0
