import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.errors import StorageCause, StorageError
from gigadesk.store import Store
from gigadesk.store.database import Database, open_file, open_memory
from gigadesk.store.failures import translated
from gigadesk.store.migrations import APPLICATION_ID, MIGRATIONS

INSERT_CHAT = (
    "INSERT INTO chats (title, title_origin, created_at, updated_at, session_id, model)"
    " VALUES (?, 'user', 1.0, 1.0, 's', '')"
)
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chats.db"


def create(path: Path, *statements: str) -> None:
    """A database file that is not made by our code."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def contents(folder: Path) -> dict[str, bytes]:
    # The index of the log is no content: reading alone rebuilds it.
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}


def refusal(path: Path) -> StorageCause:
    with pytest.raises(StorageError) as caught:
        open_file(path).close()
    assert caught.value.path == str(path)
    return caught.value.cause


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE chats ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")


def stumble(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half_done (x)")
    connection.execute("UPDATE chats SET title = 'spoilt'")
    raise ZeroDivisionError


@pytest.mark.skipif(os.name == "nt", reason="no such modes there")
def test_only_the_owner_can_read_the_files(path):
    old = os.umask(0o022)
    try:
        database = open_file(path)
        with database.transaction(is_barrier=False):
            database.execute("INSERT INTO drafts SELECT 1, 'x' WHERE 0")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        database.close()
    finally:
        os.umask(old)

    assert modes == dict.fromkeys(("chats.db", "chats.db-saved", "chats.db-shm", "chats.db-wal"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="no such modes there")
def test_a_file_that_others_could_read_is_narrowed(path):
    open_file(path).close()
    path.chmod(0o644)

    open_file(path).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("secure_delete", 1), ("trusted_schema", 0), ("temp_store", 2)],
)
def test_the_connection_is_set_up(path, pragma, value):
    with closing(open_file(path)) as database:
        assert database.row(f"PRAGMA {pragma}") == (value,)


def test_the_file_says_whose_it_is(path):
    with closing(open_file(path)) as database:
        assert database.row("PRAGMA application_id") == (APPLICATION_ID,)
        assert database.row("PRAGMA user_version") == (len(MIGRATIONS),)


def test_closing_leaves_one_file(path):
    open_file(path).close()

    assert list(contents(path.parent)) == ["chats.db"]


def test_a_newer_file_is_refused_and_untouched(path):
    create(path, f"PRAGMA application_id = {APPLICATION_ID}", "CREATE TABLE t (x)", "PRAGMA user_version = 99")
    before = contents(path.parent)

    assert refusal(path) is StorageCause.NEWER

    assert contents(path.parent) == before


def test_a_newer_file_that_a_crash_left_with_its_log_is_untouched(path):
    path.parent.mkdir()
    script = f"""
import os, sqlite3
connection = sqlite3.connect({str(path)!r}, isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("PRAGMA application_id = {APPLICATION_ID}")
connection.execute("CREATE TABLE t (x)")
connection.execute("PRAGMA user_version = 99")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    before = contents(path.parent)
    assert len(before["chats.db-wal"]) > 0

    assert refusal(path) is StorageCause.NEWER

    assert contents(path.parent) == before


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"hello" * 1000, StorageCause.FOREIGN),
        (b"SQLite format 3\x00" + b"\xff" * 5000, StorageCause.DAMAGED),
        (b"x", StorageCause.FOREIGN),
    ],
    ids=["text", "broken header", "one byte"],
)
def test_a_file_that_is_no_database_is_refused_and_untouched(path, content, cause):
    path.parent.mkdir()
    path.write_bytes(content)

    assert refusal(path) is cause

    assert contents(path.parent) == {"chats.db": content}


@pytest.mark.parametrize("application", [0, 77])
def test_a_database_of_another_program_is_refused_and_untouched(path, application):
    create(path, f"PRAGMA application_id = {application}", "CREATE TABLE theirs (x)")
    before = contents(path.parent)

    assert refusal(path) is StorageCause.FOREIGN

    assert contents(path.parent) == before


def test_an_empty_file_is_filled(path):
    path.parent.mkdir()
    path.touch()

    with closing(open_file(path)) as database:
        assert database.rows("SELECT * FROM chats") == []


def test_a_zeroed_page_is_found_at_the_start_and_the_file_untouched(path):
    with closing(open_file(path)) as database, database.transaction(is_barrier=True):
        for number in range(500):
            database.execute(INSERT_CHAT, (f"{number} {'t' * 100}",))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = bytes(4096)
    path.write_bytes(content)

    assert refusal(path) is StorageCause.DAMAGED

    assert contents(path.parent)["chats.db"] == bytes(content)


def test_a_cut_off_file_is_found_at_the_start(path):
    open_file(path).close()
    path.write_bytes(path.read_bytes()[:-5000])

    assert refusal(path) is StorageCause.DAMAGED


@pytest.mark.skipif(IS_ROOT or os.name == "nt", reason="the superuser may write everywhere")
def test_a_read_only_folder_is_named(path):
    open_file(path).close()
    path.parent.chmod(0o500)
    try:
        path.chmod(0o400)
        assert refusal(path) is StorageCause.READ_ONLY
    finally:
        path.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.EROFS, StorageCause.READ_ONLY),
        (errno.EACCES, StorageCause.READ_ONLY),
        (errno.ENOSPC, StorageCause.FULL),
        (errno.EDQUOT, StorageCause.FULL),
        (errno.EIO, StorageCause.UNKNOWN),
    ],
    ids=["read-only disk", "no permission", "no space", "quota", "broken disk"],
)
def test_what_the_system_refuses_has_a_cause(number, cause):
    with pytest.raises(StorageError) as caught, translated("/data/chats.db"):
        raise OSError(number, os.strerror(number))

    assert (caught.value.cause, caught.value.path) == (cause, "/data/chats.db")


def test_a_file_in_the_way_of_the_folder_is_an_error_of_the_disk(tmp_path):
    (tmp_path / "data").touch()

    assert refusal(tmp_path / "data" / "chats.db") is StorageCause.UNKNOWN


def test_a_transaction_happens_whole_or_not_at_all(path):
    with closing(open_file(path)) as database:
        with pytest.raises(ZeroDivisionError), database.transaction(is_barrier=False):
            stumble(database._connection)

        assert database.rows("SELECT name FROM sqlite_master WHERE name = 'half_done'") == []


def test_a_locked_file_is_reported_and_works_later(path):
    with closing(open_file(path)) as database, closing(open_file(path)) as other:
        with other.transaction(is_barrier=False):
            with pytest.raises(StorageError) as caught, database.transaction(is_barrier=False):
                pass
            assert caught.value.cause is StorageCause.IN_USE

        with database.transaction(is_barrier=False):
            database.execute("DELETE FROM drafts")


def test_a_full_disk_is_reported_and_works_later(path):
    with closing(open_file(path)) as database:
        [(pages,)] = database.rows("PRAGMA page_count")
        database.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageError) as caught, database.transaction(is_barrier=False):
            database.execute("CREATE TABLE too_much (x)")
        assert caught.value.cause is StorageCause.FULL

        database.rows("PRAGMA max_page_count = 100000")
        with database.transaction(is_barrier=False):
            database.execute("CREATE TABLE enough (x)")


OVER_THE_LIMIT = """
import resource, sys
from pathlib import Path
from gigadesk.errors import StorageError
from gigadesk.store import Store

store = Store.open(Path(sys.argv[1]))
reply = store.add_exchange(store.add_chat("", 1.0), "x", 2.0, first_title="x").reply
resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, resource.RLIM_INFINITY))
kept = 0
try:
    while True:
        store.append(reply.id, "0123456789" * 100, is_barrier=True)
        kept += 1
except StorageError as error:
    print(error.cause, kept, sum(len(row[0]) for row in store._database.rows("SELECT text FROM journal")))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.append(reply.id, "and on", is_barrier=True)
store.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
def test_a_limit_of_the_file_size_is_a_full_disk_and_loses_nothing(path):
    run = subprocess.run([sys.executable, "-c", OVER_THE_LIMIT, str(path)], check=True, capture_output=True, text=True)
    cause, kept, size = run.stdout.split()

    assert cause == StorageCause.FULL
    assert int(kept) > 0
    assert int(size) == int(kept) * 1000
    store = Store.open(path)
    [chat] = store.chats()
    assert len(store.branch(chat.leaf_id)[-1].text) == int(kept) * 1000 + len("and on")
    store.close()


def test_a_disk_that_refuses_the_last_tidying_does_not_disturb_the_end(path):
    database = open_file(path)
    with database.transaction(is_barrier=True):
        database.execute(INSERT_CHAT, ("kept",))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        # It still needs the log, which therefore cannot be folded in.
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM chats").fetchall()
        with database.transaction(is_barrier=True):
            database.execute(INSERT_CHAT, ("kept too",))

        database.close()

    with closing(open_file(path)) as database:
        assert database.rows("SELECT title FROM chats") == [("kept",), ("kept too",)]


def test_a_mistake_in_our_own_sql_is_no_failure_of_the_disk():
    with closing(open_memory()) as database, pytest.raises(sqlite3.OperationalError):
        database.rows("SELECT nonsense")


def test_a_barrier_reaches_the_disk_and_a_plain_commit_does_not_have_to(path):
    with closing(open_file(path)) as database:
        statements: list[str] = []
        database.watch_statements(statements.append)
        for is_barrier in (True, False):
            with database.transaction(is_barrier=is_barrier):
                database.execute("DELETE FROM drafts")
        database.watch_statements(None)

    assert statements == [
        "PRAGMA synchronous = FULL",
        "BEGIN IMMEDIATE",
        "DELETE FROM drafts",
        "COMMIT",
        "PRAGMA synchronous = NORMAL",
        "BEGIN IMMEDIATE",
        "DELETE FROM drafts",
        "COMMIT",
    ]


# The first commit flushes the head of a new log in any case, so it comes before the marks.
COMMITS_BETWEEN_MARKS = """
import os, sys
from pathlib import Path
from gigadesk.store import Store
from gigadesk.store.database import open_file

def commit(is_barrier):
    with database.transaction(is_barrier=is_barrier):
        database.execute("PRAGMA user_version = 1")

database = open_file(Path(sys.argv[1]))
commit(False)
for is_barrier in (False, False, True, False):
    os.access(f"/mark-{is_barrier}", os.F_OK)
    commit(is_barrier)
os.access("/mark-flush", os.F_OK)
database.flush()
os.access("/mark-end", os.F_OK)
database.close()
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace shows the flushes")
def test_only_barriers_and_flushes_reach_the_disk(path):
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync,access,faccessat"]
    command += [sys.executable, "-c", COMMITS_BETWEEN_MARKS, str(path)]
    trace = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    marks = [line for line in trace.splitlines() if "/mark-" in line or "sync(" in line]
    kinds = ["sync" if "sync(" in line else line.split("/mark-")[1].split('"')[0] for line in marks]
    during = kinds[kinds.index("False") : kinds.index("end")]

    assert during == ["False", "False", "True", "sync", "False", "flush", "sync"]


# Migrations


def test_a_migration_keeps_the_rows_and_leaves_a_snapshot_of_before(path):
    with closing(open_file(path)) as database, database.transaction(is_barrier=True):
        database.execute(INSERT_CHAT, ("Старый",))

    with closing(open_file(path, [*MIGRATIONS, add_colour])) as database:
        assert database.rows("SELECT title, colour FROM chats") == [("Старый", "grey")]
        assert database.row("PRAGMA user_version") == (len(MIGRATIONS) + 1,)

    [snapshot] = (path.parent / "snapshots").iterdir()
    assert snapshot.name.endswith("Z-before-update.db")
    with closing(open_file(snapshot)) as database:
        assert database.rows("SELECT title FROM chats") == [("Старый",)]
    assert os.name == "nt" or stat.S_IMODE(snapshot.stat().st_mode) == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == ["chats.db", "snapshots"]


def test_a_migration_that_fails_is_undone_whole(path):
    with closing(open_file(path)) as database, database.transaction(is_barrier=True):
        database.execute(INSERT_CHAT, ("whole",))

    with pytest.raises(ZeroDivisionError):
        open_file(path, [*MIGRATIONS, add_colour, stumble])

    with closing(open_file(path, [*MIGRATIONS, add_colour])) as database:
        assert database.row("PRAGMA user_version") == (len(MIGRATIONS) + 1,)
        assert database.rows("SELECT title, colour FROM chats") == [("whole", "grey")]
        assert database.rows("SELECT name FROM sqlite_master WHERE name = 'half_done'") == []


def test_a_snapshot_holds_what_is_still_in_the_log(path):
    first: Database = open_file(path)
    with first.transaction(is_barrier=False):
        first.execute(INSERT_CHAT, ("in the log",))
    assert b"in the log" not in path.read_bytes()

    open_file(path, [*MIGRATIONS, add_colour]).close()

    first.give_up()
    [snapshot] = (path.parent / "snapshots").iterdir()
    with closing(open_file(snapshot)) as database:
        assert database.rows("SELECT title FROM chats") == [("in the log",)]


def test_a_new_file_needs_no_snapshot(path):
    open_file(path, [*MIGRATIONS, add_colour]).close()

    assert list(contents(path.parent)) == ["chats.db"]


def test_the_log_is_folded_beside_a_connection_that_writes(path, tmp_path):
    with closing(open_file(path)) as database:
        with database.transaction(is_barrier=False):
            database.execute("INSERT INTO imports (started_at, state) VALUES (7, 'writing')")
        with database.transaction(is_barrier=False):
            database.execute("INSERT INTO imports (started_at, state) VALUES (8, 'writing')")
            folding = threading.Thread(target=database.fold_beside)
            folding.start()
            folding.join()
        alone = tmp_path / "alone.db"
        shutil.copyfile(path, alone)

    with closing(sqlite3.connect(alone)) as connection:
        assert connection.execute("SELECT started_at FROM imports").fetchall() == [(7,)]
