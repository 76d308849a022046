"""The draft of the shown chat in the real window: files, tools, accounts, the context, and what they say."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gigadesk.chat import Effort, FileState, Tool
from gigadesk.errors import NetworkError, RequestRejectedError
from gigadesk.facts import Connection, ConnectionChanged, MessageEnded, ReplyRetrying, ToolWorking
from gigadesk.gigachat.events import ReasoningDelta, ToolProgress
from gigadesk.limits import PASTE_AS_FILE_CHARS
from gigadesk.settings import Account, Generation, Settings
from gigadesk.ui.widgets.drop_overlay import DropOverlay
from tests.attachments.attachment_support import png
from tests.ui.window.drop_support import drop, mime, reach
from tests.window_support import open_desk

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
SEES = Settings(generation=Generation(model="GigaChat-2-Pro"))
BLIND = Settings(generation=Generation(model="GigaChat-2"))
THINKS = Settings(generation=Generation(model="GigaChat-3-Ultra"))


def chips(desk):
    return desk.composer.chips.chips


def states(desk):
    return [chip.file.state for chip in chips(desk)]


def problem(desk) -> str:
    notice = desk.window.page.problem
    return notice.title if notice is not None else ""


def have_accounts(desk) -> None:
    """Two of them; chats without one ask that of home."""
    services = desk.services
    services.open("home", models=["GigaChat-2", "GigaChat-2-Max"])
    services.open("work", models=["Work-1", "Work-2"])
    services.resolve = lambda account_id: account_id if account_id == "work" else "home"
    accounts = (Account(id="home", name="Home"), Account(id="work", name="Work"))
    desk.window.apply_settings(Settings(accounts=accounts, default_account="home"), desk.window._theme)


async def drop_files(desk, *files):
    page = desk.window.page
    data = mime(files=files)
    reach(page, lambda: page.findChild(DropOverlay), data)
    drop(page.findChild(DropOverlay), data)
    await desk.until(lambda: chips(desk))


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "кот.png"
    path.write_bytes(png())
    return path


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("# Notes", encoding="utf-8")
    return path


def test_a_dropped_file_goes_up_and_is_sent(run_async, picture):
    async def story():
        async with open_desk(chats=1, settings=SEES, generation=SEES.generation) as desk:
            await drop_files(desk, picture)
            await desk.until(lambda: states(desk) == [FileState.READY])
            assert problem(desk) == ""
            desk.type("What is it?")
            desk.press(Key.Key_Return)
            call = await desk.call(0)

            assert chips(desk) == ()
            assert desk.composer.text() == ""
            question = call.request.messages[-1]
            assert (question.text, question.attachments) == ("What is it?", ("remote-1",))
            [shown, _] = desk.window.page.transcript.rows.items
            [file] = shown.view.message.files
            assert file.name == "кот.png"
            assert shown.view.paths[file.id].endswith(file.digest)
            call.answer("A cat")

    run_async(story())


def test_a_picture_alone_can_be_sent(run_async):
    async def story():
        async with open_desk(chats=1, settings=SEES, generation=SEES.generation) as desk:
            desk.composer.editor.insertFromMimeData(mime(image_png=png()))
            await desk.until(lambda: states(desk) == [FileState.READY])
            desk.press(Key.Key_Return)
            call = await desk.call(0)

            assert call.request.messages[-1].attachments == ("remote-1",)
            assert desk.service.uploads[0].name == "Picture.png"
            call.answer("A square")

    run_async(story())


def test_pasted_pictures_can_be_told_apart(run_async):
    async def story():
        async with open_desk(chats=1, settings=SEES, generation=SEES.generation) as desk:
            for count in (1, 2, 3):
                desk.composer.editor.insertFromMimeData(mime(image_png=png(count)))
                await desk.until(lambda count=count: states(desk) == [FileState.READY] * count)

            names = [chip.file.name for chip in chips(desk)]
            assert names == ["Picture.png", "Picture 2.png", "Picture 3.png"]
            assert "Picture 2.png" in desk.window.page.problem.text

    run_async(story())


def test_a_long_text_becomes_a_file_of_the_draft(run_async):
    async def story():
        async with open_desk(chats=1, settings=SEES) as desk:
            desk.composer.editor.insertFromMimeData(mime(text="слово " * PASTE_AS_FILE_CHARS))
            QTest.mouseClick(desk.composer._offer._accept, LEFT)
            await desk.until(lambda: states(desk) == [FileState.READY])

            assert chips(desk)[0].file.name == "Pasted text.txt"
            assert desk.service.uploads[0].content.decode() == "слово " * PASTE_AS_FILE_CHARS
            assert desk.composer.text() == ""

    run_async(story())


def test_what_the_model_cannot_take_is_said_before_sending(run_async, picture):
    async def story():
        async with open_desk(chats=1, settings=BLIND, generation=BLIND.generation) as desk:
            await drop_files(desk, picture)
            await desk.until(lambda: problem(desk))
            assert problem(desk) == "This model takes no such files"
            desk.type("What is it?")
            desk.press(Key.Key_Return)
            assert desk.composer.text() == "What is it?"
            assert len(chips(desk)) == 1
            assert desk.service.calls == []

            chat = desk.conversations.chats()[0]
            desk.conversations.choices.set_model(chat.id, "GigaChat-2-Max")
            assert problem(desk) == ""
            desk.press(Key.Key_Return)
            (await desk.call(0)).answer("A cat")

    run_async(story())


def test_the_button_of_the_problem_opens_the_models(run_async, picture):
    async def story():
        async with open_desk(chats=1, settings=BLIND, generation=BLIND.generation) as desk:
            await drop_files(desk, picture)
            await desk.until(lambda: problem(desk))
            button = desk.window.page._problem._buttons["choose_model"]
            QTest.mouseClick(button, LEFT)

            menu = QApplication.activePopupWidget()
            assert menu.parent() is desk.composer.model_picker
            menu.close()

    run_async(story())


def test_a_file_that_cannot_be_attached_says_why_and_can_be_removed(run_async, tmp_path):
    async def story():
        async with open_desk(chats=1, settings=SEES, generation=SEES.generation) as desk:
            (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 something")
            await drop_files(desk, tmp_path / "a.zip")
            await desk.until(lambda: states(desk) == [FileState.FAILED])
            assert problem(desk) == "GigaChat takes no files of this kind"
            desk.type("text")
            desk.press(Key.Key_Return)
            assert desk.service.calls == []

            desk.composer.chips.focus_last()
            desk.press(Key.Key_Delete)
            assert chips(desk) == ()
            assert problem(desk) == ""
            assert desk.composer.editor.hasFocus()
            desk.press(Key.Key_Return)
            (await desk.call(0)).answer("yes")

    run_async(story())


def test_a_refused_upload_is_tried_again(run_async, text):
    async def story():
        async with open_desk(chats=1, settings=SEES) as desk:
            desk.service.holds_transfers = True
            await drop_files(desk, text)
            await desk.until(lambda: desk.service.uploads)
            upload = desk.service.uploads[0]
            upload.on_progress(3, 4)
            await desk.until(lambda: chips(desk)[0].state_text() == "Uploading, 75 %")
            upload.fail(RequestRejectedError("no"))
            await desk.until(lambda: states(desk) == [FileState.FAILED])
            assert problem(desk)

            desk.composer.chips.focus_last()
            desk.press(Key.Key_Return)
            await desk.until(lambda: len(desk.service.uploads) == 2)
            desk.service.uploads[1].succeed("id")
            await desk.until(lambda: states(desk) == [FileState.READY])

            assert problem(desk) == ""

    run_async(story())


def test_text_and_files_of_a_draft_stay_with_their_chat(run_async, picture, text):
    async def story():
        async with open_desk(chats=2, settings=SEES) as desk:
            desk.type("first")
            await drop_files(desk, picture)
            await desk.until(lambda: states(desk) == [FileState.READY])
            desk.press(Key.Key_Tab, CTRL)
            assert (desk.composer.text(), chips(desk)) == ("", ())
            desk.type("second")
            await drop_files(desk, text)
            desk.press(Key.Key_Tab, CTRL | SHIFT)

            assert desk.composer.text() == "first"
            assert [chip.file.name for chip in chips(desk)] == ["кот.png"]
            desk.press(Key.Key_Tab, CTRL)
            assert desk.composer.text() == "second"
            assert [chip.file.name for chip in chips(desk)] == ["notes.md"]

    run_async(story())


def test_what_could_not_be_stored_stays_with_its_files(run_async, picture):
    async def story():
        async with open_desk(chats=1, settings=SEES, generation=SEES.generation) as desk:
            await drop_files(desk, picture)
            await desk.until(lambda: states(desk) == [FileState.READY])
            await desk.idle()
            [(pages,)] = desk.store._database.rows("PRAGMA page_count")
            desk.store._database.rows(f"PRAGMA max_page_count = {pages}")
            desk.composer.set_text("precious " * 5000)
            desk.press(Key.Key_Return)
            assert desk.composer.text() == "precious " * 5000
            assert len(chips(desk)) == 1

            desk.store._database.rows("PRAGMA max_page_count = 1000000")
            desk.press(Key.Key_Return)
            (await desk.call(0)).answer("yes")
            assert chips(desk) == ()

    run_async(story())


def test_chips_stand_before_the_text_in_the_order_of_tab(run_async, picture, text):
    async def story():
        async with open_desk(chats=1, settings=SEES) as desk:
            await drop_files(desk, picture, text)
            await desk.until(lambda: states(desk) == [FileState.READY] * 2)
            desk.press(Key.Key_Backtab, SHIFT)
            assert QApplication.focusWidget() is chips(desk)[1]
            desk.press(Key.Key_Backtab, SHIFT)
            assert QApplication.focusWidget() is chips(desk)[0]
            desk.press(Key.Key_Tab)
            desk.press(Key.Key_Tab)
            assert desk.composer.editor.hasFocus()

    run_async(story())


def test_a_click_on_a_picture_shows_it_large(run_async, picture):
    async def story():
        async with open_desk(chats=1, settings=SEES) as desk:
            await drop_files(desk, picture)
            await desk.until(lambda: states(desk) == [FileState.READY])
            desk.composer.chips.focus_last()
            desk.press(Key.Key_Return)
            viewer = desk.window.findChild(QObject, "pictureViewer")
            assert viewer.isVisible()
            desk.press(Key.Key_Escape, widget=viewer)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            assert desk.window.findChild(QObject, "pictureViewer") is None

    run_async(story())


def test_tools_and_effort_are_kept_with_the_chat_and_sent(run_async):
    async def story():
        async with open_desk(chats=2, settings=THINKS, generation=THINKS.generation) as desk:
            first, second = desk.conversations.chats()
            tools = desk.composer.tools
            QTest.mouseClick(tools._switches[Tool.WEB_SEARCH], LEFT)
            desk.press(Key.Key_4, CTRL)
            assert tools._switches[Tool.IMAGE].isChecked()
            desk.press(Key.Key_E, CTRL)
            menu = QApplication.activePopupWidget()
            next(action for action in menu.actions() if action.text() == "High").trigger()
            menu.close()
            assert desk.chat(first.id).tools == (Tool.WEB_SEARCH, Tool.IMAGE)
            assert desk.chat(first.id).effort is Effort.HIGH
            call = await desk.ask(first.id, "news?")
            assert call.request.tools == (Tool.WEB_SEARCH, Tool.IMAGE)
            assert call.request.effort is Effort.HIGH
            call.answer("none")

            desk.window.open_chat(second.id)
            assert not tools._switches[Tool.WEB_SEARCH].isChecked()
            desk.window.open_chat(first.id)
            assert tools._switches[Tool.WEB_SEARCH].accessibleName() == "Web search, on"

    run_async(story())


def test_the_account_of_a_chat_is_chosen_with_its_models(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            picker = desk.composer.model_picker
            have_accounts(desk)
            desk.conversations.refresh_models()
            await desk.until(lambda: picker.text() == "GigaChat-2")

            picker.show_menu()
            account_menu = picker._menu.findChild(QMenu)
            assert picker._menu.actions()[0].text() == "Account: Home"
            next(action for action in account_menu.actions() if action.text() == "Work").trigger()
            picker._menu.close()
            await desk.until(lambda: picker.text() == "Work · Work-1")
            assert desk.conversations.chats()[0].account == "work"
            assert picker.accessibleName() == "Model: Work-1, Account: Work"

            desk.press(Key.Key_N, CTRL)
            chat_id = desk.conversations.chats()[0].id
            desk.conversations.choices.set_account(chat_id, "")
            assert picker.text() == "GigaChat-2"
            # An account that is gone is as good as none.
            desk.conversations.choices.set_account(chat_id, "gone")
            assert picker.text() == "GigaChat-2"

    run_async(story())


def test_each_chat_shows_the_connection_of_its_account(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            have_accounts(desk)
            first, second = desk.conversations.chats()
            desk.conversations.choices.set_account(second.id, "work")
            window, status = desk.window, desk.window.page.status
            window.apply(ConnectionChanged(Connection.ONLINE, None, "home"))
            window.apply(ConnectionChanged(Connection.OFFLINE, NetworkError(), "work"))
            assert status.error is None

            window.open_chat(second.id)
            assert isinstance(status.error, NetworkError)
            window.open_chat(first.id)
            assert status.error is None

    run_async(story())


def test_the_context_is_estimated_at_once_and_counted_in_a_pause(run_async):
    async def story():
        async with open_desk(chats=1, settings=SEES, generation=SEES.generation) as desk:
            meter = desk.composer.context_meter
            await desk.until(lambda: meter.use is not None)
            empty = meter.use.used_tokens
            desk.composer.editor.insertFromMimeData(mime(text="many words " * 500))
            await desk.until(lambda: meter.use.used_tokens > empty + 500)
            assert not meter.use.is_exact
            desk.window.chats._chat.draft._measuring.setInterval(0)
            desk.type(" more")
            await desk.until(lambda: meter.use.is_exact)
            assert meter.use.used_tokens == 100

    run_async(story())


def test_thoughts_tools_and_tries_reach_the_transcript(run_async):
    async def story():
        async with open_desk(chats=1, settings=THINKS, generation=THINKS.generation) as desk:
            chat = desk.conversations.chats()[0]
            call = await desk.ask(chat.id, "Draw")
            await desk.until(lambda: len(desk.conversations.messages(chat.id)) == 2)
            reply = desk.last(chat.id)
            transcript = desk.window.page.transcript
            desk.window.apply(ReplyRetrying(chat.id, reply.id, 2.0, NetworkError()))
            answer = transcript.rows.items[-1]
            assert "Trying again" in answer.extras.retry
            call.give(ReasoningDelta("hm"))
            call.give(ToolProgress("image_generate", seconds_left=8))
            await desk.until(lambda: desk.of(ToolWorking))
            assert answer.extras.retry == ""
            assert "Drawing a picture…" in answer.extras.tool_note
            call.answer("done")
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.last(chat.id).reasoning == "hm"
            assert transcript.rows.items[-1].view.message.reasoning == "hm"
            assert transcript.rows.items[-1].view.tool_note == ""

    run_async(story())


def test_the_clipboard_is_pasted_by_its_keys(run_async, picture):
    async def story():
        async with open_desk(chats=1, settings=SEES) as desk:
            QGuiApplication.clipboard().setMimeData(mime(files=(picture,)))
            desk.press(Key.Key_V, CTRL)
            await desk.until(lambda: states(desk) == [FileState.READY])
            QGuiApplication.clipboard().clear()

    run_async(story())
