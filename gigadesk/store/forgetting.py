"""What was deleted for ever goes from the snapshots, too.

Triggers note each row that is really deleted (see the migration `note_what_is_forgotten`). `scrub` takes these rows
out of a snapshot; when that was done in all of them, the notes are done with.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gigadesk.errors import StorageError
from gigadesk.store.database import Database
from gigadesk.store.failures import translated
from gigadesk.store.slack import wipe_file

_SETTLE = """
    UPDATE chats SET leaf_id = (SELECT max(id) FROM messages WHERE chat_id = chats.id)
        WHERE leaf_id NOT NULL AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = leaf_id)
"""
_SEARCH_TABLES = (
    "search_rows",
    "search_far",
    "search_files",
    "search_words",
    "search_gone",
    "search_queue",
    "search_name_queue",
    "search_name_gone",
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Rows that are gone for ever, each with the time of its making: a number may come again in a restored database."""

    chats: tuple[tuple[int, float], ...]
    messages: tuple[tuple[int, float], ...]
    last: int
    """Up to which note this goes."""


class ForgottenTable:
    """The notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self) -> Forgotten | None:
        """What has to go from the snapshots; None when there is nothing."""
        rows = self._database.rows("SELECT number, kind, id, created_at FROM forgotten ORDER BY number")
        if not rows:
            return None
        chats, messages = (tuple((row[2], row[3]) for row in rows if row[1] == kind) for kind in ("chat", "message"))
        return Forgotten(chats, messages, rows[-1][0])

    def clear(self, forgotten: Forgotten) -> None:
        """It is gone from all of them."""
        with self._database.transaction(is_barrier=False):
            self._database.execute("DELETE FROM forgotten WHERE number <= ?", (forgotten.last,))


def scrub_all(snapshots: Iterable[Path], forgotten: Forgotten) -> list[StorageError]:
    """`scrub` each of them, also behind one that refuses; gives the refusals, each with its path. Blocks."""
    refusals = []
    for snapshot in snapshots:
        try:
            scrub(snapshot, forgotten)
        except StorageError as error:
            refusals.append(error)
    return refusals


def scrub(snapshot: Path, forgotten: Forgotten) -> int:
    """Delete these rows from a snapshot, and every trace of them in its file; how many there were. Blocks.

    Raises:
        StorageError: the snapshot is as it was.
    """
    if not snapshot.exists():
        return 0  # removed meanwhile: opening it would make an empty one
    with translated(str(snapshot)):
        count = _delete(snapshot, forgotten)
        if count:
            wipe_file(snapshot)
        return count


def _delete(snapshot: Path, forgotten: Forgotten) -> int:
    # `rw`: one that is removed at this moment is not begun anew, empty.
    with closing(
        sqlite3.connect(f"{snapshot.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    ) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'messages'").fetchall():
            return 0  # not one of ours
        connection.execute("PRAGMA secure_delete = ON").fetchall()
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("CREATE TEMP TABLE gone (kind TEXT, id INTEGER, created_at REAL)")
        for kind, rows in (("chat", forgotten.chats), ("message", forgotten.messages)):
            connection.executemany("INSERT INTO temp.gone VALUES (?, ?, ?)", ((kind, *row) for row in rows))
        connection.execute("BEGIN IMMEDIATE")
        messages = connection.execute(
            "SELECT messages.id FROM messages JOIN temp.gone ON gone.kind = 'message' AND gone.id = messages.id"
            " AND gone.created_at = messages.created_at"
            " UNION SELECT messages.id FROM messages WHERE chat_id IN (SELECT chats.id FROM chats JOIN temp.gone"
            " ON gone.kind = 'chat' AND gone.id = chats.id AND gone.created_at = chats.created_at) ORDER BY 1 DESC"
        ).fetchall()
        # The newest first: SQLite refuses to take away more than a thousand generations with one message.
        connection.executemany("DELETE FROM messages WHERE id = ?", messages)
        chats = connection.execute(
            "DELETE FROM chats WHERE EXISTS (SELECT 1 FROM temp.gone WHERE gone.kind = 'chat'"
            " AND gone.id = chats.id AND gone.created_at = chats.created_at)"
        ).rowcount
        connection.execute(_SETTLE)
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_state'").fetchall():
            _empty_search(connection)
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'forgotten'").fetchall():
            connection.execute("DELETE FROM forgotten")
        connection.execute("COMMIT")
        return len(messages) + chats


def _empty_search(connection: sqlite3.Connection) -> None:
    """Its index has the words of what was deleted; it is made anew when the snapshot is restored."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for table in _SEARCH_TABLES:
        if table in tables:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  (constants)
    if "search_names_content" in tables:  # before version 8 it had its texts
        connection.execute("DELETE FROM search_names")
        # Without, the words of titles would lie in it, marked as gone.
        connection.execute("INSERT INTO search_names (search_names) VALUES ('rebuild')")
    else:
        connection.execute("INSERT INTO search_names (search_names) VALUES ('delete-all')")
    connection.execute("UPDATE search_state SET fingerprint = 0")
