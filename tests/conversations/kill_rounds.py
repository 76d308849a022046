"""Kills work on a library at random moments, many times a second, and looks at what is left.

One process imports everything and forks for each round. `python -m tests.conversations.kill_rounds 500` runs so many
rounds of each kind and prints a line of JSON for each kind.
"""

import asyncio
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from gigadesk.chat import ChatId, MessageId, Status
from gigadesk.exchange.records import ChatRecord, MessageRecord
from gigadesk.kept import SnapshotReason
from gigadesk.store import Store, TitleOrigin
from gigadesk.store.snapshots import Snapshots
from tests.conversations import kill_driver
from tests.store.test_second_version import FIRST_SHAPE, ROWS

CHATS, TURNS = 12, 6


class Round:
    """What one kind of work is: `prepare` once, `work` in the process that is killed, `check` what is left."""

    def __init__(self, prepare: Callable[[Path], None], work: Callable[[Path, int], None], check: Callable) -> None:
        self.prepare, self.work, self.check = prepare, work, check


def tell(*said: object) -> None:
    # At once and past all buffers: after a kill nothing may be missing here.
    os.write(1, json.dumps(said).encode() + b"\n")


# Streaming: the real conversations, see `kill_driver`


def stream(path: Path, seed: int) -> None:
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    asyncio.run(kill_driver.main(path, seed))


def check_stream(store: Store, said: list[list]) -> None:
    shown: dict[int, str] = defaultdict(str)
    for message_id, text in said:
        shown[message_id] += text
    for message_id, text in shown.items():
        message = store.message(MessageId(abs(message_id)))
        assert (message.text if message_id > 0 else message.reasoning).startswith(text), "a shown text is lost"
        assert message.status in (Status.DONE, Status.STOPPED)


# Migrating: a file of the first version


def make_first_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL;" + FIRST_SHAPE + ROWS)
        for number in range(10, 400):
            connection.execute(
                "INSERT INTO messages SELECT ?, chat_id, 4, role, status, created_at, model, finish_reason, NULL, NULL,"
                " NULL, NULL, NULL, NULL, ? FROM messages WHERE id = 2",
                (number, f"text {number} " * 50),
            )
        connection.commit()


def migrate(path: Path, seed: int) -> None:
    Store.open(path).close()


def check_migrated(store: Store, said: list[list]) -> None:
    assert store._database.row("SELECT count(*) FROM messages") == (395,)
    assert store.message(MessageId(399)).text == "text 399 " * 50
    assert store.message(MessageId(5)).text == "abc"
    assert store.draft(ChatId(1)) == "черновик"


# Importing


def make_library(path: Path) -> None:
    store = Store.open(path)
    for number in range(CHATS):
        chat_id = store.add_chat(f"s{number}", number)
        store.set_title(chat_id, f"kept {number}", TitleOrigin.USER)
        for turn in range(TURNS):
            exchange = store.add_exchange(chat_id, f"question {number} {turn}", turn, first_title="")
            store.finish_reply(replace(exchange.reply, text="answer " * 200, status=Status.DONE), turn, is_unread=False)
    store.close()


def import_chats(path: Path, seed: int) -> None:
    store = Store.open(path)
    for number in range(30):
        import_id = store.imports.begin(1.0)
        for first in range(0, 20, 5):
            with store.imports.portion():
                for each in range(first, first + 5):
                    title = f"import {number} {each}"
                    chat = ChatRecord(title, "user", 1.0, 1.0, session_id=title)
                    writer = store.imports.writer
                    chat_id = writer.insert_chat(import_id, chat, None, title, "c", 1.0)
                    message = MessageRecord(1, None, "user", "done", 1.0, f"text {title}")
                    ids = {1: writer.insert_message(chat_id, message, {}, set())}
                    writer.finish_chat(chat_id, chat, ids, (), set())
        store.imports.show(import_id)
        tell("shown", number)
        while store.imports.reveal(import_id):
            pass
    store.close()


def check_import(store: Store, said: list[list]) -> None:
    titles = {row[0] for row in store._database.rows("SELECT title FROM chats WHERE deleted_at IS NULL")}
    assert {f"kept {number}" for number in range(CHATS)} <= titles
    counts = [sum(f"import {number} {each}" in titles for each in range(20)) for number in range(30)]
    assert set(counts) <= {0, 20}, "an import is seen in part"
    assert all(counts[number] == 20 for _, number in said), "an import that was told of is lost"


# Emptying the trash


def empty_trash(path: Path, seed: int) -> None:
    store = Store.open(path)
    doomed = [ChatId(number) for number in range(1, CHATS + 1, 2)]
    store.places.delete(doomed, 1.0)
    tell("deleted")
    gone = store.trash.doom(store.trash.entries(None, 100))
    tell("doomed")
    for chat_id in gone.chat_ids:
        while store.trash.purge_chat(chat_id):
            pass
        tell("purged", chat_id)
    store.close()


def check_trash(store: Store, said: list[list]) -> None:
    titles = {chat.title for chat in store.chats()}
    kept = {f"kept {number}" for number in range(1, CHATS, 2)}
    assert kept <= titles, "a chat that was not deleted is gone"
    if ["deleted"] in said:
        assert titles == kept
    if ["doomed"] in said:
        assert store.trash.is_empty()
    for chat in store.chats():
        assert len(store.branch(chat.leaf_id)) == 2 * TURNS
    for word, *ids in said:
        if word == "purged":
            assert store._database.row("SELECT count(*) FROM messages WHERE chat_id = ?", ids) == (0,)


# Snapshots, while somebody writes


def snapshot(path: Path, seed: int) -> None:
    store = Store.open(path)

    def take() -> None:
        for number in range(50):
            Snapshots(path).take(SnapshotReason.HAND, 1e9 + number)

    threading.Thread(target=take, daemon=True).start()
    for number in range(5_000):
        exchange = store.add_exchange(ChatId(1), f"said {number}", 1e9, first_title="")
        tell("said", exchange.question.id, f"said {number}")


def check_snapshot(store: Store, said: list[list]) -> None:
    for _, message_id, text in said:
        assert store.message(MessageId(message_id)).text == text, "a saved message is lost"
    assert store.path is not None
    for each in Snapshots(store.path).all():
        with closing(sqlite3.connect(f"{each.path.as_uri()}?immutable=1", uri=True)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)], "half a snapshot"
            assert connection.execute("SELECT count(*) FROM chats").fetchall() == [(CHATS,)]


KINDS = {
    "streaming": Round(lambda path: None, stream, check_stream),
    "migrating": Round(make_first_version, migrate, check_migrated),
    "importing": Round(make_library, import_chats, check_import),
    "emptying the trash": Round(make_library, empty_trash, check_trash),
    "snapshot": Round(make_library, snapshot, check_snapshot),
}


def run_rounds(kind: str, seeds: range) -> int:
    """Kill the work once for each seed; how many pieces were told before. Raises where anything is lost."""
    rounds = KINDS[kind]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template"
        template.mkdir()
        rounds.prepare(template / "chats.db")
        longest_s = _time_to_the_end(rounds, template, folder / "first")
        return sum(_run_round(rounds, template, folder / str(seed), seed, longest_s) for seed in seeds)


def _time_to_the_end(rounds: Round, template: Path, folder: Path) -> float:
    """How long the work takes; a second at most."""
    shutil.copytree(template, folder)
    began = time.monotonic()
    _fork_and_kill(rounds, folder, 0, 1.0)
    return time.monotonic() - began


def _run_round(rounds: Round, template: Path, folder: Path, seed: int, longest_s: float) -> int:
    shutil.copytree(template, folder)
    said = _fork_and_kill(rounds, folder, seed, random.Random(seed).uniform(0, longest_s))
    path = folder / "chats.db"
    if path.exists():
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        with closing(Store.open(path)) as store:
            rounds.check(store, said)
    else:
        assert not said
    shutil.rmtree(folder)
    return len(said)


def _fork_and_kill(rounds: Round, folder: Path, seed: int, after_s: float) -> list[list]:
    """Run the work in a process of its own, kill it after so long, and give what it had told."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.close(reading)
            os.dup2(writing, 1)
            rounds.work(folder / "chats.db", seed)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    whole = bytearray()
    reader = threading.Thread(target=_read_all, args=(reading, whole))
    reader.start()
    reader.join(after_s)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    reader.join()
    os.close(reading)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work has failed by itself"
    # The very last line may be cut.
    return [json.loads(line) for line in bytes(whole).splitlines(keepends=True) if line.endswith(b"\n")]


def _read_all(reading: int, whole: bytearray) -> None:
    while part := os.read(reading, 65536):
        whole += part


def main(rounds: int, kinds: list[str]) -> None:
    for kind in kinds or KINDS:
        began = time.monotonic()
        told = run_rounds(kind, range(rounds))
        line = {"kind": kind, "rounds": rounds, "told": told, "lost": 0, "seconds": round(time.monotonic() - began)}
        print(json.dumps(line), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
