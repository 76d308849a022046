import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gigadesk.ui.widgets.labels import PlainLabel


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_text_is_never_rich(window):
    label = PlainLabel(window, "<b>bold</b>")

    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b>"


def test_a_very_long_word_is_broken_so_that_all_of_it_is_seen(window):
    short, long = PlainLabel(window, "word"), PlainLabel(window, "x" * 600)

    assert long.minimumSizeHint().width() < long.fontMetrics().horizontalAdvance("x") * 60
    assert long.heightForWidth(400) > 3 * short.heightForWidth(400)


def test_ordinary_words_stay_as_they_are(window):
    text = "X-Request-ID: 550e8400-e29b-41d4-a716-446655440000"

    assert PlainLabel(window, text).text() == text


def test_selectable_text_can_be_reached_by_keyboard(window):
    label = PlainLabel(window, "copy me")

    label.make_selectable()

    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
