"""Conversations that the service keeps for `/threads`. Does no I/O; they end with the program."""

import time
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.choices import UNKNOWN_THREAD

THREADS_KEPT = 200
MESSAGES_KEPT = 2000
CHARS_KEPT = 2_000_000
"""Of one thread, in the texts of its messages; the oldest are forgotten first."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message of a thread."""

    id: str
    created_at: int
    message: Mapping[str, Any]  # JSON: as the first chat contract has it
    file_names: Mapping[str, str] = field(default_factory=dict)
    finish_reason: str = ""

    @property
    def size_chars(self) -> int:
        return len(self.message.get("content") or "")

    @property
    def value(self) -> Json:
        """As `/threads` describes it."""
        files = [{"file_id": file_id, "name": name} for file_id, name in self.file_names.items()]
        value = {
            "message_id": self.id,
            "role": self.message["role"],
            "content": self.message.get("content") or "",
            "attachments": files,
            "created_at": self.created_at,
        }
        if self.message.get("function_call"):
            value["function_call"] = self.message["function_call"]
        return value | ({"finish_reason": self.finish_reason} if self.finish_reason else {})


@dataclass(slots=True)
class Thread:
    """One conversation."""

    id: str
    model: str
    created_at: int
    updated_at: int
    assistant_id: str = ""
    messages: list[ThreadMessage] = field(default_factory=list)
    made_by_run: tuple[ThreadMessage, ...] = ()
    """What the last run has added."""
    busy_until: float = 0.0
    """Unix seconds: the end of a run that nobody waits for."""

    @property
    def is_busy(self) -> bool:
        return time.time() < self.busy_until

    @property
    def status(self) -> str:
        return "in_progress" if self.is_busy else "ready"

    @property
    def value(self) -> Json:
        """As `/threads` describes it."""
        return {
            "id": self.id,
            "assistant_id": self.assistant_id or None,
            "model": self.model,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "run_lock": self.is_busy,
            "status": self.status,
        }

    def add(self, messages: Iterable[ThreadMessage]) -> None:
        self.messages += messages
        del self.messages[:-MESSAGES_KEPT]
        while len(self.messages) > 1 and sum(each.size_chars for each in self.messages) > CHARS_KEPT:
            del self.messages[0]
        self.updated_at = int(time.time())


class ThreadRoom:
    """All threads of the one account; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._threads: OrderedDict[str, Thread] = OrderedDict()

    def begin(self, model: str, assistant_id: str = "") -> Thread:
        """An empty thread that is not kept yet."""
        now = int(time.time())
        return Thread(str(uuid.uuid4()), model, now, now, assistant_id)

    def keep(self, thread: Thread) -> None:
        self._threads[thread.id] = thread
        if len(self._threads) > THREADS_KEPT:
            self._threads.popitem(last=False)

    def get(self, thread_id: str) -> Thread:
        """The thread with this id.

        Raises:
            RefusedError: there is none (404).
        """
        if thread_id not in self._threads:
            raise RefusedError(404, UNKNOWN_THREAD)
        return self._threads[thread_id]

    def known(self, thread_ids: Sequence[str]) -> list[Thread]:
        """Those of these ids that exist."""
        return [self._threads[thread_id] for thread_id in thread_ids if thread_id in self._threads]

    def listed(self, assistant_ids: Sequence[str], before: int | None, limit: int | None) -> list[Thread]:
        """The newest first: of these assistants, if any are named, and begun before a Unix second."""
        found = [
            thread
            for thread in reversed(self._threads.values())
            if (not assistant_ids or thread.assistant_id in assistant_ids)
            and (before is None or thread.created_at < before)
        ]
        return found[:limit]

    def remove(self, thread_id: str) -> Thread:
        """Forget this thread; raises as `get`."""
        thread = self.get(thread_id)
        del self._threads[thread_id]
        return thread

    def count(self, assistant_id: str) -> int:
        """How many threads this assistant has."""
        return sum(thread.assistant_id == assistant_id for thread in self._threads.values())


def new_message(
    message: Mapping[str, Any],  # JSON: as the first chat contract has it
    file_names: Mapping[str, str] | None = None,
    finish_reason: str = "",
) -> ThreadMessage:
    """A message that begins to exist now."""
    return ThreadMessage(str(uuid.uuid4()), int(time.time()), message, file_names or {}, finish_reason)
