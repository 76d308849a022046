"""What is read without the parser is what the parser would have made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.markdown.blocks import Span
from gigadesk.markdown.inline import Inline, read_by_parser
from gigadesk.markdown.simple_inline import read_simple

FRAGMENTS = [
    *(
        "a",
        "Слово",
        "два слова",
        "7",
        " ",
        "  ",
        "\n",
        "\t",
        ".",
        ":",
        "!",
        "?",
        ")",
        "(",
        "-",
        "—",
        "«",
        "»",
        '"',
        "'",
    ),
    *("*", "**", "***", "~", "~~", "_", "__", "`", "``", "[", "]", "](", "[a](b)", "[b](https://a.example/c_d)", "^"),
    *("`код`", "**жирно**", "**Важно:**", "*так*", "~~нет~~", "имя_поля", "\\", "&amp;", "<b>", "$", "$x$", "@"),
    *("https://a.example", "www.a.example", "a@b.example", "\x07", "\u00b2", "\u0301", "\U0001f600", "=", "|"),
]
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join).map(lambda text: text.strip(" \t\n"))


@given(texts, st.booleans())
def test_nothing_is_read_otherwise_than_by_the_parser(text, is_open):
    simple = read_simple(text)

    assert simple is None or Inline(simple) == read_by_parser(text, {"a": "https://b.example"}, is_open=is_open)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("`a` и **б**", [Span("a", is_code=True), Span(" и "), Span("б", is_bold=True)]),
        ("**Важно:** это\nтак", [Span("Важно:", is_bold=True), Span(" это так")]),
        ("имя_поля, a*b*c", [Span("имя_поля, a"), Span("b", is_italic=True), Span("c")]),
        ("*так*, ~~не так~~", [Span("так", is_italic=True), Span(", "), Span("не так", is_strike=True)]),
        ("в\n[доке](https://a.example/b_c)", [Span("в "), Span("доке", link="https://a.example/b_c")]),
    ],
)
def test_what_is_common_needs_no_parser(text, spans):
    assert read_simple(text) == tuple(spans)
    assert read_by_parser(text) == Inline(tuple(spans))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "**a *b* c**",
            "*a",
            "a*",
            "``a``",
            "` a `",
            "***a***",
            "~a~",
            "_a_",
            "a_ b",
            "**a:**b",
            "![a](b)",
            "[a](b c)",
        ),
        *(
            "[a](b)[c](b)",
            "[a]",
            "[^1](a)",
            "a  \nb",
            "a\\*b*",
            "&amp;",
            "<b>",
            "$a$",
            "a@b.example",
            "http://a.example",
        ),
    ],
)
def test_what_may_mean_something_else_is_left_to_the_parser(text):
    assert read_simple(text) is None
