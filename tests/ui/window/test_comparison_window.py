"""The window that compares two versions: what is marked, how it moves, what can be taken from it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.ui.branches.comparison_window import COMPARED_CHARS_MAX, ComparisonWindow
from gigadesk.ui.theme import DARK, LIGHT

LONG = " ".join(["word"] * 120)


def message(number, text):
    return Message(MessageId(number), ChatId(1), None, Role.ASSISTANT, text, Status.DONE, 1.0, model="GigaChat-2")


@pytest.fixture
def opened(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)

    def open_window(*texts, chosen=(0, 1), width=1200, theme=LIGHT):
        messages = {number: message(number, text) for number, text in enumerate(texts, start=1)}
        window = ComparisonWindow(parent, theme, tuple(messages), chosen, messages.__getitem__)
        window.resize(width, 600)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: not window._levelling.isActive())
        return window

    return open_window


def marked(view):
    """Pieces of a view that are struck through or underlined."""
    found = []
    block = view.document().begin()
    while block.isValid():
        for each in block.textFormats():
            text = block.text()[each.start : each.start + each.length]
            if each.format.fontStrikeOut():
                found.append(f"-{text}")
            elif each.format.fontUnderline():
                found.append(f"+{text}")
        block = block.next()
    return found


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_differs_is_marked_on_its_side_also_without_colours(opened, theme):
    window = opened("a red fox\nsame", "a grey fox\nsame\nmore", theme=theme)
    left, right = (column.view for column in window.columns)

    assert marked(left) == ["-red"]
    assert marked(right) == ["+grey", "+more"]
    assert left.document().blockCount() == right.document().blockCount() == 3
    assert left.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    assert window.count.text().startswith("2 ")


def test_rows_stand_beside_each_other_and_scroll_together(opened):
    lines = "\n".join(f"line {number}" for number in range(100))
    window = opened(f"{LONG}\n{lines}", f"short\n{lines}")
    left, right = (column.view for column in window.columns)

    for number in (1, 50):
        tops = [
            view.document().documentLayout().blockBoundingRect(view.document().findBlockByNumber(number)).top()
            for view in (left, right)
        ]
        assert abs(tops[0] - tops[1]) < 1
    left.verticalScrollBar().setValue(300)
    assert abs(right.verticalScrollBar().value() - 300) <= 1


def test_keys_lead_from_difference_to_difference(opened):
    lines = "\n".join(f"line {number}" for number in range(100))
    window = opened(f"first\n{lines}\nlast", f"one\n{lines}\nend")

    QTest.keyClick(window.columns[0].view, Qt.Key.Key_F7)
    assert window.count.text() == "Difference 1 of 2"
    QTest.keyClick(window.columns[0].view, Qt.Key.Key_F7)
    assert window.count.text() == "Difference 2 of 2"
    assert window.columns[1].view.textCursor().blockNumber() == 101
    assert window.columns[1].view.verticalScrollBar().value() > 0
    QTest.keyClick(window.columns[0].view, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert window.count.text() == "Difference 1 of 2"


def test_in_a_narrow_window_one_column_has_both(opened):
    window = opened("a red fox", "a grey fox", width=500)

    assert window.unified.isVisible()
    assert not window.columns[0].view.isVisible()
    assert window.unified.toPlainText() == "a redgrey fox"
    assert marked(window.unified) == ["-red", "+grey"]


def test_another_version_can_be_chosen_copied_and_used(opened, qtbot):
    window = opened("first", "second", "third")

    window.columns[0].chooser.setCurrentIndex(2)
    assert window.columns[0].view.toPlainText() == "third"
    assert window.columns[0].chooser.currentText().startswith("3/3")
    window.columns[0].copy.click()
    assert QGuiApplication.clipboard().text() == "third"
    with qtbot.waitSignal(window.version_chosen) as used:
        window.columns[0].use.click()
    assert used.args == [3]


def test_equal_and_very_long_texts_are_said_to_be_so(opened):
    window = opened("x" * (COMPARED_CHARS_MAX + 5), "x" * (COMPARED_CHARS_MAX + 9))

    # Else it would take Qt minutes to break these lines.
    assert {column.view.wordWrapMode() for column in window.columns} == {QTextOption.WrapMode.WrapAnywhere}
    assert window.count.text() == "The texts are the same"
    assert not any(button.isEnabled() for button in window._steps)
    assert window.note.isVisible()
    window.columns[0].copy.click()
    assert len(QGuiApplication.clipboard().text()) == COMPARED_CHARS_MAX + 5
