"""Folders: a tree of places for chats. Each writing method is one transaction."""

import json
from collections.abc import Iterable, Mapping

from gigadesk.chat import ChatId, Folder, FolderColor, FolderId
from gigadesk.limits import FOLDER_DEPTH_MAX
from gigadesk.store.database import Database, Value

_SUBTREE = """
    WITH RECURSIVE subtree (folder_id) AS (
        SELECT ?
        UNION
        SELECT id FROM folders JOIN subtree ON parent_id = subtree.folder_id WHERE deleted_at IS NULL
    )
"""
_SHOWN_IN_FOLDER = "deleted_at IS NULL AND archived_at IS NULL AND pinned_at IS NULL AND folder_id NOT NULL"
_THESE = "id IN (SELECT value FROM json_each(?))"
_BACK = "SET deleted_at = NULL, deleted_with = NULL WHERE deleted_with = ?"
_COLORS = {color.value: color for color in FolderColor}


class Folders:
    """Reads and writes folders. A folder that is not there, or in the trash, is a `LookupError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Folder, ...]:
        """All but the trash, those of one parent in their order."""
        rows = self._database.rows(
            "SELECT id, name, parent_id, color, position FROM folders WHERE deleted_at IS NULL"
            " ORDER BY parent_id, position, id"
        )
        return tuple(
            # A later version of the program may know more colours.
            Folder(FolderId(folder_id), name, parent_id, _COLORS.get(color, FolderColor.NONE), position)
            for folder_id, name, parent_id, color, position in rows
        )

    def is_there(self, folder_id: FolderId) -> bool:
        """Whether there is such a folder outside the trash."""
        return self._database.row("SELECT 1 FROM folders WHERE id = ? AND deleted_at IS NULL", (folder_id,)) is not None

    def may_hold(self, parent_id: FolderId | None, folder_id: FolderId | None = None) -> bool:
        """Whether a folder (None: a new one) may stand in `parent_id`: not in itself, and not too deep."""
        parents = self._parents()
        way = list(_up(parents, parent_id))
        if folder_id is None:
            return len(way) < FOLDER_DEPTH_MAX
        below = max(len(list(_up(parents, each))) for each in parents if folder_id in _up(parents, each))
        height = below - len(list(_up(parents, folder_id))) + 1
        return folder_id not in way and len(way) + height <= FOLDER_DEPTH_MAX

    def add(self, name: str, parent_id: FolderId | None, now: float) -> FolderId:
        """Make a folder, the last one of its parent."""
        with self._database.transaction(is_barrier=True):
            self._check(parent_id)
            sql = "SELECT coalesce(max(position) + 1, 0) FROM folders WHERE parent_id IS ? AND deleted_at IS NULL"
            [(position,)] = self._database.rows(sql, (parent_id,))
            return FolderId(
                self._database.execute(
                    "INSERT INTO folders (parent_id, name, position, created_at) VALUES (?, ?, ?, ?)",
                    (parent_id, name, position, now),
                )
            )

    def rename(self, folder_id: FolderId, name: str) -> None:
        self._write("UPDATE folders SET name = ? WHERE id = ?", name, folder_id)

    def set_color(self, folder_id: FolderId, color: FolderColor) -> None:
        self._write("UPDATE folders SET color = ? WHERE id = ?", color, folder_id)

    def move(self, folder_id: FolderId, parent_id: FolderId | None, index: int) -> None:
        """Put a folder into `parent_id`, before the one that has `index` others before it now; see `may_hold`."""
        with self._database.transaction(is_barrier=True):
            self._check(folder_id)
            self._check(parent_id)
            rows = self._database.rows(
                "SELECT id FROM folders WHERE parent_id IS ? AND deleted_at IS NULL AND id <> ? ORDER BY position, id",
                (parent_id, folder_id),
            )
            order = [row[0] for row in rows]
            order.insert(max(index, 0), folder_id)
            self._database.execute("UPDATE folders SET parent_id = ? WHERE id = ?", (parent_id, folder_id))
            for position, each in enumerate(order):
                self._database.execute("UPDATE folders SET position = ? WHERE id = ?", (position, each))

    def delete_some(self, folder_id: FolderId, count: int, now: float) -> tuple[ChatId, ...]:
        """Move so many chats of a folder to the trash with it, before itself (see `unfinished`); gives them.

        None when there are not more than that: `delete` takes these along.
        """
        with self._database.transaction(is_barrier=True):
            chats = self._chats_of(folder_id, count + 1)
            if len(chats) <= count:
                return ()
            self._database.execute(
                f"UPDATE chats SET deleted_at = ?, deleted_with = ? WHERE {_THESE}",  # noqa: S608  (constants)
                (now, folder_id, json.dumps(chats[:count])),
            )
        return chats[:count]

    def delete(self, folder_id: FolderId, now: float) -> tuple[ChatId, ...]:
        """Move a folder to the trash with all that is shown in it; gives the chats.

        Chats that are pinned or in the archive are shown elsewhere: they stay, and are in no folder when it is gone.
        """
        with self._database.transaction(is_barrier=True):
            self._check(folder_id)
            marks = (folder_id, now, folder_id)
            chats = self._chats_of(folder_id, -1)
            self._database.execute(
                f"{_SUBTREE} UPDATE chats SET deleted_at = ?, deleted_with = ?"  # noqa: S608  (constants)
                f" WHERE {_SHOWN_IN_FOLDER} AND folder_id IN subtree",
                marks,
            )
            self._database.execute(
                f"{_SUBTREE} UPDATE folders SET deleted_at = ?, deleted_with = ? WHERE id IN subtree",  # noqa: S608
                marks,
            )
        return chats

    def is_in_trash(self, folder_id: FolderId) -> bool:
        """Whether a folder was deleted by itself and can be brought back."""
        return self._database.row("SELECT 1 FROM folders WHERE id = ? AND deleted_with = id", (folder_id,)) is not None

    def restore_some(self, folder_id: FolderId, count: int) -> tuple[ChatId, ...]:
        """Bring back so many chats that went with a folder, before itself (see `unfinished`); gives them.

        None when there are not more than that: `restore` brings these back.
        """
        with self._database.transaction(is_barrier=True):
            # Those that went at the same time, which an index finds; should there be others, `restore` does.
            rows = self._database.rows(
                "SELECT id FROM chats WHERE deleted_at = (SELECT deleted_at FROM folders WHERE id = ?)"
                " AND deleted_with = ? LIMIT ?",
                (folder_id, folder_id, count + 1),
            )
            if len(rows) <= count:
                return ()
            chats = tuple(ChatId(row[0]) for row in rows[:count])
            self._database.execute(f"UPDATE chats {_BACK} AND {_THESE}", (folder_id, json.dumps(chats)))
        return chats

    def restore(self, folder_id: FolderId) -> tuple[ChatId, ...]:
        """Bring back what went to the trash with a folder; gives the chats.

        It comes to the top when the folder that it was in is in the trash itself, or gone.
        """
        with self._database.transaction(is_barrier=True):
            rows = self._database.rows("SELECT id FROM chats WHERE deleted_with = ?", (folder_id,))
            self._database.execute(f"UPDATE chats {_BACK}", (folder_id,))
            self._database.execute(f"UPDATE folders {_BACK}", (folder_id,))
            self._check(folder_id)
            self._database.execute(
                "UPDATE folders SET parent_id ="
                " (SELECT id FROM folders AS parent WHERE parent.id = folders.parent_id AND deleted_at IS NULL)"
                " WHERE id = ?",
                (folder_id,),
            )
        return tuple(ChatId(row[0]) for row in rows)

    def unfinished(self) -> tuple[list[FolderId], list[FolderId]]:
        """What a crash has left of great folders: those that were being deleted, and those that were being restored.

        Their chats go, and come back, before them: a folder that is there has chats in the trash, or the other way.
        """
        deleting = self._database.rows(
            "SELECT DISTINCT deleted_with FROM chats WHERE deleted_at NOT NULL AND deleted_with > 0"
            " AND deleted_with IN (SELECT id FROM folders WHERE deleted_at IS NULL)"
        )
        restoring = self._database.rows(
            "SELECT DISTINCT deleted_with FROM folders WHERE deleted_at NOT NULL AND deleted_with > 0"  # noqa: S608
            f" AND EXISTS (SELECT 1 FROM chats WHERE {_SHOWN_IN_FOLDER} AND folder_id = folders.id)"
        )
        return [FolderId(row[0]) for row in deleting], [FolderId(row[0]) for row in restoring]

    def _chats_of(self, folder_id: FolderId, count: int) -> tuple[ChatId, ...]:
        """So many of the chats that are shown in a folder or in those in it; -1: all."""
        rows = self._database.rows(
            f"{_SUBTREE} SELECT id FROM chats WHERE {_SHOWN_IN_FOLDER} AND folder_id IN subtree LIMIT ?",  # noqa: S608
            (folder_id, count),
        )
        return tuple(ChatId(row[0]) for row in rows)

    def _write(self, sql: str, value: Value, folder_id: FolderId) -> None:
        with self._database.transaction(is_barrier=True):
            self._check(folder_id)
            self._database.execute(sql, (value, folder_id))

    def _check(self, folder_id: FolderId | None) -> None:
        if folder_id is not None and not self.is_there(folder_id):
            raise LookupError(folder_id)

    def _parents(self) -> dict[FolderId, FolderId | None]:
        return dict(self._database.rows("SELECT id, parent_id FROM folders WHERE deleted_at IS NULL"))


def _up(parents: Mapping[FolderId, FolderId | None], folder_id: FolderId | None) -> Iterable[FolderId]:
    """A folder, the one that it is in, and so on to the top."""
    seen: set[FolderId] = set()
    while folder_id is not None and folder_id not in seen:
        seen.add(folder_id)
        yield folder_id
        folder_id = parents.get(folder_id)
