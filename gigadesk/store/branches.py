"""The branches of a chat for a map of them: numbers of all messages, and the first words of some."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gigadesk.chat import ChatId, MessageId, Role
from gigadesk.store.database import Database
from gigadesk.store.rows import role_from, time_from

BEGINNING_CHARS = 200


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a message begins with."""

    id: MessageId
    role: Role
    text: str
    """At most `BEGINNING_CHARS` of it."""
    model: str
    created_at: float
    file_name: str
    """Of its first file; empty without one."""


class BranchReader:
    """Reads only. What is in the trash is not there."""

    def __init__(self, database: Database, tree: Callable[[ChatId], tuple[list[int], list[int]]]) -> None:
        self._database = database
        self._tree = tree

    def tree(self, chat_id: ChatId) -> tuple[list[int], list[int]]:
        """The ids of all messages, ascending, and of their parents (0 for none)."""
        sql = "SELECT 1 FROM messages WHERE chat_id = ? AND deleted_at IS NULL LIMIT 1"
        return self._tree(chat_id) if self._database.row(sql, (chat_id,)) is not None else ([], [])

    def shown_children(self, message_ids: Sequence[int]) -> dict[int, int]:
        """Which child was shown last below each of these messages."""
        sql = (
            "SELECT messages.id, shown_child_id FROM json_each(?) CROSS JOIN messages ON messages.id = value"
            " WHERE shown_child_id NOT NULL"
        )
        return dict(self._database.rows(sql, (json.dumps(message_ids),)))

    def beginnings(self, message_ids: Sequence[MessageId]) -> dict[MessageId, Beginning]:
        """What these messages begin with."""
        sql = (
            "SELECT messages.id, role, substr(text, 1, ?), model, created_at,"
            " coalesce((SELECT name FROM files WHERE message_id = messages.id ORDER BY files.id LIMIT 1), '')"
            " FROM json_each(?) CROSS JOIN messages ON messages.id = value"
        )
        rows = self._database.rows(sql, (BEGINNING_CHARS, json.dumps(message_ids)))
        return {row[0]: Beginning(row[0], role_from(row[1]), row[2], row[3], time_from(row[4]), row[5]) for row in rows}
