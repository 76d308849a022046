"""The window with real conversations behind it: real keys and clicks, what is shown and what is stored."""

import subprocess
import sys

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gigadesk.chat import Status
from gigadesk.errors import NetworkError, StorageCause, StorageError
from gigadesk.facts import Connection, ConnectionChanged, ReplyStarted, SavingFailed, SavingResumed
from gigadesk.settings import Generation, Settings
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.notices import Action, Notice
from gigadesk.ui.pane.shown_draft import ShownDraft
from gigadesk.ui.shortcuts_dialog import ShortcutsDialog
from gigadesk.ui.theme import DARK
from tests.window_support import close, open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def test_the_first_window_has_an_empty_chat_and_the_keyboard_in_the_composer(run_async):
    async def story():
        async with open_desk() as desk:
            assert desk.rows()[1:] == ["New chat"]
            assert desk.window.page.greeting.isVisible()
            assert desk.composer.editor.hasFocus()

    run_async(story())


def test_a_typed_message_is_stored_and_answered(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.type("Why?")
            desk.press(Key.Key_Return)
            chat = desk.conversations.chats()[0]
            call = await desk.call(0)
            assert desk.composer.text() == ""
            assert desk.window.page.transcript.isVisible()
            assert "answer is being written" in desk.spoken(chat.id)

            call.answer("Because.")
            await desk.until(lambda: not desk.chat(chat.id).is_streaming)

            assert desk.texts(chat.id) == ["Why?", "Because."]
            assert desk.spoken(chat.id) == "Chat 1, open"

    run_async(story())


def test_text_that_could_not_be_stored_stays_in_the_field(run_async):
    text = "precious " * 5000

    async def story():
        async with open_desk(chats=1) as desk:
            [(pages,)] = desk.store._database.rows("PRAGMA page_count")
            desk.store._database.rows(f"PRAGMA max_page_count = {pages}")
            desk.composer.set_text(text)
            desk.press(Key.Key_Return)

            assert desk.composer.text() == text
            assert desk.window.page.notices.notice.is_error

            desk.store._database.rows("PRAGMA max_page_count = 1000000")
            desk.press(Key.Key_Return)
            await desk.call(0)

            assert desk.composer.text() == ""
            assert desk.texts(desk.conversations.chats()[0].id)[0] == text

    run_async(story())


def test_drafts_stay_with_their_chats(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            first, second = (chat.id for chat in desk.conversations.chats())
            desk.type("for the first")
            desk.press(Key.Key_Tab, CTRL)
            assert desk.composer.text() == ""
            desk.type("for the second")
            desk.press(Key.Key_Tab, CTRL | SHIFT)

            assert desk.composer.text() == "for the first"
            assert desk.conversations.draft(first) == "for the first"
            assert desk.conversations.draft(second) == "for the second"

    run_async(story())


def test_chats_that_were_only_begun_are_told_apart_by_what_was_typed(run_async):
    async def story():
        async with open_desk() as desk:
            desk.type("A plan for the\u00a0garden")
            desk.press(Key.Key_N, CTRL)
            desk.type("Words for Anna")
            desk.press(Key.Key_N, CTRL)

            assert desk.rows()[1:] == ["New chat", "Words for Anna", "A plan for the garden"]
            begun = desk.conversations.chats()[1]
            assert desk.spoken(begun.id) == "Words for Anna, draft"
            assert begun.title == ""

    run_async(story())


def test_esc_stops_the_answer_and_keeps_its_text(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            chat = desk.conversations.chats()[0]
            call = await desk.ask(chat.id, "Count")
            call.say("One, two")
            await desk.until(lambda: desk.last(chat.id).text)
            desk.press(Key.Key_Escape)
            await desk.until(lambda: desk.last(chat.id).status is Status.STOPPED)

            assert desk.last(chat.id).text == "One, two"

    run_async(story())


def test_an_answer_in_another_chat_touches_the_sidebar_only(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            shown, other = (chat.id for chat in desk.conversations.chats())
            call = await desk.ask(other, "Why?")
            assert not desk.composer.is_busy
            assert desk.window.page.greeting.isVisible()
            call.answer("Because.")
            await desk.until(lambda: not desk.chat(other).is_streaming)
            assert "unread" in desk.spoken(other)

            desk.click_row(other)

            assert "unread" not in desk.spoken(other)
            assert not desk.chat(other).is_unread
            assert desk.window.page.transcript.isVisible()
            assert desk.window.windowTitle() == "Chat 1 — GigaDesk"
            assert desk.composer.editor.hasFocus()
            assert "open" not in desk.spoken(shown)

    run_async(story())


def test_the_answer_goes_on_while_its_chat_is_away(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            first, second = (chat.id for chat in desk.conversations.chats())
            call = await desk.ask(first, "Count")
            call.say("One, ")
            desk.window.open_chat(second)
            call.say("two")
            await desk.until(lambda: desk.last(first).text == "One, two")
            desk.window.open_chat(first)
            assert desk.composer.is_busy
            call.answer(", three")
            await desk.until(lambda: desk.last(first).status is Status.DONE)

            assert not desk.composer.is_busy

    run_async(story())


def test_ctrl_n_opens_one_empty_chat_and_not_two(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.press(Key.Key_N, CTRL)
            desk.press(Key.Key_N, CTRL)
            assert len(desk.conversations.chats()) == 2

            desk.type("something")
            desk.press(Key.Key_N, CTRL)

            assert len(desk.conversations.chats()) == 3
            assert desk.composer.text() == ""

    run_async(story())


def test_delete_in_the_list_can_be_undone(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            victim = desk.conversations.chats()[1]
            desk.window.open_chat(victim.id)
            desk.chat_list.setFocus()
            desk.press(Key.Key_Delete)
            assert victim.title not in desk.rows()
            assert desk.window.windowTitle() == "Chat 1 — GigaDesk"

            desk.press(Key.Key_Z, CTRL)

            assert victim.title in desk.rows()
            assert desk.window.windowTitle() == f"{victim.title} — GigaDesk"

    run_async(story())


def test_deleting_the_last_chat_opens_an_empty_one(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.press(Key.Key_Backspace, CTRL | SHIFT)

            assert desk.rows()[1:] == ["New chat"]

    run_async(story())


def test_f2_renames_in_place(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            chat = desk.conversations.chats()[0]
            desk.press(Key.Key_F2)
            desk.type("Better name")
            desk.press(Key.Key_Return)
            await desk.until(lambda: desk.chat(chat.id).title == "Better name")

            assert desk.rows()[1] == "Better name"
            assert desk.window.windowTitle() == "Better name — GigaDesk"

    run_async(story())


def test_a_name_is_kept_when_the_user_goes_elsewhere(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            first, second, _ = (chat.id for chat in desk.conversations.chats())
            desk.press(Key.Key_F2)
            desk.press(Key.Key_F2)
            desk.type("one")
            desk.press(Key.Key_N, CTRL)
            assert desk.chat(first).title == "one"

            desk.press(Key.Key_F2)
            desk.type("new")
            QTest.mouseClick(desk.window.page.greeting, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
            assert desk.conversations.chats()[0].title == "new"

            desk.click_row(second)
            desk.press(Key.Key_F2)
            desk.type("two")
            desk.press(Key.Key_Tab)
            assert desk.chat(second).title == "two"
            assert desk.composer.editor.hasFocus()

    run_async(story())


def test_a_name_being_typed_outlives_changes_of_its_chat(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            chat = desk.conversations.chats()[0]
            call = await desk.ask(chat.id, "Why?")
            desk.press(Key.Key_F2)
            desk.type("My words")
            call.answer("Because.")
            await desk.until(lambda: not desk.chat(chat.id).is_streaming)
            desk.press(Key.Key_Return)
            await desk.until(lambda: desk.chat(chat.id).title == "My words")

            assert desk.composer.editor.hasFocus()

    run_async(story())


def test_esc_leaves_the_name_as_it_was(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.press(Key.Key_F2)
            desk.type("No")
            desk.press(Key.Key_Escape)
            await desk.idle()

            assert desk.rows()[1:] == ["Chat 1"]

    run_async(story())


def test_search_finds_opens_and_clears(run_async):
    async def story():
        async with open_desk(chats=12) as desk:
            desk.press(Key.Key_K, CTRL)
            desk.type("chat 7")
            assert desk.rows()[1:] == ["Chat 7"]
            desk.press(Key.Key_Return)
            assert desk.window.windowTitle() == "Chat 7 — GigaDesk"

            desk.press(Key.Key_K, CTRL)
            desk.type("zzz")
            assert desk.rows() == []
            desk.press(Key.Key_Escape)
            assert len(desk.rows()) == 13
            desk.press(Key.Key_Escape)
            assert desk.composer.editor.hasFocus()

    run_async(story())


def test_the_list_is_walked_with_arrows_and_opened_with_enter(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            desk.chat_list.setFocus()
            desk.press(Key.Key_Down)
            desk.press(Key.Key_Down)
            assert desk.window.windowTitle() == "Chat 3 — GigaDesk"
            desk.press(Key.Key_Return)

            assert desk.window.windowTitle() == "Chat 1 — GigaDesk"

    run_async(story())


def test_the_model_of_a_chat_is_chosen_from_the_list(run_async):
    async def story():
        async with open_desk(chats=1, settings=Settings(generation=Generation(model="GigaChat-2-Pro"))) as desk:
            picker = desk.composer.model_picker
            desk.conversations.refresh_models()
            await desk.until(lambda: "GigaChat-2-Max" in action_texts(picker))
            assert picker.text() == "GigaChat-2-Pro"
            picker.show_menu()
            menu = picker.findChild(QMenu)
            assert [action.text() for action in menu.actions() if action.isChecked()] == [
                "As in the settings: GigaChat-2-Pro"
            ]
            desk.press(Key.Key_Up, widget=menu)
            desk.press(Key.Key_Return, widget=menu)

            assert desk.conversations.chats()[0].model == "GigaChat-2-Max"
            assert picker.text() == "GigaChat-2-Max"

    def action_texts(picker):
        picker._fill_menu()
        return [action.text() for action in picker.findChild(QMenu).actions()]

    run_async(story())


def test_buttons_of_a_message_reach_the_conversations(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            chat = desk.conversations.chats()[0]
            call = await desk.ask(chat.id, "Why?")
            call.say("Bec")
            await desk.until(lambda: desk.last(chat.id).text == "Bec")
            desk.conversations.stop(chat.id)
            await desk.until(lambda: desk.last(chat.id).status is Status.STOPPED)
            transcript = desk.window.page.transcript
            first = desk.last(chat.id).id

            transcript.action_requested.emit(first, Action.CONTINUE.value)
            (await desk.call(1)).answer("ause.")
            await desk.until(lambda: desk.last(chat.id).status is Status.DONE)
            transcript.regenerate_requested.emit(first)
            (await desk.call(2)).answer("Why not?")
            await desk.until(lambda: desk.last(chat.id).status is Status.DONE)
            assert desk.texts(chat.id) == ["Why?", "Why not?"]
            transcript.branch_requested.emit(first)

            assert desk.texts(chat.id) == ["Why?", "Because."]

    run_async(story())


def test_a_waiting_reply_says_its_place_in_the_status_line(run_async):
    async def story():
        async with open_desk(chats=2, lanes=1) as desk:
            first, second = (chat.id for chat in desk.conversations.chats())
            call = await desk.ask(first, "one")
            desk.conversations.send(second, "two")
            await desk.idle()
            assert desk.window.page.status.queue_text() == "1 running, 1 waiting"

            call.answer("!")
            (await desk.call(1)).answer("!")
            await desk.until(lambda: len(desk.of(ReplyStarted)) == 2 and not desk.chat(second).is_streaming)

            assert desk.window.page.status.queue_text() == ""

    run_async(story())


def test_a_lost_connection_is_named_and_explained(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.window.apply(ConnectionChanged(Connection.OFFLINE, NetworkError("<img src=/dev/zero>", host="<b>x")))
            desk.window.page.status.problem_clicked.emit()

            assert desk.window.page.notices.notice.title
            desk.press(Key.Key_Escape)
            assert desk.window.page.notices.notice is None

    run_async(story())


def test_the_notice_about_saving_goes_when_saving_works_again(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.window.apply(SavingFailed(StorageError(StorageCause.FULL, "/data")))
            assert desk.window.page.notices.isVisible()

            desk.window.apply(SavingResumed())
            assert not desk.window.page.notices.isVisible()

            desk.window.show_notice(Notice("Other", "words"))
            desk.window.apply(SavingResumed())
            assert desk.window.page.notices.isVisible()

    run_async(story())


def test_actions_of_notices_become_signals(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            asked = []
            desk.window.settings_requested.connect(lambda: asked.append("settings"))
            desk.window.link_followed.connect(lambda target, text: asked.extend((target, text)))
            transcript = desk.window.page.transcript
            transcript.action_requested.emit(1, Action.OPEN_SETTINGS.value)
            transcript.link_followed.emit("https://example.org", "here")
            transcript.action_requested.emit(1, Action.NEW_CHAT.value)

            assert asked == ["settings", "https://example.org", "here"]
            assert len(desk.conversations.chats()) == 2

    run_async(story())


def test_closing_asks_the_app_and_keeps_the_draft(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            closing = []
            desk.window.closing.connect(lambda: closing.append(1))
            desk.type("unfinished")
            desk.window.close()
            assert closing == [1]
            assert desk.window.isVisible()
            assert desk.conversations.draft(desk.conversations.chats()[0].id) == "unfinished"

            desk.window.allow_close()
            assert not desk.window.isVisible()

    run_async(story())


def test_the_last_shown_chat_and_the_sidebar_come_back(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            desk.window.open_chat(desk.conversations.chats()[2].id)
            desk.press(Key.Key_B, CTRL)
            state = desk.window.state()

            async with open_desk() as other:
                other.window.use_conversations(desk.conversations)
                other.window.restore(state)
                other.window.show_chats()

                assert other.window.windowTitle() == "Chat 1 — GigaDesk"
                assert not other.window.sidebar.isVisible()
                other.window.use_conversations(other.conversations)

    run_async(story())


def test_f1_lists_the_keys_and_does_not_block(run_async):
    async def story():
        async with open_desk() as desk:
            desk.press(Key.Key_F1)
            dialog = desk.window.findChild(ShortcutsDialog)
            assert dialog.isVisible()
            assert not dialog.isModal()
            desk.press(Key.Key_Escape, widget=dialog)
            assert not dialog.isVisible()

    run_async(story())


def test_colours_change_while_the_window_is_open(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            before = desk.window.grab().toImage().pixelColor(2, 2)
            desk.window.apply_settings(Settings(), DARK)
            after = desk.window.grab().toImage().pixelColor(2, 2)

            assert before != after == DARK.sidebar

    run_async(story())


def test_every_control_has_a_name(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.window.apply(ConnectionChanged(Connection.OFFLINE, NetworkError("x")))
            desk.window.show_notice(Notice("Title", "Text", (Action.RETRY,)))
            controls = [
                widget
                for widget in desk.window.findChildren(object)
                if getattr(widget, "isWidgetType", bool)()
                and widget.isVisible()
                and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            ]
            nameless = [
                repr(each)
                for each in controls
                if not each.accessibleName() and not (hasattr(each, "text") and each.text())
            ]

            assert len(controls) > 8
            assert nameless == []

    run_async(story())


def test_tab_goes_round_through_every_control(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.type("so that there is something to send")
            names = []
            for _ in range(30):
                desk.press(Key.Key_Tab)
                names.append(QApplication.focusWidget().accessibleName())
                if desk.composer.editor.hasFocus():
                    break

            tools = ["Web search, off", "Run code, off", "Read web pages, off", "Draw pictures, off"]
            assert names[:5] == ["Attach files", *tools]
            at = names.index("Send") + 1
            assert names[at : at + 3] == ["New chat", "Temporary chat", "Hide the sidebar"]
            assert names[at + 3 : at + 6] == ["Search chats by title", "Chats", "Settings"]
            assert names[at + 6 : at + 9] == ["Archived chats", "Trash", "Keyboard shortcuts"]
            assert names[-1] == "Message"

    run_async(story())


def test_a_suggestion_fills_the_composer_and_is_kept(run_async):
    async def story():
        async with open_desk() as desk:
            desk.window.page.greeting.suggestion_chosen.emit("Explain: ")

            assert desk.composer.text() == "Explain: "
            assert desk.composer.editor.hasFocus()
            assert desk.conversations.draft(desk.conversations.chats()[0].id) == "Explain: "

    run_async(story())


def test_esc_reaches_the_window_from_the_transcript(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            chat = desk.conversations.chats()[0]
            await desk.ask(chat.id, "Count")
            desk.window.page.transcript.setFocus()
            QApplication.sendEvent(
                desk.window.page, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
            )
            await desk.until(lambda: desk.last(chat.id).status is Status.STOPPED)

    run_async(story())


def test_letters_typed_over_an_answer_go_to_the_composer(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            await desk.ask(desk.conversations.chats()[0].id, "Count")
            desk.window.page.transcript.setFocus()
            desk.press(Key.Key_Q, CTRL | SHIFT)
            assert desk.window.page.transcript.hasFocus()

            desk.type("Ag")
            desk.type("ain")

            assert desk.composer.text() == "Again"

    run_async(story())


def test_a_chat_in_the_trash_does_not_come_back_when_its_answer_ends(run_async):
    async def story():
        async with open_desk(chats=2, lanes=1) as desk:
            chat = desk.conversations.chats()[1]
            call = await desk.ask(chat.id, "Count")
            call.say("One")
            await desk.until(lambda: desk.last(chat.id).text)
            desk.conversations.library.delete_chats([chat.id])
            await desk.until(lambda: not call.is_open)
            await desk.idle()

            assert chat.title not in desk.rows()

    run_async(story())


def test_an_empty_chat_greets_again_after_a_full_one(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            full, empty = (chat.id for chat in desk.conversations.chats())
            (await desk.ask(full, "Why?")).answer("Because.")
            await desk.until(lambda: not desk.chat(full).is_streaming)
            assert desk.window.page.transcript.isVisible()
            desk.window.open_chat(empty)

            assert desk.window.page.greeting.isVisible()
            assert not desk.window.page.transcript.isVisible()

    run_async(story())


def test_the_first_page_leads_to_the_chats(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            asked = []
            desk.window.demo_requested.connect(lambda: asked.append("demo"))
            desk.window.quit_requested.connect(lambda: asked.append("quit"))
            desk.window.show_first_page()
            assert desk.window.first_page.isVisible()
            assert desk.window.windowTitle() == "GigaDesk"
            desk.window.first_page.demo_requested.emit()
            desk.press(Key.Key_Q, CTRL)
            desk.window.show_chats()

            assert asked == ["demo", "quit"]
            assert desk.window.windowTitle() == "Chat 1 — GigaDesk"
            assert desk.composer.editor.hasFocus()

    run_async(story())


def test_what_is_told_before_the_chats_are_made_is_shown_by_them(qtbot):
    window = MainWindow(object(), Settings())
    window.set_account_texts({"": "Personal"})
    window.set_demo(True)
    window.apply_settings(Settings(generation=Generation(model="GigaChat-2-Max")), DARK)
    window.show()
    grounds = [window.grab().toImage().pixelColor(x, 50) for x in (5, 600)]

    assert grounds == [DARK.sidebar, DARK.window]
    assert window.page.composer.model_picker.text() == "GigaChat-2-Max"
    assert window.page.status.account_text() == "Personal"
    close(window)


def test_the_bare_window_imports_nothing_of_its_parts():
    script = (
        "import sys, gigadesk.ui.main_window; print(*(name for name in sys.modules if name.startswith('gigadesk')))"
    )

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert not {"gigadesk.ui.chats_view", "gigadesk.ui.transcript", "gigadesk.conversations"} & set(loaded)


def test_the_status_line_speaks_of_the_account_of_the_shown_chat(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            window, status = desk.window, desk.window.page.status
            window.set_account_texts({"": "Home", "work": "Work"})
            window.set_balance_warning("work", "GigaChat-2", "19,000")
            assert (status.account_text(), status.balance_text()) == ("Home", "")

            window.chats.findChild(ShownDraft).account_shown.emit("work")
            assert (status.account_text(), status.balance_text()) == ("Work", "19,000 tokens left")
            asked = []
            window.account_settings_requested.connect(asked.append)
            status.balance_clicked.emit()
            assert asked == ["work"]

            window.chats.findChild(ShownDraft).account_shown.emit("removed")
            assert (status.account_text(), status.balance_text()) == ("Home", "")

    run_async(story())
