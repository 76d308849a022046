import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import Usage
from gigadesk.errors import QuotaError, ServerFailedError
from gigadesk.gigachat.events import FileReady, Finished, FunctionCall, ReasoningDelta, TextDelta, ToolProgress
from gigadesk.gigachat.protocol.reply_v1 import ReplyReaderV1


def chunk(delta=None, **fields):
    choice = {"delta": delta or {}, "index": 0} | {
        key: fields.pop(key) for key in ("finish_reason", "index") if key in fields
    }
    return json.dumps({"choices": [choice], **fields}, ensure_ascii=False)


def read(*data):
    reader = ReplyReaderV1()
    events = []
    for text in data:
        reader.read(text)
        events += reader.take()
    return reader, events


@pytest.mark.parametrize(
    ("delta", "events"),
    [
        ({"content": "Привет", "role": "assistant"}, [TextDelta("Привет")]),
        ({"content": ""}, []),
        ({"content": None}, []),
        ({"content": 5}, []),
        ({}, []),
        ({"role": "assistant"}, []),
        ({"reasoning_content": "Hm", "content": "A"}, [ReasoningDelta("Hm"), TextDelta("A")]),
        ({"reasoning_content": None, "content": "A"}, [TextDelta("A")]),
        (
            {"role": "function_in_progress", "name": "text2image", "content": "10 seconds left", "created": 1},
            [ToolProgress("text2image", "10 seconds left", seconds_left=10)],
        ),
        ({"content": "", "function_call": {"name": "f", "arguments": {"a": 1}}}, [FunctionCall("f", {"a": 1})]),
        ({"function_call": {"name": "f", "arguments": '{"a": 1}'}}, [FunctionCall("f", {"a": 1})]),
        ({"function_call": {"name": "f", "arguments": "nonsense"}}, [FunctionCall("f", {})]),
        ({"function_call": {"name": "f", "arguments": 5}}, [FunctionCall("f", {})]),
        ({"function_call": {}}, [FunctionCall("", {})]),
        ({"function_call": "f"}, []),
        (
            {"function_call": {"name": "f", "arguments": {}}, "functions_state_id": "s"},
            [FunctionCall("f", {}, state_id="s")],
        ),
        (
            {"content": '<img src="id" fuse="true"/> кот'},
            [TextDelta('<img src="id" fuse="true"/> кот'), FileReady("id")],
        ),
        ({"content": "a\r\nb\x00c\u2028d"}, [TextDelta("a\nb\ufffdc\nd")]),
    ],
)
def test_what_a_delta_stands_for(delta, events):
    assert read(chunk(delta))[1] == events


@pytest.mark.parametrize(
    "data",
    [
        *("[]", "null", "5", "nonsense", "{}", '{"object":"x"}', '{"choices":5}', '{"choices":[5]}', '{"choices":[]}'),
        '{"choices":[{"delta":5}]}',
        '{"choices":[{"delta":{"content":"x"},"index":' + "9" * 5000 + "}]}",
    ],
)
def test_odd_data_adds_nothing_and_is_counted(data):
    reader, events = read(data)

    assert (events, reader.odd_events, reader.failure) == ([], 1, None)
    assert reader.is_nonsense
    assert not reader.is_complete


def test_odd_data_between_good_data_is_forgiven():
    reader, events = read(chunk({"content": "a"}), "nonsense", "", chunk({"content": "b"}))

    assert events == [TextDelta("a"), TextDelta("b")]
    assert reader.odd_events == 1
    assert not reader.is_nonsense


def test_other_versions_of_the_answer_are_not_mixed_in():
    choices = [None, {"delta": {"content": "b"}, "index": 1}, {"delta": {"content": "a"}, "index": None}]

    assert read(json.dumps({"choices": choices}))[1] == [TextDelta("a")]


def test_a_choice_may_hold_a_reason_only():
    reader, events = read('{"choices":[{"index":0,"finish_reason":"stop"}]}')

    assert (events, reader.is_complete) == ([], True)


def test_a_whole_answer_is_read_from_its_message():
    body = {
        "choices": [{"message": {"content": "Hello.", "role": "assistant"}, "index": 0, "finish_reason": "stop"}],
        "model": "GigaChat:2.0.28.2",
        "usage": {"prompt_tokens": 17, "completion_tokens": 3, "total_tokens": 20, "precached_prompt_tokens": 2},
    }

    reader, events = read(json.dumps(body, indent=4).encode())

    assert events == [TextDelta("Hello.")]
    assert reader.finish() == [Finished("stop", Usage(17, 3, 20, 2), "GigaChat:2.0.28.2")]


@pytest.mark.parametrize("reason", ["stop", "length", "blacklist", "function_call", "error", "news_of_tomorrow"])
def test_every_reason_is_kept_as_the_server_said_it(reason):
    reader, _ = read(chunk({"content": ""}, finish_reason=reason))

    assert reader.is_complete
    assert reader.finish() == [Finished(reason)]


@pytest.mark.parametrize("reason", [None, "", 5, {}])
def test_a_reason_that_is_none_does_not_complete(reason):
    assert not read(chunk({"content": "a"}, finish_reason=reason))[0].is_complete


def test_the_end_mark_completes_without_a_reason():
    reader, events = read(chunk({"content": "a"}), " [DONE] ")

    assert reader.is_ended
    assert reader.is_complete
    assert events + reader.finish() == [TextDelta("a"), Finished("stop")]


@pytest.mark.parametrize(
    ("usage", "value"),
    [
        ({"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}, Usage(1, 2, 3)),
        ({"prompt_tokens": 1.0, "completion_tokens": None, "total_tokens": -5}, Usage(1, 0, 0)),
        ({}, Usage(0, 0, 0)),
        (None, None),
        ("5", None),
    ],
)
def test_usage(usage, value):
    reader, _ = read(chunk({"content": "a"}, finish_reason="stop", usage=usage))

    assert reader.finish() == [Finished("stop", value)]


def test_usage_may_come_alone():
    reader, _ = read(
        chunk({"content": "a"}, finish_reason="stop"), '{"usage":{"prompt_tokens":1,"total_tokens":1}}', "[DONE]"
    )

    assert reader.finish() == [Finished("stop", Usage(1, 0, 1))]


def test_the_ids_of_tools_and_storage_come_with_the_end():
    reader, _ = read(
        chunk({"content": "a", "functions_state_id": "s"}, thread_id="t", message_id="m"),
        chunk({"content": ""}, finish_reason="stop", thread_id=None, message_id=5),
    )

    assert reader.finish() == [Finished("stop", state_id="s", thread_id="t", message_id="m")]


def test_thoughts_in_tags_are_told_apart():
    _, events = read(chunk({"content": "<think>Hm"}), chunk({"content": "</think>\n\nHello"}))

    assert events == [ReasoningDelta("Hm"), TextDelta("Hello")]


@pytest.mark.parametrize(
    ("note", "seconds"),
    [("10 seconds left", 10), ("осталось 25 секунд", 25), ("3s", 3), ("soon", None), ("50 %", None), ("", None)],
)
def test_the_time_left_is_read_from_the_note(note, seconds):
    delta = {"role": "function_in_progress", "name": "text2image", "content": note}

    assert read(chunk(delta))[1] == [ToolProgress("text2image", note, seconds_left=seconds)]


def test_what_broke_off_gives_out_what_was_held_back():
    reader, events = read(chunk({"content": "<thi"}))

    assert events + reader.rest() == [TextDelta("<thi")]


@pytest.mark.parametrize(
    ("data", "kind", "detail", "status"),
    [
        ('{"status":500,"message":"Internal Server Error"}', ServerFailedError, "Internal Server Error", 500),
        ('{"message":"boom"}', ServerFailedError, "boom", 0),
        ('{"status":402,"message":"Payment Required"}', QuotaError, "Payment Required", 402),
        ('{"error":{"status":402,"message":"no"}}', QuotaError, "no", 402),
        ('{"error":{"code":"x","message":"no"}}', ServerFailedError, "no", 0),
        ('{"error":"bad day"}', ServerFailedError, "bad day", 0),
        ('{"choices":[],"error":5}', ServerFailedError, "", 0),
        ('{"status":"x","message":{"a":1}}', ServerFailedError, "", 0),
    ],
)
def test_an_error_in_mid_stream(data, kind, detail, status):
    reader, events = read(chunk({"content": "a"}), data)

    assert events == [TextDelta("a")]
    assert (type(reader.failure), reader.failure.detail, reader.failure.status) == (kind, detail, status)


def test_events_whose_empty_lines_are_missing_are_taken_apart():
    reader, events = read("\n".join([chunk({"content": "a"}), chunk({"content": "b"}, finish_reason="stop"), "[DONE]"]))

    assert events == [TextDelta("ab")]
    assert reader.is_ended


@pytest.mark.parametrize(
    ("contents", "text"),
    [
        (("a\r", "\nb"), "a\nb"),
        (("a\r", "b"), "a\nb"),
        (("a\r",), "a\n"),
        ((r"\ud83d", r"\ude00"), "😀"),
        ((r"x\ud83d", "y"), "x\ufffdy"),
        ((r"\ud83d",), "\ufffd"),
        ((r"\ude00",), "\ufffd"),
        (("\r", "\r", "\n"), "\n\n"),
    ],
)
def test_what_a_cut_tears_apart_is_joined(contents, text):
    escaped = [content.replace("\r", r"\r").replace("\n", r"\n") for content in contents]
    for name, kind in (("content", TextDelta), ("reasoning_content", ReasoningDelta)):
        data = ['{"choices":[{"delta":{"' + name + '":"' + content + '"}}]}' for content in escaped]
        reader, events = read(*data)
        events += reader.finish()

        assert "".join(event.text for event in events if isinstance(event, kind)) == text


_LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
_KEYS = st.sampled_from(
    (
        *("choices", "delta", "message", "content", "role", "index", "finish_reason", "usage", "model", "error"),
        *("status", "function_call", "name", "arguments", "reasoning_content", "prompt_tokens"),
    )
)
_HOSTILE = st.recursive(
    _LEAF, lambda values: st.lists(values, max_size=3) | st.dictionaries(_KEYS, values, max_size=5), max_leaves=20
)


@given(st.lists(st.dictionaries(_KEYS, _HOSTILE).map(json.dumps) | st.text(), max_size=5))
def test_nothing_a_server_sends_raises(data):
    reader, events = read(*data)

    for event in events + reader.finish():
        if isinstance(event, TextDelta | ReasoningDelta):
            assert event.text
            event.text.encode()
