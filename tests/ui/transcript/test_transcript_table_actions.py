"""What is done with tables: copied as cells, CSV and Markdown, opened in a window."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from gigadesk.ui.table_window import TableWindow
from gigadesk.ui.transcript.copy.table_texts import csv_text, guarded, html_table, is_number, tab_text
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.ui.transcript.transcript_support import answer, click_zone, move, point_of, settle, shown, zones

TABLE = (
    "| Name | Price | Note |\n|---|---|---|\n"
    '| **Bolt** | 1,50 | a \\| b |\n| Nut | -10 | =1+1 |\n| Pin | 200 | say "x" |'
)
LARGE = "| n | name |\n|---|---|\n" + "\n".join(f"| {n} | row {n % 7} |" for n in range(100_000))
WIDE = "|" + "a|" * 40 + "\n|" + "-|" * 40 + "\n|" + "b|" * 40


def clipboard():
    return QGuiApplication.clipboard().mimeData()


def choose(transcript, text, words):
    menu = transcript.menu.build(point_of(transcript, text).toPointF())
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def opened(transcript) -> TableWindow:
    return transcript.window().findChildren(TableWindow)[-1]


def test_csv_has_the_text_of_all_cells(qtbot):
    transcript = shown(qtbot, [answer(1, TABLE)])

    choose(transcript, "Bolt", "Copy table as CSV")

    assert clipboard().text() == ('Name,Price,Note\r\nBolt,"1,50",a | b\r\nNut,-10,\'=1+1\r\nPin,200,"say ""x"""\r\n')


def test_cells_come_as_html_and_with_tabs_and_never_as_formulas(qtbot):
    transcript = shown(qtbot, [answer(1, TABLE)])

    choose(transcript, "Bolt", "Copy table for a spreadsheet")

    assert clipboard().text().split("\n")[2] == "Nut\t-10\t'=1+1"
    assert "<td>Bolt</td>" in clipboard().html()
    assert "mso-number-format" in clipboard().html()


def test_markdown_is_the_source(qtbot):
    transcript = shown(qtbot, [answer(1, f"Before\n\n{TABLE}\n\nAfter")])

    choose(transcript, "Bolt", "Copy table as Markdown")

    assert clipboard().text() == TABLE


def test_button_waits_for_the_pointer_and_opens_a_menu_by_mouse_and_key(qtbot):
    transcript = shown(qtbot, [answer(1, TABLE)])
    found = zones(transcript, ZoneKind.TABLE)[0]
    assert not transcript.zones.is_shown(found)

    move(transcript, point_of(transcript, "Bolt"))
    assert transcript.zones.is_shown(found)
    click_zone(transcript, found)
    menu = transcript.findChild(QMenu)
    assert "Copy table as CSV" in [action.text() for action in menu.actions()]
    menu.close()
    menu.deleteLater()

    move(transcript, QPoint(5, transcript.height() - 5))
    transcript.setFocus()
    transcript.focusNextPrevChild(True)
    assert transcript.highlights.focused_zone == found.key
    assert transcript.zones.is_shown(found)


def test_numbers_stand_on_the_right_if_nothing_else_is_said(qtbot):
    text = "| Word | Number | Left |\n|---|---|:--|\n| a | 1 | 1 |\n| b | 1 000,5 | 2 |\n| c | -3 % | 3 |"
    transcript = shown(qtbot, [answer(1, text)])
    parts = {part.text: part for part in transcript.rows.items[0].box(1).parts}

    ends = {round(parts[name].x + parts[name].natural_width) for name in ("Number", "1 000,5", "-3 %")}
    assert max(ends) - min(ends) <= 1
    assert parts["2"].x == parts["Left"].x
    assert parts["a"].x == parts["Word"].x


def test_a_table_that_is_too_wide_opens_as_a_table(qtbot):
    transcript = shown(qtbot, [answer(1, WIDE)])

    click_zone(transcript, zones(transcript, ZoneKind.TABLE)[0])

    window = opened(transcript)
    assert (window.model.rowCount(), window.model.columnCount()) == (1, 40)
    QTest.keyClick(window.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not transcript.window().findChildren(TableWindow))


def test_a_hundred_thousand_rows_open_sort_and_are_copied(qtbot):
    transcript = shown(qtbot, [answer(1, LARGE)])
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=60_000)
    transcript.show_offset(0)
    settle(transcript)

    choose(transcript, "row 3", "Open as table")
    window = opened(transcript)
    assert window.model.rowCount() == 100_000
    window.grab()
    header = window.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 5, header.height() // 2)
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        qtbot.waitUntil(lambda: not window._sorting.isActive(), timeout=30_000)
    assert window.model.cells(0) == ("99999", "row 4")

    window.table.setFocus()
    window.table.selectRow(0)
    QTest.keyClick(window.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard().text() == "n\tname\n99999\trow 4"
    window.close()


def test_cells_are_plain_text_in_the_window(qtbot):
    text = WIDE + "\n|" + "<b>x</b> ![i](/dev/zero)|" * 40
    transcript = shown(qtbot, [answer(1, text)])
    click_zone(transcript, zones(transcript, ZoneKind.TABLE)[0])
    window = opened(transcript)

    shown_text = window.model.data(window.model.index(1, 0))

    assert "<b>x</b>" in shown_text
    assert "&lt;b&gt;" in window.model.data(window.model.index(1, 0), Qt.ItemDataRole.ToolTipRole)
    window.close()


@given(st.lists(st.lists(st.text(alphabet='a,"\n;= \t1', max_size=6), min_size=1, max_size=4), max_size=4))
def test_csv_reads_back_as_it_was(rows):
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))

    assert [row or [""] for row in read] == [[guarded(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|'/c calc'!A0", "'+cmd|'/c calc'!A0"),
        ("-2+3", "'-2+3"),
        ("-5", "-5"),
        ("+7 916 123", "+7 916 123"),
        ("-1,5 %", "-1,5 %"),
        ("-", "-"),
        ("plain", "plain"),
    ],
)
def test_what_a_spreadsheet_would_compute_is_text(cell, safe):
    assert guarded(cell) == safe
    assert tab_text([[cell]]) == safe
    assert "<td" in html_table([[cell]])


@pytest.mark.parametrize("text", ["1", "-1", "1 000", "1,234.5", "12 %", "5 кг", "100 ₽", "1e5", ".5"])
def test_numbers(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "a", "1 of 2 things", "2024-01-01", "v1", "1+1"])
def test_no_numbers(text):
    assert not is_number(text)
