"""A library of chats, and the ways in which a disk spoils its file."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState, Status
from gigadesk.store import Store, TitleOrigin

CHATS, TURNS = 12, 14
PAGE = 4096


def fill_library(path: Path) -> None:
    """Chats with short and long texts, a draft, an edit, another version, a file, something in the trash."""
    dice = random.Random(5)
    store = Store.open(path)
    for number in range(CHATS):
        chat_id = store.add_chat(f"session-{number}", 1e9 + number)
        store.set_title(chat_id, f"Чат {number}", TitleOrigin.USER)
        for turn in range(TURNS):
            add_turn(store, chat_id, f"q{number}.{turn} ", f"a{number}.{turn} ", dice)
    store.set_draft(ChatId(3), "черновик")
    leaf = store.chat(ChatId(4)).leaf_id
    assert leaf is not None
    question = store.message(leaf).parent_id
    assert question is not None
    store.begin_edit(question)
    store.set_draft(ChatId(4), "правка")
    store.add_file(ChatFile(FileId(0), ChatId(5), "f.png", FileKind.IMAGE, "m", 1, FileState.KEPT, "d"))
    store.places.delete([ChatId(6)], 2e9)
    store.close()


def add_turn(store: Store, chat_id: ChatId, question: str, answer: str, dice: random.Random) -> None:
    exchange = store.add_exchange(chat_id, question + "слово " * dice.choice([1, 20, 300]), 1e9, first_title="")
    text = answer + "ответ " * dice.choice([1, 50, 900, 2500])
    store.finish_reply(replace(exchange.reply, text=text, status=Status.DONE), 1e9, is_unread=False)


def texts(path: Path) -> dict[int, str]:
    """The text of each message."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT id, text FROM messages"))


def pages_of(path: Path, name: str, kind: str = "leaf") -> list[int]:
    """The numbers of the leaf pages (or inner ones) of a table or an index."""
    with closing(sqlite3.connect(path)) as connection:
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchall()
    content = path.read_bytes()
    waiting, leaves, inner = [root], [], []
    while waiting:
        number = waiting.pop()
        page = content[(number - 1) * PAGE : number * PAGE]
        if page[0] in (0x0D, 0x0A):
            leaves.append(number)
            continue
        inner.append(number)
        count = int.from_bytes(page[3:5], "big")
        places = [int.from_bytes(page[12 + 2 * each : 14 + 2 * each], "big") for each in range(count)]
        waiting += [int.from_bytes(page[place : place + 4], "big") for place in places]
        waiting.append(int.from_bytes(page[8:12], "big"))
    return leaves if kind == "leaf" else inner


Damage = Callable[[Path], None]


def overwrite(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(content)


def zero_page(number: int) -> Damage:
    return lambda path: overwrite(path, (number - 1) * PAGE, bytes(PAGE))


def garbage_page(number: int) -> Damage:
    return lambda path: overwrite(path, (number - 1) * PAGE, random.Random(number).randbytes(PAGE))


def garbage_sector(number: int) -> Damage:
    """Half a thousand bytes in the middle of a page: a torn write."""
    return lambda path: overwrite(path, (number - 1) * PAGE + 1024, random.Random(number).randbytes(512))


def cut(share: float) -> Damage:
    def damage(path: Path) -> None:
        with path.open("r+b") as file:
            file.truncate(int(path.stat().st_size * share))

    return damage


def flip(place: int, bit: int = 0) -> Damage:
    def damage(path: Path) -> None:
        byte = path.read_bytes()[place]
        overwrite(path, place, bytes([byte ^ 1 << bit]))

    return damage


def swap_pages(one: int, other: int) -> Damage:
    def damage(path: Path) -> None:
        content = path.read_bytes()
        parts = [content[(number - 1) * PAGE : number * PAGE] for number in (one, other)]
        overwrite(path, (one - 1) * PAGE, parts[1])
        overwrite(path, (other - 1) * PAGE, parts[0])

    return damage
