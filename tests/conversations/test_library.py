"""Commands about the whole library: one transaction each, or portions, and one fact that tells it."""

import pytest

from gigadesk.chat import FolderColor
from gigadesk.conversations import portions
from gigadesk.facts import (
    ChatAdded,
    ChatChanged,
    ChatRemoved,
    ChatsChanged,
    ChatsRemoved,
    FolderRemoved,
    FoldersChanged,
    MessageEnded,
    MessageGrew,
    SavingFailed,
    TrashChanged,
)
from gigadesk.limits import FOLDER_DEPTH_MAX, FOLDER_NAME_MAX_CHARS
from tests.conversations_support import FULL, Desk, play


def library_facts(desk: Desk) -> list[type]:
    told = (
        ChatAdded,
        ChatChanged,
        ChatRemoved,
        ChatsChanged,
        ChatsRemoved,
        FolderRemoved,
        FoldersChanged,
        TrashChanged,
    )
    return [type(event) for event in desk.events if isinstance(event, told)]


async def named_chats(desk: Desk, *titles: str):
    ids = []
    for title in titles:
        ids.append(desk.new_chat())
        desk.conversations.rename(ids[-1], title)
    desk.events.clear()
    return ids


def test_many_chats_are_changed_in_one_transaction_and_told_once():
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            ids = await named_chats(desk, "a", "b", "c")
            folder = library.add_folder("Work")
            desk.events.clear()
            statements = []
            desk.store._database.watch_statements(statements.append)

            library.move_chats(ids, folder)
            library.set_pinned(ids, is_pinned=True)
            library.set_archived(ids, is_archived=True)
            library.mark_unread(ids, is_unread=True)

            desk.store._database.watch_statements(None)
            assert statements.count("COMMIT") == 4
            assert library_facts(desk) == [ChatsChanged] * 4
            chats = [desk.conversations.chat(chat_id) for chat_id in ids]
            assert {(each.folder_id, each.is_pinned, each.is_archived, each.is_unread) for each in chats} == {
                (folder, True, True, True)
            }

    play(story)


def test_a_change_of_one_chat_tells_the_chat():
    async def story() -> None:
        async with Desk() as desk:
            [chat_id] = await named_chats(desk, "a")

            desk.conversations.library.set_pinned([chat_id], is_pinned=True)
            assert desk.of(ChatChanged)[-1].chat.is_pinned

            desk.conversations.library.delete_chats([chat_id])
            desk.conversations.library.restore_chats([chat_id])
            assert library_facts(desk) == [ChatChanged, ChatRemoved, TrashChanged, ChatAdded, TrashChanged]
            assert desk.of(ChatAdded)[-1].chat.is_pinned

    play(story)


def test_a_deleted_folder_stops_the_answers_in_it_and_tells_which_chats_went():
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            folder = library.add_folder("  Work\n") or 0
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            library.move_chats([chat_id], folder)
            call.say("half")
            await desk.until(lambda: desk.of(MessageGrew))

            library.delete_folder(folder)
            await desk.until(lambda: desk.of(MessageEnded))

            assert not call.is_open
            assert desk.of(FolderRemoved) == [FolderRemoved(folder, "Work", (chat_id,))]
            assert library.folders() == ()
            library.restore_folder(folder)
            assert [each.name for each in library.folders()] == ["Work"]
            assert desk.conversations.chat(chat_id).folder_id == folder
            assert desk.texts(chat_id) == ["x", "half"]

    play(story)


def test_what_may_not_be_does_nothing():
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            folder = library.add_folder("x" * 1000)
            parent = folder
            for _ in range(FOLDER_DEPTH_MAX - 1):
                parent = library.add_folder("inner", parent)
            desk.events.clear()

            assert library.add_folder(" \n") is None
            assert library.add_folder("too deep", parent) is None
            library.move_folder(folder, parent, 0)
            library.rename_folder(folder, "")
            library.move_chats([], folder)
            library.delete_chats([])
            library.restore_chats([])

            assert library_facts(desk) == []
            assert len(library.folders()) == FOLDER_DEPTH_MAX
            assert library.folders()[0].name == "x" * FOLDER_NAME_MAX_CHARS

    play(story)


def test_a_disk_that_refuses_changes_nothing_and_is_told():
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            ids = await named_chats(desk, "a", "b")
            folder = library.add_folder("Work") or 0
            desk.events.clear()

            with desk.refusing():
                library.delete_chats(ids)
                library.set_archived(ids, is_archived=True)
                library.move_chats(ids, folder)
                library.set_folder_color(folder, FolderColor.RED)
                library.rename_folder(folder, "Home")
                library.delete_folder(folder)
                assert library.add_folder("Other") is None

            assert [type(event) for event in desk.events] == [SavingFailed] * 7
            assert [(each.name, each.color) for each in library.folders()] == [("Work", FolderColor.NONE)]
            assert [desk.conversations.chat(each).folder_id for each in ids] == [None, None]

    play(story)


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(portions, "PORTION_CHATS", 3)


def places(desk: Desk):
    """Where every chat stands, in the order of the list."""
    return [(chat.id, chat.folder_id, chat.is_pinned, chat.is_archived) for chat in desk.conversations.chats()]


def test_very_many_chats_are_changed_between_turns_of_the_loop_and_told_once(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            ids = await named_chats(desk, *"abcdefgh")
            former = places(desk)

            library.delete_chats(ids)
            assert desk.events == []
            assert places(desk) == [each for each in former if each[0] in ids[3:]]
            await desk.until(lambda: desk.events)

            assert library_facts(desk) == [ChatsRemoved, TrashChanged]
            assert desk.of(ChatsRemoved)[0].chat_ids == tuple(ids)
            assert desk.conversations.chats() == ()

            library.restore_chats(ids)
            await desk.until(lambda: desk.of(ChatsChanged))
            assert places(desk) == former

    play(story)


def test_a_command_waits_for_those_before_it(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            ids = await named_chats(desk, *"abcdefgh")
            folder = library.add_folder("Work")
            library.move_chats(ids[:3], folder)
            former = places(desk)
            desk.events.clear()

            library.set_pinned(ids, is_pinned=True)
            library.set_pinned(ids[:1], is_pinned=False)
            library.set_pinned(ids[1:], is_pinned=False)
            library.delete_folder(folder)
            library.restore_folder(folder)
            await desk.until(lambda: library_facts(desk)[-1:] == [TrashChanged])
            await desk.idle()

            assert library_facts(desk)[:3] == [ChatsChanged, ChatChanged, ChatsChanged]
            assert places(desk) == former

    play(story)


def test_what_was_begun_with_very_many_chats_is_done_at_the_end_of_the_program(small_portions):
    async def story() -> None:
        desk = Desk()
        ids = await named_chats(desk, *"abcdefgh")
        desk.conversations.library.set_archived(ids, is_archived=True)

        await desk.conversations.close()

        assert {desk.store.chat(chat_id).is_archived for chat_id in ids} == {True}
        await desk.tasks.close(1)
        desk.store.close()

    play(story)


def test_a_disk_that_refuses_half_way_is_told_with_what_was_done(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            ids = await named_chats(desk, *"abcdefgh")

            library.delete_chats(ids)
            with desk.refusing():
                await desk.until(lambda: desk.of(ChatsRemoved))

            assert desk.of(SavingFailed)[0].error == FULL
            assert desk.of(ChatsRemoved)[0].chat_ids == tuple(ids[:3])
            assert {chat.id for chat in desk.conversations.chats()} == set(ids[3:])
            library.set_pinned(ids[3:], is_pinned=True)
            await desk.until(lambda: desk.of(ChatsChanged))
            assert all(chat.is_pinned for chat in desk.conversations.chats())

    play(story)


async def great_folder(desk: Desk, *titles: str):
    """A folder with these chats."""
    ids = await named_chats(desk, *titles)
    folder = desk.conversations.library.add_folder("Work") or 0
    desk.conversations.library.move_chats(ids, folder)
    await desk.until(lambda: desk.of(ChatsChanged))
    desk.events.clear()
    return folder, ids


def test_a_folder_of_very_many_chats_goes_and_comes_back_between_turns_of_the_loop(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            folder, ids = await great_folder(desk, *"abcdefgh")
            former = places(desk)

            library.delete_folder(folder)
            assert desk.events == []
            assert len(places(desk)) == len(ids) - 3
            await desk.until(lambda: desk.events)
            assert library_facts(desk) == [FolderRemoved, FoldersChanged, TrashChanged]
            assert set(desk.of(FolderRemoved)[0].chat_ids) == set(ids)
            assert (places(desk), library.folders()) == ([], ())
            [entry] = desk.conversations.trash.entries(None, 9)
            assert desk.conversations.trash.size([entry]).chats == len(ids)

            desk.events.clear()
            library.restore_folder(folder)
            assert desk.events == []
            await desk.until(lambda: desk.events)
            assert library_facts(desk) == [FoldersChanged, ChatsChanged, TrashChanged]
            assert set(desk.of(ChatsChanged)[0].chat_ids) == set(ids)
            assert places(desk) == former

    play(story)


@pytest.mark.parametrize("is_restored", [False, True], ids=["deleted", "restored"])
def test_a_folder_that_a_crash_has_left_half_done_is_done_at_the_next_start(small_portions, is_restored, monkeypatch):
    monkeypatch.setattr("gigadesk.conversations.trash_desk.START_DELAY_S", 0.0)

    async def story() -> None:
        async with Desk() as desk:
            folders = desk.store.folders
            folder, ids = await great_folder(desk, *"abcdefgh")
            if is_restored:
                folders.delete(folder, desk.now)
                folders.restore_some(folder, 3)
            else:
                folders.delete_some(folder, 3, desk.now)

            desk.conversations.trash.begin()
            await desk.until(lambda: folders.unfinished() == ([], []))
            await desk.until(lambda: desk.of(TrashChanged))

            assert {chat.id for chat in desk.conversations.chats()} == (set(ids) if is_restored else set())
            assert [each.id for each in desk.conversations.library.folders()] == ([folder] if is_restored else [])

    play(story)


def test_a_disk_that_refuses_half_way_leaves_the_folder_and_tells_which_chats_went(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            folder, ids = await great_folder(desk, *"abcdefgh")

            library.delete_folder(folder)
            with desk.refusing():
                await desk.until(lambda: desk.of(ChatsRemoved))

            assert desk.of(SavingFailed)[0].error == FULL
            gone = desk.of(ChatsRemoved)[0].chat_ids
            assert [each.id for each in library.folders()] == [folder]
            library.restore_chats(gone)
            assert {chat.id for chat in desk.conversations.chats() if chat.folder_id == folder} == set(ids)

            library.delete_folder(folder)
            await desk.until(lambda: desk.of(FolderRemoved))
            assert desk.conversations.chats() == ()

    play(story)


def test_commands_about_a_folder_that_one_before_them_deletes_do_nothing(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            folder, _ = await great_folder(desk, *"abcd")
            other = desk.new_chat()
            desk.events.clear()

            library.delete_folder(folder)
            library.delete_folder(folder)
            library.move_chats([other], folder)
            await desk.until(lambda: desk.of(FolderRemoved))
            await desk.idle()

            assert library_facts(desk) == [FolderRemoved, FoldersChanged, TrashChanged]
            assert [(chat.id, chat.folder_id) for chat in desk.conversations.chats()] == [(other, None)]

    play(story)


def test_a_great_folder_that_is_deleted_for_ever_while_it_comes_back_does_not_come(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library, trash = desk.conversations.library, desk.conversations.trash
            folder, _ = await great_folder(desk, *"abcdefgh")
            library.delete_folder(folder)
            await desk.until(lambda: desk.of(FolderRemoved))
            entries = trash.entries(None, 9)

            library.restore_folder(folder)
            trash.delete_for_ever(entries)
            await desk.until(lambda: not trash.is_deleting())

            assert library.folders() == ()
            assert {chat.folder_id for chat in desk.conversations.chats()} == {None}
            assert len(desk.conversations.chats()) == 3

    play(story)


def test_places_are_noted_when_the_commands_before_are_done(small_portions):
    async def story() -> None:
        async with Desk() as desk:
            library = desk.conversations.library
            folder, ids = await great_folder(desk, *"abcdefgh")
            noted = []

            library.set_pinned(ids, is_pinned=True)
            library.note_places(ids, noted.append)
            library.move_chats(ids, None)
            await desk.until(lambda: noted)

            assert sorted(noted[0]) == [(chat_id, folder, True) for chat_id in ids]
            await desk.until(lambda: len(desk.of(ChatsChanged)) == 2)

    play(story)
