"""A program of its own that the tests start: shows a transcript to assistive technology, then tries to break it.

`serve` shows three messages until standard input ends and does what it is told there; `stress` makes and destroys
views, fills and clears them, and ends with everything still open.
"""

import gc
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QSocketNotifier
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from gigadesk.chat import Status
from gigadesk.ui.transcript import Transcript
from tests.ui.transcript.transcript_support import CHAT, answer, user

TEXT = "**Because** of [`x`](https://example.com).\n\n```python\nx = 1\n```"
MESSAGES = [user(1, "Why?"), answer(2, TEXT), answer(3, "Hal", Status.STREAMING)]


def serve(app: QApplication) -> int:
    window = QMainWindow()
    window.setWindowTitle("transcript under test")
    transcript = Transcript(window)
    window.setCentralWidget(transcript)
    window.resize(700, 500)
    window.show()
    transcript.show_chat(CHAT, MESSAGES)
    window.activateWindow()
    transcript.setFocus()
    followed: list[str] = []
    transcript.link_followed.connect(lambda target, text: followed.append(f"{target} {text}"))

    def on_line() -> None:
        line = sys.stdin.readline().strip()
        if line == "grow":
            transcript.grow(3, "f of it")
            transcript.show_pending()
        elif line == "end":
            transcript.update_message(answer(3, "Half of it"))
            transcript.add_message(user(4, "More"))
        elif line == "walk":
            transcript.walk.step(-1)
        elif line == "tell":
            line = f"tell {' '.join(followed)} {QGuiApplication.clipboard().text()}"
        elif line == "clear":
            transcript.clear()
        elif not line:
            app.quit()
            return
        _say(f"done {line}")

    # Told through a notifier, so that the loop goes on answering the reader meanwhile.
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, window)
    notifier.activated.connect(on_line)
    _say("ready")
    return app.exec()


def walk_all(transcript: Transcript) -> int:
    """Read everything as a screen reader would; the number of characters."""
    found = QAccessible.queryAccessibleInterface(transcript)
    length = 0
    for index in range(found.childCount()):
        child = found.child(index)
        child.rect()
        child.state()
        child.parent()
        length += len(child.text(QAccessible.Text.Name)) + len(child.text(QAccessible.Text.Description))
        length += len(child.actionInterface().actionNames()) if index < 50 else 0
    return length


def stress(app: QApplication) -> int:
    QAccessible.setActive(True)
    kept = []
    for number in range(12):
        transcript = Transcript()
        transcript.show()
        transcript.show_chat(CHAT, [answer(each, f"text *{each}*") for each in range(1, 30)])
        app.processEvents()
        for _ in range(3):
            walk_all(transcript)
            transcript.walk.step(-1)
            transcript.show_chat(CHAT, [answer(each, "other") for each in range(number, number + 20)])
            transcript.clear()
        transcript.show_chat(CHAT, MESSAGES)
        transcript.update_message(answer(3, "Half"))
        if number % 3 == 0:
            kept.append(QAccessible.queryAccessibleInterface(transcript).child(0))
        if number % 2:
            transcript.deleteLater()
        del transcript  # else garbage: Python deletes the widget
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
    left = [widget for widget in app.topLevelWidgets() if isinstance(widget, Transcript)]
    assert not left, left
    last = Transcript()
    last.show()
    last.show_chat(CHAT, [answer(each, "text") for each in range(1, 3_001)])
    app.processEvents()
    assert walk_all(last) > 30_000
    last.clear()
    last.show_chat(CHAT, [answer(each, "text") for each in range(1, 1_001)])
    walk_all(last)
    _say("survived")
    return 7  # with views, children and held interfaces alive


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    sys.exit(stress(application) if sys.argv[1] == "stress" else serve(application))
