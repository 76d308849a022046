"""Two small proxies, HTTP CONNECT and SOCKS 5, that may want a password."""

import asyncio
import base64
from contextlib import asynccontextmanager


@asynccontextmanager
async def http_proxy(user="", password=""):
    """Address of the proxy, and the hosts it was asked for."""
    asked = []
    wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    async def serve(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = head.split("\r\n")[0].split(" ")
        asked.append(target)
        if user and f"proxy-authorization: {wanted}".lower() not in head.lower():
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            writer.close()
            return
        if method != "CONNECT":
            writer.write(b"HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n")
            writer.close()
            return
        host, _, port = target.rpartition(":")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await _pipe(reader, writer, host, int(port))

    async with _serving(serve) as port:
        yield f"127.0.0.1:{port}", asked


@asynccontextmanager
async def socks_proxy(user="", password=""):
    """Address of the proxy, and the hosts it was asked for."""
    asked = []

    async def serve(reader, writer):
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        if user:
            writer.write(b"\x05\x02")
            _, length = await reader.readexactly(2)
            got_user = await reader.readexactly(length)
            got_password = await reader.readexactly((await reader.readexactly(1))[0])
            is_good = (got_user.decode(), got_password.decode()) == (user, password)
            writer.write(b"\x01\x00" if is_good else b"\x01\x01")
            if not is_good:
                await writer.drain()
                writer.close()
                return
        else:
            writer.write(b"\x05\x00")
        _, _, _, kind = await reader.readexactly(4)
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            host = ".".join(str(number) for number in await reader.readexactly(4))
        port = int.from_bytes(await reader.readexactly(2))
        asked.append(f"{host}:{port}")
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await _pipe(reader, writer, host, port)

    async with _serving(serve) as port:
        yield f"127.0.0.1:{port}", asked


@asynccontextmanager
async def _serving(serve):
    tasks = set()

    async def run(reader, writer):
        tasks.add(asyncio.current_task())
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # asyncio's streams complain about a handler that ends as cancelled
        finally:
            tasks.discard(asyncio.current_task())
            writer.transport.abort()

    server = await asyncio.start_server(run, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _pipe(reader, writer, host, port):
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        await asyncio.gather(_copy(reader, there_writer), _copy(there_reader, writer))
    finally:
        there_writer.transport.abort()


async def _copy(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.transport.abort()
