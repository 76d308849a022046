"""A look at the bytes of a text never passes over a phrase that is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.search.matching import Phrase
from gigadesk.search.query import Term
from gigadesk.search.words import CHUNK, plain

WORDS = [
    "договор",
    "Ёлка",
    "елка",
    "ещё",
    "сбе",
    "getUserName",
    "веб-сервис",
    "и",
    "На",
    "x1",
    "日本",
    "за\u0301мок",
    "ﬁne",
    "Ѐ",
    "don’t",
]
BETWEEN = [" ", ", ", "\n", "-", "_", " — ", "\u00a0", "» «", "…", ". ", "\u200b", "*", "№", " 🏠", "•"]
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS) | st.text("абёАрРяЯABz0", max_size=4), st.sampled_from(BETWEEN)), max_size=9
)
CASES = st.sampled_from([str, str.upper, str.lower, str.title])


def text_of(parts) -> str:
    return "".join(word + between for word, between in parts)


@given(TEXTS, st.integers(0, 8), st.integers(1, 3), st.sampled_from(BETWEEN), CASES, CASES, st.booleans())
def test_it_passes_over_no_text_with_the_phrase(parts, start, count, between, of_text, of_phrase, is_open):
    words = [word for word, _ in parts[start : start + count]]
    sought = of_phrase(between.join(words))
    text = of_text(text_of(parts))
    if not CHUNK.search(plain(sought)):
        return

    phrase = Phrase(Term(sought, is_phrase=True, is_open=is_open))

    assert phrase.glance.may_be_in(text.encode()) or not phrase.is_in(text)


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("на и", "и на"),
        ("договор аренды", "Договора аренды, «договор» — об аренде…"),
        ("user name", "username"),
        ("елка", "ель"),
        ("новый дом", "Новый 🏠 и дом • «нового» → дом"),
    ],
)
def test_it_passes_over_what_has_only_the_words(sought, text):
    assert not Phrase(Term(sought, is_phrase=True)).glance.may_be_in(text.encode())
