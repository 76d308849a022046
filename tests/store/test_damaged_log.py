"""A write-ahead log in which a bit has flipped is noticed; what a power cut leaves is not damage."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.errors import StorageCause, StorageError
from gigadesk.kept import SnapshotReason
from gigadesk.store import Store
from gigadesk.store.checking import check_untouched
from gigadesk.store.log_checking import FRAME_HEADER_BYTES, WAL_HEADER_BYTES
from gigadesk.store.log_marking import _note_of
from gigadesk.store.migrations import MIGRATIONS
from gigadesk.store.recovery import recover, restore_snapshot
from gigadesk.store.snapshots import Snapshots
from tests.store import damage_support as spoil

ROOT = str(Path(__file__).parents[2])
FRAME = FRAME_HEADER_BYTES + spoil.PAGE
TEXTS = [f"text {number} " + "слово " * 300 for number in range(12)]

WRITE = """
import os, sys
from pathlib import Path
from gigadesk.store import Store
store = Store.open(Path(sys.argv[1]))
for number in range(12):
    chat = store.add_chat("s", 1e9 + number)
    store.add_exchange(chat, f"text {number} " + "слово " * 300, 1e9 + number, first_title=f"chat {number}")
    if number == 9 and "restart" in sys.argv:
        store._database._connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
if "rollback" in sys.argv:
    database = store._database
    database.execute("PRAGMA cache_size = 10")
    try:
        with database.transaction(is_barrier=True):
            database.execute("CREATE TABLE spilled (text)")
            for number in range(200):
                database.execute("INSERT INTO spilled VALUES (?)", ("x" * 5000,))
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    store.add_exchange(chat, "behind it", 2e9, first_title="")
os._exit(0)
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """How a kill leaves the database: all that was said is in the log."""
    return folder_of_kill(tmp_path_factory.mktemp("killed"))


def folder_of_kill(folder: Path, *manners: str) -> Path:
    path = folder / "chats.db"
    Store.open(path).close()
    environment = {**os.environ, "PYTHONPATH": ROOT}
    subprocess.run([sys.executable, "-c", WRITE, str(path), *manners], check=True, env=environment)
    return folder


@pytest.fixture
def path(killed, tmp_path):
    """Nothing is known of how much had reached the disk."""
    shutil.copytree(killed, tmp_path, dirs_exist_ok=True)
    (tmp_path / "chats.db-saved").unlink()
    return tmp_path / "chats.db"


@pytest.fixture
def marked(killed, tmp_path):
    """It is known that all of it had."""
    shutil.copytree(killed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "chats.db"


def log_of(path: Path) -> Path:
    return path.with_name("chats.db-wal")


def frames_of(path: Path) -> int:
    return (log_of(path).stat().st_size - WAL_HEADER_BYTES) // FRAME


def place_of(number: int) -> int:
    """Where a frame begins; they are counted from 0."""
    return WAL_HEADER_BYTES + number * FRAME


def ends_of(path: Path) -> list[int]:
    """The frames that end a transaction."""
    content = log_of(path).read_bytes()
    return [each for each in range(frames_of(path)) if content[place_of(each) + 4 : place_of(each) + 8] != bytes(4)]


def cause_of_opening(path: Path) -> StorageCause | None:
    try:
        Store.open(path).close()
    except StorageError as error:
        return error.cause
    return None


def said(path: Path) -> set[str]:
    return {text for text in spoil.texts(path).values() if text}


# What a disk has flipped


PARTS = {"page number": 2, "salts": 13, "checksum": 20, "begin of the page": 24 + 3, "middle of the page": 24 + 2000}


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("bit", [0, 6, 7])
def test_a_flipped_bit_in_the_log_is_noticed_and_what_lies_behind_is_saved(path, part, at, bit):
    ends = ends_of(path)
    number = ends[int(at * len(ends)) - 1] + 1
    spoil.flip(place_of(number) + PARTS[part], bit)(log_of(path))
    damaged = log_of(path).read_bytes()

    assert cause_of_opening(path) is StorageCause.DAMAGED
    assert log_of(path).read_bytes() == damaged
    saved = recover(path)

    assert (saved.set_aside / "chats.db-wal").read_bytes() == damaged
    assert len(said(path) & set(TEXTS)) >= len(TEXTS) - 1
    assert TEXTS[-1] in said(path)


def test_a_restored_snapshot_keeps_a_log_with_a_flipped_bit_aside(path):
    taken = Snapshots(path).take(SnapshotReason.HAND, 1.7e9)
    spoil.flip(place_of(ends_of(path)[3]) + 1000, 3)(log_of(path))

    restore_snapshot(path, taken.path, 1.8e9)

    [folder] = (path.parent / "damaged").iterdir()
    assert sorted(each.name for each in folder.iterdir()) == ["chats.db", "chats.db-wal"]


def test_it_is_noticed_without_room_for_shared_memory_too(path):
    spoil.flip(place_of(ends_of(path)[3]) + 1000, 3)(log_of(path))
    damaged = log_of(path).read_bytes()

    with pytest.raises(StorageError) as refused:
        check_untouched(path, len(MIGRATIONS), is_alone=True)

    assert refused.value.cause is StorageCause.DAMAGED
    assert log_of(path).read_bytes() == damaged


def test_without_that_room_a_whole_log_is_taken(path):
    check_untouched(path, len(MIGRATIONS), is_alone=True)

    assert said(path) >= set(TEXTS)


# What had reached the disk

HURTS = {
    "a page of zeros": lambda path, at: spoil.overwrite(log_of(path), at + 24, bytes(4096)),
    "a sector of zeros": lambda path, at: spoil.overwrite(log_of(path), at + FRAME - 512, bytes(512)),
    "garbage": lambda path, at: spoil.overwrite(log_of(path), at + 24, os.urandom(4096)),
    "some bytes": lambda path, at: spoil.overwrite(log_of(path), at + 24 + 3000, b"garbage"),
    "a whole frame of zeros": lambda path, at: spoil.overwrite(log_of(path), at, bytes(FRAME)),
    "a cut within": lambda path, at: os.truncate(log_of(path), at + 2000),
}


@pytest.mark.parametrize("hurt", HURTS.values(), ids=HURTS)
@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_what_had_reached_the_disk_is_missed_and_what_lies_behind_is_saved(marked, at, hurt):
    ends = ends_of(marked)
    number = ends[int(at * len(ends)) - 1] + 1
    hurt(marked, place_of(number))
    damaged = log_of(marked).read_bytes()
    is_cut = len(damaged) < place_of(number + 1)

    assert cause_of_opening(marked) is StorageCause.DAMAGED
    assert log_of(marked).read_bytes() == damaged
    with pytest.raises(StorageError) as refused:
        check_untouched(marked, len(MIGRATIONS), is_alone=True)
    assert refused.value.cause is StorageCause.DAMAGED

    saved = recover(marked)

    lost = set(TEXTS) - said(marked)
    assert len(lost) <= (len(TEXTS) * (1 - at) + 1 if is_cut else 1), lost
    assert saved.messages >= 2 * len(said(marked) & set(TEXTS))
    assert cause_of_opening(marked) is None
    assert not marked.with_name("chats.db-saved").exists()


def test_rows_of_a_garbled_page_come_from_the_state_before_it(marked):
    """Most pages were written several times: only what was new in the last one is lost."""
    content = log_of(marked).read_bytes()
    places = [place_of(each) for each in range(frames_of(marked))]
    of_chats = [
        each for each in places if content[each + 24] == 0x0D and b"first_words" in content[each : each + FRAME]
    ]
    spoil.overwrite(log_of(marked), of_chats[-1] + 24, os.urandom(4096))

    saved = recover(marked)

    assert saved.unnamed_chats <= 1
    assert set(TEXTS) <= said(marked)


def test_a_mark_of_another_log_says_nothing(marked):
    mark = marked.with_name("chats.db-saved")
    for content in (b"", b"x" * 24, bytes(24), mark.read_bytes()[:-1], mark.read_bytes()[:8] + bytes(16)):
        mark.write_bytes(content)
        assert cause_of_opening(marked) is None
    assert said(marked) >= set(TEXTS)


def test_a_mark_may_be_older_than_the_log(killed, tmp_path):
    """It is not flushed itself: a power cut may take the last one, and leave one that says less."""
    shutil.copytree(killed, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "chats.db"
    mark = path.with_name("chats.db-saved").read_bytes()
    salts = mark[8:16]
    path.with_name("chats.db-saved").write_bytes(_note_of(salts, 5))
    os.truncate(log_of(path), place_of(ends_of(path)[-1]) + 100)

    assert cause_of_opening(path) is None
    assert said(path) >= set(TEXTS[:-1])


def test_a_database_that_is_closed_leaves_no_mark(tmp_path):
    path = tmp_path / "chats.db"
    with closing(Store.open(path)) as store:
        store.add_chat("s", 1e9)
        assert path.with_name("chats.db-saved").exists()

    assert [each.name for each in tmp_path.iterdir()] == ["chats.db"]


# What is no damage


def test_a_log_as_a_kill_leaves_it_is_taken(path):
    assert cause_of_opening(path) is None
    assert said(path) >= set(TEXTS)


def test_frames_of_an_earlier_round_may_lie_behind(tmp_path):
    path = folder_of_kill(tmp_path, "restart") / "chats.db"
    content = log_of(path).read_bytes()
    salts = {content[place_of(each) + 8 : place_of(each) + 16] for each in range(frames_of(path))}
    assert len(salts) == 2

    assert cause_of_opening(path) is None
    assert said(path) >= set(TEXTS)


def test_what_was_rolled_back_may_lie_behind(tmp_path):
    path = folder_of_kill(tmp_path, "rollback") / "chats.db"
    assert frames_of(path) - ends_of(path)[-1] > 100

    assert cause_of_opening(path) is None
    assert "behind it" in said(path)


@pytest.mark.parametrize("bytes_lost", [1, 24, 2000, FRAME - 1])
def test_a_log_may_be_cut_anywhere(path, bytes_lost):
    os.truncate(log_of(path), log_of(path).stat().st_size - bytes_lost)

    assert cause_of_opening(path) is None
    assert said(path) >= set(TEXTS[:-1])


def test_the_last_transaction_may_be_torn(path):
    last = ends_of(path)[-1]
    spoil.overwrite(log_of(path), place_of(last) + 512, bytes(2048))

    assert cause_of_opening(path) is None
    assert said(path) >= set(TEXTS[:-1])


@pytest.mark.parametrize("size", [512, 4096])
@pytest.mark.parametrize("lost", range(3, 40, 6))
def test_a_power_cut_may_leave_out_a_part_of_the_disk(path, lost, size):
    """What was written last without a barrier reaches the disk in any order; the log ends before the gap."""
    spoil.overwrite(log_of(path), lost * 4096, bytes(size))

    assert cause_of_opening(path) is None


def test_a_log_of_a_database_in_use_is_taken(path):
    """Somebody looks at it with another program: how far SQLite is stands in the shared memory already."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT count(*) FROM chats").fetchall()
        assert cause_of_opening(path) is None
