import pytest

from gigadesk.emulator import Emulator, EmulatorOptions
from gigadesk.gigachat import GigaChat
from gigadesk.gigachat.client import Client
from tests.gigachat.emulator_service import EmulatorService
from tests.gigachat.raw_server import RawServer


@pytest.fixture(autouse=True)
def _single_tries(monkeypatch):
    """Who wants further tries says how many."""
    monkeypatch.setenv("GIGACHAT_MAX_RETRIES", "0")


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


@pytest.fixture
async def service(request, monkeypatch):
    """A running emulator with TLS that the environment leads to; `indirect` parameters choose the plan."""
    emulator = Emulator(EmulatorOptions(characters_per_s=0, tls=True, plan=getattr(request, "param", "pers")))
    endpoint = await emulator.start()
    monkeypatch.setenv("GIGACHAT_BASE_URL", endpoint.base_url)
    monkeypatch.setenv("GIGACHAT_AUTH_URL", endpoint.auth_url)
    monkeypatch.setenv("GIGACHAT_CA_BUNDLE_FILE", endpoint.ca_file)
    # The port may have been that of another test, whose token would be tried first.
    monkeypatch.setattr(GigaChat, "_tokens", {})
    yield EmulatorService(emulator, endpoint)
    await emulator.stop()
