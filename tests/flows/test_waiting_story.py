"""Several questions wait in one chat: moved, edited, taken back by keys and buttons, and sent after a restart."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gigadesk.chat import Status
from gigadesk.emulator.faults import Fault
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.wishes import Command
from tests.flows.flow_support import until

CHAT = "/chat/completions"
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


async def ask_while_answering(service, desk, *questions):
    """A question whose answer hangs in its middle, and others behind it."""
    await desk.online()
    service.faults.next(Fault(path=CHAT, stall_after_chunks=1))
    service.answer_next("One ", "and on")
    desk.ask("1")
    await until(lambda: desk.last_text == "One ")
    for question in questions:
        desk.ask(question)
    await until(lambda: len(waiting(desk)) == len(questions))


def waiting(desk):
    views = (item.view for item in desk.window.chats.page.transcript.rows.items)
    return [view.message.text for view in views if view.waiting is not None and view.message.text]


def button(desk, command, place=-1):
    return [found for found in desk.zones(ZoneKind.WAITING) if found.zone.value == command][place]


def asked(service):
    return [body["messages"][-1]["content"] for body in service.chat_bodies()]


def test_what_waits_is_moved_edited_and_taken_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await ask_while_answering(service, desk, "2", "3", "4", "5")

            desk.press(Qt.Key.Key_Up, BOTH)
            assert waiting(desk) == ["2", "3", "5", "4"]
            desk.click_zone(button(desk, Command.TAKE_BACK))
            assert waiting(desk) == ["2", "3", "5"]
            assert desk.window.chats.page.composer.text() == "4"
            desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            desk.press(Qt.Key.Key_Delete)
            desk.click_zone(button(desk, Command.EDIT))
            desk.press(Qt.Key.Key_End)
            desk.type("!")
            service.faults.release()
            await until(lambda: len(asked(service)) == 3)
            await until(lambda: desk.queue == "1 waiting")
            assert waiting(desk) == ["5"]
            desk.press(Qt.Key.Key_Return)

            await until(lambda: desk.queue == "")
            assert asked(service) == ["1", "2", "3", "5!"]
            assert waiting(desk) == []

    run_async(story())


def test_what_waited_at_the_end_of_the_program_is_offered_and_sent(flow, run_async):
    async def story():
        async with flow.service() as service:
            async with flow.program() as desk:
                await ask_while_answering(service, desk, "2", "3")
            service.faults.release()
            async with flow.program() as desk:
                await desk.online()
                assert waiting(desk) == ["2", "3"]
                assert desk.notice is None
                assert asked(service) == ["1"]

                desk.press(Qt.Key.Key_Return, BOTH)

                await until(lambda: len(asked(service)) == 3 and desk.last.status is Status.DONE)
                assert asked(service) == ["1", "2", "3"]
                assert waiting(desk) == []

    run_async(story())


def test_a_branch_goes_on_in_a_new_chat(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            for number in ("1", "2"):
                service.answer_next(f"answer {number}")
                desk.ask(number)
                await until(lambda number=number: desk.last_text == f"answer {number}")
                await until(lambda: desk.queue == "")
            first = desk.shown_id
            for _ in range(3):
                desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)

            QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_B, BOTH)

            await until(lambda: desk.shown_id != first)
            assert desk.texts == ["1", "answer 1"]
            assert desk.title_of(desk.shown_id) == f"{desk.title_of(first)} (copy)"
            service.answer_next("other")
            desk.ask("3")
            await until(lambda: desk.last_text == "other")
            desk.open_chat(first)
            assert desk.texts == ["1", "answer 1", "2", "answer 2"]

    run_async(story())
