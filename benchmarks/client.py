"""CPU time of reading a streamed answer: ours against the official SDK, the one of OpenAI, and a floor. JSON lines.

One server in a process of its own serves all over TLS. Each contender has a fresh process of its own too; they work one
at a time, in turns, so that what else the machine does hits all of them. What is measured is the CPU time of that
process from the request to the end of the answer, after a first small answer that opened the connection. Ratios are
medians of the ratios within a turn.

    paced    one piece each millisecond: what it costs from the socket to the loop that takes it; 3,000 of them or more,
             in short answers between which the contenders change, since a machine is never equally fast for long
    burst    20,000 pieces at once: what parsing costs
    100 MB   an answer of that size, taken and forgotten piece by piece: how much memory it takes on its way

The floor is aiohttp's bytes, split at line ends, decoded by msgspec, and nothing else: no events, no usage, no checks.
On qasync, the loop of the window, it shows what that loop costs by itself.
"""

import argparse
import asyncio
import importlib.util
import json
import os
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

KEY = "YmVuY2g6bWFyaw=="
TEXT = "мысль, слово"
PACED, BURST, WARM = 250, 20_000, 50
PIECES_PER_S = 1_000
PACED_TURNS, QUICK_PACED_TURNS = 48, 12
BURST_TURNS, QUICK_BURST_TURNS = 11, 5
HUGE_BYTES = 100 * 1024 * 1024
HUGE_TEXT = TEXT * 80
CONTENDERS = ("floor", "ours", "qasync-floor", "qasync", "sdk", "openai")

Read = Callable[[str], AsyncIterator[str]]
"""Pieces of the text of the answer with this name."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="fewer turns: within 45 s")
    arguments.add_argument("--serve", default="", help=argparse.SUPPRESS)
    arguments.add_argument("--contender", default="", help=argparse.SUPPRESS)
    arguments.add_argument("--address", default="", help=argparse.SUPPRESS)
    arguments.add_argument("--ca", default="", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.serve:
        serve(Path(options.serve))
    elif options.contender == "memory":
        asyncio.run(measure_memory(options.address, options.ca))
    elif options.contender:
        measure(options.contender, options.address, options.ca)
    else:
        compare(quick=options.quick)


def compare(*, quick: bool) -> None:
    contenders = [name for name in CONTENDERS if name != "openai" or importlib.util.find_spec("openai")]
    if "openai" not in contenders:
        print("the openai package is not installed: its figures are left out", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        ca = str(Path(folder) / "ca.pem")
        command = [sys.executable, "-P", __file__]
        server = subprocess.Popen([*command, "--serve", ca], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            reach = ["--address", address, "--ca", ca]
            turns = {
                "paced": QUICK_PACED_TURNS if quick else PACED_TURNS,
                "burst": QUICK_BURST_TURNS if quick else BURST_TURNS,
            }
            used = take_turns({name: [*command, "--contender", name, *reach] for name in contenders}, turns)
            memory = json.loads(subprocess.check_output([*command, "--contender", "memory", *reach]))
        finally:
            server.kill()
            server.wait()
    for mode in ("paced", "burst"):
        for name in contenders:
            report(f"{mode}_{name}".replace("-", "_"), statistics.median(used[mode, name]), "us CPU a piece")
    for figure, mode, name, other in (
        ("paced_ratio_floor", "paced", "ours", "floor"),
        ("paced_ratio_sdk", "paced", "ours", "sdk"),
        ("qasync_ratio_asyncio", "paced", "qasync", "ours"),
        ("qasync_ratio_asyncio_floor", "paced", "qasync-floor", "floor"),
        ("qasync_ratio_floor", "paced", "qasync", "qasync-floor"),
        ("burst_ratio_floor", "burst", "ours", "floor"),
        ("burst_ratio_sdk", "burst", "ours", "sdk"),
        ("paced_ratio_openai", "paced", "ours", "openai"),
        ("burst_ratio_openai", "burst", "ours", "openai"),
    ):
        if name in contenders and other in contenders:
            own, its = used[mode, name], used[mode, other]
            # Not the ratio of the two medians beside it: those may come from different moments of an uneven machine.
            ratio = statistics.median(one / two for one, two in zip(own, its, strict=True))
            value, floor_ = statistics.median(own), statistics.median(its)
            report(figure, ratio, "ratio", value_us=round(value, 3), floor_us=round(floor_, 3), ratio=round(ratio, 3))
    report("memory_100mb_growth_mb", memory["growth_mb"], "MB")


def take_turns(commands: dict[str, list[str]], turns: dict[str, int]) -> dict[tuple[str, str], list[float]]:
    """What each contender took in each mode, turn by turn. All processes live on, and one at a time works."""
    processes = {
        name: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name, command in commands.items()
    }
    used: dict[tuple[str, str], list[float]] = {(mode, name): [] for mode in turns for name in processes}
    try:
        for mode, count in turns.items():
            for turn in range(count):
                # Another one begins each time: who comes after whom must not matter.
                names = list(processes)
                for name in names[turn % len(names) :] + names[: turn % len(names)]:
                    process = processes[name]
                    assert process.stdin is not None
                    assert process.stdout is not None
                    print(mode, file=process.stdin, flush=True)
                    used[mode, name].append(float(process.stdout.readline()))
    finally:
        for process in processes.values():
            process.kill()
            process.wait()
    return used


def report(figure: str, value: float, unit: str, **more: float) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit, **more}), flush=True)


# The server: threads and blocking sockets, which keep time better than an event loop.


def serve(ca_file: Path) -> None:
    import trustme

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"https://localhost:{listener.getsockname()[1]}", flush=True)
    answers = {
        name: (answer(TEXT, count), pace)
        for name, count, pace in (
            ("warm", WARM, 0),
            ("burst", BURST, 0),
            ("paced", PACED, PIECES_PER_S),
        )
    }
    while True:
        plain, _ = listener.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=attend, args=(plain, context, answers), daemon=True).start()


def attend(plain: socket.socket, context: ssl.SSLContext, answers: dict[str, tuple[list[bytes], int]]) -> None:
    try:
        with context.wrap_socket(plain, server_side=True) as connection, connection.makefile("rb") as reader:
            while (line := reader.readline()).strip():
                length = 0
                while (header := reader.readline()).strip():
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                body = reader.read(length)
                if b"/oauth" in line:
                    grant = {"access_token": "token", "expires_at": int((time.time() + 1800) * 1000)}
                    connection.sendall(whole(json.dumps(grant).encode()))
                    continue
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                    b"Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n"
                )
                name = next((each for each in answers if f'"{each}"'.encode() in body), "")
                if name:
                    send(connection, *answers[name])
                else:
                    send_huge(connection)
    except OSError:
        pass  # the client has gone


def whole(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def send(connection: ssl.SSLSocket, pieces: list[bytes], per_s: int) -> None:
    if not per_s:
        connection.sendall(b"".join(pieces))
        return
    started = time.perf_counter()
    for number, piece in enumerate(pieces):
        wait_s = started + number / per_s - time.perf_counter()
        if wait_s > 0:
            time.sleep(wait_s)
        connection.sendall(piece)


def send_huge(connection: ssl.SSLSocket) -> None:
    *pieces, last, done = answer(HUGE_TEXT, 64)
    block = b"".join(pieces)
    for _ in range(HUGE_BYTES // len(block)):
        connection.sendall(block)
    connection.sendall(last + done)


def answer(text: str, count: int) -> list[bytes]:
    """An answer as the service writes it, each event in an HTTP chunk of its own."""
    about = {"created": 1768996000, "model": "GigaChat-2:2.0.28.2", "object": "chat.completion"}
    events = []
    for number in range(count):
        delta = {"content": text, "role": "assistant"} if number == 0 else {"content": text}
        events.append({"choices": [{"delta": delta, "index": 0}], **about})
    usage = {"prompt_tokens": 17, "completion_tokens": count, "total_tokens": 17 + count, "precached_prompt_tokens": 2}
    events.append(
        {"choices": [{"delta": {"content": ""}, "index": 0, "finish_reason": "stop"}], "usage": usage, **about}
    )
    lines = [json.dumps(event, ensure_ascii=False, separators=(",", ":")) for event in events]
    pieces = [chunk(f"data: {line}\n\n".encode()) for line in lines]
    return [*pieces, chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n"]


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


# The contenders, each in a process of its own.


def measure(contender: str, address: str, ca: str) -> None:
    if contender.startswith("qasync"):
        import qasync
        from PySide6.QtWidgets import QApplication

        loop = qasync.QEventLoop(QApplication([]))
        with loop:
            loop.run_until_complete(serve_turns("floor" if contender == "qasync-floor" else "ours", address, ca))
    else:
        asyncio.run(serve_turns(contender, address, ca))


async def serve_turns(contender: str, address: str, ca: str) -> None:
    """Microseconds of CPU a piece, in the mode that each line of the standard input names."""
    opened = {"floor": floor, "ours": ours, "sdk": sdk, "openai": openai}[contender]
    async with opened(address, ca) as read:
        for name, count in (("warm", WARM), ("paced", PACED)):
            await take(read, name, count)
        while mode := sys.stdin.readline().strip():
            print(await take(read, mode, {"paced": PACED, "burst": BURST}[mode]), flush=True)


async def take(read: Read, name: str, count: int) -> float:
    length = 0
    started = time.process_time()
    async for text in read(name):
        if not length and name == "paced":
            # The request is not what is measured, and would weigh much with so few pieces.
            started = time.process_time()
        length += len(text)
    used = time.process_time() - started
    assert length == count * len(TEXT), f"{length} characters of {name}"
    return used / count * 1e6


async def measure_memory(address: str, ca: str) -> None:
    async with ours(address, ca) as read:
        await take(read, "burst", BURST)
        before = highest = resident_mb()
        length = count = 0
        async for text in read("huge"):
            length += len(text)
            count += 1
            if count % 500 == 0:
                highest = max(highest, resident_mb())
    assert length * 2 > HUGE_BYTES * 0.8, length
    print(json.dumps({"growth_mb": max(highest, resident_mb()) - before}))


def resident_mb() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        page_bytes = os.sysconf("SC_PAGE_SIZE")
    except OSError:
        # The highest so far, which is all that other systems tell.
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return pages * page_bytes / 1024 / 1024


@asynccontextmanager
async def floor(address: str, ca: str) -> AsyncIterator[Read]:
    import aiohttp
    import msgspec

    class Delta(msgspec.Struct):
        content: str = ""

    class Choice(msgspec.Struct):
        delta: Delta

    class Event(msgspec.Struct):
        choices: list[Choice]

    decode = msgspec.json.Decoder(Event).decode

    async def read(name: str) -> AsyncIterator[str]:
        async with session.post(f"{address}/v1/chat/completions", data=json.dumps(question(name)), ssl=trust) as answer:
            rest = b""
            async for data in answer.content.iter_any():
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    if line.startswith(b"data: {"):
                        yield decode(line[6:]).choices[0].delta.content

    trust = ssl.create_default_context(cafile=ca)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
        yield read


@asynccontextmanager
async def ours(address: str, ca: str) -> AsyncIterator[Read]:
    from gigadesk.chat import Role
    from gigadesk.gigachat.client import Client, ClientOptions
    from gigadesk.gigachat.events import ReplyRequest, RequestMessage, TextDelta

    async def read(name: str) -> AsyncIterator[str]:
        async for event in client.reply(ReplyRequest(name, (RequestMessage(Role.USER, "Привет"),))):
            if isinstance(event, TextDelta):
                yield event.text

    options = ClientOptions(
        credentials=KEY,
        base_url=f"{address}/v1",
        auth_url=f"{address}/oauth",
        ca_file=ca,
        answer_max_bytes=2 * HUGE_BYTES,
    )
    async with Client(options) as client:
        yield read


@asynccontextmanager
async def sdk(address: str, ca: str) -> AsyncIterator[Read]:
    from gigachat import GigaChat

    async def read(name: str) -> AsyncIterator[str]:
        async for event in client.astream(question(name)):
            yield event.choices[0].delta.content or ""

    settings = {"credentials": KEY, "base_url": f"{address}/v1", "auth_url": f"{address}/oauth", "ca_bundle_file": ca}
    async with GigaChat(**settings) as client:
        yield read


@asynccontextmanager
async def openai(address: str, ca: str) -> AsyncIterator[Read]:
    from openai import AsyncOpenAI, DefaultAsyncHttpx2Client

    async def read(name: str) -> AsyncIterator[str]:
        async for event in await client.chat.completions.create(**question(name)):
            yield event.choices[0].delta.content or ""

    trust = ssl.create_default_context(cafile=ca)
    http_client = DefaultAsyncHttpx2Client(verify=trust)
    async with AsyncOpenAI(base_url=f"{address}/v1", api_key="token", http_client=http_client) as client:
        yield read


def question(name: str) -> dict:
    return {"model": name, "messages": [{"role": "user", "content": "Привет"}], "stream": True}


if __name__ == "__main__":
    main()
