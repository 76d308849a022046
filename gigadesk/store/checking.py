"""What a database file is, found out without changing it. Everything here only reads."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path

from gigadesk.chat import Role, Status
from gigadesk.errors import StorageCause, StorageError
from gigadesk.store.file_names import HEADER_BYTES, MAGIC, wal_of
from gigadesk.store.log_checking import LogCheck, check_header
from gigadesk.store.migrations import APPLICATION_ID
from gigadesk.store.salvaged_rows import TIME_MAX, has_rows
from gigadesk.store.watching import watched

BUSY_LIMIT_S = 0.2
"""How long a locked file may hold up the window; the default of 5 s would be felt as a hang."""


def _among(values: type[StrEnum]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_OUR_WORDS = "title_origin TEXT NOT NULL"
_ODD_ROWS = {
    "messages": f"SELECT 1 FROM messages WHERE role NOT IN ({_among(Role)}) OR status NOT IN ({_among(Status)})"  # noqa: S608
    f" OR NOT created_at BETWEEN 0 AND {TIME_MAX} OR parent_id >= id OR instr(text, char(0)) LIMIT 1",
    "chats": f"SELECT 1 FROM chats WHERE NOT updated_at BETWEEN 0 AND {TIME_MAX} OR NOT created_at BETWEEN 0"  # noqa: S608
    f" AND {TIME_MAX} OR leaf_id NOT NULL AND deleted_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = leaf_id) LIMIT 1",
}
"""Rows as this program never writes them: to SQLite a flipped bit in a value is no damage, nor are zeros in a text."""
_VERSION_MAX = 10_000
"""No version of this program will have made so many changes: a greater number is damage."""


def is_new(path: Path) -> bool:
    """Whether there is nothing yet at `path`.

    Raises:
        StorageError: `FOREIGN` when something else than a file is there; `DAMAGED` when the file is empty but a
            write-ahead log lies beside it (SQLite would throw that away); `UNKNOWN` when a link leads nowhere.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise StorageError(StorageCause.UNKNOWN, str(path), "a link that leads nowhere") from None
        found = None
    if found is not None and not stat.S_ISREG(found.st_mode):
        raise StorageError(StorageCause.FOREIGN, str(path), "not a file")
    if found is not None and found.st_size:
        return False
    log = wal_of(path)
    if log.is_file() and log.stat().st_size:
        raise StorageError(StorageCause.DAMAGED, str(path), "empty beside its write-ahead log")
    return True


def check_untouched(
    path: Path,
    newest: int,
    *,
    is_thorough: bool = True,
    has_time: bool = True,
    is_alone: bool = False,
    going: Callable[[], bool] = lambda: True,
) -> None:
    """Make sure that the file at `path` is ours, whole, and not from a later version of the program.

    Without `is_thorough` the pages are not looked through, which takes as long as reading the whole file; without
    `has_time` their values are not looked at, which takes as long again. `is_alone`
    opens it in a way that needs no room on the disk, and that no other program may share.

    Raises:
        StorageError: `FOREIGN`, `DAMAGED` or `NEWER`.
        sqlite3.Error, OSError: the disk refuses, or SQLite finds the file malformed.
        BrokenOffError: `going` ended it.
    """
    with path.open("rb") as file:
        header = file.read(HEADER_BYTES)
    # SQLite itself takes a file of a few bytes for an empty one, and would write over it.
    if header[: len(MAGIC)] != MAGIC or len(header) < HEADER_BYTES:
        cause = StorageCause.DAMAGED if _was_ours(path, header) else StorageCause.FOREIGN
        raise StorageError(cause, str(path), "not a database")
    _take_back(path, header)
    if is_alone:
        # Now, as this connection will fold in what SQLite takes, and throw away the rest.
        LogCheck(path, is_shared=False).run()
    with (
        LogCheck(path) as log,
        closing(_open_reader(path, is_alone=is_alone)) as connection,
        schema_errors_are_damage(path),
    ):
        application = pragma(connection, "application_id")
        version = pragma(connection, "user_version")
        is_empty = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        if application != APPLICATION_ID and not (application == 0 and is_empty):
            tables = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'chats'").fetchall()
            is_ours = any(_OUR_WORDS in sql for (sql,) in tables)
            cause = StorageCause.DAMAGED if is_ours else StorageCause.FOREIGN
            raise StorageError(cause, str(path), "not a database of this program")
        if newest < version <= _VERSION_MAX:
            raise StorageError(StorageCause.NEWER, str(path), f"version {version}, this program knows {newest}")
        if version > _VERSION_MAX or version < 0 or (version == 0 and not is_empty):
            raise StorageError(StorageCause.DAMAGED, str(path), "an impossible version")
        if not is_alone:
            log.run()
        with watched(connection, going):
            if is_thorough and (problem := find_damage(connection, has_time=has_time)):
                raise StorageError(StorageCause.DAMAGED, str(path), problem)


def check_log(path: Path) -> None:
    """Make sure that SQLite takes all of the write-ahead log beside `path`.

    Raises:
        StorageError: `DAMAGED`.
        sqlite3.Error, OSError: the disk refuses.
    """
    check_header(path)
    with LogCheck(path) as log, closing(_open_reader(path, is_alone=False)) as connection:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        log.run()


def check_snapshot(path: Path, newest: int) -> None:
    """Make sure that a snapshot can take the place of the database.

    Raises:
        StorageError, sqlite3.Error, OSError: as `check_untouched`; also `FOREIGN` when there is nothing in it.
    """
    check_untouched(path, newest)
    with closing(open_still(path)) as connection:
        if not pragma(connection, "user_version"):
            raise StorageError(StorageCause.FOREIGN, str(path), "nothing in it")


@contextmanager
def schema_errors_are_damage(path: Path) -> Iterator[None]:
    """Around statements that are known to be right: what SQLite does not understand is in the file, then."""
    try:
        yield
    except sqlite3.OperationalError as exc:
        # "unsupported file format", "malformed database schema", "no such table: messages".
        if exc.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise StorageError(StorageCause.DAMAGED, str(path), exc.sqlite_errorname) from exc


def find_damage(connection: sqlite3.Connection, *, has_time: bool = True) -> str:
    """Look through all pages, and with `has_time` at what may stand in them; what is wrong in a few technical words.

    Nothing when all is well.
    """
    problems = connection.execute("PRAGMA quick_check(1)").fetchall()
    if problems != [("ok",)]:
        return "quick_check found damage"
    if not has_time:
        return ""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    return next((f"odd {table}" for table, sql in _ODD_ROWS.items() if _has(connection, tables, table, sql)), "")


def _has(connection: sqlite3.Connection, tables: set[str], table: str, sql: str) -> bool:
    return {table, "messages"} <= tables and bool(connection.execute(sql).fetchall())


def open_quietly(path: Path) -> sqlite3.Connection:
    """A reader beside the one connection that writes, for another thread. It never folds in the write-ahead log.

    That is the condition under which two connections are safe with SQLite below 3.51.3, which may damage a database
    when two of them write or fold at the same moment.
    """
    connection = sqlite3.connect(_uri(path, "mode=ro"), uri=True, isolation_level=None, timeout=BUSY_LIMIT_S)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def open_still(path: Path) -> sqlite3.Connection:
    """Read a database that nobody writes, such as a snapshot: no file appears beside it, wherever it lies.

    Raises:
        FileNotFoundError: it was deleted meanwhile, and is not made anew.
    """
    path.stat()
    _take_back(path)
    connection = sqlite3.connect(_uri(path, "mode=ro&immutable=1"), uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """The number that a PRAGMA gives."""
    value: int = connection.execute(f"PRAGMA {name}").fetchall()[0][0]
    return value


def _take_back(path: Path, header: bytes = b"") -> None:
    """Undo a change that was broken off before the file had a write-ahead log: a reader may not do that.

    With a `header`, only where the file is ours, or too new to say whose it is.
    """
    journal = path.resolve().with_name(path.resolve().name + "-journal")
    if journal.exists() and header[68:72] in {b"", bytes(4), APPLICATION_ID.to_bytes(4, "big")}:
        with closing(sqlite3.connect(_uri(path, "mode=rw"), uri=True)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchall()


def _open_reader(path: Path, *, is_alone: bool) -> sqlite3.Connection:
    # Read-only: the file stays as it is, and a write-ahead log that a crash left beside it is not folded in.
    mode = "mode=rw" if is_alone else "mode=ro"
    connection = sqlite3.connect(_uri(path, mode), uri=True, isolation_level=None, timeout=BUSY_LIMIT_S)
    if is_alone:
        # With the lock held there is no need for shared memory; `mode=ro` may not take this lock.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute("PRAGMA query_only = ON")
    return connection


def _uri(path: Path, options: str) -> str:
    return f"{path.resolve().as_uri()}?{options}"


def _was_ours(path: Path, header: bytes) -> bool:
    """Whether something in a file that SQLite does not take says that it was a database of this program."""
    return header[68:72] == APPLICATION_ID.to_bytes(4, "big") or has_rows(path)
