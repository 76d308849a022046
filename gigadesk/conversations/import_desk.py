"""Brings chats out of a spool into the store while the window and running answers go on; all of them or none."""

import asyncio
import contextlib
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from gigadesk.attachments import Shelf
from gigadesk.chat import ChatId, FolderId
from gigadesk.errors import AttachmentError, StorageCause, StorageError, UnexpectedError
from gigadesk.exchange.records import ChatRecord, FileRecord, FolderRecord, MessageRecord
from gigadesk.exchange.spool import SpoolReader, wanted_name
from gigadesk.exchange.summaries import ChatSummary, FileType
from gigadesk.facts import ChatsChanged, Event, FoldersChanged
from gigadesk.store import Known, Store
from gigadesk.tasks import TaskScope, in_thread

SLICE_S = 0.006
"""So long the loop is held up at a time; a commit comes on top of it."""
KNOWN_AT_ONCE = 200
FOLD_EVERY = 16
"""So many slices fill the log with about a megabyte. Of its own accord SQLite folds it at four, in a commit."""

IMPORT_SLOT = "import"
_SWEEP_SLOT = "import sweep"
_ROLE_SYSTEM = "system"
_NEW_FOLDER = -1


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What is to be imported, of what was read into a spool."""

    spool: Path
    type: FileType
    chats: Sequence[ChatSummary]
    folders: Sequence[FolderRecord] = ()
    folder_id: FolderId | None = None
    """Where to; None puts the chats among those without a folder."""
    new_folder: str = ""
    """Name of a folder to be made for them, in `folder_id`."""
    takes_prompts: bool = False
    """System prompts become messages of the chats. Without, they are left out."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Which bytes were found for which `wanted_name`."""
    known: frozenset[str] = frozenset()
    """Keys of chats that are here already, and are imported nevertheless."""


@dataclass(frozen=True, slots=True)
class ImportEnd:
    """How it ended."""

    chat_ids: tuple[ChatId, ...] = ()
    error: StorageError | UnexpectedError | None = None
    """Nothing was imported, for this reason."""
    lost_files: int = 0
    """Of so many files only the names came: the export does not hold them, or not as it says."""


class ImportDesk:
    """One import at a time. What is written is seen by nobody before all of it is there."""

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        clock: Callable[[], float],
        sweep_files: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._table = store.imports
        self._sweep_files = sweep_files
        self._shelf = shelf
        self._tasks = tasks
        self._publish = publish
        self._clock = clock
        self._spools = shelf.folder.parent / "imports"
        self._own: set[Path] = set()
        """Spools of this run."""
        self._running: int | None = None
        self._end = ImportEnd()
        self._is_shown = False

    @property
    def is_busy(self) -> bool:
        return self._tasks.is_running(IMPORT_SLOT)

    def begin_sweep(self) -> None:
        """Take away what an import left that did not come to its end. In the background."""
        self._tasks.start(_SWEEP_SLOT, "sweep imports", self._sweep)

    def new_spool(self) -> Path:
        """A folder to read a file into; it is not there yet."""
        spool = self._spools / uuid.uuid4().hex
        self._own.add(spool)
        return spool

    def drop_spool(self, spool: Path) -> None:
        """It is not needed any more."""
        self._own.discard(spool)
        self._tasks.start(("spool", spool), "drop spool", lambda: asyncio.to_thread(_remove, spool))

    def folders(self) -> list[FolderRecord]:
        """The folders that chats can be put into, each after the one it is in."""
        return self._store.exports.folders()

    def known(self, chats: Sequence[ChatSummary]) -> list[Known | None]:
        """For each chat of a file the one that is here already. At most `KNOWN_AT_ONCE` at a time."""
        by_key, by_session = self._table.known(
            [chat.key for chat in chats], [chat.session_id for chat in chats if chat.session_id]
        )
        return [by_key.get(chat.key) or by_session.get(chat.session_id) for chat in chats]

    def start(
        self, wish: ImportWish, on_progress: Callable[[int, int], None], on_end: Callable[[ImportEnd], None]
    ) -> None:
        """Import. `on_progress` hears how many messages of how many are written; `on_end` is not called by `cancel`."""
        work = partial(self._run, wish, on_progress, on_end)
        self._tasks.start(IMPORT_SLOT, "import", work, on_crash=lambda: self._tell(on_end))

    def cancel(self) -> None:
        """Stop; nothing was imported. Once all is written this does nothing, and `on_end` comes at once."""
        if not self._is_shown:
            self._tasks.cancel(IMPORT_SLOT)

    async def _run(
        self, wish: ImportWish, on_progress: Callable[[int, int], None], on_end: Callable[[ImportEnd], None]
    ) -> None:
        self._end = ImportEnd(error=UnexpectedError())
        try:
            await self._import(wish, on_progress)
        except StorageError as error:
            self._end = ImportEnd(error=error)
        except OSError as exc:  # the spool cannot be read any more
            self._end = ImportEnd(error=StorageError(StorageCause.UNKNOWN, str(wish.spool), exc.strerror or ""))
        finally:
            self._running = None
            if not self._end.chat_ids:
                self.begin_sweep()
        self._tell(on_end)

    def _tell(self, on_end: Callable[[ImportEnd], None]) -> None:
        end, self._end = self._end, ImportEnd()
        if end.chat_ids:
            self._publish(FoldersChanged())
            self._publish(ChatsChanged(end.chat_ids))
        on_end(end)

    async def _import(self, wish: ImportWish, on_progress: Callable[[int, int], None]) -> None:
        now = self._clock()
        files = _Files(self._shelf, wish)
        import_id = self._running = self._table.begin(now)
        new = [FolderRecord(_NEW_FOLDER, wish.new_folder, None, created_at=now)] if wish.new_folder else []
        folders = [
            *new,
            *(replace(each, parent=_NEW_FOLDER) if new and each.parent is None else each for each in wish.folders),
        ]
        places = self._table.add_folders(import_id, folders, wish.folder_id, now)
        home = places.get(_NEW_FOLDER, wish.folder_id)
        written: list[ChatId] = []
        total = sum(chat.messages + 1 for chat in wish.chats)
        done = slices = 0
        reader = SpoolReader(wish.spool)
        try:
            steps = self._steps(reader, wish, import_id, files, places, home, written, now)
            is_over = False
            while not is_over:
                wanted: tuple[FileRecord, ...] = ()
                with self._table.portion():
                    slice_end = time.perf_counter() + SLICE_S
                    while time.perf_counter() < slice_end and not wanted:
                        step = next(steps, None)
                        if step is None:
                            is_over = True
                            break
                        wanted = step
                        done += not step
                on_progress(done, total)
                slices += 1
                if wanted:
                    await in_thread(partial(files.take, wanted))
                if slices % FOLD_EVERY == 0:
                    await in_thread(self._table.fold)  # nobody may close the store before it has ended
                await asyncio.sleep(0)
        finally:
            reader.close()
        self._table.show(import_id)
        # From here on it has happened, whatever comes.
        self._end = ImportEnd(tuple(written), lost_files=files.lost)
        self._is_shown = True
        self._running = None
        try:
            is_more = True
            while is_more:
                is_more = self._table.reveal(import_id)
                await asyncio.sleep(0)
        except StorageError:
            pass  # the next start goes on with that
        finally:
            self._is_shown = False

    def _steps(
        self,
        reader: SpoolReader,
        wish: ImportWish,
        import_id: int,
        files: "_Files",
        places: Mapping[int, FolderId],
        home: FolderId | None,
        written: list[ChatId],
        now: float,
    ) -> Iterator[tuple[FileRecord, ...]]:
        """Write, a message at a time, inside the transaction of whoever asks for the next step.

        A step gives the files whose bytes must be on the shelf before the next one.
        """
        portion = self._table.writer
        for summary in wish.chats:
            record, count = reader.chat(summary.offset, now)
            record = self._settled(record, summary, wish)
            attached = (*record.draft_files, *(record.edit.files if record.edit is not None else ()))
            if attached:
                yield attached
                record = files.of_chat(record)
            folder_id = home if record.folder is None else places.get(record.folder, home)
            chat_id = portion.insert_chat(import_id, record, folder_id, summary.key, summary.content, now)
            yield ()
            ids: dict[int, int | None] = {}
            ways = []
            for message in reader.messages(count, now):
                if message.role == _ROLE_SYSTEM and not wish.takes_prompts:
                    ids[message.number] = None if message.parent is None else ids[message.parent]
                    yield ()
                    continue
                if message.files:
                    yield message.files
                ids[message.number] = portion.insert_message(chat_id, files.of_message(message), ids, files.digests)
                if message.shown_child is not None:
                    ways.append((message.number, message.shown_child))
                yield ()
            portion.finish_chat(chat_id, record, ids, ways, files.digests)
            written.append(chat_id)

    @staticmethod
    def _settled(record: ChatRecord, summary: ChatSummary, wish: ImportWish) -> ChatRecord:
        """With a title and a session of its own."""
        is_new = record.session_id and summary.key not in wish.known
        session = record.session_id if is_new else str(uuid.uuid4())
        origin = record.title_origin if wish.type is FileType.OWN else "user"
        return replace(
            record,
            session_id=session,
            title=record.title if wish.type is FileType.OWN else summary.title,
            title_origin=origin,
        )

    async def _sweep(self) -> None:
        has_swept = False
        with contextlib.suppress(StorageError):
            while self._table.sweep(self._running):
                has_swept = True
                await asyncio.sleep(0)
        if has_swept:
            self._sweep_files()  # nobody names them any more
        if self._spools.exists():
            await asyncio.to_thread(_remove_others, self._spools, frozenset(self._own))


class _Files:
    """Puts the bytes of files on the shelf, and tells the records what was found."""

    def __init__(self, shelf: Shelf, wish: ImportWish) -> None:
        self._shelf = shelf
        self._wish = wish
        self._found: dict[str, FileRecord | None] = {}
        self.digests: set[str] = set()

    @property
    def lost(self) -> int:
        """How many were looked for and are not there."""
        return sum(found is None for found in self._found.values())

    def take(self, files: Sequence[FileRecord]) -> None:
        """Blocks: called in a thread."""
        for file in files:
            name = wanted_name(file)
            if name and name not in self._found:
                self._found[name] = self._take(file, self._wish.digests.get(name, ""))

    def of_message(self, message: MessageRecord) -> MessageRecord:
        return replace(message, files=tuple(map(self._of, message.files))) if message.files else message

    def of_chat(self, chat: ChatRecord) -> ChatRecord:
        edit = chat.edit
        if edit is not None:
            edit = replace(edit, files=tuple(map(self._of, edit.files)))
        return replace(chat, draft_files=tuple(map(self._of, chat.draft_files)), edit=edit)

    def _of(self, file: FileRecord) -> FileRecord:
        found = self._found.get(wanted_name(file))
        if found is None or self._wish.type is FileType.OWN:
            return file
        return replace(found, name=file.name, is_generated=file.is_generated)

    def _take(self, file: FileRecord, digest: str) -> FileRecord | None:
        if self._wish.type is FileType.OWN and self._shelf.hold(file.digest):
            self.digests.add(file.digest)
            return file
        if not digest:
            return None
        path = self._wish.spool / "files" / digest
        try:
            if self._wish.type is FileType.OWN:
                if digest != file.digest:
                    return None
                self._shelf.adopt(path)
                found = file
            else:
                kept = self._shelf.take_in(path, _named(file, path))
                found = replace(file, kind=kept.kind, mime=kept.mime, size_bytes=kept.size_bytes, digest=kept.digest)
        except AttachmentError:
            return None
        self.digests.add(found.digest)
        return found


def _named(file: FileRecord, path: Path) -> str:
    """A name with an ending: it helps to recognise what a file is. That of a picture is known by its first bytes."""
    return file.name if "." in file.name else f"{file.name or path.name}.{file.mime.rsplit('/', 1)[-1] or 'png'}"


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _remove_others(folder: Path, own: frozenset[Path]) -> None:
    """The spools that earlier runs left."""
    with contextlib.suppress(OSError):
        for spool in folder.iterdir():
            if spool not in own:
                _remove(spool)
