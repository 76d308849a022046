"""Messages as they are read for the transcript, a few at a time."""

from gigadesk.chat import Status
from gigadesk.ui.pane.message_views import ChatViews
from tests.conversations_support import Desk, play


def test_an_answer_that_was_read_with_others_is_given_as_it_is_by_then():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "Q")
            call.say("One")
            await desk.idle()
            views = ChatViews(desk.conversations, chat_id)
            assert views.view(0).message.text == "Q"  # read with what stands around it

            call.answer(" two")
            await desk.idle()

            assert views.view(1).message.text == "One two"
            assert views.view(1).message.status is Status.DONE

    play(story)
