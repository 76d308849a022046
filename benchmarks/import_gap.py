"""How long the window stands still while ten thousand chats come in. Prints JSON lines.

A file of ChatGPT's with 10,000 chats of 10 messages, 156 MB, is read and imported as the program does it: the whole
window, the dialog, the process that reads, a store on the disk. `import_gap_ms` is the longest turn of the event loop
from the opening of the dialog to its report, in CPU time of the window's thread; `import_gap_wall_ms` is the longest by
the clock: with waiting for the disk, and for other programs. `--profile` shows where the worst turns went.
"""

import argparse
import asyncio
import cProfile
import json
import os
import pstats
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The dispatcher of Glib does not tell of every turn.
os.environ["QT_NO_GLIB"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QAbstractEventDispatcher
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from gigadesk.accounts import Accounts
from gigadesk.attachments import Shelf
from gigadesk.conversations import Conversations
from gigadesk.credentials import Credentials
from gigadesk.facts import Event
from gigadesk.settings import Settings
from gigadesk.store import Store
from gigadesk.tasks import TaskScope
from gigadesk.ui.exchange.import_dialog import ImportDialog
from gigadesk.ui.garbage import GarbageCollector
from gigadesk.ui.main_window import MainWindow

CHATS, QUICK_CHATS, MESSAGES = 10_000, 1_000, 10
SENTENCES = (
    "Отсортировать список можно функцией sorted: она возвращает новый. ",
    "A sentence in English mixes the text, and it has to be broken into lines. ",
    "Устойчивая сортировка сохраняет порядок равных элементов. ",
)
SHOWN_TURNS = 4


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--chats", type=int, default=0)
    arguments.add_argument("--profile", action="store_true")
    options = arguments.parse_args()
    chats = options.chats or (QUICK_CHATS if options.quick else CHATS)
    app = QApplication(sys.argv)
    app.setQuitOnLastWindowClosed(False)
    GarbageCollector(app).start()
    with (
        tempfile.TemporaryDirectory(prefix="gigadesk-", ignore_cleanup_errors=True) as folder,
        asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner,
    ):
        path = Path(folder) / "conversations.json"
        write_file(path, chats)
        runner.run(measure(Path(folder), path, chats, is_profiled=options.profile))


def write_file(path: Path, chats: int) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number in range(chats):
            file.write(",\n" if number else "")
            json.dump(conversation(number, chance), file, ensure_ascii=False)
        file.write("]")


def conversation(number: int, chance: random.Random) -> dict[str, object]:
    """A chat as ChatGPT exports it."""
    mapping: dict[str, object] = {"root": {"id": "root", "message": None, "parent": None, "children": ["0"]}}
    for place in range(MESSAGES):
        text = "".join(chance.choices(SENTENCES, k=chance.randrange(4, 22)))
        mapping[str(place)] = {
            "id": str(place),
            "message": {
                "id": f"{number}-{place}",
                "author": {"role": "assistant" if place % 2 else "user", "name": None, "metadata": {}},
                "create_time": 1_700_000_000.5 + number * 100 + place,
                "content": {"content_type": "text", "parts": [text]},
                "status": "finished_successfully",
                "metadata": {},
                "recipient": "all",
            },
            "parent": str(place - 1) if place else "root",
            "children": [str(place + 1)] if place < MESSAGES - 1 else [],
        }
    return {
        "title": f"Чат {number}",
        "create_time": 1_700_000_000.5 + number * 100,
        "update_time": 1_700_000_000.5 + number * 100 + MESSAGES,
        "mapping": mapping,
        "current_node": str(MESSAGES - 1),
        "conversation_id": f"{number:032x}",
    }


async def measure(folder: Path, path: Path, chats: int, *, is_profiled: bool) -> None:
    settings = Settings()
    store = Store.open(folder / "chats.db")
    tasks = TaskScope(lambda name, error: sys.stderr.write(f"{name}: {error!r}\n"))
    windows: list[MainWindow] = []

    def publish(event: Event) -> None:
        windows[0].apply(event)

    conversations = Conversations(
        store,
        Accounts(settings, Credentials()),
        tasks,
        publish,
        generation=settings.generation,
        shelf=Shelf(folder / "files"),
    )
    window = MainWindow(conversations, settings)
    windows.append(window)
    window.show_chats()
    window.resize(1080, 760)
    window.show()
    await asyncio.sleep(1.0)
    turns = Turns(is_profiled=is_profiled)
    dialog = window.chats.exchange.import_file(path)
    assert isinstance(dialog, ImportDialog)
    while dialog._pages.currentWidget() is not dialog.preview:  # noqa: ASYNC110 - seen as a user sees it
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    turns.stage = "importing"
    dialog.start_import()
    while not dialog.undo_button.isVisible():  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.5)
    turns.end()
    assert len(dialog._end.chat_ids) == chats
    turns.report()
    dialog.close()
    window.allow_close()
    await tasks.close(5.0)
    store.close()


class Turns:
    """Takes the time of each turn of the event loop."""

    def __init__(self, *, is_profiled: bool) -> None:
        self.stage = "reading"
        self._turns: list[tuple[float, float, str, cProfile.Profile | None]] = []
        self._is_profiled = is_profiled
        self._profile: cProfile.Profile | None = None
        self._cpu, self._wall = time.thread_time(), time.perf_counter()
        self._blocked: float | None = None
        dispatcher = QAbstractEventDispatcher.instance()
        self._dispatcher = dispatcher
        dispatcher.awake.connect(self._on_awake)
        dispatcher.aboutToBlock.connect(self._on_block)

    def _on_block(self) -> None:
        """What follows is the wait for something to happen."""
        self._blocked = time.perf_counter()

    def _on_awake(self) -> None:
        if self._profile is not None:
            self._profile.disable()
        cpu, wall = time.thread_time(), self._blocked or time.perf_counter()
        self._turns.append((cpu - self._cpu, wall - self._wall, self.stage, self._profile))
        if len(self._turns) > 4 * SHOWN_TURNS and self._is_profiled:
            self._turns.sort(key=lambda turn: -turn[0])
            del self._turns[2 * SHOWN_TURNS :]
        self._blocked = None
        self._cpu, self._wall = time.thread_time(), time.perf_counter()
        if self._is_profiled:
            self._profile = cProfile.Profile()
            self._profile.enable()

    def end(self) -> None:
        if self._profile is not None:
            self._profile.disable()
        self._dispatcher.awake.disconnect(self._on_awake)
        self._dispatcher.aboutToBlock.disconnect(self._on_block)

    def report(self) -> None:
        for stage in ("reading", "importing"):
            cpu_s = max((turn[0] for turn in self._turns if turn[2] == stage), default=0.0)
            say(f"import_gap_{stage}_ms", cpu_s * 1000)
        say("import_gap_ms", max(turn[0] for turn in self._turns) * 1000)
        say("import_gap_wall_ms", max(turn[1] for turn in self._turns) * 1000)
        worst = sorted(self._turns, key=lambda turn: -turn[0])
        for cpu_s, _, stage, profile in worst[:SHOWN_TURNS] if self._is_profiled else ():
            print(f"\n== {stage}: {cpu_s * 1000:.1f} ms")
            if profile is not None:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(20)


def say(figure: str, value: float) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 1), "unit": "ms"}), flush=True)


if __name__ == "__main__":
    main()
