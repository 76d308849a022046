"""A copied branch comes as a new chat, in steps between which everything else goes on."""

import asyncio

from gigadesk.facts import ChatAdded, ChatsCopied, SavingFailed
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


async def three_chats(desk: Desk):
    """The newest first, as the list has them."""
    chats = []
    for title in ("c", "b", "a"):
        chats.insert(0, desk.new_chat())
        await desk.exchange(chats[0], title, f"answer to {title}")
        desk.conversations.rename(chats[0], title)
    return chats


def test_several_chats_are_copied_in_the_order_of_the_list_and_told_together():
    async def story():
        async with Desk() as desk:
            chats = await three_chats(desk)
            desk.events.clear()

            desk.conversations.copies.copy_chats(chats, lambda title: f"{title} (copy)")
            await desk.until(lambda: desk.of(ChatsCopied))

            listed = desk.conversations.chats()
            assert [chat.title for chat in listed] == ["a (copy)", "b (copy)", "c (copy)", "a", "b", "c"]
            assert desk.texts(listed[1].id) == ["b", "answer to b"]
            assert desk.of(ChatsCopied) == [ChatsCopied(tuple(chat.id for chat in listed[:3]))]
            assert len(desk.of(ChatAdded)) == 3

    play(story)


def test_of_several_chats_those_in_the_trash_are_passed_over_and_a_full_disk_ends_it():
    async def story():
        async with Desk() as desk:
            chats = await three_chats(desk)
            copies = desk.conversations.copies

            copies.copy_chats(chats, lambda title: f"{title} (copy)")
            desk.conversations.library.delete_chats(chats[2:])
            await desk.until(lambda: desk.of(ChatAdded)[-1].chat.title == "b (copy)")
            with desk.refusing():
                await desk.until(lambda: desk.of(ChatsCopied))

            assert [chat.title for chat in desk.conversations.chats()] == ["b (copy)", "a", "b"]
            assert len(desk.of(SavingFailed)) == 1
            assert len(desk.of(ChatsCopied)[0].chat_ids) == 1

    play(story)
