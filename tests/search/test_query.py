"""What is typed into the search, read."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import Role
from gigadesk.search.dates import Span, span_of
from gigadesk.search.documents import Feature
from gigadesk.search.hits import Place
from gigadesk.search.query import Key, Term, parse, without
from gigadesk.search.typos import mistakes, near_words, nearest, other_layout

TODAY = date(2026, 11, 28)


def word(text: str, *, is_open: bool = False) -> Term:
    return Term(text, is_phrase=False, is_open=is_open)


@pytest.mark.parametrize(
    ("text", "terms", "excluded"),
    [
        ("два слова", [word("два"), word("слова")], []),
        ('"как есть" слово', [Term("как есть", is_phrase=True), word("слово")], []),
        ("«как есть»", [Term("как есть", is_phrase=True)], []),
        ("да -нет", [word("да")], [word("нет")]),
        ('да -"совсем нет"', [word("да")], [Term("совсем нет", is_phrase=True)]),
        ("веб-сервис", [word("веб-сервис")], []),
        ("colour:red", [word("colour"), word("red")], []),
        ("before:never", [word("before"), word("never")], []),
        ("from:whom", [word("from"), word("whom")], []),
        ("https://a.org", [word("https"), word("a.org")], []),
        ('""  - "" : "', [], []),
        ('()*^" AND NEAR', [Term(" AND NEAR", is_phrase=True)], []),
    ],
)
def test_words_and_phrases(text, terms, excluded):
    query = parse(text, TODAY)

    assert list(query.terms) == terms
    assert list(query.excluded) == excluded


def test_filters():
    query = parse("from:me модель:Max has:code -has:file in:trash в:архив in:Работа chat:смета слово", TODAY)

    assert query.role is Role.USER
    assert query.models == ("max",)
    assert query.features == (Feature.CODE,)
    assert query.excluded_features == (Feature.FILE,)
    assert query.places == {Place.TRASH, Place.ARCHIVE}
    assert query.folders == ("Работа",)
    assert query.titles == ("смета",)
    assert query.terms == (word("слово"),)
    assert [each.key for each in query.filters][:3] == [Key.FROM, Key.MODEL, Key.HAS]


def test_a_span_of_days_is_narrowed_by_each_filter():
    query = parse("after:2026-01 before:2026-03-05 после:2025", TODAY)

    assert query.since == datetime(2026, 1, 1).astimezone().timestamp()
    assert query.until == datetime(2026, 3, 5).astimezone().timestamp()


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1)),
        ("2024-2-29", date(2024, 2, 29), date(2024, 3, 1)),
        ("03.05.2024", date(2024, 5, 3), date(2024, 5, 4)),
        ("5.2024", date(2024, 5, 1), date(2024, 6, 1)),
        ("today", TODAY, date(2026, 11, 29)),
        ("Вчера", date(2026, 11, 27), TODAY),
        ("7d", date(2026, 11, 21), date(2026, 11, 22)),
        ("2н", date(2026, 11, 14), date(2026, 11, 15)),
    ],
)
def test_days(text, first, end):
    assert span_of(text, TODAY) == Span(first, end)


@pytest.mark.parametrize("text", ["", "2023-02-29", "0000", "9999", "32.1.2024", "soon", "9999y", "20244"])
def test_no_days(text):
    assert span_of(text, TODAY) is None


@pytest.mark.parametrize("is_typing", [True, False])
@pytest.mark.parametrize("typed", ["in:", "-in:", 'в:"', "From:", "after:"])
def test_a_filter_whose_value_is_still_to_come_is_no_word(typed, is_typing):
    assert parse(f"слово {typed}", TODAY, is_typing=is_typing).terms == (word("слово", is_open=False),)
    assert parse(typed, TODAY, is_typing=is_typing).is_empty


@pytest.mark.parametrize(
    ("typed", "odd"),
    [
        ("до:2026-13-45 слово", (Key.BEFORE, "2026-13-45", False)),
        ("слово -model:max", (Key.MODEL, "max", True)),
        ("from:whom", (Key.FROM, "whom", False)),
    ],
)
@pytest.mark.parametrize("is_typing", [True, False])
def test_a_filter_whose_value_means_nothing_is_named(typed, odd, is_typing):
    [named] = parse(typed, TODAY, is_typing=is_typing).odd

    assert (named.key, named.value, named.is_excluded) == odd
    assert named.value in typed[named.start : named.end]


@pytest.mark.parametrize("typed", ["from:me", "from:", "colour:red", "has:code after:7d"])
def test_what_is_a_filter_or_just_words_is_not_named(typed):
    assert parse(typed, TODAY, is_typing=True).odd == ()


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("дог* слово", [word("дог", is_open=True), word("слово")]),
        ("**дог** *дог*", [word("дог"), word("дог")]),
        ("a*b", [word("a"), word("b")]),
        ("веб-сер*", [word("веб-сер", is_open=True)]),
    ],
)
def test_a_star_behind_a_word_stands_for_any_end(typed, terms):
    assert list(parse(typed, TODAY).terms) == terms


def test_a_colon_behind_another_word_or_before_a_blank_stays_a_word():
    assert parse("note:", TODAY).terms == (word("note"),)
    assert parse("in: archive", TODAY).terms == (word("in"), word("archive"))


def test_what_is_being_typed_may_become_longer():
    assert parse("два сло", TODAY, is_typing=True).terms == (word("два"), word("сло", is_open=True))
    assert parse("слово ", TODAY, is_typing=True).terms == (word("слово"),)
    assert parse('"два сл', TODAY, is_typing=True).terms == (Term("два сл", is_phrase=True, is_open=True),)
    assert parse('"два слова"', TODAY, is_typing=True).terms == (Term("два слова", is_phrase=True),)
    assert parse("слово before:20-", TODAY, is_typing=True).terms == (word("слово"),)


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_a_query(text, is_typing):
    query = parse(text, TODAY, is_typing=is_typing)

    for each in query.filters:
        assert 0 <= each.start < each.end <= len(text)


@given(
    st.lists(
        st.sampled_from(["from:me", "has:code", "before:2024", "слово", '"две лисы"', "-нет", "x:y", "in:trash"]),
        max_size=6,
    ).map(" ".join)
)
def test_a_filter_can_be_taken_out(text):
    query = parse(text, TODAY)

    for each in query.filters:
        rest = parse(without(text, each), TODAY)
        assert len(rest.filters) == len(query.filters) - 1
        assert rest.terms == query.terms
        assert rest.excluded == query.excluded


@pytest.mark.parametrize(
    ("typed", "meant"), [("ghbdtn", "привет"), ("руддщ", "hello"), ("ljujdjh", "договор"), ("2024", "2024")]
)
def test_the_other_keyboard(typed, meant):
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("договор", "договор", 0), ("договор", "догвоор", 1), ("договр", "договор", 1), ("дагавор", "договор", 2)],
)
def test_mistakes_are_counted(first, second, count):
    assert mistakes(first, second, 3) == count


@given(st.text("абв", max_size=7), st.text("абв", max_size=7))
def test_mistakes_are_the_same_both_ways_and_limited(first, second):
    exact = mistakes(first, second, 20)

    assert exact == mistakes(second, first, 20)
    assert (exact == 0) == (first == second)
    assert mistakes(first, second, 1) == min(exact, 2)


@given(st.text("абвг", min_size=2, max_size=6))
def test_what_is_near_is_one_mistake_away(word):
    assert all(mistakes(word, other, 2) <= 1 for other in near_words(word))


def test_the_nearest_is_the_first_of_those_that_are_as_near():
    assert nearest("договр", ["говор", "договор", "договоры"], 2) == "договор"
    assert nearest("договр", ["кот"], 2) is None
