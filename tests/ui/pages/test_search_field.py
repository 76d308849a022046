"""The field of the search while filters are offered: the keys go to the list below it first, as Qt sends them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.search.field import SearchField

Key = Qt.Key
CHOICES = ("in:archive", "in:trash")


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def field(qtbot, window):
    made = SearchField(window)
    made.complete_with(lambda text: (text.rfind(" ") + 1, CHOICES if text.endswith("in:") else ()))
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(QPushButton("next", window))
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    QTest.keyClicks(made, "lamp in:")
    qtbot.waitUntil(lambda: made.choices == list(CHOICES))
    return made


@pytest.fixture
def told(field):
    found = []
    field.left.connect(lambda: found.append("left"))
    field.entered.connect(lambda: found.append("entered"))
    return found


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab], ids=["Enter", "Tab"])
def test_a_choice_is_taken_by_enter_and_tab_and_no_result_is_opened(field, told, key):
    QTest.keyClick(field._popup, Key.Key_Down)
    QTest.keyClick(field._popup, Key.Key_Down)
    chosen = field._popup.currentIndex().data()
    QTest.keyClick(field._popup, key)

    assert field.text() == f"lamp {chosen}"
    assert chosen in CHOICES
    assert field.choices == []
    assert field.hasFocus()
    assert told == []


def test_escape_gives_up_the_choices_before_the_search(field, told):
    QTest.keyClick(field._popup, Key.Key_Escape)
    assert field.choices == []
    assert told == []

    QTest.keyClick(field, Key.Key_Escape)
    assert told == ["left"]


def test_what_is_written_to_its_end_is_searched_with_one_enter(field, told):
    QTest.keyClicks(field, "trash")
    assert field.choices == []

    QTest.keyClick(field, Key.Key_Return)
    assert told == ["entered"]
