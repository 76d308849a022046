"""Conversations that the service keeps itself (`storage`). Does no I/O; they end with the program."""

import uuid
from collections import OrderedDict

from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.choices import UNKNOWN_THREAD
from gigadesk.emulator.prompts import Part, Storage, Turn

KEPT_MAX = 500


class Histories:
    """Turns by account and thread; the oldest threads are forgotten first."""

    def __init__(self) -> None:
        self._threads: OrderedDict[tuple[str, str], tuple[Turn, ...]] = OrderedDict()

    def shown(self, owner: str, storage: Storage) -> tuple[Turn, ...]:
        """What the model is shown of a thread: all of it, or the system prompt and the last `limit` messages.

        Raises:
            RefusedError: there is no such thread of this owner (404).
        """
        if not storage.thread_id:
            return ()
        turns = self._threads.get((owner, storage.thread_id))
        if turns is None:
            raise RefusedError(404, UNKNOWN_THREAD)
        first = turns[:1] if turns and turns[0].part is Part.SYSTEM else ()
        others = turns[len(first) :]
        if storage.limit is not None:
            others = others[max(0, len(others) - storage.limit) :]
        return (*first, *others)

    def keep(self, owner: str, storage: Storage, turns: tuple[Turn, ...]) -> str:
        """Add these turns to the thread, or begin one; gives its id."""
        thread_id = storage.thread_id or str(uuid.uuid4())
        before = self._threads.pop((owner, thread_id), ())
        self._threads[owner, thread_id] = (*before, *turns)
        if len(self._threads) > KEPT_MAX:
            self._threads.popitem(last=False)
        return thread_id
