"""Parts that go on in the next line: the chips of the search in a narrow window."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk.search.query import parse
from gigadesk.ui.search.chips import Chips

TEXT = "from:me has:code has:table has:link before:2024 after:2020 model:gigachat-2-max in:archive слово"


@pytest.fixture
def place(qtbot):
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def chips(place):
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    found = Chips(place)
    column.addWidget(found)
    column.addStretch(1)
    place.resize(1600, 400)
    place.show()
    found.show_filters(TEXT, parse(TEXT, date(2026, 11, 28)).filters)
    return found


def lines(chips: Chips) -> int:
    return len({button.y() for button in chips.buttons})


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("width", [1600, 700, 330, 240])
def test_all_chips_are_in_sight_and_none_lies_over_another(qtbot, chips, width, direction):
    chips.setLayoutDirection(direction)
    chips.window().resize(width, 400)

    qtbot.waitUntil(lambda: chips.width() == width and chips.height() == chips.heightForWidth(width))

    spots = [button.geometry() for button in chips.buttons]
    assert len(spots) == 8
    assert all(chips.rect().contains(spot) for spot in spots)
    assert [spot.width() for spot in spots] == [min(button.sizeHint().width(), width) for button in chips.buttons]
    assert not any(one.intersects(other) for one in spots for other in spots if one is not other)


def test_a_wide_window_needs_one_line_and_a_narrow_one_several(qtbot, chips):
    qtbot.waitUntil(lambda: lines(chips) == 1)
    chips.window().resize(330, 400)

    qtbot.waitUntil(lambda: lines(chips) > 2)
    assert chips.childAt(chips.buttons[-1].geometry().center()) is chips.buttons[-1]
    assert chips.buttons[-1].mapTo(chips.window(), QPoint(0, 0)).y() > 0


def test_fewer_chips_need_fewer_lines(qtbot, chips):
    chips.window().resize(330, 400)
    qtbot.waitUntil(lambda: lines(chips) > 2)
    height = chips.height()

    chips.show_filters("from:me", parse("from:me", date(2026, 11, 28)).filters)

    qtbot.waitUntil(lambda: chips.height() < height)
    assert [button.text() for button in chips.buttons] == ["from:me"]
