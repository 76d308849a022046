"""Killed at any moment of a stream, the program has lost nothing that was on the screen."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.chat import MessageId, Role, Status
from gigadesk.store import Store

DRIVER = Path(__file__).with_name("kill_driver.py")
ROOT = DRIVER.parents[2]


def shown_before_kill(path: Path, seed: int, lines: int) -> dict[int, str]:
    """Run the driver until it has shown so many pieces, kill it, and give what it had shown of each message."""
    command = [sys.executable, "-W", "error", str(DRIVER), str(path), str(seed)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    shown: dict[int, str] = defaultdict(str)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        assert process.stdout is not None
        whole = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        # What it printed between our last look and its end was shown too; the very last line may be cut.
        whole += [line for line in process.stdout.readlines() if line.endswith("\n")]
        process.wait()
    if os.name != "nt":
        assert process.returncode == -signal.SIGKILL
    for line in whole:
        message_id, text = json.loads(line)
        shown[message_id] += text
    return shown


@pytest.mark.parametrize("seed", range(6))
def test_what_was_shown_is_there_after_a_kill(tmp_path, seed):
    path = tmp_path / "chats.db"
    lines = random.Random(seed).randrange(3, 400)

    shown = shown_before_kill(path, seed, lines)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    store = Store.open(path)
    try:
        assert len(shown) > 2
        for message_id, text in shown.items():
            message = store.message(MessageId(abs(message_id)))
            assert (message.text if message_id > 0 else message.reasoning).startswith(text)
            assert message.status in (Status.DONE, Status.STOPPED)
        assert store._database.rows("SELECT * FROM journal") == []
        unfinished = store._database.rows("SELECT count(*) FROM messages WHERE status IN ('queued', 'streaming')")
        assert unfinished == [(0,)]
        for chat in store.chats():
            roles = [message.role for message in store.branch(chat.leaf_id)]
            assert roles == [Role.USER, Role.ASSISTANT] * (len(roles) // 2)
    finally:
        store.close()
