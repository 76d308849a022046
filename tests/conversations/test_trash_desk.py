"""The deletion for ever, and what it does not disturb."""

import asyncio

import pytest

from gigadesk.chat import TrashKind
from gigadesk.conversations import trash_desk
from gigadesk.conversations.trash_desk import DAY_S
from gigadesk.facts import ChatsPurged, MessageGrew, SavingFailed, TrashChanged
from gigadesk.store import Store
from gigadesk.store import trash as trash_module
from tests.conversations_support import Desk, play


def titles(desk: Desk) -> list[str]:
    return [entry.title for entry in desk.conversations.trash.entries(None, 100)]


def rows(desk: Desk, table: str) -> int:
    return desk.store._database.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608


def found(desk: Desk) -> int:
    """How many messages are in the index of the search."""
    sql = "SELECT count(*) FROM search_index WHERE search_index MATCH ?"
    return desk.store._database.rows(sql, ('":u" OR ":a"',))[0][0]


async def done(desk: Desk) -> None:
    await desk.until(lambda: not desk.conversations.trash.is_deleting())


def look_daily(desk: Desk, days: int) -> None:
    for _ in range(days):
        desk.now += DAY_S
        desk.conversations.trash.expire()


async def trashed_chat(desk: Desk, question: str):
    chat_id = desk.new_chat()
    desk.conversations.rename(chat_id, question)
    await desk.exchange(chat_id, question, "answer")
    desk.conversations.library.delete_chats([chat_id])
    return chat_id


def test_chats_folders_and_messages_come_back_together():
    async def story() -> None:
        async with Desk() as desk:
            library, trash = desk.conversations.library, desk.conversations.trash
            folder = library.add_folder("Folder") or 0
            chats = [desk.new_chat() for _ in range(3)]
            for chat_id, words in zip(chats, ("one", "two", "three"), strict=True):
                await desk.exchange(chat_id, words, "answer")
            library.move_chats([chats[0]], folder)
            library.delete_folder(folder)
            library.delete_chats([chats[1]])
            desk.conversations.delete_message(desk.last(chats[2]).id)
            assert len(titles(desk)) == 3

            trash.restore(trash.entries(None, 10))

            assert trash.is_empty()
            assert desk.conversations.chat(chats[0]).folder_id == folder
            assert [desk.texts(chat_id) for chat_id in chats] == [[each, "answer"] for each in ("one", "two", "three")]

    play(story)


def test_what_is_deleted_for_ever_is_told_at_once_and_gone_soon(monkeypatch):
    monkeypatch.setattr(trash_module, "PORTION", 2)

    async def story() -> None:
        async with Desk() as desk:
            gone = await trashed_chat(desk, "secret")
            kept = await trashed_chat(desk, "kept")
            trash = desk.conversations.trash
            [entry] = [each for each in trash.entries(None, 9) if each.id == gone]
            desk.events.clear()

            trash.delete_for_ever([entry])
            assert [type(event) for event in desk.events] == [ChatsPurged, TrashChanged]
            assert desk.of(ChatsPurged)[0].chat_ids == (gone,)
            assert titles(desk) == ["kept"]
            desk.conversations.library.restore_chats([gone])
            assert rows(desk, "chats") == 2

            await done(desk)
            assert rows(desk, "chats") == 1
            assert rows(desk, "messages") == 2
            desk.conversations.library.restore_chats([kept])
            assert desk.texts(kept) == ["kept", "answer"]

    play(story)


def test_very_many_entries_are_hidden_in_portions_and_all_of_them_when_the_program_ends(monkeypatch):
    monkeypatch.setattr(trash_desk, "HIDDEN_AT_ONCE", 2)

    async def story() -> None:
        async with Desk() as desk:
            trash = desk.conversations.trash
            for number in range(11):
                await trashed_chat(desk, f"old {number}")
            kept, *entries = trash.entries(None, 20)

            trash.delete_for_ever(entries)
            assert trash.entries(None, 20) == [kept, *entries[2:]]
            trash.delete_for_ever([])
            assert trash.is_deleting()
            await desk.conversations.close()

            assert trash.entries(None, 20) == [kept]
            assert sum(len(event.chat_ids) for event in desk.of(ChatsPurged)) == 10

    play(story)


def test_a_great_trash_is_emptied_in_portions_and_only_of_what_was_in_it(monkeypatch):
    monkeypatch.setattr(trash_desk, "EXPIRING_AT_ONCE", 2)

    async def story() -> None:
        async with Desk() as desk:
            library, trash = desk.conversations.library, desk.conversations.trash
            for number in range(7):
                await trashed_chat(desk, f"old {number}")
            late = desk.new_chat()
            await desk.exchange(late, "late", "answer")
            other = await trashed_chat(desk, "other")
            library.restore_chats([other])

            trash.empty()
            assert 0 < len(titles(desk)) < 7
            desk.now += 1
            library.delete_chats([late])
            trash.delete_for_ever([])  # takes the work over
            await done(desk)

            assert [entry.id for entry in trash.entries(None, 100)] == [late]
            assert {chat.id for chat in desk.conversations.chats()} == {other}
            purged = [event for event in desk.events if isinstance(event, ChatsPurged)]
            assert max(len(event.chat_ids) for event in purged) <= 2

    play(story)


def test_what_is_deleted_for_ever_leaves_the_log_while_the_program_runs(tmp_path):
    path = tmp_path / "chats.db"

    async def story() -> None:
        async with Desk(Store.open(path)) as desk:
            await trashed_chat(desk, "canary")
            assert b"canary" in path.with_name("chats.db-wal").read_bytes()

            desk.conversations.trash.empty()
            await desk.until(lambda: not path.with_name("chats.db-wal").stat().st_size)

            assert b"canary" not in path.read_bytes()

    play(story)


def test_an_answer_that_is_being_written_ends_before_its_chat_is_deleted():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("half")
            await desk.until(lambda: desk.of(MessageGrew))
            desk.conversations.save_draft(chat_id, "a draft")
            desk.conversations.library.delete_chats([chat_id])
            desk.conversations.trash.empty()
            await done(desk)

            assert not call.is_open
            assert rows(desk, "chats") == rows(desk, "messages") == rows(desk, "drafts") == 0
            await desk.idle()

    play(story)


def test_a_wish_for_a_title_does_not_outlive_its_chat():
    async def story() -> None:
        async with Desk(titles=True) as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "question", "answer")
            title_call = await desk.call(1)
            desk.conversations.library.delete_chats([chat_id])
            desk.conversations.trash.empty()
            await done(desk)

            assert not title_call.is_open
            await desk.idle()
            assert rows(desk, "chats") == 0

    play(story)


def test_files_that_nobody_names_any_more_leave_the_shelf():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"words", "notes.txt")
            await desk.idle()
            [file] = desk.conversations.draft_files(chat_id)
            assert desk.shelf.has(file.digest)

            desk.conversations.library.delete_chats([chat_id])
            desk.conversations.trash.empty()
            await done(desk)
            await desk.until(lambda: not desk.shelf.has(file.digest))

    play(story)


@pytest.mark.parametrize(("days", "left"), [(30, ["young"]), (0, ["young", "old"])], ids=["thirty days", "never"])
def test_what_is_old_goes_by_itself_after_the_start(days, left):
    store = Store.in_memory()

    async def story() -> None:
        async with Desk(store) as desk:
            desk.conversations.trash.use_days(days)
            await trashed_chat(desk, "old")
            look_daily(desk, 29)
            desk.now += 2 * DAY_S
            await trashed_chat(desk, "young")
            desk.conversations.trash.begin()
            await asyncio.sleep(60)

            assert titles(desk) == left
            young = desk.conversations.trash.entries(None, 1)[0]
            expected = None if not days else young.deleted_at + days * DAY_S
            assert desk.conversations.trash.expires_at(young) == expected

    play(story)


def test_what_grows_old_while_the_program_runs_goes_too():
    async def story() -> None:
        async with Desk() as desk:
            trash = desk.conversations.trash
            trash.use_days(31)
            await trashed_chat(desk, "old")
            look_daily(desk, 30)
            await trashed_chat(desk, "young")
            assert titles(desk) == ["young", "old"]

            look_daily(desk, 2)
            assert titles(desk) == ["young"]
            await done(desk)
            assert rows(desk, "chats") == 1

    play(story)


def test_a_clock_that_is_years_ahead_for_one_start_throws_nothing_away():
    store = Store.in_memory()

    async def story() -> None:
        async with Desk(store) as desk:
            trash = desk.conversations.trash
            trash.use_days(30)
            await trashed_chat(desk, "old")
            look_daily(desk, 3)
            right = desk.now
            desk.now += 3650 * DAY_S
            trash.begin()
            await asyncio.sleep(60)
            look_daily(desk, 1)
            assert titles(desk) == ["old"]
            assert trash.expires_at(trash.entries(None, 1)[0]) is None

            desk.now = right
            look_daily(desk, 26)
            assert titles(desk) == ["old"]
            look_daily(desk, 2)
            assert titles(desk) == []
            await done(desk)

    play(story)


def test_what_was_deleted_before_it_was_made_stays_until_the_trash_is_emptied():
    async def story() -> None:
        async with Desk() as desk:
            trash = desk.conversations.trash
            trash.use_days(30)
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "old", "answer")
            right, desk.now = desk.now, -1e9
            desk.conversations.library.delete_chats([chat_id])
            desk.now = right

            look_daily(desk, 40)
            assert len(titles(desk)) == 1
            trash.empty()
            await done(desk)
            assert rows(desk, "chats") == 0

    play(story)


def test_a_disk_that_refuses_leaves_it_hidden_for_the_next_try():
    async def story() -> None:
        async with Desk() as desk:
            await trashed_chat(desk, "first")
            trash = desk.conversations.trash
            [first] = trash.entries(None, 9)
            with desk.refusing():
                trash.delete_for_ever([first])
                assert desk.of(SavingFailed)
            assert titles(desk) == ["first"]

            trash.delete_for_ever([first])
            with desk.refusing():
                await desk.idle()
            assert titles(desk) == []
            await trashed_chat(desk, "second")
            trash.delete_for_ever([entry for entry in trash.entries(None, 9) if entry.kind is TrashKind.CHAT])
            await done(desk)
            assert rows(desk, "chats") == 0

    play(story)


def test_what_the_search_keeps_of_it_goes_with_it():
    """The search notes the text of what is gone, to find its words in the index: that would stay until it has time."""

    async def story() -> None:
        async with Desk() as desk:
            await trashed_chat(desk, "canary")
            while desk.store.search.step(1.0):
                pass
            assert found(desk) == 2

            desk.conversations.trash.empty()
            await done(desk)

            assert found(desk) == rows(desk, "search_gone") == rows(desk, "search_name_gone") == 0

    play(story)
