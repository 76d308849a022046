"""What a very long chat costs: to open, to scroll, to resize, to jump about in. Prints JSON lines.

Messages of 800 characters, mixed Markdown in Russian and English, are opened as the program does it: a store on the
disk, the conversations over it, the whole window. Each number of messages has a process of its own. All times are CPU
time of the process. `memory_mb` is by how much the process has grown when the chat is on the screen: a small chat was
opened before, so code and fonts are not counted; texts of messages are, as far as they are in memory. Garbage is
collected as the program does it. The index of the search is left out: it takes up each message once, and
`benchmarks/store.py` measures it; here it would work beside the wheel all the time. Offscreen unless `QT_QPA_PLATFORM`
says otherwise.
"""

import argparse
import asyncio
import gc
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

from gigadesk.accounts import Accounts
from gigadesk.attachments import Shelf
from gigadesk.chat import ChatId
from gigadesk.conversations import Conversations
from gigadesk.credentials import Credentials
from gigadesk.facts import Event
from gigadesk.settings import Settings
from gigadesk.store import Store
from gigadesk.tasks import TaskScope
from gigadesk.ui.garbage import GarbageCollector
from gigadesk.ui.main_window import MainWindow

COUNTS = {"": 10_000, "_100k": 100_000}
SMALL = 50
CHARS = 800
QUESTION = (
    "Как отсортировать список по двум ключам? Explain the difference between a *stable* and an unstable sort, please. "
)
PARTS = (
    "Отсортировать **список** можно функцией `sorted`: она возвращает *новый*. See the [manual](https://a.org/b). ",
    "A sentence in English mixes the text, and ~~some~~ it has to be broken into lines and measured. ",
    "\n\n- первый пункт с `кодом` и **выделением**\n- second item, long enough to be wrapped onto the next line\n\n",
    "\n\n```python\ndef section(items: list) -> list:\n    return [item * 2 for item in items]  # код\n```\n\n",
    "\n\n| Ключ | Значение |\n|:-----|---------:|\n| `a` | 1 |\n| `b` | 3,14 |\n\n",
    "Устойчивая сортировка сохраняет порядок равных элементов, поэтому сначала сортируют по второму ключу. ",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--count", type=int, default=0, help="measure this number of messages in this process")
    arguments.add_argument("--name", default="", help="put behind the names of the figures")
    arguments.add_argument("--profile", default="", help="open, wheel, resize, jump or find")
    options = arguments.parse_args()
    if options.count:
        app = QApplication(sys.argv)
        with (
            tempfile.TemporaryDirectory(prefix="gigadesk-", ignore_cleanup_errors=True) as folder,
            asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner,
        ):
            runner.run(measure(Path(folder), options))
        return
    for name, count in COUNTS.items():
        quick = ["--quick"] if options.quick else []
        command = [sys.executable, "-P", __file__, "--count", str(count), "--name", name, *quick]
        subprocess.run(command, check=True)


async def measure(folder: Path, options: argparse.Namespace) -> None:
    """Outside of any task: what is measured lets the loop turn, and tasks take their turns with it."""
    done: asyncio.Future[Measurement] = asyncio.get_running_loop().create_future()

    def run() -> None:
        try:
            measurement = Measurement(folder, options.count, options.name, is_quick=options.quick)
            measurement.run(options.profile)
        except BaseException as error:
            done.set_exception(error)
            raise
        done.set_result(measurement)

    asyncio.get_running_loop().call_soon(run)
    await (await done).close()


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


class Measurement:
    """A window with a small chat open, and a large one in the store."""

    def __init__(self, folder: Path, count: int, name: str, *, is_quick: bool) -> None:
        self._name = name
        self._rounds = 1 if is_quick else 3
        GarbageCollector(QApplication.instance()).start()
        path = folder / "chats.db"
        empty = Store.open(path)
        while empty.search.step(1.0):
            pass
        empty.close()
        self._small, self._large = write_chats(path, (SMALL, count))
        settings = Settings()
        self._store = Store.open(path)
        self._tasks = TaskScope(lambda name, error: sys.stderr.write(f"{name}: {error!r}\n"))
        self._conversations = Conversations(
            self._store,
            Accounts(settings, Credentials()),
            self._tasks,
            self._publish,
            generation=settings.generation,
            shelf=Shelf(folder / "files"),
        )
        self._window = MainWindow(self._conversations, settings)
        self._window.chats.last_shown = self._small
        self._window.show_chats()
        self._window.resize(1080, 760)
        self._window.show()
        self._view = self._window.page.transcript
        self._paintings = Paintings(self._view.viewport())
        for _ in range(20):
            self._wheel(120)
        self._settle()

    def _publish(self, event: Event) -> None:
        self._window.apply(event)

    def run(self, profiled: str) -> None:
        for name, measure in {
            "open": self._open,
            "wheel": self._measure_wheel,
            "resize": self._measure_resize,
            "jump": self._measure_jump,
            "find": self._measure_find,
        }.items():
            if name == profiled:
                profile(measure)
            else:
                measure()

    async def close(self) -> None:
        """As the program does it: first what still works, as the index of the search, then the store."""
        await self._tasks.close(1.0)
        self._window.allow_close()
        self._store.close()

    def _open(self) -> None:
        gc.collect()
        before = memory_mb()
        started = time.process_time()
        self._window.open_chat(self._large)
        self._window.repaint()
        self._report("first_paint_cpu_s", time.process_time() - started, "s CPU")
        self._report("memory_mb", memory_mb() - before, "MB")
        # What the program does by itself soon afterwards: the context is estimated, lengths are learned.
        started = time.process_time()
        longest = 0.0
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            turn = time.process_time()
            QApplication.processEvents()
            longest = max(longest, time.process_time() - turn)
            time.sleep(0.005)
        self._report("after_opening_cpu_s", time.process_time() - started, "s CPU")
        self._report("after_opening_longest_ms", longest * 1000, "ms CPU")

    def _measure_wheel(self) -> None:
        times = []
        for _ in range(self._rounds):
            self._view.scroll_to_end()
            self._settle()
            times += [self._cost(lambda: self._wheel(120)) * 1000 for _ in range(400)]
            times += [self._cost(lambda: self._wheel(-120)) * 1000 for _ in range(100)]
        self._report("wheel_p50_ms", percentile(times, 50), "ms CPU")
        self._report("wheel_p99_ms", percentile(times, 99), "ms CPU")

    def _measure_resize(self) -> None:
        widths = (940, 1080) * 6 * self._rounds
        times = [self._cost(partial(self._window.resize, width, 760)) * 1000 for width in widths]
        self._report("resize_ms", statistics.median(times), "ms CPU")

    def _measure_jump(self) -> None:
        places = random.Random(1)
        bar = self._view.verticalScrollBar()
        shares = [0.5, 1.0, 0.0, *(places.random() for _ in range(30 * self._rounds))]

        def jump(share: float) -> None:
            bar.setSliderDown(True)
            bar.setValue(int(bar.maximum() * share))
            bar.setSliderDown(False)

        times = [self._cost(partial(jump, share)) * 1000 for share in shares]
        self._report("jump_ms", statistics.median(times), "ms CPU")
        self._report("jump_p99_ms", percentile(times, 99), "ms CPU")

    def _measure_find(self) -> None:
        """Until every message has been looked through and the first place is in sight and marked."""
        finder = self._view.finder
        finder.get_ready()  # as the bar does when it is opened, before anything is typed
        times = []
        for words in ("устойчивая", "English", "сортировка сохраняет")[: 1 + 2 * (self._rounds > 1)]:
            started = time.process_time()
            finder.search(words)
            while not (finder.is_counted and finder.number):
                QApplication.processEvents()
            self._view.viewport().repaint()
            times.append((time.process_time() - started) * 1000)
            finder.close()
            self._settle()
        self._report("find_ms", statistics.median(times), "ms CPU")

    def _cost(self, action: Callable[[], object]) -> float:
        """Seconds of CPU until what the action changes has been painted, as the loop of the program does it."""
        paintings = self._paintings.count
        started = time.process_time()
        action()
        QApplication.processEvents()
        if self._paintings.count == paintings:
            self._view.viewport().repaint()
        return time.process_time() - started

    def _wheel(self, angle: int) -> None:
        viewport = self._view.viewport()
        place = QPointF(viewport.rect().center())
        QApplication.sendEvent(
            viewport,
            QWheelEvent(
                place,
                QPointF(viewport.mapToGlobal(place.toPoint())),
                QPoint(0, 0),
                QPoint(0, angle),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )

    def _settle(self) -> None:
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            QApplication.processEvents()

    def _report(self, figure: str, value: float, unit: str) -> None:
        print(json.dumps({"figure": figure + self._name, "value": round(value, 3), "unit": unit}), flush=True)


def write_chats(path: Path, counts: tuple[int, ...]) -> list[ChatId]:
    """Chats of so many messages each, straight into the file: saved one by one they would take minutes."""
    chats = []
    choice = random.Random(7)
    with sqlite3.connect(path) as connection:
        for number, count in enumerate(counts):
            row = connection.execute(
                "INSERT INTO chats (title, title_origin, created_at, updated_at, session_id, model)"
                " VALUES (?, 'user', 1, ?, '', '')",
                (f"Chat {number}", 2.0 + number),
            )
            chat_id = row.lastrowid or 0
            [(first,)] = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM messages").fetchall()
            connection.executemany(
                "INSERT INTO messages (id, chat_id, parent_id, role, status, created_at, model, text)"
                " VALUES (?, ?, ?, ?, 'done', ?, ?, ?)",
                (
                    (
                        first + place,
                        chat_id,
                        first + place - 1 if place else None,
                        "assistant" if place % 2 else "user",
                        1_700_000_000.0 + 60 * place,
                        "GigaChat-2-Max" if place % 2 else "",
                        text(place, choice),
                    )
                    for place in range(count)
                ),
            )
            connection.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (first + count - 1, chat_id))
            chats.append(ChatId(chat_id))
        connection.execute("DELETE FROM search_queue")
    return chats


def text(place: int, choice: random.Random) -> str:
    words = f"{place}. "
    while len(words) < CHARS:
        words += choice.choice(PARTS) if place % 2 else QUESTION
    return words[:CHARS]


def profile(measure: Callable[[], None]) -> None:
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    profiler.enable()
    measure()
    profiler.disable()
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(40)


def memory_mb() -> float:
    """What the process holds of the machine's memory."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        import resource  # not on Linux: the highest that it has held

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


if __name__ == "__main__":
    main()
