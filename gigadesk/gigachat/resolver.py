"""Looks up host names in daemon threads, since a name server that does not answer must not hold up anything.

aiohttp's own resolver asks in the default executor, whose threads are waited for when the program ends, and which ten
stuck look-ups fill.
"""

import asyncio
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

# As `socket.getaddrinfo` returns it; what an address looks like depends on its family.
_AddressInfo = Sequence[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[Any, ...]]]


class DaemonResolver(AbstractResolver):
    """One short-lived thread for each look-up; aiohttp keeps the results."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        infos = await _look_up(host, port, family)
        return [
            ResolveResult(
                hostname=host,
                host=_host_of(address),
                port=int(address[1]),
                family=found_family,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for found_family, _, protocol, _, address in infos
        ]

    async def close(self) -> None:
        """Nothing is kept: a look-up that still runs ends in a thread nobody waits for."""


async def _look_up(host: str, port: int, family: socket.AddressFamily) -> _AddressInfo:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_AddressInfo] = loop.create_future()

    def settle(infos: _AddressInfo, error: OSError | None) -> None:
        if answer.done():  # nobody waits any more
            return
        if error is None:
            answer.set_result(infos)
        else:
            answer.set_exception(error)

    def ask() -> None:
        infos: _AddressInfo = []
        error: OSError | None = None
        try:
            infos = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        except OSError as exc:
            error = exc
        except UnicodeError:  # a name that cannot be a host's
            error = socket.gaierror(socket.EAI_NONAME, "not a host name")
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, infos, error)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    return await answer


def _host_of(address: tuple[Any, ...]) -> str:  # as socket returns it: (host, port) or (host, port, flow, zone)
    host = str(address[0])
    has_zone = len(address) == 4 and address[3] and "%" not in host
    return f"{host}%{address[3]}" if has_zone else host
