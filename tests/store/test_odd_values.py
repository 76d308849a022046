"""Values that a disk has changed in rows which SQLite finds in order: shown as they can be, noticed, and saved."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from gigadesk.chat import ChatId, FolderId, Role, Status
from gigadesk.errors import StorageCause, StorageError
from gigadesk.search.query import parse
from gigadesk.store import Store
from gigadesk.store.checking import find_damage
from gigadesk.store.database import CHECKED_FIRST_MAX_BYTES, open_file
from gigadesk.store.recovery import recover
from gigadesk.store.snapshot_reader import chats_in, content_of, last_messages
from tests.store import damage_support as spoil

NOTICED = {
    "a role": ("messages", "role", "usep"),
    "a status": ("messages", "status", "donf"),
    "a time beyond all calendars": ("messages", "created_at", 1e300),
    "a time below zero": ("messages", "created_at", -5.0),
    "an endless time": ("messages", "created_at", float("inf")),
    "an answer to itself": ("messages", "parent_id", 5),
    "an answer to what comes later": ("messages", "parent_id", 9),
    "zeros in a text": ("messages", "text", "a1.0 \0\0"),
    "an end that is nowhere": ("chats", "leaf_id", 99_999),
    "the time of a chat": ("chats", "updated_at", 1e300),
}
OTHERS = {
    "sources that are none": ("messages", "sources", "[{"),
    "sources with other numbers": ("messages", "sources", "x\ty\tz\n1\thttps://e.com\tE"),
    "an error that is none": ("messages", "error_code", "nope"),
    "the data of an error": ("messages", "error_data", "{"),
    "a parent that is nowhere": ("messages", "parent_id", 4_000),
    "a shown child that is nowhere": ("messages", "shown_child_id", 1),
    "the state of a file": ("files", "state", "y"),
    "a kind of file": ("files", "kind", "y"),
    "a tool": ("chats", "tools", "nope zip"),
    "a folder that is nowhere": ("chats", "folder_id", 77),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / "chats.db"
    spoil.fill_library(path)
    return path


def changed(library, folder, table, column, value):
    path = folder / "chats.db"
    shutil.copyfile(library, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        nearest = f"SELECT id FROM {table} ORDER BY abs(id - 5) LIMIT 1"  # noqa: S608
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ({nearest})", (value,))  # noqa: S608
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    return path


def read_all(database) -> None:
    store = Store(database)
    for (chat_id,) in database.rows("SELECT id FROM chats"):
        chat = store.chat(ChatId(chat_id))
        for message in store.branch(chat.leaf_id):
            assert message.role in Role
            assert message.status in Status
            assert 0 <= message.created_at < 4e10
        outline = store.outline(chat.id, chat.leaf_id)
        assert list(outline.ids) == sorted(outline.ids)
        store.exports.chat(chat.id)
        store.exports.messages(store.exports.message_ids(chat.id))


@pytest.mark.parametrize("change", (NOTICED | OTHERS).values(), ids=NOTICED | OTHERS)
def test_a_changed_value_ends_no_reading(library, tmp_path, change):
    path = changed(library, tmp_path, *change)

    # As a library is opened that is too large to be looked through first.
    with closing(open_file(path, is_prepared=True)) as database:
        read_all(database)
    content_of(path)
    for chat in chats_in(path):
        last_messages(path, chat.chat_id)


@pytest.mark.parametrize("change", (NOTICED | OTHERS).values(), ids=NOTICED | OTHERS)
def test_a_changed_value_ends_no_search(library, tmp_path, change):
    path = changed(library, tmp_path, *change)

    with closing(open_file(path, is_prepared=True)) as database:
        store = Store(database)
        while store.search.step(1.0):
            pass
        reader = store.open_search()
        try:
            for words in ("слово", "ответ", '"слово слово"', "чат"):
                query = parse(words, date(2026, 11, 28))
                found = reader.newest(query, 500, None, 60.0)
                hits = [*found.hits, *reader.best(query, 50).hits, *reader.names(query)]
                assert hits
                assert all(0 <= hit.created_at < 4e10 for hit in hits)
                assert found.next_place is None
        finally:
            reader.close()


@pytest.mark.parametrize("change", NOTICED.values(), ids=NOTICED)
def test_a_value_that_is_never_written_is_noticed_and_its_row_is_saved(library, tmp_path, change):
    path = changed(library, tmp_path, *change)
    before = spoil.texts(path)
    assert path.stat().st_size < CHECKED_FIRST_MAX_BYTES // 4

    with pytest.raises(StorageError) as refused:
        Store.open(path)
    assert refused.value.cause is StorageCause.DAMAGED

    recover(path)

    assert spoil.texts(path) == {number: text.partition("\0")[0] for number, text in before.items()}
    with closing(open_file(path)) as database:
        read_all(database)
        assert database.rows("PRAGMA foreign_key_check") == []


def lose_table(path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE messages")


UNKNOWN = {"another schema format": spoil.flip(47, 5), "a table is gone": lose_table}


@pytest.mark.parametrize("damage", UNKNOWN.values(), ids=UNKNOWN)
def test_a_snapshot_that_sqlite_does_not_understand_is_a_damaged_one(library, tmp_path, damage):
    path = tmp_path / "snapshot.db"
    shutil.copyfile(library, path)
    damage(path)

    with closing(Store.open(tmp_path / "chats.db")) as store:
        looks = [content_of, chats_in, lambda at: store.restorer.begin(at, ChatId(1), 2e9)]
        for look in looks[:2] if damage is lose_table else looks:
            with pytest.raises(StorageError) as refused:
                look(path)
            assert refused.value.cause is StorageCause.DAMAGED


@pytest.mark.parametrize("change", NOTICED.values(), ids=NOTICED)
def test_a_chat_of_a_snapshot_comes_back_without_the_changed_value(library, tmp_path, change):
    path = changed(library, tmp_path, *change)

    with closing(Store.open(tmp_path / "live" / "chats.db")) as store:
        for chat_id in (1, 5):
            restore = store.restorer.begin(path, ChatId(chat_id), 2e9)
            while restore.go_on():
                pass
        assert find_damage(store._database._connection) == ""


def test_a_zeroed_page_in_which_a_text_ends_is_noticed(library, tmp_path):
    path = tmp_path / "chats.db"
    shutil.copyfile(library, path)
    before = spoil.texts(path)
    content = path.read_bytes()
    places = range(0, len(content), spoil.PAGE)
    text = "ответ ".encode() * 20
    # It begins with the number of the page in which the text goes on: none.
    last = next(each for each in places if content[each : each + 4] == bytes(4) and text in content[each : each + 4096])
    spoil.zero_page(last // spoil.PAGE + 1)(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    with pytest.raises(StorageError) as refused:
        Store.open(path)
    assert refused.value.cause is StorageCause.DAMAGED

    saved = recover(path)

    after = spoil.texts(path)
    assert saved.cut_messages == 1
    assert len([each for each in before if before[each] != after[each]]) == 1
    assert all(before[each].startswith(after[each].rstrip("\ufffd")) for each in before)


def test_folders_in_a_circle_are_exported(library, tmp_path):
    path = tmp_path / "chats.db"
    shutil.copyfile(library, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for number, parent in ((1, 2), (2, 1), (3, 3), (4, 3)):
            connection.execute(
                "INSERT INTO folders (id, parent_id, name, position, created_at) VALUES (?, ?, 'f', 0, 1.0)",
                (number, parent),
            )

    with closing(Store.open(path)) as store:
        assert {folder.number for folder in store.exports.folders()} == {1, 2, 3, 4}
        assert not store.folders.may_hold(FolderId(2), FolderId(1))
