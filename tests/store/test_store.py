from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from gigadesk.chat import THOUGHT_MARK, WORDS_BORDER, ChatId, Message, MessageId, Role, Status, Usage
from gigadesk.errors import NetworkCause, NetworkError
from gigadesk.store import Store, TitleOrigin


@pytest.fixture
def store():
    store = Store.in_memory()
    yield store
    store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chats.db"


def ended(reply, text, **fields):
    return replace(reply, text=text, **{"status": Status.DONE, **fields})


def test_a_new_chat_is_listed_first(store):
    old, new = store.add_chat("session-1", 1.0), store.add_chat("session-2", 2.0)

    assert [chat.id for chat in store.chats()] == [new, old]
    chat = store.chat(new)
    assert (chat.title, chat.session_id, chat.leaf_id, chat.is_unread) == ("", "session-2", None, False)


def test_a_chat_with_a_new_message_comes_to_the_front(store):
    first, second = store.add_chat("", 1.0), store.add_chat("", 2.0)

    store.add_exchange(first, "Привет", 3.0, first_title="Привет")

    assert [chat.id for chat in store.chats()] == [first, second]


def test_a_clock_that_went_back_does_not_move_a_chat_down(store):
    first, second = store.add_chat("", 10.0), store.add_chat("", 5.0)

    store.add_exchange(first, "x", 1.0, first_title="x")

    assert [chat.id for chat in store.chats()] == [first, second]


def test_an_exchange_hangs_under_the_leaf(store):
    chat = store.add_chat("", 1.0)
    one = store.add_exchange(chat, "один", 2.0, first_title="один")
    two = store.add_exchange(chat, "два", 3.0, first_title="два")

    branch = store.branch(store.chat(chat).leaf_id)

    assert [message.id for message in branch] == [one.question.id, one.reply.id, two.question.id, two.reply.id]
    assert [message.parent_id for message in branch] == [None, one.question.id, one.reply.id, two.question.id]
    assert [message.role for message in branch] == [Role.USER, Role.ASSISTANT] * 2
    assert [message.status for message in branch] == [Status.DONE, Status.QUEUED] * 2


def test_only_a_nameless_chat_is_named_by_its_first_words(store):
    chat, named = store.add_chat("", 1.0), store.add_chat("", 1.0)
    store.set_title(named, "Мой", TitleOrigin.USER)

    for chat_id in (chat, named):
        for words in ("first", "second"):
            store.add_exchange(chat_id, "x", 2.0, first_title=words)

    assert (store.chat(chat).title, store.title_origin(chat)) == ("first", TitleOrigin.FIRST_WORDS)
    assert (store.chat(named).title, store.title_origin(named)) == ("Мой", TitleOrigin.USER)


def test_an_ended_reply_is_kept_with_everything_about_it(store):
    chat = store.add_chat("", 1.0)
    reply = store.add_exchange(chat, "x", 2.0, first_title="x").reply
    whole = ended(
        reply,
        "Ответ 🦉",
        status=Status.FAILED,
        model="GigaChat-2",
        finish_reason="length",
        usage=Usage(1, 2, 3, 4),
    )

    store.finish_reply(whole, 3.0, is_unread=True)

    assert store.message(reply.id) == whole
    assert store.chat(chat).is_unread


def test_the_error_of_a_reply_survives_a_restart(path):
    store = Store.open(path)
    reply = store.add_exchange(store.add_chat("", 1.0), "x", 2.0, first_title="x").reply
    error = NetworkError("gone", cause=NetworkCause.DNS, host="api.giga.chat")
    store.finish_reply(ended(reply, "", status=Status.FAILED, error=error), 3.0, is_unread=False)
    store.close()

    store = Store.open(path)
    again = store.message(reply.id).error
    store.close()

    assert isinstance(again, NetworkError)
    assert vars(again) == vars(error)


def test_versions_of_a_turn_are_siblings(store):
    chat = store.add_chat("", 1.0)
    exchange = store.add_exchange(chat, "x", 2.0, first_title="x")

    second = store.add_reply(exchange.question.id, 3.0, model="GigaChat-2-Max")

    both = (exchange.reply.id, second.id)
    assert store.siblings(exchange.reply.id) == store.siblings(second.id) == both
    assert store.siblings(exchange.question.id) == (exchange.question.id,)
    assert store.outline(chat, second.id).versions == {exchange.reply.id: both, second.id: both}
    assert list(store.outline(chat, exchange.reply.id).ids) == [exchange.question.id, exchange.reply.id]
    assert store.chat(chat).leaf_id == second.id
    assert second.model == "GigaChat-2-Max"


def test_messages_of_other_chats_are_no_siblings(store):
    first, second = store.add_chat("", 1.0), store.add_chat("", 1.0)
    question = store.add_exchange(first, "x", 2.0, first_title="x").question
    store.add_exchange(second, "y", 2.0, first_title="y")

    assert store.siblings(question.id) == (question.id,)
    assert store.outline(first, question.id).versions == {}


def test_the_end_that_was_shown_last_is_found_below_a_fork(store):
    chat = store.add_chat("", 1.0)
    first = store.add_exchange(chat, "x", 2.0, first_title="x")
    deep = store.add_exchange(chat, "y", 3.0, first_title="x")
    other = store.add_reply(first.question.id, 4.0, model="")

    assert store.shown_leaf(first.reply.id) == deep.reply.id
    assert store.shown_leaf(first.question.id) == other.id
    assert store.shown_leaf(other.id) == other.id


def test_showing_a_branch_moves_the_leaf(store):
    chat = store.add_chat("", 1.0)
    first = store.add_exchange(chat, "x", 2.0, first_title="x")
    store.add_reply(first.question.id, 3.0, model="")

    store.show_branch(first.reply.id)

    assert store.branch(store.chat(chat).leaf_id)[-1].id == first.reply.id


def test_the_trash_hides_a_chat_and_gives_it_back(store):
    chat = store.add_chat("", 1.0)

    store.places.delete([chat], 2.0)
    assert store.chats() == ()
    store.places.restore([chat])

    assert [listed.id for listed in store.chats()] == [chat]


def test_a_draft_is_kept_until_it_is_sent(store):
    chat = store.add_chat("", 1.0)
    assert store.draft(chat) == ""

    store.set_draft(chat, "нача")
    store.set_draft(chat, "начало")
    assert store.draft(chat) == "начало"

    store.add_exchange(chat, "начало", 2.0, first_title="x")
    assert store.draft(chat) == ""


@pytest.mark.parametrize("use", ["draft", "message", "title", "deleted"])
def test_a_chat_in_use_is_not_blank(store, use):
    chat = store.add_chat("", 1.0)
    assert store.blank_chat() == chat

    match use:
        case "draft":
            store.set_draft(chat, "x")
        case "message":
            store.add_exchange(chat, "x", 2.0, first_title="x")
        case "title":
            store.set_title(chat, "x", TitleOrigin.USER)
        case _:
            store.places.delete([chat], 2.0)

    assert store.blank_chat() is None


def test_a_journal_left_behind_becomes_a_stopped_reply(path):
    store = Store.open(path)
    chat = store.add_chat("", 1.0)
    first = store.add_exchange(chat, "x", 2.0, first_title="x").reply
    second = store.add_exchange(chat, "y", 2.0, first_title="x").reply
    for delta in ("При", "вет", "", ", мир 🦉"):
        store.append(first.id, delta, is_barrier=False)
    store.close()

    store = Store.open(path)
    texts = [(message.text, message.status) for message in store.branch(second.id)]
    rows = store._database.rows("SELECT * FROM journal")
    store.close()

    assert texts == [
        ("x", Status.DONE),
        ("Привет, мир 🦉", Status.STOPPED),
        ("y", Status.DONE),
        ("", Status.STOPPED),
    ]
    assert rows == []


def test_a_continued_reply_keeps_its_old_text_over_a_crash(path):
    store = Store.open(path)
    reply = store.add_exchange(store.add_chat("", 1.0), "x", 2.0, first_title="x").reply
    store.append(reply.id, "Hel", is_barrier=False)
    store.finish_reply(ended(reply, "Hel", finish_reason="length"), 3.0, is_unread=False)
    store.reopen_reply(reply.id)
    store.append(reply.id, "lo", is_barrier=False)
    store.close()

    store = Store.open(path)
    again = store.message(reply.id)
    store.close()

    assert (again.text, again.status, again.finish_reason) == ("Hello", Status.STOPPED, "")


def test_a_clean_end_changes_nothing(path):
    store = Store.open(path)
    chat = store.add_chat("s", 1.0)
    exchange = store.add_exchange(chat, "x", 2.0, first_title="x")
    store.finish_reply(ended(exchange.reply, "y"), 3.0, is_unread=False)
    before = store.chats(), store.branch(exchange.reply.id)
    store.close()

    store = Store.open(path)
    after = store.chats(), store.branch(exchange.reply.id)
    store.close()

    assert after == before


def test_unknown_ids_are_a_mistake_of_the_caller(store):
    for read in (store.chat, store.message, store.title_origin):
        with pytest.raises(LookupError):
            read(7)
    assert store.branch(None) == ()


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE chats; --", '"quoted"', "%_\\", "\t\n", "🦉" * 1000, "a" * 300_000, "\ufffd\u202e\u0301"],
    ids=["sql", "quotes", "wildcards", "spaces", "astral", "long", "odd"],
)
def test_any_clean_text_comes_back_as_it_was(store, text):
    chat = store.add_chat("", 1.0)
    exchange = store.add_exchange(chat, text, 2.0, first_title="x")
    store.append(exchange.reply.id, text, is_barrier=True)
    store.finish_reply(ended(exchange.reply, text), 3.0, is_unread=False)
    store.set_draft(chat, text)

    assert [message.text for message in store.branch(exchange.reply.id)] == [text, text]
    assert store.draft(chat) == text


# What is called saved carries a barrier


@dataclass
class At:
    """Where something is written."""

    store: Store
    chat: ChatId
    reply: Message


@pytest.mark.parametrize(
    ("write", "is_barrier"),
    [
        (lambda at: at.store.add_exchange(at.chat, "x", 9.0, first_title="x"), True),
        (lambda at: at.store.add_reply(at.reply.parent_id, 9.0, model=""), True),
        (lambda at: at.store.finish_reply(ended(at.reply, "x"), 9.0, is_unread=True), True),
        (lambda at: at.store.reopen_reply(at.reply.id), True),
        (lambda at: at.store.append(at.reply.id, "x", is_barrier=True), True),
        (lambda at: at.store.append(at.reply.id, "x", is_barrier=False), False),
        (lambda at: at.store.places.delete([at.chat], 9.0), True),
        (lambda at: at.store.set_title(at.chat, "x", TitleOrigin.USER), True),
        (lambda at: at.store.set_draft(at.chat, "x"), False),
    ],
    ids=["send", "regenerate", "end", "continue", "each second", "delta", "delete", "rename", "draft"],
)
def test_what_is_called_saved_is_flushed_in_one_transaction(path, write, is_barrier):
    store = Store.open(path)
    chat = store.add_chat("", 1.0)
    reply = store.add_exchange(chat, "x", 2.0, first_title="x").reply
    statements: list[str] = []
    store._database.watch_statements(statements.append)

    write(At(store, chat, reply))

    store._database.watch_statements(None)
    store.close()
    assert statements[0] == f"PRAGMA synchronous = {'FULL' if is_barrier else 'NORMAL'}"
    assert statements[1] == "BEGIN IMMEDIATE"
    assert statements.count("COMMIT") == 1


def test_lengths_are_read_without_the_messages(store):
    chat = store.add_chat("", 1.0)
    exchanges = [store.add_exchange(chat, "ы" * number, 2.0, first_title="x") for number in range(700)]
    ids = [exchange.question.id for exchange in exchanges]

    assert store.lengths(ids) == list(range(700))
    assert [message.id for message in store.some_messages(ids)] == ids


def test_words_are_read_as_they_are_stored(store):
    chat = store.add_chat("", 1.0)
    first, second = (store.add_exchange(chat, text, 2.0, first_title="x") for text in ("Где?", "ы" * 5000))
    store.finish_reply(ended(first.reply, "Там.", reasoning="Ищу…"), 3.0, is_unread=False)

    words = store.words([first.question.id, first.reply.id, second.question.id])
    apart = store.words([first.question.id, second.question.id])

    question, answer, long = "Где?".encode(), "Там.".encode() + THOUGHT_MARK + "Ищу…".encode(), "ы".encode() * 5000
    assert words == (WORDS_BORDER.join([question, answer, long]), b"101")
    assert apart == (WORDS_BORDER.join([question, long]), b"11")
    assert store.words([]) == (b"", b"")
    assert store.some_messages([first.reply.id])[0].text == "Там."


def test_words_stay_those_of_their_message_when_one_is_gone_or_damaged(store):
    chat = store.add_chat("", 1.0)
    ids = [store.add_exchange(chat, text, 2.0, first_title="x").question.id for text in ("one", "two", "three")]
    store._database.execute("UPDATE messages SET text = CAST(x'61ff62' AS TEXT) WHERE id = ?", (ids[2],))

    texts, users = store.words([ids[0], MessageId(ids[2] + 99)])
    assert (texts, users) == (WORDS_BORDER.join([b"one", b""]), b"10")
    assert store.words([ids[1], ids[2]]) == (WORDS_BORDER.join([b"two", "a\ufffdb".encode()]), b"11")


def test_the_end_of_a_branch_can_be_read_alone(store):
    chat = store.add_chat("", 1.0)
    exchanges = [store.add_exchange(chat, str(number), 2.0, first_title="x") for number in range(5)]

    end = store.branch(exchanges[-1].reply.id, 3)

    assert [message.id for message in end] == [
        exchanges[-2].reply.id,
        exchanges[-1].question.id,
        exchanges[-1].reply.id,
    ]
