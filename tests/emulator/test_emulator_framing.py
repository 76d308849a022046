"""The bytes on the wire against the recorded samples."""

import json

from gigadesk.emulator import Emulator
from tests.emulator.emulator_support import RQUID, Visitor, events, question, raw


async def test_stream_has_the_recorded_bytes(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("$1\\, 2\\, 3$  \n\nПодробно", " «и» <b>&</b>")

    async with visitor.post(body=question("Раз, два", stream=True)) as response:
        body = await response.read()

    created = events(body)[0]["created"]
    tail = f'"created":{created},"model":"GigaChat-2:2.0.28.2","object":"chat.completion"'
    usage = '"usage":{"prompt_tokens":17,"completion_tokens":18,"total_tokens":35,"precached_prompt_tokens":2}'
    assert body.decode() == (
        'data: {"choices":[{"delta":{"content":"$1\\\\, 2\\\\, 3$  \\n\\nПодробно","role":"assistant"},"index":0}],'
        + tail
        + '}\n\ndata: {"choices":[{"delta":{"content":" «и» <b>&</b>"},"index":0}],'
        + tail
        + '}\n\ndata: {"choices":[{"delta":{"content":""},"index":0,"finish_reason":"stop"}],'
        + tail
        + f",{usage}"
        + "}\n\ndata: [DONE]\n\n"
    )


async def test_stream_has_the_recorded_headers(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("a")

    async with visitor.post(
        body=question(stream=True), headers={"X-Session-ID": "s 1", "X-Request-ID": "r"}
    ) as response:
        names = [name.decode() for name, _ in response.raw_headers]
        headers = response.headers
        assert response.version == (1, 1)

    assert headers["Content-Type"] == "text/event-stream"
    assert headers["Transfer-Encoding"] == "chunked"
    assert headers["Connection"] == "keep-alive"
    assert (headers["X-Session-Id"], headers["X-Request-Id"]) == ("s 1", "r")
    assert headers["Server"] == "SynGX"
    assert "X-Client-Id" not in names
    assert "Content-Encoding" not in names
    assert [name for name in names if name.startswith("X-")] == [
        "X-Request-Id",
        "X-Session-Id",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "X-XSS-Protection",
    ]


async def test_each_event_is_one_chunk_of_the_body(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("a", "b")
    body = json.dumps(question(stream=True)).encode()

    answer = await raw(
        visitor.endpoint,
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nConnection: close\r\n"
        b"Authorization: Bearer "
        + visitor.token.encode()
        + b"\r\nContent-Length: "
        + b"%d" % len(body)
        + b"\r\n\r\n"
        + body,
    )

    head, _, rest = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert rest.endswith(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
    chunks = []
    while rest != b"0\r\n\r\n":
        size, _, rest = rest.partition(b"\r\n")
        chunks.append(rest[: int(size, 16)])
        rest = rest[int(size, 16) + 2 :]
    assert [chunk[:6] + chunk[-2:] for chunk in chunks] == [b"data: \n\n"] * 4


async def test_whole_answer_has_the_recorded_bytes(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("Hello.")

    async with visitor.post(body=question("Раз, два")) as response:
        body = await response.read()
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
        assert response.headers["Content-Length"] == str(len(body))

    created = json.loads(body)["created"]
    assert body.decode() == (
        '{"choices":[{"message":{"content":"Hello.","role":"assistant"},"index":0,"finish_reason":"stop"}],'
        f'"created":{created},"model":"GigaChat-2:2.0.28.2","object":"chat.completion",'
        '"usage":{"prompt_tokens":17,"completion_tokens":3,"total_tokens":20,"precached_prompt_tokens":2}}'
    )


async def test_models_of_the_new_host(visitor: Visitor):
    status, body = await visitor.get("/models")

    assert status == 200
    assert body.startswith(
        b'{"object":"list","data":[{"id":"GigaChat-2","object":"model","owned_by":"salutedevices","type":"chat"},'
    )
    assert body.endswith(b"}]}")
    assert len(json.loads(body)["data"]) == 8


async def test_models_of_the_old_host_are_the_recorded_ones_in_their_order(visitor: Visitor):
    status, body = await visitor.get("/models", base=visitor.old_base)

    assert status == 200
    models = json.loads(body)["data"]
    assert [model["id"] for model in models][:4] == [
        "GigaChat",
        "GigaChat-2",
        "GigaChat-2-Max",
        "GigaChat-2-Max-preview",
    ]
    assert [model["type"] for model in models] == ["chat"] * 13 + ["filter"] + ["aicheck"] * 2 + ["embedder"] * 4


async def test_one_model_and_an_unknown_one(visitor: Visitor):
    assert await visitor.get("/models/GigaChat-2-Max") == (
        200,
        b'{"id":"GigaChat-2-Max","object":"model","owned_by":"salutedevices","type":"chat"}',
    )
    assert await visitor.get("/models/GigaChat") == (404, b'{"status":404,"message":"No such model"}\n')


async def test_old_host_answers_under_the_alias_that_was_asked_for(visitor: Visitor):
    for asked, answered in (("GigaChat:latest", "GigaChat:2.0.28.2"), ("GigaChat-Plus", "GigaChat-Plus:2.0.28.2")):
        status, body = await visitor.read(question() | {"model": asked}, base=visitor.old_base)

        assert (status, json.loads(body)["model"]) == (200, answered)


async def test_token_has_the_recorded_size_and_form(visitor: Visitor):
    headers = {"Authorization": f"Bearer {visitor.endpoint.credentials}", "RqUID": RQUID}
    async with visitor.session.post(
        visitor.endpoint.auth_url, data={"scope": visitor.endpoint.scope}, headers=headers
    ) as r:
        body = await r.read()

        assert r.headers["Content-Type"] == "application/json"
        assert r.headers["Content-Length"] == "1279"
        assert r.headers.getall("X-Frame-Options") == ["DENY", "SAMEORIGIN"]
        assert "X-Request-Id" not in r.headers
    assert list(json.loads(body)) == ["access_token", "expires_at"]
    assert len(json.loads(body)["access_token"].split(".")) == 5


async def test_tokens_are_counted_as_recorded(visitor: Visitor):
    async with visitor.post(
        "/tokens/count", {"model": "GigaChat-2", "input": ["First text", "Second text"]}
    ) as response:
        assert await response.read() == (
            b'[{"object":"tokens","tokens":2,"characters":10},{"object":"tokens","tokens":2,"characters":11}]'
        )


async def test_cached_tokens_grow_with_a_repeated_beginning(visitor: Visitor):
    first = question("Первый вопрос о чём-нибудь")
    longer = first | {"messages": [*first["messages"], {"role": "assistant", "content": "a"}, *first["messages"]]}
    session = {"X-Session-ID": "one"}

    cached = []
    for body, headers in ((first, session), (longer, session), (longer, {"X-Session-ID": "two"})):
        _, answer = await visitor.read(body, headers=headers)
        cached.append(json.loads(answer)["usage"]["precached_prompt_tokens"])

    assert cached[0] == cached[2] == 2
    assert cached[1] > 2


async def test_max_tokens_cut_the_answer(visitor: Visitor):
    _, body = await visitor.read(question("Расскажи сказку", max_tokens=20))

    choice = json.loads(body)["choices"][0]
    assert choice["finish_reason"] == "length"
    assert choice["message"]["content"].startswith("# Фонарщик")
    assert len(choice["message"]["content"]) < 120


async def test_forced_function_is_called_with_an_object(visitor: Visitor):
    weather = {
        "name": "weather_forecast",
        "description": "Погода в городе",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    }
    body = question("Погода в Москве", functions=[weather], function_call={"name": "weather_forecast"})

    _, answer = await visitor.read(body)
    _, stream = await visitor.read(body | {"stream": True})

    message = json.loads(answer)["choices"][0]["message"]
    assert list(message) == ["content", "role", "function_call", "functions_state_id"]
    assert message["function_call"] == {"name": "weather_forecast", "arguments": {"city": "Москве"}}
    (event,) = events(stream)
    assert event["choices"][0]["finish_reason"] == "function_call"
    assert event["choices"][0]["delta"]["function_call"] == message["function_call"]
