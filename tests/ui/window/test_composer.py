"""The field the user writes in: keys, growth, pasting, input methods, drafts."""

import itertools

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from gigadesk.ui.composer import LINES_MAX, Composer
from gigadesk.ui.widgets.buttons import Button

ENTER = Qt.Key.Key_Return


@pytest.fixture
def composer(qtbot):
    made = Composer()
    qtbot.addWidget(made)
    made.resize(500, made.sizeHint().height())
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


@pytest.fixture
def sent(composer):
    texts = []
    composer.message_submitted.connect(texts.append)
    return texts


@pytest.fixture
def drafts(composer):
    texts = []
    composer.draft_changed.connect(texts.append)
    return texts


def mime(**formats) -> QMimeData:
    data = QMimeData()
    for name, value in formats.items():
        getattr(data, f"set{name.capitalize()}")(value)
    return data


def action_button(composer) -> Button:
    return composer.findChildren(Button)[-1]


def test_enter_sends_and_the_text_stays_until_it_is_stored(qtbot, composer, sent):
    qtbot.keyClicks(composer.editor, "Hello")
    qtbot.keyClick(composer.editor, ENTER)

    assert sent == ["Hello"]
    assert composer.text() == "Hello"

    composer.clear()
    assert composer.text() == ""


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier])
def test_enter_with_shift_or_alt_starts_a_line(qtbot, composer, sent, modifier):
    qtbot.keyClicks(composer.editor, "one")
    qtbot.keyClick(composer.editor, ENTER, modifier)
    qtbot.keyClicks(composer.editor, "two")

    assert composer.text() == "one\ntwo"
    assert sent == []


@pytest.mark.parametrize("text", ["", "  ", "\n\n"])
def test_nothing_is_not_sent(qtbot, composer, sent, text):
    composer.set_text(text)
    qtbot.keyClick(composer.editor, ENTER)

    assert sent == []
    assert not action_button(composer).isEnabled()


def test_enter_in_a_composition_does_not_send(qtbot, composer, sent):
    qtbot.keyClicks(composer.editor, "ni")
    QApplication.sendEvent(composer.editor, QInputMethodEvent("hao", []))
    qtbot.keyClick(composer.editor, ENTER)
    assert sent == []

    ended = QInputMethodEvent("", [])
    ended.setCommitString("好")
    QApplication.sendEvent(composer.editor, ended)
    qtbot.keyClick(composer.editor, ENTER)

    assert sent == ["ni好"]


def test_the_field_grows_to_eight_lines_and_then_scrolls(composer):
    heights = []
    for count in range(1, LINES_MAX + 4):
        composer.set_text("\n".join("x" * count))
        heights.append(composer.editor.height())

    line = composer.editor.fontMetrics().lineSpacing()
    assert [after - before for before, after in itertools.pairwise(heights)] == [line] * 7 + [0] * 3
    assert composer.editor.verticalScrollBar().maximum() > 0


def test_wrapped_lines_count_as_lines(composer):
    one_line = composer.editor.height()

    composer.set_text("word " * 60)

    assert composer.editor.height() > one_line


def test_rich_text_is_pasted_as_plain_text(composer):
    composer.editor.insertFromMimeData(mime(html='<b>bold</b><img src="/dev/zero">', text="bold"))

    assert composer.text() == "bold"


def test_html_alone_is_not_pasted(composer):
    data = mime(html='<img src="/dev/zero">')

    assert not composer.editor.canInsertFromMimeData(data)
    composer.editor.insertFromMimeData(data)
    assert composer.text() == ""


def test_pasted_text_is_cleaned(composer):
    composer.editor.insertFromMimeData(mime(text="a\r\nb\u2028c\x00"))

    assert composer.text() == "a\nb\nc\ufffd"


def test_a_dropped_file_is_left_to_the_page(composer, tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text("secret")
    data = mime(urls=[QUrl.fromLocalFile(str(file))], text=str(file))
    actions, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    enter = QDragEnterEvent(QPoint(5, 5), actions, data, button, none)
    QApplication.sendEvent(composer.editor.viewport(), enter)
    QApplication.sendEvent(composer.editor.viewport(), QDropEvent(QPointF(5, 5), actions, data, button, none))

    assert not enter.isAccepted()
    assert composer.text() == ""


def test_a_word_of_a_million_letters_is_pasted_at_once(composer):
    composer.editor.insertFromMimeData(mime(text="x" * 1_000_000))

    assert len(composer.text()) == 1_000_000
    assert composer.editor.wordWrapMode().name == "WrapAnywhere"

    composer.clear()
    assert composer.editor.wordWrapMode().name == "WrapAtWordBoundaryOrAnywhere"


def test_a_draft_is_told_after_a_moment_and_only_once(qtbot, composer, drafts):
    qtbot.keyClicks(composer.editor, "abc")
    assert drafts == []

    qtbot.waitUntil(lambda: drafts == ["abc"])
    composer.flush_draft()

    assert drafts == ["abc"]


def test_a_draft_that_has_not_been_told_is_flushed(qtbot, composer, drafts):
    qtbot.keyClicks(composer.editor, "abc")
    composer.flush_draft()

    assert drafts == ["abc"]


def test_a_restored_draft_has_the_caret_at_its_end_and_is_not_told(composer, drafts):
    composer.set_text("first\nsecond")
    composer.flush_draft()

    assert composer.editor.textCursor().position() == len("first\nsecond")
    assert drafts == []


def test_the_button_sends_and_stops(qtbot, composer, sent):
    stops = []
    composer.stop_requested.connect(lambda: stops.append(1))
    button = action_button(composer)

    composer.set_text("Hello")
    assert button.accessibleName() == "Send"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    composer.set_busy(busy=True)
    assert button.accessibleName() == "Stop the answer"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert sent == ["Hello"]
    assert stops == [1]


def test_enter_sends_while_an_answer_is_written(qtbot, composer, sent):
    composer.set_busy(busy=True)
    qtbot.keyClicks(composer.editor, "next")
    qtbot.keyClick(composer.editor, ENTER)

    assert sent == ["next"]


def test_page_keys_are_passed_on_while_there_is_nothing_to_scroll(qtbot, composer):
    turned = []
    composer.page_turned.connect(turned.append)
    qtbot.keyClick(composer.editor, Qt.Key.Key_PageUp)
    qtbot.keyClick(composer.editor, Qt.Key.Key_PageDown)
    assert turned == [-1, 1]

    composer.set_text("line\n" * 40)
    qtbot.keyClick(composer.editor, Qt.Key.Key_PageUp)

    assert turned == [-1, 1]
    assert composer.editor.textCursor().blockNumber() < 40
