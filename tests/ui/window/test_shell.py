"""Where the sidebar is, in wide and in narrow windows."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from gigadesk.ui.shell import NARROW, Shell
from gigadesk.ui.sidebar import Sidebar
from gigadesk.ui.sidebar.sidebar import WIDTH


@pytest.fixture
def shell(qtbot):
    page = QWidget()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setMinimumWidth(320)
    made = Shell(Sidebar(), page)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def sidebar(shell):
    return shell.findChild(Sidebar)


def test_a_narrow_window_hides_the_sidebar_and_a_wide_one_brings_it_back(shell, sidebar):
    shell.resize(NARROW - 1, 600)
    assert not sidebar.isVisible()

    shell.resize(NARROW, 600)
    assert sidebar.isVisible()


def test_in_a_narrow_window_it_lies_over_the_page_until_a_click_beside_it(qtbot, shell, sidebar):
    shell.resize(480, 600)
    shell.toggle_sidebar()
    assert sidebar.isVisible()
    assert sidebar.width() < 480

    qtbot.mouseClick(shell.childAt(470, 300), Qt.MouseButton.LeftButton)

    assert not sidebar.isVisible()


def test_hidden_by_the_user_it_stays_hidden(shell, sidebar):
    shell.toggle_sidebar()
    shell.resize(480, 600)
    shell.resize(1000, 600)

    assert not sidebar.isVisible()
    assert not shell.is_sidebar_wanted


def test_its_width_survives_a_narrow_time(shell, sidebar):
    shell.restore(is_sidebar_wanted=True, sidebar_width=333)
    assert sidebar.width() == 333

    shell.resize(480, 600)
    assert shell.sidebar_width == 333
    shell.resize(1000, 600)

    assert sidebar.width() == 333


def test_the_width_the_user_draws_is_the_one_kept(qtbot, shell, sidebar):
    handle = shell.findChild(QSplitter).handle(1)
    start = handle.rect().center()

    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(handle, start + QPoint(50, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + QPoint(50, 0))

    assert shell.sidebar_width == sidebar.width()
    assert abs(sidebar.width() - (WIDTH + 50)) < 5  # the thin handle is caught a little beside itself


@pytest.mark.parametrize("width", [-5, 1, 10**9])
def test_a_width_from_nowhere_leaves_room_for_both(shell, sidebar, width):
    shell.restore(is_sidebar_wanted=True, sidebar_width=width)

    assert 100 < sidebar.width() < 700
