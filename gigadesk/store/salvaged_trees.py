"""Makes the rows that were saved out of a damaged database fit together again. Statements only."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

_NEW_CHATS = """
    SELECT chat_id, min(created_at), max(created_at) FROM (
        SELECT chat_id, created_at FROM messages
        UNION ALL SELECT chat_id, NULL FROM drafts
        UNION ALL SELECT chat_id, NULL FROM files WHERE message_id IS NULL
    ) WHERE chat_id NOT IN (SELECT id FROM chats) GROUP BY chat_id
"""
_STATEMENTS = """
    UPDATE messages SET shown_child_id = NULL WHERE shown_child_id NOT NULL AND NOT EXISTS
        (SELECT 1 FROM messages AS child WHERE child.id = messages.shown_child_id AND child.parent_id = messages.id);
    UPDATE messages SET deleted_at = NULL, deleted_with = NULL WHERE deleted_at IS NULL OR deleted_with IS NULL;
    UPDATE chats SET leaf_id = (SELECT max(id) FROM messages WHERE chat_id = chats.id AND deleted_at IS NULL)
        WHERE NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = chats.leaf_id AND messages.chat_id = chats.id
        AND messages.deleted_at IS NULL);
    UPDATE chats SET deleted_at = NULL, deleted_with = NULL WHERE deleted_with < 0;
    UPDATE folders SET deleted_at = NULL, deleted_with = NULL WHERE deleted_with < 0;
    UPDATE chats SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folders);
    UPDATE folders SET parent_id = NULL WHERE parent_id NOT NULL AND id NOT IN (
        WITH RECURSIVE inside (inside_id) AS (SELECT id FROM folders WHERE parent_id IS NULL
        UNION SELECT id FROM folders JOIN inside ON parent_id = inside_id) SELECT inside_id FROM inside);
    DELETE FROM files WHERE chat_id NOT IN (SELECT id FROM chats)
        OR message_id NOT NULL AND message_id NOT IN (SELECT id FROM messages);
    DELETE FROM journal WHERE message_id NOT IN (SELECT id FROM messages);
    DELETE FROM edits WHERE chat_id NOT IN (SELECT id FROM chats) OR message_id NOT IN (SELECT id FROM messages);
    DELETE FROM drafts WHERE chat_id NOT IN (SELECT id FROM chats);
"""
"""What is named must be there; then what belonged to a message or a chat that is lost goes.

What an import had hidden (see the migration `add_imports`) is shown: whether it was complete nobody knows any more, and
nobody would ever look for it; until it is seen or gone, the index of the search stands still, too.
"""


@dataclass(frozen=True, slots=True)
class Mended:
    """What had to be done."""

    new_chats: frozenset[int]
    """Chats of which only messages were found."""
    rehung: int
    """Messages that were given another parent."""


def mend(connection: sqlite3.Connection, new_session: Callable[[], str]) -> Mended:
    """Give every message a chat and a parent that are there, and every chat an end to show. Inside a transaction."""
    new_chats = connection.execute(_NEW_CHATS).fetchall()
    for chat_id, began_at, ended_at in new_chats:
        connection.execute(
            "INSERT INTO chats (id, title, title_origin, created_at, updated_at, session_id, model)"
            " VALUES (?, '', 'none', ?, ?, ?, '')",
            (chat_id, began_at or 0.0, ended_at or 0.0, new_session()),
        )
    # A parent is always older than its child, and in the same chat. The nearest older one takes the place of one that
    # is lost: the words stay in the order in which they were said.
    rehung = connection.execute(
        "UPDATE messages SET parent_id = (SELECT max(older.id) FROM messages AS older"
        " WHERE older.chat_id = messages.chat_id AND older.id < messages.id)"
        " WHERE parent_id NOT NULL AND NOT EXISTS (SELECT 1 FROM messages AS parent WHERE parent.id ="
        " messages.parent_id AND parent.chat_id = messages.chat_id AND parent.id < messages.id)"
    ).rowcount
    for statement in _STATEMENTS.split(";"):
        connection.execute(statement)
    return Mended(frozenset(row[0] for row in new_chats), rehung)
