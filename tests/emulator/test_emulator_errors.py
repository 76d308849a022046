"""Every refusal with its recorded status and body."""

import base64
import json

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions
from tests.emulator.emulator_support import RQUID, Visitor, question, raw, visiting

USER = {"role": "user", "content": "a"}
CALL = {"role": "assistant", "content": "", "function_call": {"name": "f", "arguments": {}}}
INVALID_NAME = (
    "Invalid params: Invalid function names. Only Latin letters (A-Z or a-z), underscore (_), hyphen (-), dot (.) "
    "and digits (not leading) are allowed.: [1f]"
)

REFUSALS = {
    "no model field": ({"model": None}, 400, "Your request contains invalid JSON syntax."),
    "messages are no list": ({"messages": "a"}, 400, "Your request contains invalid JSON syntax."),
    "content is a list": (
        {"messages": [{"role": "user", "content": []}]},
        400,
        "Your request contains invalid JSON syntax.",
    ),
    "stream is text": ({"stream": "yes"}, 400, "Your request contains invalid JSON syntax."),
    "first generation on the new host": ({"model": "GigaChat"}, 404, "No such model"),
    "embedder": ({"model": "Embeddings"}, 404, "No such model"),
    "unknown function": (
        {"function_call": {"name": "not_valid_function"}},
        404,
        "Function schema for not_valid_function not found",
    ),
    "second system": (
        {"messages": [USER, {"role": "system", "content": "b"}]},
        422,
        "Invalid params: system message must be the first message",
    ),
    "call without result": (
        {"messages": [USER, CALL, USER]},
        422,
        "Invalid params: every assistant function call must have a result in history",
    ),
    "result without call": (
        {"messages": [USER, {"role": "function", "name": "f", "content": "{}"}]},
        422,
        "Invalid params: every assistant function result must have an assistant function call in history",
    ),
    "result is no JSON": (
        {"messages": [USER, CALL, {"role": "function", "name": "f", "content": "sunny"}]},
        422,
        "invalid function result for function f json string sunny, error: JSON parse error at line 1 column 1",
    ),
    "function name": ({"functions": [{"name": "1f"}]}, 422, INVALID_NAME),
    "repetition penalty": (
        {"repetition_penalty": 0},
        422,
        "Invalid params: repetition_penalty must be in range (0, +inf)",
    ),
    "temperature": ({"temperature": -1}, 422, "Invalid params: temperature must be in range (0, +inf)"),
    "top_p": ({"top_p": 1.1}, 422, "Invalid params: top_p must be in range [0, 1]"),
    "max_tokens": ({"max_tokens": 0}, 422, "Invalid params: max_tokens must be in range (0, +inf)"),
    "update_interval": ({"update_interval": -1}, 422, "Invalid params: update_interval must be in range [0, +inf)"),
    "huge prompt": ({"messages": [USER | {"content": "а " * 130_000}]}, 413, "Payload too large"),
}


@pytest.mark.parametrize(("change", "status", "message"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_refusal(visitor: Visitor, change, status, message):
    answer = await visitor.read(question(stream=True) | change)

    expected = json.dumps({"status": status, "message": message}, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert answer == (status, expected.encode())


async def test_body_beyond_every_limit():
    emulator = Emulator(EmulatorOptions(body_max_bytes=1000))
    async with visiting(emulator) as visitor:
        answer = await visitor.read(question("а" * 1000))

        assert answer == (413, b'{"status":413,"message":"Payload too large"}\n')
    await emulator.stop()


async def test_error_has_no_success_headers(visitor: Visitor):
    async with visitor.post(body=question() | {"model": "x"}) as response:
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
        assert response.headers["Content-Length"] == "41"
        assert "X-Content-Type-Options" not in response.headers


async def test_unknown_fields_are_ignored(visitor: Visitor):
    status, _ = await visitor.read(question(tools=[1], n=2, temperature=0.5, top_p=0, stream=None))

    assert status == 200


async def test_checks_come_in_the_documented_order(emulator: Emulator, visitor: Visitor):
    no_agent = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1\r\n\r\n{"
    assert (await raw(visitor.endpoint, no_agent)).endswith(b'\r\n\r\n{"message":"Unauthorized"}\n')
    old_host = no_agent.replace(b"/v1", b"/api/v1")
    assert (await raw(visitor.endpoint, old_host)).endswith(b'\r\n\r\n{"status":401,"message":"Unauthorized"}\n')

    token = {"Authorization": "Bearer x"}
    assert await visitor.read(None, data=b"{", headers=token) == (401, b'{"status":401,"message":"Unauthorized"}\n')
    assert (await visitor.read(None, data=b"{"))[0] == 400
    assert (await visitor.read(question(top_p=9) | {"model": "x"}))[0] == 404
    assert (await visitor.read(question(top_p=9)))[0] == 422


async def test_expired_and_revoked_tokens(emulator: Emulator, visitor: Visitor):
    emulator.expire_tokens()
    assert await visitor.get("/models") == (401, b'{"status":401,"message":"Token has expired"}\n')

    visitor.token = await visitor.fetch_token()
    assert (await visitor.get("/models"))[0] == 200

    emulator.revoke_tokens()
    assert await visitor.get("/models") == (401, b'{"status":401,"message":"Unauthorized"}\n')


async def test_unknown_paths(visitor: Visitor):
    assert await visitor.get("/nothing") == (404, b'{"status":404,"message":"Not Found"}\n')
    assert await visitor.get("/models", base=visitor.endpoint.base_url.replace("/v1", "")) == (
        404,
        b'{"status":404,"message":"Not Found"}\n',
    )


def key(pair: str) -> str:
    return base64.b64encode(pair.encode()).decode()


OAUTH_ERRORS = {
    "no scope": ({"scope": ""}, {}, 400, {"code": 5, "message": "scope is empty"}),
    "unknown scope": ({"scope": "x"}, {}, 400, {"code": 1, "message": "scope data format invalid"}),
    "no base64": (
        {},
        {"Authorization": "Basic !"},
        400,
        {"code": 4, "message": "Can't decode 'Authorization' header"},
    ),
    "no pair": (
        {},
        {"Authorization": f"Basic {key('id')}"},
        400,
        {"code": 4, "message": "Can't decode 'Authorization' header"},
    ),
    "no key": ({}, {"Authorization": ""}, 400, {"code": 4, "message": "Can't decode 'Authorization' header"}),
    "wrong key": (
        {},
        {"Authorization": f"Basic {key('id:secret')}"},
        401,
        {"code": 6, "message": "credentials doesn't match db data"},
    ),
    "other scope": (
        {"scope": "GIGACHAT_API_CORP"},
        {},
        400,
        {"code": 7, "message": "scope from db not fully includes consumed scope"},
    ),
    "no RqUID": ({}, {"RqUID": ""}, 400, {"code": 0, "message": "RqUID header is missing or invalid"}),
    "short RqUID": ({}, {"RqUID": RQUID[:-1]}, 400, {"code": 0, "message": "RqUID header is missing or invalid"}),
    "RqUID of other letters": (
        {},
        {"RqUID": "g" * 36},
        400,
        {"code": 0, "message": "RqUID header is missing or invalid"},
    ),
}


@pytest.mark.parametrize(("form", "headers", "status", "error"), OAUTH_ERRORS.values(), ids=OAUTH_ERRORS.keys())
async def test_oauth_error(visitor: Visitor, form, headers, status, error):
    sent = {"Authorization": f"Basic {visitor.endpoint.credentials}", "RqUID": RQUID} | headers
    async with visitor.session.post(
        visitor.endpoint.auth_url, data={"scope": visitor.endpoint.scope} | form, headers=sent
    ) as response:
        assert response.status == status
        assert await response.read() == json.dumps(error, separators=(",", ":")).encode()


async def test_too_many_token_requests():
    emulator = Emulator(EmulatorOptions(token_requests_per_s=0))
    endpoint = await emulator.start()
    request = b"POST /api/v2/oauth HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

    assert (await raw(endpoint, request)).startswith(b"HTTP/1.1 429 ")

    await emulator.stop()


async def test_used_up_balance():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, balance_tokens=5))
    async with visiting(emulator) as visitor:
        assert (await visitor.read(question()))[0] == 200
        assert await visitor.read(question()) == (402, b'{"status":402,"message":"Payment Required"}\n')
        assert emulator.generations_running == 0
        status, balance = await visitor.get("/balance")
        assert status == 200
        assert {"usage": "GigaChat-2", "value": 0} in json.loads(balance)["balance"]
        old = json.loads((await visitor.get("/balance", base=visitor.old_base))[1])["balance"]
        assert [each["usage"] for each in old[:3]] == ["embeddings", "GigaChat", "GigaChat-2"]
        assert [each["usage"] for each in json.loads(balance)["balance"]] == [
            "embeddings",
            "GigaChat-2",
            "GigaChat-2-Max",
            "GigaChat-2-Pro",
            "GigaChat-3-Ultra",
        ]
    await emulator.stop()


async def test_pay_as_you_go_has_no_balance():
    emulator = Emulator(EmulatorOptions(plan="corp"))
    async with visiting(emulator) as visitor:
        assert await visitor.get("/balance") == (403, b'{"status":403,"message":"Permission denied"}\n')
    await emulator.stop()
