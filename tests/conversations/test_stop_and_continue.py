import pytest

from gigadesk.chat import Status, Usage
from gigadesk.conversations.prompts import continue_prompt
from gigadesk.errors import AnswerInterruptedError, NetworkError, QuotaError
from gigadesk.facts import BranchChanged, ChatChanged, MessageEnded, MessageGrew, ReplyQueued, ReplyStarted
from gigadesk.gigachat.events import Finished
from gigadesk.store import Store
from tests.conversations_support import Desk, play


def test_stop_keeps_the_partial_answer_and_closes_the_request():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("Hel", "lo")
            await desk.idle()
            assert desk.shown_text(desk.last(chat_id)) == "Hel"

            desk.conversations.stop(chat_id)
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.shown_text(desk.last(chat_id)) == "Hello"
            assert not call.is_open
            reply = desk.last(chat_id)
            assert (reply.text, reply.status, reply.error) == ("Hello", Status.STOPPED, None)
            assert desk.store.message(reply.id) == reply
            assert desk.crashes == []

    play(story)


def test_stop_right_after_send_asks_nothing_that_is_kept_open():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.send(chat_id, "x")
            desk.conversations.stop(chat_id)
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            assert desk.last(chat_id).status is Status.STOPPED
            assert desk.service.open_calls == []
            assert not desk.chat(chat_id).is_streaming

    play(story)


def test_stop_with_nothing_running_does_nothing():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.events.clear()

            desk.conversations.stop(chat_id)

            assert desk.events == []

    play(story)


def test_stop_after_the_finish_does_not_spoil_a_whole_answer():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("whole")
            call.give(Finished("stop"))
            await desk.idle()

            desk.conversations.stop(chat_id)
            await desk.until(lambda: desk.of(MessageEnded))

            assert (desk.last(chat_id).status, desk.last(chat_id).finish_reason) == (Status.DONE, "stop")

    play(story)


@pytest.mark.parametrize("ending", ["stopped", "interrupted", "length"])
def test_a_reply_that_ended_early_goes_on_in_the_same_message(ending):
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "вопрос")
            call.say("Нача")
            await desk.until(lambda: desk.of(MessageGrew))
            match ending:
                case "stopped":
                    desk.conversations.stop(chat_id)
                case "interrupted":
                    call.fail(AnswerInterruptedError())
                case _:
                    call.finish("length", usage=Usage(1, 2, 3))
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()
            reply = desk.last(chat_id)
            desk.events.clear()

            desk.conversations.continue_reply(reply.id)
            second = await desk.call(1)
            assert second.texts == ["вопрос", "Нача", continue_prompt("Нача")]
            assert desk.last(chat_id).status is Status.STREAMING
            assert desk.conversations.message(reply.id).text == "Нача"
            second.say("ло ")
            second.say("и конец")
            second.finish("stop", usage=Usage(10, 20, 30))
            await desk.until(lambda: desk.of(MessageEnded))

            whole = desk.last(chat_id)
            assert whole.id == reply.id
            assert (whole.text, whole.status, whole.error) == ("Начало и конец", Status.DONE, None)
            assert whole.usage == (Usage(11, 22, 33) if ending == "length" else Usage(10, 20, 30))
            assert reply.text + desk.shown_text(whole) == whole.text
            assert desk.store.message(reply.id) == whole
            assert desk.of(BranchChanged) == []
            assert [type(event) for event in desk.events if isinstance(event, ReplyStarted | MessageGrew)] == [
                ReplyStarted,
                MessageGrew,
                MessageGrew,
            ]

    play(story)


def test_a_continuation_that_fails_keeps_what_was_there():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            call.fail(AnswerInterruptedError())
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            desk.conversations.continue_reply(desk.last(chat_id).id)
            (await desk.call(1)).fail(NetworkError())
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)

            reply = desk.last(chat_id)
            assert (reply.text, reply.status, type(reply.error)) == ("half", Status.FAILED, NetworkError)

    play(story)


def test_a_continuation_waits_for_a_lane_like_any_reply():
    async def story() -> None:
        async with Desk() as desk:
            chat_id, other = desk.new_chat(), desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            call.fail(AnswerInterruptedError())
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()
            await desk.ask(other, "y")

            desk.conversations.continue_reply(desk.last(chat_id).id)

            assert desk.of(ReplyQueued)[-1].message_id == desk.last(chat_id).id
            assert desk.last(chat_id).status is Status.QUEUED
            assert desk.of(ChatChanged)[-1].chat.is_streaming
            desk.conversations.stop(chat_id)
            assert (desk.last(chat_id).text, desk.last(chat_id).status) == ("half", Status.STOPPED)

    play(story)


def test_a_continuation_uses_the_model_that_is_chosen_now():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            call.fail(QuotaError(status=402))
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()
            desk.conversations.choices.set_model(chat_id, "GigaChat-2-Max")

            desk.conversations.continue_reply(desk.last(chat_id).id)

            assert (await desk.call(1)).request.model == "GigaChat-2-Max"

    play(story)


def test_only_an_ended_reply_can_be_continued():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await desk.ask(chat_id, "x")
            question, reply = desk.conversations.messages(chat_id)

            desk.conversations.continue_reply(reply.id)
            desk.conversations.continue_reply(question.id)
            await desk.idle()

            assert len(desk.service.calls) == 1
            assert desk.store.message(question.id).status is Status.DONE

    play(story)


def test_an_answer_is_continued_after_a_crash(tmp_path):
    def leave_behind() -> None:
        store = Store.open(tmp_path / "chats.db")
        reply = store.add_exchange(store.add_chat("s", 1.0), "вопрос", 2.0, first_title="вопрос").reply
        store.append(reply.id, "Нача", is_barrier=False)
        store.close()

    async def story() -> None:
        async with Desk(Store.open(tmp_path / "chats.db")) as desk:
            [chat] = desk.conversations.chats()
            reply = desk.last(chat.id)
            assert (reply.text, reply.status, chat.is_streaming) == ("Нача", Status.STOPPED, False)

            desk.conversations.continue_reply(reply.id)
            (await desk.call(0)).answer("ло")
            await desk.until(lambda: desk.of(MessageEnded))

            assert (desk.last(chat.id).text, desk.last(chat.id).status) == ("Начало", Status.DONE)

    leave_behind()
    play(story)
