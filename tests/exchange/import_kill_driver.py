"""A program to be killed while it imports: each step is printed. Usage: import_kill_driver.py FOLDER

The folder holds `chats.json`, a file of our own format, and `chats.db` with what was there before.
"""

import asyncio
import sys
import time
from pathlib import Path

from gigadesk.attachments import Shelf
from gigadesk.conversations.import_desk import ImportDesk, ImportWish
from gigadesk.exchange.problems import Problem
from gigadesk.exchange.reading import Listener, read
from gigadesk.exchange.summaries import ChatSummary
from gigadesk.store import Store
from gigadesk.tasks import TaskScope


def tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def fail(problem: Problem) -> None:
    sys.exit(problem.trouble)


async def main(folder: Path) -> None:
    store = Store.open(folder / "chats.db")
    tasks = TaskScope(lambda name, error: sys.exit(f"{name}: {type(error).__name__}"))
    desk = ImportDesk(store, Shelf(folder / "files"), tasks, lambda _: None, time.time)
    chats: list[ChatSummary] = []
    spool = desk.new_spool()
    contents = read(folder / "chats.json", spool, time.time(), Listener(chats.append, fail, lambda *_: None))
    assert contents.type is not None
    ended = asyncio.Event()
    desk.start(
        ImportWish(spool, contents.type, chats, contents.folders),
        lambda done, total: tell(f"{done} of {total}"),
        lambda end: (tell(f"ended {len(end.chat_ids)}"), ended.set()),
    )
    await ended.wait()
    tell("idle")
    await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
