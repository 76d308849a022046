"""Files attached to what is being written: copied, sent, removed, tried again, taken along."""

import asyncio

import pytest

from gigadesk.chat import ChatFile, ChatId, FileKind, FileState, Status
from gigadesk.errors import (
    AnswerInterruptedError,
    AttachmentCause,
    AttachmentError,
    NetworkError,
    RateLimitError,
    RequestRejectedError,
)
from gigadesk.facts import DraftFilesChanged, FileProgress, MessageAdded, MessageEnded
from gigadesk.store import Store
from tests.conversations_support import PICTURE_PNG, Desk, play


async def attached(desk: Desk, chat_id: ChatId, source: bytes = b"words", name: str = "notes.txt") -> ChatFile:
    """The file once everything that can be done beforehand is done."""
    desk.conversations.files.attach(chat_id, source, name)
    await desk.idle()
    return desk.conversations.draft_files(chat_id)[-1]


def states(desk: Desk, chat_id: ChatId) -> list[FileState]:
    return [file.state for file in desk.conversations.draft_files(chat_id)]


def test_a_file_is_copied_and_sent_before_its_message_is():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            seen: list[list[FileState]] = []
            desk.listener = lambda event: (
                seen.append(states(desk, chat_id)) if isinstance(event, DraftFilesChanged) else None
            )

            file = await attached(desk, chat_id, "слова".encode(), "заметки.txt")

            assert seen == [[FileState.READING], [FileState.KEPT], [FileState.UPLOADING], [FileState.READY]]
            assert (file.name, file.kind, file.size_bytes, file.remote_id) == (
                "заметки.txt",
                FileKind.TEXT,
                10,
                "remote-1",
            )
            assert [(sent.content, sent.name, sent.mime) for sent in desk.service.uploads] == [
                ("слова".encode(), "заметки.txt", "text/plain")
            ]
            with open(desk.conversations.files.path(file), "rb") as kept:  # noqa: ASYNC230, PTH123  (five letters)
                assert kept.read() == "слова".encode()

    play(story)


def test_a_message_takes_its_files_along_by_their_ids():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await attached(desk, chat_id)

            call = await desk.ask(chat_id, "What does it say?")

            question = desk.of(MessageAdded)[0].message
            assert [file.name for file in question.files] == ["notes.txt"]
            assert question.files[0].message_id == question.id
            assert desk.conversations.draft_files(chat_id) == ()
            assert isinstance(desk.events[desk.events.index(desk.of(MessageAdded)[1]) + 1], DraftFilesChanged)
            assert [message.attachments for message in call.request.messages] == [("remote-1",)]
            assert len(desk.service.uploads) == 1
            call.answer("It says words.")
            await desk.idle()

            again = await desk.ask(chat_id, "And?")
            assert [message.attachments for message in again.request.messages] == [("remote-1",), (), ()]
            again.answer("x")
            await desk.idle()

    play(story)


def test_a_message_may_have_files_and_no_words():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.conversations.new_chat()
            await attached(desk, chat_id, PICTURE_PNG, "cat.png")

            call = await desk.ask(chat_id, "")

            assert (call.texts, call.request.messages[0].attachments) == (["cat.png"], ("remote-1",))
            assert desk.chat(chat_id).title == "cat.png"
            call.fail(AnswerInterruptedError())
            await desk.idle()

    play(story)


def test_a_reply_waits_for_the_upload_of_its_file():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            await attached(desk, chat_id)

            assert desk.conversations.send(chat_id, "Read it")
            await desk.idle()
            assert desk.service.calls == []
            assert desk.last(chat_id).status is Status.STREAMING

            desk.service.uploads[0].succeed("id-7")
            call = await desk.call(0)
            assert call.request.messages[0].attachments == ("id-7",)
            assert len(desk.service.uploads) == 1
            assert desk.conversations.messages(chat_id)[0].files[0].state is FileState.READY
            call.answer("x")
            await desk.idle()

    play(story)


def test_stopping_a_reply_breaks_its_upload_off_and_another_version_sends_it_anew():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            await attached(desk, chat_id)
            desk.conversations.send(chat_id, "Read it")
            await desk.idle()

            desk.conversations.stop(chat_id)
            await desk.idle()

            question, reply = desk.conversations.messages(chat_id)
            assert reply.status is Status.STOPPED
            assert question.files[0].state is FileState.KEPT
            assert not desk.service.uploads[0].is_open

            desk.conversations.regenerate(reply.id)
            await desk.until(lambda: len(desk.service.uploads) == 2)
            desk.service.uploads[1].succeed("id-2")
            call = await desk.call(0)
            assert call.request.messages[0].attachments == ("id-2",)
            call.answer("x")
            await desk.idle()

    play(story)


def test_a_service_out_of_reach_leaves_the_file_to_the_message():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            await attached(desk, chat_id)
            desk.service.uploads[0].fail(NetworkError("down"))
            await desk.idle()
            assert states(desk, chat_id) == [FileState.KEPT]

            assert desk.conversations.send(chat_id, "Read it")
            await desk.until(lambda: len(desk.service.uploads) == 2)
            error = NetworkError("still down")
            desk.service.uploads[1].fail(error)
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.of(MessageEnded)[0].message.error is error
            assert desk.service.calls == []

    play(story)


def test_a_file_that_the_service_refuses_has_failed_and_is_not_sent_along():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            file = await attached(desk, chat_id)
            error = RequestRejectedError("no such type", status=400)
            desk.service.uploads[0].fail(error)
            await desk.idle()
            [failed] = desk.conversations.draft_files(chat_id)
            assert (failed.state, str(failed.error)) == (FileState.FAILED, "no such type")
            desk.events.clear()

            assert not desk.conversations.send(chat_id, "Read it")
            assert desk.kinds() == [DraftFilesChanged]
            assert desk.conversations.draft(chat_id) == "Read it"

            desk.conversations.files.retry(file.id)
            await desk.idle()
            desk.service.uploads[1].succeed("id")
            await desk.idle()
            assert states(desk, chat_id) == [FileState.READY]

    play(story)


def test_a_service_with_no_room_is_asked_again():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            await attached(desk, chat_id)
            desk.service.uploads[0].fail(RateLimitError(retry_after_s=5))
            await asyncio.sleep(6)
            desk.service.uploads[1].succeed("id")
            await desk.idle()

            assert states(desk, chat_id) == [FileState.READY]

    play(story)


def test_what_cannot_be_read_has_failed_and_can_be_read_again(tmp_path):
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            source = tmp_path / "notes.txt"
            desk.conversations.files.attach(chat_id, source, "notes.txt")
            await desk.idle()
            [file] = desk.conversations.draft_files(chat_id)
            assert file.state is FileState.FAILED
            assert isinstance(file.error, AttachmentError)
            assert file.error.cause is AttachmentCause.NOT_A_FILE

            source.write_bytes(b"now there")
            desk.conversations.files.retry(file.id)
            await desk.idle()

            [file] = desk.conversations.draft_files(chat_id)
            assert (file.state, file.error) == (FileState.READY, None)

    play(story)


def test_a_removed_file_is_not_sent_and_its_upload_ends():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            file = await attached(desk, chat_id)

            desk.conversations.files.detach(file.id)
            await desk.idle()

            assert desk.conversations.draft_files(chat_id) == ()
            assert not desk.service.uploads[0].is_open
            desk.conversations.files.detach(file.id)
            desk.conversations.files.retry(file.id)
            call = await desk.ask(chat_id, "x")
            assert call.request.messages[0].attachments == ()
            call.answer("y")
            await desk.idle()

    play(story)


def test_a_file_of_a_message_cannot_be_taken_off_any_more():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            file = await attached(desk, chat_id)
            (await desk.ask(chat_id, "x")).answer("y")
            await desk.idle()

            desk.conversations.files.detach(file.id)

            assert desk.conversations.messages(chat_id)[0].files[0].id == file.id

    play(story)


def test_rules_are_checked_before_anything_is_stored():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_model(chat_id, "GigaChat-2-Max")
            for name in ("one.png", "two.png"):
                await attached(desk, chat_id, PICTURE_PNG + name.encode(), name)
            problem = desk.conversations.files.draft_problem(chat_id)
            assert problem is not None
            assert problem.cause is AttachmentCause.ONE_IMAGE

            assert not desk.conversations.send(chat_id, "Compare")
            assert desk.conversations.messages(chat_id) == ()

            desk.conversations.files.detach(desk.conversations.draft_files(chat_id)[1].id)
            assert desk.conversations.files.draft_problem(chat_id) is None
            desk.conversations.choices.set_model(chat_id, "GigaChat-2")
            problem = desk.conversations.files.draft_problem(chat_id)
            assert problem is not None
            assert problem.cause is AttachmentCause.MODEL_CANNOT

    play(story)


def test_the_way_of_the_bytes_is_told_now_and_then():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            file = await attached(desk, chat_id)
            tell = desk.service.uploads[0].on_progress

            for done in range(1001):
                tell(done, 1000)

            told = desk.of(FileProgress)
            assert told[0] == FileProgress(chat_id, file.id, 0, 1000)
            assert told[-1] == FileProgress(chat_id, file.id, 1000, 1000)
            assert len(told) < 20

    play(story)


def test_a_deleted_chat_stops_its_uploads_and_has_its_files_when_it_comes_back():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            await attached(desk, chat_id)

            desk.conversations.library.delete_chats([chat_id])
            await desk.idle()
            assert not desk.service.uploads[0].is_open

            desk.conversations.library.restore_chats([chat_id])
            assert states(desk, chat_id) == [FileState.KEPT]

    play(story)


def test_a_chat_with_a_file_in_its_draft_is_not_blank():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            first = desk.conversations.new_chat()
            await attached(desk, first)

            assert desk.conversations.new_chat() != first

    play(story)


@pytest.mark.parametrize("step", ["copied", "sent"])
def test_drafts_with_files_survive_a_restart(tmp_path, step):
    async def first() -> ChatId:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files", keeps_folder=True) as desk:
            desk.service.holds_transfers = step == "copied"
            chat_id = desk.new_chat()
            desk.conversations.save_draft(chat_id, "Look at")
            await attached(desk, chat_id)
            return chat_id

    async def second(chat_id: ChatId) -> None:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files") as desk:
            [file] = desk.conversations.draft_files(chat_id)
            assert file.state is (FileState.KEPT if step == "copied" else FileState.READY)
            assert desk.conversations.files.path(file)
            call = await desk.ask(chat_id, "Look at it")
            assert call.request.messages[0].attachments == ("remote-1",)
            assert len(desk.service.uploads) == (1 if step == "copied" else 0)
            call.answer("x")
            await desk.idle()

    async def story() -> None:
        await second(await first())

    play(story)


def holding_copies(desk: Desk) -> asyncio.Event:
    """Let copying wait for the event that is returned."""
    loop = asyncio.get_running_loop()
    may_go_on = asyncio.Event()
    run_at_once = loop.run_in_executor

    def run_later(executor, func, *args):
        async def run():
            await may_go_on.wait()
            return await run_at_once(executor, func, *args)

        return loop.create_task(run())

    loop.run_in_executor = run_later  # type: ignore[method-assign]
    return may_go_on


def test_a_message_may_be_sent_while_its_file_is_still_copied():
    async def story() -> None:
        async with Desk() as desk:
            may_go_on = holding_copies(desk)
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            assert desk.conversations.send(chat_id, "Read it")
            await desk.idle()
            assert desk.conversations.messages(chat_id)[0].files[0].state is FileState.READING
            assert desk.service.calls == []

            may_go_on.set()
            call = await desk.call(0)

            assert call.request.messages[0].attachments == ("remote-1",)
            call.answer("x")
            await desk.idle()

    play(story)


def test_a_message_whose_file_turns_out_to_be_no_file_fails(tmp_path):
    async def story() -> None:
        async with Desk() as desk:
            may_go_on = holding_copies(desk)
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, tmp_path, "folder.txt")
            desk.conversations.send(chat_id, "Read it")
            await desk.idle()
            may_go_on.set()
            await desk.until(lambda: desk.of(MessageEnded))

            error = desk.of(MessageEnded)[0].message.error
            assert isinstance(error, AttachmentError)
            assert error.cause is AttachmentCause.NOT_A_FILE
            assert desk.service.calls == []

    play(story)


def test_stopping_a_reply_does_not_break_off_the_copying():
    async def story() -> None:
        async with Desk() as desk:
            may_go_on = holding_copies(desk)
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            desk.conversations.send(chat_id, "Read it")
            await desk.idle()
            desk.conversations.stop(chat_id)
            await desk.idle()
            assert desk.last(chat_id).status is Status.STOPPED
            may_go_on.set()
            await desk.idle()

            assert desk.conversations.messages(chat_id)[0].files[0].digest

    play(story)


def test_a_file_that_is_removed_while_it_is_copied_goes_nowhere():
    async def story() -> None:
        async with Desk() as desk:
            may_go_on = holding_copies(desk)
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            desk.conversations.files.detach(desk.conversations.draft_files(chat_id)[0].id)
            may_go_on.set()
            await desk.idle()

            assert desk.service.uploads == []

    play(story)


def test_a_file_of_a_deleted_chat_is_copied_but_not_sent():
    async def story() -> None:
        async with Desk() as desk:
            may_go_on = holding_copies(desk)
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            desk.conversations.library.delete_chats([chat_id])
            may_go_on.set()
            await desk.idle()
            assert desk.service.uploads == []

            desk.conversations.library.restore_chats([chat_id])
            assert states(desk, chat_id) == [FileState.KEPT]

    play(story)


def test_a_service_that_has_never_room_fails_the_message():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            await attached(desk, chat_id)
            for number in range(4):
                desk.service.uploads[number].fail(RateLimitError())
                await asyncio.sleep(60)

            assert states(desk, chat_id) == [FileState.KEPT]
            assert len(desk.service.uploads) == 4

    play(story)


def test_nothing_is_tried_again_with_nothing_to_try_it_with(tmp_path):
    async def first() -> ChatId:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files", keeps_folder=True) as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, tmp_path / "absent.txt", "absent.txt")
            await desk.idle()
            return chat_id

    async def second(chat_id: ChatId) -> None:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files") as desk:
            [file] = desk.conversations.draft_files(chat_id)
            desk.conversations.files.retry(file.id)
            await desk.idle()
            assert states(desk, chat_id) == [FileState.FAILED]
            assert desk.conversations.files.path(file) == ""

    async def story() -> None:
        await second(await first())

    play(story)
