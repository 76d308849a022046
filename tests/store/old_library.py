"""Libraries as earlier versions left them, with as many chats as a test asks for."""

import sqlite3
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHAPES = sorted(Path(__file__).with_name("shapes").glob("*.sql"))
TURNS = 20


def make_old(path: Path, version: int, chats: int = 60) -> None:
    """A file of this version: what is in `shapes`, and chats of twenty messages with a sentence each."""
    [shape] = [each for each in SHAPES if int(each.stem) == version]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(shape.read_text(encoding="utf-8"))
        columns = [row[1] for row in connection.execute("PRAGMA table_info(messages)")]
        model = connection.execute("SELECT * FROM messages WHERE parent_id IS NULL LIMIT 1").fetchone()
        place = {name: number for number, name in enumerate(columns)}
        row = list(model)
        insert = f"INSERT INTO messages VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
        [(message_id, first)] = connection.execute("SELECT max(id), (SELECT max(id) FROM chats) FROM messages")
        for chat_id in range(first + 1, first + chats + 1):
            connection.execute(
                "INSERT INTO chats (id, title, title_origin, created_at, updated_at, session_id, model)"
                " VALUES (?, ?, 'user', ?, ?, 's', '')",
                (chat_id, f"Chat {chat_id}", 1.6e9 + chat_id, 1.6e9 + chat_id),
            )
            parent = None
            for turn in range(TURNS):
                message_id += 1
                row[place["id"]], row[place["chat_id"]], row[place["parent_id"]] = message_id, chat_id, parent
                row[place["role"]], row[place["status"]] = "assistant" if turn % 2 else "user", "done"
                row[place["text"]] = f"{message_id} said the договор {turn} and went on. " * 10
                connection.execute(insert, row)
                parent = message_id
            connection.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (parent, chat_id))
        connection.commit()


def said(path: Path) -> list[tuple[int, str]]:
    """Every message."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT id, text FROM messages ORDER BY id").fetchall()
