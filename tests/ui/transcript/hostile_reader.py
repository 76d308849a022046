"""A reader of hostile answers: shows them in a real transcript and does with them what a reader does.

Each thing it does is a turn of the loop, of which the time of the window's thread is kept: its CPU time, so that other
programs do not count. For tests, which look at what is shown and copied, and for benchmarks, which look at the times.
"""

import functools
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.text import clean
from gigadesk.ui.theme import DARK, LIGHT
from gigadesk.ui.transcript import MessageView, Transcript
from gigadesk.ui.transcript.copy.clipboard import HTML_TYPE, MARKDOWN_TYPE
from gigadesk.ui.transcript.copy.hidden_tags import without_tags
from gigadesk.ui.transcript.layout.pieces import length
from gigadesk.ui.transcript.selecting.selection import Position

CHAT, QUESTION, ANSWER = ChatId(1), MessageId(1), MessageId(2)
WIDTH, HEIGHT, NARROW = 900, 700, 420
PAUSE_S = 0.0005
"""Between two turns, for the processes that work beside the window."""
MOST_TURNS = 200_000
"""Until something must be done: a view that is never done has a fault."""


class HostileReader:
    """One view through which all documents go; the answer that is shown has the index 1, or 0 without its question."""

    def __init__(self) -> None:
        self.gaps_ms: dict[str, float] = {}
        """The longest turn of each kind."""
        self.view = Transcript()
        self.view.resize(WIDTH, HEIGHT)
        self.view.show()
        self.text = ""
        self.turn("start", lambda: None)

    def close(self) -> None:
        self.view.clear()
        self.view.close()
        self.view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # --- showing

    def open(self, text: str, *, has_question: bool = True) -> None:
        """Show an answer that is there as a whole."""
        self.text = clean(text)
        self.turn("open", lambda: self._show(self.text, Status.DONE, has_question=has_question))
        self.settle()

    def stream(self, text: str, piece: int) -> None:
        """Show an answer that comes in pieces."""
        self.text = clean(text)
        self.turn("open", lambda: self._show("", Status.STREAMING))
        for number, start in enumerate(range(0, len(self.text), piece)):
            self.view.grow(ANSWER, self.text[start : start + piece])
            if piece > 5 or number % 8 == 7:
                # As the throttle does it: small pieces are shown together.
                self.turn("grow", self.view.show_pending)
        self.turn("grow", self.view.show_pending)
        self.turn("end", lambda: self.view.update_message(self._answer(self.text, Status.DONE)))
        self.settle()

    def leave(self) -> None:
        self.turn("leave", self.view.clear)

    # --- what a reader does

    def look_around(self) -> None:
        """To the begin, into the middle and to the end, by the bar and by the wheel."""
        view, bar = self.view, self.view.verticalScrollBar()
        for share in (0.0, 0.5, 1.0):
            self.turn("bar", functools.partial(view.show_offset, bar.maximum() * share))
            self.settle()
            self.turn("wheel", lambda: view.scroll_by(-300))
        self.settle()

    def go_to_end(self) -> None:
        self.turn("end of chat", self.view.scroll_to_end)
        self.settle()

    def use_keys(self) -> None:
        """To both ends, some pages and turns of the wheel from there, and to the other end by the keys."""
        for key, page in ((Qt.Key.Key_Home, Qt.Key.Key_PageDown), (Qt.Key.Key_End, Qt.Key.Key_PageUp)):
            self.press(key)
            for _ in range(6):
                self.press(page)
                self.wheel(-1 if page == Qt.Key.Key_PageDown else 1)

    def press(self, key: Qt.Key) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
            self.turn(key.name, functools.partial(QApplication.sendEvent, self.view, event))
        self.settle()

    def wheel(self, notches: int) -> None:
        viewport = self.view.viewport()
        middle = QPointF(viewport.rect().center())
        event = QWheelEvent(
            middle,
            viewport.mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        self.turn("wheel", functools.partial(QApplication.sendEvent, viewport, event))
        self.settle()

    def resize(self) -> None:
        """Narrow and wide again."""
        for width in (620, NARROW, WIDTH):
            self.turn("resize", functools.partial(self.view.resize, width, HEIGHT))
        self.settle()

    def zoom(self) -> None:
        """Three steps larger, the size of before."""
        for _ in range(3):
            self.turn("zoom", lambda: self.view.zoom.step(1))
        self.settle()
        self.turn("zoom", self.view.zoom.reset)
        self.settle()

    def change_theme(self) -> None:
        for theme in (DARK, LIGHT):
            self.turn("theme", functools.partial(self.view.set_theme, theme))
            self.settle()

    def show_branch(self) -> None:
        """The same again, as when another branch is shown."""
        self.turn("branch", lambda: self._show(self.text, Status.DONE))
        self.settle()

    def find(self, words: str, *, is_expression: bool = False) -> int:
        """How many places there are; goes to two of them."""
        finder = self.view.finder
        self.turn("find bar", finder.get_ready)  # which is opened before anything is typed
        kind = "expression" if is_expression else "find"
        self.turn(kind, functools.partial(finder.search, words, is_expression=is_expression))
        self.until(lambda: finder.is_settled or finder.problem is not None, kind)
        for direction in (1, -1):
            self.turn(f"{kind} next", functools.partial(finder.step, direction))
            self.until(lambda: finder.is_settled or finder.problem is not None, f"{kind} next")
        count = finder.count
        self.turn(f"{kind} end", finder.close)
        self.settle()
        return count

    def print(self, target: Path) -> None:
        """Save it as a PDF."""
        desk = self.view.paper
        self.turn("print", functools.partial(desk.write_pdf, target))
        self.until(lambda: not desk.is_busy, "print")

    def copy_all(self) -> tuple[str, str, str]:
        """Everything, as Markdown, HTML and plain text; empty what is not offered."""
        self.turn("select", self.view.select_all)
        self.turn("copy", self.view.copy)
        copied = QGuiApplication.clipboard().mimeData()
        made: dict[str, str] = {}
        self.turn("paste", lambda: made.update(markdown=bytes(copied.data(MARKDOWN_TYPE).data()).decode("utf-8")))
        if copied.hasFormat(HTML_TYPE):
            self.turn("paste html", lambda: made.update(html=copied.html()))
        self.turn("paste plain", lambda: made.update(plain=copied.text()))
        self.turn("select", self.view.selection.clear)
        return made["markdown"], made.get("html", ""), made["plain"]

    def copy_blocks(self) -> str:
        """All blocks of the answer, one by one, as when they are selected with the mouse; not the message."""
        message = len(self.view.rows) - 1
        item = self.view.rows.open(message)
        if not len(item.blocks):
            return ""
        last = len(item.blocks) - 1
        end = Position(message, last, max(1, length(item.blocks[last])))
        self.turn("select", lambda: self.view.selection.set(Position(message, 0, 0), end))
        made: list[str] = []
        self.turn("copy blocks", lambda: made.append(self.view.selected_markdown()))
        self.turn("select", self.view.selection.clear)
        return made[0]

    @property
    def source(self) -> str:
        """What a copy of the answer is to be."""
        return without_tags(self.text).strip("\n")

    # --- turns

    def turn(self, name: str, action: Callable[[], object]) -> None:
        """Do something, and whatever the loop has to do then."""
        started = time.thread_time()
        action()
        QApplication.processEvents()
        gap = (time.thread_time() - started) * 1000
        self.gaps_ms[name] = max(self.gaps_ms.get(name, 0.0), gap)

    def settle(self) -> None:
        """Until all that is in sight is parsed and laid out."""
        self.turn("settle", lambda: None)
        self.until(lambda: not self.view.is_parsing, "parse")

    def until(self, is_done: Callable[[], bool], name: str) -> None:
        for _ in range(MOST_TURNS):
            if is_done():
                return
            time.sleep(PAUSE_S)
            self.turn(name, lambda: None)
        raise AssertionError(f"never done: {name}")

    def _show(self, text: str, status: Status, *, has_question: bool = True) -> None:
        question = Message(QUESTION, CHAT, None, Role.USER, "Вопрос", Status.DONE, 0.0)
        answer = self._answer(text, status)
        self.view.show_chat(CHAT, [MessageView(question), answer] if has_question else [answer])

    def _answer(self, text: str, status: Status) -> MessageView:
        return MessageView(Message(ANSWER, CHAT, None, Role.ASSISTANT, text, status, 0.0, "GigaChat"))
