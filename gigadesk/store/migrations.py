"""How the database came to its present shape: one function a version, in order. Never change one that was released."""

import sqlite3
from collections.abc import Callable

from gigadesk.store.search_shape import number_what_is_searched_by_messages

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


def add_trash_ways_and_edits(connection: sqlite3.Connection) -> None:
    """The trash of messages, which child of a message is shown, and the edit of an earlier question.

    A message takes all below it into the trash: each of these rows has the same `deleted_at` and, as `deleted_with`,
    the id of the message that was deleted. So whatever reads live messages asks for `deleted_at IS NULL`, the trash is
    listed by `id = deleted_with`, and one update brings all of it back. A live message has no ancestor in the trash.

    `shown_child_id` says which child was shown last below a message: followed from any message it leads to the end of
    the branch that was seen there. It may name a child that is in the trash, or gone: then the newest one is meant.

    An edit is to a question that was sent what the draft is to one that was not. Its files have no message, as those of
    the draft, but `is_of_edit`.
    """
    connection.execute("ALTER TABLE messages ADD COLUMN deleted_at REAL")
    connection.execute("ALTER TABLE messages ADD COLUMN deleted_with INTEGER")
    connection.execute("ALTER TABLE messages ADD COLUMN shown_child_id INTEGER")
    connection.execute("DROP INDEX messages_by_parent")
    connection.execute("CREATE INDEX messages_by_parent ON messages (chat_id, parent_id, deleted_at)")
    connection.execute("CREATE INDEX messages_in_trash ON messages (deleted_with) WHERE deleted_with NOT NULL")
    connection.execute(
        """
        WITH RECURSIVE branch (branch_id, next_id) AS (
            SELECT messages.id, messages.parent_id FROM chats JOIN messages ON messages.id = chats.leaf_id
            UNION ALL
            SELECT id, parent_id FROM messages JOIN branch ON id = next_id AND id < branch_id
        )
        UPDATE messages SET shown_child_id = branch_id FROM branch WHERE id = next_id
        """
    )
    connection.execute(
        """
        CREATE TABLE edits (
            chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE,
            message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX edits_by_message ON edits (message_id)")
    connection.execute("ALTER TABLE files ADD COLUMN is_of_edit INTEGER NOT NULL DEFAULT 0")


def add_folders_pins_and_archive(connection: sqlite3.Connection) -> None:
    """Folders in folders; where a chat stands: pinned, archived, in a folder; how a folder went to the trash.

    A folder takes all below it into the trash: each of these folders and chats has the same `deleted_at` and, as
    `deleted_with`, the id of the folder that was deleted, as with messages. A chat that was deleted by itself has
    none; a folder that was deleted by itself has its own id.

    The list is read from its indexes, page by page: `chats_listed` are the chats under the headings of days,
    `chats_pinned` those above them, `chats_in_folder` those of a folder, each newest first.
    """
    connection.execute(
        """
        CREATE TABLE folders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            parent_id INTEGER REFERENCES folders (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            color TEXT NOT NULL DEFAULT '',
            position REAL NOT NULL,
            created_at REAL NOT NULL,
            deleted_at REAL,
            deleted_with INTEGER
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX folders_by_parent ON folders (parent_id, position)")
    connection.execute("ALTER TABLE chats ADD COLUMN folder_id INTEGER REFERENCES folders (id) ON DELETE SET NULL")
    connection.execute("ALTER TABLE chats ADD COLUMN pinned_at REAL")
    connection.execute("ALTER TABLE chats ADD COLUMN archived_at REAL")
    connection.execute("ALTER TABLE chats ADD COLUMN deleted_with INTEGER")
    connection.execute(
        "CREATE INDEX chats_listed ON chats (updated_at DESC, id DESC)"
        " WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at IS NULL AND folder_id IS NULL"
    )
    connection.execute(
        "CREATE INDEX chats_pinned ON chats (updated_at DESC, id DESC)"
        " WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at NOT NULL"
    )
    connection.execute(
        "CREATE INDEX chats_in_folder ON chats (folder_id, updated_at DESC, id DESC)"
        " WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at IS NULL AND folder_id NOT NULL"
    )
    connection.execute(
        "CREATE INDEX chats_archived ON chats (updated_at DESC, id DESC)"
        " WHERE deleted_at IS NULL AND archived_at NOT NULL"
    )
    connection.execute("CREATE INDEX chats_in_trash ON chats (deleted_at DESC, id DESC) WHERE deleted_at NOT NULL")
    connection.execute("CREATE INDEX chats_unsaid ON chats (updated_at DESC, id DESC) WHERE leaf_id IS NULL")


def add_imports(connection: sqlite3.Connection) -> None:
    """What was imported, and from where.

    An import is written in many short transactions, so that the window and running answers go on. Until its last one
    its chats and folders are hidden: they have a `deleted_at`, and as `deleted_with` the id of the import, negative.
    `state` is `writing`, then `showing` (it has happened: what is still hidden will be shown), then `done`.

    `import_keys` tells by what an imported chat is recognised when its file comes again, and what was in it.
    """
    connection.execute(
        """
        CREATE TABLE imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at REAL NOT NULL,
            state TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE import_keys (
            key TEXT NOT NULL,
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            content TEXT NOT NULL,
            PRIMARY KEY (key, chat_id)
        ) STRICT, WITHOUT ROWID
        """
    )
    connection.execute("CREATE INDEX import_keys_by_chat ON import_keys (chat_id)")
    connection.execute("CREATE INDEX chats_by_session ON chats (session_id)")
    connection.execute("CREATE INDEX chats_hidden ON chats (deleted_with) WHERE deleted_with < 0")
    connection.execute("CREATE INDEX folders_hidden ON folders (deleted_with) WHERE deleted_with < 0")


def add_search(connection: sqlite3.Connection) -> None:
    """The index of the search. Making it is instant: what is there already is taken up later, bit by bit.

    `search_index` holds the terms of messages and nothing else; its rows are numbered by time (`search_rows`), so the
    newest come first by themselves, also from an import. `search_words` are the words that were seen, for what is being
    typed and for typing errors; a word of weight n was seen about 2**n times. `search_names` has titles of chats
    (twice their id) and names of files (twice their id, plus one).

    What is to be taken up is put into `search_queue` and `search_name_queue` by triggers; of the messages that were
    there before, it is those up to `search_state.next_old`. To take a message out of the index its words must be known:
    so a trigger keeps them in `search_gone` when it changes or goes, until that has happened.
    """
    connection.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "terms, content = '', detail = none, columnsize = 0, tokenize = \"ascii tokenchars ':+'\")"
    )
    # Merged in slices of our own: SQLite's would come in the middle of a commit.
    connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0)")
    connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('crisismerge', 200)")
    connection.execute(
        "CREATE TABLE search_rows (place INTEGER PRIMARY KEY, message_id INTEGER NOT NULL, has_file INTEGER NOT NULL)"
        " STRICT"
    )
    connection.execute("CREATE UNIQUE INDEX search_rows_by_message ON search_rows (message_id)")
    connection.execute(
        "CREATE TABLE search_words (word TEXT PRIMARY KEY, weight INTEGER NOT NULL) STRICT, WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX search_words_common ON search_words (word, weight) WHERE weight >= 5")
    connection.execute("CREATE VIRTUAL TABLE search_names USING fts5(terms, tokenize = \"ascii tokenchars ':+'\")")
    connection.execute("CREATE TABLE search_queue (message_id INTEGER PRIMARY KEY) STRICT")
    connection.execute(
        "CREATE TABLE search_gone (place INTEGER PRIMARY KEY, has_file INTEGER NOT NULL, text TEXT NOT NULL,"
        " reasoning TEXT NOT NULL, role TEXT NOT NULL, model TEXT NOT NULL) STRICT"
    )
    connection.execute("CREATE TABLE search_name_queue (name_id INTEGER PRIMARY KEY) STRICT")
    connection.execute(
        """
        CREATE TABLE search_state (
            fingerprint INTEGER NOT NULL,
            next_old INTEGER NOT NULL,
            next_old_chat INTEGER NOT NULL,
            next_old_file INTEGER NOT NULL,
            must_purge INTEGER NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        "INSERT INTO search_state SELECT 0, (SELECT coalesce(max(id), 0) FROM messages),"
        " (SELECT coalesce(max(id), 0) FROM chats), (SELECT coalesce(max(id), 0) FROM files), 0"
    )
    is_ended = "NEW.status NOT IN ('queued', 'streaming')"
    is_other = "(OLD.text, OLD.reasoning, OLD.role, OLD.model) IS NOT (NEW.text, NEW.reasoning, NEW.role, NEW.model)"
    is_in_index = "EXISTS (SELECT 1 FROM search_rows WHERE message_id = OLD.id)"
    queue = "INSERT OR IGNORE INTO search_queue VALUES (NEW.id)"
    forget = (
        "INSERT INTO search_gone SELECT place, has_file, OLD.text, OLD.reasoning, OLD.role, OLD.model"
        " FROM search_rows WHERE message_id = OLD.id; DELETE FROM search_rows WHERE message_id = OLD.id"
    )
    for name, event, action in (
        ("message_added", f"INSERT ON messages WHEN {is_ended}", queue),
        ("message_ended", f"UPDATE OF text, reasoning, status ON messages WHEN {is_ended}", queue),
        (
            "message_changed",
            f"UPDATE OF text, reasoning, role, model ON messages WHEN {is_other} AND {is_in_index}",
            forget,
        ),
        ("message_gone", f"DELETE ON messages WHEN {is_in_index}", forget),
        ("message_gone_unseen", "DELETE ON messages", "DELETE FROM search_queue WHERE message_id = OLD.id"),
        ("chat_added", "INSERT ON chats", "INSERT OR IGNORE INTO search_name_queue VALUES (2 * NEW.id)"),
        (
            "chat_renamed",
            "UPDATE OF title ON chats WHEN OLD.title != NEW.title",
            "INSERT OR IGNORE INTO search_name_queue VALUES (2 * NEW.id)",
        ),
        # The index itself is out of reach for triggers: a schema is not trusted with virtual tables.
        ("chat_gone", "DELETE ON chats", "INSERT OR IGNORE INTO search_name_queue VALUES (2 * OLD.id)"),
        ("file_added", "INSERT ON files", "INSERT OR IGNORE INTO search_name_queue VALUES (2 * NEW.id + 1)"),
        (
            "file_given",
            "UPDATE OF message_id, name ON files",
            "INSERT OR IGNORE INTO search_name_queue VALUES (2 * NEW.id + 1)",
        ),
        ("file_gone", "DELETE ON files", "INSERT OR IGNORE INTO search_name_queue VALUES (2 * OLD.id + 1)"),
    ):
        connection.execute(f"CREATE TRIGGER search_{name} AFTER {event} BEGIN {action}; END")


def note_what_is_forgotten(connection: sqlite3.Connection) -> None:
    """What was deleted for ever has to go from the snapshots, too: each row that is really deleted is noted."""
    connection.execute(
        """
        CREATE TABLE forgotten (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            id INTEGER NOT NULL,
            created_at REAL NOT NULL
        ) STRICT
        """
    )
    for table, kind in (("chats", "chat"), ("messages", "message")):
        connection.execute(
            f"CREATE TRIGGER forget_{kind} AFTER DELETE ON {table} BEGIN INSERT INTO forgotten (kind, id, created_at)"  # noqa: S608
            f" VALUES ('{kind}', old.id, old.created_at); END"
        )


MIGRATIONS: tuple[Migration, ...] = (
    create_chats_and_messages,
    add_accounts_tools_and_files,
    add_trash_ways_and_edits,
    add_folders_pins_and_archive,
    add_imports,
    add_search,
    note_what_is_forgotten,
    number_what_is_searched_by_messages,
)
