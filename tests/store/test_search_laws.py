"""Whatever is written, changed, imported and deleted: the search finds what reading all messages finds."""

import time
from collections import Counter
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gigadesk.chat import Role
from gigadesk.search.documents import Content, document_of
from gigadesk.search.matching import Matcher
from gigadesk.search.pairs import pairs_in
from gigadesk.search.query import parse
from gigadesk.store import Store, search_asks, search_places
from gigadesk.store.search_asks import quoted
from gigadesk.store.search_index import SearchIndex
from gigadesk.store.search_match import match_of
from gigadesk.store.search_places import FIRST_PLACE
from gigadesk.store.search_words import WordTable

TODAY = date(2026, 11, 28)
WORDS = ["договор", "Договором", "аренды", "и", "на", "НЕ", "ёлка", "getUserName", "user name", "веб-сервис", "running"]
WORDS += [
    "self.getUserName",
    "getusername",
    "get.userName",
    "GETUSERNAME2",
    "org.example.project.module.submodule.part.ClassName",
    "1 000 000",
    "1000000",
    "3,14",
    "v3.14.2",
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
QUERIES = [
    "договор",
    "и",
    '"и на"',
    '"договор аренды"',
    '"не договор"',
    '"ДОГОВОР И"',
    '"user name"',
    '"getusername и"',
    '"и getUserName"',
    '"getUserName"',
    '"userName и"',
    '"getUserNa',
    '"user_name"',
    "userName",
    '"part.className"',
    "part.ClassName",
    "1000000",
    "3.14",
    '"1 000 000"',
    "сервис",
    '"договором аренды и на не"',
    '"и договор и на аренды running"',
    "договор after:2023-11-15",
    '"и на" before:2023-11-15',
]
MINUTE = 60.0
NOON = 1_699_977_600.0
"""Eight hours before a day begins (in UTC), which is where the first messages are."""
FUTURE = time.time() + 1e6
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), TEXTS),
        st.tuples(st.just("import"), st.lists(TEXTS, min_size=1, max_size=9), st.integers(0, 400)),
        st.tuples(st.just("clock"), st.sampled_from([-200, -3, 5, 300])),
        st.tuples(st.just("future"), TEXTS),
        st.tuples(st.sampled_from(["edit", "delete", "reopen", "end", "give file", "take file"]), st.integers(0, 99)),
        st.tuples(st.sampled_from(["take up", "take up a little", "restart", "start over"])),
    ),
    max_size=15,
)


class Library:
    """A store in memory, and what there is in it."""

    def __init__(self) -> None:
        self.store = Store.in_memory()
        self.database = self.store._database
        self.index = self.store.search
        self.reader = self.store.open_search()
        self.chat_id = self.store.add_chat("s", 1.0)
        self.minutes = 500
        self.texts: dict[int, str] = {}
        self.times: dict[int, float] = {}
        self.running: set[int] = set()

    def say(self, text: str, at: float) -> None:
        message_id = self.database.execute(
            "INSERT INTO messages (chat_id, role, status, created_at, model, text)"
            " VALUES (?, 'user', 'done', ?, '', ?)",
            (self.chat_id, at, text),
        )
        self.texts[message_id], self.times[message_id] = text, at

    def step(self, name: str, *values) -> None:
        match name, values:
            case "say", [text]:
                self.minutes += 1
                self.say(text, self.now())
            case "import", [texts, back]:
                for number, text in enumerate(texts):
                    self.say(text, self.at(self.minutes - back - len(texts) + number) + MINUTE)
            case "clock", [minutes]:
                self.minutes += minutes
            case "future", [text]:
                self.say(text, FUTURE + len(self.texts) * MINUTE)
            case ("take up", _):
                self.take_up()
            case ("take up a little", _):
                self.index.step(0.0)
            case ("restart", _):
                self.index = SearchIndex(self.database)
            case ("start over", _):
                self.database.execute("UPDATE search_state SET fingerprint = 1")
            case _, [number] if self.texts:
                self.change(name, sorted(self.texts)[number % len(self.texts)])

    def change(self, name: str, message_id: int) -> None:
        match name:
            case "edit":
                self.texts[message_id] += " новое"
                self.database.execute("UPDATE messages SET text = text || ' новое' WHERE id = ?", (message_id,))
            case "delete":
                self.database.execute("DELETE FROM messages WHERE id = ?", (message_id,))
                del self.texts[message_id], self.times[message_id]
                self.running.discard(message_id)
            case "reopen":
                self.running.add(message_id)
                self.database.execute("UPDATE messages SET status = 'streaming' WHERE id = ?", (message_id,))
            case "end":
                self.running.discard(message_id)
                self.database.execute("UPDATE messages SET status = 'stopped' WHERE id = ?", (message_id,))
            case "give file":
                self.database.execute(
                    "INSERT INTO files (chat_id, message_id, name, kind, mime, size_bytes, digest, state, is_generated,"
                    " remote_id, remote_account) VALUES (?, ?, 'смета.txt', 'document', '', 1, '', 'ready', 0, '', '')",
                    (self.chat_id, message_id),
                )
            case "take file":
                self.database.execute("DELETE FROM files WHERE message_id = ?", (message_id,))

    def now(self) -> float:
        return self.at(self.minutes)

    def at(self, minutes: int) -> float:
        """No two at once, and what is imported in other minutes: in which order these come is told elsewhere."""
        return NOON + (minutes * 2 - 500) * MINUTE + len(self.texts) / 100

    def take_up(self) -> None:
        while self.index.step(1.0):
            pass

    def found(self, text: str, count: int) -> list[int]:
        query, before, found = parse(text, TODAY), None, []
        while True:
            results = self.reader.newest(query, count, before, 1.0)
            assert len(results.hits) <= count
            found += [hit.message_id for hit in results.hits]
            before = results.next_place
            if before is None:
                return found

    def expected(self, text: str) -> list[int]:
        """What reading them all finds, the newest first."""
        query = parse(text, TODAY)
        matcher = Matcher(query)
        fits = [each for each in self.ended() if matcher.fits((self.texts[each],)) and matcher.spots(self.texts[each])]
        since, until = query.since or 0.0, query.until or FUTURE * 2
        return sorted(
            (each for each in fits if since <= self.times[each] < until),
            key=lambda each: (self.times[each], each),
            reverse=True,
        )

    def ended(self) -> list[int]:
        return [each for each in self.texts if each not in self.running]

    def terms(self) -> Counter[str]:
        """What the index has, and in how many messages."""
        self.database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, search_index, row)")
        return Counter(dict(self.database.rows("SELECT term, doc FROM temp.terms")))

    def close(self) -> None:
        self.reader.close()
        self.store.close()


def terms_of(text: str, *, is_fine: bool) -> list[str]:
    return document_of(Content(text, "", Role.USER, "", has_file=False)).terms(is_fine=is_fine).split()


@pytest.fixture(autouse=True, scope="module")
def _some_rows_have_finer_terms():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_places, "FINE_FROM", 3)
        yield


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.integers(1, 7))
def test_the_search_finds_what_reading_all_finds_in_the_same_order(steps, count):
    library = Library()
    for step in steps:
        library.step(*step)
    library.take_up()

    for text in QUERIES:
        assert library.found(text, count) == library.expected(text), text
    library.close()


def test_an_import_of_old_messages_keeps_no_others_from_standing_by_their_ids():
    library = Library()
    texts = ["договор"] * 100
    for _ in range(2):
        for text in texts * 3:
            library.step("say", text)
        library.step("import", texts, 5000)
    library.step("say", "договор")
    library.take_up()

    assert library.database.rows("SELECT count(*) FROM search_far") == [(200,)]
    library.step("start over")
    library.take_up()
    assert library.database.rows("SELECT count(*) FROM search_far") == [(200,)]
    library.step("import", texts, 5000)
    library.step("say", "договор")
    library.take_up()
    assert library.database.rows("SELECT count(*) FROM search_far") == [(300,)]
    # In which order those of one minute come, of different imports, is not promised.
    assert sorted(library.found("договор", 50)) == sorted(library.expected("договор"))
    library.close()


def test_what_was_deleted_just_now_ends_no_search():
    library = Library()
    for number in range(300):
        library.step("say", "и на" if number % 2 else "договор и на")
    library.take_up()
    for message_id in sorted(library.texts)[100:]:
        library.change("delete" if message_id % 3 else "edit", message_id)
    changed = [each for each, text in library.texts.items() if "новое" in text]

    found = library.found('"и на"', 20)

    assert found == [each for each in library.expected('"и на"') if each not in changed]
    library.close()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_index_has_each_message_once_and_nothing_of_what_is_gone(steps):
    library = Library()
    for step in steps:
        library.step(*step)
    library.take_up()

    far = {each for (each,) in library.database.rows("SELECT message_id FROM search_far")}
    fine = {each for each in library.texts if each >= search_places.FINE_FROM or each in far}
    found = library.terms()
    del found[":f"]  # as it was when the message was taken up
    assert found == Counter(
        term for each in library.ended() for term in terms_of(library.texts[each], is_fine=each in fine)
    )
    assert library.index.progress().waiting == 0
    rows = library.database.rows("SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid", ('":u"',))
    near = [number for (number,) in rows if number < FIRST_PLACE]
    times = [library.times[number] for number in near]
    assert times == sorted(times)
    assert len(near) + library.database.rows("SELECT count(*) FROM search_far")[0][0] == len(library.ended())

    library.database.execute("DELETE FROM chats")
    while not library.index.purge(1.0):
        pass
    assert not library.terms()
    for table in ("search_far", "search_files", "search_gone", "search_queue", "search_name_gone", "search_words"):
        assert library.database.rows(f"SELECT * FROM {table}") == []  # noqa: S608
    library.close()


def test_of_a_phrase_what_fewest_messages_have_is_looked_for_as_long_as_it_pays():
    with closing(Library()) as library:
        words, database = WordTable(library.database), library.database
        library.step("say", "и")
        database.execute("UPDATE messages SET id = 1000000")
        seen = [("старого", 6), ("старый", 4), ("дом", 7), ("дома", 8), ("память", 12), ("между", 10), ("и", 12)]
        database.execute_many("INSERT INTO search_words VALUES (?, ?)", seen)

        def asked(phrase: str) -> list[str]:
            return match_of(parse(f'"{phrase}"', TODAY), words).split(" AND ")

        def pair(phrase: str) -> str:
            return f"({' OR '.join(map(quoted, pairs_in(phrase, is_open=False)[0].terms))})"

        assert asked("старый дом") == ['("стар")', '("дом")', pair("старый дом")]
        assert asked("между памятью") == [pair("между памятью"), '("межд")']
        assert asked("дом между") == [pair("дом между"), '("дом")']
        assert asked("между и") == [pair("между и")]
        assert len(asked("новый дом и сад между старой рекой и полем")) == 2


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_all_words_and_pairs_of_a_phrase_that_is_found_could_be_asked_for(steps):
    with closing(Library()) as library, pytest.MonkeyPatch.context() as patch:
        for step in steps:
            library.step(*step)
        library.take_up()
        patch.setattr(search_asks, "LOOK", float("inf"))

        for text in QUERIES:
            assert library.found(text, 5) == library.expected(text), text


def test_a_word_that_comes_seldom_at_a_time_comes_to_weigh_more_all_the_same():
    with closing(Library()) as library:
        words = WordTable(library.database)
        for _ in range(600):
            words.note([["договор"]])
            words.clear_memory()  # as when nothing waits any more

        assert 40 < words.times_seen("договр") < 50_000
