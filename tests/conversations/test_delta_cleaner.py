from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gigadesk.conversations.delta_cleaner import DeltaCleaner
from gigadesk.text import clean

HOSTILE = st.text(st.sampled_from(["\r", "\n", "\ud83e", "\udd89", "\x00", "\u2028", "a", "я", "🦉"]), max_size=12)


@given(HOSTILE, st.lists(st.integers(0, 12)))
def test_any_cutting_gives_the_same_text(text, cuts):
    places = [0, *sorted(cuts), len(text)]
    cleaner = DeltaCleaner()

    pieces = [cleaner.feed(text[start:end]) for start, end in pairwise(places)]
    pieces.append(cleaner.rest())

    assert "".join(pieces) == clean(text)
    assert all(piece == clean(piece) for piece in pieces)


def test_ordinary_text_is_not_held_back():
    assert DeltaCleaner().feed("Привет\n") == "Привет\n"
