"""A connection as the program uses it, and whether the files behind it still have their names."""

import sqlite3
from pathlib import Path

from gigadesk.store.checking import BUSY_LIMIT_S
from gigadesk.store.file_names import wal_of


class FileNames:
    """Whether the files that a connection has open still have their names.

    Raises `OSError` where the disk does not say.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _identity(path)
        self._folder = _identity(path.parent)
        self._log_path = wal_of(path)
        self._log: tuple[int, int] | None = None

    @property
    def file_has_vanished(self) -> bool:
        """The database was deleted, moved or replaced."""
        return _identity(self._path) != self._file

    @property
    def has_other_folder(self) -> bool:
        """Another folder than that of the database lies at its place."""
        return _identity(self._path.parent) not in {None, self._folder}

    @property
    def log_has_vanished(self) -> bool:
        """The write-ahead log was deleted, moved or replaced, since the first look at it."""
        found = _identity(self._log_path)
        if self._log is None:
            self._log = found
        return found != self._log


def connect(path: Path) -> sqlite3.Connection:
    # All but one call are made on the thread of the loop: only `copy_to` may come from another one.
    return sqlite3.connect(path, isolation_level=None, timeout=BUSY_LIMIT_S, check_same_thread=False)


def configure(connection: sqlite3.Connection, *, is_alone: bool) -> None:
    if is_alone:
        # Before anything is read: then no shared memory file is needed, for which there is no room.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    # Before a new file is begun; some SQLites have it on. `slack` does not know its pages.
    connection.execute("PRAGMA auto_vacuum = NONE")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA wal_autocheckpoint = 1000").fetchall()
    # On macOS a plain flush stops at the drive's own cache; elsewhere this changes nothing.
    connection.execute("PRAGMA fullfsync = ON")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at `path`; None when there is none."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino
