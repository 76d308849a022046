"""Work on very many chats, a portion at a time, so that the window goes on meanwhile."""

import asyncio
from collections import deque
from collections.abc import Hashable, Iterator, Sequence

from gigadesk.chat import ChatId
from gigadesk.tasks import TaskScope

PORTION_CHATS = 2_500
"""Ten milliseconds; a hundred thousand chats in one statement take 0.4 s."""

_SLOT = "work on many chats"


def in_portions(chat_ids: Sequence[ChatId]) -> Iterator[Sequence[ChatId]]:
    for start in range(0, len(chat_ids), PORTION_CHATS):
        yield chat_ids[start : start + PORTION_CHATS]


class Portions:
    """Does one piece of work after the other, in the order in which they came.

    Work is an iterator that is asked for more between two turns of the loop. Its first step is made at once if nothing
    else is going on: what has only one is over on return.
    """

    def __init__(self, tasks: TaskScope) -> None:
        self._tasks = tasks
        self._works: deque[Iterator[None]] = deque()

    def run(self, work: Iterator[None]) -> None:
        self._works.append(work)
        if len(self._works) > 1:
            return
        self._step()
        if self._works:
            self._tasks.start(_SLOT, _SLOT, self._go_on)

    def slots(self) -> list[Hashable]:
        """Who ends these waits for all that was begun: it is done, not broken off."""
        return [_SLOT]

    async def _go_on(self) -> None:
        try:
            while self._works:
                await asyncio.sleep(0)
                self._step()
        finally:
            while self._works:
                self._step()

    def _step(self) -> None:
        work = self._works[0]
        is_over = True
        try:
            next(work)
            is_over = False
        except StopIteration:
            pass
        finally:
            if is_over:
                self._works.popleft()
