"""How the database came to its present shape: one function a version, in order. Never change one that was released."""

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]

APPLICATION_ID = 0x47694465
"""Marks a SQLite file as ours ("GiDe")."""


def create_chats_and_messages(connection: sqlite3.Connection) -> None:
    """Chats over trees of messages, the journal of running replies, drafts."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(
        """
        CREATE TABLE chats (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            title_origin TEXT NOT NULL,
            created_at REAL NOT NULL,
            updated_at REAL NOT NULL,
            session_id TEXT NOT NULL,
            leaf_id INTEGER,
            model TEXT NOT NULL,
            is_unread INTEGER NOT NULL DEFAULT 0,
            deleted_at REAL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX chats_by_time ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL")
    connection.execute(
        """
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
            role TEXT NOT NULL,
            status TEXT NOT NULL,
            created_at REAL NOT NULL,
            model TEXT NOT NULL,
            finish_reason TEXT NOT NULL DEFAULT '',
            prompt_tokens INTEGER,
            completion_tokens INTEGER,
            total_tokens INTEGER,
            cached_tokens INTEGER,
            error_code TEXT,
            error_data TEXT,
            text TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX messages_by_parent ON messages (chat_id, parent_id)")
    connection.execute("CREATE INDEX messages_by_parent_alone ON messages (parent_id)")
    connection.execute("CREATE INDEX messages_unfinished ON messages (id) WHERE status IN ('queued', 'streaming')")
    connection.execute(
        """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY,
            message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX journal_by_message ON journal (message_id)")
    connection.execute(
        """
        CREATE TABLE drafts (
            chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) STRICT
        """
    )


MIGRATIONS: tuple[Migration, ...] = (create_chats_and_messages,)
