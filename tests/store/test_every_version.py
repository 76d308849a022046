"""A database of every earlier version, with rows, becomes one of today: the same shape, the same chats.

`shapes/N.sql` is what version N made; never to be changed.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.chat import ChatId, MessageId, Status
from gigadesk.store import Store
from gigadesk.store.database import open_file
from gigadesk.store.migrations import MIGRATIONS
from gigadesk.store.snapshots import Snapshots

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


def test_it_has_the_shape_of_a_new_one(old_file, tmp_path):
    assert columns(old_file) == columns(tmp_path / "new.db")


def test_its_rows_are_there_and_the_file_as_it_was_is_kept(old_file):
    with closing(sqlite3.connect(old_file)) as connection:
        before = connection.execute("SELECT id, text FROM messages ORDER BY id").fetchall()
        [(version,)] = connection.execute("PRAGMA user_version").fetchall()

    with closing(Store.open(old_file)) as store:
        assert store._database.row("PRAGMA user_version") == (len(MIGRATIONS),)
        assert store._database.rows("PRAGMA foreign_key_check") == []
        assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
        after = store._database.rows("SELECT id, text FROM messages ORDER BY id")
        assert [(number, text) for number, text in after if number != 5] == [row for row in before if row[0] != 5]
        cut_short = store.message(MessageId(5))
        assert (cut_short.text, cut_short.status) == ("abc", Status.STOPPED)
        assert store.chat(ChatId(1)).title == "Первый"
        assert store.draft(ChatId(1)) == "черновик"
        assert [chat.id for chat in store.chats()] == [ChatId(1)]

    [snapshot] = Snapshots(old_file).all()
    with closing(sqlite3.connect(snapshot.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchall() == [(version,)]
        assert connection.execute("SELECT id, text FROM messages ORDER BY id").fetchall() == before
