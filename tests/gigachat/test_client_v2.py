"""The second contract against a server that says exactly what a test wants."""

import json
from dataclasses import replace

import pytest

from gigadesk.chat import Role, Tool
from gigadesk.errors import (
    BrokenAnswerError,
    FileGoneError,
    ModelUnavailableError,
    RequestRejectedError,
    ToolUnavailableError,
)
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import (
    ApiVersion,
    Finished,
    FunctionCall,
    ReplyRequest,
    RequestMessage,
    TextDelta,
)
from tests.gigachat.client_support import collect, text_of
from tests.gigachat.raw_server import END, Say, failed, http, piece, stream_head

REQUEST = ReplyRequest("GigaChat-2-Max", (RequestMessage(Role.USER, "Привет"),), "session-1", api=ApiVersion.V2)
CALL = FunctionCall("f", {"a": 1}, "state")
ROUND_TRIP = replace(
    REQUEST,
    messages=(
        *REQUEST.messages,
        RequestMessage(Role.ASSISTANT, "", function_call=CALL),
        RequestMessage(Role.FUNCTION, '{"b":2}', function_name="f"),
    ),
)
HTML = Say((http(404, b"<html>nothing here</html>", "text/html"),))


def event(name, value):
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def delta(text):
    return event("response.message.delta", {"messages": [{"role": "assistant", "content": [{"text": text}]}]})


DONE = event("response.message.done", {"finish_reason": "stop", "model": "GigaChat-2-Max:1"})


def hello():
    return Say((stream_head(), piece(delta("Hel")), piece(delta("lo")), piece(DONE), END))


@pytest.fixture
def speaking_v2(server):
    server.script = lambda _: hello()
    return server


async def test_a_reply_is_streamed(speaking_v2, client):
    events, error = await collect(client, REQUEST)

    assert (text_of(events), error) == ("Hello", None)
    assert events[-1] == Finished("stop", model="GigaChat-2-Max:1")
    (chat,) = speaking_v2.chats
    assert chat.path == "/v2/chat/completions"
    assert chat.json["messages"] == [{"role": "user", "content": [{"text": "Привет"}]}]
    assert (chat.headers["accept"], chat.headers["x-session-id"]) == ("text/event-stream", "session-1")


async def test_a_whole_answer(server, client):
    body = {"messages": [{"role": "assistant", "content": [{"text": "Hello"}]}], "finish_reason": "stop"}
    server.script = lambda _: Say((http(body=json.dumps(body).encode()),))

    assert await client.complete(REQUEST) == (TextDelta("Hello"), Finished("stop"))
    assert "stream" not in server.chats[0].json


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("/v1", "/v2/chat/completions"),
        ("/gateway/v1", "/gateway/v2/chat/completions"),
        ("/gateway", "/gateway/chat/completions"),
        ("/api/v1", "/api/v2/chat/completions"),
    ],
)
async def test_where_the_second_contract_lives(speaking_v2, base, path):
    async with Client(replace(speaking_v2.options, base_url=speaking_v2.base_url + base)) as client:
        _, error = await collect(client, REQUEST)

    assert error is None
    assert [chat.path for chat in speaking_v2.chats] == [path]


@pytest.mark.parametrize("miss", [HTML, failed(404, status=404, message="Not Found")], ids=["page", "json"])
async def test_the_other_place_of_the_old_host_is_found_and_remembered(server, miss):
    server.script = lambda asked: miss if asked.path.startswith("/api/v2") else hello()

    async with Client(replace(server.options, base_url=server.base_url + "/api/v1")) as client:
        for _ in range(2):
            events, error = await collect(client, REQUEST)
            assert (text_of(events), error) == ("Hello", None)

    first, *others = [chat.path for chat in server.chats]
    assert (first, others) == ("/api/v2/chat/completions", ["/v2/chat/completions"] * 2)


@pytest.mark.parametrize(
    ("say", "kind"),
    [
        (HTML, BrokenAnswerError),
        (failed(404, status=404, message="No such model"), ModelUnavailableError),
        (failed(404, status=404, message="Unknown tool x"), ToolUnavailableError),
        (failed(422, status=422, message="Tool code_interpreter is unavailable"), ToolUnavailableError),
        (failed(422, status=422, message="Requested model does not support functions"), ToolUnavailableError),
        (failed(403, status=403, message="Access to file 'x' is denied"), FileGoneError),
        (failed(400, status=400, message="Your request contains invalid JSON syntax."), RequestRejectedError),
    ],
)
async def test_what_a_refusal_means(server, client, say, kind):
    server.script = lambda _: say

    _, error = await collect(client, replace(REQUEST, tools=(Tool.CODE_INTERPRETER,)))

    assert type(error) is kind
    assert len(server.chats) == 1


@pytest.mark.parametrize("status", [400, 422])
async def test_a_result_is_sent_in_the_other_role_once_and_so_from_then_on(server, client, status):
    def script(asked):
        is_known = asked.json["messages"][-1]["role"] == "function"
        return hello() if is_known else failed(status, status=status, message="unknown role")

    server.script = script

    for _ in range(2):
        events, error = await collect(client, ROUND_TRIP)
        assert (text_of(events), error) == ("Hello", None)

    assert [chat.json["messages"][-1]["role"] for chat in server.chats] == ["tool", "function", "function"]


async def test_a_result_is_sent_as_an_object_when_the_text_is_what_is_wrong(server, client):
    def script(asked):
        result = asked.json["messages"][-1]["content"][0]["function_result"]["result"]
        wrong = failed(400, status=400, message="invalid function result for function f json string x")
        return hello() if isinstance(result, dict) else wrong

    server.script = script

    events, error = await collect(client, ROUND_TRIP)

    assert (text_of(events), error) == ("Hello", None)


async def test_a_request_that_is_wrong_in_every_way_fails(server, client):
    server.script = lambda _: failed(422, status=422, message="Invalid params: temperature")

    _, error = await collect(client, ROUND_TRIP)

    assert isinstance(error, RequestRejectedError)
    assert [chat.json["messages"][-1]["role"] for chat in server.chats] == ["tool", "function"]


async def test_a_gateway_that_cannot_stream_gives_the_whole(server, client):
    body = {"messages": [{"role": "assistant", "content": "Hello"}], "finish_reason": "stop"}
    server.script = lambda _: Say((http(body=json.dumps(body).encode()),))

    assert (await collect(client, REQUEST))[0] == [TextDelta("Hello"), Finished("stop")]


async def test_a_tool_that_the_first_contract_lacks_is_refused_before_anything_is_sent(server, client):
    events, error = await collect(client, replace(REQUEST, api=ApiVersion.V1, tools=(Tool.WEB_SEARCH,)))

    assert (events, type(error)) == ([], ToolUnavailableError)
    assert server.asked == []


@pytest.mark.parametrize("api", list(ApiVersion))
async def test_what_options_say_about_every_request(server, api):
    options = replace(server.options, model="M", profanity_check=False, flags=("x",))

    async with Client(options) as client:
        await collect(client, replace(REQUEST, model="", api=api))
        await collect(client, replace(REQUEST, profanity_check=True, flags=("y",), api=api))

    fields = [("disable_filter", False) if api is ApiVersion.V2 else ("profanity_check", True)]
    first, second = (chat.json for chat in server.chats)
    name, value = fields[0]
    assert (first["model"], first[name], first["flags"]) == ("M", not value, ["x"])
    assert (second["model"], second[name], second["flags"]) == ("GigaChat-2-Max", value, ["y"])
