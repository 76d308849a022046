import json

import pytest

from gigadesk.chat import Effort, Role, Tool
from gigadesk.gigachat.events import (
    ForcedFunction,
    FunctionCall,
    FunctionMode,
    ReplyRequest,
    RequestMessage,
)
from gigadesk.gigachat.protocol.request_v2 import Dialect, has_results, request_body

MESSAGES = (RequestMessage(Role.SYSTEM, "Будь краток"), RequestMessage(Role.USER, "Привет"))
CALL = RequestMessage(Role.ASSISTANT, "", function_call=FunctionCall("f", {"a": 1}, "state", "call"))
RESULT = RequestMessage(Role.FUNCTION, '{"b":2}', function_name="f")


def body_of(messages=MESSAGES, *, stream=False, dialect=None, **fields):
    return json.loads(request_body(ReplyRequest("m", messages, **fields), stream=stream, dialect=dialect))


def test_a_plain_request_holds_model_and_messages_only():
    body = request_body(ReplyRequest("GigaChat-2", MESSAGES), stream=False)

    assert (
        body
        == (
            '{"model":"GigaChat-2","messages":[{"role":"system","content":[{"text":"Будь краток"}]},'
            '{"role":"user","content":[{"text":"Привет"}]}]}'
        ).encode()
    )


def test_everything_in_the_order_of_the_documentation():
    fields = body_of(
        stream=True,
        temperature=0.5,
        top_p=0.9,
        max_tokens=100,
        repetition_penalty=1.1,
        update_interval_s=0.25,
        effort=Effort.HIGH,
        response_format={"type": "json_schema", "schema": {}},
        tools=(Tool.WEB_SEARCH, Tool.IMAGE),
        functions=({"name": "f", "parameters": {}},),
        function_call=FunctionMode.AUTO,
        storage={"limit": 5},
        profanity_check=False,
        flags=("preprocess",),
        extra={"user_info": {"timezone": "Europe/Moscow"}},
    )

    assert list(fields) == [
        *("model", "messages", "model_options", "tool_config", "tools", "storage", "disable_filter", "flags"),
        *("user_info", "stream"),
    ]
    assert fields["model_options"] == {
        "temperature": 0.5,
        "top_p": 0.9,
        "max_tokens": 100,
        "repetition_penalty": 1.1,
        "update_interval": 0.25,
        "reasoning": {"effort": "high"},
        "response_format": {"type": "json_schema", "schema": {}},
    }
    assert fields["tools"] == [
        {"web_search": {}},
        {"image_generate": {}},
        {"functions": {"specifications": [{"name": "f", "parameters": {}}]}},
    ]
    assert (fields["tool_config"], fields["storage"]) == ({"mode": "auto"}, {"limit": 5})
    assert (fields["disable_filter"], fields["flags"], fields["stream"]) == (True, ["preprocess"], True)


def test_files_are_a_part_of_their_own():
    messages = (
        RequestMessage(Role.USER, "Опиши", attachments=("1", "2")),
        RequestMessage(Role.USER, "", attachments=("3",)),
    )

    assert [message["content"] for message in body_of(messages)["messages"]] == [
        [{"text": "Опиши"}, {"files": [{"id": "1"}, {"id": "2"}]}],
        [{"files": [{"id": "3"}]}],
    ]


def test_an_empty_message_is_an_empty_text():
    assert body_of((RequestMessage(Role.USER, ""),))["messages"] == [{"role": "user", "content": [{"text": ""}]}]


def test_a_call_goes_back_with_its_ids():
    call = {"id": "call", "name": "f", "arguments": {"a": 1}}

    assert body_of((CALL,))["messages"] == [
        {"role": "assistant", "tool_state_id": "state", "content": [{"function_call": call}]}
    ]


def test_the_note_on_tools_goes_back_with_the_answer():
    messages = (RequestMessage(Role.ASSISTANT, "Вот", state_id="s"), RequestMessage(Role.USER, "x", state_id="s"))

    assert [message.get("tool_state_id") for message in body_of(messages)["messages"]] == ["s", None]


@pytest.mark.parametrize(
    ("dialect", "role", "result"),
    [
        (Dialect(), "tool", '{"b":2}'),
        (Dialect("function"), "function", '{"b":2}'),
        (Dialect("tool", has_result_objects=True), "tool", {"b": 2}),
    ],
)
def test_a_result_in_every_dialect(dialect, role, result):
    part = {"function_result": {"name": "f", "result": result}}

    assert body_of((RESULT,), dialect=dialect)["messages"] == [{"role": role, "content": [part]}]
    assert has_results(ReplyRequest("m", (RESULT,)))
    assert not has_results(ReplyRequest("m", MESSAGES))


def test_a_result_that_is_no_json_is_left_as_it_is():
    message = RequestMessage(Role.FUNCTION, "plain", function_name="f")

    body = body_of((message,), dialect=Dialect(has_result_objects=True))

    assert body["messages"][0]["content"][0]["function_result"]["result"] == "plain"


@pytest.mark.parametrize(
    ("wish", "config"),
    [
        (FunctionMode.NONE, {"mode": "none"}),
        (ForcedFunction("f"), {"mode": "forced", "function_name": "f"}),
        (ForcedFunction("web_search"), {"mode": "forced", "tool_name": "web_search"}),
    ],
)
def test_who_chooses_the_tool(wish, config):
    assert body_of(function_call=wish)["tool_config"] == config


def test_an_assistant_takes_the_place_of_the_model():
    fields = body_of(storage={"assistant_id": "a", "thread_id": "t"})

    assert (fields.get("model"), fields["assistant_id"], fields["storage"]) == (None, "a", {"thread_id": "t"})


def test_an_empty_storage_begins_a_thread():
    assert body_of(storage={})["storage"] == {}
