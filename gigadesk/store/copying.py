"""A copy of a chat, or of one branch of it, made portion by portion: a long one would hold the window up."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gigadesk.chat import ChatId, FileState, MessageId
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.store.branches import BranchReader
from gigadesk.store.chats import TitleOrigin
from gigadesk.store.database import Database
from gigadesk.store.places import LIVE_FOLDER
from gigadesk.store.rows import error_values

PORTION = 200
"""Messages that are copied in one step: a few milliseconds on the disk."""

_HIDDEN = 0
"""As `deleted_with` of a chat: its copy is not complete. No folder has this id, so no list and no trash shows it."""
_PAIRS = (
    "SELECT value ->> 0 AS old_id, value ->> 1 AS new_id, value ->> 2 AS new_parent, value ->> 3 AS new_child"
    " FROM json_each(?)"
)
_JOURNAL = (
    "(SELECT group_concat(text, '') FROM (SELECT text FROM journal"
    " WHERE message_id = old_id AND kind = '{kind}' ORDER BY journal.id))"
)
_IS_RUNNING = "status IN ('queued', 'streaming')"
# A reply that is being written is copied as far as it has come.
_COPY_MESSAGES = f"""
    INSERT INTO messages (id, chat_id, parent_id, shown_child_id, role, status, created_at, model, finish_reason,
        prompt_tokens, completion_tokens, total_tokens, cached_tokens, error_code, error_data,
        text, reasoning, sources, state_id, account, reasoning_s, seconds)
    SELECT new_id, ?, new_parent, new_child, role, iif({_IS_RUNNING}, 'stopped', status), created_at, model,
        finish_reason, prompt_tokens, completion_tokens, total_tokens, cached_tokens, error_code, error_data,
        iif({_IS_RUNNING}, text || coalesce({_JOURNAL.format(kind="text")}, ''), text),
        iif({_IS_RUNNING}, reasoning || coalesce({_JOURNAL.format(kind="reasoning")}, ''), reasoning),
        sources, state_id, account, reasoning_s, seconds
    FROM ({_PAIRS}) CROSS JOIN messages ON messages.id = old_id
    ORDER BY new_id
"""  # noqa: S608  (constants)
_COPY_FILES = f"""
    INSERT INTO files (chat_id, message_id, name, kind, mime, size_bytes, digest, state, is_generated, remote_id,
        remote_account, error_code, error_data)
    SELECT ?, new_id, name, kind, mime, size_bytes, digest, iif(state = 'uploading', 'kept', state), is_generated,
        remote_id, remote_account, error_code, error_data
    FROM ({_PAIRS}) CROSS JOIN files ON files.message_id = old_id
    ORDER BY files.id
"""  # noqa: S608  (constants)


@dataclass(slots=True)
class Copy:
    """A copy that is being made; `chat_id` is the new chat."""

    chat_id: ChatId
    leaf_id: MessageId | None
    ids: Sequence[int] = field(repr=False)
    """The messages that are copied, ascending."""
    parents: Sequence[int] = field(repr=False)
    children: Mapping[int, int] = field(repr=False)
    """Which child is shown below a message."""
    first: int
    """The id of the first copy; the others follow."""
    done: int = 0

    def rows(self, count: int) -> list[tuple[int, int, int | None, int | None]]:
        """The next messages: each with the ids of its copy, and of the copies of its parent and of its shown child."""
        places = range(self.done, min(self.done + count, len(self.ids)))
        return [
            (
                self.ids[place],
                self.first + place,
                self.copy_of(self.parents[place]),
                self.copy_of(self.children.get(self.ids[place], 0)),
            )
            for place in places
        ]

    def copy_of(self, message_id: int) -> MessageId | None:
        """The id of the copy of a message; None if that is not copied."""
        place = bisect_left(self.ids, message_id)
        is_copied = place < len(self.ids) and self.ids[place] == message_id
        return MessageId(self.first + place) if is_copied else None


class Copies:
    """Begins copies, goes on with them and clears away what was left of one. Each call is one transaction.

    Until its last portion a copy is not to be seen anywhere; then it is the newest of the list, all at once. What is
    in the trash is not copied, nor are the draft, the pin and the mark "unread".
    """

    def __init__(self, database: Database, branches: BranchReader) -> None:
        self._database = database
        self._branches = branches

    def begin(self, chat_id: ChatId, leaf_id: MessageId | None, title: str, session_id: str, now: float) -> Copy:
        """A copy of the branch that ends in `leaf_id`, or, for None, of the whole tree.

        Raises:
            StorageError: the disk refuses; nothing was written.
        """
        database = self._database
        ids, parents = self._branches.tree(chat_id)
        if leaf_id is not None:
            shown = int(leaf_id)
            ids, parents = _branch(dict(zip(ids, parents, strict=True)), shown)
        else:
            [(shown,)] = database.rows("SELECT coalesce(leaf_id, 0) FROM chats WHERE id = ?", (chat_id,))
        children = dict(zip(parents, ids, strict=True))
        if len(children) < len(ids):
            forks = [parent for parent, count in Counter(parents).items() if count > 1 and parent]
            children |= self._branches.shown_children(forks)
        with database.transaction(is_barrier=True):
            new = database.execute(
                "INSERT INTO chats (title, title_origin, created_at, updated_at, session_id, model, account, tools,"
                " effort, folder_id, deleted_at, deleted_with)"
                " SELECT ?, ?, ?, ?, ?, model, account, tools, effort, folder_id, ?, ? FROM chats WHERE id = ?",
                (title, TitleOrigin.USER if title else TitleOrigin.NONE, now, now, session_id, now, _HIDDEN, chat_id),
            )
            first = self._reserve(len(ids))
        copy = Copy(ChatId(new), None, ids, parents, children, first)
        copy.leaf_id = copy.copy_of(shown)
        return copy

    def go_on(self, copy: Copy) -> bool:
        """Copy the next portion; False when that was the last one, and the new chat is there.

        Raises:
            LookupError: the new chat was taken away meanwhile.
            StorageError: the disk refuses; this portion can be tried again.
        """
        database = self._database
        portion = copy.rows(PORTION)
        is_last = copy.done + len(portion) == len(copy.ids)
        with database.transaction(is_barrier=is_last):
            if database.row("SELECT 1 FROM chats WHERE id = ?", (copy.chat_id,)) is None:
                raise LookupError(copy.chat_id)
            pairs = json.dumps(portion)
            database.execute(_COPY_MESSAGES, (copy.chat_id, pairs))
            database.execute(_COPY_FILES, (copy.chat_id, pairs))
            if is_last:
                self._settle_files(copy.chat_id)
                database.execute(
                    "UPDATE chats SET leaf_id = ?, deleted_at = NULL, deleted_with = NULL,"  # noqa: S608  (constants)
                    f" folder_id = {LIVE_FOLDER} WHERE id = ?",
                    (copy.leaf_id, copy.chat_id),
                )
        copy.done += len(portion)
        return not is_last

    def give_up(self, copy: Copy) -> None:
        """Clear away what was copied so far."""
        self._remove(copy.chat_id)

    def _remove(self, chat_id: ChatId) -> None:
        with self._database.transaction(is_barrier=False):
            rows = self._database.rows("SELECT id FROM messages WHERE chat_id = ? ORDER BY id DESC", (chat_id,))
            # From the end: SQLite refuses to take away more than a thousand generations with one message.
            for start in range(0, len(rows), PORTION):
                ids = json.dumps([row[0] for row in rows[start : start + PORTION]])
                self._database.execute("DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))", (ids,))
            self._database.execute("DELETE FROM chats WHERE id = ?", (chat_id,))

    def _reserve(self, count: int) -> int:
        """The first of so many ids that no other message will get. A parent stays older than its child by them."""
        row = self._database.row("SELECT seq FROM sqlite_sequence WHERE name = 'messages'")
        if row is None:
            return 1  # there never was a message, so there is nothing to copy
        self._database.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'messages'", (row[0] + count,))
        return int(row[0]) + 1

    def _settle_files(self, chat_id: ChatId) -> None:
        """A file that is still being taken in: only its own message will learn what comes of that."""
        sql = "SELECT id, name FROM files WHERE chat_id = ? AND state = ?"
        for file_id, name in self._database.rows(sql, (chat_id, FileState.READING)):
            lost = error_values(AttachmentError(AttachmentCause.LOST, name))
            self._database.execute(
                "UPDATE files SET state = ?, error_code = ?, error_data = ? WHERE id = ?",
                (FileState.FAILED, *lost, file_id),
            )


def _branch(parent_of: dict[int, int], leaf: int) -> tuple[list[int], list[int]]:
    """From the root to `leaf`: the messages and their parents."""
    ids = []
    here = leaf
    while here:
        ids.append(here)
        here = parent_of[here]
    ids.reverse()
    return ids, [0, *ids[:-1]]
