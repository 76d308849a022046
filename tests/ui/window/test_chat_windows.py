"""A chat in a window of its own: live beside the main window, sharing the draft, gone when its chat goes."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gigadesk.facts import Connection, ConnectionChanged
from gigadesk.settings import Settings
from gigadesk.start_mark import StartMark
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.pane.chat_window import ChatWindow
from gigadesk.ui.shortcuts_dialog import ShortcutsDialog
from tests.window_support import close, open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def windows() -> list[ChatWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, ChatWindow) and each.isVisible()]


def text_of(transcript) -> str:
    transcript.select_all()
    return str(transcript.selected_markdown())


async def opened(desk) -> ChatWindow:
    """The shown chat in its own window, which has the keyboard."""
    desk.window.activateWindow()
    await desk.until(desk.window.isActiveWindow)
    desk.composer.setFocus()
    desk.press(Key.Key_O, CTRL | SHIFT)
    [window] = windows()
    await desk.until(window.isActiveWindow)
    return window


def test_both_windows_show_the_answer_as_it_comes(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            window = await opened(desk)
            desk.type("Why?")
            desk.press(Key.Key_Return)
            call = await desk.call(0)
            call.say("Because")
            both = [window.pane.page.transcript, desk.window.page.transcript]

            await desk.until(lambda: all("Because" in text_of(each) for each in both))
            call.answer(".")
            await desk.until(lambda: not window.pane.page.composer.is_busy)

            assert desk.composer.text() == window.pane.page.composer.text() == ""
            assert not desk.chat(window.chat_id).is_unread

    run_async(story())


def test_what_is_typed_in_one_window_stands_in_the_other(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.type("Dear ")
            window = await opened(desk)
            assert window.pane.page.composer.text() == "Dear "

            desk.type("all")
            await desk.until(lambda: desk.composer.text() == "Dear all")
            desk.window.activateWindow()
            await desk.until(desk.window.isActiveWindow)
            desk.composer.setFocus()
            desk.type("!")
            window.activateWindow()
            desk.composer.flush_draft()

            assert window.pane.page.composer.text() == "Dear all!"

    run_async(story())


def test_it_is_opened_once_and_comes_to_the_front(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            window = await opened(desk)
            desk.window.activateWindow()
            await desk.until(desk.window.isActiveWindow)

            desk.press(Key.Key_O, CTRL | SHIFT, desk.composer.editor)

            await desk.until(window.isActiveWindow)
            assert windows() == [window]

    run_async(story())


def test_ctrl_enter_and_the_middle_button_open_a_chat_of_the_list(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            shown, other = (chat.id for chat in desk.conversations.chats())
            desk.chat_list.setFocus()
            desk.press(Key.Key_Down)
            desk.press(Key.Key_Return, CTRL)
            assert [each.chat_id for each in windows()] == [other]

            index = desk.window.sidebar.chats.index_of(shown)
            place = desk.chat_list.visualRect(index).center()
            QTest.mouseClick(desk.chat_list.viewport(), Qt.MouseButton.MiddleButton, pos=place)

            assert sorted(each.chat_id for each in windows()) == sorted([shown, other])
            assert desk.window.chats._chat.id == shown

    run_async(story())


def test_closing_it_ends_neither_the_answer_nor_the_program(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            closing = []
            desk.window.closing.connect(lambda: closing.append(1))
            window = await opened(desk)
            chat_id = window.chat_id
            desk.type("Why?")
            desk.press(Key.Key_Return)
            call = await desk.call(0)
            desk.press(Key.Key_W, CTRL)
            assert windows() == []

            call.answer("Because.")
            await desk.until(lambda: not desk.chat(chat_id).is_streaming)

            assert desk.texts(chat_id) == ["Why?", "Because."]
            assert closing == []

    run_async(story())


def test_an_answer_that_ends_in_its_own_window_is_read(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            window = await opened(desk)
            other = next(chat.id for chat in desk.conversations.chats() if chat.id != window.chat_id)
            desk.window.open_chat(other)

            await desk.exchange(window.chat_id, "Why?", "Because.")
            assert not desk.chat(window.chat_id).is_unread

            window.close()
            await desk.exchange(window.chat_id, "And?", "So.")
            assert desk.chat(window.chat_id).is_unread

    run_async(story())


def test_a_deletion_that_is_undone_brings_the_window_back_where_it_stood(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            window = await opened(desk)
            window.move(30, 10)
            chat_id, place = window.chat_id, window.pos()
            others = [chat.id for chat in desk.conversations.chats() if chat.id != chat_id]
            library = desk.conversations.library
            for ids in ([chat_id], [chat_id, others[0]]):
                library.delete_chats(ids)
                await desk.until(lambda: not windows())
                desk.window.activateWindow()
                await desk.until(desk.window.isActiveWindow)

                library.restore_chats(ids)

                await desk.until(lambda: [each.chat_id for each in windows()] == [chat_id])
                assert windows()[0].x() == place.x()
                await desk.until(desk.window.isActiveWindow)
            library.delete_chats([chat_id])
            library.delete_chats([others[0]])
            library.restore_chats([chat_id])
            assert windows() == []

    run_async(story())


def test_a_deleted_chat_closes_its_window(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            window = await opened(desk)

            desk.conversations.library.delete_chats([window.chat_id])

            assert windows() == []

    run_async(story())


def test_its_place_comes_back(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            window = await opened(desk)
            window.resize(500, 444)
            state = desk.window.state()
            window.close()
            desk.window.restore(state)

            again = await opened(desk)

            assert (again.width(), again.height()) == (500, 444)

    run_async(story())


def test_it_has_the_title_and_the_keys_of_the_page(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.listener(ConnectionChanged(Connection.ONLINE))
            window = await opened(desk)
            assert window.windowTitle() == "Chat 1 — GigaDesk"
            assert window.pane.page.status._connection is Connection.ONLINE

            desk.conversations.rename(window.chat_id, "Better")
            assert window.windowTitle() == "Better — GigaDesk"
            desk.press(Key.Key_F, CTRL)
            assert window.pane.page.find_bar.isVisible()
            desk.press(Key.Key_F1)
            assert window.findChild(ShortcutsDialog).isVisible()

    run_async(story())


def next_window(desk, state: bytes, mark: StartMark | None = None) -> MainWindow:
    """The main window of the next run, over the same chats."""
    close(desk.window)
    desk.window = window = MainWindow(desk.conversations, Settings())
    desk.listener = window.apply
    window.start_mark = mark or StartMark()
    window.restore(state)
    window.show_chats()
    window.show()
    window.activateWindow()
    return window


def test_what_was_open_at_the_end_is_open_again_where_it_stood(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            kept, gone, shut = (chat.id for chat in desk.conversations.chats())
            for chat_id in (gone, shut, kept):
                desk.window.open_chat(chat_id)
                (await opened(desk)) if not windows() else desk.window.chats.windows.open(chat_id)
            by_chat = {window.chat_id: window for window in windows()}
            by_chat[shut].close()
            by_chat[kept].setGeometry(120, 90, 500, 444)
            state = desk.window.state()
            desk.window.chats.windows.close_all()
            desk.conversations.library.delete_chats([gone])

            window = next_window(desk, state)

            await desk.until(lambda: len(windows()) == 1)
            [again] = windows()
            assert (again.chat_id, again.geometry().getRect()) == (kept, (120, 90, 500, 444))
            await desk.until(window.isActiveWindow)
            assert window.state() == desk.window.state()
            window.show_chats()
            again.close()
            await desk.idle()
            assert windows() == []

    run_async(story())


def test_a_place_that_no_screen_shows_any_more_is_not_used(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            window = await opened(desk)
            window.move(90_000, -90_000)
            state = desk.window.state()
            desk.window.chats.windows.close_all()

            next_window(desk, state)

            await desk.until(windows)
            [again] = windows()
            assert again.screen().geometry().intersects(again.frameGeometry())

    run_async(story())


def test_after_a_start_that_failed_the_windows_stay_closed(run_async, tmp_path):
    async def story():
        async with open_desk(chats=1) as desk:
            await opened(desk)
            state = desk.window.state()
            desk.window.chats.windows.close_all()
            StartMark(tmp_path / "starting")  # and no end of it

            next_window(desk, state, StartMark(tmp_path / "starting"))

            await desk.idle()
            assert windows() == []

    run_async(story())
