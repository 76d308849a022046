"""The client against a well-behaved server: what is asked, and what comes out."""

import asyncio
import email.utils
import json
import time
import uuid

import aiohttp
import pytest

from gigadesk.chat import Usage
from gigadesk.errors import (
    BrokenAnswerError,
    KeyRejectedError,
    MissingAuthError,
    ModelUnavailableError,
    RateLimitError,
    RequestRejectedError,
    ScopeError,
    ServerFailedError,
)
from gigadesk.gigachat.client import Client, ClientOptions
from gigadesk.gigachat.events import Finished, Model, TextDelta
from gigadesk.gigachat.token import TokenOwner
from tests.gigachat.client_support import REQUEST, collect, text_of
from tests.gigachat.raw_server import (
    DONE,
    END,
    KEY,
    Say,
    delta,
    failed,
    grant,
    hello,
    http,
    last,
    piece,
    stream_head,
)

FINISHED = Finished("stop", Usage(17, 3, 20, 2), "GigaChat-2:2.0.1")


async def test_a_reply_is_streamed(server, client):
    events, error = await collect(client)

    assert error is None
    assert text_of(events) == "Hello"
    assert events[-1] == FINISHED


async def test_deltas_of_one_packet_come_as_one_event(server, client):
    server.script = lambda _: Say((stream_head() + piece(delta("Hel") + delta("lo")) + piece(last() + DONE) + END,))

    assert (await collect(client))[0] == [TextDelta("Hello"), FINISHED]


async def test_what_a_request_looks_like(server, client):
    await collect(client)

    asked = server.chats[0]
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.json == {
        "model": "GigaChat-2",
        "messages": [{"role": "user", "content": "Привет"}],
        "stream": True,
    }
    headers = asked.headers
    assert headers["authorization"] == "Bearer the-token"
    assert headers["user-agent"].startswith("GigaDesk/")
    assert headers["accept"] == "text/event-stream"
    assert headers["accept-encoding"] == "identity"
    assert headers["content-type"] == "application/json"
    assert headers["x-session-id"] == "session-1"
    assert uuid.UUID(headers["x-request-id"]).version == 4


async def test_what_a_token_request_looks_like(server, client):
    await collect(client)

    asked = server.tokens[0]
    assert (asked.method, asked.path, asked.body) == ("POST", "/api/v2/oauth", b"scope=GIGACHAT_API_PERS")
    assert asked.headers["authorization"] == f"Basic {KEY}"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert uuid.UUID(asked.headers["rquid"]).version == 4


async def test_one_token_and_one_connection_serve_many_replies(server, client):
    for _ in range(3):
        await collect(client)

    assert len(server.tokens) == 1
    assert server.connections == 2  # one for the token, one for all replies


async def test_a_whole_reply_comes_in_one_piece(server, client):
    message = {"message": {"content": "Hello", "role": "assistant"}, "index": 0, "finish_reason": "length"}
    body = json.dumps({"choices": [message], "model": "m"}, indent=4).encode()
    server.script = lambda _: Say((http(body=body, content_type="application/json; charset=utf-8"),))

    assert await client.complete(REQUEST) == (TextDelta("Hello"), Finished("length", None, "m"))
    assert "stream" not in server.chats[0].json
    assert server.chats[0].headers["accept"] == "application/json"


async def test_a_gateway_that_cannot_stream_gives_the_whole_answer(server, client):
    message = {"message": {"content": "Hello"}, "finish_reason": "stop"}
    server.script = lambda _: Say((http(body=json.dumps({"choices": [message]}).encode()),))

    assert (await collect(client))[0] == [TextDelta("Hello"), Finished("stop")]


async def test_models_are_listed(server, client):
    body = b'{"object":"list","data":[{"id":"GigaChat-2","object":"model","owned_by":"s","type":"chat"}]}'
    server.script = lambda _: Say((http(body=body),))

    assert await client.models() == (Model("GigaChat-2", "chat", "s"),)
    assert (server.asked[-1].method, server.asked[-1].path) == ("GET", "/v1/models")


async def test_a_list_of_models_that_makes_no_sense(server, client):
    server.script = lambda _: Say((http(body=b"[]"),))

    with pytest.raises(BrokenAnswerError):
        await client.models()


async def test_one_model_is_looked_at(server, client):
    server.script = lambda _: Say((http(body=b'{"id":"GigaChat-2:1","object":"model","owned_by":"o","type":"chat"}'),))

    assert await client.model("GigaChat-2:1") == Model("GigaChat-2:1", "chat", "o")
    assert server.asked[-1].path == "/v1/models/GigaChat-2%3A1"

    server.script = lambda _: failed(404, status=404, message="No such model")
    with pytest.raises(ModelUnavailableError):
        await client.model("x")


async def test_a_refused_token_is_renewed_once(server, client):
    server.oauth = lambda _: grant(f"token-{len(server.tokens)}")
    server.script = lambda asked: (
        hello() if asked.headers["authorization"] == "Bearer token-2" else failed(401, status=401, message="expired")
    )

    events, error = await collect(client)

    assert (text_of(events), error) == ("Hello", None)
    assert len(server.tokens) == 2


async def test_many_refused_replies_renew_the_token_once(server, client):
    server.oauth = lambda _: grant(f"token-{len(server.tokens)}")
    server.script = lambda asked: (
        hello() if asked.headers["authorization"] == "Bearer token-2" else failed(401, status=401, message="expired")
    )

    results = await asyncio.gather(*(collect(client) for _ in range(5)))

    assert [(text_of(events), error) for events, error in results] == [("Hello", None)] * 5
    assert len(server.tokens) == 2


async def test_a_key_that_is_refused_twice_is_not_good(server, client):
    server.script = lambda _: failed(401, status=401, message="Unauthorized")

    _, error = await collect(client)

    assert isinstance(error, KeyRejectedError)
    assert error.detail == "Unauthorized"
    assert len(server.chats) == 2


async def test_a_token_near_its_end_is_renewed_before_it_is_used(server):
    now = int(time.time())
    grants = [now, now + 1800]
    date = f"Date: {email.utils.formatdate(now, usegmt=True)}"

    def oauth(_):
        expires_at = grants[len(server.tokens) - 1] * 1000
        return Say((http(body=b'{"access_token":"t","expires_at":%d}' % expires_at, headers=[date]),))

    server.oauth = oauth
    seconds = [0.0]
    async with Client(server.options, tokens=TokenOwner(lambda: seconds[0])) as client:
        await collect(client)
        seconds[0] = 61.0
        await collect(client)

    assert len(server.tokens) == 2


@pytest.mark.parametrize(
    ("say", "kind"),
    [
        (failed(401, code=6, message="credentials doesn't match db data"), KeyRejectedError),
        (failed(400, code=7, message="scope from db not fully includes consumed scope"), ScopeError),
        (failed(500, code=0, message="boom"), ServerFailedError),
        (Say((http(body=b"{}"),)), BrokenAnswerError),
    ],
)
async def test_no_token_no_reply(server, client, say, kind):
    server.oauth = lambda _: say

    _, error = await collect(client)

    assert type(error) is kind
    assert server.chats == []


async def test_errors_keep_the_servers_words_and_number(server, client):
    body = b'{"status":404,"message":"No such model"}\n'
    server.script = lambda _: Say((http(404, body, headers=["X-Request-Id: abc"]),))

    _, error = await collect(client)

    assert isinstance(error, ModelUnavailableError)
    assert (error.detail, error.status, error.request_id) == ("No such model", 404, "abc")


async def test_a_full_lane_is_told_with_the_wait(server, client):
    server.script = lambda _: Say((http(429, b'{"status":429,"message":"x"}', headers=["Retry-After: 3"]),))

    _, error = await collect(client)

    assert isinstance(error, RateLimitError)
    assert error.retry_after_s == 3


async def test_closing_a_reply_closes_its_connection(server, client):
    server.script = lambda _: Say((stream_head() + piece(delta("Hel")), None))
    events = client.reply(REQUEST)
    assert await anext(events) == TextDelta("Hel")

    await events.aclose()

    async with asyncio.timeout(5):
        await server.gone.wait()


async def test_cancelling_a_reply_closes_its_connection(server, client):
    server.script = lambda _: Say((stream_head() + piece(delta("Hel")), None))
    got = asyncio.Event()

    async def listen():
        async for _ in client.reply(REQUEST):
            got.set()

    task = asyncio.create_task(listen())
    async with asyncio.timeout(5):
        await got.wait()
        task.cancel()
        await server.gone.wait()
    assert (await asyncio.gather(task, return_exceptions=True))[0].__class__ is asyncio.CancelledError


async def test_closing_the_client_ends_what_runs(server):
    server.script = lambda _: Say((stream_head() + piece(delta("Hel")), None))
    client = Client(server.options)
    events = client.reply(REQUEST)
    await anext(events)

    await client.close()

    async with asyncio.timeout(5):
        await server.gone.wait()
    await events.aclose()


async def test_without_a_key_nothing_is_asked(server):
    async with Client(ClientOptions(base_url=server.base_url, auth_url=server.base_url)) as client:
        assert isinstance((await collect(client))[1], MissingAuthError)
    assert server.asked == []


@pytest.mark.parametrize("key", ["ключ", "two words", "line\nbreak", "tab\t"])
async def test_a_key_that_cannot_be_sent_is_not_sent(server, key):
    options = ClientOptions(credentials=key, base_url=server.base_url, auth_url=server.base_url)
    async with Client(options) as client:
        assert isinstance((await collect(client))[1], KeyRejectedError)
    assert server.asked == []


async def test_secrets_do_not_leave_over_plain_http():
    async with Client(ClientOptions(credentials=KEY, base_url="http://example.com/v1")) as client:
        assert isinstance((await collect(client))[1], RequestRejectedError)
    async with Client(ClientOptions(credentials=KEY, auth_url="http://example.com/oauth")) as client:
        with pytest.raises(RequestRejectedError):
            await client.models()


async def test_the_environment_fills_what_is_not_given(server, monkeypatch):
    monkeypatch.setenv("GIGACHAT_BASE_URL", server.base_url + "/api/v1")
    monkeypatch.setenv("GIGACHAT_AUTH_URL", server.base_url + "/api/v2/oauth")
    monkeypatch.setenv("GIGACHAT_CREDENTIALS", KEY)
    monkeypatch.setenv("GIGACHAT_SCOPE", "GIGACHAT_API_CORP")

    async with Client(ClientOptions()) as client:
        events, _ = await collect(client)
    async with Client(ClientOptions(scope="GIGACHAT_API_B2B")) as client:
        await collect(client)

    assert text_of(events) == "Hello"
    assert server.chats[0].path == "/api/v1/chat/completions"
    assert [asked.body for asked in server.tokens] == [b"scope=GIGACHAT_API_CORP", b"scope=GIGACHAT_API_B2B"]


async def test_a_connector_of_the_caller_is_used_and_stays_open(server):
    async with aiohttp.TCPConnector() as connector:
        async with Client(server.options, connector=connector) as client:
            assert text_of((await collect(client))[0]) == "Hello"

        assert not connector.closed
        assert len(connector._conns) > 0


def test_making_a_client_needs_no_loop():
    assert "secret" not in repr(ClientOptions(credentials="secret", proxy="http://user:secret@p"))
    Client(ClientOptions(base_url="nonsense"))
