"""What is shown is on the disk, and what is ended is gone: windows, dialogs, tasks, connections."""

import asyncio
import os
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication, QDialog

from gigadesk.chat import Status
from gigadesk.conversations import Conversations
from gigadesk.emulator.faults import Fault
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.flows.flow_support import CTRL, STORE_NAME, Qt, until


def test_each_piece_is_on_the_disk_before_it_is_shown(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            transcript = desk.window.page.transcript
            grow = transcript.grow
            shown, missing = [], []

            def look_first(message_id, delta):
                shown.append(delta)
                with closing(sqlite3.connect(flow.folder / STORE_NAME)) as connection:
                    rows = connection.execute("SELECT text FROM journal WHERE message_id = ?", (message_id,))
                    if "".join(text for (text,) in rows) != "".join(shown):
                        missing.append(delta)
                grow(message_id, delta)

            transcript.grow = look_first
            service.faults.next(Fault(path="/chat/completions", piece_bytes=40, piece_delay_s=0.001))
            service.answer_next(*[f"piece {number} " for number in range(150)])
            desk.ask("Go")
            await until(lambda: desk.messages and desk.last.status is Status.DONE)
            del transcript.grow

            assert len(shown) > 5
            assert missing == []

    run_async(story())


def test_the_end_of_a_program_ends_its_connections(flow, run_async):
    async def story():
        async with flow.service(plan="b2b") as service:
            async with flow.program() as desk:
                await desk.online()
                service.faults.next(Fault(path="/chat/completions", stall_after_chunks=1))
                service.answer_next("Half ", "whole")
                desk.ask("Go")
                await until(lambda: desk.last_text == "Half ")
            await until(lambda: service.connections == 0)
            assert service.emulator.generations_running == 0

    run_async(story())


@pytest.mark.expects_logs
def test_an_end_that_takes_too_long_ends_all_work_before_the_store(flow, run_async, monkeypatch):
    """As when the machine stands still meanwhile: the time is over, and nothing has been asked to end yet."""

    async def hang(self):
        await asyncio.Event().wait()

    monkeypatch.setattr("gigadesk.app.SHUTDOWN_LIMIT_S", 0.1)
    monkeypatch.setattr("gigadesk.app.GIVE_UP_LIMIT_S", 60)
    monkeypatch.setattr(Conversations, "close", hang)

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(Fault(path="/chat/completions", stall_after_chunks=1))
            service.answer_next("Half ", "whole")
            desk.ask("Go")
            await until(lambda: desk.last_text == "Half ")
            await desk.quit()
            await desk.app._session.accounts.close()  # there was no time for that

    run_async(story())
    [messages] = flow.store().chats().values()
    assert [(each.text, each.status) for each in messages] == [("Go", Status.DONE), ("Half ", Status.STOPPED)]


async def open_the_settings(desk, service):
    await desk.open_settings()


async def open_the_shortcuts(desk, service):
    desk.press(Qt.Key.Key_F1)
    await until(lambda: any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets()))


async def open_the_models(desk, service):
    desk.press(Qt.Key.Key_M, CTRL)
    await until(lambda: QApplication.activePopupWidget() is not None)


async def ask_about_a_link(desk, service):
    service.answer_next("Look [here](http://example.org).")
    desk.ask("Where?")
    await until(lambda: desk.messages and desk.last.status is Status.DONE)
    desk.click_zone(desk.zones(ZoneKind.LINK)[-1])
    await until(lambda: any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets()))


async def check_the_key(desk, service):
    dialog = await desk.open_settings()
    service.faults.next(Fault(path="/models", hold=True))
    before = len(service.emulator.requests_to("/models"))
    desk.click_button("Check the key", dialog)
    await until(lambda: len(service.emulator.requests_to("/models")) > before)


async def rename_a_chat(desk, service):
    desk.press(Qt.Key.Key_F2)


@pytest.mark.parametrize(
    "busy_with",
    [open_the_settings, open_the_shortcuts, open_the_models, ask_about_a_link, check_the_key, rename_a_chat],
)
def test_the_program_can_be_quit_whatever_is_open(flow, run_async, busy_with):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await busy_with(desk, service)
            await desk.quit()

    run_async(story())


def test_quitting_twice_is_quitting(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(Fault(path="/chat/completions", hold=True))
            desk.ask("Go")
            await until(lambda: desk.queue == "1 running")
            desk.window.close()
            desk.app.end()
            desk.window.close()
            await desk.ended()

    run_async(story())


def test_it_can_be_quit_before_anything_has_come(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            service.faults.set(Fault(path="/oauth", hold=True))
            desk.app.end()
            await desk.ended()

    run_async(story())


def running_processes(window):
    return [each for each in window.findChildren(QProcess) if each.state() is QProcess.ProcessState.Running]


@pytest.mark.skipif(os.name == "nt", reason="asks for a process as Unix does")
def test_the_process_for_colours_and_formulas_goes_with_the_window(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.answer_next("```python\nx = 1\n```\n\n$$x^2$$\n")
            desk.ask("Draw")
            await until(lambda: running_processes(desk.window), "the worker")
            (worker,) = (each.processId() for each in running_processes(desk.window))
            await desk.quit()

        # Not even as one that has ended and that nobody has asked about.
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)

    run_async(story())
