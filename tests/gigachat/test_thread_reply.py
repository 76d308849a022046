"""Answers of threads: as a chat's, but for a whole one; and what is never sent twice."""

import json

import pytest

from gigadesk.chat import Role, Usage
from gigadesk.errors import ServerFailedError, ServiceError
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import Finished, RequestMessage, TextDelta
from gigadesk.gigachat.protocol.thread_reply import ThreadReplyReader
from gigadesk.gigachat.stateful_values import ThreadRequest
from tests.gigachat.raw_server import DONE, answer, data, failed, hello
from tests.gigachat.stream_samples import dice_for

USAGE = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
TOLD = {"object": "threads.messages.run", "model": "m", "thread_id": "t", "message_id": "i", "usage": USAGE}
END = Finished("stop", Usage(1, 2, 3, 0), "m", thread_id="t", message_id="i")
REQUEST = ThreadRequest("t", (RequestMessage(Role.USER, "Привет"),), model="m", limit=3)


def chunk(text, **more):
    return data({**TOLD, "choices": [{"index": 0, "delta": {"content": text}, **more}]})


async def test_last_text_itself_ends_the_answer(server, client):
    server.script = lambda _: answer(chunk("При"), chunk("вет", finish_reason="stop"), DONE)

    events = [event async for event in client.reply_in_thread(REQUEST)]

    assert "".join(event.text for event in events[:-1]) == "Привет"
    assert events[-1] == END
    assert server.asked[-1].path == "/v1/threads/messages/run"
    message = {"role": "user", "content": "Привет"}
    assert server.asked[-1].json == {"thread_id": "t", "messages": [message], "limit": 3, "stream": True}


def test_whole_answer_is_understood():
    reader = ThreadReplyReader()
    reader.read(json.dumps({**TOLD, "message": {"content": "Да"}, "finish_reason": "stop"}).encode())

    assert reader.finish() == [TextDelta("Да"), END]


def test_reported_error_stays_one():
    reader = ThreadReplyReader()
    reader.read('{"status":500,"message":"Internal"}')

    assert isinstance(reader.failure, ServerFailedError)


def test_no_damage_to_an_answer_does_harm():
    body = json.dumps({**TOLD, "message": {"content": "Да", "role": "assistant"}, "finish_reason": "stop"}).encode()
    for seed in range(3000):
        dice, odd = dice_for(seed), bytearray(body)
        for _ in range(dice.randrange(1, 5)):
            place = dice.randrange(len(odd))
            odd[place : place + dice.randrange(3)] = dice.choice((b'"', b"}", b"[", b"1e999", b"\xff", b"null", b""))
        reader = ThreadReplyReader()
        reader.read(bytes(odd))
        assert reader.failure is None or isinstance(reader.failure, ServiceError)
        reader.finish()


@pytest.mark.parametrize(("name", "times"), [("reply_in_thread", 1), ("rerun_thread", 2)])
async def test_what_adds_to_a_thread_is_sent_once(server, name, times, monkeypatch):
    monkeypatch.setenv("GIGACHAT_MAX_RETRIES", "1")
    server.script = lambda _: failed(503, status=503, message="busy") if len(sent()) == 1 else hello()

    def sent():
        return [asked for asked in server.asked if "/threads" in asked.path]

    options = server.options.__class__(
        credentials=server.options.credentials, base_url=server.options.base_url, auth_url=server.options.auth_url
    )
    async with Client(options) as client:
        try:
            events = [event async for event in getattr(client, name)(REQUEST)]
        except ServerFailedError:
            events = []

    assert len(sent()) == times
    assert bool(events) == (times == 2)
