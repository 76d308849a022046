"""Many chats, few lanes."""

import asyncio

import pytest

from gigadesk.chat import Status
from gigadesk.conversations.reply import RETRIES_ALONE, RETRIES_BESIDE_OTHERS
from gigadesk.errors import RateLimitError
from gigadesk.facts import MessageEnded, MessageGrew, QueueChanged, ReplyQueued, ReplyStarted
from tests.conversations_support import Desk, play


def waits(desk: Desk) -> list[tuple[int, int]]:
    return [(event.message_id, event.position) for event in desk.of(ReplyQueued)]


async def end(desk: Desk, call, text: str = "y") -> None:
    ended = len(desk.of(MessageEnded))
    call.answer(text)
    await desk.until(lambda: len(desk.of(MessageEnded)) > ended)
    await desk.idle()


def test_on_one_lane_the_second_chat_waits_visibly_and_starts_by_itself():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            first, second = desk.new_chat(), desk.new_chat()
            call = await desk.ask(first, "x")

            assert desk.conversations.send(second, "y")
            await desk.idle()
            waiting = desk.last(second)
            assert waiting.status is Status.QUEUED
            assert waits(desk) == [(waiting.id, 1)]
            assert desk.conversations.waiting.position(waiting.id) == 1
            assert desk.of(QueueChanged)[-1] == QueueChanged(running=1, waiting=1)
            assert len(desk.service.open_calls) == 1

            await end(desk, call)
            await desk.call(1)
            assert desk.of(ReplyStarted)[-1].message_id == waiting.id
            assert desk.conversations.waiting.position(waiting.id) == 0
            assert desk.of(QueueChanged)[-1] == QueueChanged(running=1, waiting=0)

    play(story)


def test_on_many_lanes_several_chats_stream_at_once_each_into_its_own_place():
    async def story() -> None:
        async with Desk(lanes=3) as desk:
            chats = [desk.new_chat() for _ in range(3)]
            calls = [await desk.ask(chat_id, f"q{chat_id}") for chat_id in chats]

            for piece in range(3):
                for chat_id, call in zip(chats, calls, strict=True):
                    call.say(f"{chat_id}-{piece} ")
                await desk.idle()
            for call in calls:
                call.finish()
            await desk.until(lambda: len(desk.of(MessageEnded)) == 3)

            for chat_id in chats:
                text = "".join(f"{chat_id}-{piece} " for piece in range(3))
                assert desk.last(chat_id).text == desk.shown_text(desk.last(chat_id)) == text
            assert desk.of(ReplyQueued) == []

    play(story)


def test_places_move_up_and_are_published_when_they_change():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            chats = [desk.new_chat() for _ in range(4)]
            call = await desk.ask(chats[0], "x")
            for chat_id in chats[1:]:
                desk.conversations.send(chat_id, "x")
            ids = [desk.last(chat_id).id for chat_id in chats]
            assert waits(desk) == [(ids[1], 1), (ids[2], 2), (ids[3], 3)]
            desk.events.clear()

            await end(desk, call)

            assert waits(desk) == [(ids[2], 1), (ids[3], 2)]

    play(story)


def test_a_waiting_reply_can_be_stopped_and_is_never_asked():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            chats = [desk.new_chat() for _ in range(3)]
            call = await desk.ask(chats[0], "x")
            for chat_id in chats[1:]:
                desk.conversations.send(chat_id, "x")

            desk.conversations.stop(chats[1])

            assert desk.last(chats[1]).status is Status.STOPPED
            assert desk.of(MessageEnded)[0].message == desk.store.message(desk.last(chats[1]).id)
            assert desk.conversations.waiting.position(desk.last(chats[2]).id) == 1
            await end(desk, call)
            assert (await desk.call(1)).request.session_id == desk.chat(chats[2]).session_id

    play(story)


def test_a_waiting_reply_can_be_moved_to_the_front():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            chats = [desk.new_chat() for _ in range(3)]
            call = await desk.ask(chats[0], "x")
            for chat_id in chats[1:]:
                desk.conversations.send(chat_id, f"from {chat_id}")
            later = desk.last(chats[2])

            desk.conversations.waiting.move_to_front(later.id)
            desk.conversations.waiting.move_to_front(desk.last(chats[0]).id)  # runs already: nothing to move

            assert desk.conversations.waiting.position(later.id) == 1
            await end(desk, call)
            assert (await desk.call(1)).texts == [f"from {chats[2]}"]

    play(story)


def test_messages_of_one_chat_keep_their_order_at_the_front():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            busy, other, chat_id = desk.new_chat(), desk.new_chat(), desk.new_chat()
            call = await desk.ask(busy, "x")
            for target, text in ((other, "other"), (chat_id, "one"), (chat_id, "two")):
                desk.conversations.send(target, text)
            one, two = (message.id for message in desk.conversations.messages(chat_id)[1::2])

            desk.conversations.waiting.move_to_front(two)

            places = [desk.conversations.waiting.position(reply) for reply in (one, two, desk.last(other).id)]
            assert places == [1, 2, 3]
            await end(desk, call)
            assert (await desk.call(1)).texts == ["one"]

    play(story)


@pytest.mark.parametrize("lanes", [1, 5])
def test_a_message_sent_during_an_answer_waits_for_it_and_builds_on_it(lanes):
    async def story() -> None:
        async with Desk(lanes=lanes) as desk:
            chat_id = desk.new_chat()
            first = await desk.ask(chat_id, "one")
            first.say("half ")
            await desk.until(lambda: desk.of(MessageGrew))

            assert desk.conversations.send(chat_id, "two")
            await desk.idle()
            assert len(desk.service.calls) == 1
            assert desk.texts(chat_id) == ["one", "half ", "two", ""]

            await end(desk, first, "whole")
            second = await desk.call(1)
            assert second.texts == ["one", "half whole", "two"]
            await end(desk, second, "answer")
            assert desk.texts(chat_id) == ["one", "half whole", "two", "answer"]
            parents = [message.parent_id for message in desk.conversations.messages(chat_id)]
            assert parents == [None, *(message.id for message in desk.conversations.messages(chat_id)[:-1])]

    play(story)


def test_stopping_lets_the_message_that_waits_in_the_same_chat_be_asked():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            (await desk.ask(chat_id, "one")).say("half")
            await desk.until(lambda: desk.of(MessageGrew))
            desk.conversations.send(chat_id, "two")

            desk.conversations.stop(chat_id)

            assert (await desk.call(1)).texts == ["one", "half", "two"]

    play(story)


def test_pressing_stop_twice_stops_what_waits_too():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await desk.ask(chat_id, "one")
            desk.conversations.send(chat_id, "two")

            desk.conversations.stop(chat_id)
            desk.conversations.stop(chat_id)
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            await desk.idle()

            assert len(desk.service.calls) == 1
            assert [m.status for m in desk.conversations.messages(chat_id)[1::2]] == [Status.STOPPED] * 2
            assert not desk.chat(chat_id).is_streaming

    play(story)


def test_more_lanes_start_what_waits():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            for _ in range(3):
                desk.conversations.send(desk.new_chat(), "x")
            await desk.idle()
            assert len(desk.service.calls) == 1

            desk.set_lanes(2)
            await desk.idle()

            assert len(desk.service.calls) == 2

    play(story)


# Refusals


def test_a_refused_second_stream_waits_until_the_first_has_ended():
    async def story() -> None:
        async with Desk(lanes=10) as desk:
            first, second, third = (desk.new_chat() for _ in range(3))
            running = await desk.ask(first, "1")
            refused = await desk.ask(second, "2")

            refused.fail(RateLimitError(status=429))
            await desk.until(lambda: desk.of(ReplyQueued))
            assert desk.last(second).status is Status.QUEUED
            assert waits(desk) == [(desk.last(second).id, 1)]
            # Later than any back-off, but the lane is still taken; and nobody else tries.
            desk.conversations.send(third, "3")
            await asyncio.sleep(100)
            assert len(desk.service.calls) == 2

            await end(desk, running)
            again = await desk.call(2)
            assert again.texts == ["2"]
            await end(desk, again, "at last")
            assert desk.last(second).text == "at last"
            assert (desk.last(second).status, desk.last(second).error) == (Status.DONE, None)
            assert (await desk.call(3)).texts == ["3"]

    play(story)


def test_lanes_that_were_lowered_are_tried_again_later():
    async def story() -> None:
        async with Desk(lanes=10) as desk:
            await desk.ask(desk.new_chat(), "1")
            (await desk.ask(desk.new_chat(), "2")).fail(RateLimitError(status=429))
            await desk.until(lambda: desk.of(ReplyQueued))
            await asyncio.sleep(1000)
            assert len(desk.service.calls) == 2

            desk.conversations.send(desk.new_chat(), "3")
            await desk.idle()

            assert len(desk.service.calls) == 4

    play(story)


def test_a_refusal_with_nothing_else_running_is_tried_again_and_then_told():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.send(chat_id, "x")
            error = RateLimitError(status=429)
            for number in range(RETRIES_ALONE + 1):
                assert desk.of(MessageEnded) == []
                await asyncio.sleep(100)
                (await desk.call(number)).fail(error)
                await desk.idle()

            assert desk.last(chat_id).status is Status.FAILED
            assert desk.of(MessageEnded)[0].message.error is error
            assert len(desk.service.calls) == RETRIES_ALONE + 1
            assert [place for _, place in waits(desk)] == [1] * RETRIES_ALONE

    play(story)


def test_the_service_says_how_long_to_wait():
    async def story() -> None:
        async with Desk() as desk:
            (await desk.ask(desk.new_chat(), "x")).fail(RateLimitError(retry_after_s=30.0))
            await desk.until(lambda: desk.of(ReplyQueued))

            await asyncio.sleep(29)
            assert len(desk.service.calls) == 1
            await asyncio.sleep(2)
            assert len(desk.service.calls) == 2

    play(story)


def test_a_refused_reply_can_be_stopped_and_holds_up_nobody():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            (await desk.ask(chat_id, "x")).fail(RateLimitError(retry_after_s=30.0))
            await desk.until(lambda: desk.of(ReplyQueued))

            desk.conversations.stop(chat_id)

            assert desk.last(chat_id).status is Status.STOPPED
            assert (await desk.ask(chat_id, "y")).texts == ["x\n\ny"]

    play(story)


def test_nothing_is_repeated_once_text_was_shown():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            call.fail(RateLimitError())
            await desk.until(lambda: desk.of(MessageEnded))

            assert (desk.last(chat_id).text, desk.last(chat_id).status) == ("half", Status.FAILED)

    play(story)


def test_refusals_beside_others_end_too():
    async def story() -> None:
        async with Desk(lanes=2) as desk:
            await desk.ask(desk.new_chat(), "keeps running")
            refused = desk.new_chat()
            desk.conversations.send(refused, "x")
            for number in range(1, RETRIES_BESIDE_OTHERS + 2):
                (await desk.call(number)).fail(RateLimitError())
                await desk.idle()
                desk.set_lanes(2)
                await asyncio.sleep(100)

            assert desk.last(refused).status is Status.FAILED
            assert len(desk.service.calls) == RETRIES_BESIDE_OTHERS + 2

    play(story)
