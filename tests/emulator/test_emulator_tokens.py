from hypothesis import given
from hypothesis import strategies as st

from gigadesk.emulator.tokens import count, cut


@given(st.text(min_size=1), st.integers(1, 40))
def test_cut_text_is_a_beginning_within_the_limit(text, limit):
    short = cut(text, limit)

    assert text.startswith(short)
    assert count(short) <= limit
    assert short == text or count(short) > 0


def test_even_one_token_is_some_text():
    assert cut("Здравствуйте! Рад вас видеть.", 1) == "Здравс"
    assert cut("Рад вас видеть.", 2) == "Рад вас"
