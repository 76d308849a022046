import asyncio

import pytest

from gigadesk.errors import NetworkError, ServerFailedError
from gigadesk.gigachat.protocol.grant import Grant
from gigadesk.gigachat.token import TokenOwner, usable_s


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Server:
    """Gives tokens t1, t2, ... that live for `lifetime_s`; waits for `open` if that is cleared."""

    def __init__(self, lifetime_s=1800.0) -> None:
        self.calls = 0
        self.lifetime_s = lifetime_s
        self.failure = None
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self) -> tuple[Grant, float]:
        self.calls += 1
        await self.open.wait()
        if self.failure is not None:
            raise self.failure
        return Grant(f"t{self.calls}", 5000 + self.lifetime_s), 5000.0


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def owner(clock):
    return TokenOwner(clock)


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_token_is_kept_until_a_minute_before_its_end(owner, clock):
    server = Server()

    assert await owner.get(server) == "t1"
    clock.now += 1739
    assert await owner.get(server) == "t1"
    clock.now += 1
    assert await owner.get(server) == "t2"


async def test_many_who_ask_at_once_cause_one_request(owner):
    server = Server()

    assert await asyncio.gather(*(owner.get(server) for _ in range(10))) == ["t1"] * 10
    assert server.calls == 1


async def test_one_who_stops_does_not_stop_the_others(owner):
    server = Server()
    server.open.clear()
    waiting = [asyncio.create_task(owner.get(server)) for _ in range(5)]
    await settle()

    waiting[0].cancel()
    await settle()
    server.open.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)

    assert isinstance(results[0], asyncio.CancelledError)
    assert results[1:] == ["t1"] * 4
    assert server.calls == 1


async def test_a_refused_token_is_replaced_once_for_all(owner):
    server = Server()
    bad = await owner.get(server)

    assert await asyncio.gather(*(owner.get(server, bad=bad) for _ in range(5))) == ["t2"] * 5
    assert await owner.get(server, bad=bad) == "t2"
    assert server.calls == 2


async def test_a_failure_is_shared_and_remembered_for_a_moment(owner, clock):
    server = Server()
    server.failure = ServerFailedError("boom", status=500)

    results = await asyncio.gather(*(owner.get(server) for _ in range(20)), return_exceptions=True)
    assert {type(result) for result in results} == {ServerFailedError}
    with pytest.raises(ServerFailedError) as caught:
        await owner.get(server)
    assert (caught.value.detail, caught.value.status) == ("boom", 500)
    assert server.calls == 1

    clock.now += 5
    server.failure = None
    assert await owner.get(server) == "t2"


async def test_a_fetch_ends_when_the_last_who_waits_leaves(owner):
    server = Server()
    server.open.clear()
    waiting = [asyncio.create_task(owner.get(server)) for _ in range(2)]
    await settle()

    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)

    assert asyncio.all_tasks() == {asyncio.current_task()}
    server.open.set()
    assert await owner.get(server) == "t2"


async def test_one_who_comes_while_a_fetch_ends_starts_another(owner):
    server = Server()
    server.open.clear()
    first = asyncio.create_task(owner.get(server))
    await settle()

    first.cancel()
    await asyncio.sleep(0)  # now the fetch has been told to end, and has not ended yet
    server.open.set()
    second = await owner.get(server)

    assert second == "t2"
    assert (await asyncio.gather(first, return_exceptions=True))[0].__class__ is asyncio.CancelledError


async def test_a_bug_in_a_fetch_comes_through(owner):
    async def fetch():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await owner.get(fetch)


async def test_closing_ends_a_fetch_and_tells_those_who_wait(owner):
    server = Server()
    server.open.clear()
    waiting = asyncio.create_task(owner.get(server))
    await settle()

    await owner.close()

    with pytest.raises(NetworkError):
        await waiting
    await owner.close()


def test_loops_one_after_the_other_share_the_token(owner):
    server = Server()

    assert asyncio.run(owner.get(server)) == "t1"
    assert asyncio.run(owner.get(server)) == "t1"


def test_a_fetch_of_another_loop_is_not_waited_for(owner):
    stuck = Server()
    stuck.open.clear()
    other = asyncio.new_event_loop()
    waiting = other.create_task(owner.get(stuck))
    other.run_until_complete(settle())

    assert asyncio.run(owner.get(Server())) == "t1"
    asyncio.run(owner.close())

    waiting.cancel()
    other.run_until_complete(asyncio.wait({waiting}))
    other.close()


@pytest.mark.parametrize(
    ("expires_at", "seconds"),
    [
        (5000 + 1800, 1740),
        (5000 + 7200, 1740),
        (5000 + 121, 61),
        (5000 + 120, 60),
        (5000 + 100, 50),
        (5000 + 10, 5),
        (5000, 60),
        (10, 60),
        (0, 1740),
    ],
    ids=["half an hour", "too long", "two minutes", "", "short", "very short", "over", "long over", "not said"],
)
def test_how_long_a_token_is_used(expires_at, seconds):
    assert usable_s(expires_at, 5000) == seconds
