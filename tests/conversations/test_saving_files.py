"""The disk refuses while files, sources and thoughts come: nothing is lost, and it is told."""

import asyncio

import pytest

from gigadesk.chat import FileState, Source
from gigadesk.facts import DraftFilesChanged, MessageEnded, SavingFailed, SavingResumed
from gigadesk.gigachat.events import FileReady, ReasoningDelta, SourcesFound
from tests.conversations_support import FULL, Desk, play


def test_a_file_that_cannot_be_noted_is_not_attached():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.events.clear()
            with desk.refusing():
                desk.conversations.files.attach(chat_id, b"words", "notes.txt")
                await desk.idle()

                assert desk.events == [SavingFailed(FULL)]
            assert desk.conversations.draft_files(chat_id) == ()
            assert desk.service.uploads == []

    play(story)


def test_what_became_of_a_file_meanwhile_is_known_and_noted_later():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            with desk.refusing():
                desk.service.uploads[0].succeed("id-1")
                await desk.idle()
                [file] = desk.conversations.draft_files(chat_id)
                assert (file.state, file.remote_id) == (FileState.READY, "id-1")
                assert desk.store.draft_files(chat_id)[0].state is FileState.UPLOADING
                assert len(desk.of(SavingFailed)) == 1
            await asyncio.sleep(2)

            assert desk.of(SavingResumed)
            assert desk.store.draft_files(chat_id) == (file,)

    play(story)


def test_a_message_that_cannot_be_stored_keeps_its_files_in_the_draft():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            with desk.refusing():
                assert not desk.conversations.send(chat_id, "x")
                assert len(desk.conversations.draft_files(chat_id)) == 1
                assert desk.conversations.draft(chat_id) == "x"
            await asyncio.sleep(2)

            (await desk.ask(chat_id, "x")).answer("y")
            await desk.idle()
            assert len(desk.conversations.messages(chat_id)[0].files) == 1

    play(story)


def test_a_file_that_cannot_be_removed_stays():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            [file] = desk.conversations.draft_files(chat_id)
            desk.events.clear()
            with desk.refusing():
                desk.conversations.files.detach(file.id)
                assert desk.events == [SavingFailed(FULL)]

            assert desk.conversations.draft_files(chat_id) == (file,)

    play(story)


@pytest.mark.parametrize("ends_before", [True, False])
def test_thoughts_and_sources_wait_for_the_disk(ends_before):
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            with desk.refusing():
                call.give(ReasoningDelta("Hm. "))
                call.give(SourcesFound((Source(1, "https://a.example"),)))
                call.say("So.")
                await desk.idle()
                if ends_before:
                    call.finish()
                    await desk.until(lambda: desk.of(MessageEnded))
                shown = desk.last(chat_id)
                assert (shown.reasoning, shown.text, len(shown.sources)) == ("Hm. ", "So.", 1)
            await asyncio.sleep(2)
            if not ends_before:
                assert desk.store._database.rows("SELECT kind, text FROM journal ORDER BY kind") == [
                    ("reasoning", "Hm. "),
                    ("text", "So."),
                ]
                call.finish()
                await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            stored = desk.store.message(shown.id)
            assert (stored.reasoning, stored.text, stored.sources) == ("Hm. ", "So.", shown.sources)

    play(story)


def test_a_choice_that_cannot_be_stored_changes_nothing():
    async def story() -> None:
        async with Desk() as desk:
            desk.services.open("work")
            chat_id = desk.new_chat()
            before = desk.chat(chat_id)
            desk.events.clear()
            with desk.refusing():
                desk.conversations.choices.set_tools(chat_id, tuple(before.tools))
                desk.conversations.choices.set_effort(chat_id, None)
                desk.conversations.choices.set_account(chat_id, "work")
                desk.conversations.library.delete_chats([chat_id])

            assert desk.of(SavingFailed) == [SavingFailed(FULL)] * 4
            assert desk.chat(chat_id) == before
            await desk.idle()

    play(story)


def test_the_end_of_the_program_waits_for_no_transfer():
    async def story() -> None:
        loop = asyncio.get_running_loop()
        async with Desk() as desk:
            desk.service.holds_transfers = True
            writing, sent = desk.new_chat(), desk.new_chat()
            for chat_id in (writing, sent):
                desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            desk.conversations.send(sent, "x")
            await desk.idle()
            before = loop.time()

            await desk.conversations.close()

            assert loop.time() - before < 1
            assert not any(upload.is_open for upload in desk.service.uploads)
            files = [*desk.store.draft_files(writing), *desk.store.branch(desk.chat(sent).leaf_id)[0].files]
            assert [file.state for file in files] == [FileState.KEPT, FileState.KEPT]
            assert desk.of(DraftFilesChanged)

    play(story)


def test_a_disk_that_refuses_new_pictures_twice_is_told_once():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw two")
            with desk.refusing():
                call.give(FileReady("one"))
                call.give(FileReady("two"))
                call.give(SourcesFound((Source(1, "https://a.example"),)))
                await desk.idle()
                assert len(desk.of(SavingFailed)) == 1
            call.answer("x")
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            assert [file.remote_id for file in desk.store.message(desk.last(chat_id).id).files] == ["one", "two"]

    play(story)


def test_a_file_whose_news_wait_for_the_disk_goes_with_its_message():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            update_file = desk.store.update_file

            def refuse(_):
                raise FULL

            desk.store.update_file = refuse
            desk.service.uploads[0].succeed("id-1")
            await desk.idle()
            call = await desk.ask(chat_id, "x")

            question = desk.conversations.messages(chat_id)[0]
            assert [(file.message_id, file.remote_id) for file in question.files] == [(question.id, "id-1")]
            assert call.request.messages[0].attachments == ("id-1",)
            desk.store.update_file = update_file
            call.answer("y")
            await desk.idle()
            assert desk.store.message(question.id).files == question.files

    play(story)
