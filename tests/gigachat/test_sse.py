import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError
from gigadesk.gigachat.sse import EventReader


def event(data, name=""):
    return (data if isinstance(data, bytes) else data.encode(), name)


def read(pieces, line_max_bytes=1000):
    """Events, then the cause if the stream was refused."""
    reader = EventReader(line_max_bytes)
    result = []
    try:
        for piece in pieces:
            result += reader.feed(piece)
        result += reader.close()
    except BrokenAnswerError as error:
        result.append(error.cause)
    return result


@pytest.mark.parametrize(
    ("wire", "events"),
    [
        (b"data: a\n\n", [event("a")]),
        (b"data:a\n\n", [event("a")]),
        (b"data:  a \n\n", [event(" a ")]),
        (b"data: a\r\n\r\ndata: b\r\n\r\n", [event("a"), event("b")]),
        (b"data: a\r\rdata: b\r\r", [event("a"), event("b")]),
        (b"data: a\r\n\rdata: b\n\r\n", [event("a"), event("b")]),
        (b"\xef\xbb\xbfdata: a\n\n", [event("a")]),
        (b"\n\n\ndata: a\n\n\n\n", [event("a")]),
        (b": ping\n\n: ping\ndata: a\n\n", [event("a")]),
        (b"data: a\ndata: b\ndata\n\n", [event("a\nb\n")]),
        (b"event: done\ndata: a\n\ndata: b\n\n", [event("a", "done"), event("b")]),
        (b"event: done\n\ndata: b\n\n", [event("b")]),
        (b"id: 1\nretry: 10\nnonsense\ndata: a\n\n", [event("a")]),
        (b"data: a", [event("a")]),
        (b"data: a\n", [event("a")]),
        (b"", []),
        (b"data: \xd0\x9f\xd1\x80\xff\xd0\n\n", [event("Пр".encode() + b"\xff\xd0")]),
        ("data: a\u2028b\x0bc\x85d\n\n".encode(), [event("a\u2028b\x0bc\x85d")]),
    ],
)
def test_events_of_a_stream(wire, events):
    assert read([wire]) == events


_PARTS = st.sampled_from(
    [b"data: ", b"data:", b"data", b"event: x", b": ping", b"\n", b"\r\n", b"\r", b"\n\n", b"\xef\xbb\xbf", b"x" * 30]
)
_WIRES = st.lists(_PARTS | st.text(max_size=8).map(str.encode) | st.binary(max_size=6), max_size=40).map(b"".join)


@st.composite
def wire_with_cuts(draw):
    wire = draw(_WIRES)
    cuts = sorted(draw(st.lists(st.integers(0, len(wire)), max_size=12)))
    return wire, [wire[start:end] for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True)]


@given(wire_with_cuts())
def test_any_split_gives_the_same_events(case):
    whole, pieces = case

    assert read(pieces) == read([whole])
    assert read(pieces, line_max_bytes=40) == read([whole], line_max_bytes=40)


@given(_WIRES)
def test_the_kind_of_line_end_makes_no_difference(wire):
    wire = wire.replace(b"\r", b"")

    assert read([b"\n" + wire]) == read([b"\n" + wire.replace(b"\n", b"\r\n")]) == read([b"\n", wire])


@given(_WIRES)
def test_single_bytes_give_the_same_events(wire):
    assert read([bytes([byte]) for byte in wire]) == read([wire])


@pytest.mark.parametrize(
    "wire",
    [
        b"data: a\n\n" + b"x" * 50,
        b"data: a\n\n" + b"x" * 50 + b"\n",
        b"data: a\n\n" + (b"data: " + b"x" * 15 + b"\n") * 3,
    ],
    ids=["unfinished line", "line", "lines of one event"],
)
def test_what_is_too_long_is_refused_after_the_events_before_it(wire):
    expected = [event("a"), BrokenAnswerCause.TOO_LONG]

    assert read([wire], line_max_bytes=40) == expected
    assert read([bytes([byte]) for byte in wire], line_max_bytes=40) == expected


def test_an_event_of_very_many_lines_is_refused():
    assert read([b"data: x\n" * 70_000]) == [BrokenAnswerCause.TOO_LONG]
    assert len(read([b"data: x\n" * 60_000])) == 1


@pytest.mark.parametrize("before", [b"", b"\n", b"data: a\n\n", b"data: a\n", b"event: e\n", b"dat", b"data: a\r\n\r"])
@pytest.mark.parametrize(
    "piece",
    [
        b"data: x\n\n",
        b"data:x\n\n",
        b"data: \n\n",
        b"data: x\n",
        b"data: x\ny\n\n",
        b"data: x\r\n\n",
        b": x\n\n",
        b"\n\n",
    ],
)
def test_the_short_way_gives_the_same_as_the_long_one(before, piece):
    short, long = EventReader(), EventReader()
    assert list(short.feed(before)) == list(long.feed(before))

    data = short.only_data(piece)

    if data is not None:
        assert [(data, "")] == list(long.feed(piece))
    rest = b"data: z\n\n"
    taken = [] if data is not None else list(short.feed(piece))
    expected = [] if data is not None else list(long.feed(piece))
    assert [*taken, *short.feed(rest), *short.close()] == [*expected, *long.feed(rest), *long.close()]


def test_the_short_way_is_taken_for_what_the_service_sends():
    reader = EventReader(line_max_bytes=20)
    list(reader.feed(b"data: a\n\n"))

    assert reader.only_data(b"data: {}\n\n") == b"{}"
    assert reader.only_data(b"data: 789012345678901\n\n") is None
