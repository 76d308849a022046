"""The official SDK as a client of the emulator, over TLS and verifying: one way to call both of its halves."""

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import gigachat

from gigadesk.emulator import Emulator, EmulatorOptions, Endpoint

ASYNC_HOLDERS = {"chat": "achat", "assistants": "a_assistants", "threads": "a_threads"}


class Caller:
    """Calls methods of the SDK by the names they have in its sync half; streams come as lists."""

    def __init__(self, emulator: Emulator, endpoint: Endpoint, client: gigachat.GigaChat, *, is_async: bool) -> None:
        self.emulator = emulator
        self.endpoint = endpoint
        self.client = client
        self.is_async = is_async
        self.called: set[str] = set()

    async def __call__(self, path: str, *args: Any, **kwargs: Any) -> Any:
        self.called.add(path)
        if self.is_async:
            result = _async_method(self.client, path)(*args, **kwargs)
            return [chunk async for chunk in result] if hasattr(result, "__aiter__") else await result
        return await asyncio.to_thread(_called, _sync_method(self.client, path), args, kwargs)


@asynccontextmanager
async def calling(*, is_async: bool, options: EmulatorOptions | None = None, **settings: Any) -> AsyncIterator[Caller]:
    """A caller with the key of a new emulator; settings of the SDK take the place of the usual ones."""
    emulator = Emulator(options or EmulatorOptions(characters_per_s=0, tls=True, plan="b2b"))
    endpoint = await emulator.start()
    usual = {
        "base_url": endpoint.base_url,
        "auth_url": endpoint.auth_url,
        "credentials": endpoint.credentials,
        "scope": endpoint.scope,
        "ca_bundle_file": endpoint.ca_file,
        "model": "GigaChat-2-Max",
    }
    given = {name: value(endpoint) if callable(value) else value for name, value in settings.items()}
    client = gigachat.GigaChat(**{name: value for name, value in (usual | given).items() if value is not None})
    try:
        yield Caller(emulator, endpoint, client, is_async=is_async)
    finally:
        await client.aclose()
        client.close()
        await emulator.stop()


def public_calls(kind: type, holder: str = "", *, is_async: bool = False) -> set[str]:
    """The public names of a class of the SDK, as `Caller` knows them."""
    names = {name for name in dir(kind) if not name.startswith("_")} - {"token"}
    if holder:
        return {f"{holder}.{name}" for name in names} | ({holder} if "__call__" in vars(kind) else set())
    if is_async:
        return {name.removeprefix("a") for name in names - set(ASYNC_HOLDERS.values())}
    return names - set(ASYNC_HOLDERS)


def _sync_method(client: Any, path: str) -> Any:
    holder, _, name = path.rpartition(".")
    return getattr(getattr(client, holder) if holder else client, name)


def _async_method(client: Any, path: str) -> Any:
    holder, _, name = path.rpartition(".")
    return getattr(getattr(client, ASYNC_HOLDERS[holder]), name) if holder else getattr(client, f"a{name}")


def _called(method: Any, args: Any, kwargs: Any) -> Any:
    result = method(*args, **kwargs)
    return list(result) if inspect.isgenerator(result) else result
