from gigadesk.chat import Status
from gigadesk.facts import BranchChanged, MessageAdded, MessageEnded, MessageGrew
from tests.conversations_support import Desk, play


def test_regenerating_makes_a_sibling_and_shows_it():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "x", "one")
            desk.events.clear()

            desk.conversations.regenerate(first.id)
            call = await desk.call(1)
            assert call.texts == ["x"]
            call.answer("two")
            await desk.until(lambda: desk.of(MessageEnded))

            second = desk.last(chat_id)
            assert desk.texts(chat_id) == ["x", "two"]
            assert desk.conversations.siblings(second.id) == (first.id, second.id)
            assert desk.conversations.outline(chat_id).versions[first.id] == (first.id, second.id)
            assert desk.events[0] == BranchChanged(chat_id)
            assert desk.of(MessageAdded) == []

    play(story)


def test_the_new_version_is_there_when_the_branch_changes():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "x", "one")
            seen = []

            def listen(event: object) -> None:
                if isinstance(event, BranchChanged):
                    seen.append(desk.last(chat_id))

            desk.listener = listen
            desk.conversations.regenerate(first.id)

            [reply] = seen
            assert (reply.text, reply.status, reply.parent_id) == ("", Status.QUEUED, first.parent_id)

    play(story)


def test_another_model_is_asked_for_this_version_only():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "x", "one")

            desk.conversations.regenerate(first.id, "GigaChat-2-Max")
            call = await desk.call(1)
            assert call.request.model == "GigaChat-2-Max"
            call.answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            await desk.idle()

            assert desk.last(chat_id).model == "GigaChat-2-Max"
            assert (await desk.ask(chat_id, "y")).request.model == "GigaChat-2"

    play(story)


def test_regenerating_a_running_reply_stops_it_first():
    async def story() -> None:
        async with Desk(lanes=5) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            await desk.until(lambda: desk.of(MessageGrew))
            first = desk.last(chat_id)

            desk.conversations.regenerate(first.id)
            (await desk.call(1)).answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)

            assert not call.is_open
            assert desk.conversations.message(first.id).status is Status.STOPPED
            assert desk.conversations.message(first.id).text == "half"
            assert desk.texts(chat_id) == ["x", "two"]

    play(story)


def test_a_question_can_be_answered_anew():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "x", "one")

            desk.conversations.regenerate(first.parent_id)
            (await desk.call(1)).answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)

            assert desk.conversations.siblings(first.id) == (first.id, desk.last(chat_id).id)

    play(story)


def test_a_branch_is_shown_down_to_its_end():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "x", "one")
            await desk.exchange(chat_id, "y", "deep")
            desk.conversations.regenerate(first.id)
            (await desk.call(2)).answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 3)
            assert desk.texts(chat_id) == ["x", "two"]
            desk.events.clear()

            desk.conversations.show_branch(first.id)

            assert desk.texts(chat_id) == ["x", "one", "y", "deep"]
            assert desk.events == [BranchChanged(chat_id)]

    play(story)


def test_a_reply_goes_on_while_another_branch_is_shown():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "x", "one")
            desk.conversations.regenerate(first.id)
            call = await desk.call(1)
            second = desk.last(chat_id)

            desk.conversations.show_branch(first.id)
            call.answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)

            assert desk.texts(chat_id) == ["x", "one"]
            desk.conversations.show_branch(second.id)
            assert desk.texts(chat_id) == ["x", "two"]

    play(story)


def test_the_next_message_goes_below_the_shown_branch():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "x", "one")
            desk.conversations.regenerate(first.id)
            (await desk.call(1)).answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            desk.conversations.show_branch(first.id)

            assert (await desk.ask(chat_id, "y")).texts == ["x", "one", "y"]

    play(story)
