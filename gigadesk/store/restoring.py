"""Brings a single chat back from a snapshot, as a new chat beside those that are there."""

import json
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

from gigadesk.chat import ChatId, Status
from gigadesk.store.checking import open_still, schema_errors_are_damage
from gigadesk.store.database import Database, Row
from gigadesk.store.failures import translated
from gigadesk.store.rows import role_from, status_from, time_from
from gigadesk.text import clean

PORTION = 200
_HIDDEN = 0
"""As `deleted_with` of a chat: it is not complete, as with copies (`copying`)."""


class ChatRestorer:
    """Copies a chat portion by portion; until the last one nobody sees it, and a crash before leaves nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, snapshot: Path, chat_id: ChatId, now: float) -> "ChatRestore":
        """Read the chat.

        Raises:
            LookupError: it is not in the snapshot.
            StorageError: the snapshot cannot be read, or the disk refuses.
        """
        with translated(str(snapshot)), schema_errors_are_damage(snapshot), closing(open_still(snapshot)) as source:
            # A disk may have flipped a bit in a text: the rest of it comes back.
            source.text_factory = lambda content: content.decode("utf-8", "replace")
            tables = {}
            for table in ("chats", "messages", "files", "drafts"):
                here = [row[1] for row in self._database.rows(f"PRAGMA table_info({table})")]
                there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
                columns = [name for name in here if name in there]
                key = "id" if table == "chats" else "chat_id"
                sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ? ORDER BY 1"  # noqa: S608  (our schema)
                tables[table] = _Rows(columns, source.execute(sql, (chat_id,)).fetchall() if columns else [])
        if not tables["chats"].rows:
            raise LookupError(chat_id)
        return ChatRestore(self._database, tables, now)


class _Rows:
    def __init__(self, columns: list[str], rows: list[Row]) -> None:
        self.columns = columns
        self.rows = [dict(zip(columns, row, strict=True)) for row in rows]


def _not_doomed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what was being deleted for ever when the snapshot was taken, and all that hung on it."""
    gone: set[int | None] = set()
    for row in rows:  # a parent comes before its children
        if row.get("deleted_with") == 0 or row["parent_id"] in gone:
            gone.add(row["id"])
    return [row for row in rows if row["id"] not in gone]


class ChatRestore:
    """A chat that is being brought back; `chat_id` is the new one."""

    def __init__(self, database: Database, tables: dict[str, _Rows], now: float) -> None:
        self._database = database
        self._now = now
        self._messages = _not_doomed(tables["messages"].rows)
        self._files = [row for row in tables["files"].rows if not row.get("is_of_edit")]
        self._drafts = tables["drafts"].rows
        self._chat = dict(tables["chats"].rows[0])
        self._ids: dict[int, int] = {}
        self._done = 0
        with database.transaction(is_barrier=False):
            self.chat_id = ChatId(self._insert_chat())

    def go_on(self) -> bool:
        """Write a portion; False when that was the last one, and the chat is there.

        Raises:
            StorageError: the disk refuses; this portion can be tried again.
        """
        portion = self._messages[self._done : self._done + PORTION]
        is_last = self._done + len(portion) == len(self._messages)
        with self._database.transaction(is_barrier=is_last):
            for row in portion:
                self._insert_message(row)
            if is_last:
                self._finish()
        self._done += len(portion)
        return not is_last

    def _insert_chat(self) -> int:
        values = self._chat | {
            "session_id": str(uuid.uuid4()),
            "leaf_id": None,
            "created_at": time_from(self._chat["created_at"]),
            "updated_at": self._now,
            "is_unread": 0,
            "deleted_at": self._now,
            "deleted_with": _HIDDEN,
            "folder_id": None,
        }
        return self._insert("chats", values)

    def _insert_message(self, row: dict[str, object]) -> None:
        parent = row["parent_id"]
        values = row | {
            "chat_id": self.chat_id,
            "parent_id": None if parent is None else self._ids.get(int(str(parent))),
            "shown_child_id": None,
            "deleted_with": None,
        }
        status = status_from(values["status"])
        values |= {
            "role": role_from(values["role"]).value,
            "status": (Status.STOPPED if status in {Status.QUEUED, Status.STREAMING} else status).value,
            "created_at": time_from(values["created_at"]),
            "text": clean(str(values["text"])),
        }
        self._ids[int(str(row["id"]))] = self._insert("messages", values)

    def _finish(self) -> None:
        for row in self._files:
            message = row["message_id"]
            if message is None or message in self._ids:
                new = None if message is None else self._ids[message]
                self._insert("files", row | {"chat_id": self.chat_id, "message_id": new})
        for row in self._drafts:
            self._insert("drafts", row | {"chat_id": self.chat_id})
        for column in ("shown_child_id", "deleted_with"):
            pairs = [
                (self._ids[row["id"]], self._ids.get(row[column]))
                for row in self._messages
                if row.get(column) is not None
            ]
            self._database.execute(
                f"UPDATE messages SET {column} = value ->> 1 FROM json_each(?) WHERE messages.id = value ->> 0",  # noqa: S608  (our schema)
                (json.dumps(pairs),),
            )
        seen = [self._ids[row["id"]] for row in self._messages if row.get("deleted_at") is None]
        leaf = self._ids.get(self._chat["leaf_id"], max(seen, default=None))
        self._database.execute(
            "UPDATE chats SET leaf_id = ?, deleted_at = NULL, deleted_with = NULL WHERE id = ?", (leaf, self.chat_id)
        )

    def _insert(self, table: str, values: dict[str, object]) -> int:
        given = {name: value for name, value in values.items() if name != "id"}
        columns, marks = ", ".join(given), ", ".join("?" * len(given))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  (our schema)
        return self._database.execute(sql, tuple(given.values()))  # type: ignore[arg-type]  # as SQLite gave them
