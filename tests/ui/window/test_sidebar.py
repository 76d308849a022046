"""The sidebar by itself: mouse, menu, undo, midnight, foreign titles."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from gigadesk.chat import Chat, ChatId
from gigadesk.ui.sidebar import Sidebar
from gigadesk.ui.sidebar.list_wishes import ListCommand
from tests.listing_support import ListedChats

TODAY = date(2026, 3, 31)
NOON = datetime(2026, 3, 31, 12).astimezone().timestamp()


class Clock:
    today = TODAY

    def __call__(self) -> date:
        return self.today


def make_chat(number: int, title: str = "") -> Chat:
    time = NOON - number
    return Chat(ChatId(number), title or f"Chat {number}", time, time, "session")


@pytest.fixture
def clock():
    return Clock()


class TheSidebar(Sidebar):
    """A sidebar over chats in memory; what changes there is told to it, as facts tell it."""

    def __init__(self, today) -> None:
        super().__init__(today=today)
        self.listed = ListedChats()

    def set_chats(self, chats) -> None:
        self.listed = ListedChats(chats)
        self.use_source(self.listed)

    def add(self, chat: Chat) -> None:
        self.listed.chats[chat.id] = chat
        self.add_chat(chat)

    def update_to(self, chat: Chat) -> None:
        self.listed.chats[chat.id] = chat
        self.update_chat(chat)

    def remove(self, number: int) -> None:
        chat = self.listed.chats.pop(ChatId(number))
        self.remove_chats([chat.id])


@pytest.fixture
def sidebar(qtbot, clock):
    made = TheSidebar(clock)
    qtbot.addWidget(made)
    made.resize(272, 600)
    made.set_chats([make_chat(1), make_chat(2), make_chat(3)])
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def said(signal) -> list:
    values = []
    signal.connect(lambda *value: values.append(value[0] if len(value) == 1 else value))
    return values


def row_place(sidebar, chat_id) -> QPoint:
    return sidebar.list.visualRect(sidebar.chats.index_of(chat_id)).center()


def rows(sidebar) -> list[str]:
    return [sidebar.chats.data(sidebar.chats.index(row)) for row in range(sidebar.chats.rowCount())]


def test_a_click_opens_and_a_double_click_renames(qtbot, sidebar):
    opened, renamed = said(sidebar.chat_opened), said(sidebar.rename_requested)
    viewport, place = sidebar.list.viewport(), row_place(sidebar, 2)

    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert opened == [2]
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    editor = sidebar.list.findChild(QLineEdit)
    qtbot.keyClicks(editor, "New name")
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: renamed == [(2, "New name")])


def test_heading_above_the_shown_chat_is_in_sight_when_the_window_opens(qtbot, clock):
    made = TheSidebar(clock)
    qtbot.addWidget(made)
    made.set_chats([make_chat(number) for number in range(1, 60)])
    made.set_shown(ChatId(1))

    made.resize(272, 600)
    made.show()
    qtbot.waitExposed(made)

    assert made.list.visualRect(made.chats.index(0)).top() == 0
    assert not made.list.visualRect(made.chats.index_of(ChatId(1))).isEmpty()


def test_a_click_on_a_heading_opens_nothing(qtbot, sidebar):
    opened = said(sidebar.chat_opened)
    place = sidebar.list.visualRect(sidebar.chats.index(0)).center()

    qtbot.mouseClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert opened == []


def test_the_menu_opens_without_a_loop_and_deletes(qtbot, sidebar):
    wishes = said(sidebar.wished)
    place = row_place(sidebar, 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, sidebar.list.viewport().mapToGlobal(place))

    QApplication.sendEvent(sidebar.list.viewport(), event)
    menu = sidebar.list.findChild(QMenu)
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)

    assert [(wish.command, wish.chat_ids) for wish in wishes] == [(ListCommand.DELETE, [3])]


def test_the_menu_key_works_on_the_row_of_the_keyboard(qtbot, sidebar):
    sidebar.list.setFocus()
    sidebar.list.go_to_first()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))

    QApplication.sendEvent(sidebar.list, event)

    menu = sidebar.list.findChild(QMenu)
    assert menu.isVisible()
    menu.close()


def test_the_undo_line_goes_after_its_time(qtbot, sidebar):
    undone = []
    line = sidebar.undo_line
    line._timer.setInterval(1)

    line.offer(lambda: "Chat deleted", lambda: undone.append(2))
    assert line.isVisible()
    qtbot.waitUntil(line.isHidden)
    sidebar.list.undo_requested.emit()

    assert undone == []


def test_undo_takes_back_what_was_done_last(sidebar):
    undone = []

    sidebar.undo_line.offer(lambda: "Chat deleted", lambda: undone.append(2))
    sidebar.undo_line.offer(lambda: "Chat deleted", lambda: undone.append(3))
    sidebar.list.undo_requested.emit()
    sidebar.list.undo_requested.emit()

    assert undone == [3]


def test_midnight_moves_the_chats_and_keeps_the_open_one(sidebar, clock):
    sidebar.set_shown(ChatId(2))

    clock.today += timedelta(days=1)
    sidebar._on_midnight()

    assert rows(sidebar) == ["Yesterday", "Chat 1", "Chat 2", "Chat 3"]
    assert sidebar.chats.chat_at(sidebar.list.currentIndex()).id == 2


def test_a_title_that_names_a_device_is_painted_as_letters(sidebar):
    title = '<img src="/dev/zero"><b>x</b>'
    sidebar.add(make_chat(4, title))
    place = row_place(sidebar, 4)

    sidebar.grab()
    tip = QHelpEvent(QEvent.Type.ToolTip, place, sidebar.list.viewport().mapToGlobal(place))
    QApplication.sendEvent(sidebar.list.viewport(), tip)
    sidebar.remove(4)
    sidebar.grab()

    assert title not in rows(sidebar)


def test_the_editor_stays_open_while_chats_come_and_move(qtbot, sidebar):
    renamed = said(sidebar.rename_requested)
    sidebar.rename_current(ChatId(2))
    editor = sidebar.list.findChild(QLineEdit)
    qtbot.keyClicks(editor, "Mine")

    sidebar.add(make_chat(-5))
    sidebar.update_to(make_chat(3, "Another title"))
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: renamed == [(2, "Mine")])


def test_a_name_is_given_to_the_chat_whose_editor_it_was(qtbot, sidebar):
    """Not to the one that stands in its row when the list could not be read anew meanwhile."""
    renamed = said(sidebar.rename_requested)
    sidebar.rename_current(ChatId(2))
    editor = sidebar.list.findChild(QLineEdit)
    qtbot.keyClicks(editor, "Mine")

    for number in (-5, -6):
        sidebar.listed.chats[ChatId(number)] = make_chat(number)
    sidebar.renew([ChatId(-5), ChatId(-6)])
    sidebar.chats._contents.pages.clear()
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: renamed == [(2, "Mine")])
    qtbot.waitUntil(lambda: "Chat -6" in rows(sidebar))


def test_up_from_the_first_chat_leads_to_the_search_and_down_back(qtbot, sidebar):
    sidebar.list.setFocus()
    sidebar.list.go_to_first()

    qtbot.keyClick(sidebar.list, Qt.Key.Key_Up)
    search = sidebar.focusWidget()
    assert search.accessibleName() == "Search chats by title"
    qtbot.keyClick(search, Qt.Key.Key_Down)

    assert sidebar.list.hasFocus()


def test_what_was_typed_is_looked_for_everywhere_by_mouse_and_keys(qtbot, sidebar):
    wanted = []
    sidebar.everywhere_requested.connect(wanted.append)
    sidebar.focus_search()
    search, row = sidebar.focusWidget(), sidebar._everywhere
    assert not row.isVisible()

    qtbot.keyClicks(search, " Chat -2 & ")
    assert (row.isVisible(), row.accessibleName()) == (True, "Search everywhere for “Chat -2 &”")
    assert row.shortcut().isEmpty()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.keyClick(search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert wanted == ["Chat -2 &"] * 3

    search.clear()
    assert not row.isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert len(wanted) == 3


def test_return_looks_everywhere_when_no_title_fits_and_else_opens_the_first(qtbot, sidebar):
    wanted, opened = [], []
    sidebar.everywhere_requested.connect(wanted.append)
    sidebar.chat_opened.connect(opened.append)
    sidebar.focus_search()
    search = sidebar.focusWidget()

    qtbot.keyClicks(search, "chat")
    qtbot.waitUntil(lambda: not sidebar.chats.is_searching)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert (wanted, len(opened)) == ([], 1)
    qtbot.keyClicks(search, " qqq")
    qtbot.waitUntil(lambda: not sidebar.chats.is_searching)
    qtbot.keyClick(search, Qt.Key.Key_Return)

    assert (wanted, len(opened)) == (["chat qqq"], 1)


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown])
def test_the_keyboard_never_rests_on_a_heading(qtbot, sidebar, key):
    sidebar.list.setFocus()
    sidebar.list.go_to_first()

    qtbot.keyClick(sidebar.list, Qt.Key.Key_Down)
    qtbot.keyClick(sidebar.list, key)

    assert sidebar.chats.chat_at(sidebar.list.currentIndex()) is not None


def test_search_says_when_nothing_is_found(sidebar):
    words = [label for label in sidebar.findChildren(object) if getattr(label, "text", str)() == "Nothing found"]

    sidebar.chats.set_filter("")
    sidebar._search.setText("zzz")
    assert words[0].isVisible()
    sidebar.clear_search()

    assert not words[0].isVisible()


def test_a_search_shows_the_newest_first_and_then_the_open_chat_again(qtbot, sidebar):
    sidebar.set_chats([make_chat(number) for number in range(1, 200)])
    sidebar.set_shown(ChatId(150))
    bar = sidebar.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)

    sidebar._search.setText("chat")
    assert bar.value() == 0

    sidebar._search.clear()
    assert sidebar.list.viewport().rect().contains(row_place(sidebar, ChatId(150)))
