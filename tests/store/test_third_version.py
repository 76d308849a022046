"""Files that the second version of the program wrote, brought to the third shape of the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.chat import ChatId, FileState, MessageId
from gigadesk.store import Store
from gigadesk.store.migrations import MIGRATIONS
from tests.store.test_second_version import FIRST_SHAPE, ROWS

# What the second version added; never to be changed.
SECOND_SHAPE = """
ALTER TABLE chats ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN tools TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN effort TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN reasoning TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN sources TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN state_id TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN reasoning_s REAL;
ALTER TABLE messages ADD COLUMN seconds REAL;
ALTER TABLE journal ADD COLUMN kind TEXT NOT NULL DEFAULT 'text';
CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE, name TEXT NOT NULL, kind TEXT NOT NULL,
    mime TEXT NOT NULL, size_bytes INTEGER NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL,
    is_generated INTEGER NOT NULL, remote_id TEXT NOT NULL, remote_account TEXT NOT NULL, error_code TEXT,
    error_data TEXT
) STRICT;
CREATE INDEX files_by_chat ON files (chat_id, message_id);
CREATE INDEX files_by_message ON files (message_id);
CREATE INDEX files_under_way ON files (id) WHERE state IN ('reading', 'uploading', 'loading');
PRAGMA user_version = 2;
"""
SECOND_ROWS = """
UPDATE chats SET leaf_id = 5 WHERE id = 1;
INSERT INTO files VALUES (1, 1, 4, 'a.png', 'image', 'image/png', 3, 'd1', 'ready', 0, 'r', 'acc', NULL, NULL);
INSERT INTO files VALUES (2, 1, NULL, 'b.png', 'image', 'image/png', 3, 'd2', 'kept', 0, '', '', NULL, NULL);
INSERT INTO messages (id, chat_id, parent_id, role, status, created_at, model, text)
    VALUES (6, 1, 3, 'user', 'done', 6.0, '', 'Elsewhere');
INSERT INTO messages (id, chat_id, parent_id, role, status, created_at, model, text)
    VALUES (7, 1, NULL, 'user', 'done', 7.0, '', 'Another beginning');
"""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "chats.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_SHAPE + ROWS + SECOND_SHAPE + SECOND_ROWS)
    return path


def test_everything_of_the_second_version_is_there(old_file):
    with closing(Store.open(old_file)) as store:
        [chat] = store.chats()
        assert [message.text for message in store.branch(chat.leaf_id)] == ["Вопрос", "Ответ", "Ещё", "abc"]
        assert store.siblings(MessageId(2)) == (2, 3)
        assert store.outline(chat.id, chat.leaf_id).versions == {1: (1, 7), 2: (2, 3), 3: (2, 3), 7: (1, 7)}
        [attached] = store.message(MessageId(4)).files
        assert (attached.name, attached.state, attached.remote_id) == ("a.png", FileState.READY, "r")
        assert [file.name for file in store.draft_files(chat.id)] == ["b.png"]
        assert (store.draft(chat.id), store.edited(chat.id)) == ("черновик", None)
        assert not any(store.is_message_deleted(MessageId(number)) for number in range(1, 8))


def test_the_way_that_was_shown_is_known(old_file):
    with closing(Store.open(old_file)) as store:
        # Not through 3 to 6, the newest of what is below, but to where the chat was left.
        assert store.shown_leaf(MessageId(1)) == 5
        store.delete_message(MessageId(1), 9.0)
        store.restore_message(MessageId(1))
        assert store.chat(ChatId(1)).leaf_id == 5


def test_an_old_file_and_a_new_one_have_the_same_shape(old_file, tmp_path):
    Store.open(old_file).close()
    Store.open(tmp_path / "new" / "chats.db").close()

    def shape(path: Path) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchall() == [(len(MIGRATIONS),)]
            names = [
                row[0]
                for row in connection.execute(
                    "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
                )
            ]
            found: list[tuple[object, ...]] = []
            for name in names:
                found += [(name, *row) for row in connection.execute(f"PRAGMA table_info({name})")]
                found += [(name, *row) for row in connection.execute(f"PRAGMA index_xinfo({name})")]
            return found

    assert shape(old_file) == shape(tmp_path / "new" / "chats.db")
