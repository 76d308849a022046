"""Files that the first version of the program wrote, brought to the second shape of the database."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.chat import ChatId, MessageId, Role, Status, Usage
from gigadesk.errors import NetworkCause, NetworkError
from gigadesk.store import JournalKind, Store, database
from gigadesk.store.migrations import APPLICATION_ID, MIGRATIONS

# As the first version made it; never to be changed.
FIRST_SHAPE = f"""
PRAGMA application_id = {APPLICATION_ID};
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, title_origin TEXT NOT NULL, created_at REAL NOT NULL,
    updated_at REAL NOT NULL, session_id TEXT NOT NULL, leaf_id INTEGER, model TEXT NOT NULL,
    is_unread INTEGER NOT NULL DEFAULT 0, deleted_at REAL
) STRICT;
CREATE INDEX chats_by_time ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE, role TEXT NOT NULL, status TEXT NOT NULL,
    created_at REAL NOT NULL, model TEXT NOT NULL, finish_reason TEXT NOT NULL DEFAULT '', prompt_tokens INTEGER,
    completion_tokens INTEGER, total_tokens INTEGER, cached_tokens INTEGER, error_code TEXT, error_data TEXT,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX messages_by_parent ON messages (chat_id, parent_id);
CREATE INDEX messages_by_parent_alone ON messages (parent_id);
CREATE INDEX messages_unfinished ON messages (id) WHERE status IN ('queued', 'streaming');
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, text TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_message ON journal (message_id);
CREATE TABLE drafts (
    chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE, text TEXT NOT NULL
) STRICT;
PRAGMA user_version = 1;
"""
ROWS = """
INSERT INTO chats VALUES (1, 'Первый', 'user', 1.0, 5.0, 's-1', 4, 'GigaChat-2', 1, NULL);
INSERT INTO chats VALUES (2, 'Trash', 'model', 1.0, 2.0, 's-2', NULL, '', 0, 3.0);
INSERT INTO messages VALUES (1, 1, NULL, 'user', 'done', 1.0, '', '', NULL, NULL, NULL, NULL, NULL, NULL, 'Вопрос');
INSERT INTO messages VALUES (2, 1, 1, 'assistant', 'done', 2.0, 'M', 'stop', 1, 2, 3, 4, NULL, NULL, 'Ответ');
INSERT INTO messages VALUES (3, 1, 1, 'assistant', 'failed', 3.0, 'M', '', NULL, NULL, NULL, NULL, 'network',
    '{"detail": "x", "cause": "reset", "host": "h"}', 'Hal');
INSERT INTO messages VALUES (4, 1, 2, 'user', 'done', 4.0, '', '', NULL, NULL, NULL, NULL, NULL, NULL, 'Ещё');
INSERT INTO messages VALUES (5, 1, 4, 'assistant', 'streaming', 5.0, 'M', '', NULL, NULL, NULL, NULL, NULL, NULL, 'a');
INSERT INTO journal VALUES (1, 5, 'b'), (2, 5, 'c');
INSERT INTO drafts VALUES (1, 'черновик');
"""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "chats.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(FIRST_SHAPE + ROWS)
    return path


def test_everything_of_the_first_version_is_there(old_file):
    with closing(Store.open(old_file)) as store:
        [chat] = store.chats()
        assert (chat.id, chat.title, chat.model, chat.is_unread) == (1, "Первый", "GigaChat-2", True)
        assert chat.session_id == "s-1"
        assert (chat.account, chat.tools, chat.effort) == ("", (), None)
        assert store.draft(ChatId(1)) == "черновик"
        assert store.is_deleted(ChatId(2))
        question, answer, again = store.branch(chat.leaf_id)
        assert [question.text, answer.text, again.text] == ["Вопрос", "Ответ", "Ещё"]
        assert [each.role for each in (question, answer)] == [Role.USER, Role.ASSISTANT]
        assert answer.usage == Usage(1, 2, 3, 4)
        assert (answer.reasoning, answer.reasoning_s, answer.seconds) == ("", None, None)
        assert (answer.files, answer.sources) == ((), ())
        assert (answer.state_id, answer.account) == ("", "")
        failed = store.message(MessageId(3))
        assert isinstance(failed.error, NetworkError)
        assert failed.error.cause is NetworkCause.RESET
        cut = store.message(MessageId(5))
        assert (cut.text, cut.reasoning, cut.status) == ("abc", "", Status.STOPPED)


def test_the_file_as_it_was_lies_beside_it(old_file):
    Store.open(old_file).close()

    [snapshot] = (old_file.parent / "snapshots").iterdir()
    assert stat.S_IMODE(snapshot.stat().st_mode) & 0o077 == 0
    with closing(sqlite3.connect(snapshot)) as connection:
        assert connection.execute("PRAGMA user_version").fetchall() == [(1,)]
        assert connection.execute("SELECT text FROM journal ORDER BY id").fetchall() == [("b",), ("c",)]


def test_a_step_that_fails_leaves_the_old_file(old_file, monkeypatch):
    def fail_at_the_end(connection: sqlite3.Connection) -> None:
        MIGRATIONS[1](connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.open_file(old_file, [MIGRATIONS[0], fail_at_the_end])

    with closing(sqlite3.connect(old_file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchall() == [(1,)]
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'files'").fetchall() == []
    test_everything_of_the_first_version_is_there(old_file)


def test_an_old_file_and_a_new_one_have_the_same_shape(old_file, tmp_path):
    Store.open(old_file).close()
    Store.open(tmp_path / "new" / "chats.db").close()

    def shape(path: Path) -> dict[str, list[tuple[object, ...]]]:
        with closing(sqlite3.connect(path)) as connection:
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            names = [row[0] for row in connection.execute(tables)]
            return {name: connection.execute(f"PRAGMA table_info({name})").fetchall() for name in sorted(names)}

    assert shape(old_file) == shape(tmp_path / "new" / "chats.db")


def test_what_is_written_afterwards_is_read_back(old_file):
    with closing(Store.open(old_file)) as store:
        store.append(MessageId(5), "thought", JournalKind.REASONING, is_barrier=True)
    with closing(Store.open(old_file)) as store:
        assert store.message(MessageId(5)).reasoning == "thought"
