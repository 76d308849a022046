import asyncio

import pytest

from gigadesk.chat import FileState
from gigadesk.conversations.title_text import (
    FIRST_WORDS_MAX_CHARS,
    PROPOSAL_MAX_CHARS,
    clean_title,
    first_words,
    read_proposal,
)
from gigadesk.conversations.titles import RETRIES, RETRY_DELAY_S, TITLE_MAX_TOKENS
from gigadesk.errors import RateLimitError, ServerFailedError
from gigadesk.facts import ChatChanged, MessageEnded, MessageGrew
from gigadesk.limits import TITLE_MAX_CHARS
from tests.conversations_support import Call, Desk, play


def is_title(call: Call) -> bool:
    return call.request.max_tokens == TITLE_MAX_TOKENS


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Привет", "Привет"),
        ("  Как\n\tдела?  ", "Как дела?"),
        ("слово " * 30, "слово " * 9 + "слово…"),
        ("д" * 100, "д" * FIRST_WORDS_MAX_CHARS + "…"),
        ("a\x07b", "a b"),
    ],
)
def test_first_words(text, title):
    assert first_words(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Погода в Казани", "Погода в Казани"),
        ("«Погода в Казани»", "Погода в Казани"),
        ('"Weather."', "Weather"),
        ("**Погода**", "Погода"),
        ("# Погода в Казани", "Погода в Казани"),
        ("Заголовок: «Погода»", "Погода"),
        ("\n\n- `code` и [ссылка](https://x.y)\nдальше", "code и ссылка"),
        ("snake_case и C#", "snake_case и C#"),
        ("Что такое __init__", "Что такое init"),
        ("```", ""),
        ("…", ""),
        ("", ""),
        ("  \n ", ""),
        ("слово " * 50, ""),
    ],
)
def test_the_proposal_of_the_model_is_cleaned(text, title):
    assert read_proposal(text) == title
    assert len(title) <= PROPOSAL_MAX_CHARS


def test_a_title_of_the_user_is_one_line_of_bounded_length():
    assert clean_title(" мой\nчат ") == "мой чат"
    assert len(clean_title("x" * 1000)) == TITLE_MAX_CHARS


def test_a_chat_is_named_by_its_first_words_and_then_by_the_model():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Какая погода в Казани?")
            assert desk.chat(chat_id).title == "Какая погода в Казани?"
            assert desk.of(ChatChanged)[-1].chat.title == "Какая погода в Казани?"
            call.answer("Снег.")

            title_call = await desk.call(1)
            assert is_title(title_call)
            assert "заголовок" in title_call.request.messages[0].text
            assert title_call.request.messages[1].text == "Какая погода в Казани?\n\n---\n\nСнег."
            assert title_call.request.session_id == ""
            title_call.answer("«Погода ", "в Казани»")
            await desk.until(lambda: desk.chat(chat_id).title == "Погода в Казани")
            assert desk.of(ChatChanged)[-1].chat.title == "Погода в Казани"
            await desk.exchange(chat_id, "А завтра?", "Дождь.")
            assert len(desk.service.calls) == 3

    play(story)


def test_a_failed_title_leaves_the_first_words():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            for ending in ("fail", "blacklist", "cut", "chatter"):
                number = len(desk.service.calls)
                chat_id = desk.new_chat()
                (await desk.ask(chat_id, "Hello there")).answer("Hi")
                call = await desk.call(number + 1)
                assert "title" in call.texts[0]
                match ending:
                    case "fail":
                        call.fail(ServerFailedError(status=500))
                    case "blacklist":
                        call.say("I cannot talk about this")
                        call.finish("blacklist")
                    case "cut":
                        call.say("Hal")
                        call.cut()
                    case _:
                        call.answer("Sure! " * 100)
                await desk.idle()
                assert desk.chat(chat_id).title == "Hello there"
            assert desk.crashes == []

    play(story)


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_name_of_the_user_is_never_replaced(when):
    async def story() -> None:
        async with Desk(titles=True) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            if when == "before":
                desk.conversations.rename(chat_id, "Мой чат")
            call.answer("y")
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()
            if when == "while":
                desk.conversations.rename(chat_id, "Мой чат")
                (await desk.call(1)).answer("Better")
            await desk.idle()

            assert desk.chat(chat_id).title == "Мой чат"
            assert len(desk.service.calls) == (1 if when == "before" else 2)

    play(story)


def test_a_failed_reply_asks_for_no_title():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            (await desk.ask(desk.new_chat(), "x")).fail(ServerFailedError())
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            assert len(desk.service.calls) == 1

    play(story)


def test_a_title_yields_its_lane_to_the_user_and_comes_later():
    async def story() -> None:
        async with Desk(titles=True, lanes=1) as desk:
            chat_id = desk.new_chat()
            (await desk.ask(chat_id, "first")).answer("a")
            title_call = await desk.call(1)
            assert is_title(title_call)

            desk.conversations.send(chat_id, "second")
            call = await desk.call(2)
            assert not title_call.is_open
            assert not is_title(call)
            call.say("b")
            await desk.until(lambda: len(desk.of(MessageGrew)) == 2)
            assert len(desk.service.open_calls) == 1
            call.finish()

            again = await desk.call(3)
            assert is_title(again)
            assert again.request.messages == title_call.request.messages
            again.answer("Named")
            await desk.until(lambda: desk.chat(chat_id).title == "Named")
            assert desk.crashes == []

    play(story)


def test_titles_start_only_when_nothing_of_the_user_waits():
    async def story() -> None:
        async with Desk(titles=True, lanes=1) as desk:
            first = desk.new_chat()
            call = await desk.ask(first, "one")
            second = desk.new_chat()
            desk.conversations.send(second, "two")
            call.answer("a")

            call = await desk.call(1)
            assert not is_title(call)
            call.answer("b")
            assert is_title(await desk.call(2))
            (await desk.call(2)).answer("One")
            assert is_title(await desk.call(3))
            (await desk.call(3)).answer("Two")
            await desk.until(lambda: [desk.chat(c).title for c in (first, second)] == ["One", "Two"])

    play(story)


def test_titles_take_a_free_lane_beside_answers():
    async def story() -> None:
        async with Desk(titles=True, lanes=2) as desk:
            first = desk.new_chat()
            (await desk.ask(first, "one")).answer("a")
            title_call = await desk.call(1)
            second = desk.new_chat()
            await desk.ask(second, "two")

            assert title_call.is_open
            desk.conversations.send(desk.new_chat(), "three")
            await desk.call(3)
            assert not title_call.is_open

    play(story)


def test_a_refused_title_is_asked_for_again_and_holds_up_nobody():
    async def story() -> None:
        async with Desk(titles=True, lanes=1) as desk:
            chat_id = desk.new_chat()
            (await desk.ask(chat_id, "first")).answer("a")
            (await desk.call(1)).fail(RateLimitError(status=429))
            await desk.idle()
            (await desk.ask(chat_id, "second")).answer("b")
            await desk.idle()
            assert len(desk.service.calls) == 3

            await asyncio.sleep(RETRY_DELAY_S + 1)
            (await desk.call(3)).answer("Named")
            await desk.until(lambda: desk.chat(chat_id).title == "Named")

    play(story)


def test_a_message_of_files_alone_is_named_after_them():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"Milk and bread", "shopping.txt")
            await desk.until(
                lambda: [file.state for file in desk.conversations.draft_files(chat_id)] == [FileState.READY]
            )
            (await desk.ask(chat_id, "")).answer("Это список.")

            title_call = await desk.call(1)

            assert "заголовок" in title_call.texts[0]
            assert title_call.texts[1] == "shopping.txt\n\n---\n\nЭто список."
            title_call.answer("…")
            await desk.idle()
            assert desk.chat(chat_id).title == "shopping.txt"

    play(story)


def test_a_title_that_is_refused_again_and_again_is_given_up():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            (await desk.ask(desk.new_chat(), "first")).answer("a")
            for number in range(RETRIES + 1):
                (await desk.call(number + 1)).fail(RateLimitError(status=429))
                await asyncio.sleep(RETRY_DELAY_S + 1)

            assert len(desk.service.calls) == RETRIES + 2

    play(story)


def test_closing_ends_a_title_too():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            (await desk.ask(desk.new_chat(), "x")).answer("y")
            title_call = await desk.call(1)

            await desk.conversations.close()

            assert not title_call.is_open

    play(story)
