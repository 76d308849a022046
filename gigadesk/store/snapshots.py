"""A copy of the whole database, complete or not there at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

from gigadesk.files import create_private, put_in_place


def take_snapshot(connection: sqlite3.Connection, path: Path) -> None:
    """Write everything that is committed to `path`, replacing what was there.

    Copying the file would miss what is still in the write-ahead log; SQLite's backup does not.

    Raises:
        sqlite3.Error, OSError: there is no new snapshot; an old one at `path` still is.
    """
    temporary = path.with_name(f".{path.name}.part")
    temporary.unlink(missing_ok=True)
    create_private(temporary)
    try:
        with closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
        put_in_place(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
