"""Takes chats out of the store, portion by portion, into whatever writes them; a library is never in memory."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from gigadesk.attachments import Shelf
from gigadesk.chat import ChatId, FolderId
from gigadesk.errors import StorageError, UnexpectedError
from gigadesk.exchange.records import ChatRecord, FolderRecord, MessageRecord
from gigadesk.store import Store
from gigadesk.tasks import TaskScope, in_thread

MESSAGES_AT_ONCE = 100
CHARS_AT_ONCE = 512 * 1024
"""Read in some milliseconds. A longer message is read by itself."""

Prepare = Callable[[Sequence[MessageRecord]], Awaitable[None]]

ExportError = OSError | StorageError | UnexpectedError

_SLOT = "export"


class ChatWriter(Protocol):
    """Writes chats to a file or a folder. Called in threads, one call at a time; raises `OSError` as the disk does."""

    def begin_chat(self, chat: ChatRecord) -> None: ...

    def add_messages(self, messages: Iterable[MessageRecord]) -> None: ...

    def end_chat(self) -> None: ...

    def finish(self) -> None:
        """Everything was written: let it reach the disk."""

    def place(self) -> Path:
        """It appears where it was wanted, at once; returns where. The last call; takes no time, so not in a thread."""

    def abandon(self) -> None:
        """It will not be finished: nothing is left of it."""


class ExportDesk:
    """One export at a time."""

    def __init__(self, store: Store, shelf: Shelf, tasks: TaskScope) -> None:
        self._store = store
        self._reader = store.exports
        self._shelf = shelf
        self._tasks = tasks

    @property
    def is_busy(self) -> bool:
        return self._tasks.is_running(_SLOT)

    def chat_ids(self, folder_id: FolderId | None = None) -> list[ChatId]:
        """All chats that hold something, or those of a folder and the folders in it."""
        return self._reader.chat_ids(folder_id)

    def folders(self) -> list[FolderRecord]:
        """All folders, each after the one it is in."""
        return self._reader.folders()

    def title(self, chat_id: ChatId) -> str:
        return self._store.chat(chat_id).title

    def path(self, digest: str) -> Path | None:
        """Where the bytes of a file lie; None if they are not there. May be called in any thread."""
        return self._shelf.path(digest) if self._shelf.has(digest) else None

    def start(
        self,
        chat_ids: Sequence[ChatId],
        make_writer: Callable[[], ChatWriter],
        *,
        is_whole: bool,
        on_progress: Callable[[int], None],
        on_end: Callable[[Path | ExportError], None],
        prepare: Prepare | None = None,
    ) -> None:
        """Write these chats, with all their branches if `is_whole`, else the shown ones.

        `make_writer` is called in a thread; `prepare` is awaited with messages before the writer gets them.
        `on_progress` hears how many chats are written, `on_end` where it is, or why not: an `OSError` of the place that
        is written to, a `StorageError` of the chats, or an `UnexpectedError`. It is not called after `cancel`, which
        leaves nothing behind.
        """
        job = _Job(chat_ids, make_writer, is_whole, prepare, on_progress, on_end)
        self._tasks.start(_SLOT, "export", partial(self._run, job), on_crash=lambda: on_end(UnexpectedError()))

    def cancel(self) -> None:
        self._tasks.cancel(_SLOT)

    async def _run(self, job: "_Job") -> None:
        end: Path | ExportError
        made: list[ChatWriter] = []
        is_finished = False
        try:
            await in_thread(lambda: made.append(job.make_writer()))
            [writer] = made
            for done, chat_id in enumerate(job.chat_ids, start=1):
                if not self._store.is_deleted(chat_id):
                    await self._write(writer, chat_id, job)
                job.on_progress(done)
            await in_thread(writer.finish)
            # No cancelling can come between this and the end: either all is there, or nothing.
            end = writer.place()
            is_finished = True
        except (OSError, StorageError) as exc:
            end = exc
        finally:
            # By a cancelled job, too, whose writer was just being made.
            for writer in () if is_finished else made:
                writer.abandon()
        job.on_end(end)

    async def _write(self, writer: ChatWriter, chat_id: ChatId, job: "_Job") -> None:
        record = self._reader.chat(chat_id)
        if job.is_whole:
            ids: Sequence[int] = self._reader.message_ids(chat_id)
        else:
            ids = self._store.outline(chat_id, self._store.chat(chat_id).leaf_id).ids
        await in_thread(partial(writer.begin_chat, record))
        for portion in self._reader.portions(ids, MESSAGES_AT_ONCE, CHARS_AT_ONCE):
            messages = self._reader.messages(portion)
            if job.prepare is not None:
                await job.prepare(messages)
            await in_thread(partial(writer.add_messages, messages))
        await in_thread(writer.end_chat)


@dataclass(frozen=True, slots=True)
class _Job:
    chat_ids: Sequence[ChatId]
    make_writer: Callable[[], ChatWriter]
    is_whole: bool
    prepare: Prepare | None
    on_progress: Callable[[int], None]
    on_end: Callable[[Path | ExportError], None]
