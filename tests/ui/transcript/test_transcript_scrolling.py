"""Scrolling moves what is painted already: the result is the picture that painting everything would give."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
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


@pytest.mark.parametrize("is_focused", [False, True], ids=["plain", "with the light of the keyboard"])
def test_every_step_of_the_wheel_shows_what_painting_anew_shows(qtbot, is_focused):
    transcript = shown(qtbot, CHAT)
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
        assert moved == on_screen(transcript), step
