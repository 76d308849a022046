"""Files in the real window: dropped, pasted and sent; the service talks about them, and they are there the next day."""

from pathlib import Path

from PySide6.QtCore import Qt

from gigadesk.chat import FileState, Status
from gigadesk.emulator.faults import Fault
from gigadesk.ui.widgets.drop_overlay import DropOverlay
from tests.attachments.attachment_support import png
from tests.flows.flow_support import until
from tests.ui.window.drop_support import drop, mime, reach

SEES = "GigaChat-2-Pro"


def chips(desk):
    return desk.window.page.composer.chips.chips


def drop_files(desk, *paths):
    page = desk.window.page
    data = mime(files=paths)
    reach(page, lambda: page.findChild(DropOverlay), data)
    drop(page.findChild(DropOverlay), data)


def choose_model(desk, model):
    desk.window.page.composer.model_picker.model_chosen.emit(model)


def text_of(path):
    return Path(path).read_text(encoding="utf-8")


async def all_ready(desk, count):
    await until(lambda: [chip.file.state for chip in chips(desk)] == [FileState.READY] * count, "the upload")


def test_a_dropped_file_is_talked_about_and_stays_with_its_message(flow, run_async):
    (flow.home / "заметки.md").write_text("# Рецепт\nСварить кофе.", encoding="utf-8")

    async def story():
        async with flow.service() as service:
            async with flow.program() as desk:
                await desk.online()
                drop_files(desk, flow.home / "заметки.md")
                await all_ready(desk, 1)
                desk.ask("Что в файле?")
                await until(lambda: desk.messages and desk.last.status is Status.DONE)

                assert chips(desk) == ()
                [body] = service.chat_bodies()
                [remote_id] = body["messages"][-1]["attachments"]
                assert "заметки.md" in desk.last_text
                [file] = desk.messages[0].files
                assert (file.name, file.remote_id) == ("заметки.md", remote_id)
                # Sent by its id, not once more.
                desk.ask("А ещё?")
                await until(lambda: len(desk.messages) == 4 and desk.last.status is Status.DONE)
                assert service.chat_bodies()[1]["messages"][0]["attachments"] == [remote_id]
                assert len(service.emulator.requests_to("/files")) == 1
            # Not needed any more: the program has its own copy.
            (flow.home / "заметки.md").unlink()

            async with flow.program() as desk:
                await desk.online()
                [file] = desk.messages[0].files
                view = desk.window.page.transcript.rows.items[0].view
                assert text_of(view.paths[file.id]) == "# Рецепт\nСварить кофе."

    run_async(story())


def test_a_draft_with_its_files_outlives_the_program(flow, run_async):
    (flow.home / "cat.png").write_bytes(png(40, 30))

    async def story():
        async with flow.service():
            async with flow.program() as desk:
                await desk.online()
                choose_model(desk, SEES)
                drop_files(desk, flow.home / "cat.png")
                await all_ready(desk, 1)
                desk.type("what is it")
                await desk.quit()

            async with flow.program() as desk:
                await desk.online()
                await all_ready(desk, 1)
                assert desk.window.page.composer.text() == "what is it"
                assert desk.window.page.problem is None
                desk.press(Qt.Key.Key_Return)
                await until(lambda: desk.messages and desk.last.status is Status.DONE)
                assert [file.name for file in desk.messages[0].files] == ["cat.png"]

    run_async(story())


def test_a_refused_file_says_why_and_goes_up_at_the_second_try(flow, run_async):
    (flow.home / "a.txt").write_text("text", encoding="utf-8")

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(Fault(path="/files", status=400))
            drop_files(desk, flow.home / "a.txt")
            await until(lambda: desk.window.page.problem is not None)
            desk.ask("What is in it?")
            assert desk.messages == []

            desk.click_button("Try again")
            await all_ready(desk, 1)
            assert desk.window.page.problem is None
            desk.window.page.composer.submit()
            await until(lambda: desk.messages and desk.last.status is Status.DONE)

    run_async(story())


def test_what_the_model_cannot_take_is_said_and_another_model_helps(flow, run_async):
    (flow.home / "cat.png").write_bytes(png())

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            choose_model(desk, "GigaChat-2")
            drop_files(desk, flow.home / "cat.png")
            await all_ready(desk, 1)
            desk.ask("What is it?")
            assert desk.window.page.problem is not None
            assert desk.window.page.composer.text() == "What is it?"
            assert service.chat_bodies() == []

            choose_model(desk, SEES)
            desk.press(Qt.Key.Key_Return)
            await until(lambda: desk.messages and desk.last.status is Status.DONE)
            assert desk.window.page.problem is None

    run_async(story())
