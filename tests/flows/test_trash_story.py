"""Into the trash, back out of it, and gone for good, with keys and mouse."""

from PySide6.QtWidgets import QApplication, QDialog, QMenu

from gigadesk.chat import Status
from gigadesk.ui.trash import TrashWindow
from tests.flows.flow_support import CTRL, Program, Qt, files_with, until

SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
SECRET = "the secret word is canary-4711"


async def chat_about(desk: Program, service, question: str) -> int:
    chat_id = desk.open_new_chat()
    desk.window.chats._conversations.rename(chat_id, question)  # else the model would name it, some time
    service.answer_next(f"About {question}")
    desk.ask(question)
    await until(lambda: bool(desk.messages) and desk.last.status is Status.DONE, question)
    return chat_id


async def open_trash(desk: Program) -> TrashWindow:
    desk.press(Key.Key_Delete, CTRL | SHIFT)
    await until(lambda: desk.window.chats.trash.window is not None and desk.window.chats.trash.window.isActiveWindow())
    window = desk.window.chats.trash.window
    assert window is not None
    return window


def rows(window: TrashWindow) -> list[str]:
    return [str(window.model.index(row).data()) for row in range(window.model.rowCount())]


async def answer(window: TrashWindow, words: str, desk: Program) -> str:
    await until(lambda: question(window) is not None, "the question")
    asked = question(window)
    assert asked is not None
    said = desk.words(asked)
    desk.click_button(words, asked)
    await until(lambda: question(window) is None, "the end of the question")
    return said


def question(window: TrashWindow) -> QDialog | None:
    return next((each for each in window.findChildren(QDialog) if each.isVisible()), None)


def test_a_chat_is_looked_at_in_the_trash_and_comes_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            first = await chat_about(desk, service, "whales")
            await chat_about(desk, service, "dolphins")
            desk.open_chat(first)
            desk.press(Key.Key_Backspace, CTRL | SHIFT)
            assert "1 chat deleted" in desk.words()

            window = await open_trash(desk)
            assert rows(window) == ["whales"]
            assert "whales" in window._preview.toPlainText()
            assert "About whales" in window._preview.toPlainText()
            window._search.setFocus()
            desk.type("nowhere")
            await until(lambda: rows(window) == [])
            desk.press(Key.Key_Escape)  # ends the search, not the window
            await until(lambda: rows(window) == ["whales"])
            assert window.isVisible()
            assert window.list.hasFocus()
            QApplication.focusWidget().setFocus()
            desk.press(Key.Key_Return)
            await until(lambda: rows(window) == [])
            assert "The trash is empty." in desk.words(window)
            assert desk.title_of(first) == "whales"
            window.close()

    run_async(story())


def test_undo_brings_back_a_folder_with_all_that_was_in_it(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            chat_id = await chat_about(desk, service, "whales")
            library = desk.window.chats._conversations.library
            folder = library.add_folder("Sea")
            library.move_chats([chat_id], folder)
            library.delete_folder(folder)
            assert "Folder deleted, with 1 chat" in desk.words()
            assert desk.shown_id != chat_id

            desk.window.sidebar.list.setFocus()
            desk.press(Key.Key_Z, CTRL)

            assert [each.name for each in library.folders()] == ["Sea"]
            assert desk.window.chats._conversations.chat(chat_id).folder_id == folder

    run_async(story())


def test_what_is_deleted_for_ever_is_in_no_file_any_more(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            chat_id = await chat_about(desk, service, SECRET)
            kept = await chat_about(desk, service, "this stays here")
            assert files_with(SECRET, desk.folder)
            desk.open_chat(chat_id)
            desk.press(Key.Key_Backspace, CTRL | SHIFT)

            window = await open_trash(desk)
            desk.press(Key.Key_Delete)
            said = await answer(window, "Cancel", desk)
            assert "To be deleted: 1 chat." in said
            assert rows(window) == [SECRET]
            desk.click_button("Delete for ever…", window)
            await answer(window, "Delete for ever", desk)
            await until(lambda: rows(window) == [])
            trash = desk.window.chats._conversations.trash
            await until(lambda: not trash.is_deleting())
            window.close()
            await desk.take_focus()
            folder = desk.folder
        assert files_with(SECRET, folder) == []
        assert flow.store().texts(kept) == ["this stays here", "About this stays here"]

    run_async(story())


def changes_offered(transcript) -> set[str]:
    """The entries of the menus of all messages, and their buttons, that change a chat; what only reads is there too."""
    transcript.show_pending()
    menu = QMenu(transcript)
    transcript.commands.menu.add_selection_actions(menu)
    for index in range(len(transcript.rows)):
        transcript.commands.menu.add_message_actions(menu, index)
    words = {action.text() for action in menu.actions() if action.text()}
    words |= {zone.icon for item in transcript.rows.items for zone in item.make_trailer().zones if zone.icon}
    reading = {"Copy message", "Copy message as", "Continue from here in a new chat", "Details…", "copy", "menu"}
    assert words >= reading
    return words - reading - {"info", "Show usage"}


def test_a_chat_in_the_archive_is_read_only_until_it_is_taken_out(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            chat_id = await chat_about(desk, service, "whales")
            page = desk.window.page
            desk.window.chats._conversations.library.set_archived([chat_id], is_archived=True)
            assert "1 chat archived" not in desk.words()
            assert "This chat is in the archive." in desk.words()
            assert not page.composer.isVisible()
            assert changes_offered(page.transcript) == set()

            desk.click_button("Take out of the archive")

            assert page.composer.isVisible()
            assert changes_offered(page.transcript) == {
                "Edit",
                "Answer again",
                "Answer again with",
                "Delete message",
                "Quote in your message",
                "Ask about it",
                "edit",
                "retry",
            }
            assert not desk.window.chats._conversations.chat(chat_id).is_archived

    run_async(story())


def test_a_chat_that_is_shown_leaves_when_it_is_deleted_for_ever(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            chat_id = await chat_about(desk, service, "whales")
            other = await chat_about(desk, service, "dolphins")
            conversations = desk.window.chats._conversations
            conversations.library.delete_chats([chat_id])
            desk.window.chats.open_chat(chat_id)
            assert "This chat is in the trash." in desk.words()

            conversations.trash.empty()
            assert desk.shown_id == other
            await until(lambda: not conversations.trash.is_deleting())

    run_async(story())
