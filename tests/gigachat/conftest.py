import pytest

from gigadesk.gigachat.client import Client
from tests.gigachat.raw_server import RawServer


@pytest.fixture
async def server():
    server = RawServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def client(server):
    async with Client(server.options) as client:
        yield client
