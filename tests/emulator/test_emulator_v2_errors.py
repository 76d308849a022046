"""What the second chat contract refuses, with status and text."""

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions
from tests.emulator.chat_support import ask_v2, base_v2, read_v2, refusal, user
from tests.emulator.emulator_support import Visitor, raw, visiting

INVALID = (400, "Your request contains invalid JSON syntax.")
INVALID_NAME = (
    "Invalid params: Invalid function names. Only Latin letters (A-Z or a-z), underscore (_), hyphen (-), dot (.) "
    "and digits (not leading) are allowed.: [Плохое_Имя]"
)
CALL = {"role": "assistant", "content": [{"function_call": {"name": "f", "arguments": {}}}]}
RESULT = {"role": "tool", "content": [{"function_result": {"name": "f", "result": "{}"}}]}
SYSTEM = {"role": "system", "content": [{"text": "a"}]}
FUNCTION = {"name": "f", "parameters": {"type": "object", "properties": {}}}


def messages(*given) -> dict:
    return {"messages": list(given)}


def options(**given) -> dict:
    return {"model_options": given}


def functions(*given) -> dict:
    return {"tools": [{"functions": {"specifications": list(given)}}]}


def result(value) -> dict:
    return {"role": "tool", "content": [{"function_result": {"name": "f", "result": value}}]}


REFUSALS = {
    "content is text": (messages({"role": "user", "content": "a"}), *INVALID),
    "no content": (messages({"role": "user"}), *INVALID),
    "a part is text": (messages({"role": "user", "content": ["a"]}), *INVALID),
    "text is a number": (messages({"role": "user", "content": [{"text": 1}]}), *INVALID),
    "file without id": (messages({"role": "user", "content": [{"files": [{}]}]}), *INVALID),
    "arguments as text": (
        messages(user("a"), {"role": "assistant", "content": [{"function_call": {"name": "f", "arguments": "{}"}}]}),
        *INVALID,
    ),
    "result without name": (
        messages(user("a"), CALL, {"role": "tool", "content": [{"function_result": {"result": "{}"}}]}),
        *INVALID,
    ),
    "result that is plain text": (messages(user("a"), CALL, {"role": "tool", "content": [{"text": "{}"}]}), *INVALID),
    "no model": ({"model": None}, *INVALID),
    "messages are no list": ({"messages": {}}, *INVALID),
    "options are a list": ({"model_options": []}, *INVALID),
    "temperature is text": (options(temperature="1"), *INVALID),
    "max_tokens is a fraction": (options(max_tokens=1.5), *INVALID),
    "max_tokens beyond 32 bits": (options(max_tokens=2**31), *INVALID),
    "two keys in a tool": ({"tools": [{"web_search": {}, "image_generate": {}}]}, *INVALID),
    "tool as text": ({"tools": ["web_search"]}, *INVALID),
    "tool in the manner of others": ({"tools": [{"type": "function", "function": {}}]}, *INVALID),
    "storage is a flag": ({"storage": True}, *INVALID),
    "state is a number": (messages(user("a") | {"tool_state_id": 1}), *INVALID),
    "schema is no JSON": (options(response_format={"type": "json_schema", "schema": "{"}), *INVALID),
    "unknown model": ({"model": "GigaChat-9"}, 404, "No such model"),
    "unknown tool": ({"tools": [{"url_extraction": {}}]}, 404, "Unknown tool url_extraction"),
    "unknown tool is forced": (
        {"tools": [{"web_search": {}}], "tool_config": {"mode": "forced", "tool_name": "image_generate"}},
        404,
        "Unknown tool image_generate",
    ),
    "unknown function is forced": (
        functions(FUNCTION) | {"tool_config": {"mode": "forced", "function_name": "g"}},
        404,
        "Function schema for g not found",
    ),
    "unknown thread": ({"storage": {"thread_id": "x"}}, 404, "No such thread"),
    "unknown file": (messages(user("a", "x")), 404, "No such file"),
    "no JSON format": (
        options(response_format={"type": "json_object"}),
        400,
        'Unknown type "json_object" in response_format',
    ),
    "no schema": (
        options(response_format={"type": "json_schema"}),
        400,
        "Empty schema with json format type is not supported",
    ),
    "wrong regex": (options(response_format={"type": "regex", "regex": "("}), 400, "Invalid regex in response_format"),
    "no regex": (options(response_format={"type": "regex"}), 400, "Invalid regex in response_format"),
    "result is no JSON": (
        messages(user("a"), CALL, result("sunny")),
        400,
        "invalid function result for function f json string sunny, error: JSON parse error at line 1 column 1",
    ),
    "system in the middle": (
        messages(user("a"), SYSTEM),
        422,
        "Invalid params: system message must be the first message",
    ),
    "two system prompts": (
        messages(SYSTEM, SYSTEM, user("a")),
        422,
        "Invalid params: system message must be the first message",
    ),
    "call without result": (
        messages(user("a"), CALL, user("b")),
        422,
        "Invalid params: every assistant function call must have a result in history",
    ),
    "call at the end": (
        messages(user("a"), CALL),
        422,
        "Invalid params: every assistant function call must have a result in history",
    ),
    "result without call": (
        messages(user("a"), RESULT),
        422,
        "Invalid params: every assistant function result must have an assistant function call in history",
    ),
    "two results for a call": (
        messages(user("a"), CALL, RESULT, RESULT),
        422,
        "Invalid params: every assistant function result must have an assistant function call in history",
    ),
    "no messages": (messages(), 422, "Invalid params: messages must not be empty"),
    "unknown role": (messages(user("a") | {"role": "critic"}), 422, "Invalid params: unknown role critic"),
    "function name": (
        functions({"name": "Плохое_Имя"}),
        422,
        INVALID_NAME,
    ),
    "mode": (
        {"tool_config": {"mode": "always"}},
        422,
        "Invalid params: tool_config.mode must be one of: none, auto, forced",
    ),
    "forced without a name": (
        {"tool_config": {"mode": "forced"}},
        422,
        "Invalid params: tool_config with mode forced must have tool_name or function_name",
    ),
    "effort": (
        options(reasoning={"effort": "max"}),
        422,
        "Invalid params: effort must be one of: low, medium, high, off",
    ),
    "temperature": (options(temperature=0), 422, "Invalid params: temperature must be in range (0, +inf)"),
    "top_p": (options(top_p=1.01), 422, "Invalid params: top_p must be in range [0, 1]"),
    "max_tokens": (options(max_tokens=0), 422, "Invalid params: max_tokens must be in range (0, +inf)"),
    "repetition_penalty": (
        options(repetition_penalty=-1),
        422,
        "Invalid params: repetition_penalty must be in range (0, +inf)",
    ),
    "update_interval": (options(update_interval=-1), 422, "Invalid params: update_interval must be in range [0, +inf)"),
    "top_logprobs": (options(top_logprobs=6), 422, "Invalid params: top_logprobs must be in range [1, 5]"),
    "huge prompt": (messages(user("а " * 130_000)), 413, "Payload too large"),
}


@pytest.mark.parametrize(("change", "status", "message"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_refusal(visitor: Visitor, change, status, message):
    assert await read_v2(visitor, ask_v2(stream=True) | change) == refusal(status, message)


async def test_closed_tool():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, closed_tools=("code_interpreter",)))
    async with visiting(emulator) as visitor:
        answer = await read_v2(visitor, ask_v2(tools=[{"code_interpreter": {}}]))

        assert answer == refusal(422, "Tool code_interpreter is unavailable")
    await emulator.stop()


async def test_model_without_functions(visitor: Visitor):
    base = visitor.old_base.replace("/v1", "/v2")

    answer = await visitor.read(ask_v2(tools=[{"image_generate": {}}]) | {"model": "GigaChat-Plus"}, base=base)

    assert answer == refusal(422, "Requested model does not support functions")


async def test_what_is_allowed(visitor: Visitor):
    body = ask_v2(
        "a",
        tool_config={"mode": "auto", "tool_name": "image_generate"},
        tools=[{"image_generate": {}}, {"functions": {"specifications": [{"name": "a-b.c_1", "parameters": {}}]}}],
        model_options={
            "temperature": 0.0001,
            "top_p": 0,
            "repetition_penalty": 1.0,
            "update_interval": 0,
            "unnormalized_history": True,
            "top_logprobs": 5,
            "preset": "x",
            "response_format": {"type": "text"},
        },
        ranker_options={"enabled": True, "top_n": 4},
        user_info={"timezone": "Nowhere/Never"},
        filter_config={"request_content": {"neuro": True}},
        disable_filter=True,
        flags=["preprocess"],
        storage=None,
        future={"x": 1},
    )

    assert (await read_v2(visitor, body))[0] == 200


async def test_checks_come_in_the_documented_order(visitor: Visitor):
    head = b"POST /v2/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    assert (await raw(visitor.endpoint, head + b"Content-Length: 1\r\n\r\n{")).endswith(
        b'\r\n\r\n{"message":"Unauthorized"}\n'
    )
    base = base_v2(visitor)
    token = {"Authorization": "Bearer x"}
    assert await visitor.read(None, data=b"{", headers=token, base=base) == refusal(401, "Unauthorized")
    wrong = ask_v2(model_options={"top_p": 9}) | {"model": "x"}
    assert (await visitor.read(None, data=b"{", base=base))[0] == 400
    assert (await read_v2(visitor, wrong | {"stream": 1}))[0] == 400
    assert (await read_v2(visitor, wrong))[0] == 404
    assert (await read_v2(visitor, wrong | {"model": "GigaChat-2"}))[0] == 422


async def test_balance_is_asked_for_last():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, balance_tokens=0))
    async with visiting(emulator) as visitor:
        assert (await read_v2(visitor, ask_v2(model_options={"top_p": 9})))[0] == 422
        assert await read_v2(visitor, ask_v2()) == refusal(402, "Payment Required")
        assert emulator.generations_running == 0
    await emulator.stop()
