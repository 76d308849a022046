"""Writes as the program does while an answer streams, under strace: what is told was called saved before.

Usage: power_driver.py DATABASE. Each told line is an access to a path that does not exist, so that it stands among the
writes: /said/N for a question that was saved, /seen/N for text that a barrier has saved.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

from gigadesk.chat import Status
from gigadesk.store import Store

store = Store.open(Path(sys.argv[1]))
chat_id = store.add_chat("s", 1.0)
for number in range(12):
    exchange = store.add_exchange(chat_id, f"question {number} " + "q" * 300, float(number), first_title="t")
    os.access(f"/said/{exchange.question.id}", os.F_OK)
    text = ""
    for piece in range(10):
        delta = f"piece {number} {piece} " + "a" * 200
        is_barrier = piece % 4 == 3
        store.append(exchange.reply.id, delta, is_barrier=is_barrier)
        text += delta
        if is_barrier:
            os.access(f"/seen/{exchange.reply.id}/{len(text)}", os.F_OK)
    done = replace(exchange.reply, text=text, status=Status.DONE)
    store.finish_reply(done, float(number), is_unread=False)
    os.access(f"/seen/{exchange.reply.id}/{len(text)}", os.F_OK)
    if number == 6:
        store._database.rows("PRAGMA wal_checkpoint(PASSIVE)")
        os.access("/folded", os.F_OK)
os._exit(0)
