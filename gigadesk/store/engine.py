"""What the SQLite of this installation can do, for the self-test."""

import sqlite3
from contextlib import closing

from gigadesk.errors import StorageError
from gigadesk.store.database import open_memory


def engine_version() -> str:
    """Version of the SQLite library that is linked, such as `3.40.1`."""
    return sqlite3.sqlite_version


def has_full_text_search() -> bool:
    """Whether an FTS5 table can be made, filled and searched."""
    with closing(open_memory()) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE temp.probe USING fts5(words)")
            database.execute("INSERT INTO temp.probe VALUES ('one two')")
            return database.row("SELECT words FROM temp.probe WHERE probe MATCH 'two'") == ("one two",)
        except StorageError:
            return False
