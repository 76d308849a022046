"""The rows of the trash: read in portions, searched to the end."""

import pytest
from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gigadesk.chat import TrashEntry, TrashKind, TrashSize
from gigadesk.ui.theme import LIGHT
from gigadesk.ui.trash.model import PORTION, TrashModel
from gigadesk.ui.trash.window import TrashWindow

COUNT = 10_000
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Source:
    """Ten thousand chats, the last deleted first."""

    def __init__(self) -> None:
        self.all = [TrashEntry(TrashKind.CHAT, number, f"chat {number}", 1.0 * number, "") for number in range(COUNT)]
        self.all.reverse()

    def entries(self, after: TrashEntry | None, count: int) -> list[TrashEntry]:
        first = 0 if after is None else len(self.all) - after.id
        return self.all[first : first + count]

    def size(self, entries) -> TrashSize:
        return TrashSize(len(entries), 0, 0)

    def preview(self, entry: TrashEntry, chars: int) -> str:
        return entry.title

    def expires_at(self, entry: TrashEntry) -> float | None:
        return None


@pytest.fixture
def window(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    window = TrashWindow(parent, LIGHT, Source())
    window.show()
    qtbot.waitActive(window)
    window.around = parent  # or it would go
    return window


def test_all_of_the_trash_is_selected_not_only_what_was_scrolled_to(window, qtbot):
    wanted = []
    window.restore_requested.connect(wanted.append)

    QTest.keyClick(window.list, Qt.Key.Key_A, CTRL)
    qtbot.waitUntil(lambda: window._state.text().endswith(QLocale().toString(COUNT)))
    window.reload()
    QTest.keyClick(window.list, Qt.Key.Key_Return)

    assert [len(each) for each in wanted] == [COUNT]


def test_enter_that_is_pressed_while_all_is_being_read_is_about_all(window, qtbot):
    wanted = []
    window.restore_requested.connect(wanted.append)

    QTest.keyClick(window.list, Qt.Key.Key_A, CTRL)
    window.reload()
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert wanted == []
    qtbot.waitUntil(lambda: bool(wanted))

    assert wanted == [Source().all]
    assert window.list.currentIndex().row() == 0


def test_what_is_chosen_while_all_is_being_read_stays_chosen(window, qtbot):
    wanted = []
    window.restore_requested.connect(wanted.append)

    QTest.keyClick(window.list, Qt.Key.Key_A, CTRL)
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(wanted))

    assert [[entry.title for entry in each] for each in wanted] == [[f"chat {COUNT - 2}"]]


def test_the_end_of_the_trash_is_its_end_and_what_is_selected_stays_so(window, qtbot):
    QTest.keyClick(window.list, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: [entry.title for entry in window.selected()] == ["chat 0"])
    assert window.list.visualRect(window.list.currentIndex()).bottom() <= window.list.viewport().height()

    window.reload()
    assert [entry.title for entry in window.selected()] == ["chat 0"]
    QTest.keyClick(window.list, Qt.Key.Key_Home, SHIFT)
    assert len(window.selected()) == COUNT
    QTest.keyClick(window.list, Qt.Key.Key_Home)
    assert [entry.title for entry in window.selected()] == [f"chat {COUNT - 1}"]


def test_what_is_searched_for_is_found_at_the_very_end(qtbot):
    parent = QObject()
    model = TrashModel(Source(), lambda entry: entry.title, lambda entry: "", parent)
    model.reload()
    assert model.rowCount() == PORTION

    model.set_filter("Chat 77")
    qtbot.waitUntil(lambda: model.rowCount() == 111)
    assert model.entry(model.index(110)).title == "chat 77"

    model.set_filter("nowhere")
    model.set_filter("")
    assert model.rowCount() == PORTION


def test_very_many_that_are_selected_stay_so_when_all_is_read_anew(window, qtbot, monkeypatch):
    monkeypatch.setattr("gigadesk.ui.trash.window.KEPT_AT_ONCE", 10)
    monkeypatch.setattr("gigadesk.ui.trash.model.RELOADED_AT_ONCE", 200)
    wanted = []
    window.restore_requested.connect(wanted.append)
    QTest.keyClick(window.list, Qt.Key.Key_A, CTRL)
    qtbot.waitUntil(lambda: len(window.selected()) == COUNT)
    former = window.selected()
    window._source.all = former[1:]

    window.reload()
    window.reload()  # before the first is through
    assert window.selected() == []
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert wanted == []
    qtbot.waitUntil(lambda: bool(wanted))

    assert wanted == [former[1:]]
    assert window.selected() == former[1:]


def test_what_is_chosen_while_very_many_are_read_anew_stays_chosen(window, qtbot, monkeypatch):
    monkeypatch.setattr("gigadesk.ui.trash.window.KEPT_AT_ONCE", 10)
    QTest.keyClick(window.list, Qt.Key.Key_A, CTRL)
    qtbot.waitUntil(lambda: len(window.selected()) == COUNT)

    window.reload()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not window._kept)

    assert [entry.title for entry in window.selected()] == [f"chat {COUNT - 2}"]
