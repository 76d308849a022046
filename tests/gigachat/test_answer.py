from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError, ServerFailedError
from gigadesk.gigachat.events import Finished, TextDelta
from gigadesk.gigachat.protocol.answer import AnswerReader
from gigadesk.gigachat.protocol.reply_v1 import ReplyReaderV1
from tests.gigachat.raw_server import DONE, data, delta, last


def play(pieces, **limits):
    """Text, other events, failure type and completeness after the pieces and the end of the bytes."""
    reply = ReplyReaderV1()
    reader = AnswerReader(reply, **limits)
    events = []
    for piece in pieces:
        events += reader.feed(piece)
        if reader.failure or reply.is_ended:
            break
    else:
        events += reader.close()
    if reply.is_complete and not reader.failure:
        events += reply.finish()
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    others = [event for event in events if not isinstance(event, TextDelta)]
    return text, others, type(reader.failure), reply.is_complete, reply.is_nonsense


def test_deltas_of_one_read_come_as_one():
    reply = ReplyReaderV1()
    reader = AnswerReader(reply)

    events = reader.feed(delta("Hel") + delta("lo") + last() + DONE)

    assert events == [TextDelta("Hello")]
    assert reply.is_ended
    assert reader.events_seen == 4
    assert [type(event) for event in reply.finish()] == [Finished]


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
