"""A damaged database is noticed, left as it is, and every row that is still readable is saved out of it."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.chat import ChatId
from gigadesk.errors import StorageCause, StorageError
from gigadesk.exchange.records import ChatRecord, FolderRecord, MessageRecord
from gigadesk.kept import SnapshotReason
from gigadesk.store import Store
from gigadesk.store.database import open_file
from gigadesk.store.recovery import begin_anew, check_not_gone, newest_good_snapshot, recover, restore_snapshot
from gigadesk.store.snapshots import Snapshots
from gigadesk.store.swapping import prepare_swap
from tests.store import damage_support as spoil
from tests.store.damage_support import Damage

ROOT = str(Path(__file__).parents[2])


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / "chats.db"
    spoil.fill_library(path)
    return path


@pytest.fixture
def path(library, tmp_path):
    target = tmp_path / "chats.db"
    shutil.copyfile(library, target)
    return target


def cause_of_opening(path: Path) -> StorageCause | None:
    try:
        Store.open(path).close()
    except StorageError as error:
        return error.cause
    return None


def assert_is_sound(path: Path) -> None:
    """It opens, its trees are whole, and each chat can be shown from end to end."""
    store = Store.open(path)
    try:
        for check in ("quick_check", "foreign_key_check"):
            assert store._database.rows(f"PRAGMA {check}") in ([("ok",)], [])
        for (chat_id,) in store._database.rows("SELECT id FROM chats"):
            branch = store.branch(store.chat(ChatId(chat_id)).leaf_id)
            parents = [message.parent_id for message in branch]
            assert parents == [None, *(message.id for message in branch)][: len(branch)]
    finally:
        store.close()


# Where: (the words for the test, what is damaged, how). Pages are found in the library by table and index.
HOW = {"zero": spoil.zero_page, "garbage": spoil.garbage_page, "torn": spoil.garbage_sector}
PLACES = [
    *(("messages", "leaf", at) for at in (0, 3, 7, 11, 15, -1)),
    ("messages", "inner", 0),
    ("chats", "leaf", 0),
    ("messages_by_parent", "leaf", 0),
    ("files", "leaf", 0),
    ("drafts", "leaf", 0),
    ("sqlite_sequence", "leaf", 0),
]
OF_PAGES = [(name, kind, at, how) for name, kind, at in PLACES for how in HOW]

OF_THE_FILE: dict[str, Damage] = {
    "zeroed first page": spoil.zero_page(1),
    "garbage in the first page": spoil.garbage_page(1),
    "garbage in the schema": spoil.garbage_sector(1),
    "wrong magic": spoil.flip(3, 4),
    "zeroed magic": lambda path: spoil.overwrite(path, 0, bytes(16)),
    "zeroed header": lambda path: spoil.overwrite(path, 0, bytes(100)),
    "page size flipped": spoil.flip(16, 3),
    "file format flipped": spoil.flip(18, 6),
    "reserved bytes flipped": spoil.flip(20, 5),
    "schema format flipped": spoil.flip(47, 5),
    "text encoding flipped": spoil.flip(59, 1),
    "application id flipped": spoil.flip(69, 2),
    "first page is no leaf": spoil.flip(100, 3),
    "first page has other cells": lambda path: spoil.overwrite(path, 103, b"\xff\xff"),
    "impossible version": lambda path: spoil.overwrite(path, 60, b"\x7f\xff\xff\xff"),
    "version zero": lambda path: spoil.overwrite(path, 60, bytes(4)),
    **{f"cut to {share:.0%}": spoil.cut(share) for share in (0.99, 0.9, 0.75, 0.5, 0.25, 0.1)},
    "cut within a page": lambda path: os.truncate(path, path.stat().st_size - 1000),
    "two pages swapped": spoil.swap_pages(10, 40),
    "eight pages of zeros": lambda path: spoil.overwrite(path, 20 * spoil.PAGE, bytes(8 * spoil.PAGE)),
    "eight pages of garbage": lambda path: spoil.overwrite(path, 20 * spoil.PAGE, os.urandom(8 * spoil.PAGE)),
}


def damage_of_page(path: Path, name: str, kind: str, at: int, how: str) -> None:
    found = sorted(spoil.pages_of(path, name, kind))
    HOW[how](found[at])(path)


def test_there_are_as_many_kinds_of_damage_as_promised():
    assert len(OF_PAGES) + len(OF_THE_FILE) >= 60


@pytest.mark.parametrize(("name", "kind", "at", "how"), OF_PAGES, ids=str)
def test_a_damaged_page_costs_only_its_own_rows(path, name, kind, at, how):
    before = spoil.texts(path)
    damage_of_page(path, name, kind, at, how)
    damaged = path.read_bytes()

    saved = recover(path)

    assert_is_sound(path)
    after = spoil.texts(path)
    lost = before.keys() - after.keys()
    # A page holds some rows; a long text goes on in others.
    assert len(lost) <= (30 if (name, kind) == ("messages", "leaf") else 0)
    changed = {each for each in after if before[each] != after[each]}
    assert len(changed) <= 1
    assert saved.known_messages - saved.messages <= len(lost)
    assert saved.messages == len(after)
    assert saved.set_aside is not None
    assert (saved.set_aside / "chats.db").read_bytes() == damaged
    assert all(text in before[each] for each, text in after.items() if each not in changed)


@pytest.mark.parametrize("damage", OF_THE_FILE.values(), ids=OF_THE_FILE)
def test_a_damaged_file_is_refused_untouched_and_saved_as_far_as_it_goes(path, damage):
    before = spoil.texts(path)
    whole = path.stat().st_size
    damage(path)
    damaged = path.read_bytes()

    cause = cause_of_opening(path)
    if cause is None:
        # SQLite does not look at these bytes. Whatever they are, everything else can be shown.
        assert_is_sound(path)
        return
    assert cause is StorageCause.DAMAGED
    assert path.read_bytes() == damaged
    saved = recover(path)

    assert_is_sound(path)
    after = spoil.texts(path)
    share = min(len(damaged) / whole, 1 - 8 * spoil.PAGE / whole)
    # The first pages are those of the schema and of empty tables.
    assert len(after) >= len(before) * (share - 0.15) * 0.6
    assert saved.messages == len(after)
    # Whatever was not cut and not mended is word for word what it was.
    changed = [each for each in after if before[each] != after[each]]
    assert len(changed) <= saved.cut_messages + saved.mended_texts


def test_the_words_about_what_was_lost_are_exact(path):
    before = spoil.texts(path)
    damage_of_page(path, "messages", "leaf", 3, "zero")

    saved = recover(path)

    lost = len(before) - len(spoil.texts(path))
    assert lost > 0
    assert saved.known_messages - saved.messages == lost
    assert (saved.chats, saved.known_chats) == (spoil.CHATS, spoil.CHATS)
    assert 1 <= len(saved.hurt) <= 3
    assert all(title.startswith("Чат ") for title in saved.hurt)
    assert not saved.is_complete


def test_a_chat_that_lost_its_row_keeps_its_messages(path):
    damage_of_page(path, "chats", "leaf", 0, "zero")

    saved = recover(path)

    assert saved.unnamed_chats == saved.chats == saved.known_chats == spoil.CHATS
    assert saved.messages == spoil.CHATS * spoil.TURNS * 2
    store = Store.open(path)
    try:
        assert len(store.branch(store.chat(ChatId(2)).leaf_id)) == spoil.TURNS * 2
    finally:
        store.close()


def test_what_an_import_had_hidden_is_seen_and_the_search_goes_on(path):
    store = Store.open(path)
    table = store.imports
    import_id = table.begin(2e9)
    folders = table.add_folders(import_id, [FolderRecord(1, "imported", created_at=2e9)], None, 2e9)
    with table.portion():
        record = ChatRecord("hidden", "user", 2e9, 2e9, "session")
        chat_id = table.writer.insert_chat(import_id, record, folders[1], "key", "", 2e9)
        message = MessageRecord(1, None, "user", "done", 2e9, "what was imported")
        ids = {1: table.writer.insert_message(chat_id, message, {}, set())}
        table.writer.finish_chat(chat_id, record, ids, (), set())
    table.show(import_id)  # from here on it has happened
    store.close()
    damage_of_page(path, "drafts", "leaf", 0, "zero")

    recover(path)

    store = Store.open(path)
    try:
        assert "hidden" in {chat.title for chat in store.chats()}
        assert [folder.name for folder in store.exports.folders()] == ["imported"]
        while store.search.step(0.2):
            pass
        assert store.search.progress().waiting == 0
    finally:
        store.close()


def test_a_lost_end_of_a_text_leaves_its_beginning(path):
    text = " ".join(f"слово-{number}" for number in range(2000))
    store = Store.open(path)
    question = store.add_exchange(ChatId(2), text, 2e9, first_title="").question
    store.close()
    place = path.read_bytes().index("слово-1700".encode())
    spoil.zero_page(place // spoil.PAGE + 1)(path)

    saved = recover(path)

    assert saved.cut_messages == 1
    assert saved.hurt == ("Чат 1",)
    kept = spoil.texts(path)[question.id]
    assert text.startswith(kept)
    assert len(kept) > len(text) * 0.6


def test_a_flipped_bit_in_a_text_hides_no_more_than_a_letter(path):
    store = Store.open(path)
    question = store.add_exchange(ChatId(2), "единственное слово", 2e9, first_title="").question
    store.close()
    place = path.read_bytes().index("единственное".encode())
    spoil.flip(place + 1, 7)(path)

    store = Store.open(path)
    shown = store.message(question.id).text
    store.close()

    assert shown.endswith("динственное слово")
    assert "\ufffd" in shown


def test_what_was_only_in_the_log_is_saved(path):
    """The database itself is empty: everything is in the write-ahead log, as after a crash of the machine."""
    before = spoil.texts(path)
    fresh = path.with_name("fresh.db")
    database = open_file(fresh)
    with closing(sqlite3.connect(path)) as source:
        for table in ("chats", "messages"):
            for row in source.execute(f"SELECT * FROM {table}"):  # noqa: S608
                with database.transaction(is_barrier=False):
                    database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    database._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    with database.transaction(is_barrier=True):
        database.execute("UPDATE messages SET text = 'new ' || text WHERE id <= 50")
    shutil.copyfile(fresh.with_name("fresh.db-wal"), path.with_name("chats.db-wal"))
    path.write_bytes(b"")
    database.close()

    assert cause_of_opening(path) is StorageCause.DAMAGED
    saved = recover(path)

    assert_is_sound(path)
    after = spoil.texts(path)
    assert saved.messages == len(after) > 0
    assert all(text in {before[each], f"new {before[each]}"} for each, text in after.items())
    assert any(text.startswith("new ") for text in after.values())


def test_the_log_of_a_damaged_database_is_read_too(path):
    store = Store.open(path)
    chat_id = store.add_chat("late", 3e9)
    exchange = store.add_exchange(chat_id, "в журнале", 3e9, first_title="поздний")
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    shutil.copyfile(path.with_name("chats.db-wal"), copy.with_name("copy.db-wal"))
    store.close()
    spoil.zero_page(1)(copy)
    spoil.overwrite(copy, 5 * spoil.PAGE, bytes(spoil.PAGE))

    recover(copy)

    assert_is_sound(copy)
    assert spoil.texts(copy)[exchange.question.id] == "в журнале"


# What is not ours


def foreign_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE chats (id INTEGER PRIMARY KEY, title TEXT)")
        connection.execute("INSERT INTO chats (title) VALUES ('чужой')")
        connection.commit()


def encrypted(path: Path) -> None:
    path.write_bytes(os.urandom(64 * spoil.PAGE))


def text_file(path: Path) -> None:
    path.write_text("not a database at all\n" * 100, encoding="utf-8")


@pytest.mark.parametrize("make", [foreign_database, encrypted, text_file])
def test_what_is_not_ours_is_refused_untouched(path, make):
    make(path)
    content = path.read_bytes()

    assert cause_of_opening(path) is StorageCause.FOREIGN

    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == ["chats.db"]


def test_a_folder_in_its_place_is_refused(path):
    path.unlink()
    path.mkdir()

    assert cause_of_opening(path) is StorageCause.FOREIGN
    assert path.is_dir()


def test_a_link_to_the_database_is_followed(path):
    real = path.with_name("elsewhere.db")
    path.rename(real)
    path.symlink_to(real)
    before = spoil.texts(real)

    assert cause_of_opening(path) is None
    damage_of_page(real, "messages", "leaf", 3, "zero")
    recover(path)

    assert path.is_symlink()
    assert_is_sound(path)
    assert len(spoil.texts(real)) > len(before) * 0.8


def test_a_link_that_leads_nowhere_is_refused(path):
    path.unlink()
    path.symlink_to(path.with_name("gone.db"))

    assert cause_of_opening(path) is StorageCause.UNKNOWN
    assert not path.with_name("gone.db").exists()


def test_when_nothing_is_readable_nothing_is_changed(path):
    damaged = b"SQLite format 3\0" + bytes(40 * spoil.PAGE)
    path.write_bytes(damaged)

    with pytest.raises(StorageError) as caught:
        recover(path)

    assert caught.value.cause is StorageCause.DAMAGED
    assert path.read_bytes() == damaged


# The other ways out


def test_a_snapshot_takes_the_place_of_a_damaged_database(path):
    before = spoil.texts(path)
    snapshots = Snapshots(path)
    snapshot = snapshots.take("by-hand", 1.7e9, is_live=False)
    spoil.zero_page(1)(path)
    damaged = path.read_bytes()

    assert newest_good_snapshot(path) == snapshot
    restore_snapshot(path, snapshot.path, 1.8e9)

    assert_is_sound(path)
    assert spoil.texts(path) == before
    [aside] = (path.parent / "damaged").iterdir()
    assert (aside / "chats.db").read_bytes() == damaged
    assert snapshot.path.exists()


def test_beginning_anew_keeps_the_damaged_file(path):
    spoil.zero_page(1)(path)
    damaged = path.read_bytes()

    folder = begin_anew(path)

    assert (folder / "chats.db").read_bytes() == damaged
    assert_is_sound(path)
    assert spoil.texts(path) == {}


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_a_database_with_snapshots_that_is_gone_is_missed(tmp_path, left):
    path = tmp_path / "chats.db"
    check_not_gone(path)  # the first start of all
    Store.open(path).close()
    snapshot = Snapshots(path).take(SnapshotReason.DAILY, 1.7e9, is_live=False)
    check_not_gone(path)

    path.unlink()
    if left == "an empty file":
        path.touch()

    with pytest.raises(StorageError) as caught:
        check_not_gone(path)
    assert (caught.value.cause, caught.value.path) == (StorageCause.GONE, str(path))
    prepare_swap(snapshot.path, path)
    check_not_gone(path)  # it waits to take its place


@pytest.mark.parametrize("moment", ["copy of a snapshot", "recovering", "recovered"])
def test_what_a_killed_way_back_has_left_is_gone_after_the_next_opening(path, moment):
    """It would keep the text of what is deleted for ever."""
    before = sorted(path.parent.iterdir())
    if moment == "copy of a snapshot":
        (path.parent / ".chats.db.copy").write_bytes(b"text")
    elif moment == "recovered":
        (path.parent / ".chats.db.recovered").write_bytes(b"text")
    else:
        folder = path.parent / ".recovering-x1"
        folder.mkdir()
        (folder / "chats.db").write_bytes(b"text")

    Store.open(path).close()

    assert sorted(path.parent.iterdir()) == before


def write_in_log(path: Path, text: str) -> None:
    """As a kill leaves it: the newest chat is in the write-ahead log only."""
    script = (
        "import os, sys; from pathlib import Path; from gigadesk.store import Store;"
        "store = Store.open(Path(sys.argv[1]));"
        "store.add_exchange(store.add_chat('s', 1e9), sys.argv[2], 1e9, first_title='newest'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(path), text], check=True, env={**os.environ, "PYTHONPATH": ROOT})


@pytest.mark.parametrize("damage", [spoil.flip(2), spoil.flip(17), spoil.flip(30, 5), lambda log: garble(log, 32)])
def test_a_write_ahead_log_with_a_damaged_header_is_not_thrown_away(path, damage):
    write_in_log(path, "only in the log")
    log = path.with_name("chats.db-wal")
    damage(log)
    damaged = log.read_bytes()

    assert cause_of_opening(path) is StorageCause.DAMAGED
    assert log.read_bytes() == damaged
    saved = recover(path)

    assert "only in the log" in spoil.texts(path).values()
    assert (saved.set_aside / "chats.db-wal").read_bytes() == damaged
    assert_is_sound(path)


def garble(path: Path, size: int) -> None:
    spoil.overwrite(path, 0, random.Random(2).randbytes(size))


def test_a_restored_snapshot_keeps_a_log_with_a_damaged_header_aside(path):
    taken = Snapshots(path).take(SnapshotReason.HAND, 1.7e9, is_live=False)
    write_in_log(path, "only in the log")
    garble(path.with_name("chats.db-wal"), 32)

    restore_snapshot(path, taken.path, 1.8e9)

    [folder] = (path.parent / "damaged").iterdir()
    assert sorted(each.name for each in folder.iterdir()) == ["chats.db", "chats.db-wal"]
