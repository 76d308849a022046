"""What a screen reader is told of the pages and windows: each control has a name, and Tab goes the way one reads."""

from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from gigadesk.chat import Status
from gigadesk.ui.branches.branch_window import BranchWindow
from gigadesk.ui.branches.comparison_window import ComparisonWindow
from gigadesk.ui.data.snapshots_dialog import SnapshotsDialog
from gigadesk.ui.exchange.export_dialog import ExportDialog
from gigadesk.ui.settings_dialog import SettingsDialog
from tests.flows.flow_support import CTRL, Program, Qt, until

BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
MOST_CHILDREN = 20
"""Rows of a list are looked at up to here."""
PRESSED = {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.ComboBox}


def nameless(widget: QWidget) -> list[str]:
    """The controls in sight that a screen reader could only call by their role."""
    found, waiting = [], [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        each = waiting.pop()
        state = each.state()
        if state.invisible:
            continue
        if (state.focusable or each.role() in PRESSED) and not each.text(QAccessible.Text.Name).strip():
            found.append(f"{each.role().name} in {each.parent().text(QAccessible.Text.Name)!r}, {each.object()}")
        children = (each.child(index) for index in range(min(each.childCount(), MOST_CHILDREN)))
        waiting += [child for child in children if child is not None and child.isValid()]
    return found


async def opened(kind: type[QWidget]) -> QWidget:
    """The window of that kind, as soon as it is active."""

    def window() -> QWidget | None:
        active = QApplication.activeWindow()
        return active if isinstance(active, kind) else None

    await until(lambda: window() is not None, kind.__name__)
    found = window()
    assert found is not None
    return found


async def closed(desk: Program, kind: type[QWidget]) -> None:
    """No window of that kind is open any more; the main one has the keys."""
    await until(lambda: not any(isinstance(each, kind) for each in QApplication.topLevelWidgets()), kind.__name__)
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow, "the main window")


async def asked_twice(service, desk: Program) -> None:
    """A chat whose answer has two versions."""
    service.answer_next("A red fox ran.")
    desk.ask("Question")
    await until(lambda: bool(desk.messages) and desk.last.status is Status.DONE)
    service.answer_next("A grey fox ran.")
    desk.press(Key.Key_R, CTRL)
    await until(lambda: desk.last_text == "A grey fox ran." and desk.last.status is Status.DONE)


def test_each_control_of_each_window_has_a_name(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await asked_twice(service, desk)
            unnamed = {"chat": nameless(desk.window)}
            for key, keys, kind in (
                (Key.Key_K, BOTH, BranchWindow),
                (Key.Key_D, CTRL, ComparisonWindow),
                (Key.Key_S, BOTH, ExportDialog),
            ):
                desk.press(key, keys)
                window = await opened(kind)
                unnamed[kind.__name__] = nameless(window)
                QTest.keyClick(window, Key.Key_Escape)
                await closed(desk, kind)
            desk.press(Key.Key_Comma, CTRL)
            settings = await opened(SettingsDialog)
            lists = settings.findChildren(QListWidget)
            pages = next(each for each in lists if each.accessibleName() == "Pages of the settings")
            for number in range(pages.count()):
                pages.setCurrentRow(number)
                unnamed[f"settings {number}"] = nameless(settings)
            desk.click_button("Snapshots…", settings)
            snapshots = await opened(SnapshotsDialog)
            unnamed["snapshots"] = nameless(snapshots)
            QTest.keyClick(snapshots, Key.Key_Escape)

            assert not any(unnamed.values()), unnamed

    run_async(story())


def test_trash_and_search_are_named_and_walked_in_the_order_of_sight(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await asked_twice(service, desk)
            desk.press(Key.Key_F, BOTH)
            page = desk.window.chats.search.page
            await until(page.field.hasFocus, "the search")
            QTest.keyClicks(page.field, "fox")
            await until(lambda: page.results.rowCount() > 0, "results")

            walked = []
            for _ in range(4):
                QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
                walked.append(QApplication.focusWidget())

            assert walked == [page.relevance, page.archive, page.trash, page.list]
            assert nameless(desk.window) == []
            QTest.keyClick(page.list, Key.Key_Escape)
            await until(lambda: not desk.window.chats.search.is_shown, "the chat")
            desk.press(Key.Key_Backspace, BOTH)
            desk.press(Key.Key_Delete, BOTH)
            await until(lambda: desk.window.chats.trash.window is not None, "the trash")
            trash = desk.window.chats.trash.window
            await until(trash.isActiveWindow, "the trash")
            assert trash.model.rowCount() == 1
            assert nameless(trash) == []
            words = trash.model.data(trash.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
            assert ".." not in words
            assert "?." not in words

    run_async(story())
