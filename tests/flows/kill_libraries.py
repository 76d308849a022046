"""Data folders for the program that is to be killed, and what has to be true of one whatever happened to it."""

import base64
import json
import shutil
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from gigadesk.attachments import Shelf
from gigadesk.chat import ChatId, MessageId
from gigadesk.data_desk import STORE_NAME
from gigadesk.exchange.records import ChatRecord, FileRecord, MessageRecord
from gigadesk.session import FILES_NAME
from gigadesk.store import Store
from gigadesk.store.checking import open_still
from gigadesk.store.snapshots import Snapshots
from tests.flows.kill_stories import DOOMED

KEPT_CHATS, DOOMED_CHATS, MESSAGES = 4, 24, 160
IMPORTED_CHATS, IMPORTED_MESSAGES = 120, 12
NOW = 1_790_000_000.0


def canary(title: str, number: int) -> str:
    """A word that stands in one message and nowhere else."""
    return f"{title.replace(' ', '')}x{number}canary"


def text_of(title: str, number: int) -> str:
    return f"{canary(title, number)} " + "Сказано давно and not forgotten. " * 8


def picture(number: int) -> bytes:
    """A PNG of one pixel, with a colour of its own."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    pixel = zlib.compress(b"\0" + number.to_bytes(3, "big"))
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def make_library(folder: Path) -> None:
    """Some chats to be kept and some to be deleted, each with a file; the search knows none of them yet."""
    shelf = Shelf(folder / FILES_NAME)
    titles = [f"kept {number}" for number in range(KEPT_CHATS)] + [f"{DOOMED} {i}" for i in range(DOOMED_CHATS)]
    with closing(Store.open(folder / STORE_NAME)) as store:
        writer = store.imports.writer
        import_id = store.imports.begin(NOW)
        for place, title in enumerate(titles):
            kept = shelf.take_in(picture(place), "a.png")
            file = FileRecord("a.png", kept.kind, kept.mime, kept.size_bytes, kept.digest)
            chat = ChatRecord(title, "user", NOW, NOW + place, title, shown=MESSAGES)
            ids: dict[int, int | None] = {}
            with store.imports.portion():
                chat_id = writer.insert_chat(import_id, chat, None, title, "", NOW)
                for number in range(1, MESSAGES + 1):
                    role = "user" if number % 2 else "assistant"
                    record = MessageRecord(
                        *(number, number - 1 or None, role, "done", NOW + number, text_of(title, number)),
                        files=(file,) if number == 1 else (),
                    )
                    ids[number] = writer.insert_message(chat_id, record, ids, {kept.digest})
                writer.finish_chat(chat_id, chat, ids, (), {kept.digest})
        store.imports.show(import_id)
        while store.imports.reveal(import_id):
            pass


def make_old_library(folder: Path, shape: Path, messages: int) -> None:
    """What an earlier version left, with many more messages."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / STORE_NAME)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL;" + shape.read_text(encoding="utf-8"))
        names = [row[1] for row in connection.execute("PRAGMA table_info(messages)") if row[1] not in {"id", "text"}]
        connection.executemany(
            f"INSERT INTO messages (id, text, {', '.join(names)}) SELECT ?, ?, {', '.join(names)}"  # noqa: S608
            " FROM messages WHERE id = 2",
            [(number, text_of("old", number)) for number in range(1000, 1000 + messages)],
        )
        connection.commit()


def write_file_to_import(path: Path, name: str) -> None:
    """As Open WebUI exports chats, each with a picture."""
    chats = []
    for each in range(IMPORTED_CHATS):
        title = f"{name} {each}"
        content = base64.b64encode(picture(zlib.crc32(title.encode()) & 0xFFFFFF)).decode()
        messages = {
            f"m{number}": {
                "id": f"m{number}",
                "parentId": f"m{number - 1}" if number > 1 else None,
                "childrenIds": [f"m{number + 1}"] if number < IMPORTED_MESSAGES else [],
                "role": "user" if number % 2 else "assistant",
                "content": text_of(title, number),
                "timestamp": NOW + number,
                "files": [{"type": "image", "url": f"data:image/png;base64,{content}"}] if number == 1 else [],
            }
            for number in range(1, IMPORTED_MESSAGES + 1)
        }
        history = {"currentId": f"m{IMPORTED_MESSAGES}", "messages": messages}
        chats.append({"id": title, "title": title, "created_at": NOW, "chat": {"title": title, "history": history}})
    path.write_text(json.dumps(chats, ensure_ascii=False), encoding="utf-8")


# Looking at what is left


@contextmanager
def opened_copy(folder: Path, copy: Path) -> Iterator[Store]:
    """A store over a copy of a data folder: what the next start will find stays as the kill has left it."""
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("logs", "*.sock"))
    try:
        check_snapshots(copy)
        check_whole(copy / STORE_NAME)
        with closing(Store.open(copy / STORE_NAME)) as store:
            check_whole(copy / STORE_NAME)
            database = store._database
            assert database.rows("PRAGMA foreign_key_check") == []
            assert database.rows("SELECT count(*) FROM messages WHERE status IN ('queued', 'streaming')") == [(0,)]
            assert database.rows("SELECT count(*) FROM journal") == [(0,)]
            yield store
    finally:
        shutil.rmtree(copy)


def check_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def check_snapshots(folder: Path) -> None:
    """What is called a snapshot is one, and what is half a one can be told from it."""
    snapshots = Snapshots(folder / STORE_NAME)
    for each in snapshots.all():
        with closing(open_still(each.path)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)], f"{each.path.name} is not whole"
    snapshots.sweep()
    known = {each.path for each in snapshots.all()}
    assert set(snapshots.folder.iterdir() if snapshots.folder.exists() else ()) == known


def check_shelf(folder: Path) -> None:
    """After the program has cleared up: the files that something names, whole, and no other; no spool of an import."""
    with closing(Store.open(folder / STORE_NAME)) as store:
        named = store.digests()
    shelf = Shelf(folder / FILES_NAME)
    kept = {path.name for path in shelf.folder.iterdir()} if shelf.folder.exists() else set()
    of_snapshots: set[str] = set()
    for each in Snapshots(folder / STORE_NAME).all():
        with closing(open_still(each.path)) as connection:
            of_snapshots |= {row[0] for row in connection.execute("SELECT digest FROM files WHERE digest <> ''")}
    assert named <= kept, "a file of a message is lost"
    assert kept <= named | of_snapshots, "a file is kept that nothing names"
    assert not list((folder / "imports").glob("*")), "the spool of an import is left"


def live_titles(store: Store) -> dict[str, ChatId]:
    """What the list of chats shows, and the archive."""
    rows = store._database.rows("SELECT title, id FROM chats WHERE deleted_at IS NULL")
    return {title: ChatId(chat_id) for title, chat_id in rows}


def check_chat(store: Store, chat_id: ChatId, title: str, count: int) -> None:
    """All its messages are there, with their texts and their file."""
    messages = store.branch(store.chat(chat_id).leaf_id)
    assert [message.text.split(" ")[0] for message in messages[:count]] == [
        canary(title, number) for number in range(1, count + 1)
    ]
    assert all(message.text.strip() == text_of(title, at).strip() for at, message in enumerate(messages[:count], 1))
    [file] = messages[0].files
    assert store.path is not None
    assert Shelf(store.path.parent / FILES_NAME).has(file.digest), "the file of a message is lost"


def holds(store: Store, shown: dict[int, str]) -> bool:
    """Whether everything that was shown is there."""
    found = dict(store._database.rows("SELECT id, text FROM messages"))
    return all(found.get(MessageId(message_id), "").startswith(text) for message_id, text in shown.items())
