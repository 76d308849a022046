import re

import pytest
from PySide6.QtCore import QFile, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gigadesk.ui.style import apply_font_size, style_sheet
from gigadesk.ui.theme import DARK, LIGHT
from gigadesk.ui.widgets.labels import Heading

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@THEMES
def test_the_style_sheet_has_every_colour_filled_in(theme):
    sheet = style_sheet(theme)

    assert "%(" not in sheet
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= {
        value.name() for value in vars(theme).values() if hasattr(value, "name")
    }


@THEMES
def test_the_pictures_of_the_style_sheet_exist(dressed, theme):
    dressed(theme)

    pictures = re.findall(r"url\(([^)]+)\)", style_sheet(theme))

    assert pictures
    assert all(QFile.exists(picture) for picture in pictures)


@THEMES
def test_stock_widgets_take_the_style_without_complaint(dressed, qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for widget in (QLineEdit(), QComboBox(), QCheckBox("x"), QPushButton("x")):
        layout.addWidget(widget)
    dressed(theme)
    window.show()

    window.grab()  # Qt's complaints about the sheet fail the test


def test_the_buttons_of_the_toolkits_own_dialogs_have_no_pictures(dressed, qtbot):
    """As ours have none: those for printing and choosing files."""
    dressed(LIGHT)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    box.show()

    assert all(button.icon().isNull() for button in box.buttons())


@THEMES
def test_a_tick_in_a_table_is_seen(dressed, qtbot, theme):
    """The toolkit's own box was as dark as the dark table."""
    table = QTableView()
    qtbot.addWidget(table)
    table.setProperty("kind", "rows")
    model = QStandardItemModel(2, 1, table)
    for row, state in enumerate((Qt.CheckState.Checked, Qt.CheckState.Unchecked)):
        item = QStandardItem()
        item.setCheckable(True)
        item.setCheckState(state)
        model.setItem(row, 0, item)
    table.setModel(model)
    table.resize(200, 120)
    dressed(theme)
    table.show()

    image = table.viewport().grab().toImage()
    colors = [
        {
            image.pixelColor(x, y).name()
            for x in range(30)
            for y in range(table.rowHeight(0) * row, table.rowHeight(0) * (row + 1))
        }
        for row in range(2)
    ]

    assert theme.accent.name() in colors[0]
    assert theme.accent.name() not in colors[1]
    assert theme.text_faint.name() in colors[1]


def test_the_focus_does_not_move_anything(dressed, qtbot):
    dressed(LIGHT)
    for widget in (QLineEdit(), QPushButton("Check"), QComboBox()):
        qtbot.addWidget(widget)
        widget.show()
        without = widget.sizeHint()
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)

        assert widget.sizeHint() == without
        widget.close()


def test_the_same_theme_is_not_applied_twice(dressed, qapp, monkeypatch):
    dressed(LIGHT)
    calls = []
    monkeypatch.setattr(type(qapp), "setStyleSheet", lambda *arguments: calls.append(arguments))

    dressed(LIGHT)

    assert calls == []
    monkeypatch.undo()


def test_the_font_size_changes_open_windows_and_comes_back(dressed, qapp, qtbot):
    dressed(LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit(window)
    heading = Heading(window, "Title", scale=1.5)
    window.show()
    before = field.font().pointSizeF()

    apply_font_size(qapp, 20)
    larger = (field.font().pointSizeF(), heading.font().pointSizeF())
    apply_font_size(qapp, 0)

    assert larger == (20, 30)
    assert (field.font().pointSizeF(), heading.font().pointSizeF()) == (before, before * 1.5)
