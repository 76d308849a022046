"""After "delete for ever" nothing of a text is left between the rows that stay, neither there nor in a snapshot."""

import random
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gigadesk.chat import ChatId, Status
from gigadesk.kept import SnapshotReason
from gigadesk.store import Store
from gigadesk.store.forgetting import scrub_all
from gigadesk.store.slack import wipe, wipe_file
from gigadesk.store.snapshots import Snapshots
from tests.store import damage_support as spoil

CHATS, TURNS = 40, 5


def talk(store: Store, dice: random.Random) -> list[ChatId]:
    """Many chats that grow in turns: rows of different ones lie side by side and are moved by SQLite."""
    chats = [store.add_chat("s", 1e9 + number) for number in range(CHATS)]
    for turn in range(TURNS):
        for number, chat_id in enumerate(chats):
            word = f"ghost{number}z{turn}"
            question = f"{word}q " + "слово " * dice.choice([1, 5, 20, 80, 300])
            reply = store.add_exchange(chat_id, question, 1e9, first_title=f"{word}t").reply
            text = f"{word}a " + f"ответ {word}b " * dice.choice([1, 10, 30, 100, 400])
            store.append(reply.id, text, is_barrier=False)
            store.finish_reply(replace(reply, text=text, status=Status.DONE), 1e9, is_unread=False)
    while store.search.step(1.0):
        pass
    return chats


def delete_for_ever(store: Store, chats: list[ChatId]) -> None:
    store.places.delete(chats, 2e9)
    store.trash.doom(store.trash.entries(None, CHATS))
    for chat_id in store.trash.doomed().chat_ids:
        while store.trash.purge_chat(chat_id):
            pass
    while not store.search.purge(1.0):
        pass


def left_of(path: Path, numbers: set[int]) -> list[int]:
    """Of which of these chats something is left in the file."""
    told = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    return sorted({int(found) for found in re.findall(rb"ghost(\d+)z", told)} & numbers)


@pytest.fixture
def gone() -> set[int]:
    return set(range(0, CHATS, 2))


def test_nothing_of_a_deleted_text_is_left_between_rows_that_stay(tmp_path, gone):
    path = tmp_path / "chats.db"
    with closing(Store.open(path)) as store:
        chats = talk(store, random.Random(3))
        before = [store.branch(store.chat(chats[number]).leaf_id) for number in range(1, CHATS, 2)]

        delete_for_ever(store, [chats[number] for number in gone])

        assert store.trash.fold()
        assert left_of(path, gone) == []
        # What the connection remembers must not bring it back.
        for number in range(1, CHATS, 2):
            store.add_exchange(chats[number], "x" * 3000, 1e9, first_title="")
        assert left_of(path, gone) == []
        assert [store.branch(store.chat(chats[n]).leaf_id)[:-2] for n in range(1, CHATS, 2)] == before
        assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
    assert left_of(path, gone) == []


def test_what_a_crash_broke_off_is_gone_on_with(tmp_path, gone):
    path = tmp_path / "chats.db"
    with closing(Store.open(path)) as store:
        chats = talk(store, random.Random(3))
        store.places.delete([chats[number] for number in gone], 2e9)
        store.trash.doom(store.trash.entries(None, CHATS))
        for chat_id in store.trash.doomed().chat_ids:
            while store.trash.purge_chat(chat_id):
                pass
    with closing(Store.open(path)) as store:
        while not store.search.purge(1.0):
            pass
        assert store.search.purge(1.0)
    assert left_of(path, gone) == []


def test_somebody_who_reads_is_waited_for(tmp_path, gone):
    path = tmp_path / "chats.db"
    with closing(Store.open(path)) as store, closing(store.open_search()) as reader:
        chats = talk(store, random.Random(3))
        reader._database._connection.execute("BEGIN")
        reader._database.rows("SELECT count(*) FROM messages")
        store.add_chat("s", 1.0)
        assert store._database.wipe_slack(1, 10_000) == 1
        reader._database._connection.execute("COMMIT")
        delete_for_ever(store, [chats[number] for number in gone])
    assert left_of(path, gone) == []


def test_a_snapshot_has_nothing_of_it_either(tmp_path, gone):
    path = tmp_path / "chats.db"
    with closing(Store.open(path)) as store:
        chats = talk(store, random.Random(3))
        taken = Snapshots(path).take(SnapshotReason.HAND, 1.7e9).path
        delete_for_ever(store, [chats[number] for number in gone])
        scrub_all([taken], store.forgotten.pending())
    assert left_of(taken, gone) == []


def test_rows_are_the_same_after_a_wipe_and_a_damaged_file_is_no_worse(tmp_path):
    path = tmp_path / "chats.db"
    spoil.fill_library(path)
    before = spoil.texts(path)

    wipe_file(path)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert spoil.texts(path) == before
    damaged = path.read_bytes()[:8192] + random.Random(1).randbytes(40_000)
    path.write_bytes(damaged)
    wipe_file(path)
    changed = [at for at, (one, other) in enumerate(zip(damaged, path.read_bytes(), strict=True)) if one != other]
    assert all(path.read_bytes()[at] == 0 for at in changed)
    path.write_bytes(b"something else" * 1000)
    wipe_file(path)
    assert path.read_bytes() == b"something else" * 1000


def test_it_goes_on_from_page_to_page(tmp_path):
    path = tmp_path / "chats.db"
    spoil.fill_library(path)
    pages = path.stat().st_size // spoil.PAGE
    with path.open("r+b", buffering=0) as file:
        assert wipe(file, 1, 10) == 11
        assert wipe(file, 11, pages) == 0
        assert wipe(file, pages + 1, 10) == 0


def test_a_file_with_pages_about_pages_is_left_as_it_is(tmp_path):
    """In them a byte that begins a page of a tree means something else."""
    files = {}
    for mode in ("NONE", "FULL"):
        path = files[mode] = tmp_path / f"{mode}.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA auto_vacuum = {mode}")
            connection.execute("PRAGMA secure_delete = OFF")
            connection.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)")
            connection.executemany("INSERT INTO words VALUES (?, ?)", [(number, "ghost" * 20) for number in range(500)])
            connection.execute("DELETE FROM words WHERE id % 2")
            connection.execute("UPDATE words SET word = word || word")
    before = {mode: path.read_bytes() for mode, path in files.items()}

    for path in files.values():
        wipe_file(path)

    assert files["FULL"].read_bytes() == before["FULL"]
    assert files["NONE"].read_bytes() != before["NONE"]
    with closing(sqlite3.connect(files["NONE"])) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_our_own_files_have_no_such_pages(tmp_path):
    with closing(Store.open(tmp_path / "chats.db")) as store:
        assert store._database.rows("PRAGMA auto_vacuum") == [(0,)]
