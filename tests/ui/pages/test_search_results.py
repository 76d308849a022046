"""One row of the results: what is seen and what is spoken."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from gigadesk.chat import ChatId, MessageId
from gigadesk.chat import Role as Who
from gigadesk.search.hits import Hit, HitKind, Place
from gigadesk.ui.search.result_delegate import ResultDelegate
from gigadesk.ui.search.result_list import ResultList
from gigadesk.ui.search.results import ResultModel

TITLE = Hit(
    HitKind.TITLE, ChatId(1), None, "Lamps", None, 1.7e9, "Lamps", ((0, 5),), Place.LISTED, "", "Buy two of them"
)
FILE = replace(TITLE, kind=HitKind.FILE, message_id=MessageId(2), role=Who.USER, snippet="lamps.pdf")
MESSAGE = replace(FILE, kind=HitKind.MESSAGE, snippet="Of all lamps this one.", preview="")


@pytest.mark.parametrize(
    ("hit", "parts"),
    [
        (TITLE, ["Chat", "Lamps", "Buy two of them"]),
        (FILE, ["File", "Lamps", "lamps.pdf", "Buy two of them"]),
        (MESSAGE, ["You", "Lamps", "Of all lamps this one."]),
    ],
)
def test_a_row_is_spoken_whole_and_nothing_twice(qtbot, hit, parts):
    rows = ResultList(ResultModel(None), None)
    qtbot.addWidget(rows)
    spoken = rows.delegate.spoken(hit)

    assert [part for part in spoken.split(", ") if not part[0].isdigit()] == parts


@pytest.mark.parametrize("hit", [TITLE, FILE])
def test_the_line_below_a_name_shows_what_its_message_begins_with(qtbot, hit):
    rows = ResultList(ResultModel(None), None)
    qtbot.addWidget(rows)

    assert last_ink(rows, hit) > last_ink(rows, replace(hit, preview="")) + rows.fontMetrics().height() / 2


def last_ink(rows: ResultList, hit: Hit) -> int:
    """The lowest row of pixels of what is painted."""
    model = ResultModel(None)
    model.set_hits((hit,))
    option = QStyleOptionViewItem()
    option.font = rows.font()
    delegate: ResultDelegate = rows.delegate
    height = delegate.sizeHint(option, model.index(0)).height()
    option.rect = QRect(0, 0, 400, height)
    image = QImage(400, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    return max(y for y in range(height) if any(image.pixelColor(x, y).lightness() < 250 for x in range(20, 380)))
