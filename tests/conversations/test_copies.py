"""A copied branch comes as a new chat, in steps between which everything else goes on."""

import asyncio

from gigadesk.facts import ChatAdded, SavingFailed
from tests.conversations_support import Desk, play


def test_the_new_chat_is_told_of_when_all_of_it_is_there():
    async def story():
        async with Desk() as desk:
            chat = desk.new_chat()
            reply = await desk.exchange(chat, "one", "first")
            await desk.exchange(chat, "two", "second")
            told = len(desk.of(ChatAdded))

            copy = desk.conversations.copies.copy_branch(reply.id, "Chat (copy)")

            assert len(desk.of(ChatAdded)) == told
            await desk.until(lambda: len(desk.of(ChatAdded)) > told)
            assert desk.of(ChatAdded)[-1].chat == desk.chat(copy)
            assert desk.chat(copy).title == "Chat (copy)"
            assert desk.texts(copy) == ["one", "first"]
            call = await desk.ask(copy, "and then?")
            assert call.texts == ["one", "first", "and then?"]

    play(story)


def test_a_full_disk_leaves_nothing_of_a_copy():
    async def story():
        async with Desk() as desk:
            chat = desk.new_chat()
            reply = await desk.exchange(chat, "one", "first")

            with desk.refusing():
                assert desk.conversations.copies.copy_branch(reply.id, "x") is None
            copy = desk.conversations.copies.copy_branch(reply.id, "x")
            with desk.refusing():
                for _ in range(5):
                    await asyncio.sleep(0)

            assert len(desk.of(SavingFailed)) == 2
            assert [each.id for each in desk.conversations.chats()] == [chat]
            assert desk.store.is_deleted(copy)

    play(story)


def test_the_end_of_the_program_ends_a_copy():
    async def story():
        async with Desk() as desk:
            chat = desk.new_chat()
            reply = await desk.exchange(chat, "one", "first")
            desk.conversations.copies.copy_branch(reply.id, "x")

            await desk.conversations.close()

            assert [each.id for each in desk.conversations.chats()] == [chat]

    play(story)
