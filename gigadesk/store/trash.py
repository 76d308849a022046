"""The trash: what is in it, and the only real deletion there is, in portions: it may be a hundred thousand messages.

What is to be deleted for ever is first hidden, in one transaction (`doom`): from then on nobody sees it, and a start
after a crash goes on with it. Then its rows are deleted (`purge`), and the file has no room left in which they stood.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gigadesk.chat import ChatId, MessageId, TrashEntry, TrashKind, TrashSize
from gigadesk.store.database import Database, Row, Value
from gigadesk.store.expiry import NOTES_NAME, ExpiryNotes

PORTION = 20
"""Messages that are deleted in one step: five milliseconds, with what the index of the search notes about them."""
BEGINNING_CHARS = 200
"""Of a message, as its title."""

_DOOMED = 0
"""As `deleted_with`: hidden from lists and trash. Broken off copies have it, too."""
_THESE = "id IN (SELECT value FROM json_each(?))"
_IN_LIVE_CHAT = "EXISTS (SELECT 1 FROM chats WHERE chats.id = chat_id AND chats.deleted_at IS NULL)"
# The kinds in their order within one moment, with where their entries are read from.
_SOURCES = (
    (TrashKind.FOLDER, "name, ''", "folders WHERE deleted_with = id"),
    (TrashKind.CHAT, "title, ''", "chats WHERE deleted_at NOT NULL AND deleted_with IS NULL"),
    (
        TrashKind.MESSAGE,
        f"substr(text, 1, {BEGINNING_CHARS}), (SELECT title FROM chats WHERE chats.id = chat_id)",  # noqa: S608  (constants)
        f"messages WHERE deleted_with = id AND {_IN_LIVE_CHAT}",
    ),
)
_RANKS = {source[0]: rank for rank, source in enumerate(_SOURCES)}


@dataclass(frozen=True, slots=True)
class Doomed:
    """What is hidden and waits for its deletion."""

    chat_ids: list[ChatId]
    message_ids: list[MessageId]
    """Those of other chats that were deleted by themselves, the newest first."""


class Trash:
    """Reads the trash and deletes for ever. `doom` and each step of `purge` are one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        path = Path(database.path).with_name(NOTES_NAME) if database.path else None
        self._notes = ExpiryNotes(path)

    def entries(self, after: TrashEntry | None, count: int) -> list[TrashEntry]:
        """The next `count` entries after this one (None: the first), what was deleted last first."""
        found: list[TrashEntry] = []
        for rank, (kind, titles, source) in enumerate(_SOURCES):
            left = count
            for place, values in _behind(after, rank):
                rows = self._database.rows(
                    f"SELECT id, deleted_at, {titles} FROM {source} {place} ORDER BY deleted_at DESC, id DESC LIMIT ?",  # noqa: S608
                    (*values, left),
                )
                found.extend(TrashEntry(kind, row[0], row[2], row[1], row[3]) for row in rows)
                left -= len(rows)
        found.sort(key=lambda entry: (-entry.deleted_at, _RANKS[entry.kind], -entry.id))
        return found[:count]

    def expired(self, now: float, days: int, count: int) -> list[TrashEntry]:
        """Up to `count` entries that are in the trash for more than so many days, as far as the clock is believed.

        What was deleted before it was made has met a wrong clock, and stays.
        """
        return self._older(self._notes.before(now, days), count, "AND deleted_at >= created_at")

    def older_than(self, time: float, count: int) -> list[TrashEntry]:
        """Up to `count` entries that were deleted before this time."""
        return self._older(time, count, "")

    def _older(self, time: float, count: int, condition: str) -> list[TrashEntry]:
        found: list[TrashEntry] = []
        for kind, _, source in _SOURCES:
            rows = self._database.rows(
                f"SELECT id, deleted_at FROM {source} AND deleted_at < ? {condition} LIMIT ?",  # noqa: S608
                (time, count),
            )
            found.extend(TrashEntry(kind, row[0], "", row[1]) for row in rows)
        return found

    def size(self, entries: Sequence[TrashEntry]) -> TrashSize:
        """How many chats, folders and messages these entries are, with all that hangs on them."""
        _, folders, messages = _ids(entries)
        [(of_folders,)] = self._database.rows(
            "SELECT count(*) FROM chats WHERE deleted_with IN (SELECT value FROM json_each(?)) AND deleted_with > 0",
            (folders,),
        )
        [(in_folders,)] = self._database.rows(
            "SELECT count(*) FROM folders WHERE deleted_with IN (SELECT value FROM json_each(?))", (folders,)
        )
        [(below,)] = self._database.rows(
            "SELECT count(*) FROM messages WHERE deleted_with IN (SELECT value FROM json_each(?))", (messages,)
        )
        by_themselves = sum(entry.kind is TrashKind.CHAT for entry in entries)
        return TrashSize(by_themselves + of_folders, in_folders, below)

    def preview(self, entry: TrashEntry, chars: int) -> str:
        """The beginning of what an entry holds: a text, the texts of a chat, or the titles of a folder."""
        sql = {
            TrashKind.MESSAGE: "SELECT substr(text, 1, ?2) FROM messages WHERE id = ?1",
            TrashKind.CHAT: "SELECT substr(text, 1, ?2) FROM messages WHERE chat_id = ?1 AND deleted_at IS NULL"
            " ORDER BY id LIMIT 20",
            TrashKind.FOLDER: "SELECT substr(title, 1, ?2) FROM chats WHERE deleted_with = ?1"
            " ORDER BY updated_at DESC LIMIT 100",
        }[entry.kind]
        texts = [row[0] for row in self._database.rows(sql, (entry.id, chars))]
        return ("\n" if entry.kind is TrashKind.FOLDER else "\n\n").join(filter(None, texts))[:chars]

    def is_gone(self, chat_id: ChatId, message_id: MessageId | None) -> bool:
        """Whether a chat, or the message of it, is neither there nor in the trash: it is deleted for ever."""
        is_there = "SELECT 1 FROM {} WHERE id = ? AND coalesce(deleted_with, 1) > 0"
        rows = [("chats", chat_id), *([("messages", message_id)] if message_id is not None else [])]
        return any(self._database.row(is_there.format(table), (number,)) is None for table, number in rows)

    def is_empty(self) -> bool:
        return not self.entries(None, 1)

    def doom(self, entries: Sequence[TrashEntry]) -> Doomed:
        """Hide these entries for ever, with all that hangs on them. What is not in the trash is left alone."""
        chats, folders, messages = _ids(entries)
        database = self._database
        with database.transaction(is_barrier=True):
            of_itself = f"SELECT id FROM chats WHERE {_THESE} AND deleted_at NOT NULL AND deleted_with IS NULL"  # noqa: S608
            of_folder = (
                "SELECT id FROM chats WHERE deleted_with > 0 AND deleted_with IN (SELECT value FROM json_each(?))"
            )
            rows = database.rows(of_itself, (chats,))
            rows += database.rows(of_folder, (folders,))
            gone = [ChatId(row[0]) for row in rows]
            database.execute(f"UPDATE chats SET deleted_with = {_DOOMED} WHERE {_THESE}", (json.dumps(gone),))  # noqa: S608
            self._delete_folders(folders)
            rows = database.rows(f"SELECT id, chat_id FROM messages WHERE {_THESE} AND deleted_with = id", (messages,))  # noqa: S608
            tops = [MessageId(row[0]) for row in self._with_inner_tops(rows)]
            database.execute(f"UPDATE messages SET deleted_with = {_DOOMED} WHERE {_THESE}", (json.dumps(tops),))  # noqa: S608
        return Doomed(gone, tops)

    def doomed(self) -> Doomed:
        """What was hidden and is still to be deleted.

        Asked at the start: later, copies that are being made would be among them.
        """
        chats = self._database.rows(f"SELECT id FROM chats WHERE deleted_at NOT NULL AND deleted_with = {_DOOMED}")  # noqa: S608
        messages = self._database.rows(f"SELECT id FROM messages WHERE deleted_with = {_DOOMED} ORDER BY id DESC")  # noqa: S608
        return Doomed([ChatId(row[0]) for row in chats], [MessageId(row[0]) for row in messages])

    def purge_chat(self, chat_id: ChatId) -> bool:
        """Delete the next portion of a doomed chat; False when nothing is left of it."""
        with self._database.transaction(is_barrier=False):
            sql = "SELECT id FROM messages WHERE chat_id = ? ORDER BY id DESC LIMIT ?"
            if self._delete_messages(self._database.rows(sql, (chat_id, PORTION))):
                return True
            self._database.execute(
                f"DELETE FROM chats WHERE id = ? AND deleted_at NOT NULL AND deleted_with = {_DOOMED}",  # noqa: S608
                (chat_id,),
            )
        return False

    def purge_message(self, message_id: MessageId) -> bool:
        """Delete the next portion of what hangs on a doomed message; False when nothing is left of it."""
        with self._database.transaction(is_barrier=False):
            sql = "SELECT id FROM messages WHERE deleted_with = ? ORDER BY id DESC LIMIT ?"
            if self._delete_messages(self._database.rows(sql, (message_id, PORTION))):
                return True
            self._delete_messages([(message_id,)])
        return False

    def fold(self) -> bool:
        """Empty the write-ahead log, which still has what was deleted; False when somebody is reading it."""
        [(is_busy, _, _)] = self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return not is_busy

    def _delete_messages(self, rows: Sequence[Row]) -> bool:
        """Newest first, so that no message takes more than a thousand generations along: SQLite would refuse."""
        ids = json.dumps([row[0] for row in rows])
        if rows:
            self._database.execute(
                "DELETE FROM files WHERE message_id IS NULL AND is_of_edit = 1 AND chat_id IN"
                " (SELECT chat_id FROM edits WHERE message_id IN (SELECT value FROM json_each(?)))",
                (ids,),
            )
            self._database.execute(f"DELETE FROM messages WHERE {_THESE}", (ids,))  # noqa: S608
            # What is left of the rows between others is overwritten when the index is done with them.
            self._database.execute("UPDATE search_state SET must_purge = 2 WHERE must_purge IN (0, 3)")
        return bool(rows)

    def _delete_folders(self, folders: str) -> None:
        """Their rows, too, go at once: there are not many. Those that were deleted before them stay in the trash."""
        gone = "SELECT id FROM folders WHERE deleted_with > 0 AND deleted_with IN (SELECT value FROM json_each(?1))"
        self._database.execute(
            f"UPDATE folders SET parent_id = NULL WHERE parent_id IN ({gone}) AND id NOT IN ({gone})",  # noqa: S608
            (folders,),
        )
        self._database.execute(f"DELETE FROM folders WHERE id IN ({gone})", (folders,))  # noqa: S608

    def _with_inner_tops(self, rows: Sequence[Row]) -> list[Row]:
        """With the messages that had been deleted by themselves before, below these, the newest first.

        Those would hang on nothing.
        """
        chats = {row[1] for row in rows}
        gone = {row[0] for row in rows}
        others = self._database.rows(
            "SELECT id, chat_id FROM messages WHERE deleted_with = id AND chat_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(chats)),),
        )
        inner = [row for row in others if row[0] not in gone and self._is_below(row[0], gone)]
        return sorted([*rows, *inner], reverse=True)

    def _is_below(self, message_id: int, tops: set[int]) -> bool:
        """Whether one of these is above a message; only what is in the trash is gone through."""
        rows = self._database.rows(
            "WITH RECURSIVE above (top_id, next_id) AS ("
            " SELECT deleted_with, parent_id FROM messages WHERE id = ?"
            " UNION SELECT deleted_with, parent_id FROM messages JOIN above ON id = next_id"
            " WHERE deleted_at NOT NULL"
            ") SELECT DISTINCT top_id FROM above",
            (message_id,),
        )
        return any(row[0] in tops for row in rows)


def _behind(after: TrashEntry | None, rank: int) -> list[tuple[str, tuple[Value, ...]]]:
    """The conditions for entries of a kind that come after this one: they are met one after the other."""
    if after is None:
        return [("", ())]
    if rank == _RANKS[after.kind]:
        # Not (deleted_at, id) < (?, ?): of a hundred thousand that went together, SQLite would read all those before.
        return [
            ("AND deleted_at = ? AND id < ?", (after.deleted_at, after.id)),
            ("AND deleted_at < ?", (after.deleted_at,)),
        ]
    return [(f"AND deleted_at {'<=' if rank > _RANKS[after.kind] else '<'} ?", (after.deleted_at,))]


def _ids(entries: Sequence[TrashEntry]) -> tuple[str, str, str]:
    """The ids of chats, folders and messages, as JSON."""
    chats, folders, messages = (
        json.dumps([entry.id for entry in entries if entry.kind is kind])
        for kind in (TrashKind.CHAT, TrashKind.FOLDER, TrashKind.MESSAGE)
    )
    return chats, folders, messages
