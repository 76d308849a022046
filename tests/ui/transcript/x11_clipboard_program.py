"""A program of its own that a test starts on an X server: a chat page, real drags, and other programs that paste.

Prints one line of JSON: what came where. Ends with a large lazy selection on the clipboard.
"""

import json
import subprocess
import sys
import time

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gigadesk.ui.pane.chat_page import ChatPage
from tests.ui.transcript.transcript_support import CHAT, answer, drag, move, point_of, position, settle, user

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SOURCE = "Some **bold** words here.\n\nAnother paragraph."
LIMIT_S = 30
CALM_S = 0.2


def pasted(*options: str) -> str:
    """What another program gets from the X server; our loop answers it meanwhile."""
    process = subprocess.Popen(["xclip", "-o", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    parts = []
    end = time.monotonic() + LIMIT_S
    import threading

    reader = threading.Thread(target=lambda: parts.append(process.stdout.read()))
    reader.start()
    while reader.is_alive() and time.monotonic() < end:
        QTest.qWait(10)
    process.wait(LIMIT_S)
    return parts[0] if parts else ""


def until(condition) -> None:
    end = time.monotonic() + LIMIT_S
    while not condition() and time.monotonic() < end:
        QTest.qWait(10)


def main() -> None:
    page = ChatPage()
    page.resize(800, 700)
    page.show()
    QTest.qWaitForWindowExposed(page)
    page.activateWindow()
    transcript, editor = page.transcript, page.composer.editor
    page.show_transcript()
    transcript.show_chat(CHAT, [user(1, "Question"), answer(2, SOURCE)])
    settle(transcript)
    report = {}

    drag(transcript, point_of(transcript, "bold"), point_of(transcript, "here"))
    report["primary"] = pasted("-selection", "primary")
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.MiddleButton, NONE, editor.viewport().rect().center())
    until(editor.toPlainText)
    report["middle click"] = editor.toPlainText()
    editor.clear()

    start = point_of(transcript, "words", 2)
    window, target = page.windowHandle(), editor.viewport().mapTo(page, editor.viewport().rect().center())
    for delay, act in (
        (100, lambda: QTest.mouseMove(window, target - QPoint(40, 0))),
        (250, lambda: QTest.mouseMove(window, target)),
        (400, lambda: QTest.mouseRelease(window, LEFT, NONE, target)),
    ):
        QTimer.singleShot(delay, act)
    QTest.mousePress(transcript.viewport(), LEFT, NONE, start)
    move(transcript, start + QPoint(30, 20), LEFT)
    until(editor.toPlainText)
    report["dropped"] = editor.toPlainText()
    report["still selected"] = transcript.selected_markdown()

    transcript.setFocus()
    transcript.caret.hide()
    QTest.keyClick(transcript, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    until(lambda: QGuiApplication.clipboard().text(QClipboard.Mode.Selection).endswith("paragraph."))
    report["primary by keys"] = pasted("-selection", "primary")

    long = "\n\n".join(f"Paragraph *{number}* of many." for number in range(6000))
    transcript.show_chat(CHAT, [user(1, "Question"), answer(2, long)])
    settle(transcript)
    transcript.selection.set(position(0, 0, 0), position(1, 1 << 40, 0))
    began = time.process_time()
    transcript.copy()
    report["copying cpu"] = time.process_time() - began
    transcript.clear()  # what was copied outlives what is shown
    until(lambda: QGuiApplication.clipboard().mimeData().hasHtml())
    report["targets"] = sorted(pasted("-selection", "clipboard", "-t", "TARGETS").split())
    for name in ("text/html", "text/markdown", "UTF8_STRING"):
        text = pasted("-selection", "clipboard", "-t", name)
        report[name] = [len(text), text[:60], text[-40:]]
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    main()
