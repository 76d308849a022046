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


def add_accounts_tools_and_files(connection: sqlite3.Connection) -> None:
    """Account, tools and effort of a chat; reasoning, times and sources of a message; files of both."""
    for column in ("account", "tools", "effort"):
        connection.execute(f"ALTER TABLE chats ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    for column in ("account", "reasoning", "sources", "state_id"):
        connection.execute(f"ALTER TABLE messages ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    for column in ("reasoning_s", "seconds"):
        connection.execute(f"ALTER TABLE messages ADD COLUMN {column} REAL")
    connection.execute("ALTER TABLE journal ADD COLUMN kind TEXT NOT NULL DEFAULT 'text'")
    connection.execute(
        """
        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            mime TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            digest TEXT NOT NULL,
            state TEXT NOT NULL,
            is_generated INTEGER NOT NULL,
            remote_id TEXT NOT NULL,
            remote_account TEXT NOT NULL,
            error_code TEXT,
            error_data TEXT
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX files_by_chat ON files (chat_id, message_id)")
    connection.execute("CREATE INDEX files_by_message ON files (message_id)")
    connection.execute("CREATE INDEX files_under_way ON files (id) WHERE state IN ('reading', 'uploading', 'loading')")


MIGRATIONS: tuple[Migration, ...] = (create_chats_and_messages, add_accounts_tools_and_files)
