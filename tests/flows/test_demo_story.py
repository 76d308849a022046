"""The demo: entered from the first page or by the command line, and kept apart from the real chats."""

from gigadesk.chat import Status
from gigadesk.options import DEMO_FOLDER, Options
from gigadesk.settings import Appearance, Language, Settings, SettingsFile, Theme
from gigadesk.ui.exchange.export_dialog import ExportDialog
from tests.flows.flow_support import Program, until


async def finished_answer(desk):
    await until(lambda: desk.messages and desk.last.status is Status.DONE, "the answer")


def test_from_the_first_page_into_the_demo_and_back(flow, run_async):
    async def story():
        async with flow.service(has_key=False):
            async with flow.program() as desk:
                await until(lambda: desk.shows_first_page)
                desk.click_button("Try the demo without a key")
                outcome = await desk.ended()
                assert outcome.following == Options(data_folder=flow.folder, is_demo=True)

            # What `run` does with such an outcome.
            async with flow.program(is_demo=True, is_self_test=False) as desk:
                await desk.online()
                assert desk.window.page.status._demo.isVisible()
                demo_chat = desk.shown_id
                desk.ask("Hello")
                await until(lambda: desk.last_text)
                desk.press_stop()
                await until(lambda: desk.last.status is Status.STOPPED)
            assert flow.store(flow.folder / DEMO_FOLDER).texts(demo_chat)[0] == "Hello"
            assert flow.store().chats() == {}

            async with flow.program() as desk:
                await until(lambda: desk.shows_first_page)

    run_async(story())


def test_the_demo_keeps_its_chats(flow, run_async):
    async def story():
        async with flow.program(is_demo=True) as desk:
            await desk.online()
            desk.ask("Hello")
            await until(lambda: desk.last_text)
        async with flow.program(is_demo=True) as desk:
            await desk.online()
            assert desk.texts[0] == "Hello"
            assert desk.texts[1]
            assert desk.last.status is Status.STOPPED

    run_async(story())


def test_the_demo_looks_as_its_user_is_used_to(flow, run_async):
    async def story():
        SettingsFile(flow.folder / "settings.json").save(
            Settings(appearance=Appearance(theme=Theme.DARK, language=Language.RUSSIAN))
        )
        async with flow.program(is_demo=True) as desk:
            await desk.online()
            assert "Новый чат" in desk.words()

    run_async(story())


def test_the_demo_asks_nobody_but_itself(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program(is_demo=True) as desk:
            await desk.online()
            desk.ask("Hello")
            await until(lambda: desk.last_text)
            assert service.emulator.requests == []

    run_async(story())


def test_demo_and_real_program_can_run_side_by_side(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk, flow.program(is_demo=True) as demo:
            await until(lambda: demo.shows_chats)
            await until(lambda: desk.shows_chats)
            assert isinstance(demo, Program)
            service.answer_next("Real")
            desk.window.page.composer.set_text("Hello")
            desk.window.page.composer.submit()
            await until(lambda: desk.last_text == "Real")
            assert demo.messages == []

    run_async(story())


def test_the_demo_can_be_left(flow, run_async):
    async def story():
        async with flow.service(has_key=False), flow.program(is_demo=True) as desk:
            await desk.online()
            desk.click_button("Leave the demo")
            outcome = await desk.ended()

            assert outcome.following == Options(data_folder=flow.folder, is_demo=False)
            assert outcome.place, "the following window stands where this one stood"

    run_async(story())


def test_the_chats_of_the_demo_can_be_exported_from_the_settings(flow, run_async):
    async def story():
        async with flow.program(is_demo=True) as desk:
            await desk.online()
            settings = await desk.open_settings()
            settings._list.setCurrentRow(settings._stack.indexOf(settings.data))
            desk.click_button("Export everything…", settings)

            await until(lambda: isinstance(desk.window.chats.exchange.dialog, ExportDialog))
            desk.window.chats.exchange.dialog.close()

    run_async(story())
