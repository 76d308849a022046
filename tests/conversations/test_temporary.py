"""The temporary chat: nothing on the disk, everything when it is kept."""

import errno
import os

import pytest

from gigadesk.chat import Chat, Message, Status, TrashKind
from gigadesk.conversations import TemporaryChats
from gigadesk.errors import StorageCause, StorageError
from gigadesk.facts import ChatAdded, MessageGrew, QueueChanged, ReplyQueued, SavingFailed
from gigadesk.gigachat.events import FileReady
from gigadesk.store import Store, adopt, temporary_store
from tests.conversations_support import Desk, play

CANARY = "canary-4711"


def begun(desk: Desk):
    events = []
    chats = TemporaryChats(
        desk.services,
        desk.store,
        desk.shelf,
        desk.folder / "temporary",
        desk.tasks,
        desk._publish,
        desk.conversations,
    )
    return chats, chats.begin(events.append, "Temporary"), events


def bare(message: Message) -> tuple:
    return message.role, message.text, message.status, message.model, [file.name for file in message.files]


def kept_by(desk: Desk, chats: TemporaryChats, chat) -> list:
    told = []
    chats.keep(chat, chat.chat_id, told.append)
    return told


def test_a_temporary_chat_answers_and_leaves_the_store_on_the_disk_alone(tmp_path):
    async def story() -> None:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files") as desk:
            chats, chat, events = begun(desk)
            chat.conversations.save_draft(chat.chat_id, f"draft {CANARY}")
            assert chat.has_content()
            chat.conversations.send(chat.chat_id, f"question {CANARY}")
            call = await desk.call(0)
            call.say(f"answer {CANARY}")
            await desk.until(lambda: any(isinstance(event, MessageGrew) for event in events))

            assert chat.is_busy()
            assert desk.events == [QueueChanged(running=1, waiting=0)]
            found = [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
            assert found == []
            chats.end(chat)
            await desk.idle()
            assert not call.is_open
            assert not any(CANARY.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    play(story)


def test_kept_it_is_an_ordinary_chat_with_everything(tmp_path):
    async def story() -> None:
        async with Desk(Store.open(tmp_path / "chats.db"), folder=tmp_path / "files") as desk:
            await desk.exchange(desk.new_chat(), "other", "chat")
            chats, chat, _ = begun(desk)
            talk = chat.conversations
            talk.files.attach(chat.chat_id, b"some words", "notes.txt")
            await desk.idle()
            talk.send(chat.chat_id, "question")
            (await desk.call(1)).answer("first")
            await desk.until(lambda: not chat.is_busy())
            talk.regenerate(talk.messages(chat.chat_id)[-1].id)
            (await desk.call(2)).answer("second")
            await desk.until(lambda: not chat.is_busy())
            talk.save_draft(chat.chat_id, "half a thought")
            before = [bare(message) for message in talk.messages(chat.chat_id)]

            told = kept_by(desk, chats, chat)
            await desk.until(lambda: told)

            [kept] = told
            assert desk.of(ChatAdded)[-1].chat.id == kept
            messages = desk.conversations.messages(kept)
            assert [bare(message) for message in messages] == before
            assert len(desk.conversations.siblings(messages[-1].id)) == 2
            assert desk.conversations.draft(kept) == "half a thought"
            with open(desk.conversations.files.path(messages[0].files[0]), "rb") as file:  # noqa: ASYNC230, PTH123
                assert file.read() == b"some words"
            chats.end(chat)
            await desk.idle()
            assert not (desk.folder / "temporary").exists()
            assert desk.conversations.files.path(messages[0].files[0])

    play(story)


def test_kept_while_it_answers_it_keeps_what_has_come_of_the_answer():
    async def story() -> None:
        async with Desk() as desk:
            chats, chat, events = begun(desk)
            chat.conversations.send(chat.chat_id, "question")
            call = await desk.call(0)
            call.say("half")
            await desk.until(lambda: any(isinstance(event, MessageGrew) for event in events))

            told = kept_by(desk, chats, chat)
            await desk.until(lambda: told)

            answer = desk.conversations.messages(told[0])[-1]
            assert (answer.text, answer.status) == ("half", Status.STOPPED)
            assert not call.is_open
            await chats.close()

    play(story)


def test_a_disk_that_refuses_leaves_the_temporary_chat_as_it_is():
    async def story() -> None:
        async with Desk() as desk:
            chats, chat, _ = begun(desk)
            chat.conversations.send(chat.chat_id, "question")
            (await desk.call(0)).answer("answer")
            await desk.until(lambda: not chat.is_busy())

            with desk.refusing():
                told = kept_by(desk, chats, chat)
                await desk.until(lambda: told)

            assert told == [None]
            assert desk.of(SavingFailed)
            assert [message.text for message in chat.conversations.messages(chat.chat_id)] == ["question", "answer"]
            await chats.close()

    play(story)


def test_it_waits_in_the_line_of_its_account_like_any_chat():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            chats, chat, events = begun(desk)
            running = await desk.ask(desk.new_chat(), "in the main window")
            chat.conversations.send(chat.chat_id, "in the temporary chat")
            desk.conversations.send(desk.new_chat(), "after that")
            await desk.idle()

            assert len(desk.service.calls) == 1
            assert [event.position for event in events if isinstance(event, ReplyQueued)] == [1]
            assert events[-1] == desk.of(QueueChanged)[-1] == QueueChanged(running=1, waiting=2)
            running.answer("done")
            second = await desk.call(1)
            await desk.idle()
            assert second.request.messages[-1].text == "in the temporary chat"
            assert len(desk.service.calls) == 2

            chats.end(chat)
            third = await desk.call(2)
            assert third.request.messages[-1].text == "after that"
            third.answer("done")
            await desk.idle()
            assert desk.of(QueueChanged)[-1] == QueueChanged(running=0, waiting=0)

    play(story)


def test_what_waits_in_it_leaves_the_line_with_it():
    async def story() -> None:
        async with Desk(lanes=1) as desk:
            chats, chat, _ = begun(desk)
            running = await desk.ask(desk.new_chat(), "in the main window")
            chat.conversations.send(chat.chat_id, "never asked")
            chats.end(chat)
            await desk.idle()
            assert desk.of(QueueChanged)[-1] == QueueChanged(running=1, waiting=0)
            running.answer("done")
            await desk.idle()
            assert len(desk.service.calls) == 1

    play(story)


def test_a_title_yields_to_it():
    async def story() -> None:
        async with Desk(lanes=1, titles=True) as desk:
            chats, chat, _ = begun(desk)
            (await desk.ask(desk.new_chat(), "question")).answer("answer")
            title = await desk.call(1)
            chat.conversations.send(chat.chat_id, "in the temporary chat")
            asked = await desk.call(2)
            assert not title.is_open
            assert asked.request.messages[-1].text == "in the temporary chat"
            asked.answer("answer")
            (await desk.call(3)).answer("A title")
            await desk.idle()
            await chats.close()

    play(story)


def test_no_title_is_asked_for():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            chats, chat, _ = begun(desk)
            chat.conversations.send(chat.chat_id, "question")
            (await desk.call(0)).answer("answer")
            await desk.until(lambda: not chat.is_busy())
            await desk.idle()

            assert len(desk.service.calls) == 1
            await chats.close()

    play(story)


@pytest.mark.parametrize("earlier", [0, 3])
def test_what_is_adopted_gets_ids_of_its_own_and_keeps_its_trash(earlier):
    into, other = Store.in_memory(), temporary_store()
    for number in range(earlier):
        into.add_exchange(into.add_chat("s", 1.0), f"here {number}", 1.0, first_title="x")
    chat = other.add_chat("session", 1.0)
    first = other.add_exchange(chat, "first", 2.0, first_title="first")
    second = other.add_exchange(chat, "second", 3.0, first_title="x")
    other.begin_edit(first.question.id)
    other.set_draft(chat, "first, edited")
    other.delete_message(second.question.id, 4.0)

    [kept] = adopt(into, other)

    adopted: Chat = into.chat(kept)
    assert (adopted.id, adopted.title, adopted.session_id) == (earlier + 1, "first", "session")
    assert [message.text for message in into.branch(adopted.leaf_id)] == ["first", ""]
    assert into.draft(kept) == "first, edited"
    [entry] = into.trash.entries(None, 9)
    assert (entry.kind, entry.title) == (TrashKind.MESSAGE, "second")
    into.restore_message(entry.id)
    assert [message.text for message in into.branch(into.chat(kept).leaf_id)] == ["first", "", "second", ""]
    into.close()
    other.close()


def test_a_memory_that_is_full_is_told_at_the_file_and_nothing_goes_to_the_disk(monkeypatch):
    def refuse(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async def story() -> None:
        async with Desk() as desk:
            chats, first, _ = begun(desk)
            chats.end(first)
            chats.has_files_on_disk = False
            chat = chats.begin(lambda event: None, "Temporary")
            monkeypatch.setattr(os, "fsync", refuse)

            chat.conversations.files.attach(chat.chat_id, CANARY.encode(), "notes.txt")
            await desk.idle()

            [file] = chat.conversations.draft_files(chat.chat_id)
            assert isinstance(file.error, StorageError)
            assert file.error.cause is StorageCause.NO_MEMORY
            assert not any(CANARY.encode() in path.read_bytes() for path in desk.folder.rglob("*") if path.is_file())
            monkeypatch.undo()
            chats.end(chat)
            await desk.idle()

    play(story)


def test_a_memory_that_is_full_is_told_at_a_file_that_the_model_made():
    async def story() -> None:
        async with Desk() as desk:
            chats, first, _ = begun(desk)
            chats.end(first)
            chats.has_files_on_disk = False
            chat = chats.begin(lambda event: None, "Temporary")
            desk.service.holds_transfers = True
            chat.conversations.send(chat.chat_id, "Draw")
            (await desk.call(0)).give(FileReady("id"))
            await desk.until(lambda: desk.service.downloads)

            desk.service.downloads[0].fail(StorageError(StorageCause.FULL, "picture"))
            await desk.idle()

            [file] = chat.conversations.messages(chat.chat_id)[-1].files
            assert isinstance(file.error, StorageError)
            assert file.error.cause is StorageCause.NO_MEMORY
            chats.end(chat)
            await desk.idle()

    play(story)
