"""Selecting and copying in the real window, with the mouse and the keys, while an answer comes."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest

from gigadesk.chat import Status
from gigadesk.emulator.faults import Fault
from gigadesk.ui.transcript.copy.clipboard import MARKDOWN_TYPE
from tests.flows.flow_support import until
from tests.ui.transcript.transcript_support import point_of

CHAT = "/chat/completions"
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PIECES = [f"Line {number} of **many**.\n\n" for number in range(200)]


def move(transcript, point: QPoint):
    where, glob = QPointF(point), QPointF(transcript.viewport().mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, where, glob, Qt.MouseButton.NoButton, LEFT, NONE)
    QGuiApplication.sendEvent(transcript.viewport(), event)


def clipboard():
    data = QGuiApplication.clipboard().mimeData()
    return data.text(), data.html(), bytes(data.data(MARKDOWN_TYPE).data()).decode()


def test_a_drag_lives_through_two_hundred_pieces_and_is_copied_in_three_formats(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(Fault(path=CHAT, piece_delay_s=0.005))
            service.answer_next("First **bold** words.\n\n- one\n- two\n\n", *PIECES)
            desk.ask("Count")
            transcript = desk.window.page.transcript
            await until(lambda: "- two\n\n" in desk.last_text, "the beginning")
            transcript.show_pending()

            start, end = point_of(transcript, "bold"), point_of(transcript, "two", 3)
            QTest.mousePress(transcript.viewport(), LEFT, NONE, start)
            move(transcript, start + QPoint(12, 0))
            move(transcript, end)
            await until(lambda: desk.last.status is Status.DONE, "the end")
            transcript.show_pending()
            assert "Line 199" in desk.last_text
            assert point_of(transcript, "bold") == start
            QTest.mouseRelease(transcript.viewport(), LEFT, NONE, end)
            desk.press(
                Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier
            ) if transcript.hasFocus() else transcript.copy()

            plain, html, markdown = clipboard()
            assert plain == "bold words.\n\n• one\n• two"
            assert "<b>bold</b> words." in html
            assert "<li>two</li>" in html
            assert markdown == "**bold** words.\n\n- one\n- two"

            # The next click takes it away, and Shift with the keys selects on from there.
            QTest.mouseClick(transcript.viewport(), LEFT, NONE, point_of(transcript, "words"))
            assert not transcript.has_selection()
            transcript.setFocus()
            await until(transcript.hasFocus)
            desk.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            assert clipboard()[0].startswith("words")

            # All of the chat says whose words they are.
            desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            plain, html, markdown = clipboard()
            assert plain.startswith("You:\n\nCount\n\n")
            assert plain.endswith("Line 199 of many.")
            assert "**You:**\n\nCount" in markdown
            assert markdown.count("**many**") == html.count("<b>many</b>") == 200

    run_async(story())
