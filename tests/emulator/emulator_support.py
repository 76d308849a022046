"""A client that hides nothing: aiohttp for the comfortable tests, bare sockets for the bytes."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from gigadesk.emulator import Emulator, Endpoint

RQUID = "6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e"
LIMIT_S = 60.0


@dataclass
class Visitor:
    session: aiohttp.ClientSession
    endpoint: Endpoint
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "User-Agent": "test"}

    @property
    def old_base(self) -> str:
        return self.endpoint.base_url.replace("/v1", "/api/v1")

    async def fetch_token(self) -> str:
        headers = {"Authorization": f"Basic {self.endpoint.credentials}", "RqUID": str(uuid.uuid4())}
        form = {"scope": self.endpoint.scope}
        async with self.session.post(self.endpoint.auth_url, data=form, headers=headers) as response:
            return (await response.json())["access_token"]

    def post(self, path="/chat/completions", body=None, *, base="", headers=None, data=None):
        content = json.dumps(body, ensure_ascii=False).encode() if data is None else data
        sent = self.headers | {"Content-Type": "application/json"} | (headers or {})
        return self.session.post((base or self.endpoint.base_url) + path, data=content, headers=sent)

    async def read(self, body, **more) -> tuple[int, bytes]:
        async with self.post(body=body, **more) as response:
            return response.status, await response.read()

    async def get(self, path: str, *, base: str = "") -> tuple[int, bytes]:
        async with self.session.get((base or self.endpoint.base_url) + path, headers=self.headers) as response:
            return response.status, await response.read()


@asynccontextmanager
async def visiting(emulator: Emulator) -> AsyncIterator[Visitor]:
    endpoint = await emulator.start()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector()) as session:
        visitor = Visitor(session, endpoint, "")
        visitor.token = await visitor.fetch_token()
        yield visitor


def question(text: str = "Привет", **more) -> dict:
    return {"model": "GigaChat-2", "messages": [{"role": "user", "content": text}], **more}


def events(body: bytes) -> list[dict]:
    """The JSON of each event but `[DONE]`."""
    lines = [line.removeprefix("data: ") for line in body.decode().split("\n") if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


def deltas(body: bytes) -> list[str]:
    """The texts of a stream, without the empty one at its end."""
    return [event["choices"][0]["delta"]["content"] for event in events(body)][:-1]


async def raw(endpoint: Endpoint, request: bytes) -> bytes:
    """All bytes the server sends for these bytes, until it closes."""
    address = urlsplit(endpoint.base_url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.read(), LIMIT_S)
    finally:
        writer.close()
        await writer.wait_closed()


async def until(is_true: Callable[[], bool]) -> None:
    """Wait for something that other tasks bring about."""
    async with asyncio.timeout(LIMIT_S):
        while not is_true():
            await asyncio.sleep(0.005)
