"""Libraries, stores and files for the tests of export and import."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gigadesk.attachments import Shelf
from gigadesk.conversations.export_desk import ExportDesk, ExportError
from gigadesk.conversations.import_desk import ImportDesk, ImportEnd, ImportWish
from gigadesk.exchange.library_file import ArchiveWriter, PlainWriter
from gigadesk.exchange.problems import Problem
from gigadesk.exchange.reading import Contents, Listener, extract, read
from gigadesk.exchange.summaries import ChatSummary
from gigadesk.facts import Event
from gigadesk.store import Store
from gigadesk.tasks import TaskScope

NOW = time.time()
EXPORT_LIMIT_S = 100


class Reading:
    """What was read of a file."""

    def __init__(self, path: Path, spool: Path, now: float = NOW) -> None:
        self.path = path
        self.spool = spool
        self.chats: list[ChatSummary] = []
        self.problems: list[Problem] = []
        listener = Listener(self.chats.append, self.problems.append, lambda done, total: None)
        self.contents: Contents = read(path, spool, now, listener)

    @property
    def troubles(self) -> list[str]:
        return [problem.trouble.value for problem in self.problems]

    def digests(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if any(chat.files for chat in self.chats):
            extract(self.path, [chat.offset for chat in self.chats], self.spool, lambda *each: found.update([each[:2]]))
        return found


class Library:
    """A store with a shelf, and the desks over them."""

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        self.store = store or Store.in_memory()
        self.shelf = Shelf(folder / "files")
        self.events: list[Event] = []
        self.crashes: list[str] = []

    def run(self, work: Callable[[ExportDesk, ImportDesk], Any]) -> Any:
        """Run `work`, a coroutine function, with both desks."""

        async def main() -> Any:
            tasks = TaskScope(lambda name, error: self.crashes.append(f"{name}: {error!r}"))
            exports = ExportDesk(self.store, self.shelf, tasks)
            imports = ImportDesk(self.store, self.shelf, tasks, self.events.append, lambda: NOW)
            try:
                return await work(exports, imports)
            finally:
                await tasks.close(5.0)

        result = asyncio.run(main())
        assert self.crashes == []
        return result

    def export(self, path: Path) -> None:
        """Everything into one file of our own format, by the ending of its name."""

        async def work(exports: ExportDesk, _: ImportDesk) -> None:
            ended = asyncio.Event()
            with path.open("wb") as file:
                if path.suffix == ".zip":
                    writer: Any = ArchiveWriter(file, "test", 1.0, exports.folders(), exports.path)
                else:
                    writer = PlainWriter(file, "test", 1.0, exports.folders())
                writer.place = lambda: path  # it is written where it is wanted
                exports.start(
                    exports.chat_ids(),
                    lambda: writer,
                    is_whole=True,
                    on_progress=lambda _: None,
                    on_end=lambda end: (ended.set(), _raise(end)),
                )
                # A job that crashed tells nobody.
                async with asyncio.timeout(EXPORT_LIMIT_S):
                    await ended.wait()

        self.run(work)

    def take(self, reading: Reading, **wish: Any) -> ImportEnd:
        """Import all that was read."""
        assert reading.contents.type is not None
        digests = reading.digests()

        async def work(_: ExportDesk, imports: ImportDesk) -> ImportEnd:
            ends: list[ImportEnd] = []
            ended = asyncio.Event()
            imports.start(
                ImportWish(
                    reading.spool,
                    reading.contents.type,
                    **{
                        "chats": reading.chats,
                        "folders": reading.contents.folders,
                        "takes_prompts": True,
                        "digests": digests,
                        **wish,
                    },
                ),
                lambda done, total: None,
                lambda end: (ends.append(end), ended.set()),
            )
            await ended.wait()
            return ends[0]

        return self.run(work)


TABLES = ("folders", "chats", "messages", "files", "drafts", "edits", "journal", "imports", "import_keys")


def dump(store: Store) -> dict[str, list[Any]]:
    """All rows of the store."""
    return {table: store._database.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES}  # noqa: S608


def _raise(end: Path | ExportError) -> None:
    if not isinstance(end, Path):
        raise end
