"""The scroll bar of the transcript: its handle, and that nothing else is painted for its sake."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk.ui.style import style_sheet
from gigadesk.ui.theme import DARK, LIGHT, Theme
from gigadesk.ui.transcript import Transcript
from tests.ui.transcript.transcript_support import CHAT, LONG, answer, settle, shown, user

VIEWS = [user(1, "Question"), answer(2, LONG * 4)]


def colors_down(transcript) -> list[QColor]:
    """Along the middle of the bar."""
    bar = transcript.verticalScrollBar()
    image = bar.grab().toImage()
    return [image.pixelColor(bar.width() // 2, y) for y in range(bar.height())]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_handle_is_where_the_text_is(qtbot, theme: Theme):
    transcript = shown(qtbot, VIEWS)
    transcript.set_theme(theme)
    transcript.setStyleSheet(style_sheet(theme))

    transcript.verticalScrollBar().setValue(0)
    settle(transcript)
    at_top = colors_down(transcript)
    transcript.scroll_to_end()
    settle(transcript)
    at_end = colors_down(transcript)

    half = len(at_top) // 2
    assert theme.scroll_handle in at_top[:half]
    assert theme.scroll_handle not in at_top[half:]
    assert theme.scroll_handle in at_end[half:]
    assert theme.scroll_handle not in at_end[:half]
    assert set(map(QColor.rgba, (at_top[-1], at_end[0]))) == {theme.window.rgba()}


def test_the_pointer_makes_the_handle_stronger(qtbot):
    transcript = shown(qtbot, VIEWS)

    QTest.mouseMove(transcript.verticalScrollBar(), QPoint(5, 5))
    assert LIGHT.text_faint in colors_down(transcript)
    QTest.mouseMove(transcript.viewport(), QPoint(50, 50))
    assert LIGHT.text_faint not in colors_down(transcript)


class Paintings(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += isinstance(event, QPaintEvent)
        return super().eventFilter(watched, event)


def test_a_step_of_the_bar_paints_nothing_behind_it(qtbot):
    pane = QWidget()
    pane.setStyleSheet(style_sheet(LIGHT))
    transcript = Transcript()
    QVBoxLayout(pane).addWidget(transcript)
    qtbot.addWidget(pane)
    pane.resize(800, 600)
    pane.show()
    qtbot.waitExposed(pane)
    transcript.show_chat(CHAT, VIEWS)
    settle(transcript)
    QCoreApplication.processEvents()
    behind, on_bar = Paintings(), Paintings()
    pane.installEventFilter(behind)
    transcript.installEventFilter(behind)
    transcript.verticalScrollBar().installEventFilter(on_bar)

    transcript.verticalScrollBar().setValue(100)
    qtbot.waitUntil(lambda: on_bar.count > 0)

    assert behind.count == 0
