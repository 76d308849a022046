"""Files in the history: which go along, and what happens when the service has forgotten them."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState, Message, MessageId, Role, Status
from gigadesk.conversations.history_files import files_to_send
from gigadesk.errors import AttachmentCause, AttachmentError, FileGoneError
from gigadesk.facts import MessageEnded
from gigadesk.limits import REQUEST_MEDIA_MAX_BYTES
from tests.conversations_support import PICTURE_PNG, Call, Desk, play

KINDS = {"i": FileKind.IMAGE, "t": FileKind.TEXT, "a": FileKind.AUDIO}
MODEL = "GigaChat-2-Max"


def question(number: int, files: str, size_bytes: int = 1) -> Message:
    """A question with a file for each letter; their ids are its number times ten and their places."""
    attached = tuple(
        ChatFile(FileId(number * 10 + place), ChatId(1), "f", KINDS[letter], "", size_bytes, FileState.READY)
        for place, letter in enumerate(files)
    )
    return Message(MessageId(number), ChatId(1), None, Role.USER, "q", Status.DONE, 0.0, files=attached)


def answer(number: int) -> Message:
    return Message(MessageId(number), ChatId(1), None, Role.ASSISTANT, "a", Status.DONE, 0.0)


def chosen(messages: list[Message], model: str = MODEL) -> list[int]:
    return [file.id for file in files_to_send(messages, model, lambda _: True)]


def test_the_newest_document_goes_along():
    assert chosen([question(1, "t"), answer(2), question(3, "t"), answer(4), question(5, "")]) == [30]


def test_of_many_pictures_the_newest_ten_go_along():
    messages = [each for number in range(1, 30, 2) for each in (question(number, "i"), answer(number + 1))]

    assert chosen(messages) == [number * 10 for number in range(29, 9, -2)]


def test_of_questions_that_are_sent_as_one_only_the_last_picture_goes_along():
    assert chosen([question(1, "i"), question(2, "i"), answer(3), question(4, "")]) == [20]


def test_pictures_and_sound_have_one_limit_and_documents_do_not_count():
    half = REQUEST_MEDIA_MAX_BYTES // 2
    messages = [
        question(1, "i", half),
        answer(2),
        question(3, "t", half),
        answer(4),
        question(5, "a", half),
        answer(6),
        question(7, "i", 1),
    ]

    assert chosen(messages) == [70, 50, 30]


def test_what_the_model_cannot_read_is_left_out_of_the_past_but_not_out_of_the_question():
    assert chosen([question(1, "i"), answer(2), question(3, "a")], "GigaChat-2") == [30]


@given(st.lists(st.text("ita", max_size=3), min_size=1, max_size=30))
def test_the_limits_hold_for_whatever_was_attached_before(attached):
    messages = [each for number, files in enumerate(attached) for each in (question(number + 1, files), answer(0))]
    messages.append(question(99, ""))

    files = files_to_send(messages, MODEL, lambda _: True)

    kinds = [file.kind for file in files]
    assert kinds.count(FileKind.IMAGE) <= 10
    assert kinds.count(FileKind.TEXT) <= 1
    assert len({file.id // 10 for file in files if file.kind is FileKind.IMAGE}) == kinds.count(FileKind.IMAGE)


async def asked_with(desk: Desk, chat_id: ChatId, content: bytes, name: str) -> Call:
    desk.conversations.files.attach(chat_id, content, name)
    await desk.idle()
    return await desk.ask(chat_id, f"about {name}")


def attachments(call: Call) -> list[tuple[str, ...]]:
    return [message.attachments for message in call.request.messages if message.role is Role.USER]


def test_a_file_that_the_service_forgot_is_sent_again_once():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_model(chat_id, MODEL)
            (await asked_with(desk, chat_id, PICTURE_PNG + b"1", "one.png")).answer("x")
            await desk.idle()
            first = await asked_with(desk, chat_id, PICTURE_PNG + b"2", "two.png")
            assert attachments(first) == [("remote-1",), ("remote-2",)]

            first.fail(FileGoneError("Access to file 'remote-1' is denied", status=403))
            second = await desk.call(2)

            assert attachments(second) == [("remote-3",), ("remote-2",)]
            assert desk.service.uploads[-1].content == PICTURE_PNG + b"1"
            error = FileGoneError("No such file", status=404)
            second.fail(error)
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            assert desk.of(MessageEnded)[-1].message.error is error
            assert len(desk.service.calls) == 3

    play(story)


def test_when_it_does_not_say_which_file_is_gone_all_are_sent_again():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await asked_with(desk, chat_id, b"words", "notes.txt")
            call.fail(FileGoneError("No such file", status=404))

            assert attachments(await desk.call(1)) == [("remote-2",)]
            desk.service.calls[1].answer("x")
            await desk.idle()

    play(story)


def test_a_file_that_is_gone_after_words_were_shown_is_not_asked_for_again():
    async def story() -> None:
        async with Desk() as desk:
            call = await asked_with(desk, desk.new_chat(), b"words", "notes.txt")
            call.say("It ")
            call.fail(FileGoneError())
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.of(MessageEnded)[0].message.text == "It "
            assert len(desk.service.calls) == 1

    play(story)


@pytest.mark.parametrize("is_last", [True, False], ids=["of the question", "of an earlier one"])
def test_a_file_that_is_lost_on_the_disk_too(is_last):
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await asked_with(desk, chat_id, b"words", "notes.txt")
            if not is_last:
                call.answer("x")
                await desk.idle()
                call = await desk.ask(chat_id, "And now?")
            [file] = desk.conversations.messages(chat_id)[0].files
            desk.shelf.path(file.digest).unlink()
            call.fail(FileGoneError("No such file"))

            if is_last:
                await desk.until(lambda: desk.of(MessageEnded))
                error = desk.of(MessageEnded)[0].message.error
                assert isinstance(error, AttachmentError)
                assert (error.cause, error.name) == (AttachmentCause.LOST, "notes.txt")
            else:
                again = await desk.call(2)
                assert attachments(again) == [(), ()]
                again.answer("y")
                await desk.idle()

    play(story)


def test_another_account_gets_the_file_too():
    async def story() -> None:
        async with Desk() as desk:
            work = desk.services.open("work")
            chat_id = desk.new_chat()
            call = await asked_with(desk, chat_id, b"words", "notes.txt")
            call.say("x")
            call.finish(state_id="s-1")
            await desk.idle()
            desk.conversations.choices.set_account(chat_id, "work")
            desk.conversations.send(chat_id, "Again")
            await desk.until(lambda: work.calls)

            assert attachments(work.calls[0]) == [("remote-1",), ()]
            # What the first account's service noted means nothing to the second one.
            assert [message.state_id for message in work.calls[0].request.messages] == ["", "", ""]
            assert [sent.content for sent in work.uploads] == [b"words"]
            assert len(desk.service.uploads) == 1
            work.calls[0].answer("y")
            await desk.idle()

    play(story)
