"""The index of the search over a real database: taken up, found, changed, gone."""

import sqlite3
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gigadesk.chat import Role, Status
from gigadesk.search.hits import HitKind, Place
from gigadesk.search.query import parse
from gigadesk.search.snippets import SNIPPET_CHARS
from gigadesk.store import Store
from gigadesk.store.search_suggest import suggestion

TODAY = date(2026, 11, 28)


class Library:
    """A store, its index, and a reader."""

    def __init__(self, path=None) -> None:
        self.path = path
        self.store = Store.open(path) if path else Store.in_memory()
        self.reader = self.store.open_search()
        self.database = self.store._database

    def close(self):
        self.reader.close()
        self.store.close()

    def chat(self, title="чат"):
        chat_id = self.store.add_chat("s", 1.0)
        self.database.execute("UPDATE chats SET title = ? WHERE id = ?", (title, chat_id))
        return chat_id

    def say(self, text, chat_id=None, role=Role.USER, at=1_700_000_000.0, thought="", model=""):
        chat_id = chat_id or self.chat()
        return self.database.execute(
            "INSERT INTO messages (chat_id, role, status, created_at, model, text, reasoning)"
            " VALUES (?, ?, 'done', ?, ?, ?, ?)",
            (chat_id, role, at, model, text, thought),
        )

    def take_up(self):
        while self.store.search.step(0.05):
            pass

    def find(self, text, *, is_typing=False, count=50):
        self.take_up()
        found, before = [], None
        query = parse(text, TODAY, is_typing=is_typing)
        while True:
            results = self.reader.newest(query, count, before, 1.0)
            found += results.hits
            before = results.next_place
            if before is None:
                return [hit.message_id for hit in found]

    def tables(self):
        """All words that the index still holds."""
        rows = self.database.rows("SELECT word FROM search_words")
        return {row[0] for row in rows}


@pytest.fixture(params=["memory", "file"])
def library(request, tmp_path):
    found = Library(tmp_path / "chats.db" if request.param == "file" else None)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("договор", "Мы подписали договором сделку"),
        ("кнопок", "Нажмите на кнопку"),
        ("окно", "Семь окон"),
        ("договорами", "договор"),
        ("елка", "наша ёлка"),
        ("ёлки", "елка"),
        ("running", "he runs"),
        ("user", "getUserName()"),
        ("getusername", "get_user_name"),
        ("user_name", "self.user_name = 1"),
        ("getUser", "getUserName()"),
        ("userName", "the_user_names"),
        ("os.path", "import os.path.join as join"),
        ("18.2", "версия v18.2.1"),
        ("v18", "версия v18.2.1"),
        ("user_name", "a user\u00ad_na\u200bme_"),
        ("user_name", "конец.self.user_name.Начало"),
        ("конец.user_name", "конец.user_name"),
        ("error.user", "веб.on.error.users.Привет"),
        ("слово -user_name", "слово user_namespace"),
        ("сервис", "веб-сервис"),
        ("веб-сервис", "вебсервис"),
        ('"getUserName"', "a getUserName b"),
        ('"за все"', "за всё хорошее"),
        ('"красивая"', "такая красивая ваза"),
        ('"бежать elsewhere"', "Бежать elsewhere!"),
        ("слово from:me", "слово"),
        ("has:code", "`x = 1`"),
        ("has:table", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("has:link", "смотри https://a.org"),
        ("слово -нет", "слово да"),
        ("on:2023-11", "что угодно"),
        ("日本", "これは日本です"),
    ],
)
def test_a_message_is_found(library, query, text):
    message_id = library.say(text)

    assert library.find(query) == [message_id]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("слово from:assistant", "слово"),
        ("has:code", "без кода"),
        ("слово -да", "слово да"),
        ('"за это"', "это за"),
        ("before:2023", "что угодно"),
        ("in:trash слово", "слово"),
        ("model:max слово", "слово"),
        ('слово AND OR NOT "(" *', "слово"),
        ("user_name", "The name of a user"),
        ("user_name", "superuser_name"),
        ("user_name", "user name"),
        ("слово -user_name", "слово getUserName и userName"),
        ("18.2", "118.2 and 18.25"),
    ],
)
def test_a_message_is_not_found(library, query, text):
    library.say(text)

    assert library.find(query) == []


@pytest.mark.parametrize("typed", ["д", "до", "догов", "договоро", "договором", "подп", "мы дог"])
def test_a_message_is_found_while_its_word_is_typed(library, typed):
    message_id = library.say("Мы подписали договором сделку")

    assert library.find(typed, is_typing=True) == [message_id]


def test_the_newest_come_first_also_from_an_import(library):
    middle = library.say("слово", at=2_000_000.0)
    oldest = library.say("слово", at=1_000_000.0)
    same_minute = [library.say("слово", at=3_000_000.0) for _ in range(5)]
    newest = library.say("слово", at=4_000_000.0)

    found = library.find("слово", count=2)

    assert found[0] == newest
    assert found[1:6] == same_minute[::-1]
    assert found[6:] == [middle, oldest]


def test_messages_of_one_minute_keep_their_order_however_they_are_taken_up(library):
    first = [library.say("слово", at=3_000_000.0 + number) for number in range(20)]
    library.take_up()
    second = [library.say("слово", at=3_000_030.0 + number / 10) for number in range(3)]
    library.take_up()
    third = library.say("слово", at=3_000_031.0)

    assert library.find("слово") == [third, *second[::-1], *first[::-1]]


def test_models_thoughts_titles_and_folders(library):
    chat_id = library.chat("Смета на ремонт")
    library.database.execute("INSERT INTO folders (id, name, position, created_at) VALUES (5, 'Дом', 1, 1)")
    library.database.execute(
        "INSERT INTO folders (id, name, parent_id, position, created_at) VALUES (6, 'Сад', 5, 1, 1)"
    )
    library.database.execute("UPDATE chats SET folder_id = 6 WHERE id = ?", (chat_id,))
    message_id = library.say("ответ", chat_id, Role.ASSISTANT, thought="глубокие мысли", model="GigaChat-2-Max")
    library.say("ответ")

    assert library.find("мысль") == [message_id]
    assert library.find("ответ model:max") == [message_id]
    assert library.find("ответ in:дом") == [message_id]
    assert library.find("ответ chat:сметы") == [message_id]


def test_titles_and_file_names_are_found(library):
    chat_id = library.chat("Смета на ремонт")
    message_id = library.say("вот **она**\n\nпо пунктам", chat_id)
    last = library.say("x" * 1000, chat_id)
    library.database.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (last, chat_id))
    library.database.execute(
        "INSERT INTO files (chat_id, message_id, name, kind, mime, size_bytes, digest, state, is_generated, remote_id,"
        " remote_account) VALUES (?, ?, 'смета_2024.xlsx', 'document', '', 1, '', 'ready', 0, '', '')",
        (chat_id, message_id),
    )
    library.take_up()

    hits = library.reader.names(parse("смету", TODAY))

    assert [(hit.kind, hit.message_id) for hit in hits] == [(HitKind.TITLE, None), (HitKind.FILE, message_id)]
    assert [hit.preview for hit in hits] == ["x" * SNIPPET_CHARS, "вот она по пунктам"]
    for query in ("смета_2024", "2024.xlsx"):  # all of it, and a part of it
        assert [hit.kind for hit in library.reader.names(parse(query, TODAY))] == [HitKind.FILE]


def test_trash_and_archive_are_left_out_until_they_are_asked_for(library):
    chat_id = library.chat()
    message_id = library.say("слово", chat_id)
    library.take_up()
    library.database.execute("UPDATE chats SET deleted_at = 5.0 WHERE id = ?", (chat_id,))

    assert library.find("слово") == []
    assert library.find("слово in:trash") == [message_id]

    library.database.execute("UPDATE chats SET deleted_at = NULL, archived_at = 1.0 WHERE id = ?", (chat_id,))

    assert library.find("слово") == []
    assert library.find("слово in:archive") == [message_id]


def test_a_reply_is_found_when_it_has_ended_and_again_when_it_goes_on(library):
    chat_id = library.store.add_chat("s", 1.0)
    reply = library.store.add_exchange(chat_id, "вопрос", 2.0, first_title="x").reply
    assert len(library.find("вопрос")) == 1

    library.store.finish_reply(replace(reply, text="кошка", status=Status.DONE), 3.0, is_unread=False)
    assert library.find("кошка") == [reply.id]

    library.store.reopen_reply(reply.id)
    library.store.finish_reply(replace(reply, text="собака", status=Status.DONE), 3.0, is_unread=False)

    assert library.find("собака") == [reply.id]
    assert library.find("кошка") == []


def test_what_is_deleted_for_ever_leaves_no_word_in_the_file(tmp_path):
    library = Library(tmp_path / "chats.db")
    chat_id = library.chat("канареечный")
    for _ in range(4):  # seen so often, the word is written down with another weight
        library.say("канарейка xkcd1234 общее слово", chat_id)
    library.say("общее слово")
    library.take_up()
    assert len(library.find("общее")) == 5
    assert "канарейка" in library.tables()

    library.database.execute("DELETE FROM chats WHERE id = ?", (chat_id,))
    while not library.store.search.purge(1.0):
        pass

    assert len(library.find("общее")) == 1
    library.close()
    for path in tmp_path.glob("chats.db*"):
        content = path.read_bytes()
        for canary in ("канаре", "xkcd1234"):
            assert canary.encode() not in content, path


def test_what_was_there_before_the_index_is_taken_up_newest_first_and_after_a_crash(tmp_path):
    library = Library(tmp_path / "chats.db")
    messages = [library.say(f"слово {number} " + "много " * 400, at=number * 1000.0) for number in range(60)]
    library.database.execute("DELETE FROM search_queue")
    library.database.execute("UPDATE search_state SET next_old = ?", (messages[-1],))
    for _ in range(6):
        library.store.search.step(0.0)
    progress = library.store.search.progress()
    assert 0 < progress.waiting < 60
    assert progress.total == 60
    library.close()

    again = Library(tmp_path / "chats.db")

    assert again.find("слово") == messages[::-1]
    assert again.store.search.progress().waiting == 0
    again.close()


def test_behind_what_is_new_comes_what_was_there_before(library):
    chat_id = library.chat()
    messages = [library.say(f"слово {number}", chat_id) for number in range(200)]
    library.take_up()
    library.database.execute("UPDATE search_state SET fingerprint = 1")
    for _ in range(3):
        assert library.store.search.step(1.0)  # begins anew, and has all names
    messages.append(library.say("слово", chat_id))

    while library.store.search.step(1.0):
        pass

    assert library.store.search.progress().waiting == 0
    assert sorted(library.find("слово")) == messages


def test_taking_up_what_waits_reads_no_more_than_that(library):
    for number in range(40):
        library.say(f"слово {number}")
    library.database.execute("ANALYZE messages")  # as closing does: of what waits SQLite knows no number
    statements = []
    library.database.watch_statements(statements.append)
    library.take_up()
    library.database.watch_statements(None)

    reads = {each for each in statements if each.startswith("SELECT messages.id")}
    plans = [row[3] for each in reads for row in library.database.rows(f"EXPLAIN QUERY PLAN {each}")]
    assert any("search_queue" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN messages")] == []


def test_a_very_long_message_takes_several_steps(library):
    message_id = library.say("слово " * 200_000 + "игла")

    steps = 0
    while library.store.search.step(0.001):
        steps += 1

    assert steps > 5
    assert library.find("игла") == [message_id]


def test_another_way_of_taking_texts_apart_begins_anew(library):
    message_id = library.say("слово")
    library.take_up()
    library.database.execute("UPDATE search_state SET fingerprint = 1")

    assert library.find("слово") == [message_id]


def test_the_index_is_sound(library):
    for number in range(50):
        library.say(f"слово {number}")
    library.take_up()
    library.database.execute("DELETE FROM messages WHERE id % 3 = 0")
    while not library.store.search.purge(1.0):
        pass

    try:
        library.database.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        pytest.fail(str(error))
    assert len(library.find("слово")) == 50 - 50 // 3


def test_the_best_are_about_it_and_their_number_is_told(library):
    for number in range(20):
        library.say("одно слово среди многих других слов и ещё слов", at=1_000_000.0 + number * 100)
    best = library.say("кошка: слово о кошке, кошка и кошки", at=500_000.0)
    library.say("слово про кошку", at=2_000_000.0)
    library.take_up()

    results = library.reader.best(parse("кошка слово", TODAY), 10)
    tally = library.reader.tally(parse("слово", TODAY), 1.0)

    assert results.hits[0].message_id == best
    assert (tally.messages, tally.is_more) == (22, False)


def test_an_unfinished_import_is_neither_taken_up_nor_found(library):
    chat_id = library.chat()
    library.database.execute("UPDATE chats SET deleted_at = 1.0, deleted_with = -3 WHERE id = ?", (chat_id,))
    message_id = library.say("слово", chat_id)
    assert library.find("слово in:trash") == []

    library.database.execute("UPDATE chats SET deleted_at = NULL, deleted_with = NULL WHERE id = ?", (chat_id,))

    assert library.find("слово") == [message_id]


def test_a_reader_that_is_stopped_says_so(tmp_path):
    library = Library(tmp_path / "chats.db")
    library.say("слово")
    library.take_up()
    library.reader.interrupt()

    with pytest.raises(InterruptedError):
        library.reader.newest(parse("слово", TODAY), 50, None, 1.0)
    library.reader.resume()

    assert len(library.find("слово")) == 1
    library.close()


WORDS = [
    "договор",
    "договором",
    "ёлка",
    "getUserName",
    "веб-сервис",
    "и",
    "на",
    "не",
    "running",
    "x1",
    "日本",
    "os.path",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=8), st.data())
def test_every_message_is_found_by_each_of_its_words_and_phrases(messages, data):
    library = Library()
    ids = {library.say(" ".join(words), at=1000.0 + 60 * data.draw(st.integers(0, 5))): words for words in messages}
    gone = data.draw(st.sampled_from(sorted(ids)))
    library.take_up()
    library.database.execute("DELETE FROM messages WHERE id = ?", (gone,))
    del ids[gone]

    for message_id, words in ids.items():
        start = data.draw(st.integers(0, len(words) - 1))
        assert message_id in library.find(words[start])
        assert message_id in library.find('"' + " ".join(words[start : start + 3]) + '"')
    assert set(library.find("from:me")) == set(ids)
    library.close()


JOINS = {
    "snake": "_".join,
    "kebab": "-".join,
    "dotted": ".".join,
    "camel": lambda parts: parts[0] + "".join(part.capitalize() for part in parts[1:]),
    "whole": "".join,
}
PARTS = st.lists(
    st.sampled_from(["get", "user", "names", "os", "path", "http", "running", "value"]), min_size=2, max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARTS, st.sampled_from(["snake", "kebab", "dotted", "camel"]), st.sampled_from(sorted(JOINS)), st.data())
def test_a_name_is_found_by_any_part_of_it_however_that_is_written(parts, written, typed, data):
    if typed == "whole":
        start, end = 0, len(parts)  # a part of a name, not known to be two words, is only found when it is one piece
    else:
        start = data.draw(st.integers(0, len(parts) - 2))
        end = data.draw(st.integers(start + 2, len(parts)))
    library = Library()
    message_id = library.say(f"Вот `{JOINS[written](parts)}(1)`.")
    library.say(" and ".join(reversed(parts)))

    query = JOINS[typed](parts[start:end])
    assert message_id in library.find(query)
    assert message_id in library.find(query[:-1], is_typing=True)
    library.close()


def test_the_day_of_a_filter_is_the_day_here(library):
    message_id = library.say("слово", at=datetime(2024, 5, 3, 0, 0, 30).astimezone().timestamp())

    assert library.find("слово on:2024-05-03") == [message_id]
    assert library.find("слово before:2024-05-03") == []
    assert library.find("слово after:2024-05-04") == []


def test_places_of_hits(library):
    chat_id = library.chat("чат")
    library.say("слово", chat_id)
    library.take_up()
    library.database.execute("UPDATE chats SET deleted_at = 5.0 WHERE id = ?", (chat_id,))

    [hit] = library.reader.newest(parse("слово in:trash", TODAY), 5, None, 1.0).hits

    assert hit.place is Place.TRASH
    assert hit.snippet[slice(*hit.marks[0])] == "слово"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn vbh", "привет мир"),
        ('"ljujdjh fhtyls"', '"договор аренды"'),
        ("дoгoвop", "договор"),
        ("MГУ", "МГУ"),
        ("cccp", "ссср"),
        ("бизнес-план", "бизнес план"),
        ("Ростов-на-Дону", "Ростов на Дону"),
        ("state-of-the-art", "state of the art"),
        ("договораренды", "договор аренды"),
        ("кватриры", "квартиры"),
        ("conection", "connection"),
        ("гиппопотам", None),
        ("гиппо-потам", None),
    ],
)
def test_what_was_meant_by_words_that_are_nowhere(library, typed, meant):
    library.say("Привет, мир! Договор аренды квартиры, бизнес план, МГУ и СССР.")
    library.say("В Ростове-на-Дону. The state of the art connection.")
    library.take_up()

    assert suggestion(typed, library.reader.words) == meant
    assert meant is None or library.find(meant)


def test_the_best_of_what_has_signs_for_a_name(library):
    often, once = library.say("C++, C++ и ещё C++"), library.say("C++ и C, C, C")
    library.take_up()

    assert {hit.message_id for hit in library.reader.best(parse("c++", TODAY), 5).hits} == {often, once}


def test_nothing_is_meant_by_a_word_that_is_none(library):
    library.say("слово")
    library.take_up()
    library.reader.words.weights = None  # nothing near is looked up

    assert suggestion("ы" * 5000, library.reader.words) is None
