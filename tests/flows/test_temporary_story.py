"""A temporary chat in its window: visibly another thing, in no file, kept only when it is wanted."""

import os
import shutil
import signal
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from gigadesk.attachments import shelf
from gigadesk.chat import Status
from gigadesk.data_folder import TemporaryPlace
from gigadesk.emulator.faults import Fault
from gigadesk.picture_desk import PictureDesk
from gigadesk.ui.transcript.web_pictures import WebState
from gigadesk.web.pictures import WebPictures
from tests.attachments.attachment_support import png
from tests.flows.flow_support import CTRL, Program, Qt, files_with, until
from tests.flows.process_support import driven_program, running_emulator
from tests.flows.program_driver import DRAFT, QUESTIONS

SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
CANARY = "canary 4711 that nobody may write down"


async def open_temporary(desk: Program):
    desk.press(Key.Key_N, CTRL | SHIFT)
    temporary = desk.window.chats.temporary
    await until(lambda: temporary.window is not None and temporary.window.isActiveWindow(), "its window")
    window = temporary.window
    assert window is not None
    return window


async def ask(desk: Program, window, service, answer: str) -> None:
    service.answer_next(answer)
    window.pane.page.composer.setFocus()
    desk.type(CANARY)
    desk.press(Key.Key_Return)
    await until(lambda: shown(window)[-1:] == [answer] and last(window).status is Status.DONE, answer)


def shown(window) -> list[str]:
    transcript = window.pane.page.transcript
    transcript.show_pending()
    return [item.source_text for item in transcript.rows.items]


def last(window):
    return window.pane.page.transcript.rows.items[-1].view.message


def offer_canary(flow, window) -> None:
    """Attach a file to the chat."""
    path = flow.home / "attached.txt"
    path.write_text(CANARY)
    window.pane.page.composer.files_offered.emit((path,))


async def answer(desk: Program, window, words: str) -> None:
    def question():
        return next((each for each in window.findChildren(QDialog) if each.isVisible()), None)

    await until(question, "the question")
    desk.click_button(words, question())


def test_nothing_of_it_is_written_anywhere(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            assert "Temporary chat: not saved" in desk.words(window)
            await ask(desk, window, service, f"Echo of {CANARY}")
            desk.type("and a draft: " + CANARY)
            window.pane.save_draft()
            assert files_with(CANARY, flow.folder) == []
            assert not any(CANARY in chat.title for chat in desk.window.chats._conversations.chats())

            window.close()
            await answer(desk, window, "Cancel")
            assert window.isVisible()
            window.close()
            await answer(desk, window, "Discard")
            await until(lambda: desk.window.chats.temporary.window is None)
            await desk.take_focus()
        assert files_with(CANARY, flow.folder) == []

    run_async(story())


def test_kept_it_stands_in_the_list(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            await ask(desk, window, service, "An answer worth keeping")
            desk.click_button("Keep the chat: save it as an ordinary one", window)
            await until(lambda: desk.window.chats.temporary.window is None)
            await until(lambda: desk.texts == [CANARY, "An answer worth keeping"])
            kept = desk.shown_id
            assert desk.title_of(kept) == CANARY
            await desk.take_focus()
        assert flow.store().texts(kept) == [CANARY, "An answer worth keeping"]

    run_async(story())


def test_a_copy_of_a_branch_leaves_a_way_back_and_is_kept_with_it(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            others = window._banner.others
            assert not others.isVisible()
            await ask(desk, window, service, "An answer")
            desk.type("a draft of the first")

            desk.press(Key.Key_B, CTRL | SHIFT)
            await until(others.isVisible, "the copy")
            await until(lambda: window.pane.chat.id != window._chats[0].id)
            assert others.text() == "Chats in this window: 2"
            assert window.pane.page.composer.text() == ""

            desk.press(Key.Key_Tab, CTRL)
            assert window.pane.chat.id == window._chats[0].id
            assert window.pane.page.composer.text() == "a draft of the first"
            others.click()
            menu = next(each for each in window.findChildren(QMenu) if each.isVisible())
            assert [action.isChecked() for action in menu.actions()] == [True, False]
            menu.actions()[1].trigger()
            menu.close()
            assert window.pane.chat.id == window._chats[1].id

            desk.click_button("Keep the chat: save it as an ordinary one", window)
            await until(lambda: desk.window.chats.temporary.window is None)
            await until(lambda: desk.title_of(desk.shown_id) == f"{CANARY} (copy)")
            kept = desk.shown_id
            await desk.take_focus()
        [first, copied] = sorted(flow.store().chats())
        assert copied == kept
        assert [flow.store().draft(chat_id) for chat_id in (first, copied)] == ["a draft of the first", ""]

    run_async(story())


def test_an_empty_one_closes_without_a_question_and_the_keys_open_no_second(flow, run_async):
    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            await desk.take_focus()
            assert await open_temporary(desk) is window

            desk.press(Key.Key_W, CTRL)
            await until(lambda: desk.window.chats.temporary.window is None)
            assert not [
                each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
            ]
            await desk.take_focus()

    run_async(story())


def test_the_program_does_not_end_over_it_without_a_question(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            await ask(desk, window, service, "An answer")
            desk.window.close()
            await answer(desk, window, "Cancel")
            assert not desk.has_ended

            desk.window.close()
            await answer(desk, window, "Discard")
            await desk.ended()

    run_async(story())


def test_killed_in_the_middle_of_an_answer_it_leaves_no_word_in_any_file(tmp_path):
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    temporary.mkdir()
    places = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    with (
        running_emulator(characters_per_second=400, first_delay=0) as endpoint,
        driven_program("temporary", data, {**endpoint, **places}) as program,
    ):
        program.read_until_grown(5)
        program.type_draft()
        program.signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        program.wait()

    TemporaryPlace(data).leave()
    answer = program.shown[program.last_grown]
    assert len(answer) > 20
    assert [file for file in data.rglob("*") if file.is_file()]
    for words in (QUESTIONS[0], DRAFT, answer[:12], answer[-12:]):
        assert files_with(words, data, temporary) == []


def test_kept_in_the_middle_of_an_answer_it_has_all_that_was_shown(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            service.faults.next(Fault(path="/chat/completions", stall_after_chunks=2))
            service.answer_next("The first words, ", "the last words.", " Never told.")
            window.pane.page.composer.setFocus()
            desk.type(CANARY)
            desk.press(Key.Key_Return)
            await until(lambda: shown(window)[-1:] == ["The first words, the last words."], "the last words")
            window.close()
            await answer(desk, window, "Keep the chat")
            await until(lambda: desk.texts == [CANARY, "The first words, the last words."])
            assert desk.last.status is Status.STOPPED
            await desk.take_focus()

    run_async(story())


def test_a_picture_of_the_web_ends_with_it(flow, run_async, monkeypatch):
    address = "https://example.org/cat.png"

    async def fetch(self, wanted):
        assert wanted == address
        return png(40, 30), "png"

    monkeypatch.setattr(WebPictures, "fetch", fetch)

    place = TemporaryPlace(flow.folder).folder

    def pictures():
        return [path for path in place.parent.rglob("*.png") if path.is_file()]

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            await ask(desk, window, service, f"![a cat]({address})")
            transcript = window.pane.page.transcript
            transcript.picture_requested.emit(address)
            await answer(desk, window, "Load")
            await until(lambda: transcript.web_pictures.of(address).state is WebState.LOADED, "the picture")
            assert desk.window.page.transcript.web_pictures.of(address).state is WebState.NOT_ASKED
            [path] = pictures()
            assert path.is_relative_to(place)
            assert not list(flow.folder.rglob("*.png")) or TemporaryPlace(flow.folder).is_on_disk

            window.close()
            await answer(desk, window, "Discard")
            await until(lambda: pictures() == [], "an empty folder")
            await desk.take_focus()

    run_async(story())


def test_a_picture_that_is_being_kept_when_the_program_ends_is_kept_nowhere(flow, run_async, monkeypatch):
    address, keep = "https://example.org/cat.png", PictureDesk._keep
    is_asked, gate = threading.Event(), threading.Event()

    async def fetch(self, wanted):
        return png(40, 30), "png"

    def slow(*given):
        is_asked.set()
        assert gate.wait(60)
        return keep(*given)

    monkeypatch.setattr(WebPictures, "fetch", fetch)
    monkeypatch.setattr(PictureDesk, "_keep", slow)
    monkeypatch.setattr("gigadesk.session.TASKS_LIMIT_S", 60)  # the machine may be busy
    monkeypatch.setattr("gigadesk.app.SHUTDOWN_LIMIT_S", 60)

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            await ask(desk, window, service, f"![a cat]({address})")
            window.pane.page.transcript.picture_requested.emit(address)
            await answer(desk, window, "Load")
            await until(is_asked.is_set, "the picture")
            desk.window.close()
            await answer(desk, window, "Discard")
            tasks = desk.app._session.tasks
            await until(lambda: tasks._is_closed, "the end of all work")
            gate.set()
            await desk.ended()

    run_async(story())
    place = TemporaryPlace(flow.folder)
    assert not place.folder.exists()
    place.leave()


def test_what_it_cannot_do_is_in_no_menu(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            await ask(desk, window, service, "An answer")
            desk.window.page.transcript.show_pending()

            menu = window.pane.page.transcript.menu.build(QPointF(5, 5))
            words = [action.text() for action in menu.actions()]
            menu.close()
            assert "Print…" in words
            assert "Export…" not in words
            window.close()
            await answer(desk, window, "Discard")
            await until(lambda: desk.window.chats.temporary.window is None)
            await desk.take_focus()

    run_async(story())


def test_a_file_that_is_attached_to_it_is_in_no_folder_on_the_disk(flow, run_async):
    memory = Path("/dev/shm")  # noqa: S108
    if sys.platform != "linux" or not memory.is_mount() or shutil.disk_usage(memory).free < 2**30:
        pytest.skip("this system has no folder in memory")
    place = TemporaryPlace(flow.folder).folder

    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            offer_canary(flow, window)
            await until(lambda: place.is_dir() and list(place.iterdir()), "the copy")
            assert place.stat().st_mode & 0o077 == place.parent.stat().st_mode & 0o077 == 0
            assert files_with(CANARY, flow.folder) == []
            labels = " ".join(label.text() for label in window.findChildren(QLabel))
            assert "in memory only, with the files" in labels

            window.close()
            await answer(desk, window, "Discard")
            await until(lambda: not place.exists(), "an empty place")
            await desk.take_focus()
        assert not place.parent.exists()

    run_async(story())


def test_a_file_that_is_still_being_read_when_it_ends_is_kept_nowhere(flow, run_async, monkeypatch):
    place, read = TemporaryPlace(flow.folder).folder, shelf.read_once
    is_asked, gate = threading.Event(), threading.Event()

    def slow(*given):
        is_asked.set()
        assert gate.wait(60)
        return read(*given)

    monkeypatch.setattr(shelf, "read_once", slow)

    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            window = await open_temporary(desk)
            offer_canary(flow, window)
            await until(is_asked.is_set, "the reading")
            window.close()
            await answer(desk, window, "Discard")
            await until(lambda: desk.window.chats.temporary.window is None, "its end")
            tasks = desk.app._session.tasks
            await until(lambda: not tasks.is_running("end of the temporary chat"), "its last work")
            gate.set()
            await until(lambda: not any(each.name == "reading" for each in threading.enumerate()), "the end of it")
            assert not place.exists()
            await desk.take_focus()

    run_async(story())
