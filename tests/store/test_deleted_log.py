"""The write-ahead log alone is deleted under the open program: what was saved is in the file, and all goes on."""

import shutil
import sqlite3
import sys
from contextlib import closing

import pytest

from gigadesk.store import Store
from gigadesk.store.database import open_reader
from gigadesk.store.rescuing import log_has_vanished, renew_log

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "chats.db")
    store.add_exchange(store.add_chat("s", 1.0), "first", 1.0, first_title="t")
    return store


def said_after_a_kill(store: Store, folder) -> list[str]:
    """What is in the files that have names, as a kill would leave them."""
    copy = folder / "copy"
    copy.mkdir()
    for each in folder.glob("chats.db*"):
        if not each.name.endswith("-shm"):
            shutil.copyfile(each, copy / each.name)
    with closing(Store.open(copy / "chats.db")) as read:
        return [text for (text,) in read._database.rows("SELECT text FROM messages WHERE role = 'user' ORDER BY id")]


def test_what_is_saved_behind_it_is_in_the_file(store, tmp_path):
    assert not log_has_vanished(store)
    (tmp_path / "chats.db-wal").unlink()

    store.add_exchange(store.add_chat("s", 2.0), "second", 2.0, first_title="t")

    assert said_after_a_kill(store, tmp_path) == ["first", "second"]
    store.close()


@pytest.mark.parametrize("is_replaced", [False, True])
def test_another_log_is_begun(store, tmp_path, is_replaced):
    assert not log_has_vanished(store)
    (tmp_path / "chats.db-wal").unlink()
    if is_replaced:
        (tmp_path / "chats.db-wal").write_bytes(b"")

    assert log_has_vanished(store)
    assert renew_log(store)

    assert not log_has_vanished(store)
    store.add_exchange(store.add_chat("s", 2.0), "second", 2.0, first_title="t")
    assert (tmp_path / "chats.db-wal").stat().st_size
    assert said_after_a_kill(store, tmp_path) == ["first", "second"]
    with closing(sqlite3.connect(tmp_path / "chats.db")) as other:
        assert other.execute("SELECT count(*) FROM chats").fetchall() == [(2,)]
    store.close()
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["chats.db"]


def test_nothing_is_changed_while_somebody_reads_in_the_old_one(store, tmp_path):
    reader = open_reader(store._database)
    reader.rows("BEGIN")
    assert reader.rows("SELECT count(*) FROM chats") == [(1,)]
    assert not log_has_vanished(store)
    (tmp_path / "chats.db-wal").unlink()
    store.add_exchange(store.add_chat("s", 2.0), "second", 2.0, first_title="t")

    assert not renew_log(store)
    assert reader.rows("SELECT count(*) FROM chats") == [(1,)]
    reader.close_reader()

    assert renew_log(store)
    assert said_after_a_kill(store, tmp_path) == ["first", "second"]
    store.close()
