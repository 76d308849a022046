"""Files of drafts and answers: attach, remove, try again, and what is done with all of them when the program starts."""

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path

from gigadesk.attachments import Shelf, check_message, clean_name
from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState, MessageId
from gigadesk.conversations.generated_names import generated_name
from gigadesk.conversations.import_desk import IMPORT_SLOT
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.transfers import Transfers
from gigadesk.errors import AttachmentError, StorageError
from gigadesk.facts import DraftFilesChanged, Event
from gigadesk.gigachat.events import FileReady
from gigadesk.gigachat.file_kinds import file_type_of
from gigadesk.store import Store
from gigadesk.store.snapshot_reader import digests_beside
from gigadesk.tasks import TaskScope

START_DELAY_S = 3.0
"""The window comes first, then what the last run left unfinished."""

_SLOT = "files of the last run"
_SWEEP_SLOT = "sweep of the files"


class FileDesk:
    """What the user does with files, and what becomes of those that a model makes."""

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        saver: Saver,
        shelf: Shelf,
        transfers: Transfers,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        model_of: Callable[[ChatId], str],
    ) -> None:
        self._store = store
        self._live = live
        self._saver = saver
        self._shelf = shelf
        self._transfers = transfers
        self._tasks = tasks
        self._publish = publish
        self._model_of = model_of

    def path(self, file: ChatFile) -> str:
        """Where the bytes of a file lie; empty when they are not there (yet, or any more)."""
        return str(self._shelf.path(file.digest)) if self._shelf.has(file.digest) else ""

    def draft_problem(self, chat_id: ChatId) -> AttachmentError | None:
        """Why the message cannot be sent with these files to the model that is chosen now; None when it can."""
        # Of earlier turns the history takes along only what there is room for beside these.
        return check_message(self._live.draft_files(chat_id), self._model_of(chat_id), ())

    def can_send(self, chat_id: ChatId) -> bool:
        """Whether the draft's files may go; if not, it is published that there is something to read about them."""
        has_failed = any(file.state is FileState.FAILED for file in self._live.draft_files(chat_id))
        if has_failed or self.draft_problem(chat_id) is not None:
            self._publish(DraftFilesChanged(chat_id))
            return False
        return True

    def attach(self, chat_id: ChatId, source: Path | bytes, name: str) -> None:
        """Attach a file of the user's, or bytes under a name, to the message that is being written.

        Publishes `DraftFilesChanged` at once and with each step: it is copied (`READING`), then sent (`UPLOADING`,
        with `FileProgress`), then `READY`; or `FAILED` with its `error`. A service that cannot be reached leaves it
        `KEPT`: it is sent with the message then.
        """
        named = file_type_of(name)
        file = ChatFile(
            id=FileId(0),
            chat_id=chat_id,
            name=clean_name(name),
            kind=named.kind if named is not None else FileKind.OTHER,
            mime=named.mime if named is not None else "",
            size_bytes=len(source) if isinstance(source, bytes) else 0,
            state=FileState.READING,
        )
        with reporting(self._publish):
            file = self._store.add_file(file)
            self._publish(DraftFilesChanged(chat_id))
            self._transfers.read_soon(file, source)

    def detach(self, file_id: FileId) -> None:
        """Take a file off the message that is being written."""
        file = self._live.file(file_id)
        if file is None or file.message_id is not None:
            return
        with reporting(self._publish):
            self._store.delete_file(file_id)
            self._saver.drop_file(file_id)
            self._transfers.drop(file_id)
            self._publish(DraftFilesChanged(file.chat_id))

    def retry(self, file_id: FileId) -> None:
        """Copy, send or fetch a file that is `FAILED` once more."""
        file = self._live.file(file_id)
        if file is not None and file.state is FileState.FAILED:
            self._transfers.try_again(file)

    def add_generated(self, chat_id: ChatId, message_id: MessageId, ready: FileReady, account: str) -> None:
        """Keep in mind that an answer holds a file, and fetch it."""
        self._saver.add_file(
            ChatFile(
                id=FileId(0),
                chat_id=chat_id,
                name=generated_name(ready.kind, ready.mime, ready.file_id),
                kind=ready.kind,
                mime=ready.mime,
                size_bytes=0,
                state=FileState.LOADING,
                remote_id=ready.file_id,
                is_generated=True,
                remote_account=account,
                message_id=message_id,
            ),
            self._on_generated,
        )

    def resume(self, chat_ids: Collection[ChatId]) -> None:
        """Chats came back: fetch what was not fetched yet."""
        self._resume_downloads(chat_ids)

    def begin(self) -> None:
        """Look after what the last run left, in a while."""
        self._tasks.start(_SLOT, "files of the last run", self._tidy)

    def sweep_soon(self) -> None:
        """Clear away the files of what was deleted for ever."""
        self._tasks.start(_SWEEP_SLOT, "sweep of the files", self._sweep)

    def slots(self) -> list[object]:
        return [_SLOT, _SWEEP_SLOT, *self._transfers.slots()]

    async def _tidy(self) -> None:
        await asyncio.sleep(START_DELAY_S)
        self._resume_downloads(None)
        await self._sweep()

    async def _sweep(self) -> None:
        try:
            # A snapshot may be restored: what it names must be there then.
            kept = await asyncio.to_thread(digests_beside, self._store.path)
            digests = self._store.digests() | kept
        except StorageError:
            return  # a sweep that does not know what is in use would be a fire
        # An import has files on the shelf before their messages are stored.
        if not self._transfers.slots() and not self._tasks.is_running(IMPORT_SLOT):
            self._shelf.settle()
        await asyncio.to_thread(self._shelf.sweep, digests)

    def _resume_downloads(self, chat_ids: Collection[ChatId] | None) -> None:
        with reporting(self._publish):
            for file in self._store.files_in_state(FileState.LOADING):
                if (chat_ids is None or file.chat_id in chat_ids) and not self._transfers.is_under_way(file.id):
                    self._transfers.download_soon(file)

    def _on_generated(self, file: ChatFile) -> None:
        self._transfers.tell(file)
        self._transfers.download_soon(file)
