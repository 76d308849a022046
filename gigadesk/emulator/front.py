"""The edge to the network: HTTP through aiohttp, and what is no HTTP, too large or wrongly packed turned away."""

import asyncio
import os
import socket
import zlib
from contextlib import suppress
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from gigadesk.emulator.wire import gateway_page

LINGER_S = 2.0
"""How long a client that is being turned away may go on talking, so that it gets to read why."""
QUIET_S = 0.05
SMALL_BUFFER_BYTES = 16 * 1024


class PackedBodyError(Exception):
    """The body is compressed in a way that cannot be undone."""

    def __init__(self, status: int) -> None:
        super().__init__(f"answer with {status}")
        self.status = status


class FrontServer(web.Server):
    """aiohttp's low-level server: no router, no log of requests, bodies as they were sent."""

    def __init__(self, handler: Any, body_max_bytes: int) -> None:  # aiohttp does not name this type
        super().__init__(handler, request_factory=self._request, handler_cancellation=True)
        self._body_max_bytes = body_max_bytes

    def __call__(self) -> web.RequestHandler:
        return _Connection(
            self,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type] # aiohttp says it must be a logger, and takes None itself
            auto_decompress=False,
        )

    def _request(self, message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
        loop = asyncio.get_running_loop()
        return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=self._body_max_bytes)


def small_socket(host: str, port: int) -> socket.socket:
    """A socket that takes little at once: the large buffers of the loopback would swallow a file in no time.

    Raises:
        OSError: the port is taken.
    """
    listener = socket.socket()
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER_BYTES)
        listener.bind((host, port))
    except BaseException:
        listener.close()
        raise
    return listener


async def read_body(http: web.BaseRequest, max_bytes: int, bytes_per_s: float = 0.0) -> bytes:
    """The body, unpacked when it came as gzip or deflate; read no faster than `bytes_per_s` unless that is 0.

    Raises:
        web.HTTPRequestEntityTooLarge: it is larger than `max_bytes`, packed or unpacked.
        PackedBodyError: it cannot be unpacked (400), or is packed in another way (415).
    """
    if (http.content_length or 0) > max_bytes:
        raise web.HTTPRequestEntityTooLarge(max_bytes, http.content_length or 0)
    if http.headers.get("Expect", "").lower() == "100-continue":
        await http.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        # Not a part of the answer.
        http.writer.output_size = 0
    body = await (_read_slowly(http, max_bytes, bytes_per_s) if bytes_per_s > 0 else http.read())
    packing = http.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in {"", "identity"}:
        return body
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise PackedBodyError(415)
    unpacker = zlib.decompressobj(wbits=47 if packing != "deflate" else 15)
    try:
        unpacked = unpacker.decompress(body, max_bytes + 1)
    except zlib.error as exc:
        raise PackedBodyError(400) from exc
    if len(unpacked) > max_bytes:
        raise web.HTTPRequestEntityTooLarge(max_bytes, len(unpacked))
    if not unpacker.eof:
        raise PackedBodyError(400)
    return unpacked


async def _read_slowly(http: web.BaseRequest, max_bytes: int, bytes_per_s: float) -> bytes:
    body = bytearray()
    async for piece in http.content.iter_any():
        body += piece
        if len(body) > max_bytes:
            raise web.HTTPRequestEntityTooLarge(max_bytes, len(body))
        await asyncio.sleep(len(piece) / bytes_per_s)
    return bytes(body)


class _Connection(web.RequestHandler):
    """One connection. What is no HTTP gets the page of a proxy, as in front of the real service."""

    _quiet: asyncio.Event | None = None
    """There once the client has been turned away; set when it has fallen silent."""
    _timer: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        if self._quiet is None:
            super().data_received(data)
        else:
            self._wait_for_silence(self._quiet)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        if not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        self._quiet = asyncio.Event()
        self._wait_for_silence(self._quiet)
        return _Refusal(self)

    async def drained(self) -> None:
        """Wait until the client has said what it had to say: closing before would take the answer from it."""
        if self._quiet is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_S):
                    await self._quiet.wait()

    def _wait_for_silence(self, quiet: asyncio.Event) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(QUIET_S, quiet.set)


class _Refusal(web.Response):
    def __init__(self, connection: _Connection) -> None:
        kind, page = gateway_page(400)
        super().__init__(status=400, body=page, content_type=kind, headers={"Server": "SynGX"})
        self.force_close()
        self._connection = connection

    async def write_eof(self, data: bytes = b"") -> None:
        await super().write_eof(data)
        await self._connection.drained()
