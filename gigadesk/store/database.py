"""The one connection to the database file: checks before touching, transactions, how firmly a commit is written.

The only module that opens the database. Knows nothing of what is in the tables.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from gigadesk.errors import StorageCause, StorageError
from gigadesk.files import create_private, make_private_folder, open_in_place
from gigadesk.kept import UpdateGoing, UpdateStage
from gigadesk.store.checking import BUSY_LIMIT_S, check_untouched, is_new
from gigadesk.store.connecting import FileNames, configure, connect
from gigadesk.store.failures import translated
from gigadesk.store.file_names import wal_of
from gigadesk.store.log_checking import check_header
from gigadesk.store.log_marking import LogMark
from gigadesk.store.migrations import MIGRATIONS, Migration
from gigadesk.store.slack import wipe
from gigadesk.store.snapshots import Going, copy_whole
from gigadesk.store.swapping import finish_swap, sweep_unfinished
from gigadesk.store.updating import migrate

Value = str | int | float | None
Row = tuple[Any, ...]  # what a column holds is known to the query that asks for it

CHECKED_FIRST_MAX_BYTES = 64 * 1024 * 1024
"""A greater file is looked through while it is in use: that takes as long as reading all of it from the disk."""


class Database:
    """Statements and transactions. Every failure of the disk is raised as `StorageError`."""

    def __init__(self, connection: sqlite3.Connection, path: str, *, is_alone: bool = False) -> None:
        self._connection = connection
        self.path = path
        self.is_alone = is_alone
        """There was no room on the disk when it was opened, so that no other connection may read it."""
        self._place = Path(path)
        self._names = FileNames(self._place) if path else None
        self._is_adrift = False
        self._mark = LogMark(self._place) if path and not is_alone else None
        self._wiping: BinaryIO | None = None
        """Open as long as the connection: to close any handle of a file gives up the locks that SQLite has on it."""

    def rows(self, sql: str, parameters: Sequence[Value] = (), *, in_bytes: bool = False) -> list[Row]:
        """All rows at once: an open cursor would keep the write-ahead log from being folded in.

        `in_bytes`: texts as they are stored, in UTF-8.
        """
        with translated(self.path):
            if in_bytes:
                return self._rows_as(bytes, sql, parameters)
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except sqlite3.OperationalError as exc:
                if hasattr(exc, "sqlite_errorcode"):
                    raise
            # A disk has flipped a bit in a text, which no check of SQLite notices: show the rest of it.
            return self._rows_as(lambda content: content.decode("utf-8", "replace"), sql, parameters)

    def _rows_as(self, factory: Callable[[bytes], object], sql: str, parameters: Sequence[Value]) -> list[Row]:
        """The texts made by `factory` from their bytes."""
        self._connection.text_factory = factory
        try:
            return self._connection.execute(sql, parameters).fetchall()
        finally:
            self._connection.text_factory = str

    def row(self, sql: str, parameters: Sequence[Value] = ()) -> Row | None:
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement, inside `transaction`; returns the id of the row it inserted."""
        with translated(self.path):
            return self._connection.execute(sql, parameters).lastrowid or 0

    def execute_many(self, sql: str, parameters: Iterable[Sequence[Value]]) -> None:
        """Run one statement with each of these, inside `transaction`."""
        with translated(self.path):
            self._connection.executemany(sql, parameters)

    @contextmanager
    def transaction(self, *, is_barrier: bool) -> Iterator[None]:
        """Everything inside happens, or nothing.

        With `is_barrier` it has reached the disk on return, and so has everything that was committed before it:
        a power cut takes none of it. Without, only a crash of the program is survived (measured: 0.35 ms against
        0.02 ms).

        Raises:
            StorageError: as the disk says; `VANISHED` when the file is not where it was opened.
        """
        self._check_place()
        with translated(self.path):
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if is_barrier else 'NORMAL'}")
            # Immediate: a transaction that reads first and then writes could be refused half-way.
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
                if is_barrier and self._mark is not None:
                    self._mark.note()
                if self.log_has_vanished:
                    # Until somebody can renew it: a kill would take what is in no file with a name.
                    self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _check_place(self) -> None:
        # SQLite goes on writing into a file that was deleted or moved.
        if not self._is_adrift and self.has_vanished:
            raise StorageError(StorageCause.VANISHED, self.path)

    @property
    def has_vanished(self) -> bool:
        """The file was deleted, moved or replaced. This connection still has all of it, and may be the only one."""
        with translated(self.path):
            return self._names is not None and self._names.file_has_vanished

    @property
    def log_has_vanished(self) -> bool:
        """The write-ahead log was deleted or replaced, and SQLite goes on with a file that has no name."""
        with translated(self.path):
            return self._names is not None and self._names.log_has_vanished

    def renew_log(self) -> bool:
        """Fold what is in a deleted log into the file, and begin another; False while somebody reads in it.

        No other connection may be left that has read in the old one, as it would go on with it.

        Raises:
            StorageError: everything is as before.
        """
        with translated(self.path):
            [(is_busy, _, _)] = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if is_busy:
                return False
            former, self._connection = self._connection, self._connected()
            former.close()  # not before: with the last connection SQLite would delete whatever has the name of the log
            self._names = FileNames(self._place)
        return True

    def _connected(self) -> sqlite3.Connection:
        """Another connection to what lies at the place."""
        connection = connect(self._place)
        try:
            configure(connection, is_alone=False)
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def has_other_folder(self) -> bool:
        """Another folder than that of the file lies at its place."""
        with translated(self.path):
            return self._names is not None and self._names.has_other_folder

    @contextmanager
    def adrift(self) -> Iterator[None]:
        """Write inside although the file has vanished: a copy of what this connection has follows."""
        self._is_adrift = True
        try:
            yield
        finally:
            self._is_adrift = False

    def copy_to(self, target: Path, going: Going) -> None:
        """Copy everything to a new file, wherever the old one is. Blocks; another thread may do that meanwhile.

        Raises:
            StorageError, BrokenOffError: there is no copy; the second, when `going` ended it.
        """
        with translated(str(target)):
            copy_whole(self._connection, target, going, is_shared=True)

    def go_over(self) -> Callable[[], None]:
        """Go on with the file that lies at the place now: a copy of this one. Gives what lets go of the old one.

        Raises:
            StorageError: it cannot be opened; everything is as before.
        """
        with translated(self.path):
            former, self._connection = self._connection, self._connected()
            former_mark, self._mark = self._mark, LogMark(self._place)
            self._names = FileNames(self._place)
            self.is_alone = False
            if self._wiping is not None:
                self._wiping.close()
                self._wiping = None

            def let_go() -> None:
                if former_mark is not None:
                    former_mark.before_closing()
                former.close()
                if former_mark is not None:
                    former_mark.close(is_folded=False)

            return let_go

    def flush(self) -> None:
        """Let everything that was committed so far reach the disk."""
        [(version,)] = self.rows("PRAGMA user_version")
        with self.transaction(is_barrier=True):
            # The same number again: the smallest write there is. A commit without one would flush nothing.
            self.execute(f"PRAGMA user_version = {version}")

    def changes(self) -> int:
        """How many rows were written since the database was opened."""
        return self._connection.total_changes

    def fold_log(self) -> None:
        """Fold the write-ahead log into the file and empty it, as far as nobody reads in it right now."""
        with suppress(StorageError), translated(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def wipe_slack(self, first: int, count: int) -> int:
        """Overwrite what SQLite has left of moved rows in these pages; the page to go on with, 0 at the end.

        Nothing happens while somebody reads in the write-ahead log: the same page is given again.
        """
        if self._names is None:
            return 0
        self._check_place()
        self.rows("PRAGMA busy_timeout = 0")  # to be waited for by somebody else than the window
        try:
            [(is_busy, _, _)] = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.rows(f"PRAGMA busy_timeout = {round(BUSY_LIMIT_S * 1000)}")
        if is_busy:
            return first
        with translated(self.path):
            if self._wiping is None:
                self._wiping = open_in_place(self._place)
            following = wipe(self._wiping, first, count)
            if not following:
                os.fsync(self._wiping.fileno())
        # Pages that it remembers as they were would be written once more with what was in their gaps.
        self.rows("PRAGMA shrink_memory")
        return following

    def fold_beside(self) -> None:
        """The same in another thread than that of this connection, which may write meanwhile; the log stays as long."""
        if not self.path or self.is_alone:
            return
        with suppress(StorageError):
            beside = open_reader(self)
            try:
                beside.rows("PRAGMA fullfsync = ON")
                beside.rows("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                beside.close_reader()

    def interrupt(self) -> None:
        """Let the statement that runs in another thread end with `InterruptedError`."""
        self._connection.interrupt()

    def watch_statements(self, watcher: Callable[[str], None] | None) -> None:
        """Call `watcher` with every statement that runs, for tests and for finding slow ones."""
        self._connection.set_trace_callback(watcher)

    def give_up(self) -> None:
        """Let go of it as it is: it could not be made ready."""
        if self._mark is not None:
            self._mark.before_closing()
        self._connection.close()
        if self._mark is not None:
            self._mark.close(is_folded=False)

    def close_reader(self) -> None:
        """Let go of a connection of `open_reader`: there is nothing to fold."""
        self._connection.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it.

        A full disk may refuse the folding: the log then stays beside the file, and the next start reads it.
        """
        with suppress(StorageError), translated(self.path):
            self._connection.execute("PRAGMA optimize")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if self._mark is not None:
            self._mark.before_closing()
        self._connection.close()
        if self._wiping is not None:
            self._wiping.close()
        if self._mark is not None:
            self._mark.close(is_folded=not wal_of(self._place).exists())


def open_file(
    path: Path,
    migrations: Sequence[Migration] = MIGRATIONS,
    *,
    is_prepared: bool = False,
    is_thorough: bool = False,
    going: UpdateGoing = lambda _stage, _done, _whole: True,
) -> Database:
    """Open or create the database at `path`, check it, and bring it to the newest shape.

    On a disk without any room it opens all the same, alone: everything can be read, and is saved again as soon as
    there is room. Its pages are looked through, unless the same was done just now (`is_prepared`) or there are many
    of them; with `is_thorough` in any case.

    Raises:
        StorageError: `NEWER` when a later version of the program wrote it, `DAMAGED` when it is broken, `FOREIGN` when
            it is not ours: the file is untouched then. `READ_ONLY`, `FULL`, `IN_USE` and `UNKNOWN` as the disk says.
        BrokenOffError: `going`, which is told how far it is, ended it. What was changed until then is whole, and the
            next time goes on from there.
    """
    limit = 0 if is_prepared else CHECKED_FIRST_MAX_BYTES
    checked_bytes = sys.maxsize if is_thorough else limit
    try:
        return _open(path, migrations, checked_bytes, going, is_alone=False)
    except StorageError as error:
        if error.cause is not StorageCause.FULL:
            raise
    return _open(path, migrations, checked_bytes, going, is_alone=True)


def open_reader(database: Database) -> Database:
    """Another connection to the same file, for a thread that only reads. In memory there is only the one."""
    if not database.path:
        return database
    with translated(database.path):
        uri = f"{Path(database.path).resolve().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_LIMIT_S, check_same_thread=False)
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
    return Database(connection, database.path)


def open_memory() -> Database:
    """A database that is gone when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    return _prepared(connection, None, MIGRATIONS, lambda _stage, _done, _whole: True)


def _open(
    path: Path, migrations: Sequence[Migration], checked_bytes: int, going: UpdateGoing, *, is_alone: bool
) -> Database:
    with translated(str(path)):
        make_private_folder(path.parent)
        finish_swap(path)
        sweep_unfinished(path)
        if is_new(path):
            create_private(path)
        else:
            check_header(path)
            size = path.stat().st_size
            check_untouched(
                path,
                len(migrations),
                is_thorough=size <= checked_bytes,
                has_time=size <= checked_bytes // 4,
                is_alone=is_alone,
                going=lambda: going(UpdateStage.CHECKING, 0, 0),
            )
            path.chmod(0o600)
        connection = connect(path)
        return _prepared(connection, path, migrations, going, is_alone=is_alone)


def _prepared(
    connection: sqlite3.Connection,
    path: Path | None,
    migrations: Sequence[Migration],
    going: UpdateGoing,
    *,
    is_alone: bool = False,
) -> Database:
    database = Database(connection, str(path) if path is not None else "", is_alone=is_alone)
    try:
        with translated(database.path):
            configure(connection, is_alone=is_alone)
        migrate(database, connection, path, migrations, going)
        # After the migrations: one that rebuilds a table must be able to drop what others refer to.
        with translated(database.path):
            connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        database.give_up()
        raise
    return database
