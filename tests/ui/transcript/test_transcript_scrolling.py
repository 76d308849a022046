"""Scrolling moves what is painted already: the result is the picture that painting everything would give."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gigadesk.chat import MessageId
from tests.ui.transcript.transcript_support import LONG, answer, settle, shown, user

CHAT = [
    view
    for number in range(1, 12, 2)
    for view in (
        user(number, f"Question {number}\n" * (number % 5 + 1)),
        answer(number + 1, f"# Answer\n\n{LONG[:400]}\n\n```\ncode {number}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
    )
]


def on_screen(transcript) -> QImage:
    """What the window really shows, without painting it anew."""
    return QGuiApplication.primaryScreen().grabWindow(transcript.winId()).toImage()


def is_alike(first: QImage, second: QImage) -> bool:
    """Equal but for a shade that nobody sees: the curve of a corner is rounded otherwise where the view cuts it."""
    if first == second:
        return True
    pairs = zip(bytes(first.constBits()), bytes(second.constBits()), strict=True)
    return max(abs(one - other) for one, other in pairs) <= 1


@pytest.mark.parametrize("letters", ["W", "i"], ids=["wide", "narrow"])
def test_the_first_and_the_last_line_are_reached_whatever_is_thought_of_the_heights_between(qtbot, letters):
    lines = "\n\n".join([" ".join([letters * 9] * 90)] * 3)
    transcript = shown(qtbot, [user(1, "Question"), answer(2, lines + "\n\nline" * 40), answer(3, lines)])
    assert transcript.arranger.is_at_end

    QTest.keyClick(transcript, Qt.Key.Key_Home)
    assert (transcript.arranger.placed[0].key, transcript.arranger.placed[0].y) == ((0, 0), 0)

    transcript.scroll_to_end()
    settle(transcript)
    bar = transcript.verticalScrollBar()
    bar.setSliderDown(True)
    bar.setValue(0)
    assert (transcript.arranger.placed[0].key, transcript.arranger.placed[0].y) == ((0, 0), 0)
    bar.setValue(bar.maximum())
    assert transcript.arranger.is_at_end
    bar.setSliderDown(False)


def wheel(transcript, angle: int) -> None:
    viewport = transcript.viewport()
    place = QPointF(viewport.rect().center())
    event = QWheelEvent(
        place,
        QPointF(viewport.mapToGlobal(place.toPoint())),
        QPoint(0, 0),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


@pytest.mark.parametrize(("width", "zoom"), [(800, 1.0), (500, 1.0), (1100, 2.0)], ids=["wide", "narrow", "large"])
@pytest.mark.parametrize("is_focused", [False, True], ids=["plain", "with the light of the keyboard"])
def test_every_step_of_the_wheel_shows_what_painting_anew_shows(qtbot, is_focused, width, zoom):
    transcript = shown(qtbot, CHAT, width)
    transcript.stage.set_zoom(zoom)
    settle(transcript)
    if is_focused:
        transcript.setFocus()
        transcript.highlights.focused_message = MessageId(10)
        transcript.refresh()
    QApplication.processEvents()

    for step in [*[120] * 25, *[-120] * 12, 40, 40, -40, 360, *[-360] * 30, 120]:
        wheel(transcript, step)
        QApplication.processEvents()
        moved = on_screen(transcript)
        transcript.viewport().repaint()
        assert is_alike(moved, on_screen(transcript)), step


@pytest.mark.parametrize("step", [-2, 2])
def test_what_looks_otherwise_at_the_edge_is_painted_again_when_it_comes_in(qtbot, step):
    transcript = shown(
        qtbot, [user(1, "Question"), answer(2, "Answer"), user(3, "Question"), answer(4, LONG)], 420, 200
    )
    bar = transcript.verticalScrollBar()
    bar.setValue(0 if step > 0 else 300)
    QApplication.processEvents()

    for _ in range(150):
        bar.setValue(bar.value() + step)
        QApplication.processEvents()
        moved = on_screen(transcript)
        transcript.viewport().repaint()
        assert is_alike(moved, on_screen(transcript)), bar.value()
