import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError, ServerFailedError
from gigadesk.gigachat.events import FileReady, Finished, ReasoningDelta, TextDelta, ToolProgress
from gigadesk.gigachat.protocol.answer import AnswerReader, joined
from gigadesk.gigachat.protocol.reply_v1 import ReplyReaderV1
from tests.gigachat.raw_server import DONE, data, delta, last


def play(pieces, **limits):
    """Text, other events, failure type and completeness after the pieces and the end of the bytes."""
    reader = AnswerReader(ReplyReaderV1(), **limits)
    events = []
    for piece in pieces:
        events += reader.feed(piece)
        if reader.failure or reader.is_ended:
            break
    else:
        events += reader.close()
    if reader.is_complete and not reader.failure:
        events += reader.finish()
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    others = [event for event in events if not isinstance(event, TextDelta)]
    return text, others, type(reader.failure), reader.is_complete, reader.is_nonsense


def test_deltas_of_one_read_come_as_one():
    reader = AnswerReader(ReplyReaderV1())

    events = reader.feed(delta("Hel") + delta("lo") + last() + DONE)

    assert events == [TextDelta("Hello")]
    assert reader.is_ended
    assert reader.events_seen == 4
    assert [type(event) for event in reader.finish()] == [Finished]


def test_comments_are_no_sign_of_life():
    reader = AnswerReader(ReplyReaderV1())

    assert reader.feed(b": ping\n\n" * 3) == []
    assert reader.events_seen == 0


def test_what_follows_the_end_mark_is_not_read():
    assert play([delta("a") + DONE + delta("b")])[0] == "a"


def test_an_answer_without_its_last_empty_line_is_complete():
    wire = delta("a") + DONE

    assert play([wire.rstrip(b"\n")]) == play([wire])


def test_a_stream_that_only_stops_is_not_complete():
    text, others, _, is_complete, is_nonsense = play([delta("a")])

    assert (text, others, is_complete, is_nonsense) == ("a", [], False, False)


def test_a_reported_error_ends_the_answer_after_its_text():
    text, _, failure, *_ = play([delta("a") + data({"status": 500, "message": "x"}) + delta("b")])

    assert (text, failure) == ("a", ServerFailedError)


def test_an_endless_answer_is_refused():
    reader = AnswerReader(ReplyReaderV1(), max_bytes=200)

    reader.feed(delta("a"))
    events = reader.feed(delta("b" * 200))

    assert events == []
    assert isinstance(reader.failure, BrokenAnswerError)
    assert reader.failure.cause is BrokenAnswerCause.TOO_LONG


def test_an_endless_line_is_refused_after_the_text_before_it():
    text, _, failure, *_ = play([delta("a") + b"x" * 500], line_max_bytes=200)

    assert (text, failure) == ("a", BrokenAnswerError)


_WORDS = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=6)
_CHUNKS = st.one_of(
    _WORDS.map(delta),
    _WORDS.map(lambda text: data({"choices": [{"delta": {"reasoning_content": text}}]})),
    _WORDS.map(lambda text: data(json.dumps({"choices": [{"delta": {"content": text}}]}))),
    st.sampled_from([b": ping\n\n", b"data: nonsense\r\n\r\n", delta('<img src="i" fuse="true"/>'), last(), DONE]),
)


@st.composite
def wire_with_cuts(draw):
    wire = b"".join(draw(st.lists(_CHUNKS, max_size=8)))
    cuts = sorted(draw(st.lists(st.integers(0, len(wire)), max_size=10)))
    return [wire], [wire[start:end] for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True)]


@given(wire_with_cuts())
def test_any_split_gives_the_same_answer(case):
    whole, pieces = case

    assert _without_joins(play(pieces)) == _without_joins(play(whole))


def _without_joins(result):
    text, others, *rest = result
    reasoning = "".join(event.text for event in others if isinstance(event, ReasoningDelta))
    return text, reasoning, [event for event in others if not isinstance(event, ReasoningDelta)], rest


@pytest.mark.parametrize(
    ("events", "result"),
    [
        ([], []),
        ([TextDelta("a")], [TextDelta("a")]),
        ([TextDelta("a"), TextDelta("b")], [TextDelta("ab")]),
        ([FileReady("f"), FileReady("g")], [FileReady("f"), FileReady("g")]),
        ([ReasoningDelta("a"), ReasoningDelta("b"), TextDelta("c")], [ReasoningDelta("ab"), TextDelta("c")]),
        (
            [TextDelta("a"), FileReady("f"), TextDelta("b"), TextDelta("c"), ToolProgress("t", "x")],
            [TextDelta("a"), FileReady("f"), TextDelta("bc"), ToolProgress("t", "x")],
        ),
    ],
)
def test_joining_keeps_the_order(events, result):
    assert joined(events) == result
