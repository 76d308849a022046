"""The trash: what is in it, back out of it, and the deletion for ever, which goes on beside everything else."""

import asyncio
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from math import inf, nextafter

from gigadesk.chat import ChatId, FolderId, MessageId, TrashEntry, TrashKind, TrashSize
from gigadesk.conversations.library import Library
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.saver import Saver
from gigadesk.errors import StorageError
from gigadesk.facts import ChatsPurged, Event, SavingFailed, TrashChanged
from gigadesk.store import Doomed, Store
from gigadesk.tasks import TaskScope

START_DELAY_S = 5.0
"""The window and what the last run left unfinished come first."""
REPLIES_LIMIT_S = 5.0
"""How long a stopped reply of a chat that is to be deleted may take to end."""
FOLD_TRIES = 20
FOLD_INTERVAL_S = 0.5
"""Somebody who reads the database (search, a snapshot) keeps its log from being emptied for a moment."""
SLICE_S = 0.008
"""So long the search may take up what is gone before something else comes."""
DAY_S = 24 * 60 * 60
EXPIRING_AT_ONCE = 500
HIDDEN_AT_ONCE = 2_500
"""Of the entries that the user wants to be deleted: ten milliseconds."""

_SLOT = "deleting for ever"


@dataclass(frozen=True, slots=True)
class TrashWays:
    """What the trash needs of others."""

    library: Library
    restore_message: Callable[[MessageId], None]
    end_chats: Callable[[Collection[ChatId]], list[Hashable]]
    """Stops what goes on in chats, and gives the slots of what is still to end."""
    sweep_files: Callable[[], None]
    """Clears the shelf of what nobody names any more."""


class TrashDesk:
    """Reads and empties the trash.

    What is deleted for ever is hidden at once, and `ChatsPurged` and `TrashChanged` tell it; then its rows go in
    portions. Between two portions the loop does whatever else there is. `TrashChanged` tells the end, too.
    """

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        saver: Saver,
        ways: TrashWays,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._live = live
        self._saver = saver
        self._ways = ways
        self._tasks = tasks
        self._publish = publish
        self._clock = clock
        self._days = 0
        self._chats: list[ChatId] = []
        self._messages: list[MessageId] = []
        self._is_purging = False
        self._to_hide: Sequence[TrashEntry] = ()
        """What the user wants to be deleted, and is still to be hidden."""
        self._before: float | None = None
        """What was deleted before this time is still to be hidden: there may be a hundred thousand entries."""
        self._has_expired = False
        """What is older than it may be is still to be hidden."""

    # Reading

    def entries(self, after: TrashEntry | None, count: int) -> list[TrashEntry]:
        """The next `count` entries after this one (None: the first), what was deleted last first."""
        return self._store.trash.entries(after, count)

    def size(self, entries: Sequence[TrashEntry]) -> TrashSize:
        """What these entries are with all that hangs on them."""
        return self._store.trash.size(entries)

    def preview(self, entry: TrashEntry, chars: int) -> str:
        """The beginning of what an entry holds."""
        return self._store.trash.preview(entry, chars)

    def is_empty(self) -> bool:
        return self._store.trash.is_empty()

    def expires_at(self, entry: TrashEntry) -> float | None:
        """When an entry will be deleted by itself, in Unix seconds; None: never, or at a time that is not known."""
        time = entry.deleted_at + self._days * DAY_S
        return time if self._days and time > self._clock() else None

    def is_deleting(self) -> bool:
        """Whether rows, or texts that the search has still to take up, are being deleted."""
        return bool(
            self._chats or self._messages or self._to_hide or self._before or self._has_expired or self._is_purging
        )

    # Commands

    def restore(self, entries: Sequence[TrashEntry]) -> None:
        """Bring entries back, with all that went with them."""
        self._ways.library.restore_chats([ChatId(each.id) for each in entries if each.kind is TrashKind.CHAT])
        for entry in entries:
            if entry.kind is TrashKind.FOLDER:
                self._ways.library.restore_folder(FolderId(entry.id))
            elif entry.kind is TrashKind.MESSAGE:
                self._ways.restore_message(MessageId(entry.id))

    def delete_for_ever(self, entries: Sequence[TrashEntry]) -> None:
        """Hide entries at once and delete all that hangs on them; nothing brings it back.

        Thousands are hidden in portions, in the next moments.
        """
        with reporting(self._publish):
            self._to_hide = [*self._to_hide, *entries]
            self._hide_some()
            self._start()

    def empty(self) -> None:
        """Delete everything in the trash for ever."""
        with reporting(self._publish):
            if newest := self._store.trash.entries(None, 1):
                # What comes into the trash from now on stays there.
                self._empty_before(nextafter(newest[0].deleted_at, inf))

    def expire(self) -> None:
        """Delete for ever what is older than it may be; cheap, for a program that runs for days."""
        with reporting(self._publish):
            if old := self._expired(EXPIRING_AT_ONCE):
                self._doom(old)
                self._has_expired = True
                self._start()

    def _expired(self, count: int) -> list[TrashEntry]:
        return self._store.trash.expired(self._clock(), self._days, count) if self._days else []

    def use_days(self, days: int) -> None:
        """Keep what is deleted so many days; 0: until the user empties the trash."""
        self._days = days

    def begin(self) -> None:
        """Some seconds after the start: go on with what the last run left, and delete what is older than it may be."""
        try:
            # Now: later, copies that are being made would pass for what a crash left.
            left = self._store.trash.doomed()
        except StorageError:
            left = Doomed([], [])
        self._chats += left.chat_ids
        self._messages += left.message_ids
        self._tasks.start(_SLOT, "old entries of the trash", self._begin)

    def slots(self) -> list[Hashable]:
        return [_SLOT]

    # Inside

    async def _begin(self) -> None:
        await asyncio.sleep(START_DELAY_S)
        self._ways.library.finish()
        with reporting(self._publish):
            self._has_expired = bool(self._expired(1))
        if self.is_deleting():
            await self._purge()

    def _empty_before(self, time: float) -> None:
        self._doom(self._store.trash.older_than(time, EXPIRING_AT_ONCE))
        self._before = max(self._before or 0.0, time)
        self._start()

    def _hide_some(self) -> None:
        """The next of those that the user named."""
        now, self._to_hide = self._to_hide[:HIDDEN_AT_ONCE], self._to_hide[HIDDEN_AT_ONCE:]
        try:
            self._doom(now)
        except StorageError:
            self._to_hide = ()
            raise

    async def _doom_rest(self) -> None:
        try:
            while self._to_hide:
                self._hide_some()
                await asyncio.sleep(0)
        finally:
            # Also when the program ends: what the next start shows in the trash would not be what was wished.
            while self._to_hide:
                self._hide_some()
        while self._before is not None:
            if old := self._store.trash.older_than(self._before, EXPIRING_AT_ONCE):
                self._doom(old)
            else:
                self._before = None
            await asyncio.sleep(0)
        while self._has_expired:
            if old := self._expired(EXPIRING_AT_ONCE):
                self._doom(old)
            else:
                self._has_expired = False
            await asyncio.sleep(0)

    def _start(self) -> None:
        self._tasks.start(_SLOT, "deleting for ever", self._purge)

    def _doom(self, entries: Sequence[TrashEntry]) -> None:
        doomed = self._store.trash.doom(entries)
        self._chats += doomed.chat_ids
        # Newest first: what hangs on a message goes before it.
        self._messages = sorted({*self._messages, *doomed.message_ids}, reverse=True)
        self._publish(ChatsPurged(tuple(doomed.chat_ids)))
        self._publish(TrashChanged())

    async def _purge(self) -> None:
        self._is_purging = True
        try:
            await self._doom_rest()
            slots = self._ways.end_chats(frozenset(self._chats))
            await self._tasks.end(slots, REPLIES_LIMIT_S)
            self._saver.settle()
            for chat_id in self._chats:
                self._saver.drop_draft(chat_id)
            await self._delete_rows()
            has_more = True
            while has_more:
                has_more = self._store.search.forget(SLICE_S)
                await asyncio.sleep(0)
        except StorageError as exc:
            # What is hidden stays so; the next start, or the next deletion, goes on with it.
            self._before, self._has_expired = None, False
            self._publish(SavingFailed(exc))
            return
        finally:
            self._is_purging = False
            self._publish(TrashChanged())
        self._ways.sweep_files()
        for _ in range(FOLD_TRIES):
            if self._store.trash.fold():
                break
            await asyncio.sleep(FOLD_INTERVAL_S)

    async def _delete_rows(self) -> None:
        while self._messages:
            if not self._store.trash.purge_message(self._messages[0]):
                del self._messages[0]
            await asyncio.sleep(0)
        while self._chats:
            chat_id = self._chats[0]
            if self._live.replies_of(chat_id):
                del self._chats[0]  # it would not end: left to the next start
            elif not self._store.trash.purge_chat(chat_id):
                del self._chats[0]
            await asyncio.sleep(0)
