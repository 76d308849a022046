"""A low or narrow window: nothing lies over anything else, whatever is attached or pasted."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget

from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.ui.composer import LINES_MAX
from gigadesk.ui.notices import notice_for
from gigadesk.ui.pane.chat_page import ChatPage
from tests.ui.window.drop_support import chat_file

LONG = "many words in a line\n" * 2000


@pytest.fixture
def page(qtbot):
    made = ChatPage()
    qtbot.addWidget(made)
    made.composer.model_picker.set_models(("GigaChat-3-Ultra",))
    made.resize(800, 800)
    made.show()
    return made


def place(page, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def settle():
    for _ in range(5):
        QApplication.sendPostedEvents()


@pytest.mark.parametrize("width", [320, 480, 800])
@pytest.mark.parametrize("height", [360, 430, 600, 800])
def test_the_parts_never_lie_over_each_other(page, width, height):
    page.resize(width, height)
    page.composer.set_files([chat_file(number) for number in range(1, 8)], {})
    page.composer.editor.insert_text(LONG)
    settle()
    composer = page.composer
    parts = [composer.chips, composer._offer, composer.editor, composer._action]

    tops = [place(page, part).top() for part in parts]
    bottoms = [place(page, part).bottom() for part in parts]
    assert all(bottom < top for bottom, top in zip(bottoms, tops[1:], strict=False))
    assert bottoms[-1] < page.status.y()
    assert place(page, composer.editor).height() >= 2 * composer.editor.fontMetrics().lineSpacing()
    assert place(page, composer).right() <= page.width()


def test_a_high_window_gives_the_text_all_its_lines_and_takes_them_back(page):
    page.composer.editor.insert_text(LONG)
    settle()
    line = page.composer.editor.fontMetrics().lineSpacing()
    assert page.composer.editor.height() >= LINES_MAX * line
    page.resize(800, 400)
    settle()
    assert page.composer.editor.height() < LINES_MAX * line


def test_the_greeting_keeps_its_buttons_while_they_have_room(page):
    settle()
    assert all(chip.isVisible() for chip in page.greeting._chips)
    page.show_problem(notice_for(AttachmentError(AttachmentCause.EMPTY, "a.txt")))
    page.resize(800, 360)
    settle()
    assert not any(chip.isVisible() for chip in page.greeting._chips)
    page.resize(800, 800)
    settle()
    assert all(chip.isVisible() for chip in page.greeting._chips)
