"""Up in an empty field, the line that says what is edited, and the one that takes something back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState
from gigadesk.ui.composer import Composer
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.undo_line import UndoLine

FILE = ChatFile(FileId(1), ChatId(1), "a.png", FileKind.IMAGE, "image/png", 1, FileState.READY)


@pytest.fixture
def composer(qtbot):
    composer = Composer()
    qtbot.addWidget(composer)
    composer.resize(600, 200)
    composer.show()
    composer.setFocus()
    return composer


@pytest.mark.parametrize(
    ("text", "files", "is_editing", "modifiers", "is_asked"),
    [
        ("", (), False, Qt.KeyboardModifier.NoModifier, True),
        ("x", (), False, Qt.KeyboardModifier.NoModifier, False),
        ("", (FILE,), False, Qt.KeyboardModifier.NoModifier, False),
        ("", (), True, Qt.KeyboardModifier.NoModifier, False),
        ("", (), False, Qt.KeyboardModifier.ShiftModifier, False),
    ],
    ids=["empty", "with text", "with a file", "while editing", "with Shift"],
)
def test_up_edits_the_last_question_only_where_nothing_is_written(
    composer, text, files, is_editing, modifiers, is_asked
):
    asked = []
    composer.edit_last_requested.connect(lambda: asked.append(True))
    composer.set_text(text)
    composer.set_files(files, {})
    composer.set_editing(is_editing=is_editing)

    QTest.keyClick(composer.editor, Qt.Key.Key_Up, modifiers)

    assert asked == [True] * is_asked


def test_the_line_of_an_edit_can_be_sent_away(composer):
    cancelled = []
    composer.edit_cancelled.connect(lambda: cancelled.append(True))
    composer.set_editing(is_editing=True)
    cross = next(each for each in composer.findChildren(Button) if each.accessibleName() == "Cancel editing")

    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    composer.set_editing(is_editing=False)

    assert cancelled == [True]
    assert not cross.isVisible()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", "> q\n\n"),
        ("typed", "typed\n\n> q\n\n"),
        ("typed\n", "typed\n\n> q\n\n"),
        ("typed\n\n", "typed\n\n> q\n\n"),
    ],
)
def test_what_is_added_is_a_paragraph_of_its_own_with_the_caret_behind(composer, before, expected):
    composer.set_text(before)

    composer.add_text("> q\n\n")

    assert composer.text() == expected
    assert composer.editor.textCursor().atEnd()


def test_what_was_taken_away_is_brought_back_once(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    line = UndoLine(parent)
    parent.show()
    undone = []
    line.offer(lambda: "Message deleted", lambda: undone.append(True))
    assert line.isVisible()

    button = line.findChild(Button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert undone == [True]
    assert not line.isVisible()
