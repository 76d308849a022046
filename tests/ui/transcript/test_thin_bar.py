"""The scroll bar of the transcript: its handle, and that nothing else is painted for its sake."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk.chat import MessageId, Status
from gigadesk.ui.style import style_sheet
from gigadesk.ui.theme import DARK, LIGHT, Theme
from gigadesk.ui.transcript import Transcript, scrolling
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
    qtbot.waitUntil(transcript.verticalScrollBar().isVisible)  # it appears with a turn of the loop

    QTest.mouseMove(transcript.verticalScrollBar(), QPoint(5, 5))
    qtbot.waitUntil(lambda: LIGHT.text_faint in colors_down(transcript))
    QTest.mouseMove(transcript.viewport(), QPoint(50, 50))
    qtbot.waitUntil(lambda: LIGHT.text_faint not in colors_down(transcript))


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


def test_it_follows_an_answer_together_with_its_text_but_not_with_each_line(qtbot, monkeypatch):
    now = 1000.0
    monkeypatch.setattr(scrolling, "time", SimpleNamespace(monotonic=lambda: now))
    transcript = shown(qtbot, [answer(1, "words\n\n" * 60, Status.STREAMING)])
    transcript.stage.refresh()
    settle(transcript)
    bar = transcript.verticalScrollBar()
    steps = []

    for _ in range(5):
        before = bar.maximum()
        transcript.grow(MessageId(1), "more\n\n" * 10)
        transcript.show_pending()
        steps.append(bar.maximum() > before)
        now += 0.3 * scrolling.BAR_DELAY_MS / 1000

    assert steps == [False, False, False, False, True]
    assert bar.value() == bar.maximum() == transcript.rows.total_height - transcript.viewport().height()
    transcript.grow(MessageId(1), "the last words\n\n" * 10)
    transcript.show_pending()
    before = bar.maximum()
    qtbot.waitUntil(lambda: bar.maximum() > before)
