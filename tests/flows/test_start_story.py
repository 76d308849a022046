"""Starts that are not as usual: no keyring, a locked one, a newer database, a second program."""

import asyncio
import base64
import signal
import sqlite3
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from gigadesk.chat import Status
from gigadesk.errors import MissingAuthError
from gigadesk.kept import UpdateStage
from gigadesk.settings import SettingsFile
from gigadesk.store.database import open_file
from gigadesk.ui.data.update_page import UpdatePage
from gigadesk.ui.notices import Action, keyring_wait_notice
from gigadesk.updating_desk import UpdatingDesk
from tests.flows.flow_support import CTRL, STORE_NAME, files_with, until
from tests.store.old_library import make_old

forgets_a_connection = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""The keyring library does, when the keyring stays locked."""


async def enter_key(desk, key):
    await until(lambda: desk.shows_first_page)
    await until(desk.window.isActiveWindow)
    QGuiApplication.clipboard().setText(key)
    desk.press(Qt.Key.Key_V, CTRL)
    QGuiApplication.clipboard().clear()
    desk.press(Qt.Key.Key_Return)


def traces_of(key, folder):
    """Files that hold the key or one of its halves, or them in another form."""
    client_id, secret = base64.b64decode(key).decode().split(":", 1)
    needles = (key, secret, base64.b64encode(key.encode()).decode().rstrip("="), key.encode().hex(), client_id)
    return [path for needle in needles for path in files_with(needle, folder)]


async def use_key_for_this_run(flow, service):
    key = service.endpoint.credentials
    async with flow.program() as desk:
        await enter_key(desk, key)
        await desk.online()

        await until(lambda: desk.bar is not None)
        assert "until you quit" in desk.bar.text
        service.answer_next("It works")
        desk.ask("Hello")
        await until(lambda: desk.last.status is Status.DONE)
        assert desk.last_text == "It works"
    assert traces_of(key, flow.home) == []


def test_without_a_keyring_the_key_works_for_this_run_and_goes_to_no_file(flow, run_async):
    async def story():
        async with flow.service(has_key=False) as service:
            await use_key_for_this_run(flow, service)
            # The next run has to ask again, and the old chats can be read meanwhile.
            async with flow.program() as desk:
                await desk.chats_shown()
                await until(lambda: desk.bar is not None)
                assert desk.texts == ["Hello", "It works"]

                desk.ask("Another")
                await until(lambda: desk.last.status is Status.FAILED)

                assert desk.notice is not None
                assert desk.notice.actions[0] is Action.OPEN_SETTINGS

    run_async(story())


@forgets_a_connection
def test_a_locked_keyring_is_told_and_the_key_works_for_this_run(flow, run_async, private_keyring):
    async def story():
        private_keyring.lock()
        async with flow.service(has_key=False) as service:
            key = service.endpoint.credentials
            async with flow.program() as desk:
                await until(lambda: desk.shows_first_page)
                words = desk.words(desk.window.first_page)
                assert "keyring" in words.lower()
                await enter_key(desk, key)
                await desk.online()
                await until(lambda: desk.bar is not None)
                assert "until you quit" in desk.bar.text
            assert traces_of(key, flow.home) == []

    run_async(story())


def test_a_keyring_that_hangs_keeps_neither_the_window_nor_the_end_waiting(flow, run_async, private_keyring):
    async def story():
        private_keyring.hang()
        try:
            async with flow.service(has_key=False), flow.program() as desk:
                await until(desk.window.isActiveWindow)
                await desk.quit()
        finally:
            private_keyring.resume()
        # The thread that was stuck is no business of the next test.
        await until(lambda: "keyring" not in {thread.name for thread in threading.enumerate()})

    run_async(story())


def test_a_key_can_be_given_in_the_settings_and_taken_away_again(flow, run_async, private_keyring):
    async def story():
        async with flow.service() as service:
            async with flow.program() as desk:
                await desk.online()
                service.answer_next("Old answer")
                desk.ask("Old question")
                await until(lambda: desk.last.status is Status.DONE)
            flow.environment.setenv("GIGACHAT_CREDENTIALS", "")
            async with flow.program() as desk:
                await desk.chats_shown()
                await until(lambda: desk.bar is not None)
                await desk.open_settings()

                desk.click_button("Add a key", desk.settings)
                desk.type(service.endpoint.credentials)
                desk.press(Qt.Key.Key_Return)
                await until(lambda: "The key is in the keyring" in desk.words(desk.settings))
                await until(lambda: "GigaChat accepts the key." in desk.words(desk.settings))
                await desk.close_settings()
                service.answer_next("New answer")
                desk.ask("New question")
                await until(lambda: desk.last.status is Status.DONE)
                assert desk.texts == ["Old question", "Old answer", "New question", "New answer"]

                await desk.open_settings()
                desk.click_button("Remove the key", desk.settings)
                desk.click_button("Remove the key", desk.settings)
                await until(lambda: "There is no key yet." in desk.words(desk.settings))
            async with flow.program() as desk:
                await desk.chats_shown()
                await until(lambda: desk.bar is not None)

    run_async(story())


def test_a_database_of_a_newer_program_is_refused_with_words_and_left_as_it_is(flow, run_async):
    async def story():
        async with flow.service():
            async with flow.program() as desk:
                await desk.online()
            path = flow.folder / STORE_NAME
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA user_version = 9999")
                connection.execute("PRAGMA journal_mode = DELETE")
            before = path.read_bytes()

            async with flow.program() as desk:
                desk.expected_code = 1
                await until(lambda: question() is not None)
                assert "newer" in desk.words(question())
                assert question().findChild(QPushButton, "retry").isDefault()
                desk.click_button("Quit", question())
                await desk.ended()

            assert path.read_bytes() == before

    run_async(story())


def test_closing_the_window_is_an_answer_to_a_question_at_the_start(flow, run_async):
    async def story():
        async with flow.service():
            async with flow.program() as desk:
                await desk.online()
            with closing(sqlite3.connect(flow.folder / STORE_NAME)) as connection:
                connection.execute("PRAGMA user_version = 9999")
            async with flow.program() as desk:
                desk.expected_code = 1
                await until(lambda: question() is not None)
                desk.window.close()
                await desk.ended()

    run_async(story())


def question():
    """The dialog that is open."""
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
    return shown[0] if shown else None


def test_a_second_start_on_the_same_folder_gives_way_and_wakes_the_first(flow, run_async):
    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            await until((flow.folder / "gigadesk.sock").exists)
            desk.window.showMinimized()

            async with flow.program() as second:
                outcome = await second.ended()
                assert not second.has_window

            assert outcome.code == 0
            await until(lambda: not desk.window.isMinimized())
            await until(desk.window.isActiveWindow)

    run_async(story())


def test_a_lock_of_another_computer_is_said_and_can_be_taken_over(flow, run_async):
    async def take():
        await until(lambda: question() is not None, "the question")
        words = " ".join(label.text() for label in question().findChildren(QLabel))
        question().findChild(QPushButton, "take").click()
        return words

    async def story():
        flow.folder.mkdir()
        (flow.folder / "gigadesk.lock").write_text("42\ngigadesk\nworkshop\n1111222233334444\nother-boot\n")
        taking = asyncio.ensure_future(take())
        async with flow.service(), flow.program() as desk:
            assert "workshop" in await taking
            await desk.online()

    run_async(story())


@pytest.mark.parametrize("content", ["{", "[]", "\x00" * 10], ids=["cut", "no object", "zeros"])
def test_damaged_settings_are_told_and_set_aside(flow, run_async, content):
    async def story():
        flow.folder.mkdir()
        (flow.folder / "settings.json").write_text(content)
        async with flow.service(), flow.program() as desk:
            await desk.online()
            assert desk.bar is not None
            assert "settings" in f"{desk.bar.title} {desk.bar.text}".lower()
        assert len(list(flow.folder.glob("settings.damaged-*.json"))) == 1
        assert SettingsFile(flow.folder / "settings.json").load() is not None

    run_async(story())


def test_a_signal_is_an_answer_to_a_question_at_the_start(flow, run_async):
    async def story():
        async with flow.service():
            async with flow.program() as desk:
                await desk.online()
            with closing(sqlite3.connect(flow.folder / STORE_NAME)) as connection:
                connection.execute("PRAGMA user_version = 9999")
            async with flow.program() as desk:
                desk.expected_code = 1
                await until(lambda: question() is not None)
                signal.raise_signal(signal.SIGTERM)
                await desk.ended()

    run_async(story())


@forgets_a_connection
def test_a_keyring_that_is_unlocked_later_gives_the_key_when_it_is_needed(flow, run_async, private_keyring):
    async def story():
        async with flow.service(has_key=False) as service:
            async with flow.program() as desk:
                await enter_key(desk, service.endpoint.credentials)
                await desk.online()
                service.answer_next("Yesterday's answer")
                desk.ask("Yesterday")
                await until(lambda: desk.messages and desk.last.status is Status.DONE)
            private_keyring.lock()
            async with flow.program() as desk:
                await desk.chats_shown()
                await until(lambda: desk.bar is not None)
                assert desk.texts == ["Yesterday", "Yesterday's answer"]
                desk.ask("Today")
                await until(lambda: desk.last.status is Status.FAILED)
                assert isinstance(desk.last.error, MissingAuthError)

                private_keyring.start_daemon()
                service.answer_next("Today's answer")
                desk.click_action(Action.RETRY)
                await until(lambda: desk.last.status is Status.DONE)

                assert desk.last_text == "Today's answer"
                dialog = await desk.open_settings()
                assert "The key is in the keyring" in desk.words(dialog)

    run_async(story())


def test_the_words_that_the_keyring_may_be_asking_go_when_it_has_answered(flow, run_async, private_keyring):
    async def story():
        async with flow.service(has_key=False) as service:
            async with flow.program() as desk:
                await enter_key(desk, service.endpoint.credentials)
                await desk.online()
                service.answer_next("An answer")
                desk.ask("A question")
                await until(lambda: desk.messages and desk.last.status is Status.DONE)
            private_keyring.hang()
            try:
                async with flow.program() as desk:
                    await desk.chats_shown()
                    # As at the moment when the keyring opens its dialog; this one has no dialogs.
                    desk.window._conversations._links.of("").service._credentials._on_prompt()
                    assert desk.bar == keyring_wait_notice()

                    private_keyring.resume()
                    await desk.online()

                    assert desk.bar is None
            finally:
                private_keyring.resume()

    run_async(story())


def test_quitting_while_the_chats_are_brought_up_to_date_is_an_ordinary_end(flow, run_async, monkeypatch):
    gate = threading.Event()

    def held(path, *, is_thorough, going):
        def stopping(*progress):
            if progress[0] is UpdateStage.CHANGING:
                gate.wait(60)
            return going(*progress)

        return open_file(path, is_thorough=is_thorough, going=stopping)

    monkeypatch.setattr("gigadesk.opening_desk.OPENED_AT_ONCE_MAX_BYTES", 0)
    monkeypatch.setattr("gigadesk.opening_desk.UpdatingDesk", lambda window: UpdatingDesk(window, held))

    async def story():
        flow.folder.mkdir()
        make_old(flow.folder / STORE_NAME, 1)
        async with flow.service(), flow.program() as desk:
            await until(lambda: any(page.isVisible() for page in desk.window.findChildren(UpdatePage)), "the page")
            desk.click_button("Quit", desk.window)
            gate.set()
            assert (await desk.ended()).code == 0

    run_async(story())
