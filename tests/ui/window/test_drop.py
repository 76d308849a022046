"""Dragging over the chat page and letting go there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.theme import DARK
from gigadesk.ui.widgets.drop_overlay import DropOverlay
from tests.attachments.attachment_support import png
from tests.ui.window.drop_support import drop, enter, leave, mime, move, reach


@pytest.fixture
def page(qtbot):
    made = ChatPage()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def offered(page):
    found = []
    page.composer.files_offered.connect(found.append)
    page.composer.picture_offered.connect(found.append)
    return found


def overlay(page) -> DropOverlay:
    [found] = page.findChildren(DropOverlay)
    return found


@pytest.mark.parametrize("part", ["greeting", "transcript", "editor"])
def test_files_can_be_dropped_anywhere_on_the_page(page, offered, tmp_path, part):
    page.show_transcript() if part == "transcript" else None
    target = {"greeting": page.greeting, "transcript": page.transcript, "editor": page.composer.editor.viewport()}[part]
    data = mime(files=(tmp_path / "a.png", tmp_path), text="a.png")

    assert reach(target, lambda: overlay(page), data).isAccepted()
    assert overlay(page).geometry() == page.rect()
    assert overlay(page).title_text() == "Drop to attach"
    assert "15 MB" in overlay(page).hint_text()
    page.grab()
    assert move(overlay(page), data).isAccepted()
    dropped = drop(overlay(page), data)

    assert offered == [(tmp_path / "a.png", tmp_path)]
    assert dropped.dropAction() is Qt.DropAction.CopyAction, "a file manager deletes what was moved"
    assert overlay(page).isHidden()
    assert page.composer.text() == ""
    assert page.composer.editor.hasFocus()


def test_a_drag_that_goes_away_leaves_the_page_as_it_was(page, offered, tmp_path):
    reach(page, lambda: overlay(page), mime(files=(tmp_path,)))
    leave(overlay(page))

    assert overlay(page).isHidden()
    assert offered == []


def test_a_press_frees_the_page_if_the_end_of_the_drag_was_not_told(qtbot, page, tmp_path):
    enter(page, mime(files=(tmp_path,)))
    qtbot.mouseClick(overlay(page), Qt.MouseButton.LeftButton)

    assert overlay(page).isHidden()


def test_a_picture_is_attached(page, offered):
    reach(page, lambda: overlay(page), mime(image_png=png()))
    drop(overlay(page), mime(image_png=png()))

    assert offered == [png()]


def test_text_goes_into_the_message_and_the_field_stays_free_for_it(page, offered):
    data = mime(text="dropped words")
    reach(page.greeting, lambda: overlay(page), data)
    assert overlay(page).title_text() == "Drop the text into the message"
    assert overlay(page).geometry().bottom() < page.composer.y()
    assert overlay(page).hint_text() == ""
    page.grab()
    drop(overlay(page), data)

    assert page.composer.text() == "dropped words"
    assert offered == []


def test_text_dropped_into_the_field_brings_the_keyboard_there(page):
    page.composer.model_picker.setFocus()
    field, data = page.composer.editor.viewport(), mime(text="quoted")

    enter(field, data)
    move(field, data)
    drop(field, data)

    assert page.composer.editor.toPlainText() == "quoted"
    assert page.composer.editor.hasFocus()


def test_what_a_message_cannot_use_is_not_taken(page):
    assert not enter(page, mime(application_x=b"something")).isAccepted()
    assert page.findChildren(DropOverlay) == []


def test_the_overlay_follows_the_colours(page, tmp_path):
    enter(page, mime(files=(tmp_path,)))
    before = page.grab().toImage()
    page.set_theme(DARK)
    QApplication.sendPostedEvents()

    assert page.grab().toImage() != before
