"""Words that the view says again and again are laid out once."""

from PySide6.QtGui import QFont

from gigadesk.ui.theme import LIGHT
from gigadesk.ui.transcript.layout import labels
from gigadesk.ui.transcript.layout.text_part import ENDLESS
from gigadesk.ui.transcript.layout.typography import Typography


def test_each_stands_in_its_own_place(qapp):
    typography = Typography(QFont(), LIGHT)
    first = labels.label(typography, "1.", typography.body, 30)
    first.x, first.y, first.color = 5, 7, LIGHT.link

    second = labels.label(typography, "1.", typography.body, 30)

    assert second is not first
    assert (second.x, second.y, second.color) == (0, 0, None)
    assert second.rects(0, 2) == first.rects(0, 2)
    assert len(typography.labels) == 1


def test_no_more_than_some_are_remembered(qapp):
    typography = Typography(QFont(), LIGHT)

    for number in range(3 * labels.REMEMBERED):
        assert labels.label(typography, f"{number}.", typography.small, ENDLESS).text == f"{number}."
        assert len(typography.labels) <= labels.REMEMBERED
