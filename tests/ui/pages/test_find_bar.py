"""The bar in which words are looked for, with real keys and clicks."""

import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.theme import LIGHT
from tests.ui.transcript.transcript_support import CHAT, answer, drag, point_of, settle, user


@pytest.fixture
def page(qtbot):
    page = ChatPage()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.show_transcript()
    page.transcript.show_chat(CHAT, [user(1, "one"), answer(2, "One, **on**e and one.\n\ntone two")])
    settle(page.transcript)
    page.activateWindow()
    page.composer.editor.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.composer.editor)
    return page


def done(qtbot, page) -> str:
    qtbot.waitUntil(lambda: page.transcript.finder.is_settled)
    return page.find_bar.count.text()


def test_words_that_are_typed_are_counted_at_once_and_enter_goes_on(qtbot, page):
    page.find_bar.open_bar()

    QTest.keyClicks(page.find_bar.field, "one")
    first = done(qtbot, page)
    QTest.keyClick(page.find_bar.field, Qt.Key.Key_Return)
    second = done(qtbot, page)
    QTest.keyClick(page.find_bar.field, Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)

    assert (first, second, done(qtbot, page)) == ("1 of 5", "2 of 5", "1 of 5")


def test_what_searches_is_loaded_before_anything_is_typed(page, monkeypatch):
    searching = "gigadesk.ui.transcript.find.scan"
    monkeypatch.delitem(sys.modules, searching, raising=False)

    page.find_bar.open_bar()

    assert searching in sys.modules


def test_going_on_at_the_other_end_is_said_for_a_while(qtbot, page):
    page.find_bar.open_bar()
    QTest.keyClicks(page.find_bar.field, "one")
    done(qtbot, page)

    QTest.keyClick(page.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert done(qtbot, page) == "5 of 5 · from the end"
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "5 of 5")


def test_the_ways_to_look_are_buttons(qtbot, page):
    page.find_bar.open_bar()
    QTest.keyClicks(page.find_bar.field, "one")
    counts = [done(qtbot, page)]

    for button in (page.find_bar.exact, page.find_bar.whole_word):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        counts.append(done(qtbot, page))
        assert button.isChecked()
    page.find_bar.field.setText("[ot]ne")
    QTest.mouseClick(page.find_bar.expression, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.find_bar.count.text().startswith("1 of"), timeout=20_000)

    assert [text.split()[-1] for text in counts] == ["5", "4", "3"]


def test_escape_closes_the_bar_and_gives_the_keyboard_back(qtbot, page):
    page.find_bar.open_bar()
    QTest.keyClicks(page.find_bar.field, "one")
    done(qtbot, page)

    QTest.keyClick(page.find_bar.field, Qt.Key.Key_Escape)

    assert not page.find_bar.isVisible()
    assert not page.transcript.finder.is_active
    assert QApplication.focusWidget() is page.composer.editor


def test_the_last_words_are_kept_and_selected(qtbot, page):
    page.find_bar.open_bar()
    QTest.keyClicks(page.find_bar.field, "two")
    QTest.keyClick(page.find_bar.field, Qt.Key.Key_Escape)
    page.transcript.selection.clear()

    page.find_bar.open_bar()

    assert page.find_bar.field.selectedText() == "two"
    assert done(qtbot, page) == "1 of 1"


def test_a_selection_in_one_line_is_looked_for(qtbot, page):
    drag(page.transcript, point_of(page.transcript, "tone"), point_of(page.transcript, "tone", 4))

    page.find_bar.open_bar()

    assert page.find_bar.field.text() == "tone"


def test_what_is_not_there_and_what_is_no_expression_are_said(qtbot, page):
    page.find_bar.open_bar()
    QTest.keyClicks(page.find_bar.field, "(zzz")
    nothing = done(qtbot, page)

    QTest.mouseClick(page.find_bar.expression, Qt.MouseButton.LeftButton)

    assert nothing == "Nothing found"
    assert page.find_bar.count.text() == "A bracket ( is not closed"
    assert not page.find_bar.next.isEnabled()


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("(a", "A bracket ( is not closed"),
        ("a)", "A bracket ) was not opened"),
        ("[a", "A bracket [ is not closed"),
        ("*a", "There is nothing to repeat"),
        ("a**", "Two signs of repetition in a row"),
        ("a\\", "There is nothing behind the last \\"),
        ("(?<=a*)b", "What is looked back at must have one length"),
        ("\\q", "\\q means nothing"),
        ("[z-a]", "The range z-a runs backwards"),
        ("(?P<1>a)", "Not a valid expression"),
    ],
)
def test_what_is_wrong_with_an_expression_is_said_in_plain_words(page, expression, words):
    page.find_bar.open_bar()
    page.find_bar.expression.setChecked(True)

    page.find_bar.field.setText(expression)

    assert page.find_bar.count.text() == words


def test_the_bar_does_not_touch_the_text_below_it(page):
    page.find_bar.open_bar()
    QApplication.processEvents()
    image, top = page.grab().toImage(), page.transcript.mapTo(page, QPoint(0, 0)).y()
    ratio, middle = image.devicePixelRatio(), page.width() // 2

    colors = [image.pixelColor(round(middle * ratio), round((top - y) * ratio)).name() for y in range(1, 6)]

    assert set(colors) == {page.theme.window.name()}
    assert page.find_bar.field.geometry().center().y() == page.find_bar.next.parentWidget().geometry().center().y()


@pytest.mark.parametrize("width", [320, 420, 900])
def test_everything_fits_into_a_narrow_window(qtbot, page, width):
    page.find_bar.open_bar()
    page.resize(width, 600)
    QTest.keyClicks(page.find_bar.field, "one")
    done(qtbot, page)

    bar = page.find_bar
    for part in (bar.field, bar.count, bar.exact, bar.whole_word, bar.expression, bar.previous, bar.next, bar.cross):
        place = part.rect().translated(part.mapTo(bar, part.rect().topLeft()))
        assert bar.rect().contains(place), part.accessibleName()
    assert bar.field.width() >= 90
    assert page.width() == width


@pytest.mark.parametrize("width", [320, 560, 620])
def test_no_words_make_the_window_wider(qtbot, page, width):
    page.resize(width, 600)
    page.find_bar.open_bar()
    page.find_bar.expression.setChecked(True)

    page.find_bar.field.setText("(?<=a*)b")
    settle(page.transcript)

    assert page.find_bar.count.text() == "What is looked back at must have one length"
    assert page.width() == width
    assert page.find_bar.minimumSizeHint().width() <= 320


def test_every_control_has_a_name(page):
    bar = page.find_bar

    for control in (bar.field, bar.exact, bar.whole_word, bar.expression, bar.previous, bar.next, bar.cross):
        assert control.accessibleName()


def test_the_frame_of_the_bar_shows_that_the_keyboard_is_in_its_field(qtbot, page):
    page.find_bar.open_bar()
    qtbot.waitUntil(page.find_bar.field.hasFocus)
    edge = QPoint(page.find_bar.width() // 2, 0)

    typing = page.find_bar.grab().toImage().pixelColor(edge)
    page.find_bar.exact.setFocus()
    elsewhere = page.find_bar.grab().toImage().pixelColor(edge)

    assert typing == LIGHT.accent
    assert elsewhere != typing
