"""What is done with single messages, with keys and mouse: edit, write again, switch, quote, delete, look into."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gigadesk.chat import Status
from gigadesk.emulator.faults import Fault
from gigadesk.ui.pane.message_details import MessageDetails
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.wishes import Command
from tests.flows.flow_support import CTRL, Program, Qt, until
from tests.ui.transcript.transcript_support import drag, point_of, top_line

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
LONG = "\n\n".join(f"Paragraph {number} of a long answer." for number in range(60))


async def talk(desk: Program, service, *exchanges: tuple[str, str]) -> None:
    await desk.online()
    for question, answer in exchanges:
        service.answer_next(answer)
        desk.ask(question)
        await until(lambda: bool(desk.messages) and desk.last.status is Status.DONE and desk.last_text == answer)  # noqa: B023


async def answered(desk: Program, text: str) -> None:
    await until(lambda: desk.last_text == text and desk.last.status is Status.DONE, text)


def command(desk: Program, wanted: Command, place: int = -1):
    return [found for found in desk.zones(ZoneKind.COMMAND) if found.zone.value == wanted][place]


def popup() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entry(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == words)


def choose(menu: QMenu, words: str) -> None:
    """As the mouse does: an entry of an open menu."""
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry(menu, words)).center())


def open_submenu(menu: QMenu, words: str) -> QMenu:
    menu.setActiveAction(entry(menu, words))
    QTest.keyClick(menu, Key.Key_Right)
    return popup()


def test_up_edits_the_last_question_and_makes_a_branch(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"), ("Two", "Second"))

            desk.press(Key.Key_Up)
            composer = desk.window.page.composer
            assert (composer.text(), composer.is_editing) == ("Two", True)
            assert "Editing your message" in desk.words()
            service.answer_next("Another")
            desk.type(" or three")
            desk.press(Key.Key_Return)
            await answered(desk, "Another")

            assert desk.texts == ["One", "First", "Two or three", "Another"]
            assert (composer.text(), composer.is_editing) == ("", False)
            assert [each["content"] for each in service.chat_bodies()[-1]["messages"]] == [
                "One",
                "First",
                "Two or three",
            ]
            desk.click_zone(desk.zones(ZoneKind.BRANCH)[0])
            await until(lambda: desk.texts == ["One", "First", "Two", "Second"])
            shown = desk.shown_id
        assert flow.store().texts(shown) == ["One", "First", "Two", "Second"]

    run_async(story())


def test_the_first_question_can_be_edited_and_what_was_typed_comes_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"))
            composer = desk.window.page.composer
            desk.type("Half a thought")

            desk.click_zone(command(desk, Command.EDIT))
            assert composer.text() == "One"
            service.answer_next("Another")
            desk.type("!")
            desk.press(Key.Key_Return)
            await answered(desk, "Another")

            assert desk.texts == ["One!", "Another"]
            assert composer.text() == "Half a thought"
            shown = desk.shown_id
        assert flow.store().draft(shown) == "Half a thought"

    run_async(story())


def test_escape_cancels_an_edit_and_the_changes_can_be_had_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"))
            composer = desk.window.page.composer
            desk.type("Half a thought")
            desk.press(Key.Key_E, CTRL | SHIFT)
            desk.type(", said better")

            desk.press(Key.Key_Escape)
            assert (composer.text(), composer.is_editing) == ("Half a thought", False)
            assert desk.texts == ["One", "First"]

            desk.click_button("Undo")
            assert (composer.text(), composer.is_editing) == ("One, said better", True)
            desk.click_button("Cancel editing")
            assert (composer.text(), composer.is_editing) == ("Half a thought", False)

    run_async(story())


def test_an_edit_is_still_there_after_a_restart(flow, run_async):
    async def story():
        async with flow.service() as service:
            async with flow.program() as desk:
                await talk(desk, service, ("One", "First"))
                desk.type("Half a thought")
                desk.press(Key.Key_E, CTRL | SHIFT)
                desk.type(", said better")
            async with flow.program() as desk:
                await desk.online()
                composer = desk.window.page.composer
                assert (composer.text(), composer.is_editing) == ("One, said better", True)
                desk.press(Key.Key_Escape)
                assert composer.text() == "Half a thought"

    run_async(story())


def test_an_edit_sent_while_an_answer_is_written_waits_behind_it(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"))
            service.faults.next(Fault(path="/chat/completions", stall_after_chunks=1))
            service.answer_next("Sec", "ond")
            desk.ask("Two")
            await until(lambda: desk.last_text == "Sec")

            desk.click_zone(command(desk, Command.EDIT, 0))
            desk.type(" again")
            service.answer_next("Another")
            desk.press(Key.Key_Return)
            await until(lambda: desk.texts == ["One again", ""])
            assert desk.last.status is Status.QUEUED

            desk.press(Key.Key_Escape)  # the answer that is being written elsewhere
            await answered(desk, "Another")
            desk.press(Key.Key_Left, ALT)
            await until(lambda: desk.texts == ["One", "First", "Two", "Sec"])

    run_async(story())


def test_another_model_writes_one_version_and_the_chat_keeps_its_own(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"))
            service.answer_next("Second")

            desk.click_zone(command(desk, Command.MORE))
            choose(open_submenu(popup(), "Answer again with"), "GigaChat-2-Max")
            await answered(desk, "Second")

            assert service.chat_bodies()[-1]["model"] == "GigaChat-2-Max"
            assert desk.last.model == "GigaChat-2-Max"
            await desk.take_focus()
            service.answer_next("Third")
            desk.ask("Two")
            await answered(desk, "Third")
            assert service.chat_bodies()[-1]["model"] == "GigaChat-2"

    run_async(story())


def test_keys_go_from_version_to_version_and_the_view_stays(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", LONG), ("Two", "Short"))
            transcript = desk.window.page.transcript
            service.answer_next("Other")
            desk.press(Key.Key_Up, ALT)
            desk.press(Key.Key_Up, ALT)
            assert transcript.walk.index == 0
            desk.press(Key.Key_R, CTRL)
            await answered(desk, "Other")
            desk.press(Key.Key_Left, ALT)
            await until(lambda: desk.texts == ["One", LONG, "Two", "Short"])

            transcript.show_offset(0)
            desk.zones(ZoneKind.BRANCH)
            before = top_line(transcript)
            desk.press(Key.Key_Right, ALT)
            await until(lambda: desk.texts == ["One", "Other"])
            desk.press(Key.Key_Left, ALT)
            await until(lambda: desk.texts == ["One", LONG, "Two", "Short"])
            desk.zones(ZoneKind.BRANCH)
            assert top_line(transcript) == before

    run_async(story())


def test_what_is_selected_is_quoted_and_asked_about(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "A **bold** word\n\nand another line"))
            transcript, composer = desk.window.page.transcript, desk.window.page.composer
            desk.type("Well:")
            transcript.grab()
            drag(transcript, point_of(transcript, "A "), point_of(transcript, "line", 3) + QPoint(12, 0))
            await until(lambda: transcript.selection_bar.is_shown)
            desk.press(Key.Key_J, CTRL)

            assert not transcript.selection_bar.is_shown
            assert composer.text() == "Well:\n\n> A **bold** word\n>\n> and another line\n\n"
            assert composer.editor.hasFocus()
            desk.type("So?")
            assert composer.text().endswith("line\n\nSo?")

            composer.set_text("")
            desk.press(Key.Key_J, CTRL | SHIFT)
            choose(popup(), "Explain")
            assert composer.text() == "> A **bold** word\n>\n> and another line\n\nExplain this in simple words."

    run_async(story())


def test_a_deleted_message_can_be_had_back_and_is_not_sent_meanwhile(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"), ("Two", "Second"))

            desk.press(Key.Key_Up, ALT)
            desk.press(Key.Key_Delete)
            await until(lambda: desk.texts == ["One", "First"])
            assert "Message deleted, and 1 later message" in desk.words()
            desk.press(Key.Key_Z, CTRL)
            await until(lambda: desk.texts == ["One", "First", "Two", "Second"])
            assert "Message deleted" not in desk.words()

            desk.click_zone(command(desk, Command.MORE))
            choose(popup(), "Delete message")
            await until(lambda: desk.texts == ["One", "First", "Two"])
            desk.click_button("Undo")
            await until(lambda: desk.texts == ["One", "First", "Two", "Second"])

            desk.press(Key.Key_Up, ALT)
            desk.press(Key.Key_Delete)
            service.answer_next("Third")
            desk.ask("Three")
            await answered(desk, "Third")
            assert [each["content"] for each in service.chat_bodies()[-1]["messages"]] == ["One", "First", "Three"]
            shown = desk.shown_id
        assert flow.store().texts(shown) == ["One", "First", "Three", "Third"]

    run_async(story())


def test_deleting_the_first_question_empties_the_chat(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"))
            desk.press(Key.Key_Up, ALT)
            desk.press(Key.Key_Delete)
            await until(lambda: desk.messages == [])
            assert desk.window.page.greeting.isVisible()

            # The keys go on where one is: not to an example, which Enter would ask.
            assert not desk.window.page.greeting.isAncestorOf(desk.window.focusWidget())
            desk.press(Key.Key_Z, CTRL)
            await until(lambda: desk.texts == ["One", "First"])
            assert not desk.window.page.greeting.isVisible()

            desk.press(Key.Key_Up, ALT)
            desk.press(Key.Key_Delete)
            await until(lambda: desk.messages == [])
            desk.click_button("Undo")
            await until(lambda: desk.texts == ["One", "First"])

    run_async(story())


def test_a_running_answer_is_stopped_when_it_is_deleted(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(Fault(path="/chat/completions", stall_after_chunks=1))
            service.answer_next("Hal", "f")
            desk.ask("One")
            await until(lambda: desk.last_text == "Hal")

            desk.click_zone(command(desk, Command.MORE))
            choose(popup(), "Delete message")
            await until(lambda: desk.texts == ["One"])
            await until(lambda: not desk.window.page.composer.is_busy)
            desk.click_button("Undo")
            await until(lambda: desk.texts == ["One", "Hal"])
            assert desk.last.status is Status.STOPPED

    run_async(story())


def test_the_details_of_an_answer_can_be_copied(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("One", "First"))
            desk.press(Key.Key_I, CTRL)
            await until(lambda: desk.window.findChild(MessageDetails) is not None)
            dialog = desk.window.findChild(MessageDetails)
            desk.click_button("Copy all", dialog)

            copied = QGuiApplication.clipboard().text()
            assert "Model: GigaChat-2" in copied
            assert "Reason for the end: stop" in copied
            assert f"Tokens together: {desk.last.usage.total}" in copied
            dialog.close()
            await desk.take_focus()

    run_async(story())
