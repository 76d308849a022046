"""Rows of two lines keep to themselves."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from gigadesk.ui.widgets.two_lines import Card, TwoLineDelegate

TOWER = "a" + "\u0301" * 100
ROW = QRect(0, 300, 200, 40)


def painted_outside(delegate, index) -> bool:
    image = QImage(200, 640, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.rect = ROW
    painter = QPainter(image)
    delegate.paint(painter, option, index)
    painter.end()
    above, below = image.copy(0, 0, 200, ROW.top()), image.copy(0, ROW.bottom() + 1, 200, 300)
    white = QImage(200, 300, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    return above != white or below != white


@pytest.fixture
def widget(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_letters_with_towers_of_marks_stay_in_their_row(widget):
    model = QStandardItemModel(1, 1, widget)

    assert not painted_outside(TwoLineDelegate(lambda _: Card(TOWER, TOWER), widget), model.index(0, 0))
