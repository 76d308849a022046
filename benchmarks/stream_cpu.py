"""What an answer that streams in costs the whole program, against the same client alone. Prints JSON lines.

A server in a process of its own writes an answer of 100 KB (40 KB with `--quick`), fifty pieces of 100 characters a
second. The real client asks for it twice: for a listener that throws the text away, and for the whole program:
conversations, store and journal, window. `view_percent` is what the program takes of one core beyond the client alone.
Both have had a short answer before: what is imported late (formulas, colours) and the start of the worker process are
not counted. CPU time of this process, without the worker that colours code. `repaints_per_s` is how often the view was
painted. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import asyncio
import cProfile
import json
import os
import pstats
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from benchmarks.client import answer, chunk
from benchmarks.stream_view import mixed_text
from gigadesk.accounts import Accounts
from gigadesk.attachments import Shelf
from gigadesk.chat import Role
from gigadesk.conversations import Conversations
from gigadesk.credentials import Credentials
from gigadesk.facts import Event, MessageEnded
from gigadesk.gigachat.events import ReplyRequest, RequestMessage
from gigadesk.settings import Account, Generation, Settings, SignIn
from gigadesk.store import Store
from gigadesk.tasks import TaskScope
from gigadesk.ui.garbage import GarbageCollector
from gigadesk.ui.main_window import MainWindow

CHARS, QUICK_CHARS = 100_000, 40_000
PIECE_CHARS = 100
WARM_UP = "warm-up"
"""A question with a short answer, so that all the program loads late is there."""
QUESTION = "Вопрос"
"""The one with the long answer. The title that is asked for after the warm-up gets a short one, too: that of another
stream of the same length would be measured with it."""
PIECES_PER_S = 50
WARM_UP_PIECES = 30


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--serve", type=int, default=0, help=argparse.SUPPRESS)
    arguments.add_argument("--profile", action="store_true")
    options = arguments.parse_args()
    if options.serve:
        serve(options.serve)
        return
    chars = QUICK_CHARS if options.quick else CHARS
    command = [sys.executable, "-P", __file__, "--serve", str(chars)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        settings = settings_for(server.stdout.readline().strip())
        app = QApplication(sys.argv)
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            client = runner.run(stream_alone(settings))
            paintings = Paintings()
            whole = runner.run(stream_shown(settings, paintings, is_profiled=options.profile))
        report("client_percent", client, "% of a core")
        report("program_percent", whole, "% of a core")
        report("view_percent", whole - client, "% of a core")
        report("repaints_per_s", paintings.rate, "1/s")
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        server.kill()
        server.wait()


def settings_for(address: str) -> Settings:
    account = Account(sign_in=SignIn.TOKEN, base_url=f"http://{address}/v1", proxy="none")
    return Settings(accounts=(account,), generation=Generation(model="GigaChat-2"))


class Meter:
    """Percent of a core since it was made."""

    def __init__(self) -> None:
        self._started, self._cpu_s = time.monotonic(), time.process_time()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def percent(self) -> float:
        return 100 * (time.process_time() - self._cpu_s) / self.seconds


class Paintings(QObject):
    """Counts how often a widget is painted, and how often that is in a second of an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.rate = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


async def stream_alone(settings: Settings) -> float:
    """What the client takes to read the answer; nobody looks at it."""
    accounts = Accounts(settings, Credentials())
    service = accounts.service("")
    service.use_secret("token")
    request = ReplyRequest("GigaChat-2", (RequestMessage(Role.USER, QUESTION),))
    async for _ in service.reply(ReplyRequest("GigaChat-2", (RequestMessage(Role.USER, WARM_UP),))):
        pass
    meter = Meter()
    async for _ in service.reply(request):
        pass
    percent = meter.percent()
    await accounts.close()
    return percent


async def stream_shown(settings: Settings, paintings: Paintings, *, is_profiled: bool) -> float:
    """What the whole program takes from the question to the end of the answer."""
    ended = asyncio.Event()
    with tempfile.TemporaryDirectory(prefix="gigadesk-", ignore_cleanup_errors=True) as folder:
        store = Store.open(Path(folder) / "chats.db")
        accounts = Accounts(settings, Credentials())
        accounts.service("").use_secret("token")
        tasks = TaskScope(lambda name, error: sys.stderr.write(f"{name}: {error!r}\n"))
        window: MainWindow | None = None

        def publish(event: Event) -> None:
            if window is not None:
                window.apply(event)
            if isinstance(event, MessageEnded):
                ended.set()

        shelf = Shelf(Path(folder) / "files")
        conversations = Conversations(store, accounts, tasks, publish, generation=settings.generation, shelf=shelf)
        window = MainWindow(conversations, settings)
        window.show_chats()
        window.show()
        garbage = GarbageCollector()
        garbage.start()
        [chat] = conversations.chats()
        conversations.send(chat.id, WARM_UP)
        await ended.wait()
        await asyncio.sleep(1)
        ended.clear()
        window.page.transcript.viewport().installEventFilter(paintings)
        profiler = start_profiler() if is_profiled else None
        meter = Meter()
        conversations.send(chat.id, QUESTION)
        await ended.wait()
        percent = meter.percent()
        paintings.rate = paintings.count / meter.seconds
        if profiler is not None:
            show_profile(profiler)
        garbage.stop()
        await conversations.close()
        await tasks.close(1.0)
        await accounts.close()
        store.close()
        window.allow_close()
        window.deleteLater()
    return percent


def start_profiler() -> cProfile.Profile:
    profiler = cProfile.Profile()
    profiler.enable()
    return profiler


def show_profile(profiler: cProfile.Profile) -> None:
    profiler.disable()
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(45)


def report(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit}), flush=True)


# The server: threads and blocking sockets, which keep time better than an event loop.


def serve(chars: int) -> None:
    text = mixed_text(chars)
    pieces = answer("\0", len(text) // PIECE_CHARS)
    for number in range(len(text) // PIECE_CHARS):
        words = json.dumps(text[number * PIECE_CHARS : (number + 1) * PIECE_CHARS], ensure_ascii=False)
        event = pieces[number].split(b"\r\n", 1)[1].removesuffix(b"\r\n").decode()
        pieces[number] = chunk(event.replace('"\\u0000"', words).encode())
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"127.0.0.1:{listener.getsockname()[1]}", flush=True)
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=attend, args=(connection, pieces), daemon=True).start()


def attend(connection: socket.socket, pieces: list[bytes]) -> None:
    try:
        with connection, connection.makefile("rb") as reader:
            while (line := reader.readline()).strip():
                length = 0
                while (header := reader.readline()).strip():
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                body = reader.read(length)
                if b"/chat/completions" not in line or b'"stream":true' not in body.replace(b" ", b""):
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                    continue
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                    b"Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n"
                )
                started = time.perf_counter()
                is_long = json.loads(body)["messages"][-1]["content"] == QUESTION
                for number, piece in enumerate(pieces if is_long else pieces[:WARM_UP_PIECES] + pieces[-2:]):
                    time.sleep(max(0.0, started + number / PIECES_PER_S - time.perf_counter()))
                    connection.sendall(piece)
    except OSError:
        pass  # the client has gone


if __name__ == "__main__":
    main()
