"""Further tries: before anything was given out, announced, and ended at once by whoever does not want to wait."""

import asyncio
from contextlib import aclosing
from dataclasses import replace

import pytest

from gigadesk.errors import (
    AnswerInterruptedError,
    NetworkError,
    RateLimitError,
    RequestRejectedError,
    ServerFailedError,
)
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import Finished, Retrying, TextDelta
from tests.gigachat.client_support import REQUEST, collect, text_of
from tests.gigachat.raw_server import END, Say, answer, delta, failed, grant, hello, http, last, piece, stream_head

NOW = "Retry-After: 0"
BUSY = Say((http(503, b'{"status":503,"message":"busy"}', headers=[NOW]),))
LIMITED = Say((http(429, b'{"status":429,"message":"Too many requests"}', headers=[NOW]),))


@pytest.fixture
async def eager(server):
    """A client that tries twice more."""
    async with Client(replace(server.options, max_retries=2)) as client:
        yield client


def in_turn(server, *says):
    """The server says these one after the other, the last one for ever."""
    rest = list(says)
    server.script = lambda _: rest.pop(0) if len(rest) > 1 else rest[0]


@pytest.mark.parametrize("say", [BUSY, LIMITED], ids=["busy", "limited"])
async def test_what_fails_in_passing_is_tried_again_and_said(server, eager, say):
    in_turn(server, say, say, hello())

    events, error = await collect(eager)

    assert (text_of(events), error) == ("Hello", None)
    assert [type(event) for event in events[:3]] == [Retrying, Retrying, TextDelta]
    assert isinstance(events[-1], Finished)
    assert [(event.attempt, event.delay_s, type(event.error)) for event in events[:2]] == [
        (number, 0.0, ServerFailedError if say is BUSY else RateLimitError) for number in (1, 2)
    ]


async def test_tries_have_an_end(server, eager):
    in_turn(server, BUSY)

    events, error = await collect(eager)

    assert len(events) == 2
    assert isinstance(error, ServerFailedError)
    assert error.detail == "busy"
    assert len(server.chats) == 3


async def test_what_lasts_is_not_tried_again(server, eager):
    in_turn(server, failed(422, status=422, message="Invalid params"))

    events, error = await collect(eager)

    assert (events, type(error)) == ([], RequestRejectedError)
    assert len(server.chats) == 1


async def test_nothing_is_tried_again_after_the_first_words(server, eager):
    in_turn(server, answer(delta("Hel")), hello())

    events, error = await collect(eager)

    assert text_of(events) == "Hel"
    assert isinstance(error, AnswerInterruptedError)
    assert len(server.chats) == 1


async def test_an_answer_that_breaks_off_before_its_first_words_is_tried_again(server, eager):
    in_turn(server, Say((stream_head(),), close=True), hello())

    events, error = await collect(eager)

    assert (text_of(events), error) == ("Hello", None)
    assert isinstance(events[0].error, AnswerInterruptedError)


async def test_a_reported_error_before_the_first_words_is_tried_again(server, eager):
    in_turn(server, answer(b'data: {"status":500,"message":"x"}\n\n'), hello())

    events, error = await collect(eager)

    assert (text_of(events), error) == ("Hello", None)


async def test_a_reset_connection_is_tried_again(server, eager):
    in_turn(server, Say((), reset=True), hello())

    events, error = await collect(eager)

    assert (text_of(events), error) == ("Hello", None)
    assert isinstance(events[0].error, NetworkError)


async def test_rate_limits_are_left_to_who_wants_them(server):
    in_turn(server, LIMITED)

    async with Client(replace(server.options, max_retries=2, retry_rate_limits=False)) as client:
        events, error = await collect(client)

    assert (events, type(error)) == ([], RateLimitError)
    assert len(server.chats) == 1


async def test_a_whole_answer_and_the_list_of_models_are_tried_again_too(server, eager):
    in_turn(server, BUSY, Say((http(body=b'{"choices":[{"message":{"content":"Hello"}}]}'),)))
    assert text_of(await eager.complete(REQUEST)) == "Hello"

    in_turn(server, BUSY, Say((http(body=b"{", length=500),), close=True), Say((http(body=b'{"data":[]}'),)))
    assert await eager.models() == ()


async def test_a_failing_token_is_asked_for_again_by_one_for_all(server):
    says = [Say((http(503, b"{}", headers=[NOW]),))] * 2
    server.oauth = lambda _: says.pop() if says else grant()

    async with Client(replace(server.options, max_retries=2)) as client:
        results = await asyncio.gather(*(collect(client) for _ in range(10)))

    assert [(text_of(events), error) for events, error in results] == [("Hello", None)] * 10
    assert len(server.tokens) <= 4


async def test_who_stops_does_not_wait_for_the_next_try(server, eager):
    in_turn(server, Say((http(503, b"{}", headers=["Retry-After: 60"]),)))
    async with aclosing(eager.reply(REQUEST)) as events:
        assert (await anext(events)).delay_s == 60
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)

        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert len(server.chats) == 1


@pytest.mark.parametrize(("header", "delay_s"), [("nan", None), ("1e9", 60), ("-5", 0), ("x", None)])
async def test_a_wish_that_makes_no_sense_is_bounded(server, eager, header, delay_s):
    in_turn(server, Say((http(503, b"{}", headers=[f"Retry-After: {header}"]),)))

    async with aclosing(eager.reply(REQUEST)) as events:
        retrying = await anext(events)

    assert retrying.delay_s == delay_s if delay_s is not None else 0.5 <= retrying.delay_s <= 1


async def test_a_token_is_renewed_once_and_not_counted_as_a_try(server, eager):
    in_turn(server, failed(401, status=401, message="Token has expired"), hello())

    events, error = await collect(eager)

    assert (text_of(events), error) == ("Hello", None)
    assert not any(isinstance(event, Retrying) for event in events)


async def test_an_answer_after_other_tries_is_read_to_its_end(server, eager):
    in_turn(server, BUSY, Say((stream_head() + piece(delta("Hello") + last()) + END,)))

    events, error = await collect(eager)

    assert (text_of(events), error) == ("Hello", None)


async def test_a_closed_client_tries_nothing_again(server):
    server.script = lambda _: Say((http(503, b"{}", headers=["Retry-After: 0"]),))
    client = Client(replace(server.options, max_retries=2))
    async with aclosing(client.reply(REQUEST)) as events:
        await anext(events)
        await client.close()

        with pytest.raises(NetworkError):
            await anext(events)

    assert len(server.chats) == 1
