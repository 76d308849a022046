"""Deleting messages and taking it back."""

import operator

import pytest

from gigadesk.chat import Status
from gigadesk.facts import BranchChanged, MessageDeleted, MessageEnded, MessageGrew, MessageRestored, SavingFailed
from tests.conversations_support import Desk, play


def test_a_deleted_message_is_not_sent_any_more():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "a", "one")
            second = await desk.exchange(chat_id, "b", "two")
            desk.events.clear()

            desk.conversations.delete_message(second.parent_id)

            assert desk.texts(chat_id) == ["a", "one"]
            assert desk.events == [BranchChanged(chat_id), MessageDeleted(chat_id, second.parent_id, 2)]
            assert (await desk.ask(chat_id, "c")).texts == ["a", "one", "c"]

    play(story)


def test_taking_it_back_shows_exactly_what_was_shown():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            await desk.exchange(chat_id, "b", "two")
            desk.conversations.regenerate(first.id)
            (await desk.call(2)).answer("other")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 3)
            desk.conversations.show_branch(first.id)
            before = desk.conversations.messages(chat_id)

            desk.conversations.delete_message(first.parent_id)
            assert desk.texts(chat_id) == []
            desk.conversations.restore_message(first.parent_id)

            assert desk.conversations.messages(chat_id) == before
            assert desk.events[-1] == MessageRestored(chat_id, first.parent_id)
            assert desk.of(MessageDeleted)[0].taken == 5

    play(story)


def test_a_running_answer_is_stopped_and_what_it_had_written_comes_back():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "a")
            call.say("half")
            await desk.until(lambda: desk.of(MessageGrew))
            reply = desk.last(chat_id)

            desk.conversations.delete_message(reply.id)
            await desk.until(lambda: not call.is_open)
            await desk.idle()
            assert desk.texts(chat_id) == ["a"]
            assert not desk.chat(chat_id).is_streaming

            desk.conversations.restore_message(reply.id)
            assert (desk.last(chat_id).text, desk.last(chat_id).status) == ("half", Status.STOPPED)

    play(story)


def test_a_waiting_answer_leaves_the_queue():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            running = await desk.ask(chat_id, "a")
            desk.conversations.send(chat_id, "b")
            waiting = desk.last(chat_id)

            desk.conversations.delete_message(waiting.parent_id)
            running.answer("one")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            await desk.idle()

            assert len(desk.service.calls) == 1
            assert desk.texts(chat_id) == ["a", "one"]

    play(story)


def test_an_answer_without_versions_leaves_its_question_which_can_be_answered_anew():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")

            desk.conversations.delete_message(first.id)
            assert desk.texts(chat_id) == ["a"]
            desk.conversations.regenerate(first.parent_id)
            (await desk.call(1)).answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)

            assert desk.texts(chat_id) == ["a", "two"]
            assert desk.conversations.siblings(desk.last(chat_id).id) == (desk.last(chat_id).id,)

    play(story)


@pytest.mark.parametrize("act", ["regenerate", "continue_reply", "show_branch", "delete_message", "edits.begin"])
def test_nothing_is_done_to_what_is_in_the_trash(act):
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            desk.conversations.delete_message(first.parent_id)
            desk.events.clear()

            for message_id in (first.id, first.parent_id):
                operator.attrgetter(act)(desk.conversations)(message_id)
            await desk.idle()

            assert desk.events == []
            assert desk.texts(chat_id) == []

    play(story)


def test_what_is_not_in_the_trash_is_not_brought_back():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            desk.events.clear()

            desk.conversations.restore_message(first.id)

            assert desk.events == []

    play(story)


def test_a_disk_that_refuses_deletes_nothing_and_stops_nothing():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "a")
            reply = desk.last(chat_id)

            with desk.refusing():
                desk.conversations.delete_message(reply.parent_id)
            await desk.idle()

            assert call.is_open
            assert desk.texts(chat_id) == ["a", ""]
            assert desk.of(SavingFailed)
            assert desk.of(MessageDeleted) == []

    play(story)
