"""Whatever is sent to the second contract, and however deep into the first, the answer is one of the service's own."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.emulator import EmulatorOptions, RecordedRequest
from gigadesk.emulator.service import Service

STATUSES = {200, 400, 403, 404, 413, 422}
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(SCALARS, lambda c: st.lists(c, max_size=3) | st.dictionaries(st.text(max_size=5), c, max_size=3))


@st.composite
def spoiled(draw, bodies):
    """A body that makes sense, with other JSON in up to two of its places."""
    body = copy.deepcopy(draw(bodies))
    for _ in range(draw(st.integers(0, 2))):
        place = body
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if not isinstance(place[key], (dict, list)) or not place[key] or draw(st.booleans()):
                place[key] = draw(JSON)
                break
            place = place[key]
    return body


def shape(*optional: str, **fields):
    return st.fixed_dictionaries(
        {name: value for name, value in fields.items() if name not in optional},
        optional={name: fields[name] for name in optional},
    )


NAMES = st.sampled_from(["f", "get_file_content"])
TEXTS = st.sampled_from(
    ["Нарисуй кота", "draw a cat", "посчитай 9**9**9", "3d", "https://[", "найди", "какое сегодня число", "", "Почему?"]
)
SCHEMAS = st.fixed_dictionaries(
    {"type": st.just("object"), "properties": st.dictionaries(st.text(max_size=3), st.just({"type": "string"}))},
    optional={"required": JSON, "pattern": st.text(max_size=6), "enum": JSON},
)
FORMATS = st.sampled_from([{"type": "text"}, {"type": "regex", "regex": "[^a]{2}|b"}]) | st.fixed_dictionaries(
    {"type": st.just("json_schema"), "schema": SCHEMAS}
)
FUNCTIONS = st.lists(shape("description", name=NAMES, parameters=SCHEMAS, description=JSON), max_size=2)
EFFORTS = st.sampled_from(["low", "high"])
PARTS = st.fixed_dictionaries({"text": TEXTS}, optional={"inline_data": st.just({}), "x": JSON})
USERS_V2 = shape(role=st.just("user"), content=st.lists(PARTS, min_size=1, max_size=2))
TALK_V2 = st.tuples(
    st.sampled_from([[], [{"role": "system", "content": [{"text": "a"}]}]]),
    st.lists(USERS_V2, min_size=1, max_size=2),
    st.sampled_from(
        [
            [],
            [
                {
                    "role": "assistant",
                    "content": [{"function_call": {"name": "f", "arguments": {}}}],
                    "tool_state_id": "a",
                },
                {"role": "tool", "content": [{"function_result": {"name": "f", "result": "[1]"}}]},
            ],
        ]
    ),
).map(lambda parts: [message for part in parts for message in part])
TOOLS = st.sampled_from(
    ["image_generate", "model_3d_generate", "web_search", "code_interpreter", "get_datetime", "url_content_extraction"]
)
BODIES_V2 = shape(
    "model_options",
    "tools",
    "tool_config",
    "storage",
    "user_info",
    model=st.sampled_from(["GigaChat-2", "GigaChat-3-Ultra"]),
    messages=TALK_V2,
    model_options=shape(
        "max_tokens",
        "update_interval",
        "response_format",
        max_tokens=st.integers(1, 9),
        update_interval=st.floats(0, 3),
        reasoning=shape(effort=EFFORTS),
        response_format=FORMATS,
        unnormalized_history=st.booleans(),
    ),
    tools=st.lists(
        st.dictionaries(TOOLS, st.just({}), min_size=1, max_size=1) | shape(functions=shape(specifications=FUNCTIONS)),
        max_size=3,
    ),
    tool_config=shape(mode=st.sampled_from(["auto", "none"])),
    storage=shape("limit", limit=st.integers(-3, 3)),
    user_info=shape(timezone=st.sampled_from(["Europe/Moscow", "../etc", "\0", "x"])),
    stream=st.booleans(),
)
TALK_V1 = st.tuples(
    st.lists(shape(role=st.just("user"), content=TEXTS), min_size=1, max_size=2),
    st.sampled_from(
        [
            [],
            [
                {"role": "assistant", "content": "", "function_call": {"name": "f", "arguments": {}}},
                {"role": "function", "name": "f", "content": "{}"},
            ],
        ]
    ),
).map(lambda parts: [message for part in parts for message in part])
BODIES_V1 = shape(
    "function_call",
    "functions",
    "response_format",
    "storage",
    "reasoning_effort",
    "max_tokens",
    model=st.sampled_from(["GigaChat-2", "GigaChat-2-Reasoning"]),
    messages=TALK_V1,
    function_call=st.sampled_from(["auto", "none", {"name": "text2image"}, {"name": "f", "partial_arguments": {}}]),
    functions=FUNCTIONS,
    response_format=FORMATS,
    storage=shape("limit", is_stateful=st.booleans(), limit=st.integers(-3, 3)),
    reasoning_effort=EFFORTS,
    max_tokens=st.integers(1, 9),
    stream=st.booleans(),
)


def reply_to(path: str, body: bytes):
    service = Service(EmulatorOptions(characters_per_s=240))
    token, _ = service.tokens.issue(service.account)
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "t"}
    return service.reply(RecordedRequest("POST", path, "", headers, body))


def check(reply):
    assert reply.status in STATUSES
    if reply.status != 200:
        assert json.loads(reply.body)["status"] == reply.status
    moments = [piece.at_s for piece in reply.pieces]
    assert moments == sorted(moments)


@given(spoiled(BODIES_V2))
def test_any_json_for_the_second_contract(body):
    check(reply_to("/v2/chat/completions", json.dumps(body).encode()))


@given(spoiled(BODIES_V1))
def test_any_json_for_the_first_contract(body):
    check(reply_to("/v1/chat/completions", json.dumps(body).encode()))


@pytest.mark.parametrize("body", [b"", b"\xff", b"[" * 100_000, b"null"], ids=["empty", "no UTF-8", "deep", "null"])
def test_no_json_is_refused(body):
    assert reply_to("/v2/chat/completions", body).status == 400


def test_deep_parameters_of_a_function_are_survived():
    schema = '{"type":"object","properties":{"a":' * 300 + '{"type":"string"}' + "}}" * 300
    body = (
        '{"model":"GigaChat-2","messages":[{"role":"user","content":"a"}],"function_call":{"name":"f"},'
        f'"functions":[{{"name":"f","parameters":{schema}}}]}}'
    )

    check(reply_to("/v1/chat/completions", body.encode()))
