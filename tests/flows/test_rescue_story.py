"""The data folder is deleted, moved away or replaced under the open program: the chats can be saved all the same."""

import asyncio
import shutil
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel

from gigadesk import rescue_desk
from gigadesk.emulator.answers import Answer
from gigadesk.store import Store, rescuing
from gigadesk.store.watching import BrokenOffError
from gigadesk.ui.notices import Action, action_text
from gigadesk.ui.single_instance import LOCK_NAME, SingleInstance
from tests.flows.flow_support import STORE_NAME, Stored, until
from tests.flows.test_disk_story import answer, question
from tests.flows.words_support import QUESTION, ends


@pytest.fixture(autouse=True)
def looks_at_once(monkeypatch):
    monkeypatch.setattr(rescue_desk, "LOOK_INTERVAL_S", 0.05)


async def answered(service, desk, text: str) -> None:
    service.emulator.answer_with(Answer(text))
    desk.ask(QUESTION)
    await until(lambda: desk.last_text.strip() == text and not desk.window.page.composer.is_busy, text)


async def rescue(desk, name: str) -> None:
    """Press the button above the chat, then one of the question."""
    await until(lambda: desk.bar is not None and Action.RESCUE in desk.bar.actions, "words about the file")
    press_the_button(desk)
    await answer(name)


def press_the_button(desk) -> None:
    buttons = desk.window.page.notices.findChildren(QAbstractButton)
    [wanted] = [each for each in buttons if each.isVisible() and each.text() == action_text(Action.RESCUE)]
    QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)


def said() -> str:
    dialog = question()
    return "\n".join(label.text() for label in dialog.findChildren(QLabel)) if dialog is not None else ""


async def saved_again(desk) -> str:
    """What is said after it, until the user goes on."""
    await until(lambda: "saved again" in said(), "words about what was saved")
    text = said()
    await answer("ok")
    await until(lambda: desk.bar is None or Action.RESCUE not in desk.bar.actions, "the end of the words")
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow, "the focus")
    return text


def texts_in(folder) -> list[str]:
    [messages] = Stored(folder / STORE_NAME).chats().values()
    return [message.text.strip() for message in messages]


@pytest.mark.parametrize("is_beside", [True, False])
def test_a_deleted_folder_is_written_back_and_all_goes_on(flow, run_async, monkeypatch, is_beside):
    monkeypatch.setattr(rescuing, "MAY_RUN_BESIDE", is_beside)

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            shutil.rmtree(flow.folder)
            await rescue(desk, "back")
            text = await saved_again(desk)
            assert "Chats: 1, messages: 2" in text
            assert str(flow.folder) in text
            assert "went with the folder" not in text
            assert (flow.folder / "settings.json").is_file()
            assert (flow.folder / LOCK_NAME).is_file()
            assert not SingleInstance(flow.folder).try_acquire()

            await answered(service, desk, "second")
            desk.window.chats._conversations.search.search("second")
            await desk.quit()
        assert texts_in(flow.folder) == [QUESTION, "first", QUESTION, "second"]

    run_async(story())


def test_what_comes_meanwhile_is_written_back_too(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            service.emulator.answer_with(Answer("Long answer. " * 600))
            desk.ask("Again?")
            await until(lambda: desk.last_text.startswith("Long"), "the beginning of the answer")
            shutil.rmtree(flow.folder)
            await ends(desk)
            desk.type("a draft")
            await rescue(desk, "back")
            await saved_again(desk)
            await desk.quit()
        assert texts_in(flow.folder)[-1] == ("Long answer. " * 600).strip()
        store = Store.open(flow.folder / STORE_NAME)
        assert store.draft(store.chats()[0].id) == "a draft"
        store.close()

    run_async(story())


def test_a_folder_that_was_moved_away_stays_as_it_is(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            elsewhere = flow.folder.with_name("elsewhere")
            flow.folder.rename(elsewhere)
            await rescue(desk, "back")
            await saved_again(desk)
            await answered(service, desk, "second")
            await desk.quit()
        assert texts_in(flow.folder) == [QUESTION, "first", QUESTION, "second"]
        assert texts_in(elsewhere) == [QUESTION, "first"]

    run_async(story())


def make_other(folder) -> None:
    other = Store.open(folder / STORE_NAME)
    other.add_exchange(other.add_chat("s", 1e9), "of another one", 1e9, first_title="other")
    other.close()


@pytest.mark.parametrize("is_folder", [False, True])
def test_what_has_taken_the_place_is_kept(flow, run_async, is_folder):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            if is_folder:
                shutil.rmtree(flow.folder)
            else:
                for each in flow.folder.glob(f"{STORE_NAME}*"):
                    each.unlink()
            make_other(flow.folder)
            (flow.folder / "files").mkdir(exist_ok=True)
            (flow.folder / "files" / "picture").write_bytes(b"of another one")
            await until(lambda: desk.bar is not None and Action.RESCUE in desk.bar.actions, "words about the file")
            press_the_button(desk)
            await until(lambda: "Another file" in said(), "the question")
            await answer("back")
            assert "taken their place" in await saved_again(desk)
            await answered(service, desk, "second")
            await desk.quit()
        assert texts_in(flow.folder) == [QUESTION, "first", QUESTION, "second"]
        folders = flow.home.glob(f"{flow.folder.name} *") if is_folder else (flow.folder / "damaged").iterdir()
        [kept] = folders
        assert texts_in(kept)[0] == "of another one"
        assert ((kept if is_folder else flow.folder) / "files" / "picture").exists() or not is_folder

    run_async(story())


def test_a_folder_that_was_set_aside_is_back_when_nothing_could_be_copied(tmp_path):
    """No room, or the user gives up: what has taken the place is as it was."""
    folder = tmp_path / "data"
    store = Store.open(folder / STORE_NAME)
    shutil.rmtree(folder)
    make_other(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(BrokenOffError):
        rescuing.write_back(store, lambda _done, _whole: False)

    assert [each.name for each in tmp_path.iterdir()] == ["data"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    store.close()


def test_nothing_is_written_back_while_another_program_has_the_folder(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            shutil.rmtree(flow.folder)
            flow.folder.mkdir()
            script = (
                "import sys, time; from PySide6.QtCore import QLockFile; lock = QLockFile(sys.argv[1]);"
                "print(lock.tryLock(0), flush=True); time.sleep(600)"
            )
            other = await asyncio.create_subprocess_exec(
                sys.executable, "-c", script, str(flow.folder / LOCK_NAME), stdout=asyncio.subprocess.PIPE
            )
            assert await other.stdout.readline() == b"True\n"
            await rescue(desk, "back")
            await until(lambda: "Another GigaDesk" in said(), "words about the other program")
            await answer("ok")
            assert not (flow.folder / STORE_NAME).exists()

            other.kill()
            await other.wait()
            await rescue(desk, "back")
            await saved_again(desk)
            await desk.quit()
        assert texts_in(flow.folder) == [QUESTION, "first"]

    run_async(story())


def test_they_can_be_saved_to_another_file_which_is_a_whole_database(flow, run_async):
    async def story():
        target = flow.home / "kept.db"
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            shutil.rmtree(flow.folder)
            await rescue(desk, "file")
            await until(lambda: desk.window.findChildren(QFileDialog), "the dialog")
            [dialog] = desk.window.findChildren(QFileDialog)
            dialog.fileSelected.emit(str(target))
            dialog.reject()
            await until(lambda: str(target) in said(), "words about the file")
            assert "messages: 2" in said()
            await answer("ok")
            await until(lambda: desk.bar is not None and Action.RESCUE in desk.bar.actions, "words about the file")
            desk.window.close()
            await answer("end")
            await desk.ended()
        flow.folder.mkdir(exist_ok=True)
        shutil.copyfile(target, flow.folder / STORE_NAME)
        assert texts_in(flow.folder) == [QUESTION, "first"]

    run_async(story())


def test_who_quits_is_asked_first_and_may_stay(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            shutil.rmtree(flow.folder)
            desk.window.close()
            await answer("stay")
            assert not desk.has_ended
            desk.window.close()
            await answer("back")
            await until(lambda: "saved again" in said(), "words about what was saved")
            await answer("ok")
            await desk.ended()
        assert texts_in(flow.folder) == [QUESTION, "first"]

    run_async(story())


def test_who_deletes_the_folder_of_a_program_without_chats_quits_unasked(flow, run_async):
    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            shutil.rmtree(flow.folder)
            desk.window.close()
            await desk.ended()

    run_async(story())


def test_a_draft_alone_is_asked_about(flow, run_async):
    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            shutil.rmtree(flow.folder)
            desk.type("a draft")
            desk.window.close()
            await answer("stay")
            assert not desk.has_ended
            desk.window.close()
            await answer("end")
            await desk.ended()

    run_async(story())


def test_when_nothing_can_be_copied_the_shown_chat_can_be_saved_as_text(flow, run_async, monkeypatch):
    async def story():
        target = flow.home / "shown.md"
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            shutil.rmtree(flow.folder)
            flow.folder.write_text("a file where the folder was")
            await rescue(desk, "back")
            await answer("text")
            await until(lambda: desk.window.findChildren(QFileDialog), "the dialog")
            [dialog] = desk.window.findChildren(QFileDialog)
            dialog.fileSelected.emit(str(target))
            dialog.reject()
            await until(target.is_file, "the text")
            assert f"## You\n\n{QUESTION}" in target.read_text()
            assert "## GigaChat\n\nfirst" in target.read_text()
            flow.folder.unlink()
            desk.window.close()
            await answer("end")
            await desk.ended()

    run_async(story())


def test_words_about_what_else_was_refused_end_too(flow, run_async, monkeypatch):
    """Whoever is refused says so; only the saver says the end by itself."""
    monkeypatch.setattr(rescue_desk, "LOOK_INTERVAL_S", 600)

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            shutil.rmtree(flow.folder)
            conversations = desk.window.chats._conversations
            conversations.library.set_pinned([conversations.listing.newest().id], is_pinned=True)
            await rescue(desk, "back")
            await saved_again(desk)
            await desk.quit()

    run_async(story())


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_log_that_is_deleted_alone_is_begun_anew_without_a_word(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "first")
            log = flow.folder / f"{STORE_NAME}-wal"
            log.unlink()
            await until(log.exists, "another log")

            await answered(service, desk, "second")
            assert log.stat().st_size
            desk.window.chats._conversations.search.search("second")
            assert desk.bar is None or Action.RESCUE not in desk.bar.actions
            await desk.quit()
        assert texts_in(flow.folder) == [QUESTION, "first", QUESTION, "second"]

    run_async(story())
