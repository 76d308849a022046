from gigadesk.chat import Role, Status, Usage
from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerError,
    CertificateError,
    KeyRejectedError,
    MissingAuthError,
    ModelUnavailableError,
    NetworkError,
    ServerFailedError,
)
from gigadesk.facts import (
    ChatAdded,
    ChatChanged,
    Connection,
    ConnectionChanged,
    MessageAdded,
    MessageEnded,
    MessageGrew,
    ModelsChanged,
    QueueChanged,
    ReplyStarted,
)
from gigadesk.gigachat.events import FileReady, FunctionCall, Model, ReasoningDelta, ToolProgress
from gigadesk.settings import Generation
from tests.conversations_support import Desk, play


def test_a_message_is_answered_piece_by_piece():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.events.clear()
            call = await desk.ask(chat_id, "Привет")
            call.say("Здрав", "ствуйте")
            call.finish(usage=Usage(1, 2, 3))
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            assert [kind for kind in desk.kinds() if kind not in (ConnectionChanged, ModelsChanged)] == [
                MessageAdded,
                MessageAdded,
                ChatChanged,
                QueueChanged,
                ReplyStarted,
                MessageGrew,
                MessageGrew,
                MessageEnded,
                ChatChanged,
                QueueChanged,
            ]
            question, reply = desk.conversations.messages(chat_id)
            assert (question.role, question.text, question.status) == (Role.USER, "Привет", Status.DONE)
            assert (reply.text, reply.status, reply.finish_reason) == ("Здравствуйте", Status.DONE, "stop")
            assert (reply.model, reply.usage, reply.error) == ("GigaChat-2", Usage(1, 2, 3), None)
            assert desk.of(MessageEnded)[0].message == reply == desk.store.message(reply.id)
            assert call.texts == ["Привет"]
            assert call.request.session_id == desk.chat(chat_id).session_id != ""

    play(story)


def test_what_is_published_is_on_the_disk_before():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            seen = []

            def listen(event: object) -> None:
                if isinstance(event, MessageGrew):
                    rows = desk.store._database.rows("SELECT text FROM journal ORDER BY id")
                    seen.append("".join(row[0] for row in rows))
                if isinstance(event, MessageAdded | MessageEnded):
                    assert desk.store.message(event.message.id) == event.message
                    assert desk.conversations.message(event.message.id) == event.message
                if isinstance(event, ReplyStarted):
                    assert desk.conversations.message(event.message_id).status is Status.STREAMING

            desk.listener = listen
            call = await desk.ask(chat_id, "x")
            for text in ("a", "b", "c"):
                call.say(text)
                await desk.gathered()
            call.answer("d")
            await desk.until(lambda: not desk.chat(chat_id).is_streaming)

            assert seen == ["a", "ab", "abc", "abcd"]

    play(story)


def test_whoever_reads_again_at_the_end_finds_the_end():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            read = []

            def listen(event: object) -> None:
                if isinstance(event, MessageEnded):
                    read.append((desk.last(chat_id), desk.chat(chat_id).is_streaming))

            desk.listener = listen
            call = await desk.ask(chat_id, "x")
            call.say("a")
            await desk.until(lambda: desk.of(MessageGrew))
            desk.conversations.stop(chat_id)
            await desk.until(lambda: desk.of(MessageEnded))

            assert read == [(desk.of(MessageEnded)[0].message, False)]

    play(story)


def test_blank_messages_are_not_sent():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()

            assert not desk.conversations.send(chat_id, " \n\t")

            assert desk.of(MessageAdded) == []

    play(story)


def test_foreign_characters_are_cleaned_on_the_way_in_and_out():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "a\x00b\ud800\r\nc")
            call.answer("x\r", "\ny\ud83e", "\udd89", "z\r")
            await desk.until(lambda: desk.of(MessageEnded))

            assert call.texts == ["a\ufffdb\ufffd\nc"]
            assert desk.last(chat_id).text == desk.shown_text(desk.last(chat_id)) == "x\ny🦉z\n"

    play(story)


def test_what_is_no_text_adds_nothing():
    async def story() -> None:
        async with Desk() as desk:
            call = await desk.ask(desk.new_chat(), "x")
            for event in (ReasoningDelta("hm"), ToolProgress("t", "…"), FileReady("f"), FunctionCall("f", {})):
                call.give(event)
            call.answer("y")
            await desk.until(lambda: desk.of(MessageEnded))

            assert [event.delta for event in desk.of(MessageGrew)] == ["y"]

    play(story)


def test_the_settings_reach_the_request():
    async def story() -> None:
        generation = Generation(
            model="M", temperature=0.5, top_p=0.9, max_tokens=7, repetition_penalty=1.1, system_prompt="S"
        )
        async with Desk(generation=generation) as desk:
            chat_id = desk.new_chat()
            request = (await desk.ask(chat_id, "x")).request

            assert (request.model, request.temperature, request.top_p) == ("M", 0.5, 0.9)
            assert (request.max_tokens, request.repetition_penalty, request.update_interval_s) == (7, 1.1, 0.0)
            assert request.messages[0].role is Role.SYSTEM
            desk.service.calls[0].answer("y")
            await desk.until(lambda: desk.of(MessageEnded))
            desk.conversations.use_generation(Generation(model="N", update_interval_s=0.2))
            request = (await desk.ask(chat_id, "x")).request
            assert (request.model, request.temperature, request.update_interval_s) == ("N", None, 0.2)

    play(story)


def test_the_model_of_the_chat_wins_over_the_settings():
    async def story() -> None:
        async with Desk(generation=Generation(model="settings")) as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_model(chat_id, "chat")
            assert desk.of(ChatChanged)[-1].chat.model == "chat"

            assert (await desk.ask(chat_id, "x")).request.model == "chat"
            assert desk.service.lists_asked == 0

    play(story)


def test_without_a_choice_the_first_chat_model_is_asked_for():
    async def story() -> None:
        async with Desk(lanes=2) as desk:
            desk.service.listed = (Model("E", "embedder"), Model("First"), Model("Second"))

            assert (await desk.ask(desk.new_chat(), "x")).request.model == "First"
            assert (await desk.ask(desk.new_chat(), "x")).request.model == "First"
            assert desk.service.lists_asked == 1
            assert desk.of(ModelsChanged) == [ModelsChanged(("First", "Second"))]

    play(story)


def test_a_service_without_a_list_of_models_is_still_asked():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.listed = ModelUnavailableError("no such thing", status=404)

            assert (await desk.ask(desk.new_chat(), "x")).request.model == "GigaChat-2"

    play(story)


def test_a_failure_that_would_befall_the_reply_too_ends_it_at_once():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.listed = error = MissingAuthError()
            chat_id = desk.new_chat()
            desk.conversations.send(chat_id, "x")
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.service.calls == []
            assert desk.of(MessageEnded)[0].message.error is error
            assert desk.of(ConnectionChanged)[-1] == ConnectionChanged(Connection.UNKNOWN, error)

    play(story)


def test_failure_keeps_the_text_already_received():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("Hel", "lo")
            error = AnswerInterruptedError("connection lost")
            call.fail(error)
            await desk.until(lambda: desk.of(MessageEnded))

            reply = desk.of(MessageEnded)[0].message
            assert (reply.text, reply.status, reply.error) == ("Hello", Status.FAILED, error)
            stored = desk.store.message(reply.id)
            assert (stored.text, stored.status, type(stored.error)) == ("Hello", Status.FAILED, AnswerInterruptedError)

    play(story)


def test_a_clean_end_without_a_finish_is_an_interruption():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            call.cut()
            await desk.until(lambda: desk.of(MessageEnded))

            reply = desk.last(chat_id)
            assert (reply.text, reply.status) == ("half", Status.FAILED)
            assert isinstance(reply.error, AnswerInterruptedError)

    play(story)


def test_an_exception_nobody_thought_of_leaves_the_truth_behind():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            call.fail(ZeroDivisionError())
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            assert (desk.last(chat_id).text, desk.last(chat_id).status) == ("half", Status.FAILED)
            assert [type(error) for _, error in desk.crashes] == [ZeroDivisionError]
            desk.crashes.clear()
            (await desk.ask(chat_id, "y")).answer("the lane is free again")

    play(story)


def test_the_connection_is_told():
    async def story() -> None:
        async with Desk(generation=Generation(model="m")) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("y")
            await desk.until(lambda: desk.of(MessageGrew))
            gone = AnswerInterruptedError()
            call.fail(gone)
            await desk.until(lambda: desk.of(MessageEnded))
            told = [(event.connection, event.error) for event in desk.of(ConnectionChanged)]
            assert told == [(Connection.CONNECTING, None), (Connection.ONLINE, None), (Connection.ONLINE, gone)]

            for error, connection in (
                (NetworkError(), Connection.OFFLINE),
                (CertificateError(), Connection.OFFLINE),
                (BrokenAnswerError(), Connection.OFFLINE),
                (ServerFailedError(status=500), Connection.ONLINE),
                (KeyRejectedError(status=401), Connection.ONLINE),
            ):
                ended = len(desk.of(MessageEnded))
                (await desk.ask(chat_id, "x")).fail(error)
                await desk.until(lambda ended=ended: len(desk.of(MessageEnded)) > ended)
                await desk.idle()
                assert desk.of(ConnectionChanged)[-1] == ConnectionChanged(connection, error)

    play(story)


def test_models_are_refreshed_in_the_background():
    async def story() -> None:
        async with Desk() as desk:
            desk.conversations.refresh_models()
            await desk.until(lambda: desk.of(ModelsChanged))
            assert desk.of(ModelsChanged) == [ModelsChanged(("GigaChat-2", "GigaChat-2-Max"))]

            desk.service.listed = error = KeyRejectedError(status=401)
            desk.conversations.refresh_models()
            await desk.until(lambda: desk.of(ConnectionChanged)[-1].error is error)

    play(story)


def test_another_service_is_asked_from_the_next_request_on():
    async def story() -> None:
        async with Desk(lanes=2) as desk:
            first = await desk.ask(desk.new_chat(), "x")
            old, new = desk.service, type(desk.service)("Other")
            desk.services.by_id[""] = new
            desk.conversations.accounts_changed()
            second = await desk.ask(desk.new_chat(), "y")

            assert second.request.model == "Other"
            assert len(old.calls) == 1
            first.answer("a")
            second.answer("b")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            assert {event.message.status for event in desk.of(MessageEnded)} == {Status.DONE}

    play(story)


# Chats


def test_a_blank_chat_is_used_again():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            conversations = desk.conversations
            first = conversations.new_chat()
            assert conversations.new_chat() == first
            assert [type(event) for event in desk.events] == [ChatAdded, ChatChanged]

            conversations.save_draft(first, "typing")
            second = conversations.new_chat()

            assert second != first
            assert [chat.id for chat in conversations.chats()] == [second, first]

    play(story)


def test_a_reply_that_ends_out_of_sight_marks_its_chat_unread():
    async def story() -> None:
        async with Desk() as desk:
            seen, unseen = desk.new_chat(), desk.new_chat()
            desk.conversations.set_shown(seen)
            await desk.exchange(seen, "x", "y")
            await desk.exchange(unseen, "x", "y")
            assert [desk.chat(chat_id).is_unread for chat_id in (seen, unseen)] == [False, True]
            assert desk.of(ChatChanged)[-1].chat.is_unread

            desk.conversations.set_shown(unseen)

            assert not desk.chat(unseen).is_unread
            assert not desk.of(ChatChanged)[-1].chat.is_unread

    play(story)


def test_a_chat_says_whether_it_is_being_answered():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            assert desk.chat(chat_id).is_streaming
            assert [chat.is_streaming for chat in desk.conversations.chats()] == [True]
            assert desk.of(ChatChanged)[-1].chat.is_streaming

            call.answer("y")
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            assert not desk.chat(chat_id).is_streaming
            assert not desk.of(ChatChanged)[-1].chat.is_streaming

    play(story)


def test_drafts_are_kept_until_sent():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.save_draft(chat_id, "дра\x00фт")
            assert desk.conversations.draft(chat_id) == "дра\ufffdфт"

            await desk.ask(chat_id, "x")

            assert desk.conversations.draft(chat_id) == ""

    play(story)


def test_deleting_a_chat_stops_its_replies_and_can_be_undone():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            await desk.until(lambda: desk.of(MessageGrew))
            desk.conversations.send(chat_id, "waits")

            desk.conversations.library.delete_chats([chat_id])
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            assert desk.conversations.chats() == ()
            assert not call.is_open

            desk.conversations.library.restore_chats([chat_id])
            assert desk.of(ChatAdded)[-1].chat.id == chat_id
            assert desk.texts(chat_id) == ["x", "half", "waits", ""]

    play(story)


def test_closing_stops_everything_and_keeps_the_text():
    async def story() -> None:
        desk = Desk()
        chat_id, other = desk.new_chat(), desk.new_chat()
        call = await desk.ask(chat_id, "x")
        call.say("half")
        await desk.until(lambda: desk.of(MessageGrew))
        desk.conversations.send(other, "waits")

        await desk.conversations.close()

        assert not call.is_open
        assert [(desk.last(c).text, desk.last(c).status) for c in (chat_id, other)] == [
            ("half", Status.STOPPED),
            ("", Status.STOPPED),
        ]
        assert [chat.is_unread for chat in desk.conversations.chats()] == [False, False]
        assert desk.store._database.rows("SELECT * FROM journal") == []
        assert len(desk.service.calls) == 1
        desk.store.close()

    play(story)


def test_a_blank_name_is_no_name():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            title = desk.chat(chat_id).title
            desk.events.clear()
            desk.conversations.rename(chat_id, " \n ")

            assert desk.events == []
            assert desk.chat(chat_id).title == title

    play(story)
