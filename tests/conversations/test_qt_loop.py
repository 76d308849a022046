"""The same on Qt's loop, where commands come from slots."""

from gigadesk.chat import Status
from gigadesk.facts import MessageEnded, MessageGrew
from gigadesk.gigachat.events import Finished
from tests.conversations_support import Desk


def test_commands_from_slots_start_and_stop_replies(run_async, until):
    from PySide6.QtCore import QTimer

    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()

            QTimer.singleShot(0, lambda: desk.conversations.send(chat_id, "x"))
            await until(lambda: desk.service.calls)
            desk.service.calls[0].say("half")
            await until(lambda: desk.of(MessageGrew))
            QTimer.singleShot(0, lambda: desk.conversations.stop(chat_id))
            await until(lambda: desk.of(MessageEnded))

            assert (desk.last(chat_id).text, desk.last(chat_id).status) == ("half", Status.STOPPED)

    run_async(story())


def test_the_end_of_the_loop_keeps_what_had_come(run_async, until, tmp_path):
    from gigadesk.store import Store

    desks = []

    async def story() -> None:
        desk = Desk(Store.open(tmp_path / "chats.db"))
        desks.append(desk)
        desk.conversations.send(desk.new_chat(), "x")
        await until(lambda: desk.service.calls)
        desk.service.calls[0].say("half")
        await until(lambda: desk.of(MessageGrew))
        await desk.conversations.close()
        await desk.tasks.close(1)
        desk.store.close()

    async def next_run() -> None:
        async with Desk(Store.open(tmp_path / "chats.db")) as desk:
            [chat] = desk.conversations.chats()
            assert (desk.last(chat.id).text, desk.last(chat.id).status) == ("half", Status.STOPPED)
            desk.conversations.continue_reply(desk.last(chat.id).id)
            await until(lambda: desk.service.calls)
            desk.service.calls[0].say(" whole")
            desk.service.calls[0].give(Finished("stop"))
            desk.service.calls[0].cut()
            await until(lambda: desk.of(MessageEnded))
            assert desk.last(chat.id).text == "half whole"

    run_async(story())
    run_async(next_run())
    assert desks[0].crashes == []
