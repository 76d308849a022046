"""Whatever JSON comes to the small endpoints, each answers with one of its own replies and keeps no lane."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.emulator import EmulatorOptions, RecordedRequest
from gigadesk.emulator.service import Service

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(SCALARS, lambda c: st.lists(c, max_size=3) | st.dictionaries(st.text(max_size=5), c, max_size=3))
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(["system", "user", "assistant", "function", "x"])},
        optional={"content": st.text(max_size=9) | JSON, "attachments": st.lists(st.text(max_size=3)) | JSON},
    ),
    max_size=3,
)
FUNCTIONS = st.lists(st.fixed_dictionaries({"name": st.just("f") | JSON}, optional={"parameters": JSON}), max_size=2)
MODELS = st.sampled_from(["GigaChat-2", "Embeddings", "GigaCheckDetection", "GigaFilter"])
PATHS = {
    "tokens/count": ("model", "input"),
    "embeddings": ("model", "input"),
    "ai/check": ("model", "input"),
    "filter/check": ("model", "messages", "settings"),
    "functions/validate": ("name", "description", "parameters", "return_parameters", "few_shot_examples"),
    "functions/convert": ("openapi", "paths", "components"),
    "assistants": ("model", "name", "instructions", "file_ids", "functions", "metadata"),
    "assistants/modify": ("assistant_id", "name", "functions", "metadata"),
    "threads/messages": ("thread_id", "assistant_id", "model", "messages"),
    "threads/messages/run": ("model", "messages", "functions", "function_call", "limit", "stream", "temperature"),
    "threads/messages/rerun": ("thread_id", "stream", "limit"),
    "threads/run": ("thread_id", "assistant_id", "stream", "limit"),
    "threads/retrieve": ("threads_ids",),
}
LIKELY = {
    "model": MODELS,
    "messages": MESSAGES,
    "functions": FUNCTIONS,
    "input": st.lists(st.text(max_size=9), max_size=3),
    "paths": st.dictionaries(st.just("/a"), st.dictionaries(st.sampled_from(["get", "post"]), JSON), max_size=1),
    "thread_id": st.just("THREAD"),
    "assistant_id": st.just("ASSISTANT"),
    "stream": st.booleans(),
}


@st.composite
def requests(draw) -> tuple[str, dict]:
    path = draw(st.sampled_from(sorted(PATHS)))
    return path, {
        name: draw(LIKELY.get(name, JSON) | JSON) for name in PATHS[path] if draw(st.booleans()) or draw(st.booleans())
    }


@settings(max_examples=300)
@given(st.lists(requests(), min_size=1, max_size=3))
def test_any_json_gets_an_answer_or_a_refusal(asked):
    service = Service(EmulatorOptions(characters_per_s=0, plan="corp"))
    token, _ = service.tokens.issue(service.account)
    headers = {"Authorization": f"Bearer {token}"}

    def post(path: str, body: object):
        data = json.dumps(body).encode()
        reply = service.reply(RecordedRequest("POST", f"/api/v1/{path}", "", headers, data))
        if reply.lane:
            service.lanes.release(reply.lane)
        return reply

    known = {
        "THREAD": json.loads(post("threads", {}).body)["id"],
        "ASSISTANT": json.loads(post("assistants", {"model": "GigaChat-2"}).body)["assistant_id"],
    }
    for path, body in asked:
        named = {name: known.get(value, value) if isinstance(value, str) else value for name, value in body.items()}
        reply = post(path, named)
        assert reply.status in {200, 400, 404, 413, 422}
        if reply.status != 200:
            assert json.loads(reply.body)["status"] == reply.status
    assert service.lanes.running == 0


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_text_is_openapi_or_refused(text):
    service = Service(EmulatorOptions())
    token, _ = service.tokens.issue(service.account)
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text

    reply = service.reply(
        RecordedRequest("POST", "/api/v1/functions/convert", "", {"Authorization": f"Bearer {token}"}, data)
    )

    assert reply.status in {200, 422}
