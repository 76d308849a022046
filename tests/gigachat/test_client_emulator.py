"""The typed client against the emulator with TLS."""

import asyncio
import logging

import pytest

from gigadesk.chat import Role
from gigadesk.emulator import Fault
from gigadesk.emulator.faults import Cut
from gigadesk.errors import GigadeskError, KeyRejectedError
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import Finished, FunctionCall, ReplyRequest, RequestMessage
from tests.gigachat.client_support import REQUEST, collect, text_of


@pytest.fixture
async def client(service):
    async with Client(service.options) as client:
        yield client


def asking(words, **more):
    return ReplyRequest("GigaChat-2", (RequestMessage(Role.USER, words),), **more)


async def test_a_reply_carries_the_session_and_who_asks(service, client):
    events, error = await collect(client)

    headers = service.chats[0].headers
    assert error is None
    assert headers["X-Session-ID"] == REQUEST.session_id
    assert headers["User-Agent"].startswith("GigaDesk/")
    assert headers["Accept"] == "text/event-stream"
    assert headers["X-Request-ID"]
    assert headers["Accept-Encoding"] == "identity"
    assert "Cookie" not in headers
    assert service.chats[0].json() == {
        "model": "GigaChat-2",
        "messages": [{"role": "user", "content": "Привет"}],
        "stream": True,
    }
    assert events[-1].model == "GigaChat-2:2.0.28.2"


async def test_streamed_and_whole_say_the_same(client):
    streamed, error = await collect(client)
    whole = await client.complete(asking("Привет"))

    assert error is None
    assert text_of(streamed) == text_of(whole)
    assert (streamed[-1].reason, streamed[-1].model) == (whole[-1].reason, whole[-1].model) == ("stop", whole[-1].model)
    assert streamed[-1].usage == whole[-1].usage
    assert whole[-1].usage.total == whole[-1].usage.prompt + whole[-1].usage.completion


async def test_the_same_session_is_served_from_the_cache(client):
    (*_, first), _ = await collect(client)
    (*_, second), _ = await collect(client)

    assert second.usage.cached > first.usage.cached


@pytest.mark.parametrize("plan_of", ["/v1", "/api/v1"])
async def test_the_models_come_in_the_order_of_the_server(service, monkeypatch, plan_of):
    monkeypatch.setenv("GIGACHAT_BASE_URL", service.endpoint.base_url.replace("/v1", plan_of))
    async with Client(service.options) as client:
        models = await client.models()

    assert {model.owner for model in models} == {"salutedevices"}
    assert {"chat", "embedder"} <= {model.kind for model in models}
    assert models[0].id == ("GigaChat-2" if plan_of == "/v1" else "GigaChat")


@pytest.mark.parametrize("reason", ["length", "blacklist", "error", "new"])
async def test_why_an_answer_ended_is_told(service, client, reason):
    service.emulator.answer_next("Не ", "могу.", finish_reason=reason)

    events, error = await collect(client)

    assert (text_of(events), error) == ("Не могу.", None)
    assert events[-1].reason == reason


@pytest.mark.parametrize("way", ["stream", "whole"])
async def test_a_call_of_a_function_is_an_event(client, way):
    function = {
        "name": "weather",
        "description": "Weather in a town",
        "parameters": {"type": "object", "properties": {"town": {"type": "string"}}},
    }
    request = asking("Погода в Москве?", extra={"functions": [function], "function_call": {"name": "weather"}})

    events = (await collect(client, request))[0] if way == "stream" else await client.complete(request)

    call, end = [event for event in events if isinstance(event, FunctionCall | Finished)]
    assert call.name == "weather"
    assert isinstance(call.arguments, dict)
    assert call.state_id
    assert end.reason == "function_call"


async def test_a_revoked_token_is_replaced_before_anybody_notices(service, client):
    await client.models()

    service.emulator.revoke_tokens()
    events, error = await collect(client)

    assert error is None
    assert text_of(events)
    assert len(service.tokens) == 2


async def test_closing_a_reply_frees_its_stream(service, client):
    service.emulator.faults.next(Fault(stall_after_chunks=1))
    reply = client.reply(REQUEST)
    await anext(reply)

    await reply.aclose()
    await service.until(lambda: service.emulator.generations_running == 0)

    assert (await collect(client))[1] is None


async def test_leaving_while_the_server_writes_is_no_error_of_either(service, client):
    service.emulator.answer_next(*(f"{number} " for number in range(1000)))
    reply = client.reply(REQUEST)
    await anext(reply)

    await reply.aclose()

    await service.until(lambda: service.emulator.generations_running == 0)


async def test_cancelling_before_the_first_byte_frees_the_stream(service, client):
    service.emulator.faults.next(Fault(hold=True))
    task = asyncio.ensure_future(collect(client))
    await service.until(lambda: service.emulator.faults.waiting)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await service.until(lambda: service.emulator.generations_running == 0)

    assert (await collect(client))[1] is None


FAULTS = [
    Fault(status=500, message="Bearer {token}"),
    Fault(status=401, message="{token} {key}"),
    Fault(status=400, message="{key}"),
    Fault(html=True),
    Fault(status=307, headers=(("Location", "https://127.0.0.1/{token}"),)),
    Fault(gzip=True),
    Fault(drop=True),
    Fault(without_finish=True),
    Fault(cut_after_bytes=230, cut=Cut.RST),
    Fault(cut_after_bytes=230, cut=Cut.FIN),
    Fault(path="/oauth", body='{{"access_token": "{key}\\n"}}', content_type="application/json"),
    Fault(path="/oauth", status=500, message="{key}"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=range(len(FAULTS)))
async def test_no_failure_tells_a_secret(service, client, caplog, fault):
    caplog.set_level(logging.DEBUG)
    secret = "canarywords"
    async with Client(service.options) as other:
        await other.models()
    token = service.emulator.requests[-1].headers["Authorization"].removeprefix("Bearer ")
    words = {"token": token, "key": service.endpoint.credentials}
    service.emulator.faults.set(filled(fault, words))
    service.emulator.answer_next(secret, " and more")

    _, error = await collect(client, asking(secret))

    assert isinstance(error, GigadeskError)
    told = "".join(printed(error)) + caplog.text
    sent = [request.headers.get("Authorization", "?").split()[-1] for request in service.emulator.requests]
    for word in {secret, *words.values(), *sent}:
        # What is told of a failure is cut, so that a part of a secret is looked for.
        assert not [part for part in range(0, len(word), 20) if word[part : part + 20] in told]


def filled(fault, words):
    changes = {name: getattr(fault, name).format(**words) for name in ("message", "body")}
    headers = tuple((name, value.format(**words)) for name, value in fault.headers)
    return type(fault)(**{name: getattr(fault, name) for name in fault.__slots__} | changes | {"headers": headers})


def printed(error):
    """All that a careless log could print of an error and of what hangs on it."""
    while error is not None:
        yield f"{error}\n{error!r}\n{vars(error)}\n"
        error = error.__cause__ or error.__context__


async def test_a_failure_to_get_a_token_is_shared_and_not_asked_for_again(service, client):
    service.emulator.faults.set(Fault(path="/oauth", status=401))

    results = await asyncio.gather(*(collect(client) for _ in range(5)))

    assert all(isinstance(error, KeyRejectedError) for _, error in results)
    assert len(service.tokens) == 1
