"""An import happens as a whole or not at all, whatever ends it; meanwhile everything else goes on."""

import asyncio
import json
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gigadesk.conversations.export_desk import ExportDesk
from gigadesk.conversations.import_desk import ImportDesk, ImportEnd, ImportWish
from gigadesk.errors import StorageCause, StorageError, UnexpectedError
from gigadesk.exchange.records import ChatRecord, FolderRecord
from gigadesk.facts import ChatsChanged, FoldersChanged
from gigadesk.store import Store
from tests.exchange.exchange_support import Library, Reading, dump

DRIVER = Path(__file__).with_name("import_kill_driver.py")
ROOT = DRIVER.parents[2]
CHATS = 40


def write_export(path: Path, chats: int = CHATS) -> None:
    """A library of our own format, with folders."""
    values = [
        {
            "title": f"Chat {number}",
            "session": f"s{number}",
            "created_at": 1e9 + number,
            "updated_at": 1e9 + number,
            "folder": 1 + number % 2,
            "shown": 20,
            "messages": [
                {
                    "id": at,
                    "parent": at - 1 or None,
                    "role": "user" if at % 2 else "assistant",
                    "status": "done",
                    "created_at": 1e9 + at,
                    "text": f"Слово {number} {at} " * 20,
                }
                for at in range(1, 21)
            ],
        }
        for number in range(chats)
    ]
    folders = [{"id": 1, "name": "One"}, {"id": 2, "name": "Two", "parent": 1}]
    path.write_text(
        json.dumps({"format": "gigadesk-export", "version": 1, "folders": folders, "chats": values}), encoding="utf-8"
    )


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    write_export(tmp_path / "chats.json")
    return Reading(tmp_path / "chats.json", tmp_path / "spool")


@pytest.fixture
def library(tmp_path: Path):
    library = Library(tmp_path)
    yield library
    library.store.close()


def wish(reading: Reading, **fields: Any) -> ImportWish:
    assert reading.contents.type is not None
    return ImportWish(
        reading.spool, reading.contents.type, **{"chats": reading.chats, "folders": reading.contents.folders, **fields}
    )


def test_what_was_imported_is_told_once_and_is_there(library, reading):
    end = library.take(reading)

    assert len(end.chat_ids) == CHATS
    assert library.events == [FoldersChanged(), ChatsChanged(end.chat_ids)]
    assert [folder.name for folder in library.store.exports.folders()] == ["One", "Two"]
    assert len(library.store.exports.message_ids(end.chat_ids[3])) == 20
    assert library.store._database.rows("SELECT state FROM imports") == [("done",)]


def test_folders_that_are_there_are_used_again(library, reading):
    library.take(reading)
    library.take(reading, known=frozenset(chat.key for chat in reading.chats))

    assert len(library.store.exports.folders()) == 2
    assert len(library.store.exports.chat_ids()) == 2 * CHATS
    sessions = library.store._database.rows("SELECT count(DISTINCT session_id) FROM chats")
    assert sessions == [(2 * CHATS,)]


def test_what_is_here_is_recognised_by_its_file_by_itself_and_in_the_trash(library, reading):
    async def known(_: ExportDesk, imports: ImportDesk) -> Any:
        return imports.known(reading.chats)

    assert library.run(known) == [None] * CHATS
    end = library.take(reading)
    assert [each.chat_id for each in library.run(known)] == list(end.chat_ids)
    library.store._database._connection.execute("UPDATE chats SET deleted_at = 1.0 WHERE id = ?", end.chat_ids[:1])
    assert [each.is_deleted for each in library.run(known)] == [True] + [False] * (CHATS - 1)
    library.store._database._connection.execute("DELETE FROM import_keys")  # a chat of ours was never imported
    assert [each.chat_id for each in library.run(known)] == list(end.chat_ids)


def test_the_journal_of_an_answer_is_written_while_an_import_runs(library, reading):
    chat_id = library.store.add_chat("live", 1.0)
    reply = library.store.add_exchange(chat_id, "Question", 2.0, first_title="T").reply
    written: list[int] = []

    async def work(_: ExportDesk, imports: ImportDesk) -> ImportEnd:
        ends: list[ImportEnd] = []

        def on_progress(done: int, total: int) -> None:
            library.store.append(reply.id, f"{done} ", is_barrier=False)
            written.append(done)

        imports.start(wish(reading), on_progress, ends.append)
        while not ends:
            # Between two portions nothing of the import is open, and nothing of it is seen.
            assert not library.store._database._connection.in_transaction
            if imports._running is not None:
                assert library.store.exports.chat_ids() == [chat_id]
            await asyncio.sleep(0)
        return ends[0]

    end = library.run(work)

    assert len(end.chat_ids) == CHATS
    assert len(written) > 3
    pieces = library.store._database.rows("SELECT text FROM journal ORDER BY id")
    assert [piece for (piece,) in pieces] == [f"{done} " for done in written]


def test_cancelling_leaves_nothing(library, reading):
    before = dump(library.store)

    async def work(_: ExportDesk, imports: ImportDesk) -> None:
        ends: list[ImportEnd] = []
        seen: list[int] = []
        imports.start(wish(reading), lambda done, _: seen.append(done), ends.append)
        while len(seen) < 2:
            await asyncio.sleep(0)
        imports.cancel()
        while imports.is_busy or library.store._database.rows("SELECT 1 FROM imports"):
            await asyncio.sleep(0)
        assert ends == []

    library.run(work)

    assert dump(library.store) == before


class FullTable:
    """The table of imports on a disk that is full after some messages."""

    def __init__(self, table: Any, left: int) -> None:
        self._table = table
        self._left = left
        self.writer = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name, None) or getattr(self._table.writer, name)

    def insert_message(self, *values: Any) -> int:
        self._left -= 1
        if self._left < 0:
            raise StorageError(StorageCause.FULL, "chats.db")
        return self._table.writer.insert_message(*values)


def test_a_full_disk_gives_words_and_leaves_nothing(library, reading):
    before = dump(library.store)

    async def work(_: ExportDesk, imports: ImportDesk) -> ImportEnd:
        ends: list[ImportEnd] = []
        imports._table = FullTable(library.store.imports, 333)  # type: ignore[assignment]
        imports.start(wish(reading), lambda *_: None, ends.append)
        while not ends or library.store._database.rows("SELECT 1 FROM imports"):
            await asyncio.sleep(0)
        return ends[0]

    end = library.run(work)

    assert end.error is not None
    assert end.error.cause is StorageCause.FULL
    assert dump(library.store) == before


class BrokenTable(FullTable):
    """The table of imports with a fault in one method."""

    def __init__(self, table: Any, name: str) -> None:
        super().__init__(table, 1 << 30)
        self._broken = name

    def __getattribute__(self, name: str) -> Any:
        if name not in {"_broken", "_table"} and name == self._broken:
            raise ValueError
        return super().__getattribute__(name)


def broken_import(library: Library, reading: Reading, name: str) -> ImportEnd:
    async def work(_: ExportDesk, imports: ImportDesk) -> ImportEnd:
        ends: list[ImportEnd] = []
        imports._table = BrokenTable(library.store.imports, name)  # type: ignore[assignment]
        imports.start(wish(reading), lambda *_: None, ends.append)
        while not library.crashes or library.store._database.rows("SELECT 1 FROM imports WHERE state = 'writing'"):
            await asyncio.sleep(0)
        assert library.crashes == ["import: ValueError()"]
        library.crashes.clear()
        [end] = ends
        return end

    return library.run(work)


@pytest.mark.parametrize("name", ["begin", "insert_message", "show"])
def test_a_fault_of_ours_ends_an_import_for_whoever_waits_and_leaves_nothing(library, reading, name):
    before = dump(library.store)

    end = broken_import(library, reading, name)

    assert isinstance(end.error, UnexpectedError)
    assert dump(library.store) == before


def test_a_fault_of_ours_behind_the_end_of_an_import_does_not_deny_it(library, reading):
    end = broken_import(library, reading, "reveal")

    assert end.error is None
    assert len(end.chat_ids) == CHATS
    assert library.events == [FoldersChanged(), ChatsChanged(end.chat_ids)]


def hidden_import(store: Store) -> tuple[int, int, int, int]:
    """A written import of a chat in a folder in another, which was not shown yet."""
    table = store.imports
    import_id = table.begin(1e9)
    records = [FolderRecord(1, "Outer", created_at=1e9), FolderRecord(2, "Inner", parent=1, created_at=1e9)]
    folders = table.add_folders(import_id, records, None, 1e9)
    with table.portion():
        record = ChatRecord("Chat", "user", 1e9, 1e9, "s")
        chat_id = table.writer.insert_chat(import_id, record, folders[2], "key", "", 1e9)
    return import_id, folders[1], folders[2], chat_id


def test_an_import_that_has_happened_is_shown_by_the_next_start(tmp_path):
    store = Store.open(tmp_path / "chats.db")
    import_id, _, inner, chat_id = hidden_import(store)
    assert store.exports.folders() == []
    store.imports.show(import_id)
    store.close()

    store = Store.open(tmp_path / "chats.db")

    assert store.chat(chat_id).folder_id == inner
    assert not store.is_deleted(chat_id)
    assert [folder.name for folder in store.exports.folders()] == ["Outer", "Inner"]
    store.close()


def test_a_folder_of_an_import_whose_parent_went_to_the_trash_comes_to_the_top(library):
    store = library.store
    outer = store.folders.add("Outer", None, 1e9)
    import_id = store.imports.begin(1e9)
    [inner] = store.imports.add_folders(import_id, [FolderRecord(1, "Inner")], outer, 1e9).values()
    with store.imports.portion():
        record = ChatRecord("Chat", "user", 1e9, 1e9, "s")
        chats = [
            store.imports.writer.insert_chat(import_id, record, folder, str(folder), "", 1e9)
            for folder in (outer, inner)
        ]
    store.folders.delete(outer, 2e9)

    store.imports.show(import_id)
    while store.imports.reveal(import_id):
        pass

    assert [store.chat(chat_id).folder_id for chat_id in chats] == [None, inner]
    # In no folder of the trash: the end of that would take it along.
    assert store._database.rows("SELECT name, parent_id FROM folders WHERE deleted_at IS NULL") == [("Inner", None)]


def test_a_spool_that_is_gone_gives_words_and_leaves_nothing(library, reading):
    before = dump(library.store)
    (reading.spool / "chats.jsonl").unlink()

    end = library.take(reading)

    assert end.error is not None
    assert end.chat_ids == ()
    assert dump(library.store)["chats"] == before["chats"]


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_leaves_all_of_an_import_or_nothing(tmp_path, seed):
    write_export(tmp_path / "chats.json", 150)
    store = Store.open(tmp_path / "chats.db")
    store.add_exchange(store.add_chat("mine", 1.0), "Before", 2.0, first_title="Before")
    store.close()
    lines = random.Random(seed).randrange(1, 60)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-W", "error", str(DRIVER), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        told = []
        while len(told) < lines and "idle\n" not in told:
            told.append(process.stdout.readline())
        process.kill()
        told += process.stdout.readlines()

    with closing(sqlite3.connect(tmp_path / "chats.db")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    library = Library(tmp_path, Store.open(tmp_path / "chats.db"))

    async def sweep(_: ExportDesk, imports: ImportDesk) -> None:
        imports.begin_sweep()
        while library.store._database.rows("SELECT 1 FROM imports WHERE state <> 'done'"):
            await asyncio.sleep(0)

    library.run(sweep)
    count = len(library.store.exports.chat_ids())
    assert count in {1, 151}
    assert count == 151 or not any(line.startswith("ended") for line in told)
    assert library.store._database.rows("SELECT count(*) FROM chats") == [(count,)]
    assert library.store._database.rows("SELECT count(*) FROM messages") == [(2 + (count - 1) * 20,)]
    assert library.store._database.rows("SELECT count(*) FROM folders") == [(2 if count > 1 else 0,)]
    library.store.close()
