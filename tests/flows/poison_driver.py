"""The real program with a parser that never comes back from one text, told by lines what it shows.

Usage: poison_driver.py [options of gigadesk]. Each line of output is a JSON object: the shown chat's title, whether the
greeting is shown, the notice, and what of the last message is in sight. Standard input: `open TITLE`, `usual`, `close`.
A line "hangs" is written when the parser is asked to read the poison.
"""

import json
import os
import sys
import time

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from gigadesk.__main__ import main
from gigadesk.markdown import Parser
from gigadesk.ui.main_window import MainWindow

POISON = "This text is poison"
feed = Parser.feed


def poisoned_feed(parser: Parser, text: str, **options: bool) -> int:
    if POISON in text:
        os.write(1, b'"hangs"\n')
        time.sleep(1_000)
    return feed(parser, text, **options)


class Reporter(QObject):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._told = ""
        self._timer = QTimer(self, interval=10)
        self._timer.timeout.connect(self._tell)
        self._timer.start()
        self._input = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._on_input)

    @property
    def _window(self) -> MainWindow | None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
        return found[0] if found and found[0]._chats is not None and found[0].page.composer.isVisible() else None

    def _tell(self) -> None:
        window = self._window
        if window is None:
            return
        page, rows = window.page, window.page.transcript.rows
        notice = page.notices.notice
        shown = "\n".join(
            part.text
            for placed in page.transcript.arranger.placed
            for part in rows.items[placed.key.message].box(placed.key.row).parts
        )
        state = {
            "title": window.windowTitle().removesuffix(" — GigaDesk"),
            "greeting": page.greeting.isVisible(),
            "notice": f"{notice.title}. {notice.text}" if notice is not None else "",
            "shown": shown,
            "calm": page.transcript.growth.is_calm,
            "points": QApplication.font().pointSize(),
        }
        line = json.dumps(state)
        if line != self._told:
            self._told = line
            os.write(1, line.encode() + b"\n")

    def _on_input(self) -> None:
        command = os.read(0, 200).decode().strip()
        window = self._window
        if command == "close" and window is not None:
            window.close()
        elif command == "usual" and window is not None:
            window.page.notices.action_requested.emit("show_as_usual")
        elif command.startswith("open ") and window is not None:
            [chat] = [each for each in window._conversations.chats() if each.title == command[5:]]
            window.open_chat(chat.id)
        elif not command:
            self._input.setEnabled(False)


if __name__ == "__main__":
    Parser.feed = poisoned_feed
    reporter = Reporter(QApplication(["gigadesk"]))
    sys.exit(main())
