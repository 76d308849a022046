"""A server that says exactly the bytes a test wants, and remembers what it was asked."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from gigadesk.gigachat.client import ClientOptions

KEY = "a2V5LW9mLXRoZS10ZXN0OnNlY3JldC1vZi10aGUtdGVzdA=="


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Say:
    """One answer: pieces of bytes, written one by one. `None` waits until the client goes, an event until it is set."""

    pieces: tuple[bytes | asyncio.Event | None, ...]
    close: bool = False
    reset: bool = False


Script = Callable[[Asked], "Say | Awaitable[Say]"]


def http(status=200, body=b"", content_type="application/json", *, headers=(), length=None) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body) if length is None else length}"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def stream_head(*headers: str, content_type="text/event-stream") -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {content_type}", "Transfer-Encoding: chunked", *headers, "", ""]
    return "\r\n".join(lines).encode()


def piece(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


END = b"0\r\n\r\n"


def data(value) -> bytes:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"data: {text}\n\n".encode()


def delta(text: str, **choice) -> bytes:
    return data({"choices": [{"delta": {"content": text}, "index": 0, **choice}], "model": "GigaChat-2:2.0"})


def last(reason="stop") -> bytes:
    usage = {"prompt_tokens": 17, "completion_tokens": 3, "total_tokens": 20, "precached_prompt_tokens": 2}
    choice = {"delta": {"content": ""}, "index": 0, "finish_reason": reason}
    return data({"choices": [choice], "model": "GigaChat-2:2.0.1", "usage": usage})


DONE = data("[DONE]")


def answer(*events: bytes) -> Say:
    """A well-formed stream, each event in a chunk of its own."""
    return Say((stream_head(), *(piece(event) for event in events), END))


def hello() -> Say:
    return answer(delta("Hel"), delta("lo"), last(), DONE)


def grant(token="the-token", expires_at=0) -> Say:  # noqa: S107 - not a secret
    return Say((http(body=json.dumps({"access_token": token, "expires_at": expires_at}).encode()),))


def failed(status: int, /, **fields) -> Say:
    return Say((http(status, json.dumps(fields).encode() + b"\n"),))


@dataclass
class RawServer:
    """`script` answers what is not the token; `oauth` answers that."""

    script: Script = lambda _asked: hello()
    oauth: Script = lambda _asked: grant()
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    base_url: str = ""
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when this side has closed a connection."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client has gone away in the middle of an answer."""

    @property
    def chats(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.path.endswith("/chat/completions")]

    @property
    def tokens(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.path.endswith("/oauth")]

    @property
    def options(self) -> ClientOptions:
        """A key and the two addresses; each request is tried once."""
        return ClientOptions(
            credentials=KEY,
            base_url=self.base_url + "/v1",
            auth_url=self.base_url + "/api/v2/oauth",
            max_retries=0,
        )

    async def start(self, tls: ssl.SSLContext | None = None, host="127.0.0.1") -> None:
        self._tasks: set[asyncio.Task] = set()
        self._server = await asyncio.start_server(self._serve, host, 0, ssl=tls)
        port = self._server.sockets[0].getsockname()[1]
        name = "localhost" if tls else f"[{host}]" if ":" in host else host
        self.base_url = f"{'https' if tls else 'http'}://{name}:{port}"

    async def stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(asyncio.current_task())
        self.connections += 1
        try:
            while (asked := await _read(reader)) is not None:
                self.asked.append(asked)
                say = (self.oauth if asked.path.endswith("/oauth") else self.script)(asked)
                if not isinstance(say, Say):
                    say = await say
                if not await self._say(say, reader, writer):
                    break
        except (ConnectionError, ssl.SSLError):
            self.gone.set()
        except asyncio.CancelledError:
            pass  # asyncio's streams complain about a handler that ends as cancelled
        finally:
            self._tasks.discard(asyncio.current_task())
            self.hung_up.set()
            writer.transport.abort()

    async def _say(self, say: Say, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        for part in say.pieces:
            if part is None:
                await reader.read(1)  # nothing more is asked: this ends when the client goes
                self.gone.set()
                return False
            if isinstance(part, asyncio.Event):
                await part.wait()
                continue
            writer.write(part)
            await writer.drain()
        if say.reset:
            writer.transport.abort()
        elif say.close:
            writer.close()
            await writer.wait_closed()
        return not (say.close or say.reset)


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    try:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return Asked(method, path, headers, body)
