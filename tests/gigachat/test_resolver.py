import asyncio
import socket
import threading

import pytest

from gigadesk.gigachat.resolver import DaemonResolver, _host_of


async def test_a_name_becomes_addresses():
    found = await DaemonResolver().resolve("localhost", 80, socket.AF_INET)

    assert {(entry["hostname"], entry["host"], entry["port"]) for entry in found} == {("localhost", "127.0.0.1", 80)}


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 300, "x..y", "\udc80"])
async def test_a_name_that_is_none_is_an_os_error(host):
    with pytest.raises(OSError, match=r"."):
        await DaemonResolver().resolve(host, 80)


def test_a_name_server_that_does_not_answer_holds_nothing_up(monkeypatch):
    may_answer, asked = threading.Event(), threading.Event()

    def getaddrinfo(*_args, **_kwargs):
        asked.set()
        may_answer.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    async def give_up():
        task = asyncio.create_task(DaemonResolver().resolve("host", 80))
        while not asked.is_set():
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()

    asyncio.run(give_up())

    threads = [thread for thread in threading.enumerate() if thread.name == "resolve"]
    assert threads
    assert all(thread.daemon for thread in threads)
    may_answer.set()
    for thread in threads:
        thread.join(5)


async def test_an_answer_that_nobody_waits_for_is_dropped(monkeypatch):
    may_answer = threading.Event()

    def getaddrinfo(*_args, **_kwargs):
        may_answer.wait(10)
        raise socket.gaierror(socket.EAI_AGAIN, "x")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    task = asyncio.create_task(DaemonResolver().resolve("host", 80))
    await asyncio.sleep(0)
    threads = [thread for thread in threading.enumerate() if thread.name == "resolve"]

    task.cancel()
    await asyncio.wait({task})
    may_answer.set()
    for thread in threads:
        await asyncio.to_thread(thread.join, 5)
    await asyncio.sleep(0)

    assert task.cancelled()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (("127.0.0.1", 80), "127.0.0.1"),
        (("::1", 80, 0, 0), "::1"),
        (("fe80::1", 80, 0, 2), "fe80::1%2"),
        (("fe80::1%eth0", 80, 0, 2), "fe80::1%eth0"),
    ],
)
def test_link_local_addresses_keep_their_zone(address, host):
    assert _host_of(address) == host
