import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk import limits
from gigadesk.chat import FileKind, Source
from gigadesk.gigachat.events import (
    FileReady,
    FunctionCall,
    ReasoningDelta,
    SourcesFound,
    TextDelta,
    ToolProgress,
)
from gigadesk.gigachat.protocol.words import CALLS_MAX, FILES_MAX, Words

WORKING = ToolProgress("web_search")


def test_neighbours_of_one_kind_are_one_event_and_the_order_stays():
    words = Words()

    words.think("a")
    words.think("b")
    words.say("c")
    words.say("d")
    words.add(WORKING)
    words.say("e")
    words.think("f")

    assert words.take() == [ReasoningDelta("ab"), TextDelta("cd"), WORKING, TextDelta("e"), ReasoningDelta("f")]
    assert words.take() == words.end() == []


def test_thoughts_inside_of_the_answer_are_told_apart():
    words = Words()

    for piece in ("<th", "ink>Hm", "</think>", "\nHello"):
        words.say(piece)

    assert words.take() == [ReasoningDelta("Hm"), TextDelta("Hello")]


def test_what_is_held_back_comes_at_the_end():
    words = Words(has_marks=True)

    words.say("Hello[sour")
    words.think("x\r")

    assert words.take() == [TextDelta("Hello"), ReasoningDelta("x")]
    assert words.end() == [ReasoningDelta("\n"), TextDelta("[sour")]


@pytest.mark.parametrize(("has_marks", "text"), [(True, "[2]"), (False, "[sources=[2]]")])
def test_marks_belong_to_the_second_contract(has_marks, text):
    words = Words(has_marks=has_marks)

    words.say("x")
    words.say("[sources=[2]]")

    assert words.take() == [TextDelta("x" + text)]


def test_a_file_is_given_out_once():
    words = Words()

    words.say('x <img src="a" fuse="true"/>')
    words.add_file("a", FileKind.IMAGE, "image/jpeg")
    words.say('<div data-model-id="m"/>')
    words.add_file("")

    assert words.take() == [
        TextDelta('x <img src="a" fuse="true"/>'),
        FileReady("a"),
        TextDelta('<div data-model-id="m"/>'),
        FileReady("m", FileKind.MODEL_3D),
    ]


def test_a_call_is_given_out_once():
    words = Words()

    words.add_call({"name": "f", "arguments": {"a": 1}, "id": "1"}, "s")
    words.add_call({"name": "f", "arguments": '{"a": 1}', "id": "1"}, "s")
    words.add_call({"name": "f", "arguments": {"a": 1}, "id": "2"}, "s")
    words.add_call("f", "s")

    assert words.take() == [FunctionCall("f", {"a": 1}, "s", "1"), FunctionCall("f", {"a": 1}, "s", "2")]


def test_files_and_calls_have_a_limit():
    words = Words()

    # Each call is compared with those before it: without a limit 10,000 of them take seconds, 100,000 minutes.
    for number in range(10_000):
        words.add_file(f"file-{number}")
        words.add_call({"name": "f", "arguments": {"a": number}}, "s")

    events = words.take()
    assert sum(isinstance(event, FileReady) for event in events) == FILES_MAX
    assert sum(isinstance(event, FunctionCall) for event in events) == CALLS_MAX


def test_a_source_that_changes_for_ever_is_left_at_last():
    words = Words()

    for number in range(5000):
        words.add_sources({"1": {"url": f"https://a/{number}"}})

    assert len(words.take()) == 1000


def test_sources_are_given_out_when_they_are_new():
    words = Words()

    words.add_sources({"1": {"url": "https://a", "title": "A"}, "2": {"url": "https://b"}})
    words.add_sources({"1": {"url": "https://a", "title": "A"}})
    words.add_sources({"2": {"url": "https://b", "title": "B"}})

    assert words.take() == [
        SourcesFound((Source(1, "https://a", "A"), Source(2, "https://b"))),
        SourcesFound((Source(2, "https://b", "B"),)),
    ]


@pytest.mark.parametrize(
    "sources",
    [
        None,
        [],
        "x",
        {"x": {"url": "https://a"}},
        {"1": None},
        {"1": {"url": ""}},
        {"1": {"url": 5}},
        {"٣": {"url": "a"}},
    ],
)
def test_odd_sources_are_left_out(sources):
    words = Words()

    words.add_sources(sources)

    assert words.take() == []


def test_sources_have_a_limit():
    words = Words()

    for number in range(limits.SOURCES_MAX + 50):
        words.add_sources({str(number): {"url": f"https://{number}"}})

    assert len(words.take()) == limits.SOURCES_MAX


_PIECES = st.lists(
    st.sampled_from(
        [
            "<think>",
            "</think>",
            "[sources=[",
            "1",
            "]]",
            '<img src="a" fuse="true"/>',
            "<",
            "\r",
            "\n",
            "\ud83d",
            "\ude00",
        ]
    )
    | st.text(max_size=3),
    max_size=10,
)


@given(_PIECES, st.booleans(), st.data())
def test_where_a_text_is_cut_makes_no_difference(pieces, has_marks, data):
    text = "".join(pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    cut = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    assert _told(cut, has_marks) == _told([text], has_marks) == _told(text, has_marks)


def _told(pieces, has_marks):
    words = Words(has_marks=has_marks)
    for piece in pieces:
        words.say(piece)
    events = words.end()
    kinds = (TextDelta, ReasoningDelta, FileReady)
    texts = ["".join(event.text for event in events if isinstance(event, kind)) for kind in kinds[:2]]
    return texts, [event for event in events if isinstance(event, FileReady)]
