import json

import pytest

from gigadesk.chat import Effort, Role, Tool
from gigadesk.errors import ToolUnavailableError
from gigadesk.gigachat.events import ForcedFunction, FunctionCall, FunctionMode, ReplyRequest, RequestMessage
from gigadesk.gigachat.protocol.request_v1 import request_body

MESSAGES = (RequestMessage(Role.SYSTEM, "Будь краток"), RequestMessage(Role.USER, "Привет"))


def test_a_plain_request_holds_model_and_messages_only():
    body = request_body(ReplyRequest("GigaChat-2", MESSAGES), stream=False)

    assert (
        body
        == (
            '{"model":"GigaChat-2","messages":[{"role":"system","content":"Будь краток"},'
            '{"role":"user","content":"Привет"}]}'
        ).encode()
    )


def test_parameters_stand_in_the_order_of_the_official_sdk():
    request = ReplyRequest(
        "m", MESSAGES, "session", 0.5, 0.9, 100, 1.1, update_interval_s=0.25, extra={"profanity_check": False}
    )

    fields = json.loads(request_body(request, stream=True))

    assert list(fields) == [
        *("model", "messages", "temperature", "top_p", "max_tokens", "repetition_penalty", "update_interval"),
        *("profanity_check", "stream"),
    ]
    assert (fields["update_interval"], fields["stream"]) == (0.25, True)


def test_zero_is_a_value_and_not_a_gap():
    fields = json.loads(request_body(ReplyRequest("m", MESSAGES, temperature=0.0), stream=True))

    assert fields["temperature"] == 0.0


def test_the_interval_means_nothing_without_a_stream():
    fields = json.loads(request_body(ReplyRequest("m", MESSAGES, update_interval_s=1.0), stream=False))

    assert "update_interval" not in fields
    assert "stream" not in fields


def body_of(messages=MESSAGES, **fields):
    return json.loads(request_body(ReplyRequest("m", messages, **fields), stream=False))


def test_every_field_of_the_contract():
    fields = body_of(
        functions=({"name": "f"},),
        function_call=FunctionMode.AUTO,
        response_format={"type": "text"},
        effort=Effort.LOW,
        storage={"is_stateful": True},
        profanity_check=True,
        flags=("preprocess",),
        extra={"function_ranker": {"enabled": True, "top_n": 3}},
    )

    del fields["model"], fields["messages"]
    assert fields == {
        "profanity_check": True,
        "function_call": "auto",
        "functions": [{"name": "f"}],
        "response_format": {"type": "text"},
        "reasoning_effort": "low",
        "storage": {"is_stateful": True},
        "flags": ["preprocess"],
        "function_ranker": {"enabled": True, "top_n": 3},
    }


def test_a_round_trip_of_a_function():
    call = FunctionCall("f", {"город": "Уфа"}, "state", "call")
    messages = (
        RequestMessage(Role.ASSISTANT, "", function_call=call),
        RequestMessage(Role.FUNCTION, '{"t":-5}', function_name="f"),
    )

    assert body_of(messages)["messages"] == [
        {
            "role": "assistant",
            "content": "",
            "function_call": {"name": "f", "arguments": {"город": "Уфа"}},
            "functions_state_id": "state",
        },
        {"role": "function", "content": '{"t":-5}', "name": "f"},
    ]


@pytest.mark.parametrize(
    ("wish", "value"),
    [
        (FunctionMode.NONE, "none"),
        (ForcedFunction("f"), {"name": "f"}),
        (ForcedFunction("f", {"a": 1}), {"name": "f", "partial_arguments": {"a": 1}}),
    ],
)
def test_who_chooses_the_function(wish, value):
    assert body_of(function_call=wish)["function_call"] == value


ATTACHED = (RequestMessage(Role.USER, "x", attachments=("1", "2")),)


@pytest.mark.parametrize(
    ("messages", "fields", "mode", "names"),
    [
        (MESSAGES, {}, None, None),
        (MESSAGES, {"tools": (Tool.DATETIME,)}, None, None),
        (MESSAGES, {"tools": (Tool.IMAGE,)}, "auto", None),
        (MESSAGES, {"tools": (Tool.IMAGE,), "function_call": FunctionMode.NONE}, "none", None),
        (MESSAGES, {"tools": (Tool.MODEL_3D, Tool.IMAGE)}, "auto", ["text2model3d", "text2image"]),
        (MESSAGES, {"tools": (Tool.IMAGE,), "functions": ({"name": "f"},)}, "auto", ["f", "text2image"]),
        (ATTACHED, {}, "auto", None),
        (ATTACHED, {"tools": (Tool.MODEL_3D,)}, "auto", ["text2model3d", "get_file_content"]),
    ],
)
def test_built_in_functions_are_named_when_any_is(messages, fields, mode, names):
    body = body_of(messages, **fields)

    assert body.get("function_call") == mode
    assert (body.get("functions") and [function["name"] for function in body["functions"]]) == names


def test_attachments_and_notes_go_with_their_messages():
    messages = (*ATTACHED, RequestMessage(Role.ASSISTANT, "y", state_id="s", attachments=("3",)))

    assert body_of(messages)["messages"] == [
        {"role": "user", "content": "x", "attachments": ["1", "2"]},
        {"role": "assistant", "content": "y", "functions_state_id": "s"},
    ]


def test_a_tool_of_the_second_contract_is_refused():
    with pytest.raises(ToolUnavailableError) as caught:
        body_of(tools=(Tool.WEB_SEARCH, Tool.IMAGE))

    assert caught.value.detail == "web_search needs the second chat contract"
