"""A server that takes uploads without keeping them, or stops taking them; needs no token."""

import asyncio
import json

from gigadesk.gigachat.client import ClientOptions

HEAD_MAX_BYTES = 64 * 1024


class UploadSink:
    def __init__(self) -> None:
        self.reads_bodies = True
        self.received = 0
        self.released = asyncio.Event()
        """With `reads_bodies` off: when to go."""
        self.hung_up = asyncio.Event()

    async def start(self) -> None:
        self._tasks: set[asyncio.Task] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_MAX_BYTES)
        port = self._server.sockets[0].getsockname()[1]
        self.options = ClientOptions(access_token="ready", base_url=f"http://127.0.0.1:{port}/v1", max_retries=0)

    async def stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader, writer) -> None:
        self._tasks.add(asyncio.current_task())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            left = int(head.partition("content-length: ")[2].split()[0])
            while left and self.reads_bodies:
                piece = await reader.read(HEAD_MAX_BYTES)
                if not piece:
                    return
                left -= len(piece)
                self.received += len(piece)
            if not self.reads_bodies:
                await reader.read(1)  # and no more: the buffers between the two fill up
                await self.released.wait()
                return
            body = json.dumps({"id": "f1"}).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._tasks.discard(asyncio.current_task())
            self.hung_up.set()
            writer.transport.abort()
