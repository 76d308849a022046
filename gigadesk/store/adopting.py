"""The store of a temporary chat, and how all that is in it is taken over by the one on the disk."""

from collections.abc import Sequence

from gigadesk.chat import ChatId
from gigadesk.store.database import Database, Value, open_memory
from gigadesk.store.store import Store

TEMPORARY_IDS = 2_000_000_000
"""From here on; Qt's signals carry 31 bits."""

# Which columns hold ids of which table. A folder stays where it is.
_TABLES = {
    "chats": {"id": "chats", "leaf_id": "messages", "folder_id": ""},
    "messages": {
        "id": "messages",
        "chat_id": "chats",
        "parent_id": "messages",
        "shown_child_id": "messages",
        "deleted_with": "messages",
    },
    "files": {"id": "files", "chat_id": "chats", "message_id": "messages"},
    "drafts": {"chat_id": "chats"},
    "edits": {"chat_id": "chats", "message_id": "messages"},
}


def temporary_store() -> Store:
    """A store in memory with ids that no store on the disk has: a window may show chats of both."""
    database = open_memory()
    with database.transaction(is_barrier=False):
        for table in ("chats", "messages", "files"):
            database.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, TEMPORARY_IDS))
    return Store(database)


def adopt(into: Store, other: Store) -> tuple[ChatId, ...]:
    """Copy every row about chats, with ids of their own there, in one transaction; gives the new ids of the chats.

    Both have the newest shape. Replies have ended: no journal is read.

    Raises:
        StorageError: the disk refuses; nothing was written.
    """
    target, source = into._database, other._database
    with target.transaction(is_barrier=True):
        ids: dict[str, dict[int, int]] = {"": {}}
        for table in ("chats", "messages", "files"):
            ids[table] = _new_ids(target, source, table)
        for table, references in _TABLES.items():
            columns = [row[0] for row in source.rows("SELECT name FROM pragma_table_info(?)", (table,))]
            marks = ", ".join("?" * len(columns))
            for row in source.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1"):  # noqa: S608  (constants)
                values = _translated(dict(zip(columns, row, strict=True)), references, ids)
                target.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)  # noqa: S608
    return tuple(ChatId(each) for each in ids["chats"].values())


def _new_ids(target: Database, source: Database, table: str) -> dict[int, int]:
    """Ids that nothing had here, in the order of the old ones: a parent stays older than its child."""
    row = target.row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    first = 1 if row is None else row[0] + 1
    old = [each[0] for each in source.rows(f"SELECT id FROM {table} ORDER BY id")]  # noqa: S608  (constants)
    return dict(zip(old, range(first, first + len(old)), strict=True))


def _translated(row: dict[str, Value], references: dict[str, str], ids: dict[str, dict[int, int]]) -> Sequence[Value]:
    for column, table in references.items():
        old = row[column]
        row[column] = ids[table].get(old) if isinstance(old, int) else None
    return list(row.values())
