"""A database of every earlier version, with rows, becomes one of today: the same shape, the same chats.

`shapes/N.sql` is what version N made; never to be changed. From 6 on it holds a part of an index of the search, and
what waits for it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gigadesk.chat import ChatId, MessageId, Status, TrashKind
from gigadesk.search.query import parse
from gigadesk.store import Store
from gigadesk.store.database import open_file
from gigadesk.store.migrations import MIGRATIONS
from gigadesk.store.search_index import WIPING
from gigadesk.store.snapshots import Snapshots

TODAY = date(2026, 11, 28)
SHAPES = sorted(Path(__file__).with_name("shapes").glob("*.sql"))
_SHAPE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"


@pytest.fixture(params=SHAPES, ids=lambda path: path.stem)
def old_file(request, tmp_path):
    path = tmp_path / "chats.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return path


def columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The columns of each table, and the names of all else."""
    with closing(open_file(path)) as database:
        found = database.rows(_SHAPE)
        tables = [name for kind, name, _ in found if kind == "table"]
        shape: dict[str, list[tuple[object, ...]]] = {
            name: [row[1:] for row in database.rows(f"PRAGMA table_info({name})")] for name in tables
        }
        return {**shape, "others": [(kind, name) for kind, name, _ in found if kind != "table"]}


def rows_of(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Each table of its own, its columns and its rows; without what belongs to the index of the search."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if not table.startswith(("search_", "sqlite_stat")):
            names = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            yield table, names, connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()  # noqa: S608


def test_every_version_has_its_file():
    assert [int(path.stem) for path in SHAPES] == list(range(1, len(MIGRATIONS) + 1))


def test_it_has_the_shape_of_a_new_one(old_file, tmp_path):
    assert columns(old_file) == columns(tmp_path / "new.db")


def test_what_earlier_versions_left_of_deleted_texts_will_be_overwritten(tmp_path):
    path = tmp_path / "chats.db"
    for shape in SHAPES[:7]:
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(shape.read_text(encoding="utf-8"))
        with closing(open_file(path)) as database:
            assert database.rows("SELECT must_purge FROM search_state") == [(WIPING,)]


def test_no_row_of_any_table_is_changed(old_file):
    with closing(sqlite3.connect(old_file)) as connection:
        before = list(rows_of(connection))

    with closing(open_file(old_file)) as database:
        for table, names, rows in before:
            now = database.rows(f"SELECT {', '.join(names)} FROM {table}")  # noqa: S608
            assert (table, now) == (table, rows)


def test_what_it_says_is_found_and_what_was_deleted_is_in_the_trash(old_file):
    with closing(sqlite3.connect(old_file)) as connection:
        texts = dict(connection.execute("SELECT id, text FROM messages").fetchall()) | {5: "abc"}

    with closing(Store.open(old_file)) as store, closing(store.open_search()) as reader:
        while store.search.step(1.0):
            pass
        assert store.search.progress().waiting == 0
        store._database.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
        deleted = {message_id for message_id in texts if store.is_message_deleted(MessageId(message_id))}
        for text in texts.values():
            found = [hit.message_id for hit in reader.newest(parse(f'"{text}"', TODAY), 50, None, 1.0).hits]
            said = {message_id for message_id, other in texts.items() if text in other}
            assert sorted(found) == sorted(said - deleted)

        [first, *others] = store.trash.entries(None, 9)
        kinds = [(first.kind, first.id), *((entry.kind, entry.id) for entry in others)]
        if deleted:
            assert kinds == [(TrashKind.MESSAGE, 7), (TrashKind.FOLDER, 2)]
            assert [folder.name for folder in store.folders.all()] == ["Работа"]
        else:
            assert kinds == [(TrashKind.CHAT, 2)]


def test_its_rows_are_there_and_the_file_as_it_was_is_kept(old_file):
    with closing(sqlite3.connect(old_file)) as connection:
        before = connection.execute("SELECT id, text FROM messages ORDER BY id").fetchall()
        [(version,)] = connection.execute("PRAGMA user_version").fetchall()

    with closing(Store.open(old_file)) as store:
        assert store._database.row("PRAGMA user_version") == (len(MIGRATIONS),)
        assert store._database.rows("PRAGMA foreign_key_check") == []
        assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
        after = store._database.rows("SELECT id, text FROM messages ORDER BY id")
        assert [row for row in after if row[0] != 5] == [row for row in before if row[0] != 5]
        cut_short = store.message(MessageId(5))
        assert (cut_short.text, cut_short.status) == ("abc", Status.STOPPED)
        assert store.chat(ChatId(1)).title == "Первый"
        assert store.draft(ChatId(1)) == "черновик"
        assert [chat.id for chat in store.chats()] == [ChatId(1)]

    if version == len(MIGRATIONS):
        assert Snapshots(old_file).all() == []
        return
    [snapshot] = Snapshots(old_file).all()
    with closing(sqlite3.connect(snapshot.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchall() == [(version,)]
        assert connection.execute("SELECT id, text FROM messages ORDER BY id").fetchall() == before
