"""The first chat contract beyond plain text: built-in functions, thoughts, threads, formats, what is refused."""

import json

import pytest

from gigadesk.emulator import Emulator
from gigadesk.emulator.answers import FILE_MARK, Answer, MadeFile, ToolWork
from tests.emulator.chat_support import refusal
from tests.emulator.emulator_support import Visitor, events, question

INVALID = (400, "Your request contains invalid JSON syntax.")
USER = {"role": "user", "content": "a"}
WEATHER = {
    "name": "weather",
    "description": "Погода",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
}
PICTURE = MadeFile("image/jpeg", "image", data=b"\xff\xd8\xff")
MODEL = MadeFile("model/fbx", "3dmodel", data=b"Kaydara")


async def answer_of(visitor: Visitor, body: dict) -> dict:
    status, answer = await visitor.read(body)
    assert status == 200, answer
    return json.loads(answer)


async def stream_of(visitor: Visitor, body: dict) -> list[dict]:
    status, answer = await visitor.read(body | {"stream": True})
    assert status == 200, answer
    return events(answer)


def deltas_of(stream: list[dict]) -> list[dict]:
    return [event["choices"][0]["delta"] for event in stream]


async def test_picture_is_announced_and_then_stands_in_the_text(visitor: Visitor):
    stream = await stream_of(visitor, question("Draw a cat", function_call="auto"))

    *progress, first = deltas_of(stream)[:6]
    created = stream[0]["created"]
    assert progress == [
        {"content": f"{left} left", "role": "function_in_progress", "created": created, "name": "text2image"}
        for left in ("5 seconds", "4 seconds", "3 seconds", "2 seconds", "1 second")
    ]
    assert list(progress[0]) == ["content", "role", "created", "name"]
    assert list(first) == ["content", "role"]
    assert first["content"].startswith('<img src="')
    assert '" fuse="true"/> ' in first["content"]
    assert list(stream[-1]["choices"][0]["delta"]) == ["content", "functions_state_id"]
    assert stream[-1]["choices"][0]["finish_reason"] == "stop"
    assert stream[-1]["usage"]["prompt_tokens"] > 600


async def test_progress_is_told_in_the_language_of_the_question(visitor: Visitor):
    stream = await stream_of(visitor, question("Нарисуй кота", function_call="auto"))

    assert deltas_of(stream)[0]["content"] == "осталось 5 с"


@pytest.mark.parametrize(
    ("asked", "more", "has_tag"),
    [
        ("Нарисуй море", {"function_call": "auto"}, True),
        ("Нарисуй море", {}, False),
        ("Нарисуй море", {"function_call": "none"}, False),
        ("Нарисуй море", {"function_call": "auto", "functions": [WEATHER]}, False),
        ("Нарисуй море", {"function_call": "auto", "functions": [WEATHER, {"name": "text2image"}]}, True),
        ("Привет", {"function_call": {"name": "text2image"}}, True),
        ("Привет", {"function_call": "auto"}, False),
        ("Сделай 3D-модель", {"function_call": "auto"}, False),
        ("Сделай 3D-модель", {"function_call": "auto", "functions": [{"name": "text2model3d"}]}, True),
        ("Сделай 3D-модель", {"function_call": {"name": "text2model3d"}}, True),
    ],
)
async def test_built_in_function_works_when_it_is_let(visitor: Visitor, asked, more, has_tag):
    message = (await answer_of(visitor, question(asked, **more)))["choices"][0]["message"]

    assert ("<img src=" in message["content"] or "<div data-model-id=" in message["content"]) is has_tag
    assert ("functions_state_id" in message) is has_tag


async def test_tags_stand_where_the_script_says(emulator: Emulator, visitor: Visitor):
    answer = Answer(
        f"a {FILE_MARK} b {FILE_MARK}", tools=(ToolWork("image_generate"),), files=(PICTURE, MODEL, PICTURE)
    )
    emulator.answer_with(answer, answer)

    whole = (await answer_of(visitor, question()))["choices"][0]["message"]["content"]
    streamed = "".join(
        delta["content"] for delta in deltas_of(await stream_of(visitor, question())) if delta.get("role") != "x"
    )

    assert whole.count("<img src=") == 2
    assert whole.count("<div data-model-id=") == 1
    assert whole.startswith("a <img")
    assert whole.index(" b <div") < whole.rindex("<img")
    assert streamed.count("<img src=") == 2


async def test_thoughts_come_before_the_answer(visitor: Visitor):
    body = question("Почему небо голубое?") | {"model": "GigaChat-3-Ultra", "reasoning_effort": "low"}

    stream = deltas_of(await stream_of(visitor, body))
    message = (await answer_of(visitor, body))["choices"][0]["message"]

    thoughts = [delta for delta in stream if "reasoning_content" in delta]
    assert stream[: len(thoughts)] == thoughts
    assert list(thoughts[0]) == ["content", "role", "reasoning_content"]
    assert list(thoughts[1]) == ["content", "reasoning_content"]
    assert {delta["content"] for delta in thoughts} == {""}
    assert "".join(delta["reasoning_content"] for delta in thoughts) == message["reasoning_content"]
    assert list(message) == ["content", "role", "reasoning_content"]


async def test_unlisted_model_thinks_by_itself(visitor: Visitor):
    body = question("Почему небо голубое?") | {"model": "GigaChat-2-Reasoning"}

    answer = await answer_of(visitor, body)

    assert answer["model"].startswith("GigaChat-2-Reasoning:")
    assert answer["choices"][0]["message"]["reasoning_content"]


async def test_thoughts_count_towards_max_tokens(visitor: Visitor):
    body = question("Почему небо голубое?", max_tokens=5) | {"model": "GigaChat-3-Ultra", "reasoning_effort": "high"}

    choice = (await answer_of(visitor, body))["choices"][0]

    assert choice["message"]["content"] == ""
    assert choice["finish_reason"] == "length"


async def test_thoughts_before_a_function_call(emulator: Emulator, visitor: Visitor):
    emulator.answer_with(Answer(reasoning="Думаю", finish_reason="function_call", function_call=("f", {})))

    stream = deltas_of(await stream_of(visitor, question()))

    assert [list(delta) for delta in stream] == [
        ["content", "role", "reasoning_content"],
        ["content", "role", "function_call", "functions_state_id"],
    ]


async def test_partial_arguments_are_kept(visitor: Visitor):
    forced = {"name": "weather", "partial_arguments": {"city": "Омск", "days": 2}}

    answer = await answer_of(visitor, question("Погода?", functions=[WEATHER], function_call=forced))

    assert answer["choices"][0]["message"]["function_call"]["arguments"] == {"city": "Омск", "days": 2}


async def test_state_of_a_call_wants_its_result(visitor: Visitor):
    forced = question("Погода", functions=[WEATHER], function_call={"name": "weather"})
    state = (await answer_of(visitor, forced))["choices"][0]["message"]["functions_state_id"]
    forgotten = [USER, {"role": "assistant", "content": "b", "functions_state_id": state}, USER]
    stranger = [USER, {"role": "assistant", "content": "b", "functions_state_id": "another"}, USER]

    assert await visitor.read(question() | {"messages": forgotten}) == refusal(
        422, "Invalid params: every assistant function call must have a result in history"
    )
    assert (await visitor.read(question() | {"messages": stranger}))[0] == 200


async def test_answer_satisfies_a_schema_and_is_indented_by_four(visitor: Visitor):
    schema = {
        "type": "object",
        "properties": {"answer": {"type": "string"}, "n": {"type": "integer", "minimum": 3}},
        "required": ["answer", "n"],
    }
    body = question("ok", response_format={"type": "json_schema", "schema": schema, "strict": True})

    answer = await answer_of(visitor, body)

    assert answer["choices"][0]["message"]["content"] == '{\n    "answer": "ok",\n    "n": 3\n}'


async def test_thread_goes_on_with_the_next_request(visitor: Visitor):
    first = await answer_of(visitor, question("Расскажи сказку", storage={"is_stateful": True}))
    thread = {"is_stateful": True, "thread_id": first["thread_id"]}
    stream = await stream_of(visitor, question("Продолжи", storage=thread))
    stranger = await visitor.read(question(storage={"is_stateful": True, "thread_id": "x"}))
    stateless = await answer_of(visitor, question(storage={"is_stateful": False, "thread_id": "x"}))

    assert list(first) == ["choices", "created", "model", "object", "thread_id", "message_id", "usage"]
    assert {event["thread_id"] for event in stream} == {first["thread_id"]}
    assert stream[-1]["usage"]["prompt_tokens"] > first["usage"]["prompt_tokens"] + 500
    assert stranger == refusal(404, "No such thread")
    assert "thread_id" not in stateless


async def test_thread_needs_no_model(visitor: Visitor):
    thread = (await answer_of(visitor, question(storage={"is_stateful": True})))["thread_id"]
    body = question(storage={"is_stateful": True, "thread_id": thread})
    del body["model"]

    assert (await answer_of(visitor, body))["model"].startswith("GigaChat-2:")


async def test_history_is_normalised(visitor: Visitor):
    halves = [{"role": "user", "content": "Напиши функцию"}, {"role": "user", "content": "на Python"}]
    lonely = [{"role": "system", "content": "Расскажи сказку"}]

    code = await answer_of(visitor, question() | {"messages": halves})
    story = await answer_of(visitor, question() | {"messages": lonely})

    assert "```python" in code["choices"][0]["message"]["content"]
    assert "Фонарщик" in story["choices"][0]["message"]["content"]


@pytest.mark.parametrize("reason", ["stop", "length", "blacklist", "error", "function_call", "never_seen"])
async def test_any_ending_can_be_scripted(emulator: Emulator, visitor: Visitor, reason):
    emulator.answer_next("a", finish_reason=reason)

    assert (await stream_of(visitor, question()))[-1]["choices"][0]["finish_reason"] == reason


REFUSALS = {
    "attachments are text": ({"messages": [USER | {"attachments": "a"}]}, *INVALID),
    "call without a name": ({"messages": [USER, {"role": "assistant", "function_call": {"arguments": {}}}]}, *INVALID),
    "name is a number": ({"messages": [USER | {"name": 1}]}, *INVALID),
    "forced without a name": ({"function_call": {}}, *INVALID),
    "mode is a list": ({"function_call": ["auto"]}, *INVALID),
    "functions are text": ({"functions": ["f"]}, *INVALID),
    "parameters are text": ({"functions": [{"name": "f", "parameters": "x"}]}, *INVALID),
    "max_tokens is a fraction": ({"max_tokens": 1.5}, *INVALID),
    "n is text": ({"n": "2"}, *INVALID),
    "flags are numbers": ({"flags": [1]}, *INVALID),
    "profanity_check is text": ({"profanity_check": "no"}, *INVALID),
    "storage is a flag": ({"storage": True}, *INVALID),
    "ranker is a flag": ({"function_ranker": True}, *INVALID),
    "temperature is no JSON": ({"temperature": float("inf")}, *INVALID),
    "model has no name": ({"model": ""}, 404, "No such model"),
    "mode": ({"function_call": "always"}, 422, "Invalid params: function_call must be one of: none, auto"),
    "effort": (
        {"reasoning_effort": "max"},
        422,
        "Invalid params: reasoning_effort must be one of: low, medium, high",
    ),
    "no messages": ({"messages": []}, 422, "Invalid params: messages must not be empty"),
    "role": ({"messages": [USER | {"role": "tool"}]}, 422, "Invalid params: unknown role tool"),
    "property without a type": (
        {"functions": [{"name": "f", "parameters": {"type": "object", "properties": {"a": {"description": "x"}}}}]},
        422,
        "Invalid params: function f: property parameters.a must have a type",
    ),
    "object without properties": (
        {
            "functions": [
                {"name": "f", "parameters": {"type": "object", "properties": {"a": {"type": "object"}}}},
            ]
        },
        422,
        "Invalid params: function f: object parameters.a must have properties",
    ),
    "regex": (
        {"response_format": {"type": "regex", "regex": "a"}},
        400,
        'Unknown type "regex" in response_format',
    ),
    "json_object": (
        {"response_format": {"type": "json_object"}},
        400,
        'Unknown type "json_object" in response_format',
    ),
    "empty schema": (
        {"response_format": {"type": "json_schema"}},
        400,
        "Empty schema with json format type is not supported",
    ),
    "text with other keys": (
        {"response_format": {"type": "text", "strict": True}},
        422,
        "Invalid params: response_format of type text must have no other fields",
    ),
}


@pytest.mark.parametrize(("change", "status", "message"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_refusal(visitor: Visitor, change, status, message):
    assert await visitor.read(question(stream=True) | change) == refusal(status, message)


async def test_models_without_functions(visitor: Visitor):
    for more in ({"function_call": "auto"}, {"functions": [WEATHER]}):
        answer = await visitor.read(question(**more) | {"model": "GigaChat-Plus"}, base=visitor.old_base)

        assert answer == refusal(422, "Requested model does not support functions")


async def test_every_known_field_is_taken(visitor: Visitor):
    body = question(
        temperature=0.7,
        top_p=0.9,
        n=1,
        max_tokens=512,
        repetition_penalty=1.0,
        update_interval=0,
        function_call="auto",
        functions=[{"name": "get_file_content"}],
        response_format={"type": "text"},
        reasoning_effort="low",
        profanity_check=False,
        flags=["preprocess"],
        function_ranker={"enabled": True, "top_n": 3},
        additional_data={"features": {"embedder_model": "Embeddings"}},
    )

    assert (await visitor.read(body))[0] == 200
