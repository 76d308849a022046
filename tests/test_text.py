"""The gate for foreign text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.text import clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, слово", "plain, слово"),
        ("a\rb\r\nc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("\x00", "\ufffd"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd"),
    ],
    ids=["as it is", "line ends", "NUL", "surrogates"],
)
def test_every_part_of_the_program_can_hold_it(text, expected):
    assert clean(text) == expected


@given(st.text(st.sampled_from("a\r\n\u2028\u2029\x00я"), max_size=20))
def test_whatever_is_in_it_all_of_it_is_made_clean(text):
    assert clean(text) == re.sub("\r\n?|[\u2028\u2029]", "\n", text.replace("\x00", "\ufffd"))
    assert clean(clean(text)) == clean(text)
