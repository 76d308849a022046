import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import FileKind, Source, Usage
from gigadesk.errors import QuotaError, ServerFailedError
from gigadesk.gigachat.events import (
    FileReady,
    Finished,
    FunctionCall,
    ReasoningDelta,
    SourcesFound,
    TextDelta,
    ToolProgress,
    ToolStatus,
)
from gigadesk.gigachat.protocol.reply_v2 import ReplyReaderV2

DELTA = "response.message.delta"
DONE = "response.message.done"
USAGE = {
    "input_tokens": 19,
    "input_tokens_details": {"prompt_tokens": 19, "cached_tokens": 4},
    "output_tokens": 8,
    "total_tokens": 27,
}


def part(content, role="assistant", **fields):
    """A message with this content."""
    return {"messages": [{"role": role, "content": content, **fields}]}


def read(*events):
    """The reader after these events (name and value, or a value that is a whole body), and what it gave out."""
    reader = ReplyReaderV2()
    told = []
    for event in events:
        name, value = event if isinstance(event, tuple) else ("", event)
        reader.read(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), name)
        told += reader.take()
    return reader, told


def test_a_stream_as_it_was_recorded():
    model = {"model": "GigaChat-3-Ultra:32.3.18.5", "created_at": 1780321864}
    reader, events = read(
        (DELTA, {**model, **part([{"text": "1, 2"}])}),
        (DELTA, {**model, **part([{"text": ", 3"}])}),
        (DONE, {**model, "finish_reason": "stop", "usage": USAGE}),
    )

    assert events == [TextDelta("1, 2"), TextDelta(", 3")]
    assert reader.is_complete
    assert not reader.is_ended
    assert reader.finish() == [Finished("stop", Usage(19, 8, 27, 4), "GigaChat-3-Ultra:32.3.18.5")]


def test_a_whole_answer():
    body = {**part([{"text": "Hello"}]), "finish_reason": "stop", "usage": USAGE, "thread_id": "t", "message_id": "m"}

    reader, events = read(json.dumps(body, indent=2))

    assert events == [TextDelta("Hello")]
    assert reader.finish() == [Finished("stop", Usage(19, 8, 27, 4), thread_id="t", message_id="m")]


@pytest.mark.parametrize(
    ("content", "events"),
    [
        ([{"text": "a"}], [TextDelta("a")]),
        ("a", [TextDelta("a")]),
        (["a", None, {"text": "b"}], [TextDelta("ab")]),
        ({"text": "a"}, [TextDelta("a")]),
        ([{"text": ""}], []),
        ([{"text": None}], []),
        ([{"text": 5}], []),
        ([{"news": 5}], []),
        ([], []),
        (None, []),
        ([{"files": [{"id": "f", "mime": "image/jpeg", "target": "image"}]}], [FileReady("f", mime="image/jpeg")]),
        ([{"files": [{"id": "f", "target": "3dmodel"}]}], [FileReady("f", FileKind.MODEL_3D)]),
        ([{"files": [{"id": "f", "target": "audio"}]}], [FileReady("f", FileKind.AUDIO)]),
        ([{"files": [{"id": "f", "target": "video"}]}], [FileReady("f", FileKind.OTHER)]),
        ([{"files": [{"id": "f", "mime": "audio/mp3"}]}], [FileReady("f", FileKind.AUDIO, "audio/mp3")]),
        ([{"files": [{"id": "f", "mime": "text/csv"}]}], [FileReady("f", FileKind.TEXT, "text/csv")]),
        ([{"files": [{"id": "f", "mime": "model/gltf"}]}], [FileReady("f", FileKind.MODEL_3D, "model/gltf")]),
        ([{"files": [{"id": "f", "mime": "x/y"}]}], [FileReady("f", FileKind.OTHER, "x/y")]),
        ([{"files": {"id": "f"}}], [FileReady("f")]),
        ([{"files": [None, 5, {}, {"id": 5}]}], []),
        (
            [{"text": "Да[sources=[2]]", "inline_data": {"images": [], "sources": {"2": {"url": "u", "title": "t"}}}}],
            [TextDelta("Да[2]"), SourcesFound((Source(2, "u", "t"),))],
        ),
        ([{"inline_data": []}], []),
        ([{"function_call": {"name": "f", "arguments": {"a": 1}}}], [FunctionCall("f", {"a": 1})]),
        (
            [{"function_call": {"id": "c", "name": "f", "arguments": '{"a": 1}'}}],
            [FunctionCall("f", {"a": 1}, call_id="c")],
        ),
        (
            [{"tool_execution": {"name": "image_generate", "status": "success", "seconds_left": 3}}],
            [ToolProgress("image_generate", "", ToolStatus.SUCCEEDED, 3)],
        ),
        (
            [{"tool_execution": {"name": "image_generate", "status": "fail"}}],
            [ToolProgress("image_generate", "", ToolStatus.FAILED)],
        ),
        (
            [{"tool_execution": {"name": "image_generate", "status": "success", "censored": True}}],
            [ToolProgress("image_generate", "", ToolStatus.FAILED)],
        ),
        ([{"tool_execution": {"name": 5, "status": 5, "seconds_left": "x"}}], [ToolProgress("", seconds_left=0)]),
        ([{"tool_execution": {"name": "t", "seconds_left": 10**400}}], [ToolProgress("t", seconds_left=2.0**53)]),
        ([{"tool_execution": 5}], []),
        ([{"text": "<think>Hm</think>a"}], [ReasoningDelta("Hm"), TextDelta("a")]),
    ],
)
def test_what_a_content_stands_for(content, events):
    assert read((DELTA, part(content)))[1] == events


@pytest.mark.parametrize(
    ("name", "status"),
    [("response.tool.in_progress", ToolStatus.RUNNING), ("response.tool.completed", ToolStatus.SUCCEEDED)],
)
@pytest.mark.parametrize("is_in_message", [True, False])
def test_a_tool_without_a_status_has_that_of_its_event(name, status, is_in_message):
    execution = {"tool_execution": {"name": "web_search"}}
    value = {"messages": [{"role": "assistant", **execution}]} if is_in_message else execution

    assert read((name, value))[1] == [ToolProgress("web_search", "", status)]


def test_a_message_of_the_role_reasoning_is_thought():
    assert read((DELTA, part([{"text": "Hm"}], role="reasoning")))[1] == [ReasoningDelta("Hm")]
    assert read((DELTA, part([], reasoning_content="Hm")))[1] == [ReasoningDelta("Hm")]
    assert read((DELTA, part("Hm", role="reasoning")))[1] == [ReasoningDelta("Hm")]


@pytest.mark.parametrize("field", ["tool_state_id", "tools_state_id", "functions_state_id"])
@pytest.mark.parametrize("is_on_top", [True, False])
def test_the_state_id_has_three_names_and_two_places(field, is_on_top):
    call = part([{"function_call": {"name": "f", "arguments": {}}}])
    (call if is_on_top else call["messages"][0])[field] = "s"

    reader, events = read((DONE, {**call, "finish_reason": "function_call"}))

    assert events == [FunctionCall("f", {}, "s")]
    assert reader.finish() == [Finished("function_call", state_id="s")]


def test_a_call_may_stand_beside_the_parts():
    value = {"messages": [{"role": "assistant", "function_call": {"name": "f", "arguments": {}}}]}

    assert read((DONE, value))[1] == [FunctionCall("f", {})]


def test_a_done_event_that_tells_all_again_adds_nothing():
    files = {"files": [{"id": "f"}]}

    _, events = read(
        (DELTA, part([{"text": "Hello"}, files])), (DONE, {**part([{"text": "Hello"}, files]), "finish_reason": "stop"})
    )

    assert events == [TextDelta("Hello"), FileReady("f")]


def test_a_done_event_may_hold_the_only_words():
    assert read((DONE, {**part([{"text": "Hello"}]), "finish_reason": "stop"}))[1] == [TextDelta("Hello")]


def test_an_answer_is_complete_with_its_done_event_also_without_a_reason():
    reader, _ = read((DELTA, part("a")), (DONE, {"created_at": "1"}))

    assert reader.is_complete
    assert reader.finish() == [Finished("stop")]


def test_a_failed_answer_as_the_documentation_shows_it():
    usage = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}

    reader, _ = read((DONE, {"created_at": "1780321864", "finish_reason": "error", "usage": usage}))

    assert reader.finish() == [Finished("error", Usage(0, 0, 0))]


@pytest.mark.parametrize("reason", ["length", "blacklist", "request_filter", "news_of_tomorrow"])
@pytest.mark.parametrize("is_in_message", [True, False])
def test_every_reason_is_kept_as_the_server_said_it(reason, is_in_message):
    value = part("a", finish_reason=reason) if is_in_message else {**part("a"), "finish_reason": reason}

    assert read(value)[0].finish() == [Finished(reason)]


def test_events_of_an_unknown_name_are_read_like_the_others():
    assert read(("response.news", part("a")), ("", part("b")))[1] == [TextDelta("a"), TextDelta("b")]


def test_usage_may_come_alone_and_the_end_mark_too():
    reader, _ = read((DELTA, part("a")), {"usage": USAGE}, "[DONE]")

    assert reader.is_ended
    assert reader.finish() == [Finished("stop", Usage(19, 8, 27, 4))]


@pytest.mark.parametrize(
    ("data", "kind", "detail"),
    [
        ({"status": 500, "message": "Internal Server Error"}, ServerFailedError, "Internal Server Error"),
        ({"error": {"status": 402, "message": "no"}}, QuotaError, "no"),
        ({"message": "boom"}, ServerFailedError, "boom"),
    ],
)
def test_an_error_in_mid_stream(data, kind, detail):
    reader, events = read((DELTA, part("a")), ("error", data))

    assert events == [TextDelta("a")]
    assert (type(reader.failure), reader.failure.detail) == (kind, detail)


@pytest.mark.parametrize(
    "data", ["[]", "null", "nonsense", "{}", '{"messages":5}', '{"messages":[5]}', '{"messages":[]}']
)
def test_odd_data_adds_nothing_and_is_counted(data):
    reader, events = read((DELTA, data))

    assert (events, reader.odd_events, reader.failure) == ([], 1, None)
    assert reader.is_nonsense
    assert not reader.is_complete


def test_events_whose_empty_lines_are_missing_are_taken_apart():
    both = "\n".join(json.dumps(part(text)) for text in "ab")

    assert read((DELTA, both))[1] == [TextDelta("ab")]


def test_what_broke_off_gives_out_what_was_held_back():
    reader, events = read((DELTA, part("Hello[sour")))

    assert events + reader.rest() == [TextDelta("Hello"), TextDelta("[sour")]


_KEYS = st.sampled_from(
    (
        *("messages", "role", "content", "text", "files", "id", "mime", "target", "function_call", "name", "arguments"),
        *("tool_execution", "status", "seconds_left", "inline_data", "sources", "1", "url", "usage", "input_tokens"),
        *("finish_reason", "tool_state_id", "error", "message", "model", "input_tokens_details", "cached_tokens"),
    )
)
_LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
_HOSTILE = st.recursive(
    _LEAF, lambda values: st.lists(values, max_size=3) | st.dictionaries(_KEYS, values, max_size=5), max_leaves=20
)


@given(
    st.lists(st.dictionaries(_KEYS, _HOSTILE).map(json.dumps) | st.text(), max_size=5), st.sampled_from([DELTA, DONE])
)
def test_nothing_a_server_sends_raises(data, name):
    reader, events = read(*((name, text) for text in data))

    for event in events + reader.finish():
        if isinstance(event, TextDelta | ReasoningDelta):
            assert event.text
            event.text.encode()
