"""Looks inside a snapshot, of whatever version of the program. Only reads; blocks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from gigadesk.chat import ChatId
from gigadesk.kept import KeptChat, KeptMessage, Snapshot, SnapshotContent
from gigadesk.store.checking import open_still, schema_errors_are_damage
from gigadesk.store.failures import translated
from gigadesk.store.rows import role_from, time_from
from gigadesk.store.snapshots import Snapshots

LISTED_CHATS = 5_000
SHOWN_MESSAGES = 30
_DIGESTS = "SELECT DISTINCT digest FROM files WHERE digest <> ''"


def content_of(snapshot: Path) -> SnapshotContent:
    """What is inside, in numbers.

    Raises:
        StorageError: it cannot be read.
    """
    with _reading(snapshot) as connection:
        [(chats,)] = connection.execute("SELECT count(*) FROM chats WHERE deleted_at IS NULL").fetchall()
        [(messages, newest)] = connection.execute("SELECT count(*), max(created_at) FROM messages").fetchall()
        return SnapshotContent(chats, messages, None if newest is None else time_from(newest))


def chats_in(snapshot: Path) -> list[KeptChat]:
    """The chats, the newest first, without the trash.

    Raises:
        StorageError: it cannot be read.
    """
    with _reading(snapshot) as connection:
        rows = connection.execute(
            "SELECT chats.id, title, updated_at, (SELECT count(*) FROM messages WHERE chat_id = chats.id)"
            " FROM chats WHERE deleted_at IS NULL AND leaf_id NOT NULL ORDER BY updated_at DESC LIMIT ?",
            (LISTED_CHATS,),
        ).fetchall()
        return [KeptChat(ChatId(row[0]), row[1], time_from(row[2]), row[3]) for row in rows]


def last_messages(snapshot: Path, chat_id: ChatId) -> list[KeptMessage]:
    """The end of the branch of a chat that was shown.

    Raises:
        StorageError: it cannot be read.
    """
    with _reading(snapshot) as connection:
        rows = connection.execute(
            "WITH RECURSIVE branch (branch_id, next_id) AS ("
            " SELECT messages.id, parent_id FROM messages JOIN chats ON messages.id = leaf_id WHERE chats.id = ?"
            " UNION ALL SELECT id, parent_id FROM messages JOIN branch ON id = next_id AND id < branch_id LIMIT ?)"
            " SELECT role, created_at, text FROM branch JOIN messages ON id = branch_id ORDER BY id",
            (chat_id, SHOWN_MESSAGES),
        ).fetchall()
        return [KeptMessage(role_from(row[0]), time_from(row[1]), row[2]) for row in rows]


def digests_beside(database: Path | None) -> frozenset[str]:
    """The same for the snapshots of a database; there are none of one in memory.

    Raises:
        StorageError: as `digests_in`.
    """
    return frozenset() if database is None else digests_in(Snapshots(database))


def digests_in(snapshots: Snapshots) -> frozenset[str]:
    """The files of the shelf that any snapshot names: they must stay as long as it does.

    Raises:
        StorageError: one cannot be read, so nobody knows.
    """
    found: set[str] = set()
    for snapshot in snapshots.all():
        found |= _digests(snapshot)
    return frozenset(found)


def _digests(snapshot: Snapshot) -> set[str]:
    with _reading(snapshot.path) as connection:
        # The first version of the program knew no files.
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'files'").fetchall():
            return set()
        return {row[0] for row in connection.execute(_DIGESTS)}


@contextmanager
def _reading(snapshot: Path) -> Iterator[sqlite3.Connection]:
    with (
        translated(str(snapshot)),
        schema_errors_are_damage(snapshot),
        closing(open_still(snapshot)) as connection,
    ):
        connection.text_factory = lambda content: content.decode("utf-8", "replace")
        yield connection
