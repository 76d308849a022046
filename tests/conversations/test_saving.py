"""The disk refuses, is slow to trust, and comes back."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from gigadesk.chat import Status
from gigadesk.errors import StorageCause
from gigadesk.facts import MessageAdded, MessageEnded, MessageGrew, SavingFailed, SavingResumed
from gigadesk.store import Store
from tests.conversations_support import Desk, play


def fill_disk(store: Store) -> None:
    [(pages,)] = store._database.rows("PRAGMA page_count")
    store._database.rows(f"PRAGMA max_page_count = {pages}")


def make_room(store: Store) -> None:
    store._database.rows("PRAGMA max_page_count = 1000000")


LONG = "д" * 50_000
"""Does not fit into what is left of the last pages."""


@pytest.fixture(params=["memory", "file"])
def open_store(request, tmp_path):
    return Store.in_memory if request.param == "memory" else lambda: Store.open(tmp_path / "chats.db")


def test_a_full_disk_is_told_once_and_the_answer_goes_on(open_store):
    async def story() -> None:
        async with Desk(open_store()) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("a")
            await desk.until(lambda: desk.of(MessageGrew))

            fill_disk(desk.store)
            for text in (LONG, LONG, "c"):
                call.say(text)
                await desk.gathered()

            [failed] = desk.of(SavingFailed)
            assert failed.error.cause is StorageCause.FULL
            assert desk.last(chat_id).text == desk.shown_text(desk.last(chat_id)) == "a" + LONG + LONG + "c"
            make_room(desk.store)

    play(story)


def test_what_waited_is_saved_when_there_is_room_again(open_store):
    async def story() -> None:
        async with Desk(open_store()) as desk:
            call = await desk.ask(desk.new_chat(), "x")
            fill_disk(desk.store)
            call.say(LONG, "b")
            await asyncio.sleep(10)
            assert "".join(event.delta for event in desk.of(MessageGrew)) == LONG + "b"
            assert desk.of(SavingResumed) == []

            make_room(desk.store)
            await asyncio.sleep(2)

            assert desk.of(SavingResumed) == [SavingResumed()]
            assert len(desk.of(SavingFailed)) == 1
            rows = desk.store._database.rows("SELECT text FROM journal ORDER BY id")
            assert "".join(row[0] for row in rows) == LONG + "b"

    play(story)


def test_an_answer_that_ends_on_a_full_disk_is_saved_later(open_store):
    async def story() -> None:
        async with Desk(open_store()) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            fill_disk(desk.store)
            call.answer(LONG)
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()
            reply = desk.last(chat_id)
            assert (reply.text, reply.status) == (LONG, Status.DONE)
            assert desk.store.message(reply.id).text == ""

            make_room(desk.store)
            await asyncio.sleep(2)

            assert desk.store.message(reply.id) == reply
            assert desk.of(SavingResumed) == [SavingResumed()]
            assert len(desk.of(SavingFailed)) == 1

    play(story)


def test_an_answer_that_waits_for_the_disk_is_part_of_the_next_question():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            desk.conversations.send(chat_id, "y")
            fill_disk(desk.store)
            call.answer(LONG)

            assert (await desk.call(1)).texts == ["x", LONG, "y"]
            make_room(desk.store)

    play(story)


def test_a_message_that_cannot_be_stored_is_not_sent_and_stays_the_draft():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            fill_disk(desk.store)

            assert not desk.conversations.send(chat_id, LONG)

            assert desk.of(MessageAdded) == []
            assert desk.conversations.draft(chat_id) == LONG
            assert len(desk.of(SavingFailed)) == 1
            make_room(desk.store)
            assert desk.conversations.send(chat_id, LONG)
            assert desk.conversations.draft(chat_id) == ""

    play(story)


def test_a_draft_that_cannot_be_stored_is_kept_in_memory_and_stored_later():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            fill_disk(desk.store)

            for end in range(5):
                desk.conversations.save_draft(chat_id, f"{LONG}{end}")

            assert desk.conversations.draft(chat_id) == LONG + "4"
            assert len(desk.of(SavingFailed)) == 1
            make_room(desk.store)
            await asyncio.sleep(2)
            assert desk.store.draft(chat_id) == LONG + "4"
            assert desk.of(SavingResumed) == [SavingResumed()]

    play(story)


def test_what_was_refused_as_a_message_becomes_a_stored_draft_until_it_is_sent():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            fill_disk(desk.store)
            desk.conversations.send(chat_id, LONG)
            make_room(desk.store)
            await asyncio.sleep(2)
            assert desk.store.draft(chat_id) == LONG

            desk.conversations.send(chat_id, LONG)
            await asyncio.sleep(2)

            assert desk.conversations.draft(chat_id) == desk.store.draft(chat_id) == ""

    play(story)


def test_a_reply_that_waits_for_the_disk_can_be_continued_later():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            fill_disk(desk.store)
            call.say(LONG)
            await desk.until(lambda: desk.of(MessageGrew))
            desk.conversations.stop(chat_id)
            await desk.until(lambda: desk.of(MessageEnded))
            await desk.idle()
            reply = desk.last(chat_id)

            desk.conversations.continue_reply(reply.id)
            await desk.idle()
            assert len(desk.service.calls) == 1
            assert desk.last(chat_id) == reply

            make_room(desk.store)
            desk.conversations.continue_reply(reply.id)
            (await desk.call(1)).answer("!")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            assert desk.store.message(reply.id).text == LONG + "!"

    play(story)


def test_another_process_that_holds_the_file_costs_no_text(tmp_path):
    async def story() -> None:
        path = tmp_path / "chats.db"
        async with Desk(Store.open(path)) as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                call.say("a", "b", "c")
                await desk.gathered()
                assert "".join(event.delta for event in desk.of(MessageGrew)) == "abc"
                assert desk.of(SavingFailed)[0].error.cause is StorageCause.IN_USE
                other.execute("ROLLBACK")
            call.finish()
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.store.message(desk.last(chat_id).id).text == "abc"
            assert desk.of(SavingResumed) == [SavingResumed()]

    play(story)


def test_what_the_disk_has_not_taken_is_counted_until_it_is_saved():
    async def story() -> None:
        async with Desk() as desk:
            call = await desk.ask(desk.new_chat(), "x")
            other = desk.new_chat()
            fill_disk(desk.store)
            call.answer(LONG)
            await desk.until(lambda: desk.of(MessageEnded))
            desk.conversations.save_draft(other, LONG)

            assert desk.conversations.save_all() == 2
            make_room(desk.store)
            assert desk.conversations.save_all() == 0
            assert desk.store.draft(other) == LONG

    play(story)


def test_closing_tries_a_last_time():
    async def story() -> None:
        desk = Desk()
        chat_id = desk.new_chat()
        call = await desk.ask(chat_id, "x")
        fill_disk(desk.store)
        call.answer(LONG)
        await desk.until(lambda: desk.of(MessageEnded))
        make_room(desk.store)

        await desk.conversations.close()

        assert desk.store.message(desk.last(chat_id).id).text == LONG
        desk.store.close()

    play(story)


# How firmly


def barriers(statements: list[str]) -> list[str]:
    """For each commit whether it reached the disk, as the setting before it says."""
    return [line.rsplit(" ", 1)[1] for line in statements if line.startswith("PRAGMA synchronous")]


def test_a_stream_carries_a_barrier_each_second():
    async def story() -> None:
        async with Desk() as desk:
            call = await desk.ask(desk.new_chat(), "x")
            call.say("first")
            await asyncio.sleep(5)
            statements: list[str] = []
            desk.store._database.watch_statements(statements.append)

            for _ in range(9):
                call.say("a", "b", "c")
                await asyncio.sleep(0.34)

            desk.store._database.watch_statements(None)
            flushed = barriers(statements)
            assert flushed.count("FULL") >= 3
            assert flushed[:3] == ["FULL", "NORMAL", "NORMAL"]

    play(story)


def test_a_stream_that_falls_silent_is_flushed_within_a_second():
    async def story() -> None:
        async with Desk() as desk:
            call = await desk.ask(desk.new_chat(), "x")
            call.say("a", "b")
            await desk.gathered()
            statements: list[str] = []
            desk.store._database.watch_statements(statements.append)

            await asyncio.sleep(60)

            desk.store._database.watch_statements(None)
            # The index of the search takes the question up meanwhile, without any.
            assert barriers(statements).count("FULL") == 1

    play(story)


def test_what_is_typed_is_flushed_within_a_second():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await asyncio.sleep(5)
            statements: list[str] = []
            desk.store._database.watch_statements(statements.append)

            for text in ("н", "на", "нач"):
                desk.conversations.save_draft(chat_id, text)
            await asyncio.sleep(60)

            desk.store._database.watch_statements(None)
            assert barriers(statements) == ["NORMAL", "NORMAL", "NORMAL", "FULL"]

    play(story)


def test_an_idle_program_writes_nothing():
    async def story() -> None:
        async with Desk() as desk:
            await desk.exchange(desk.new_chat(), "x", "y")
            await asyncio.sleep(5)
            statements: list[str] = []
            desk.store._database.watch_statements(statements.append)

            await asyncio.sleep(600)

            desk.store._database.watch_statements(None)
            assert statements == []

    play(story)
