"""Reading an answer while it comes, in the real window with the wheel and the keys, in each of the ways to follow."""

import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest

from gigadesk.chat import Status
from gigadesk.emulator.faults import Fault
from gigadesk.settings import FollowMode
from tests.flows.flow_support import until
from tests.ui.transcript.transcript_support import point_of

CHAT = "/chat/completions"
PIECES = [f"Line {number} of many.\n\n" for number in range(160)]


def wheel(transcript, angle: int):
    where = QPointF(transcript.viewport().rect().center())
    place = QPointF(transcript.viewport().mapToGlobal(where.toPoint()))
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(where, place, QPoint(), QPoint(0, angle), none, Qt.KeyboardModifier.NoModifier, phase, False)
    QGuiApplication.sendEvent(transcript.viewport(), event)


def is_at_end(transcript) -> bool:
    return transcript.arranged().is_at_end


def is_in_sight(transcript, words: str) -> bool:
    try:
        return 0 <= point_of(transcript, words).y() <= transcript.viewport().height()
    except AssertionError:
        return False


async def told(desk, words: str):
    """So much of the answer has come and is shown."""
    await until(lambda: words in desk.last_text, words)
    desk.window.page.transcript.grab()


def stream(flow, mode: FollowMode):
    flow.folder.mkdir(parents=True, exist_ok=True)
    (flow.folder / "settings.json").write_text(json.dumps({"appearance": {"follow_mode": mode.value}}))


def begin(service, desk):
    service.faults.next(Fault(path=CHAT, piece_delay_s=0.02))
    service.answer_next(*PIECES)
    desk.ask("Count")
    return desk.window.page.transcript


@pytest.mark.parametrize("way", ["wheel", "key"])
def test_the_end_is_followed_until_the_reader_goes_up_and_again_when_he_is_back(flow, run_async, way):
    stream(flow, FollowMode.END)

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            transcript = begin(service, desk)
            await told(desk, "Line 40 ")
            assert is_at_end(transcript)
            assert transcript.jump_button.isHidden()

            transcript.setFocus()
            if way == "wheel":
                wheel(transcript, 360)
            else:
                QTest.keyClick(transcript, Qt.Key.Key_PageUp)
            transcript.grab()
            read = next(f"Line {number} of" for number in range(30) if is_in_sight(transcript, f"Line {number} of"))
            place = point_of(transcript, read)
            await told(desk, "Line 70 ")
            assert point_of(transcript, read) == place
            assert not is_at_end(transcript)
            assert transcript.jump_button.isVisible()

            if way == "wheel":
                QTest.mouseClick(transcript.jump_button, Qt.MouseButton.LeftButton)
            else:
                QTest.keyClick(transcript, Qt.Key.Key_End)
            await told(desk, "Line 100 ")
            assert is_at_end(transcript)
            await until(lambda: desk.last.status is Status.DONE, "the end")
            assert is_at_end(transcript)

    run_async(story())


def test_the_first_line_of_the_answer_is_held_until_the_reader_goes_to_the_end(flow, run_async):
    stream(flow, FollowMode.FIRST_LINE)

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            transcript = begin(service, desk)
            await told(desk, "Line 60 ")
            assert is_in_sight(transcript, "Line 0 of")
            place = point_of(transcript, "Line 0 of")
            await told(desk, "Line 80 ")
            assert point_of(transcript, "Line 0 of") == place

            wheel(transcript, -240)
            transcript.grab()
            read = next(f"Line {number} of" for number in range(40) if is_in_sight(transcript, f"Line {number} of"))
            place = point_of(transcript, read)
            await told(desk, "Line 100 ")
            assert point_of(transcript, read) == place

            QTest.mouseClick(transcript.jump_button, Qt.MouseButton.LeftButton)
            await told(desk, "Line 120 ")
            assert is_at_end(transcript)
            await until(lambda: desk.last.status is Status.DONE, "the end")
            assert is_at_end(transcript)

    run_async(story())


def test_never_leaves_the_text_where_it_is(flow, run_async):
    stream(flow, FollowMode.NEVER)

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            transcript = begin(service, desk)
            await told(desk, "Line 50 ")
            assert is_in_sight(transcript, "Line 0 of")
            place = point_of(transcript, "Line 0 of")

            wheel(transcript, -120)
            transcript.grab()
            moved = point_of(transcript, "Line 5 of")
            await told(desk, "Line 80 ")
            assert moved != place
            assert point_of(transcript, "Line 5 of") == moved

            # The end is shown at the reader's wish, and goes on without him.
            QTest.mouseClick(transcript.jump_button, Qt.MouseButton.LeftButton)
            transcript.grab()
            assert is_at_end(transcript)
            await told(desk, "Line 120 ")
            assert not is_at_end(transcript)

    run_async(story())


def test_a_minimised_window_shows_all_that_has_come_when_it_is_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            transcript = begin(service, desk)
            await told(desk, "Line 20 ")
            desk.window.showMinimized()
            await until(lambda: transcript.growth.throttle._is_hidden, "the window is away")
            shown = transcript.rows.items[-1].source_text
            pending = transcript.growth._pending
            await until(lambda: any("Line 60 " in piece for pieces in pending.values() for piece in pieces), "more")
            assert transcript.rows.items[-1].source_text == shown

            desk.window.showNormal()
            await until(lambda: "Line 60 " in transcript.rows.items[-1].source_text, "what has come")
            transcript.grab()
            assert is_at_end(transcript)

    run_async(story())
