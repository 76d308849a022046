"""Files that the model makes: fetched once, kept, shown with their message."""

import asyncio

from gigadesk.chat import ChatId, FileKind, FileState
from gigadesk.conversations.file_desk import START_DELAY_S
from gigadesk.errors import NetworkError, StorageCause, StorageError
from gigadesk.facts import FileProgress, MessageChanged, MessageEnded, SavingFailed, SavingResumed
from gigadesk.gigachat.events import FileReady
from gigadesk.store import Store
from tests.conversations_support import PICTURE, Desk, play

TAG = '<img src="59af540e-321d" fuse="true"/>'


def test_a_picture_is_fetched_while_the_answer_goes_on():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw a cat")
            call.say(TAG)
            call.give(FileReady("59af540e-321d"))
            call.give(FileReady("59af540e-321d"))
            await desk.idle()

            [file] = desk.last(chat_id).files
            assert (file.state, file.kind, file.mime, file.is_generated) == (
                FileState.READY,
                FileKind.IMAGE,
                "image/jpeg",
                True,
            )
            assert (file.name, file.size_bytes) == ("image-59af540e.jpg", len(PICTURE))
            assert desk.conversations.files.path(file)
            told = [event.message.files[0].state for event in desk.of(MessageChanged)]
            assert told == [FileState.LOADING, FileState.READY]

            call.answer(" Here it is.")
            await desk.until(lambda: desk.of(MessageEnded))
            ended = desk.of(MessageEnded)[0].message
            assert ended.files == (file,)
            assert ended.text == f"{TAG} Here it is."
            assert desk.store.message(ended.id) == ended
            assert len(desk.service.downloads) == 1
            await desk.idle()

    play(story)


def test_the_tag_of_a_picture_goes_back_with_the_history_and_the_picture_does_not():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw a cat")
            call.say(TAG)
            call.give(FileReady("59af540e-321d"))
            call.finish(state_id="state-1")
            await desk.idle()

            again = await desk.ask(chat_id, "Now a dog")

            assert again.texts == ["Draw a cat", TAG, "Now a dog"]
            assert [message.attachments for message in again.request.messages] == [(), (), ()]
            assert [message.state_id for message in again.request.messages] == ["", "state-1", ""]
            again.answer("x")
            await desk.idle()

    play(story)


def test_a_failed_fetch_can_be_tried_again():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw")
            call.give(FileReady("id"))
            call.answer("x")
            await desk.idle()
            desk.service.downloads[0].fail(NetworkError("cut"))
            await desk.idle()
            [file] = desk.last(chat_id).files
            assert file.state is FileState.FAILED
            assert isinstance(desk.store.file(file.id).error, NetworkError)

            desk.conversations.files.retry(file.id)
            desk.conversations.files.retry(file.id)
            await desk.idle()
            desk.service.downloads[1].on_progress(1, 2)
            desk.service.downloads[1].succeed("bytes")
            await desk.idle()

            assert desk.last(chat_id).files[0].state is FileState.READY
            assert desk.of(FileProgress) == [FileProgress(chat_id, file.id, 1, 2)]
            assert len(desk.service.downloads) == 2

    play(story)


def test_only_ids_are_fetched_and_not_without_end():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw")
            for wrong in ("", "../files", "https://evil.example/x", "a b", "x" * 600):
                call.give(FileReady(wrong))
            for number in range(100):
                call.give(FileReady(f"id-{number}"))
            call.answer("x")
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()

            assert [wanted.name for wanted in desk.service.downloads] == [f"id-{number}" for number in range(20)]

    play(story)


def test_what_was_not_fetched_in_one_run_is_fetched_in_the_next(tmp_path):
    async def first() -> ChatId:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files", keeps_folder=True) as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw")
            call.give(FileReady("id"))
            call.answer("x")
            await desk.until(lambda: desk.service.downloads)
            return chat_id

    async def second(chat_id: ChatId) -> None:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files") as desk:
            assert desk.last(chat_id).files[0].state is FileState.LOADING
            await asyncio.sleep(START_DELAY_S + 1)
            await desk.idle()
            assert desk.last(chat_id).files[0].state is FileState.READY
            assert not list(tmp_path.glob("files/.*"))

    async def story() -> None:
        await second(await first())

    play(story)


def test_a_deleted_chat_fetches_nothing_until_it_comes_back():
    async def story() -> None:
        async with Desk() as desk:
            desk.service.holds_transfers = True
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw")
            call.give(FileReady("id"))
            call.answer("x")
            await desk.idle()

            desk.conversations.library.delete_chats([chat_id])
            await desk.idle()
            assert not desk.service.downloads[0].is_open

            desk.conversations.library.restore_chats([chat_id])
            await desk.until(lambda: len(desk.service.downloads) == 2)
            desk.service.downloads[1].succeed("bytes")
            await desk.idle()
            assert desk.last(chat_id).files[0].state is FileState.READY

    play(story)


def test_nothing_in_use_is_swept_away():
    async def story() -> None:
        async with Desk() as desk:
            sent, trashed, draft = (desk.new_chat() for _ in range(3))
            for chat_id in (sent, trashed, draft):
                desk.conversations.files.attach(chat_id, f"words of {chat_id}".encode(), "notes.txt")
            await desk.idle()
            (await desk.ask(sent, "x")).answer("y")
            await desk.idle()
            desk.conversations.library.delete_chats([trashed])
            used = desk.store.digests()

            desk.shelf = type(desk.shelf)(desk.folder)  # as a new run would have it
            orphan = desk.shelf.take_in(b"nobody's", "notes.txt").digest
            type(desk.shelf)(desk.folder).sweep(used)

            assert {path.name for path in desk.folder.iterdir()} == used
            assert len(used) == 3
            assert not desk.shelf.has(orphan)

    play(story)


def test_a_picture_that_the_disk_refuses_to_note_is_noted_later():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Draw")
            add_file = desk.store.add_file
            full = StorageError(StorageCause.FULL, "chats.db")

            def refuse(_):
                raise full

            desk.store.add_file = refuse
            call.give(FileReady("id"))
            await desk.idle()
            assert desk.of(SavingFailed) == [SavingFailed(full)]
            assert desk.last(chat_id).files == ()

            desk.store.add_file = add_file
            await asyncio.sleep(2)
            await desk.idle()
            assert len(desk.of(SavingResumed)) == 1
            assert desk.last(chat_id).files[0].state is FileState.READY
            call.answer("x")
            await desk.idle()

    play(story)


def test_nothing_is_swept_when_it_is_not_known_what_is_in_use():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()

            def refuse():
                raise StorageError(StorageCause.UNKNOWN, "chats.db")

            desk.store.digests = refuse
            await asyncio.sleep(START_DELAY_S + 1)

            assert desk.conversations.files.path(desk.conversations.draft_files(chat_id)[0])

    play(story)
