"""The gate for foreign text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.text import clean, one_line


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  План:\tотчёт \n за год ", "План: отчёт за год"),
        ("\u202eRTL\u202c and \u2066more\u2069", "RTL and more"),
        ("e" + "\u0301" * 300 + "x", "e" + "\u0301" * 6 + "x"),
        ("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd"),
        ("👩\u200d👧 1\ufe0f\u20e3", "👩\u200d👧 1\ufe0f\u20e3"),
        ("a\x00b\x07c", "a\ufffdbc"),
        ("\u200b \u200d\ufe0f\u3164\u2800", ""),
        ("\u0301\u0301", ""),
    ],
    ids=["blanks", "overrides", "a tower of marks", "Hebrew", "emoji", "controls", "nothing to see", "marks alone"],
)
def test_a_title_keeps_to_its_line_and_turns_nothing(text, expected):
    assert one_line(text) == expected
    assert one_line(expected) == expected
