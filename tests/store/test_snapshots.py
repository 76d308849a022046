"""Snapshots: whole or not there, private, thinned out, and never in the way of the program."""

import os
import shutil
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.errors import StorageCause, StorageError
from gigadesk.kept import SnapshotReason
from gigadesk.store import Store
from gigadesk.store.recovery import restore_snapshot
from gigadesk.store.snapshots import DAILY_KEPT, OTHERS_KEPT, Snapshots
from gigadesk.store.watching import BrokenOffError

DAY = 86_400.0
NOON = 1_800_000_000.0


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chats.db"


@pytest.fixture
def store(path):
    store = Store.open(path)
    yield store
    store.close()


def say(store: Store, text: str) -> None:
    chat_id = store.add_chat("s", NOON)
    store.add_exchange(chat_id, text, NOON, first_title=text)


def titles(path) -> list[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return [row[0] for row in connection.execute("SELECT title FROM chats ORDER BY id")]


def test_a_snapshot_has_everything_up_to_now_and_is_private(path, store):
    say(store, "eins")

    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)

    assert titles(snapshot.path) == ["eins"]
    assert (snapshot.taken_at, snapshot.reason) == (NOON, SnapshotReason.HAND)
    assert snapshot.size_bytes == snapshot.path.stat().st_size
    if os.name != "nt":
        assert stat.S_IMODE(snapshot.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(snapshot.path.parent.stat().st_mode) == 0o700
    assert [each.name for each in snapshot.path.parent.iterdir()] == [snapshot.path.name]


def test_what_is_written_meanwhile_does_not_begin_it_anew(path, store):
    for number in range(30):
        say(store, f"{number} " + "д" * 60_000)
    seen = []

    def going(done, whole):
        seen.append((done, whole))
        say(store, "meanwhile")
        return True

    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON, going)

    assert len(seen) > 3
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len(titles(snapshot.path)) == 30


def test_a_snapshot_that_is_given_up_leaves_nothing(path, store):
    say(store, "д" * 3_000_000)

    with pytest.raises(BrokenOffError):
        Snapshots(path).take(SnapshotReason.HAND, NOON, lambda done, whole: False)

    assert list((path.parent / "snapshots").iterdir()) == []


def test_a_daily_snapshot_is_due_once_a_day(path, store):
    snapshots = Snapshots(path)
    assert snapshots.is_daily_due(NOON)
    snapshots.take(SnapshotReason.HAND, NOON)
    assert snapshots.is_daily_due(NOON)
    snapshots.take(SnapshotReason.DAILY, NOON)

    assert not snapshots.is_daily_due(NOON + 60)
    assert snapshots.is_daily_due(NOON + DAY)


def test_seven_daily_ones_are_kept_and_what_the_user_took(path, store):
    snapshots = Snapshots(path)
    snapshots.take(SnapshotReason.HAND, NOON - DAY)
    for day in range(DAILY_KEPT + 3):
        snapshots.take(SnapshotReason.DAILY, NOON + day * DAY)

    kept = snapshots.all()

    assert [each.reason for each in kept] == [SnapshotReason.DAILY] * DAILY_KEPT + [SnapshotReason.HAND]
    assert kept[0].taken_at == NOON + (DAILY_KEPT + 2) * DAY


def test_the_last_of_those_before_a_change_are_kept(path, store):
    snapshots = Snapshots(path)
    for number in range(OTHERS_KEPT + 2):
        reason = SnapshotReason.RESTORE if number % 2 else SnapshotReason.MIGRATION
        snapshots.take(reason, NOON + number)

    assert [each.taken_at for each in snapshots.all()] == [NOON + number for number in range(OTHERS_KEPT + 1, 1, -1)]


def test_a_snapshot_is_one_file_that_needs_no_log(path, store):
    say(store, "eins")

    content = Snapshots(path).take(SnapshotReason.DAILY, NOON).path.read_bytes()

    assert content[18:20] == b"\x01\x01"  # how the file is to be written and read: not with a write-ahead log


def test_two_snapshots_in_one_second_have_two_names(path, store):
    snapshots = Snapshots(path)
    first, second = (snapshots.take(SnapshotReason.HAND, NOON) for _ in range(2))

    assert first.path != second.path
    assert len(snapshots.all()) == 2


def test_without_room_there_is_no_daily_snapshot(path, store, monkeypatch):
    usage = shutil.disk_usage(path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=1_000_000))

    with pytest.raises(StorageError) as caught:
        Snapshots(path).take(SnapshotReason.DAILY, NOON)

    assert caught.value.cause is StorageCause.FULL
    assert Snapshots(path).all() == []


def test_old_daily_ones_make_room_for_a_new_one(path, store, monkeypatch):
    snapshots = Snapshots(path)
    for day in range(3):
        snapshots.take(SnapshotReason.DAILY, NOON + day * DAY)
    usage = shutil.disk_usage(path.parent)

    def one_gives_room(folder):
        return usage._replace(free=10**9 if len(snapshots.all()) < 3 else 0)

    monkeypatch.setattr(shutil, "disk_usage", one_gives_room)
    snapshots.take(SnapshotReason.DAILY, NOON + 3 * DAY)

    assert [each.taken_at for each in snapshots.all()] == [NOON + day * DAY for day in (3, 2, 1)]


def test_a_damaged_database_makes_no_snapshot(path):
    store = Store.open(path)
    for number in range(30):
        say(store, f"{number} " + "д" * 3_000)
    store.close()
    with path.open("r+b") as file:
        file.seek(6 * 4096)
        file.write(bytes(3 * 4096))

    with pytest.raises(StorageError) as caught:
        Snapshots(path).take(SnapshotReason.HAND, NOON, is_live=False)

    assert caught.value.cause is StorageCause.DAMAGED
    assert list((path.parent / "snapshots").iterdir()) == []


def test_restoring_keeps_the_present_as_a_snapshot(path):
    store = Store.open(path)
    say(store, "eins")
    old = Snapshots(path).take(SnapshotReason.HAND, NOON)
    say(store, "zwei")
    store.close()

    restore_snapshot(path, old.path, time.time())

    assert titles(path) == ["eins"]
    present = next(each for each in Snapshots(path).all() if each.reason is SnapshotReason.RESTORE)
    assert titles(present.path) == ["eins", "zwei"]
    assert old.path.exists()


def test_a_damaged_snapshot_is_not_restored(path):
    store = Store.open(path)
    for number in range(30):
        say(store, f"{number} " + "д" * 3_000)
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    store.close()
    with snapshot.path.open("r+b") as file:
        file.seek(6 * 4096)
        file.write(bytes(3 * 4096))
    before = path.read_bytes()

    with pytest.raises(StorageError) as caught:
        restore_snapshot(path, snapshot.path, NOON)

    assert caught.value.cause is StorageCause.DAMAGED
    assert path.read_bytes() == before
    assert Snapshots(path).newest_whole(100) is None


def _empty(file: Path) -> None:
    sqlite3.connect(file).close()


def _nothing_in_it(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")


def _foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def _newer(file: Path) -> None:
    shutil.copy(next(file.parent.glob("*by-hand.db")), file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("forge", "cause"),
    [
        (_empty, StorageCause.FOREIGN),
        (_nothing_in_it, StorageCause.FOREIGN),
        (_foreign, StorageCause.FOREIGN),
        (_newer, StorageCause.NEWER),
    ],
)
def test_what_only_looks_like_a_snapshot_does_not_take_the_place_of_the_chats(path, forge, cause):
    store = Store.open(path)
    say(store, "eins")
    snapshots = Snapshots(path)
    good = snapshots.take(SnapshotReason.HAND, NOON)
    store.close()
    forged = good.path.with_name("20991231T000000Z-daily.db")
    forge(forged)
    good.path.with_name("20999999T999999Z-daily.db").write_bytes(b"the name is no time")
    before = path.read_bytes()

    with pytest.raises(StorageError) as caught:
        restore_snapshot(path, forged, NOON)

    assert caught.value.cause is cause
    assert path.read_bytes() == before
    assert [each.path for each in snapshots.all()] == [forged, good.path]
    assert snapshots.newest_whole(50).path == good.path


def test_a_swap_that_was_broken_off_is_finished_by_the_next_opening(path):
    """The complete new database has its name; the old one, and its log, were not replaced yet."""
    store = Store.open(path)
    say(store, "eins")
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    say(store, "zwei")
    shutil.copyfile(snapshot.path, path.with_name("chats.db.next"))
    copy = path.parent / "power-cut"
    copy.mkdir()
    for each in path.parent.glob("chats.db*"):
        shutil.copyfile(each, copy / each.name)
    store.close()
    assert (copy / "chats.db-wal").stat().st_size

    Store.open(copy / "chats.db").close()

    assert titles(copy / "chats.db") == ["eins"]
