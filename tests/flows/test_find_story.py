"""Looking for words in a chat, and asking for a picture that an answer names, in the real window."""

from PySide6.QtWidgets import QApplication, QDialog

from gigadesk.chat import Status
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.web_pictures import WebState
from tests.flows.flow_support import Qt, until

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_words_are_found_with_the_keys_alone(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.answer_next("The **cat** and ", "the ca**t**. ", "Concatenate.")
            desk.ask("Where is the cat?")
            await until(lambda: desk.last.status is Status.DONE)
            bar = desk.window.page.find_bar

            desk.press(Qt.Key.Key_F, CONTROL)
            desk.type("cat")
            await until(lambda: bar.count.text() == "1 of 4")
            desk.window.resize(500, desk.window.height())
            await until(lambda: not desk.window.chats.shell.is_sidebar_visible())
            assert QApplication.focusWidget() is bar.field
            desk.press(Qt.Key.Key_Return)
            await until(lambda: bar.count.text() == "2 of 4")
            desk.press(Qt.Key.Key_F3, SHIFT)
            await until(lambda: bar.count.text() == "1 of 4")
            desk.press(Qt.Key.Key_Escape)

            assert not bar.isVisible()
            assert QApplication.focusWidget() is desk.window.page.composer.editor
            desk.press(Qt.Key.Key_F3)
            await until(lambda: bar.isVisible() and bar.count.text().endswith("of 4"))

    run_async(story())


def test_the_search_goes_with_the_reader_into_another_chat(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            for number, answer in enumerate(("one cat", "cat cat cat")):
                if number:
                    desk.open_new_chat()
                service.answer_next(answer)
                desk.ask("Tell me")
                await until(lambda: desk.last.status is Status.DONE)
            first, second = sorted(flow.store().chats())
            bar = desk.window.page.find_bar
            desk.press(Qt.Key.Key_F, CONTROL)
            desk.type("cat")
            await until(lambda: bar.count.text() == "1 of 3")

            desk.open_chat(first)

            await until(lambda: bar.count.text() == "Found: 1")
            assert bar.isVisible()
            assert second == max(first, second)

    run_async(story())


def test_a_picture_is_asked_about_and_one_of_this_computer_is_never_fetched(flow, run_async):
    address = "https://127.0.0.1:9/cat.png?words=of+mine"

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.answer_next(f"See ![a cat]({address}) there.")
            desk.ask("Show me a cat")
            await until(lambda: desk.last.status is Status.DONE)
            pictures = desk.window.page.transcript.web_pictures

            desk.click_zone(desk.zones(ZoneKind.PICTURE)[0])
            await until(lambda: desk.window.findChild(QDialog) is not None)
            assert address in desk.words(desk.window.findChild(QDialog))
            desk.click_button("Cancel")
            await until(lambda: desk.window.findChild(QDialog) is None)
            assert pictures.of(address).state is WebState.NOT_ASKED

            desk.click_zone(desk.zones(ZoneKind.PICTURE)[0])
            await until(lambda: desk.window.findChild(QDialog) is not None)
            desk.click_button("Load")
            await until(lambda: pictures.of(address).state is WebState.FAILED)
            assert "public internet" in pictures.of(address).words

    run_async(story())
