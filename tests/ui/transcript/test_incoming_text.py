"""What of an answer has come and is not parsed yet."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.text import clean
from gigadesk.ui.transcript.copy.hidden_tags import take_tags
from gigadesk.ui.transcript.messages import incoming_text
from gigadesk.ui.transcript.messages.incoming_text import IncomingText
from gigadesk.ui.transcript.messages.parsed_text import PARSED_AT_ONCE_CHARS, ParsedText

TAG = '<img src="abc" fuse="true">'
PARTS = ("слово ", "<", "<im", "<img ", ">", TAG, TAG[:9], "\n", "😀", "x" * 300)
WHOLE_PARTS = (*PARTS, "\r\n", "\r", "\ud83d", "\ude00", "\x00")


def taken(incoming: IncomingText, count: int, *, is_open: bool) -> str:
    pieces = []
    while piece := incoming.take(count, is_open=is_open):
        pieces.append(piece)
    return "".join(pieces)


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.integers(1, 700), st.booleans(), st.integers(1, 60))
@settings(deadline=None)
def test_any_pieces_give_what_the_whole_gives(parts, count, is_open, piece):
    incoming = IncomingText()
    shown = ""
    text = "".join(parts)
    for start in range(0, len(text), piece):
        incoming.add(text[start : start + piece])
        shown += incoming.take(count, is_open=True)

    assert shown + incoming.rest(is_open=is_open) == take_tags(clean(text), is_open=is_open)[0]
    assert shown + taken(incoming, count, is_open=is_open) == take_tags(clean(text), is_open=is_open)[0]
    assert incoming.is_empty(is_open=is_open)
    assert incoming.chars == 0


@given(st.lists(st.sampled_from(WHOLE_PARTS), max_size=12))
@settings(deadline=None)
def test_a_text_is_cleaned_as_a_whole_wherever_it_is_cut(parts):
    text = "".join(parts)
    for border in range(5):
        incoming = IncomingText()
        incoming.add("y" * (incoming_text._PIECE_CHARS - border) + text)

        expected = take_tags(clean("y" * (incoming_text._PIECE_CHARS - border) + text), is_open=False)[0]
        assert taken(incoming, 5000, is_open=False) == expected


def test_of_a_long_text_only_what_is_parsed_is_looked_at(monkeypatch):
    seen = []

    def seeing(text: str) -> str:
        seen.append(len(text))
        return clean(text)

    monkeypatch.setattr(incoming_text, "clean", seeing)
    text = "A paragraph with <tags> and\r\nlines.\n\n" * 50_000
    parsed = ParsedText()

    parsed.parse(text, is_running=True)
    assert sum(seen) < 2 * PARSED_AT_ONCE_CHARS
    assert parsed.set_text(text, is_running=False) is not None
    assert sum(seen) < 4 * PARSED_AT_ONCE_CHARS
    assert not parsed.is_whole
    assert parsed.whole_text == clean(text)
