"""What SQLite's refusals mean to the user. The border at which `sqlite3.Error` becomes `StorageError`."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from gigadesk.errors import StorageCause, StorageError

_PRIMARY_CODE_MASK = 0xFF
_CAUSES = {
    sqlite3.SQLITE_FULL: StorageCause.FULL,
    sqlite3.SQLITE_READONLY: StorageCause.READ_ONLY,
    sqlite3.SQLITE_PERM: StorageCause.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StorageCause.READ_ONLY,
    sqlite3.SQLITE_BUSY: StorageCause.IN_USE,
    sqlite3.SQLITE_LOCKED: StorageCause.IN_USE,
    sqlite3.SQLITE_CORRUPT: StorageCause.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageCause.DAMAGED,
    sqlite3.SQLITE_IOERR: StorageCause.UNKNOWN,
}
# A full disk does not always say so: without room for the shared memory file, or beyond a size limit, it is these.
_FULL_CODES = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}
_ERRNO_CAUSES = {
    errno.EACCES: StorageCause.READ_ONLY,
    errno.EPERM: StorageCause.READ_ONLY,
    errno.EROFS: StorageCause.READ_ONLY,
    errno.ENOSPC: StorageCause.FULL,
    errno.EDQUOT: StorageCause.FULL,
    errno.EFBIG: StorageCause.FULL,
}


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Raise what the disk refused as `StorageError`; an error in our own SQL passes through as the bug it is.

    A statement that another thread has ended raises `InterruptedError`.
    """
    try:
        yield
    except sqlite3.Error as exc:
        # Some errors of the `sqlite3` module itself (a closed connection) carry no code.
        code: int = getattr(exc, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_INTERRUPT:
            raise InterruptedError from exc
        cause = StorageCause.FULL if code in _FULL_CODES else _CAUSES.get(code & _PRIMARY_CODE_MASK)
        if cause is None:
            raise
        raise StorageError(cause, path, exc.sqlite_errorname) from exc
    except OSError as exc:
        cause = _ERRNO_CAUSES.get(exc.errno or 0, StorageCause.UNKNOWN)
        raise StorageError(cause, path, exc.strerror or type(exc).__name__) from exc
