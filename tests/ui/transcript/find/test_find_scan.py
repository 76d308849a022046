"""The search through a conversation, against the plain search in everything that is shown."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gigadesk import limits
from gigadesk.chat import RawWords
from gigadesk.ui.transcript.find.places import CHUNK, Hit, Known, Shown, Words, hits_in, joined, raw
from gigadesk.ui.transcript.find.query import Query
from gigadesk.ui.transcript.find.scan import Scan
from gigadesk.ui.transcript.find.shown_text import shown_texts
from gigadesk.ui.transcript.find.source import SourceReader
from tests.work import calls

PARTS = (
    *("во", "да", "вода", "Вода", "ВОДА", "ё", "е", "b", "c", "1", "2", "10", " ", "  ", "\n", "\n\n", "\u00a0"),
    *("*", "**", "_", "__", "~~", "`", "``", "```\n", "```python\n", "\\", "[", "]", "](", ")", "(", "][", "]: ", "<"),
    *(">", "> ", "# ", "- ", "1. ", "2) ", "| ", "|\n", "---\n", "|--|\n", "===\n", "&amp;", "&#1074;", "&", "![", "!"),
    *(
        "    ",
        "\t",
        "[во](http://x)да",
        "http://x.y/вода",
        "[^1]",
        "$",
        "$$\n",
        "\\(",
        '"',
        "'",
        "<img fuse=x>",
        "- [ ] ",
    ),
    *("<http://вода>", "+ ", "=", "\n> ", "\n  ", "\x01", "\r\n", "\u2028", "😀"),
)
texts = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)
words = st.one_of(
    st.sampled_from(["вода", "во", "да", "в", "е", "ё", "b c", "да во", "1", "2", "10", "вода вода", "bc", "Вода"]),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("".join).filter(lambda text: "\n" not in text),
)
queries = st.builds(Query, words.filter(bool), is_exact=st.booleans(), is_whole_word=st.booleans())
sources = st.builds(Words, texts, st.one_of(st.just(""), texts), st.booleans())


def naive(source: Words, query: Query) -> list[Hit]:
    pattern = query.pattern()
    thoughts = shown_texts(source.thought, is_plain=False) if source.thought else []
    answer = shown_texts(source.text, is_plain=source.is_user)
    return hits_in(thoughts, pattern, query.reach, is_answer=False) + hits_in(answer, pattern, query.reach)


class Listed:
    """Messages of which none is shown."""

    def __init__(self, messages: list[Words]) -> None:
        self._messages = messages

    def chunk(self, number: int) -> RawWords:
        some = self._messages[number * CHUNK : (number + 1) * CHUNK]
        return joined([raw(text, thought, is_user=is_user) for text, thought, is_user in some])

    def source(self, index: int) -> Words:
        return self._messages[index]

    def shown(self, index: int) -> None:
        assert index < len(self._messages)


def scan_of(messages: list[Words], query: Query, before: Scan | None = None, start: int = 0) -> Scan:
    return Scan(query, len(messages), Listed(messages), start=start, before=before)


def finished(scan: Scan) -> Scan:
    while scan.run(1.0):
        pass
    return scan


@given(texts, queries, st.booleans())
@settings(max_examples=400, deadline=None)
@example("**во**да", Query("вода"), False)
@example("[во](http://x)да", Query("вода"), False)
@example("[a]:\n/вода\n'x'", Query("вода"), False)
@example("1. вода", Query("1"), False)
@example("```вода\nx\n```", Query("вода"), True)
@example("a](в**о**да) x", Query("вода"), False)
@example("___", Query("_"), False)
@example("[во](http://x)да", Query("во", is_whole_word=True), False)
@example("[x](http://вода) вода", Query("вода"), False)
@example("| a |\n|---|\n| b | вода |", Query("вода"), False)
@example("- [x] a", Query("x"), False)
def test_a_certain_guess_is_what_the_shown_text_gives(text, query, is_user):
    guess = SourceReader(query).guess(text, is_user=is_user)

    if guess.is_certain:
        assert guess.count == len(naive(Words(text, is_user=is_user), query))


@given(st.lists(sources, max_size=4), queries)
@settings(max_examples=150, deadline=None)
def test_in_the_end_all_and_only_what_is_shown_is_found(messages, query):
    scan = finished(scan_of(messages, query))

    assert scan.counts == [len(naive(source, query)) for source in messages]
    assert scan.total == sum(scan.counts)
    for index in range(len(messages)):
        scan.want(index)
    finished(scan)
    assert [scan.hits(index) for index in range(len(messages))] == [naive(source, query) for source in messages]


@given(st.lists(sources, max_size=4), words.filter(lambda text: len(text) > 1), st.booleans())
@settings(max_examples=150, deadline=None)
def test_more_letters_find_what_a_new_search_finds(messages, text, is_whole_word):
    before = finished(scan_of(messages, Query(text[:-1])))

    query = Query(text, is_whole_word=is_whole_word)

    assert finished(scan_of(messages, query, before)).counts == finished(scan_of(messages, query)).counts


@given(
    st.lists(st.sampled_from(["а", "б", "в", "аб", " ", "ё"]), max_size=12).map("".join),
    st.lists(st.sampled_from(["а", "б", "в", "аб", " ", "ё"]), max_size=12).map("".join),
    st.sampled_from(["", " "]),
    st.builds(Query, st.sampled_from(["аб", "б а", "ва", "е", "абв", "а", "аба", "а а"]), is_whole_word=st.booleans()),
)
@settings(max_examples=200, deadline=None)
def test_what_goes_over_a_seam_is_found_as_in_the_whole_text(first, second, between, query):
    border = len(first) + len(between)

    hits = hits_in([Shown(first), Shown(second, between)], query.pattern(), query.reach)

    found = [(hit.start + hit.block * border, hit.end + hit.block * border) for hit in hits]
    assert found == [match.span() for match in query.pattern().finditer(first + between + second)]


@pytest.mark.parametrize(
    ("text", "is_user"),
    [
        ("слово " * 900, False),
        ("слово " * 900, True),
        ("слово\n" * 900, True),
        ("сл**о**во " * 900, False),
        ("> " + "слово " * 900, False),
        ("- " + "слово " * 900 + "\n- слово", False),
        ("слово" * 1800, False),
        ("слово" * 1800, True),
        ("```\n" + "слово" * 1800 + "\n```", False),
        ("```\n" + "слово " * 1800 + "\n```\n", True),
    ],
    ids=["words", "user", "lines", "bold", "quote", "item", "endless", "endless user", "code", "user's code"],
)
@pytest.mark.parametrize("words", ["слово слово", "вослов", "о с", "лов", "слово сл"])
def test_a_place_over_a_cut_is_found_once(text, is_user, words):
    source, query = Words(text, is_user=is_user), Query(words)
    texts = shown_texts(text, is_plain=is_user)
    whole = "".join((each.seam or "") + each.text for each in texts)

    scan = finished(scan_of([source], query))

    assert len(texts) > 1
    assert scan.total == len(re.findall(words, whole))


def test_plain_prose_is_counted_without_being_parsed():
    scan = scan_of([Words(f"Просто вода, номер {number}.\nИ ещё вода.") for number in range(50)], Query("вода"))

    for _ in range(2 * 50):
        scan.run(0.0)

    assert scan.total == 100
    assert {scan.known(index) for index in range(50)} == {Known.SURELY}


def test_marks_that_hide_no_letter_leave_a_count_certain():
    text = "Здесь **вода** и *ещё* `код`, а в [книге](https://a.org/b) вода.\n\n- Вода\n\n# Вода"

    guess = SourceReader(Query("вода")).guess(text, is_user=False)

    assert guess.is_certain
    assert guess.count == len(naive(Words(text), Query("вода"))) == 4


def test_the_usual_spellings_are_counted_before_anything_else():
    scan = scan_of([Words("**во**да"), Words("Вода и вода"), Words("ВОДА")], Query("вода"))

    scan.run(0.0)

    assert scan.total == 3
    assert [scan.count_before(index) for index in (1, 2)] == [0, 2]
    assert scan.counts == [0, 2, 1]
    assert not scan.is_done
    assert finished(scan).counts == [1, 2, 1]


@given(
    st.lists(sources, min_size=1, max_size=5), queries, st.integers(0, 2 * CHUNK), st.lists(st.integers(0, 2 * CHUNK))
)
@settings(max_examples=30, deadline=None)
def test_what_is_counted_at_first_is_what_stands_in_the_sources(messages, query, start, changed):
    messages = [messages[index % len(messages)] for index in range(2 * CHUNK + 1)]
    scan = scan_of(messages, query, start=start)
    for index in changed:
        scan.note_changed(index)

    while not scan.is_counted:
        scan.run(0.0)

    total, before = scan.total, [scan.count_before(index) for index in range(0, len(messages), 50)]
    for index, source in enumerate(messages):
        if scan.known(index) is Known.QUICKLY:
            assert scan.counts[index] == usual_spellings(source, query)
    assert scan.total == total == sum(scan.counts)
    assert before == [sum(scan.counts[:index]) for index in range(0, len(messages), 50)]


def usual_spellings(source: Words, query: Query) -> int:
    texts = (source.text, source.thought)
    count = sum(text.count(variant) for text in texts for variant in query.variants())
    return sum(len(query.pattern().findall(text)) for text in texts) if count and query.is_whole_word else count


def test_marks_are_not_found():
    assert finished(scan_of([Words("**вода** и `код`")], Query("**"))).total == 0


def test_a_message_that_has_changed_is_looked_at_again():
    messages = [Words("вода"), Words("огонь")]
    scan = finished(scan_of(messages, Query("вода")))

    messages[1] = Words("**во**да вода")
    scan.note_changed(1)
    messages.append(Words("вода"))
    scan.note_changed(2)

    assert finished(scan).counts == [1, 2, 1]


def test_the_end_of_a_growing_message_is_looked_at_alone():
    messages = [Words("вода\n\nво")]
    scan = scan_of(messages, Query("вода"))
    scan.want(0)
    finished(scan)

    scan.set_end(0, [Shown("вода вода")], is_answer=True, first_block=1)

    assert scan.hits(0) == [Hit(True, 0, 0, 4), Hit(True, 1, 0, 4), Hit(True, 1, 5, 9)]
    assert scan.total == 3


def test_a_wanted_message_comes_first():
    scan = scan_of([Words("вода")] * 100, Query("вода"))
    scan.want(99)

    while scan.hits(99) is None:
        scan.run(0.0)

    assert scan.counts[:99] == [0] * 99


def test_no_slice_finds_thousands_of_places():
    scan = scan_of([Words(("a word " * 50 + "\n\n") * 300)], Query("a"))
    while not scan.is_counted:
        scan.run(0.0)
    scan.want(0)

    most = 0
    while scan.hits(0) is None:
        most = max(most, calls(lambda: scan.run(0.0)))

    assert len(scan.hits(0)) == limits.FIND_HITS_MAX
    assert most < 12_000


def test_places_that_are_not_kept_are_found_again():
    messages = [Words("а " * 4000, is_user=True)] * 10
    scan = scan_of(messages, Query("а"))
    for index in range(10):
        scan.want(index)
    finished(scan)

    assert scan.hits(0) is None
    assert scan.counts[0] == 4000
    scan.want(0)
    finished(scan)
    assert len(scan.hits(0)) == 4000


@pytest.mark.parametrize("text", ["a" * 300_000, "а **б** " * 30_000, "](" * 50_000, "[" * 50_000, "& " * 50_000])
def test_a_hostile_message_is_read_to_its_end(text):
    scan = scan_of([Words(text), Words("вода")], Query("a" * 150 + "b"))

    assert finished(scan).total == 0
