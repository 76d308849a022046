"""The real program with a finger on its keys: tells what its transcript shows, line by line, before showing it.

Usage: program_driver.py MODE [options of gigadesk]. `ask` asks one question and then does what standard input says
(`type`, `close`); `temporary` does so in the temporary chat; any number is the seed of a restless user who asks, stops,
continues and switches chats without end. `NAME:SEED` is one of the stories in `kill_stories`.

Each line is a JSON list: ["grew", id, delta], ["whole", id, text], ["ready"], ["typed"],
["opening"] when the database is opened, ["restored"] when another run has begun, or what a story tells.
"""

import asyncio
import os
import random
import sys
import traceback

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gigadesk.__main__ import main
from gigadesk.chat import Role, Status
from gigadesk.data_desk import STORE_NAME
from gigadesk.ui.main_window import MainWindow
from tests.flows.kill_stories import SHOWING, STORIES, tell

QUESTIONS = ("Расскажи сказку", "Write a Python function", "Сравни в таблице", "Explain how tides work")

DRAFT = "and then"
"""Typed after the question: the next one, which is not sent yet."""


class Finger(QObject):
    def __init__(self, mode: str, parent: QObject) -> None:
        super().__init__(parent)
        self._mode = mode
        self._random = random.Random(mode)
        self._window: MainWindow | None = None
        self._timer = QTimer(self, interval=2)
        self._timer.timeout.connect(self._look_for_window)
        self._timer.start()
        self._input = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._on_input)

    def _look_for_window(self) -> None:
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
        windows = [each for each in windows if each is not self._window and each._chats is not None]
        if windows and windows[0].page.composer.isVisible():
            is_next = self._window is not None
            self._window = windows[0]
            if ":" in self._mode:
                if self._mode.startswith(SHOWING):
                    self._listen()
                tell("restored" if is_next else "ready")
                if not is_next:
                    self._begin_story()
                return
            self._timer.timeout.disconnect(self._look_for_window)
            if self._mode == "temporary":
                self._window.chats.temporary.open()
            self._listen()
            if self._mode in {"ask", "temporary"}:
                self._timer.stop()
                self._ask(QUESTIONS[0])
            elif self._mode.isdigit():
                self._timer.setInterval(15)
                self._timer.timeout.connect(self._be_restless)
            tell("ready")

    def _begin_story(self) -> None:
        name, seed, *path = self._mode.split(":", 2)
        story = STORIES[name](self._window, random.Random(int(seed)), "".join(path))
        self._story = asyncio.ensure_future(story)
        self._story.add_done_callback(end_with_a_fault)

    def _listen(self) -> None:
        """Tell everything that the transcript is given, before it gets it."""
        transcript = self._page.transcript
        grow, add, update, show = (
            transcript.grow,
            transcript.add_message,
            transcript.update_message,
            transcript.show_chat,
        )

        def on_grow(message_id, delta):
            tell("grew", message_id, delta)
            grow(message_id, delta)

        def on_view(show_view):
            def told(view):
                tell("whole", view.message.id, view.message.text)
                show_view(view)

            return told

        def on_show(chat_id, views):
            for view in map(views.view, range(len(views))):
                tell("whole", view.message.id, view.message.text)
            show(chat_id, views)

        for row in transcript.rows.items:
            tell("whole", row.view.message.id, row.view.message.text)
        transcript.grow = on_grow
        transcript.add_message = on_view(add)
        transcript.update_message = on_view(update)
        transcript.show_chat = on_show

    @property
    def _page(self):
        temporary = self._window.chats.temporary.window
        return self._window.page if temporary is None else temporary.pane.page

    def _ask(self, text: str) -> None:
        self._page.composer.set_text(text)
        QTest.keyClick(self._page.composer.editor, Qt.Key.Key_Return)

    def _be_restless(self) -> None:
        """One thing that a user may do."""
        rows = self._page.transcript.rows.items
        last = rows[-1].view.message if rows else None
        dice = self._random.random()
        if dice < 0.02:
            QTest.keyClick(self._window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        elif dice < 0.08:
            self._window.chats._step(1)
        elif not self._page.composer.is_busy:
            if dice < 0.4 and last is not None and last.role is Role.ASSISTANT and last.status is Status.STOPPED:
                self._page.transcript.action_requested.emit(last.id, "continue")
            elif dice < 0.5 and last is not None and last.role is Role.ASSISTANT:
                self._page.transcript.regenerate_requested.emit(last.id)
            else:
                self._ask(self._random.choice(QUESTIONS))
        elif dice < 0.1:
            QTest.keyClick(self._page.composer.editor, Qt.Key.Key_Escape)

    def _on_input(self) -> None:
        command = os.read(0, 100).decode().strip()
        if command == "type":
            QTest.keyClicks(self._page.composer.editor, DRAFT)
            tell("typed")
        elif command == "close":
            self._window.close()
        elif not command:
            self._input.setEnabled(False)


def end_with_a_fault(story: asyncio.Task) -> None:
    """A story that fails is a fault of ours, and not one that the program may go on with."""
    if not story.cancelled() and (error := story.exception()) is not None:
        traceback.print_exception(error)
        os._exit(3)


def tell_of_opening(event: str, arguments: tuple) -> None:
    if event == "sqlite3.connect" and STORE_NAME in os.fsdecode(arguments[0]):
        tell("opening")


if __name__ == "__main__":
    mode = sys.argv.pop(1)
    sys.addaudithook(tell_of_opening)
    qapp = QApplication(["gigadesk"])
    finger = Finger(mode, qapp)
    sys.exit(main())
