"""The index of the search rests while somebody types or an answer comes, but not for ever."""

import asyncio
import time
from types import SimpleNamespace

import pytest

from gigadesk.chat import ChatId, MessageId
from gigadesk.conversations import search_desk
from gigadesk.conversations.search_desk import SearchDesk
from gigadesk.facts import MessageGrew
from gigadesk.store import Store
from tests.conversations_support import Desk, play

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


def test_who_asks_once_more_at_the_end_keeps_no_log_beside_the_file(tmp_path):
    """A page may: an answer that is ended there is news to it."""
    path = tmp_path / "chats.db"

    async def story() -> None:
        desk = Desk(Store.open(path))
        search = desk.conversations.search
        search.search("word")
        await asyncio.sleep(0)

        closing = asyncio.ensure_future(desk.conversations.close())
        await asyncio.sleep(0)
        search.search("while it is waited for the first")
        await closing
        search.search("afterwards")
        await desk.idle()
        search.vocabulary()
        search.go_on()
        await desk.tasks.close(1)
        desk.store.close()

    play(story)

    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(path.name)] == [path.name]
