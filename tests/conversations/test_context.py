"""How much of the context a chat takes, and what is left out when it does not fit."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import (
    ChatFile,
    ChatId,
    ContextUse,
    FileId,
    FileKind,
    FileState,
    Message,
    MessageId,
    Role,
    Status,
    Usage,
)
from gigadesk.conversations.branch_estimate import BranchEstimate
from gigadesk.conversations.context_desk import ANSWER_RESERVE_TOKENS, CHATS_KEPT, COUNTS_KEPT
from gigadesk.conversations.live_chats import READ_AT_ONCE
from gigadesk.conversations.token_estimate import MESSAGE_TOKENS, tokens_of_file, tokens_of_message, tokens_of_text
from gigadesk.errors import ServerFailedError, TooLargeError
from gigadesk.facts import ContextMeasured, MessageEnded
from gigadesk.settings import Generation
from tests.conversations_support import Desk, play

WINDOW = 128_000
LIMIT = WINDOW - ANSWER_RESERVE_TOKENS


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("abcd" * 100, 100),
        ("абв" * 100, 100),
        ("```\nabc" + "abc" * 98 + "\n```", 100),
    ],
    ids=["nothing", "latin", "russian", "code"],
)
def test_a_text_is_estimated_by_its_script(text, tokens):
    assert tokens_of_text(text) == pytest.approx(tokens, abs=3)


@given(st.text(), st.text())
def test_more_text_is_never_less(first, second):
    assert 0 <= tokens_of_text(first) <= len(first)
    if "`" not in first + second:
        assert tokens_of_text(first + second) == pytest.approx(tokens_of_text(first) + tokens_of_text(second))


def message(number: int, text: str, parent: int | None = None, **given: object) -> Message:
    role = Role.USER if number % 2 else Role.ASSISTANT
    parent_id = MessageId(parent) if parent is not None else MessageId(number - 1) if number > 1 else None
    return Message(MessageId(number), ChatId(1), parent_id, role, text, Status.DONE, 0.0, **given)  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=30), st.integers(-100, 8000))
def test_the_cut_leaves_whole_turns_and_as_many_as_there_is_room_for(lengths, room):
    messages = [message(number, "x" * length) for number, length in enumerate(lengths, start=1)]
    estimate = BranchEstimate(messages, 0.0)

    start = estimate.first_that_fits(room)

    questions = [place for place, each in enumerate(messages) if each.role is Role.USER]
    sizes = {place: sum(map(tokens_of_message, messages[place:])) for place in questions}
    fitting = [place for place in questions if sizes[place] <= room]
    assert start == (fitting[0] if fitting else questions[-1])


@given(st.lists(st.integers(0, 400), min_size=1, max_size=20), st.integers(0, 10))
def test_an_estimate_that_learns_is_the_same_as_a_new_one(lengths, known):
    messages = [message(number, "y" * length) for number, length in enumerate(lengths, start=1)]
    grown = BranchEstimate(messages[:known], 0.0)
    for each in messages[known:]:
        assert grown.learn(message(each.id, ""))
        assert grown.learn(each)

    whole = BranchEstimate(messages, 0.0)
    assert grown.tokens_from(0) == pytest.approx(whole.tokens_from(0))
    assert grown.first_that_fits(50) == whole.first_that_fits(50)
    assert not grown.learn(message(99, "z", parent=98))


def test_what_is_typed_counts_at_once():
    async def story() -> None:
        async with Desk(generation=Generation(system_prompt="abcd" * 100)) as desk:
            chat_id = desk.new_chat()
            empty = desk.conversations.context.use(chat_id, "")
            assert empty == ContextUse(100, LIMIT, is_exact=False)

            typed = desk.conversations.context.use(chat_id, "abcd" * 50)
            assert typed.used_tokens == 150 + MESSAGE_TOKENS

            await desk.exchange(chat_id, "abcd" * 50, "абв" * 50)
            after = desk.conversations.context.use(chat_id, "")
            assert after.used_tokens == 100 + 2 * (50 + MESSAGE_TOKENS)

    play(story)


def test_the_limit_is_that_of_the_model_without_room_for_the_answer():
    async def story() -> None:
        async with Desk(generation=Generation(max_tokens=1000)) as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_model(chat_id, "GigaChat-3-Lightning")
            assert desk.conversations.context.use(chat_id, "").limit_tokens == 255_000

    play(story)


def test_what_does_not_fit_is_cut_from_the_front_in_whole_turns():
    async def story() -> None:
        async with Desk(generation=Generation(system_prompt="Be brief.")) as desk:
            chat_id = desk.new_chat()
            long = "abcd" * 30_000
            for number in range(4):
                await desk.exchange(chat_id, f"{number}{long}", "answer")

            use = desk.conversations.context.use(chat_id, long)
            assert use.dropped_messages == 2
            assert use.used_tokens <= use.limit_tokens

            call = await desk.ask(chat_id, long)
            assert call.texts[0] == "Be brief."
            assert [text[:1] for text in call.texts[1:]] == ["1", "a", "2", "a", "3", "a", "a"]
            call.answer("x")
            await desk.idle()

    play(story)


def test_a_long_chat_is_read_for_its_estimate_a_portion_at_a_time():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            for number in range(READ_AT_ONCE):
                await desk.exchange(chat_id, f"{number}" + "abcd" * 100, "answer")
            context = desk.conversations.context
            known = context.use(chat_id, "")
            context.forget()

            assert not context.prepare(chat_id)
            assert not context.prepare(chat_id)
            await desk.exchange(chat_id, "More", "answer")  # what was read is out of date
            steps = 1
            while not context.prepare(chat_id):
                steps += 1
            assert steps == 4
            assert context.use(chat_id, "").used_tokens > known.used_tokens

    play(story)


def test_what_the_service_finds_too_long_is_cut_further():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            for number in range(6):
                await desk.exchange(chat_id, f"{number}" + "abcd" * 15_000, "answer")
            call = await desk.ask(chat_id, "last")
            assert len(call.texts) == 13
            sent = len(desk.service.calls)

            call.fail(TooLargeError(status=413))
            shorter = await desk.call(sent)
            assert [text[:1] for text in shorter.texts] == ["2", "a", "3", "a", "4", "a", "5", "a", "l"]
            shorter.fail(TooLargeError(status=413))
            shortest = await desk.call(sent + 1)
            assert [text[:1] for text in shortest.texts] == ["4", "a", "5", "a", "l"]
            error = TooLargeError(status=413)
            shortest.fail(error)
            await desk.idle()

            assert desk.of(MessageEnded)[-1].message.error is error
            assert len(desk.service.calls) == sent + 2

    play(story)


def test_a_question_that_is_too_long_by_itself_is_not_asked_again():
    async def story() -> None:
        async with Desk() as desk:
            call = await desk.ask(desk.new_chat(), "abcd" * 200_000)
            call.fail(TooLargeError(status=413))
            await desk.idle()

            assert isinstance(desk.of(MessageEnded)[0].message.error, TooLargeError)
            assert len(desk.service.calls) == 1

    play(story)


def test_the_last_question_stays_however_long_it_is():
    async def story() -> None:
        async with Desk(generation=Generation(system_prompt="Be brief.")) as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "first", "answer")
            call = await desk.ask(chat_id, "abcd" * 200_000)

            assert [len(text) for text in call.texts] == [9, 800_000]
            call.answer("x")
            await desk.idle()

    play(story)


def test_the_estimate_learns_from_what_the_service_counted():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            question = "abcd" * 1000
            before = desk.conversations.context.use(chat_id, question).used_tokens
            call = await desk.ask(chat_id, question)
            call.say("y")
            call.finish(usage=Usage(round(before * 1.5), 1, before))
            await desk.idle()

            assert desk.conversations.context.use(chat_id, "").used_tokens == pytest.approx(before * 1.5, rel=0.02)

            desk.conversations.context.forget()
            assert desk.conversations.context.use(chat_id, "").used_tokens == pytest.approx(before * 1.5, rel=0.02)

    play(story)


def test_a_file_of_the_draft_counts():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"word " * 1000, "notes.txt")
            await desk.idle()
            with_draft = desk.conversations.context.use(chat_id, "")
            assert with_draft.used_tokens == 1000

            (await desk.ask(chat_id, "x")).answer("y")
            await desk.idle()
            assert desk.conversations.context.use(chat_id, "").used_tokens == pytest.approx(1010, abs=5)

            desk.conversations.choices.set_model(chat_id, "M")
            desk.conversations.context.measure(chat_id, "")
            await desk.idle()
            assert desk.of(ContextMeasured)[-1].use == ContextUse(1200, LIMIT, is_exact=False)

    play(story)


def test_the_service_counts_the_past_once_and_what_is_typed_each_time():
    async def story() -> None:
        async with Desk(generation=Generation(model="M", system_prompt="Be brief.")) as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "question", "answer")
            for draft in ("one", "two", "two"):
                desk.conversations.context.measure(chat_id, draft)
                await desk.idle()

            assert desk.service.counted == [
                ("M", ("Be brief.", "question", "answer")),
                ("M", ("one",)),
                ("M", ("two",)),
            ]
            assert desk.of(ContextMeasured)[-1] == ContextMeasured(chat_id, ContextUse(400, LIMIT, is_exact=True))
            assert len(desk.of(ContextMeasured)) == 3

    play(story)


def test_counting_takes_no_lane_and_its_failure_is_silent():
    async def story() -> None:
        async with Desk(lanes=1, generation=Generation(model="M")) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            desk.conversations.context.measure(chat_id, "draft")
            await desk.idle()
            assert len(desk.of(ContextMeasured)) == 1

            desk.service.tokens = ServerFailedError()
            desk.conversations.context.measure(chat_id, "other")
            await desk.idle()
            assert len(desk.of(ContextMeasured)) == 1
            call.answer("y")
            await desk.idle()

    play(story)


def test_twenty_thousand_messages_are_estimated_without_reading_them_again():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            for _ in range(2):
                await desk.exchange(chat_id, "question", "answer")
            desk.conversations.context.use(chat_id, "")
            statements: list[str] = []
            desk.store._database.watch_statements(statements.append)

            desk.conversations.context.use(chat_id, "typed")

            # A chat knows the state of its last message; no text is read for it.
            assert not any("from messages" in each.lower() for each in statements if "FROM chats" not in each)
            desk.store._database.watch_statements(None)
            await asyncio.sleep(0)

    play(story)


def test_other_chats_and_other_drafts_push_out_what_was_known():
    async def story() -> None:
        async with Desk(generation=Generation(model="M")) as desk:
            chats = [desk.new_chat() for _ in range(CHATS_KEPT + 2)]
            for chat_id in chats:
                await desk.exchange(chat_id, "question", "answer")
            expected = [desk.conversations.context.use(chat_id, "") for chat_id in chats]
            assert [desk.conversations.context.use(chat_id, "") for chat_id in chats] == expected

            for number in range(COUNTS_KEPT + 2):
                desk.conversations.context.measure(chats[0], f"draft {number}")
                await desk.idle()
            desk.conversations.context.measure(chats[0], "draft 0")
            await desk.idle()
            assert len(desk.service.counted) == COUNTS_KEPT + 5

    play(story)


def test_nothing_is_counted_for_a_model_that_nobody_knows():
    async def story() -> None:
        async with Desk() as desk:
            desk.conversations.context.measure(desk.new_chat(), "x")
            await desk.idle()
            assert desk.service.counted == []

    play(story)


def test_an_empty_chat_takes_nothing():
    async def story() -> None:
        async with Desk(generation=Generation(model="M")) as desk:
            chat_id = desk.new_chat()
            desk.conversations.context.measure(chat_id, " ")
            await desk.idle()

            assert desk.of(ContextMeasured) == [ContextMeasured(chat_id, ContextUse(0, LIMIT, is_exact=True))]
            assert desk.service.counted == []

    play(story)


def test_another_version_that_ends_behind_the_scenes_does_not_count():
    async def story() -> None:
        async with Desk(lanes=2) as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "question", "answer")
            desk.conversations.regenerate(first.id)
            call = await desk.call(1)
            desk.conversations.show_branch(first.id)
            before = desk.conversations.context.use(chat_id, "")
            call.answer("a much longer answer " * 100)
            await desk.idle()

            assert desk.conversations.context.use(chat_id, "") == before

    play(story)


def test_of_a_branch_without_end_only_the_end_is_read():
    messages = [message(number, "abcd" * 40_000) for number in range(1, 22)]
    estimate = BranchEstimate(messages, 0.0)

    start = estimate.first_that_fits(120_100)

    assert start == 18
    assert [each.id for each in estimate.messages_from(start)] == [19, 20, 21]
    assert estimate.first_that_fits(1e9) == 10
    assert estimate.learn(message(21, ""))
    assert not estimate.learn(message(30, "", parent=29))


def test_a_picture_a_sound_and_a_document_count_roughly():
    def file(kind: FileKind, mime: str, size_bytes: int) -> ChatFile:
        return ChatFile(FileId(1), ChatId(1), "f", kind, mime, size_bytes, FileState.READY)

    assert tokens_of_file(file(FileKind.IMAGE, "image/png", 10_000_000)) == 800
    assert tokens_of_file(file(FileKind.TEXT, "text/plain", 5_000)) == 1_000
    assert tokens_of_file(file(FileKind.TEXT, "application/pdf", 60_000)) == 1_000
    assert tokens_of_file(file(FileKind.TEXT, "application/pdf", 40_000_000)) == 30_000
    assert tokens_of_file(file(FileKind.AUDIO, "audio/mp3", 1_000_000)) == 1_000


def test_a_refusal_for_its_length_after_words_were_shown_is_the_end():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "abcd" * 20_000, "answer")
            call = await desk.ask(chat_id, "abcd" * 20_000)
            call.say("Well")
            call.fail(TooLargeError(status=413))
            await desk.idle()

            assert desk.last(chat_id).text == "Well"
            assert len(desk.service.calls) == 2

    play(story)
