"""A raw server in a thread with a loop of its own, for tests whose loops come and go."""

import asyncio
import threading
from contextlib import contextmanager

from tests.gigachat.raw_server import RawServer


@contextmanager
def running():
    """The server, and the environment variables that lead to it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = RawServer()
    asyncio.run_coroutine_threadsafe(server.start(), loop).result(5)
    try:
        yield server, {"GIGACHAT_BASE_URL": server.options.base_url, "GIGACHAT_AUTH_URL": server.options.auth_url}
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()
