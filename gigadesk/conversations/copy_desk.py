"""Copies of chats and of branches, made beside everything else."""

import asyncio
import uuid
from collections.abc import Callable, Collection, Hashable, Sequence
from contextlib import suppress
from functools import partial

from gigadesk.chat import ChatId, MessageId
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.conversations.saver import Saver
from gigadesk.errors import StorageError
from gigadesk.facts import ChatAdded, ChatsCopied, Event, SavingFailed
from gigadesk.store import Copy, Store
from gigadesk.tasks import TaskScope


class CopyDesk:
    """Makes copies portion by portion. `resume_files` is told of a new chat: something may be left to be fetched."""

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        saver: Saver,
        tasks: TaskScope,
        resume_files: Callable[[Collection[ChatId]], None],
        publish: Callable[[Event], None],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._live = live
        self._saver = saver
        self._tasks = tasks
        self._resume_files = resume_files
        self._publish = publish
        self._clock = clock
        self._slots: set[Hashable] = set()

    def copy_branch(self, message_id: MessageId, title: str) -> ChatId | None:
        """Copy the branch from its root to this message into a new chat; see `copy`."""
        return self.copy(self._store.message(message_id).chat_id, message_id, title)

    def copy(self, chat_id: ChatId, leaf_id: MessageId | None, title: str) -> ChatId | None:
        """Begin a copy of the branch that ends in `leaf_id`, or of the whole chat: `ChatAdded` when it is complete.

        Gives the id that the chat will have; None when the disk refuses.
        """
        copy = self._begin(chat_id, leaf_id, title)
        if copy is None:
            return None
        slot = ("copy", copy.chat_id)
        self._slots.add(slot)
        self._tasks.start(slot, f"copy of chat {chat_id}", partial(self._run, copy, slot))
        return copy.chat_id

    def copy_chats(self, chat_ids: Sequence[ChatId], name: Callable[[str], str]) -> None:
        """Copy whole chats, one after the other: `ChatAdded` for each, then `ChatsCopied`.

        The copies come to stand in this order, for the last one is made first. `name` gives the title of a copy.
        """
        slot = ("copies", object())
        self._slots.add(slot)
        self._tasks.start(slot, "copies of chats", partial(self._run_all, tuple(chat_ids), name, slot))

    def slots(self) -> list[Hashable]:
        return list(self._slots)

    def _begin(self, chat_id: ChatId, leaf_id: MessageId | None, title: str) -> Copy | None:
        try:
            self._saver.settle()
            return self._store.copies.begin(chat_id, leaf_id, title, str(uuid.uuid4()), self._clock())
        except StorageError as exc:
            self._publish(SavingFailed(exc))
            return None

    async def _run(self, copy: Copy, slot: Hashable) -> None:
        try:
            await self._complete(copy)
        finally:
            self._slots.discard(slot)

    async def _run_all(self, chat_ids: Sequence[ChatId], name: Callable[[str], str], slot: Hashable) -> None:
        made: list[ChatId] = []
        try:
            for chat_id in reversed(chat_ids):
                await asyncio.sleep(0)
                with suppress(LookupError):  # deleted for ever meanwhile
                    if self._store.is_deleted(chat_id):
                        continue
                    title = self._store.chat(chat_id).title
                    copy = self._begin(chat_id, None, name(title) if title else "")
                    if copy is None or not await self._complete(copy):
                        break  # the disk would refuse the others, too
                    made.insert(0, copy.chat_id)
        finally:
            self._slots.discard(slot)
            if made:
                self._publish(ChatsCopied(tuple(made)))

    async def _complete(self, copy: Copy) -> bool:
        """Go on with a copy to its end; False when there is none."""
        is_complete = False
        try:
            # The caller first learns which chat to wait for.
            await asyncio.sleep(0)
            while not is_complete:
                is_complete = not self._store.copies.go_on(copy)
                await asyncio.sleep(0)
        except StorageError as exc:
            self._publish(SavingFailed(exc))
        except LookupError:
            return False  # the trash was emptied meanwhile, or the store taken away
        finally:
            if not is_complete:
                # What cannot be cleared away now is at the next start.
                with suppress(StorageError):
                    self._store.copies.give_up(copy)
        if is_complete:
            self._publish(ChatAdded(self._live.chat(copy.chat_id)))
            self._resume_files([copy.chat_id])
        return is_complete
