"""The temporary chat: conversations of their own over a store in memory, which end with its window."""

import asyncio
import contextlib
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from gigadesk.attachments import Shelf
from gigadesk.chat import Chat, ChatId
from gigadesk.conversations.conversations import Conversations
from gigadesk.conversations.queue_share import QueueShare
from gigadesk.conversations.service import Services
from gigadesk.conversations.title_text import first_words
from gigadesk.errors import StorageError
from gigadesk.facts import ChatAdded, Event, SavingFailed
from gigadesk.settings import Generation
from gigadesk.store import Store, TitleOrigin, adopt, temporary_store
from gigadesk.tasks import TaskScope, in_thread

TASKS_LIMIT_S = 0.5


class TemporaryChat:
    """One chat, with all that can be done in a chat, and copies of its branches. No text of it ever reaches the disk.

    Attached and generated files lie in a folder of its own until the end, in memory where the system has a place for
    that; what a crash leaves is deleted when the next one begins, or at the next start.
    """

    def __init__(
        self,
        services: Services,
        publish: Callable[[Event], None],
        generation: Generation,
        folder: Path,
        tasks: TaskScope,
        beside: QueueShare,
        *,
        has_files_on_disk: bool,
    ) -> None:
        self.has_files_on_disk = has_files_on_disk
        self.name = ""
        """What it is called as long as it is temporary."""
        self.folder = folder / uuid.uuid4().hex
        """Of its own: what is left of the one before is being deleted, perhaps."""
        self._store = temporary_store()
        self._shelf = Shelf(self.folder, is_in_memory=not has_files_on_disk)
        self._tasks = tasks
        self._listener = publish
        self._has_moved = asyncio.Event()
        """A fact was told."""
        self._end = asyncio.Event()
        self.conversations = Conversations(
            self._store,
            services,
            self._tasks,
            self._publish,
            generation=generation,
            shelf=self._shelf,
            beside=beside,
        )
        self.chat_id = self.conversations.new_chat()

    def has_content(self) -> bool:
        """Whether anything was said, typed or attached."""
        return any(chat.leaf_id is not None or chat.has_draft for chat in self.chats())

    def chats(self) -> list[Chat]:
        """It, and what was copied from it, in the order in which they began."""
        return sorted(self.conversations.chats(), key=lambda chat: chat.id)

    def is_busy(self) -> bool:
        """Whether an answer is being written, or waits: it has to end before the chat can be kept."""
        return any(chat.is_streaming or chat.is_queued for chat in self.conversations.chats())

    async def keep(self, store: Store, shelf: Shelf) -> tuple[ChatId, ...]:
        """Copy everything to a store and a shelf on the disk; gives the chats there, none when it was ended meanwhile.

        Answers that are being written are stopped, and what has come of them is waited for.

        Raises:
            StorageError: the disk refuses. No chat was kept; the temporary one goes on.
        """
        while not self._end.is_set() and self.is_busy():
            self._has_moved.clear()
            for chat in self.conversations.chats():
                self.conversations.stop(chat.id)
            await self._has_moved.wait()
        if self._end.is_set():
            return ()
        for digest in self._store.digests():
            await asyncio.to_thread(shelf.copy_from, self._shelf, digest)
        if self._end.is_set():
            return ()
        return adopt(store, self._store)

    async def end(self) -> None:
        """Forget everything."""
        self._end.set()
        self._has_moved.set()
        await self.conversations.close()
        await self._tasks.close(TASKS_LIMIT_S)
        self._store.close()
        await in_thread(self._shelf.clear)

    def _publish(self, event: Event) -> None:
        self._listener(event)
        self._has_moved.set()


class TemporaryChats:
    """Begins the temporary chat, keeps it for good, ends it. There is one at a time.

    `publish` tells the facts about the chats on the disk.
    """

    def __init__(
        self,
        services: Services,
        store: Store,
        shelf: Shelf,
        folder: Path,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        conversations: Conversations,
    ) -> None:
        """`folder` is for their files."""
        self.has_files_on_disk = True
        """Whether that is on the disk, and not in memory."""
        self._services = services
        self._store = store
        self._shelf = shelf
        self._folder = folder
        self._tasks = tasks
        self._publish = publish
        self._conversations = conversations
        self._generation = Generation()
        self._current: TemporaryChat | None = None
        tasks.start("files of a temporary chat", "files of a temporary chat", self._clear)

    def use_generation(self, generation: Generation) -> None:
        self._generation = generation
        if self._current is not None:
            self._current.conversations.use_generation(generation)

    def accounts_changed(self) -> None:
        if self._current is not None:
            self._current.conversations.accounts_changed()

    def begin(self, publish: Callable[[Event], None], name: str) -> TemporaryChat:
        """A new one; `publish` tells the facts about it. With a name it is not asked for one."""
        beside = self._conversations.queue
        chat = TemporaryChat(
            self._services,
            publish,
            self._generation,
            self._folder,
            self._tasks.another(),
            beside,
            has_files_on_disk=self.has_files_on_disk,
        )
        chat.conversations.rename(chat.chat_id, name)
        chat.name = name
        self._current = chat
        return chat

    def keep(self, chat: TemporaryChat, shown: ChatId, then: Callable[[ChatId | None], object]) -> None:
        """Make it an ordinary chat, with its copies, and end it.

        `then` is told the new id of the one that is `shown`; None when the disk refused.
        """
        self._tasks.start("keep the temporary chat", "keep the temporary chat", lambda: self._keep(chat, shown, then))

    def end(self, chat: TemporaryChat) -> None:
        """Forget it."""
        if chat is self._current:
            self._current = None
            self._tasks.start("end of the temporary chat", "end of the temporary chat", lambda: self._end(chat))

    async def close(self) -> None:
        """The program ends."""
        if self._current is not None:
            chat, self._current = self._current, None
            await self._end(chat)

    async def _end(self, chat: TemporaryChat) -> None:
        await chat.end()
        await self._clear()

    async def _keep(self, chat: TemporaryChat, shown: ChatId, then: Callable[[ChatId | None], object]) -> None:
        try:
            kept = await chat.keep(self._store, self._shelf)
        except StorageError as exc:
            self._publish(SavingFailed(exc))
            then(None)
            return
        for chat_id in kept:
            with contextlib.suppress(StorageError):
                self._name(chat_id, chat.name)
            self._publish(ChatAdded(self._conversations.chat(chat_id)))
        if kept:
            former = [each.id for each in chat.chats()]
            then(kept[former.index(shown)] if shown in former else kept[0])

    def _name(self, chat_id: ChatId, former: str) -> None:
        """By what was said first, unless the user has named it: an ordinary chat is not called a temporary one."""
        chat = self._store.chat(chat_id)
        if former not in chat.title:
            return
        first = self._store.branch(chat.leaf_id)[:1]
        title = chat.title.replace(former, first_words(first[0].text)) if first else ""
        self._store.set_title(chat_id, title, TitleOrigin.FIRST_WORDS if title else TitleOrigin.NONE)

    async def _clear(self) -> None:
        await in_thread(self._delete)

    def _delete(self) -> None:
        """Everything that is there and does not belong to the chat of now, which may begin meanwhile."""
        with contextlib.suppress(OSError):
            for each in list(self._folder.iterdir()):
                if self._current is None or each != self._current.folder:
                    shutil.rmtree(each) if each.is_dir() else each.unlink()
            if self._current is None:
                self._folder.rmdir()
