"""The list of chats, read in portions: pages, counts, places. Every question is answered from an index of its own."""

import json
from collections.abc import Sequence
from dataclasses import replace

from gigadesk.chat import Chat, ChatId, FolderId, Section, SectionKind, TitleLine
from gigadesk.store.database import Database, Value
from gigadesk.store.rows import CHAT_COLUMNS, DRAFT_START, chat_from

# What each partial index says of its rows, word for word: SQLite uses it only for a query that says the same.
_LIVE = "deleted_at IS NULL AND archived_at IS NULL"
_SOURCES = {
    SectionKind.PINNED: f"chats INDEXED BY chats_pinned WHERE {_LIVE} AND pinned_at NOT NULL",
    SectionKind.FOLDER: (
        f"chats INDEXED BY chats_in_folder WHERE {_LIVE} AND pinned_at IS NULL AND folder_id NOT NULL AND folder_id = ?"
    ),
    SectionKind.LISTED: f"chats INDEXED BY chats_listed WHERE {_LIVE} AND pinned_at IS NULL AND folder_id IS NULL",
    SectionKind.ARCHIVED: "chats INDEXED BY chats_archived WHERE deleted_at IS NULL AND archived_at NOT NULL",
}
_ORDER = "ORDER BY updated_at DESC, id DESC"
_SPAN = "updated_at >= ? AND updated_at < ?"


class Listing:
    """Reads the list. With 100,000 chats a page takes a few milliseconds wherever it is, all counts about five."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, section: Section, offset: int, count: int) -> tuple[Chat, ...]:
        """Up to `count` chats of a section, from the one that has `offset` before it."""
        source, values = _source(section)
        # The ids from the index alone: what is skipped is not read.
        ids = f"SELECT id FROM {source} {_ORDER} LIMIT ? OFFSET ?"  # noqa: S608
        rows = self._database.rows(
            f"SELECT {CHAT_COLUMNS} FROM chats WHERE id IN ({ids}) {_ORDER}",  # noqa: S608
            (*values, count, offset),
        )
        return tuple(map(chat_from, rows))

    def ids(self, section: Section, offset: int, count: int) -> list[ChatId]:
        """The same, without reading the chats."""
        source, values = _source(section)
        sql = f"SELECT id FROM {source} {_ORDER} LIMIT ? OFFSET ?"  # noqa: S608
        return [chat_id for (chat_id,) in self._database.rows(sql, (*values, count, offset))]

    def count(self, section: Section) -> int:
        """How many chats a section has."""
        source, values = _source(section)
        [(count,)] = self._database.rows(f"SELECT count(*) FROM {source}", values)  # noqa: S608
        return int(count)

    def folder_counts(self) -> dict[FolderId, int]:
        """How many chats each folder has, without those of the folders in it; folders without any are left out."""
        sql = (
            f"SELECT folder_id, count(*) FROM chats INDEXED BY chats_in_folder"  # noqa: S608
            f" WHERE {_LIVE} AND pinned_at IS NULL AND folder_id NOT NULL GROUP BY folder_id"
        )
        return {FolderId(folder_id): count for folder_id, count in self._database.rows(sql)}

    def newest_time(self, section: Section) -> float | None:
        """When the newest chat of a section had its last message; None when the section is empty."""
        source, values = _source(section)
        row = self._database.row(f"SELECT updated_at FROM {source} {_ORDER} LIMIT 1", values)  # noqa: S608
        return None if row is None else float(row[0])

    def rank(self, section: Section, updated_at: float, chat_id: ChatId) -> int:
        """How many chats of the section stand before one with this time and id, which need not be there."""
        # Only what is not older: (updated_at, id) > (?, ?) would be looked for from the end of the section.
        source, values = _source(replace(section, since=max(section.since, updated_at)))
        [(count,)] = self._database.rows(
            f"SELECT count(*) FROM {source} AND (updated_at > ? OR id > ?)",  # noqa: S608
            (*values, updated_at, chat_id),
        )
        return int(count)

    def some(self, chat_ids: Sequence[ChatId]) -> tuple[Chat, ...]:
        """These chats, in this order; those in the trash are left out."""
        # One parameter: some builds of SQLite take no more than 32,766 of them.
        these = "id IN (SELECT value FROM json_each(?))"
        sql = f"SELECT {CHAT_COLUMNS} FROM chats WHERE {these} AND deleted_at IS NULL"  # noqa: S608
        found = {chat.id: chat for chat in map(chat_from, self._database.rows(sql, (json.dumps(list(chat_ids)),)))}
        return tuple(found[chat_id] for chat_id in chat_ids if chat_id in found)

    def newest(self) -> Chat | None:
        """The newest chat that is neither in the archive nor in the trash."""
        sql = f"SELECT {CHAT_COLUMNS} FROM chats WHERE {_LIVE} {_ORDER} LIMIT 1"  # noqa: S608
        row = self._database.row(sql)
        return None if row is None else chat_from(row)

    def has_any(self) -> bool:
        """Whether there is a chat outside the trash."""
        return self._database.row("SELECT 1 FROM chats WHERE deleted_at IS NULL LIMIT 1") is not None

    def titles(self, after: TitleLine | None, count: int, *, is_archived: bool) -> list[TitleLine]:
        """The next `count` titles after this one (None: the first), the newest first; of the archive, or all others.

        A chat without one has the beginning of its draft for a title.
        """
        state = "NOT NULL" if is_archived else "IS NULL"
        index = "chats_archived" if is_archived else "chats_by_time"
        place: Sequence[Value] = () if after is None else (after.updated_at, after.id)
        rows = self._database.rows(
            f"SELECT id, updated_at, title, {DRAFT_START} FROM chats INDEXED BY {index}"  # noqa: S608
            f" WHERE deleted_at IS NULL AND archived_at {state} {'AND (updated_at, id) < (?, ?)' if place else ''}"
            f" {_ORDER} LIMIT ?",
            (*place, count),
        )
        return [TitleLine(ChatId(row[0]), row[1], row[2] or row[3] or "") for row in rows]


def _source(section: Section) -> tuple[str, Sequence[Value]]:
    """What stands after FROM, to be followed by more conditions, and its values."""
    folder: Sequence[Value] = () if section.folder_id is None else (section.folder_id,)
    return f"{_SOURCES[section.kind]} AND {_SPAN}", (*folder, section.since, section.before)
