"""What a new chat takes over from the one before."""

from gigadesk.chat import ChatId, Effort, Tool
from gigadesk.facts import ChatAdded, ChatChanged
from tests.conversations_support import Desk, play

TOOLS = (Tool.WEB_SEARCH, Tool.IMAGE)


def used_chat(desk: Desk) -> ChatId:
    """A shown chat with tools and effort of its own, in which something is being typed."""
    conversations = desk.conversations
    chat_id = conversations.new_chat()
    conversations.save_draft(chat_id, "typing")
    conversations.choices.set_tools(chat_id, TOOLS)
    conversations.choices.set_effort(chat_id, Effort.HIGH)
    conversations.set_shown(chat_id)
    return chat_id


def test_a_new_chat_begins_with_the_tools_and_effort_of_the_shown_one():
    async def story() -> None:
        async with Desk() as desk:
            used_chat(desk)

            chat = desk.chat(desk.conversations.new_chat())

            assert (chat.tools, chat.effort) == (TOOLS, Effort.HIGH)
            assert desk.of(ChatAdded)[-1].chat == chat

    play(story)


def test_model_and_account_of_a_new_chat_follow_the_settings():
    async def story() -> None:
        async with Desk() as desk:
            former = used_chat(desk)
            desk.conversations.choices.set_model(former, "Other")
            desk.conversations.choices.set_account(former, "work")

            chat = desk.chat(desk.conversations.new_chat())

            assert (chat.model, chat.account) == ("", "")

    play(story)


def test_tools_switched_off_are_off_in_the_blank_chat_that_is_used_again():
    async def story() -> None:
        async with Desk() as desk:
            former = used_chat(desk)
            blank = desk.conversations.new_chat()
            desk.conversations.choices.set_tools(former, ())
            desk.conversations.choices.set_effort(former, None)

            assert desk.conversations.new_chat() == blank

            assert (desk.chat(blank).tools, desk.chat(blank).effort) == ((), None)
            assert desk.of(ChatChanged)[-1].chat == desk.chat(blank)

    play(story)


def test_the_blank_chat_that_is_shown_keeps_its_tools():
    async def story() -> None:
        async with Desk() as desk:
            used_chat(desk)
            blank = desk.conversations.new_chat()
            desk.conversations.set_shown(blank)
            desk.conversations.choices.set_tools(blank, (Tool.MODEL_3D,))

            assert desk.conversations.new_chat() == blank

            assert desk.chat(blank).tools == (Tool.MODEL_3D,)

    play(story)


def test_without_a_shown_chat_the_newest_is_followed():
    async def story() -> None:
        async with Desk() as desk:
            deleted = used_chat(desk)
            desk.conversations.choices.set_tools(deleted, ())
            newest = used_chat(desk)
            desk.conversations.set_shown(deleted)
            desk.conversations.library.delete_chats([deleted])

            assert desk.chat(desk.conversations.new_chat()).tools == desk.chat(newest).tools == TOOLS

    play(story)
