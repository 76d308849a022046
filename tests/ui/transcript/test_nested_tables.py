"""Tables in lists, quotes and notes can do all that those at the top can."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from gigadesk.ui.table_window import TableWindow
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.ui.transcript.transcript_support import answer, click_zone, point_of, settle, shown, zones

TABLE = "| Name | Price |\n|---|--:|\n| **Bolt** | 1,50 |\n| Nut | 2 |"
OTHER = "| Town | Year |\n|---|---|\n| Omsk | 1716 |"
WIDE = "|" + "a column of words|" * 12 + "\n|" + "---|" * 12 + "\n|" + "b|" * 12
CSV = 'Name,Price\r\nBolt,"1,50"\r\nNut,2\r\n'


def indented(text, mark):
    first, *rest = text.split("\n")
    inner = "> " if mark == "> " else " " * len(mark)
    return "\n".join([mark + first, *(inner + line for line in rest)])


def clipboard_text():
    return QGuiApplication.clipboard().text()


def choose(menu, words):
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def menu_of(transcript, number=0):
    """The menu of the button of a table, opened with the mouse."""
    click_zone(transcript, zones(transcript, ZoneKind.TABLE)[number])
    menu = next(menu for menu in transcript.findChildren(QMenu) if menu.isVisible())
    assert len([action for action in menu.actions() if not action.isSeparator()]) == 4
    return menu


@pytest.mark.parametrize("mark", ["- ", "10. ", "> ", "[^1]: "], ids=["list", "numbers", "quote", "note"])
def test_its_button_copies_it(qtbot, mark):
    source = indented(TABLE, mark) if mark != "[^1]: " else "x[^1]\n\n[^1]: " + TABLE.replace("\n", "\n    ")
    transcript = shown(qtbot, [answer(1, source)])

    choose(menu_of(transcript), "Copy table as CSV")

    assert clipboard_text() == CSV


def test_of_several_in_one_list_each_is_its_own(qtbot):
    text = "\n".join([indented(TABLE, "- "), indented(OTHER, "- "), "- ```\n  code\n  ```"])
    transcript = shown(qtbot, [answer(1, text)])
    found = zones(transcript, ZoneKind.TABLE)

    choose(menu_of(transcript, 1), "Copy table as CSV")

    assert len(found) == 2
    assert clipboard_text() == "Town,Year\r\nOmsk,1716\r\n"


def test_the_menu_of_the_other_button_of_the_mouse_is_that_of_the_table_under_it(qtbot):
    text = "\n".join(["- words", indented(TABLE, "- "), indented(OTHER, "- ")])
    transcript = shown(qtbot, [answer(1, text)])
    menus = [transcript.menu.build(point_of(transcript, word).toPointF()) for word in ("Omsk", "words")]

    choose(menus[0], "Copy table as CSV")

    assert clipboard_text() == "Town,Year\r\nOmsk,1716\r\n"
    assert "Copy table as CSV" not in [action.text() for action in menus[1].actions()]
    menus[1].close()


def test_its_markdown_is_without_the_marks_around_it(qtbot):
    transcript = shown(qtbot, [answer(1, indented(TABLE, "> "))])

    choose(menu_of(transcript), "Copy table as Markdown")

    assert clipboard_text() == "| Name | Price |\n|---|--:|\n| **Bolt** | 1,50 |\n| Nut | 2 |"


def test_the_keyboard_opens_it_large(qtbot):
    transcript = shown(qtbot, [answer(1, indented(TABLE, "- "))])
    transcript.setFocus()
    for _ in range(40):
        focused = transcript.highlights.focused_zone
        if focused is not None and focused == zones(transcript, ZoneKind.TABLE)[0].key:
            break
        QTest.keyClick(transcript, Qt.Key.Key_Tab)
    QTest.keyClick(transcript, Qt.Key.Key_Return)
    menu = next(menu for menu in transcript.findChildren(QMenu) if menu.isVisible())

    choose(menu, "Open as table")

    window = transcript.window().findChildren(TableWindow)[-1]
    assert window.isVisible()
    window.close()


def test_a_wide_one_is_scrolled_sideways_alone(qtbot):
    text = "\n\n".join([indented(WIDE, "- "), indented(WIDE, "- ")])
    transcript = shown(qtbot, [answer(1, text)])
    point = point_of(transcript, "b")
    before = transcript.viewport().grab().toImage()

    event = QWheelEvent(
        QPointF(point), QPointF(transcript.viewport().mapToGlobal(point)), QPoint(), QPoint(-240, 0),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QGuiApplication.sendEvent(transcript.viewport(), event)
    settle(transcript)

    scrolls = transcript.rows.items[0].scrolls(1)
    assert scrolls[0] > 0
    assert not any(scrolls[1:])
    assert transcript.viewport().grab().toImage() != before


def test_one_that_is_cut_into_pieces_is_copied_whole(qtbot):
    rows = "\n".join(f"| {number} | {'x' * 60} |" for number in range(300))
    transcript = shown(qtbot, [answer(1, indented(f"| n | x |\n|---|---|\n{rows}", "- "))])
    qtbot.waitUntil(lambda: not transcript.is_parsing)
    transcript.show_offset(0)
    settle(transcript)

    choose(menu_of(transcript), "Copy table as CSV")

    lines = clipboard_text().split("\r\n")
    assert len(transcript.rows.items[0].blocks) > 2
    assert [line.split(",")[0] for line in lines] == ["n", *map(str, range(300)), ""]
