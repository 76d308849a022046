"""Where chats stand: in a folder, pinned, in the archive, in the trash. Many at once, in one transaction."""

import json
from collections.abc import Sequence

from gigadesk.chat import ChatId, FolderId
from gigadesk.store.database import Database, Value

_THESE = "id IN (SELECT value FROM json_each(?))"
LIVE_FOLDER = "(SELECT id FROM folders WHERE folders.id = folder_id AND folders.deleted_at IS NULL)"
"""A chat that comes to be shown in its folder again, and finds that gone or in the trash, is in none."""


class Places:
    """Writes them. Chats that are in the trash are passed over by all but `restore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, chat_ids: Sequence[ChatId]) -> list[tuple[ChatId, FolderId | None, bool]]:
        """Where chats stand: the folder of each, and whether it is pinned; those in the trash are left out."""
        sql = f"SELECT id, folder_id, pinned_at NOT NULL FROM chats WHERE {_THESE} AND deleted_at IS NULL"  # noqa: S608  (constants)
        return [(row[0], row[1], bool(row[2])) for row in self._database.rows(sql, (json.dumps(list(chat_ids)),))]

    def move(self, chat_ids: Sequence[ChatId], folder_id: FolderId | None) -> None:
        """Put chats into a folder; None takes them out of theirs.

        Raises:
            LookupError: there is no such folder outside the trash.
        """
        sql = "SELECT 1 FROM folders WHERE id = ? AND deleted_at IS NULL"
        if folder_id is not None and self._database.row(sql, (folder_id,)) is None:
            raise LookupError(folder_id)
        self._update("folder_id = ?", chat_ids, folder_id)

    def set_pinned(self, chat_ids: Sequence[ChatId], now: float, *, is_pinned: bool) -> None:
        self._update(f"pinned_at = ?, folder_id = {LIVE_FOLDER}", chat_ids, now if is_pinned else None)

    def set_archived(self, chat_ids: Sequence[ChatId], now: float, *, is_archived: bool) -> None:
        """A pinned chat comes back from the archive as a pinned one, and one of a folder to its folder."""
        self._update(f"archived_at = ?, folder_id = {LIVE_FOLDER}", chat_ids, now if is_archived else None)

    def set_unread(self, chat_ids: Sequence[ChatId], *, is_unread: bool) -> None:
        self._update("is_unread = ?", chat_ids, int(is_unread))

    def delete(self, chat_ids: Sequence[ChatId], now: float) -> tuple[ChatId, ...]:
        """Move chats to the trash; gives those that were not there already."""
        with self._database.transaction(is_barrier=True):
            sql = f"SELECT id FROM chats WHERE {_THESE} AND deleted_at IS NULL"  # noqa: S608  (constants)
            ids = tuple(ChatId(row[0]) for row in self._database.rows(sql, (json.dumps(list(chat_ids)),)))
            self._database.execute(
                f"UPDATE chats SET deleted_at = ?, deleted_with = NULL WHERE {_THESE}",  # noqa: S608  (constants)
                (now, json.dumps(ids)),
            )
        return ids

    def restore(self, chat_ids: Sequence[ChatId]) -> tuple[ChatId, ...]:
        """Bring chats back from the trash, also single ones that went with their folder; gives those that were there.

        A chat whose folder is in the trash or gone comes back to no folder.
        """
        with self._database.transaction(is_barrier=True):
            # What has a negative number, or 0, is not complete yet: no trash shows it.
            is_there = f"{_THESE} AND deleted_at NOT NULL AND coalesce(deleted_with, 1) > 0"
            rows = self._database.rows(f"SELECT id FROM chats WHERE {is_there}", (json.dumps(list(chat_ids)),))  # noqa: S608  (constants)
            ids = tuple(ChatId(row[0]) for row in rows)
            self._database.execute(
                f"UPDATE chats SET deleted_at = NULL, deleted_with = NULL, folder_id = {LIVE_FOLDER} WHERE {_THESE}",  # noqa: S608  (constants)
                (json.dumps(ids),),
            )
        return ids

    def _update(self, change: str, chat_ids: Sequence[ChatId], value: Value) -> None:
        with self._database.transaction(is_barrier=True):
            self._database.execute(
                f"UPDATE chats SET {change} WHERE {_THESE} AND deleted_at IS NULL",  # noqa: S608  (constants)
                (value, json.dumps(list(chat_ids))),
            )
