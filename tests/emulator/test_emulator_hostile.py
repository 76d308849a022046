"""Whatever is sent, the emulator answers with one of its own replies."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.emulator import EmulatorOptions, RecordedRequest
from gigadesk.emulator.service import Service
from tests.emulator.emulator_support import Visitor, question, raw

SURROGATE = "\\ud800"
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(SCALARS, lambda c: st.lists(c, max_size=3) | st.dictionaries(st.text(max_size=5), c, max_size=3))
ROLES = st.sampled_from(["system", "user", "assistant", "function", "x"])
CALLS = st.fixed_dictionaries({"name": st.just("f"), "arguments": JSON})
MESSAGES = st.fixed_dictionaries(
    {"role": ROLES | JSON},
    optional={"content": st.text(max_size=30) | JSON, "function_call": CALLS | JSON, "name": JSON},
)
SCHEMAS = st.fixed_dictionaries({}, optional={"properties": st.dictionaries(st.text(), JSON) | JSON, "required": JSON})
FUNCTIONS = st.fixed_dictionaries({"name": st.just("f") | JSON}, optional={"parameters": SCHEMAS | JSON})
BODIES = st.fixed_dictionaries(
    {"model": st.just("GigaChat-2") | JSON, "messages": st.lists(MESSAGES, max_size=3) | JSON},
    optional={
        "temperature": JSON,
        "max_tokens": JSON,
        "update_interval": JSON,
        "stream": JSON,
        "functions": st.lists(FUNCTIONS, max_size=2) | JSON,
        "function_call": st.just({"name": "f"}) | st.just("auto") | JSON,
    },
)


def reply_to(body: bytes):
    service = Service(EmulatorOptions(characters_per_s=0))
    token, _ = service.tokens.issue(service.account)
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "t"}
    return service.reply(RecordedRequest("POST", "/v1/chat/completions", "", headers, body))


@given(BODIES)
def test_any_json_gets_an_answer_or_a_refusal(body):
    reply = reply_to(json.dumps(body).encode())

    assert reply.status in {200, 400, 404, 413, 422}
    if reply.status != 200:
        assert json.loads(reply.body)["status"] == reply.status


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"[" * 100_000, b'{"a":' + b"1" * 5000 + b"}", b"null"],
    ids=["empty", "no UTF-8", "deep", "huge number", "null"],
)
def test_no_json_is_refused(body):
    assert reply_to(body).status == 400


def test_lone_surrogate_is_replaced():
    body = json.dumps(question("x")).replace("x", SURROGATE).encode()

    assert reply_to(body).status == 200


def test_strange_numbers_are_refused():
    for number, status in ((b"NaN", 400), (b"Infinity", 400), (b"1e999", 422)):
        assert reply_to(json.dumps(question(temperature=7)).encode().replace(b"7", number)).status == status


async def test_other_methods_and_odd_requests(visitor: Visitor):
    for method in ("HEAD", "OPTIONS", "PUT", "DELETE"):
        async with visitor.session.request(method, visitor.endpoint.base_url + "/models", headers=visitor.headers) as r:
            assert r.status == 404
    assert (await raw(visitor.endpoint, b"nonsense\r\n\r\n")).startswith(b"HTTP/1.0 400 ")
