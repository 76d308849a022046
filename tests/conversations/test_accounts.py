"""Several accounts: each with its own service, models, lanes and line."""

import asyncio

from gigadesk.chat import Status
from gigadesk.conversations.titles import TITLE_MAX_TOKENS
from gigadesk.errors import KeyRejectedError, RateLimitError
from gigadesk.facts import (
    Connection,
    ConnectionChanged,
    MessageEnded,
    ModelsChanged,
    QueueChanged,
    ReplyQueued,
)
from tests.conversations_support import Desk, play


def test_a_chat_is_asked_of_the_account_that_was_chosen_for_it():
    async def story() -> None:
        async with Desk() as desk:
            work = desk.services.open("work", models=["Work-1"])
            chat_id = desk.new_chat()
            desk.conversations.choices.set_account(chat_id, "work")
            desk.conversations.send(chat_id, "x")
            await desk.until(lambda: work.calls)
            work.calls[0].answer("y")
            await desk.until(lambda: desk.of(MessageEnded))

            ended = desk.of(MessageEnded)[0].message
            assert (ended.account, ended.model) == ("work", "Work-1")
            assert desk.service.calls == []
            assert desk.chat(chat_id).account == "work"
            assert ConnectionChanged(Connection.ONLINE, None, "work") in desk.events
            await desk.idle()

    play(story)


def test_models_of_an_account_are_asked_for_when_it_is_chosen():
    async def story() -> None:
        async with Desk() as desk:
            desk.services.open("work", models=["Work-1", "Work-2"])
            chat_id = desk.new_chat()
            assert desk.conversations.models("work") == ()

            desk.conversations.choices.set_account(chat_id, "work")
            await desk.idle()

            assert desk.of(ModelsChanged) == [ModelsChanged(("Work-1", "Work-2"), "work")]
            assert desk.conversations.models("work") == ("Work-1", "Work-2")
            assert desk.conversations.models("") == ()

    play(story)


def test_one_account_does_not_wait_for_another():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            work = desk.services.open("work", lanes=1)
            first, second, third, fourth = (desk.new_chat() for _ in range(4))
            for chat_id in (second, fourth):
                desk.conversations.choices.set_account(chat_id, "work")
            for chat_id in (first, second, third, fourth):
                desk.conversations.send(chat_id, "x")
            await desk.idle()

            assert (len(desk.service.open_calls), len(work.open_calls)) == (1, 1)
            places = [(event.chat_id, event.position) for event in desk.of(ReplyQueued)]
            assert places == [(third, 1), (fourth, 1)]
            assert desk.of(QueueChanged)[-1] == QueueChanged(running=2, waiting=2)
            work.calls[0].answer("y")
            await desk.until(lambda: len(work.calls) == 2)
            assert desk.conversations.waiting.position(desk.last(third).id) == 1
            for _ in range(3):
                for call in (*desk.service.open_calls, *work.open_calls):
                    call.answer("y")
                await desk.idle()

    play(story)


def test_a_waiting_reply_moves_to_the_account_that_is_chosen_meanwhile():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            work = desk.services.open("work")
            busy, chat_id = desk.new_chat(), desk.new_chat()
            call = await desk.ask(busy, "x")
            desk.conversations.send(chat_id, "y")
            await desk.idle()
            assert desk.last(chat_id).status is Status.QUEUED

            desk.conversations.choices.set_account(chat_id, "work")
            await desk.until(lambda: work.calls)

            assert work.calls[0].texts == ["y"]
            assert desk.of(QueueChanged)[-1] == QueueChanged(running=2, waiting=0)
            work.calls[0].answer("a")
            call.answer("b")
            await desk.idle()

    play(story)


def test_a_running_reply_ends_on_the_lane_it_began_on():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            work = desk.services.open("work")
            chat_id, other = desk.new_chat(), desk.new_chat()
            call = await desk.ask(chat_id, "x")

            desk.conversations.choices.set_account(chat_id, "work")
            desk.conversations.send(chat_id, "y")
            desk.conversations.send(other, "z")
            await desk.idle()

            assert work.calls == []  # one chat, one reply at a time
            assert len(desk.service.calls) == 1  # the lane is taken
            call.answer("a")
            await desk.until(lambda: work.calls and len(desk.service.calls) == 2)
            assert desk.conversations.messages(chat_id)[1].account == ""
            work.calls[0].answer("b")
            desk.service.calls[1].answer("c")
            await desk.idle()

    play(story)


def test_a_refusal_slows_down_its_own_account_only():
    async def story() -> None:
        async with Desk(lanes=2) as desk:
            work = desk.services.open("work", lanes=2)
            chats = [desk.new_chat() for _ in range(4)]
            for chat_id in chats[2:]:
                desk.conversations.choices.set_account(chat_id, "work")
            for chat_id in chats[:3]:
                desk.conversations.send(chat_id, "x")
            await desk.idle()
            desk.service.calls[1].fail(RateLimitError())
            await desk.idle()
            assert desk.last(chats[1]).status is Status.QUEUED

            desk.conversations.send(chats[3], "x")
            await desk.idle()
            assert len(work.open_calls) == 2

            await asyncio.sleep(60)  # the pause is over, one lane is still held back
            assert len(desk.service.open_calls) == 1
            for _ in range(3):
                for call in (*desk.service.open_calls, *work.open_calls):
                    call.answer("y")
                await asyncio.sleep(60)

    play(story)


def test_a_title_yields_to_the_user_of_its_own_account_only():
    async def story() -> None:
        async with Desk(lanes=1, titles=True) as desk:
            work = desk.services.open("work", lanes=1)
            chat_id = desk.conversations.new_chat()
            (await desk.ask(chat_id, "x")).answer("y")
            title = await desk.call(1)

            other = desk.conversations.new_chat()
            desk.conversations.choices.set_account(other, "work")
            desk.conversations.send(other, "z")
            await desk.until(lambda: work.calls)
            assert title.is_open

            desk.conversations.send(chat_id, "w")
            await desk.until(lambda: len(desk.service.calls) == 3)
            assert not title.is_open
            desk.service.calls[2].answer("b")
            work.calls[0].answer("a")
            for _ in range(3):
                await desk.idle()
                for call in (*desk.service.open_calls, *work.open_calls):
                    call.answer("Title")

    play(story)


def test_a_removed_account_gives_way_to_the_default_one():
    async def story() -> None:
        async with Desk() as desk:
            desk.services.open("work")
            chat_id = desk.new_chat()
            desk.conversations.choices.set_account(chat_id, "work")
            await desk.idle()

            del desk.services.by_id["work"]
            desk.conversations.accounts_changed()

            (await desk.ask(chat_id, "x")).answer("y")
            await desk.idle()
            assert desk.last(chat_id).account == ""

    play(story)


def test_changed_accounts_are_not_taken_for_what_they_were():
    async def story() -> None:
        async with Desk() as desk:
            desk.conversations.refresh_models()
            await desk.idle()
            assert desk.conversations.models("")
            desk.service.listed = error = KeyRejectedError(status=401)

            desk.conversations.accounts_changed()

            assert desk.conversations.models("") == ()
            assert desk.of(ConnectionChanged)[-1].connection is Connection.UNKNOWN
            desk.conversations.refresh_models("")
            await desk.idle()
            assert desk.of(ConnectionChanged)[-1].error is error

    play(story)


def test_a_refused_reply_that_moves_to_another_account_does_not_hold_up_the_first():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            work = desk.services.open("work")
            refused, other = desk.new_chat(), desk.new_chat()
            call = await desk.ask(refused, "x")
            desk.conversations.send(other, "y")
            call.fail(RateLimitError(retry_after_s=60))
            await desk.idle()
            assert len(desk.service.calls) == 1

            desk.conversations.choices.set_account(refused, "work")
            await desk.until(lambda: work.calls and len(desk.service.calls) == 2)

            work.calls[0].answer("a")
            desk.service.calls[1].answer("b")
            await desk.idle()

    play(story)


def test_a_list_that_comes_from_what_an_account_was_before_is_not_believed():
    async def story() -> None:
        async with Desk() as desk:
            desk.conversations.refresh_models()
            await desk.until(lambda: desk.service.lists_asked)
            desk.conversations.accounts_changed()
            await desk.idle()

            assert desk.of(ModelsChanged) == []
            assert desk.conversations.models("") == ()

    play(story)


def test_a_title_is_asked_for_while_the_user_waits_for_another_account():
    async def story() -> None:
        async with Desk(lanes=1, titles=True) as desk:
            work = desk.services.open("work", lanes=1)
            for _ in range(2):
                chat_id = desk.conversations.new_chat()
                desk.conversations.choices.set_account(chat_id, "work")
                desk.conversations.send(chat_id, "x")
            await desk.until(lambda: work.calls)

            (await desk.ask(desk.conversations.new_chat(), "y")).answer("z")
            title = await desk.call(1)
            assert title.request.max_tokens == TITLE_MAX_TOKENS

            for _ in range(6):
                for call in (*desk.service.open_calls, *work.open_calls):
                    call.answer("Title")
                await desk.idle()

    play(story)
