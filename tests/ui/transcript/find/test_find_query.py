"""What a query finds in a shown text."""

import re

import pytest

from gigadesk.ui.transcript.find.places import Hit, Shown, hits_in, spans_in
from gigadesk.ui.transcript.find.query import Query


def found(text: str, query: Query) -> list[str]:
    return [text[start:end] for start, end in spans_in(text, query.pattern())]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        (Query("мир"), "Мир, мир и МИР", ["Мир", "мир", "МИР"]),
        (Query("ёлка"), "елка Ёлка ЁЛКА ёлка", ["елка", "Ёлка", "ЁЛКА", "ёлка"]),
        (Query("елка"), "елка Ёлка", ["елка", "Ёлка"]),
        (Query("Мир", is_exact=True), "Мир, мир", ["Мир"]),
        (Query("елка", is_exact=True), "ёлка елка", ["елка"]),
        (Query("straße"), "STRAßE straße", ["STRAßE", "straße"]),
        (Query("a.b"), "a.b axb", ["a.b"]),
        (Query("10 000"), "10\u00a0000 и 10 000", ["10\u00a0000", "10 000"]),
        (Query("10 000", is_exact=True), "10\u00a0000 и 10 000", ["10 000"]),
        (Query("aa"), "aaaa", ["aa", "aa"]),
        (Query("код", is_whole_word=True), "код кода (код) код_1", ["код", "код"]),
        (Query("c++", is_whole_word=True), "C++ и C++х", ["C++"]),
        (Query(r"\bк\w+", is_expression=True), "Код кита", ["Код", "кита"]),
        (Query("a|ab", is_expression=True, is_whole_word=True), "a ab", ["a", "ab"]),
        (Query("^x", is_expression=True), "x\nx", ["x", "x"]),
        (Query("x*", is_expression=True), "axxb", ["xx"]),
        (Query("$|^|(?=a)", is_expression=True), "a\nb", []),
        (Query("[ab]", is_expression=True, is_exact=True), "aAbB", ["a", "b"]),
    ],
)
def test_what_is_found(query, text, expected):
    assert found(text, query) == expected


@pytest.mark.parametrize("text", ["(", "[", "*", "(?P<x>", "a{2,1}", "\\"])
def test_a_broken_expression_says_so(text):
    with pytest.raises(re.error):
        Query(text, is_expression=True).pattern()


def test_places_count_the_blocks_and_the_characters_in_them():
    hits = hits_in(
        list(map(Shown, ["no", "one two one", "One"])), Query("one").pattern(), is_answer=False, first_block=5
    )

    assert hits == [Hit(False, 6, 0, 3), Hit(False, 6, 8, 11), Hit(False, 7, 0, 3)]


def test_a_message_has_no_more_places_than_anybody_counts():
    assert len(hits_in([Shown("a" * 30_000), Shown("a")], Query("a").pattern())) == 10_000


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        (Query("мир"), Query("ми"), True),
        (Query("амир"), Query("мир"), True),
        (Query("мир"), Query("мор"), False),
        (Query("мир", is_exact=True), Query("ми"), False),
        (Query("мир", is_whole_word=True), Query("ми"), True),
        (Query("мир"), Query("ми", is_whole_word=True), False),
        (Query("мир", is_expression=True), Query("ми"), False),
        (Query("мир"), Query(""), False),
    ],
)
def test_more_letters_refine(narrow, wide, expected):
    assert narrow.refines(wide) is expected
