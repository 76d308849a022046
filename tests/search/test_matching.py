"""What is found in a text, in all its forms, and where."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import Role
from gigadesk.search.documents import Content, document_of
from gigadesk.search.matching import Matcher
from gigadesk.search.query import parse
from gigadesk.search.snippets import SNIPPET_CHARS, snippet
from gigadesk.search.words import _MARKED, ALONE, CHUNK, is_common, lowered, plain, words_of

TODAY = date(2026, 11, 28)


def found(query: str, text: str) -> list[str]:
    """What is marked in the text."""
    return [text[start:end] for start, end in Matcher(parse(query, TODAY)).spots(text)]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("договор", "Подписали договором, договоры и договоров.", ["договором", "договоры", "договоров"]),
        ("ёлка", "Елка, ёлку и Ёлки", ["Елка", "ёлку", "Ёлки"]),
        ("елка", "у ёлки", ["ёлки"]),
        ("кнопок", "Кнопка и кнопкой, но не кнопочка", ["Кнопка", "кнопкой"]),
        ("кнопка", "без кнопок", ["кнопок"]),
        ("окно", "семь окон", ["окон"]),
        ("окон", "у окна", ["окна"]),
        ("отец", "с отцом, отцы", ["отцом", "отцы"]),
        ("ошибка", "сто ошибок", ["ошибок"]),
        ("ссылок", "одна ссылка", ["ссылка"]),
        ("run", "running and runs, not brunch", ["running", "runs"]),
        ("happy", "happiness, unhappy", ["happiness"]),
        ("user", "call getUserName or get_user_name", ["User", "user"]),
        ("getusername", "call getUserName", ["getUserName"]),
        ("getUserName", "call get_user_name", ["get_user_name"]),
        ("get_user_name", "call getUserName()", ["getUserName"]),
        ("user_name", "self.user_name = other_user_name2", ["user_name", "user_name"]),
        ("userName", "the_user_names of getUserName()", ["user_names", "UserName"]),
        ("getUser", "call getUserName, not forgetUser", ["getUser"]),
        ("os.path", "os.path.join(os.pathsep)", ["os.path"]),
        ("18.2.1", "v18.2.1 but 118.2.1 or 18.2.15", ["18.2.1"]),
        ("v18", "node v18.2.1", ["v18"]),
        ("user_name", "user: me\nname: you, superuser_name", []),
        ("сервис", "наш веб-сервис", ["сервис"]),
        ("вебсервис", "наш веб-сервис", ["веб-сервис"]),
        ("веб-сервис", "наш вебсервис", ["вебсервис"]),
        ("path", "os.path.join", ["path"]),
        ("utf", "utf8", ["utf"]),
        ("замок", "за\u0301мок", ["за\u0301мок"]),
        ("он", "и он, фон", ["он"]),
        ("日本", "これは日本です", ["日", "本"]),
        ('"как есть"', "как есть, КАК   Есть; есть как", ["как есть", "КАК   Есть"]),
        ('"все еще"', "всё ещё все-еще", ["всё ещё", "все-еще"]),
        ("naïve", "A naïve idea", ["naïve"]),
        ("ﬁle", "my file", ["file"]),
    ],
)
def test_forms_are_found_where_they_are(query, text, marked):
    assert found(query, text) == marked


@pytest.mark.parametrize(
    ("typed", "text", "is_marked"),
    [
        ("догов", "с договором", True),
        ("договоро", "с договором", True),
        ("договору", "с договором", True),  # another form of the same word
        ("getus", "getUserName", True),
        ("веб-серв", "веб-сервис", True),
        ("кот", "компот", False),
    ],
)
def test_the_word_that_is_being_typed_is_a_beginning(typed, text, is_marked):
    assert bool(Matcher(parse(typed, TODAY, is_typing=True)).spots(text)) is is_marked


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ('"быстрая лиса"', True),
        ('"лиса быстрая"', False),
        ('"быстрой лисы"', False),
        ('-"быстрая лиса"', False),
        ('-"рыжая лиса"', True),
        ('"БЫСТРАЯ" "лиса прыгает"', True),
    ],
)
def test_phrases_are_meant_as_they_are(query, fits):
    assert Matcher(parse(query, TODAY)).fits(["Быстрая лиса прыгает."]) is fits


TEXTS = st.text(st.sampled_from("аеёийоЁЙАбвгтынь -_.'\n*`#|[]()abcdeXYZ019́日本ßﬁ…\ue000"), min_size=0, max_size=120)


@given(TEXTS)
def test_every_word_of_a_text_is_found_in_it(text):
    document = document_of(Content(text, "", Role.USER, "", has_file=False))
    for chunk in CHUNK.findall(plain(text)):
        query = parse(f'"{chunk}"', TODAY)
        assert Matcher(query).fits([text]) or plain(text) != text
        assert set(words_of(chunk)) <= set(document.words)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 120), st.integers(1, 9)), max_size=4))
def test_a_snippet_is_one_line_and_keeps_its_marks(text, places):
    spots, last = [], 0
    for start, length in sorted(places):
        if last <= start and start + length <= len(text):
            spots.append((start, start + length))
            last = start + length

    line, marks = snippet(text, spots)

    assert "\n" not in line
    assert len(line) <= SNIPPET_CHARS + 2
    assert len(marks) == len(spots)
    assert all(0 <= start <= end <= len(line) for start, end in marks)


def test_a_snippet_has_no_marks_of_markdown():
    text = "## Отчёт\n\n- **важный** договор с [сайта](https://a.org)\n\n| а | б |\n|---|---|\n| `код` | 1 |"

    line, marks = snippet(text, Matcher(parse("договор", TODAY)).spots(text))

    assert line == "Отчёт важный договор с сайта а б код 1"
    assert [line[start:end] for start, end in marks] == ["договор"]


def test_a_snippet_of_a_long_text_begins_shortly_before_the_place():
    text = "слово " * 500 + "игла " + "слово " * 500

    line, marks = snippet(text, Matcher(parse("игла", TODAY)).spots(text))

    assert line.startswith("…слово")
    assert line.endswith("…")
    assert line[slice(*marks[0])] == "игла"


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_what_is_called_common_has_no_letter_that_needs_a_closer_look(text):
    low = text.lower()

    assert is_common(text) == (
        text.isascii() or (re.search(f"[{ALONE}]", text) is None and _MARKED.search(text) is None)
    )
    if is_common(low) and len(low) == len(text):
        assert lowered(text) == low.replace("ё", "е")


def test_each_place_counts_once_to_the_limit():
    """The first chunk is met at each of its letters s, and is marked at its hump only."""
    matcher = Matcher(parse("s", TODAY, is_typing=True))
    text = "asasSize classes asSet"

    assert [text[start:end] for start, end in matcher.spots(text, 2)] == ["Size", "Set"]
