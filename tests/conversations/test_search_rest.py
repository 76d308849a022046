"""The index of the search rests while somebody types or an answer comes, but not for ever."""

import asyncio
import time
from types import SimpleNamespace

import pytest

from gigadesk.chat import ChatId, MessageId
from gigadesk.conversations import search_desk
from gigadesk.conversations.search_desk import SearchDesk
from gigadesk.facts import MessageGrew

LONG_S = 3600.0


@pytest.fixture
def desk():
    return SearchDesk(SimpleNamespace(search=None), None, None, lambda _: None)


def pause(desk):
    async def paused():
        async with asyncio.timeout(30):
            await desk._pause()

    asyncio.run(paused())


def test_a_slice_comes_at_once_when_nothing_happens(desk, monkeypatch):
    monkeypatch.setattr(search_desk, "RESTING_MAX_S", LONG_S)

    pause(desk)


@pytest.mark.parametrize("happens", ["letter", "piece"])
def test_a_slice_waits_until_nothing_has_happened_for_a_moment(desk, monkeypatch, happens):
    monkeypatch.setattr(search_desk, "RESTING_S", 0.1)
    if happens == "letter":
        desk.rest()
    else:
        desk.note(MessageGrew(ChatId(1), MessageId(2), "x"))
    began = time.monotonic()

    pause(desk)

    assert time.monotonic() - began > 0.05


def test_a_long_answer_does_not_stop_the_index(desk, monkeypatch):
    monkeypatch.setattr(search_desk, "RESTING_S", LONG_S)
    monkeypatch.setattr(search_desk, "RESTING_MAX_S", 0.01)
    desk.rest()

    pause(desk)
