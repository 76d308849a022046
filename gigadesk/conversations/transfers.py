"""Files on their way: from the user's disk onto the shelf, from the shelf to the service, and back from there."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Hashable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from gigadesk.attachments import Shelf, upload_name
from gigadesk.chat import ChatFile, ChatId, FileId, FileState
from gigadesk.conversations.daemon_threads import DaemonThreads
from gigadesk.conversations.generated_names import generated_name
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.service import Progress
from gigadesk.conversations.service_link import ServiceLinks
from gigadesk.errors import (
    AttachmentCause,
    AttachmentError,
    ContentRefusedError,
    GigadeskError,
    MissingAuthError,
    RateLimitError,
    RequestRejectedError,
    ServiceError,
    StorageError,
    TooLargeError,
)
from gigadesk.facts import DraftFilesChanged, Event, FileProgress, MessageChanged
from gigadesk.tasks import TaskScope

PROGRESS_INTERVAL_S = 0.1
"""More often than this nobody sees a bar move."""
UPLOAD_TRIES = 4
RATE_LIMIT_DELAY_S = 2.0
COPIES_AT_ONCE = 3
"""Each is held in memory for a moment."""
DOWNLOADS_AT_ONCE = 3

_FAULTS_OF_THE_FILE = (AttachmentError, StorageError, RequestRejectedError, TooLargeError, ContentRefusedError)
"""Sending the same file again would fail again. After anything else it is tried anew with the message."""


class Transfers:
    """Each file moves once at a time. What becomes of it is saved, then published."""

    def __init__(
        self,
        live: LiveChats,
        saver: Saver,
        shelf: Shelf,
        links: ServiceLinks,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        account_of: Callable[[ChatId], str],
        is_deleted: Callable[[ChatId], bool],
    ) -> None:
        self._live = live
        self._saver = saver
        self._shelf = shelf
        self._links = links
        self._tasks = tasks
        self._publish = publish
        self._account_of = account_of
        self._is_deleted = is_deleted
        self._sources: dict[FileId, Path | bytes] = {}
        """Of files that are not on the shelf, for trying again in this run."""
        self._under_way: dict[FileId, tuple[ChatFile, Hashable, asyncio.Event]] = {}
        self._threads = DaemonThreads()
        self._copies = asyncio.Semaphore(COPIES_AT_ONCE)
        self._downloads = asyncio.Semaphore(DOWNLOADS_AT_ONCE)

    def read_soon(self, file: ChatFile, source: Path | bytes) -> None:
        """Copy a file of the user onto the shelf, then send it."""
        self._sources[file.id] = source
        self._start(file, "read", partial(self._read, file, source))

    def try_again(self, file: ChatFile) -> None:
        """Do once more what failed; nothing happens when there is nothing left to do it with."""
        if file.is_generated:
            self.download_soon(self._reset(file, FileState.LOADING))
        elif self._shelf.has(file.digest):
            self.upload_soon(self._reset(file, FileState.KEPT))
        elif file.id in self._sources:
            self.read_soon(self._reset(file, FileState.READING), self._sources[file.id])

    def upload_soon(self, file: ChatFile) -> None:
        """Send a file before its message is sent; when that fails for the moment, the message tries again."""
        self._start(file, "upload", partial(self._upload_early, file))

    def download_soon(self, file: ChatFile) -> None:
        """Fetch what the model has made."""
        self._start(file, "download", partial(self._download, file))

    async def remote_id(self, file: ChatFile, account: str) -> str:
        """The id by which the service of `account` knows `file`; it is sent there first when it must be.

        A copy or an upload that is under way is waited for; the upload is broken off when the caller is.

        Raises:
            GigadeskError: the file cannot be read or sent.
        """
        while (entry := self._under_way.get(file.id)) is not None:
            _, slot, ended = entry
            try:
                await ended.wait()
            except asyncio.CancelledError:
                self._cancel_upload(slot)
                raise
        now = self._live.file(file.id)
        if now is None:
            raise AttachmentError(AttachmentCause.LOST, file.name)
        if now.remote_id and now.remote_account == account:
            return now.remote_id
        if not now.digest:
            raise now.error or AttachmentError(AttachmentCause.LOST, now.name)
        ended = asyncio.Event()
        self._under_way[file.id] = (now, None, ended)
        try:
            return await self._upload(now, account)
        finally:
            self._end(file.id, ended)

    def forget_remote(self, file: ChatFile) -> None:
        """The service does not know this file any more."""
        self._change(file, remote_id="", state=FileState.KEPT)

    def is_under_way(self, file_id: FileId) -> bool:
        return file_id in self._under_way

    def drop(self, file_id: FileId) -> None:
        """Break off whatever is done with a file that was removed."""
        self._sources.pop(file_id, None)
        if (entry := self._under_way.get(file_id)) is not None:
            self._tasks.cancel(entry[1])

    def stop_chats(self, chat_ids: Collection[ChatId]) -> None:
        """Break off all uploads and downloads of chats."""
        for file, slot, _ in list(self._under_way.values()):
            if file.chat_id in chat_ids and not _is_reading(slot):
                self._tasks.cancel(slot)

    def slots(self) -> list[Hashable]:
        """Where work is under way, for ending it."""
        return [slot for _, slot, _ in self._under_way.values()]

    def _start(self, file: ChatFile, kind: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        slot = (kind, file.id)
        ended = asyncio.Event()
        self._under_way[file.id] = (file, slot, ended)

        async def run() -> None:
            try:
                await work()
            finally:
                self._end(file.id, ended)

        self._tasks.start(slot, f"{kind} of file {file.id}", run)

    def _end(self, file_id: FileId, ended: asyncio.Event) -> None:
        ended.set()
        entry = self._under_way.get(file_id)
        if entry is not None and entry[2] is ended:
            del self._under_way[file_id]

    def _cancel_upload(self, slot: Hashable) -> None:
        if slot is not None and not _is_reading(slot):
            self._tasks.cancel(slot)

    async def _read(self, file: ChatFile, source: Path | bytes) -> None:
        try:
            async with self._copies:
                loop = asyncio.get_running_loop()
                kept = await loop.run_in_executor(self._threads, self._shelf.take_in, source, file.name)
        except (AttachmentError, StorageError) as exc:
            self._change(file, state=FileState.FAILED, error=exc)
            return
        changed = self._change(
            file,
            state=FileState.KEPT,
            name=kept.name,
            kind=kept.kind,
            mime=kept.mime,
            size_bytes=kept.size_bytes,
            digest=kept.digest,
        )
        self._sources.pop(file.id, None)
        if changed is not None and not self._is_deleted(file.chat_id):
            self.upload_soon(changed)

    async def _upload_early(self, file: ChatFile) -> None:
        try:
            await self._upload(file, self._links.of(self._account_of(file.chat_id)).account)
        except _FAULTS_OF_THE_FILE as exc:
            self._change(file, state=FileState.FAILED, error=exc)
        except GigadeskError:
            pass  # the message will try again, and tell

    async def _upload(self, file: ChatFile, account: str) -> str:
        if not self._shelf.has(file.digest):
            raise AttachmentError(AttachmentCause.LOST, file.name)
        self._change(file, state=FileState.UPLOADING, error=None)
        remote_id = ""
        try:
            remote_id = await self._send(file, account)
        finally:
            if not remote_id:
                self._change(file, state=FileState.KEPT)
        self._change(file, state=FileState.READY, remote_id=remote_id, remote_account=account)
        return remote_id

    async def _send(self, file: ChatFile, account: str) -> str:
        """Upload, with some patience while the service has no room."""
        for attempt in range(1, UPLOAD_TRIES):
            try:
                return await self._send_once(file, account)
            except RateLimitError as exc:
                await asyncio.sleep(max(exc.retry_after_s or 0.0, RATE_LIMIT_DELAY_S * attempt))
        return await self._send_once(file, account)

    async def _send_once(self, file: ChatFile, account: str) -> str:
        link = self._links.of(account)
        path, name = self._shelf.path(file.digest), upload_name(file.name, file.mime)
        link.note_request()
        try:
            remote_id = await link.service.upload(path, name, file.mime, self._progress(file))
        except RateLimitError:
            link.note_answer()
            raise
        except (ServiceError, MissingAuthError) as exc:
            link.note_failure(exc)
            raise
        link.note_answer()
        return remote_id

    async def _download(self, file: ChatFile) -> None:
        try:
            async with self._downloads:
                await self._fetch(file)
        except GigadeskError as exc:
            self._change(file, state=FileState.FAILED, error=exc)

    async def _fetch(self, file: ChatFile) -> None:
        service = self._links.of(file.remote_account).service
        temporary = self._shelf.temporary()
        try:
            kind, mime, size_bytes = await service.download(file.remote_id, temporary, self._progress(file))
            digest = await asyncio.to_thread(self._shelf.adopt, temporary)
        except StorageError as exc:
            raise StorageError(self._shelf.cause_there(exc.cause), exc.path, exc.detail) from exc
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        self._change(
            file,
            state=FileState.READY,
            name=generated_name(kind, mime, file.remote_id),
            kind=kind,
            mime=mime,
            size_bytes=size_bytes,
            digest=digest,
            error=None,
        )

    def _reset(self, file: ChatFile, state: FileState) -> ChatFile:
        return self._change(file, state=state, error=None) or file

    def _change(self, file: ChatFile, **changes: Any) -> ChatFile | None:  # as `replace` takes them
        """Save and tell what became of a file; None when it was removed."""
        now = self._live.file(file.id)
        if now is None:
            return None
        changed = replace(now, **changes)
        if changed != now:
            self._saver.save_file(changed)
            self.tell(changed)
        return changed

    def tell(self, file: ChatFile) -> None:
        """Publish that a file changed, as a part of what it belongs to."""
        if file.message_id is None:
            self._publish(DraftFilesChanged(file.chat_id))
        else:
            self._publish(MessageChanged(self._live.message(file.message_id)))

    def _progress(self, file: ChatFile) -> Progress:
        loop = asyncio.get_running_loop()
        told_at = float("-inf")

        def tell(done_bytes: int, total_bytes: int) -> None:
            nonlocal told_at
            if done_bytes == total_bytes or loop.time() - told_at >= PROGRESS_INTERVAL_S:
                told_at = loop.time()
                self._publish(FileProgress(file.chat_id, file.id, done_bytes, total_bytes))

        return tell


def _is_reading(slot: Hashable) -> bool:
    return isinstance(slot, tuple) and slot[0] == "read"
