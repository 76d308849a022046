"""The switches of the built-in tools and the choice of effort: state in words, keys, one menu where it is narrow."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu

from gigadesk.chat import Effort, Tool
from gigadesk.ui.composer import Composer
from gigadesk.ui.composer.tool_bar import ToolBar
from gigadesk.ui.theme import DARK

THINKING, PLAIN = "GigaChat-3-Ultra", "GigaChat-2"
Key = Qt.Key


@pytest.fixture
def bar(qtbot):
    made = ToolBar()
    qtbot.addWidget(made)
    made.set_model(THINKING)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def chosen(bar):
    found = []
    bar.tools_chosen.connect(found.append)
    bar.effort_chosen.connect(found.append)
    return found


def names(bar):
    return [button.accessibleName() for button in bar._buttons() if button.isVisible()]


def actions(bar):
    return {action.text(): action for action in bar._menu.actions() if not action.isSeparator()}


def close_menu(qtbot, bar):
    for menu in (*bar._menu.findChildren(QMenu), bar._menu):
        menu.close()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_each_tool_says_its_name_and_state(bar):
    bar.set_tools((Tool.WEB_SEARCH, Tool.IMAGE))
    bar.set_effort(Effort.HIGH)

    assert names(bar) == [
        *("Web search, on", "Run code, off", "Read web pages, off", "Draw pictures, on", "Make 3D models, off"),
        "Thinking: High",
    ]


def test_a_switch_wishes_and_stays_as_it_is(qtbot, bar, chosen):
    bar.set_tools((Tool.IMAGE,))
    qtbot.mouseClick(bar._switches[Tool.WEB_SEARCH], Qt.MouseButton.LeftButton)

    assert chosen == [(Tool.WEB_SEARCH, Tool.IMAGE)]
    assert not bar._switches[Tool.WEB_SEARCH].isChecked()

    bar.set_tools((Tool.WEB_SEARCH, Tool.IMAGE))
    bar._switches[Tool.IMAGE].setFocus()
    qtbot.keyClick(bar._switches[Tool.IMAGE], Key.Key_Space)
    qtbot.keyClick(bar._switches[Tool.IMAGE], Key.Key_Return)
    assert chosen[1:] == [(Tool.WEB_SEARCH,)] * 2


def test_only_what_the_model_has_is_offered(bar, chosen):
    bar.set_model(PLAIN)
    assert not bar._effort_button.isVisible()
    bar.show_effort_menu()
    assert QApplication.activePopupWidget() is None
    bar.toggle(Tool.DATETIME)

    assert chosen == []


def test_tools_that_another_model_has_stay_chosen(bar, chosen):
    bar.set_tools((Tool.MEMORY,))
    bar.toggle(Tool.IMAGE)

    assert chosen == [(Tool.IMAGE, Tool.MEMORY)]


def test_the_effort_is_chosen_from_a_menu(qtbot, bar, chosen):
    bar.set_effort(Effort.LOW)
    qtbot.keyClick(bar._effort_button, Key.Key_Return)
    assert [text for text, action in actions(bar).items() if action.isChecked()] == ["Low"]
    actions(bar)["High"].trigger()
    actions(bar)["Auto"].trigger()

    assert chosen == [Effort.HIGH, None]
    close_menu(qtbot, bar)


def test_in_a_narrow_window_everything_is_in_one_menu(qtbot, bar, chosen):
    bar.set_tools((Tool.WEB_SEARCH,))
    bar.set_effort(Effort.MEDIUM)
    bar.set_compact(compact=True)
    assert names(bar) == ["Tools: Web search, Thinking: Medium"]
    assert bar._menu_button.isChecked()

    qtbot.mouseClick(bar._menu_button, Qt.MouseButton.LeftButton)
    found = actions(bar)
    assert [text for text, action in found.items() if action.isChecked()] == ["Web search"]
    found["Draw pictures"].trigger()
    next(action for action in found["Thinking"].menu().actions() if action.text() == "Auto").trigger()

    assert chosen == [(Tool.WEB_SEARCH, Tool.IMAGE), None]
    close_menu(qtbot, bar)
    bar.set_tools(())
    bar.set_effort(None)
    assert names(bar) == ["Tools"]
    assert not bar._menu_button.isChecked()


def test_a_menu_that_is_opened_again_and_again_does_not_grow(qtbot, bar):
    bar.set_compact(compact=True)
    counts = []
    for _ in range(3):
        qtbot.mouseClick(bar._menu_button, Qt.MouseButton.LeftButton)
        close_menu(qtbot, bar)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        counts.append(len(bar._menu.findChildren(QMenu)))

    assert counts[-1] <= 2


def test_what_is_on_looks_different(bar):
    before = bar.grab().toImage()
    bar.set_tools((Tool.IMAGE,))
    on = bar.grab().toImage()
    bar.set_theme(DARK)

    assert on != before
    assert bar.grab().toImage() != on


@pytest.mark.parametrize(("width", "is_compact"), [(1000, False), (640, False), (420, True), (340, True)])
def test_the_composer_has_room_for_all_of_its_row(qtbot, width, is_compact):
    composer = Composer()
    qtbot.addWidget(composer)
    composer.model_picker.set_models((THINKING,))
    composer.tools.set_model(THINKING)
    composer.resize(width, 100)
    composer.show()
    qtbot.waitUntil(lambda: composer.tools._is_compact is is_compact)

    assert composer.model_picker.width() >= composer.model_picker.sizeHint().width()
    assert composer.minimumSizeHint().width() <= 320
