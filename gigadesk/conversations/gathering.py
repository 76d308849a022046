"""Pieces of a reply that come faster than anybody reads, put together before they are saved and shown."""

import asyncio
from collections.abc import Callable

from gigadesk.store import JournalKind

GATHERED_S = 0.08
"""About as long as the view waits between two repaints. A piece costs a transaction of the journal and a fact that
goes all the way to the view: of fifty a second, three quarters of that are saved."""


class Gathering:
    """Hands on the pieces of one reply in their order: the first of a kind at once, those that follow soon together.

    Call `flush` before anything else is told of the reply, and when no more will come.
    """

    def __init__(self, hand_on: Callable[[JournalKind, str], None]) -> None:
        self._hand_on = hand_on
        self._kind = JournalKind.TEXT
        self._pieces: list[str] = []
        self._timer: asyncio.TimerHandle | None = None
        self._last_at = float("-inf")

    def add(self, kind: JournalKind, piece: str) -> None:
        if kind is not self._kind:
            self.flush()
            self._kind = kind
            self._last_at = float("-inf")
        self._pieces.append(piece)
        if self._timer is None:
            loop = asyncio.get_running_loop()
            wait_s = self._last_at + GATHERED_S - loop.time()
            if wait_s > 0:
                self._timer = loop.call_later(wait_s, self.flush)
            else:
                self.flush()

    def flush(self) -> None:
        """Hand on what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._pieces:
            text = "".join(self._pieces)
            self._pieces.clear()
            self._last_at = asyncio.get_running_loop().time()
            self._hand_on(self._kind, text)
