"""An emulator in a thread with a loop of its own, for code that runs a loop itself."""

import asyncio
import threading
from contextlib import contextmanager

from gigadesk.emulator import Emulator


@contextmanager
def emulator_thread(options):
    """Where it listens."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    emulator = Emulator(options)
    try:
        yield asyncio.run_coroutine_threadsafe(emulator.start(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(emulator.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
