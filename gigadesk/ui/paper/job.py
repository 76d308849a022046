"""Lays out a conversation for paper and paints it, a slice at a time: the window goes on living, and can say stop."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter

from gigadesk.errors import StorageError, UnexpectedError
from gigadesk.ui.garbage import collect_much
from gigadesk.ui.paper.flow import Flow, Piece
from gigadesk.ui.paper.sheet import Heading, Sheet
from gigadesk.ui.paper.strips import Pause, Strip, strips_of
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.transcript.layout.builder import Look
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.words import ChromeWords

SLICE_S = 0.012
PATIENCE_S = 3.0
"""So long a picture or a formula of one strip is waited for; then its place stays empty, or its source stands there."""
WAIT_MS = 15
COLORS_MS = 200
FAILURES_MAX = 3
HALF = 500


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What is to be put on paper."""

    heading: Heading
    count: int
    view: Callable[[int], MessageView]
    """The message at an index."""
    font: QFont
    look: Look
    words: ChromeWords


class PaperJob(QObject):
    """Goes through the messages twice: to count the pages, and to paint them.

    Signals:
        progressed(int): so many of a thousand parts are done.
        ended(bool): all pages are painted; False if the device cannot be painted on, or for `failure`.
    """

    progressed = Signal(int)
    ended = Signal(bool)

    def __init__(self, manuscript: Manuscript, device: QPagedPaintDevice, pictures: Pictures, parent: QObject) -> None:
        super().__init__(parent)
        self._manuscript = manuscript
        self._device = device
        self._pictures = pictures
        self._sheet = Sheet(device, manuscript.font, manuscript.look, manuscript.words)
        self._painter: QPainter | None = None
        self._waits_until: float | None = None
        self._failures = 0
        self.failure: StorageError | UnexpectedError | None = None
        """Why the messages could not be laid out."""
        self._work = self._run()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_slice)

    def start(self) -> None:
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop painting. `ended` does not come any more."""
        self._timer.stop()
        self._end_painting()

    def _on_slice(self) -> None:
        collect_much()
        end = time.perf_counter() + SLICE_S
        while time.perf_counter() < end:
            wait_ms = self._step()
            if wait_ms is None:
                is_whole = self.failure is None and self._painter is not None and self._painter.isActive()
                self._end_painting()
                self.ended.emit(is_whole)
                return
            if wait_ms:
                self._timer.start(wait_ms)
                return
        self._timer.start(0)

    def _step(self) -> int | None:
        """Do one piece of the work; how many milliseconds to wait then, None when there is no other."""
        self.failure = UnexpectedError()
        try:
            wait_ms = next(self._work, None)
            self.failure = None
        except StorageError as error:
            self.failure = error
            return None
        finally:
            if isinstance(self.failure, UnexpectedError):
                # A fault of ours is on its way to the crash handler: whoever waits for the pages hears of it, too.
                self._end_painting()
                self.ended.emit(False)
        return wait_ms

    def _end_painting(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    def _run(self) -> Iterator[int]:
        """Does all the work; each value is how many milliseconds to wait before going on."""
        count = 0
        for step in self._steps(0):
            if isinstance(step, Pause):
                yield WAIT_MS if step is Pause.WAIT else 0
            else:
                count += 1
        # Colours of code that were asked for on the way come in a moment.
        yield COLORS_MS
        painter = self._painter = QPainter()
        if not painter.begin(self._device):
            return
        number = 0
        for step in self._steps(HALF):
            if isinstance(step, Pause):
                yield WAIT_MS if step is Pause.WAIT else 0
                continue
            number += 1
            if number > 1:
                self._device.newPage()
            heading = self._manuscript.heading
            for _ in self._sheet.paint(painter, step, heading, number, max(count, number), self._pictures.image):
                yield 0
            yield 0

    def _steps(self, done: int) -> Iterator[list[Piece] | Pause]:
        """Pages as they become full, with pauses."""
        text, sheet = self._manuscript, self._sheet
        flow = Flow(sheet.text_height)
        frame = sheet.frame(self._pictures.size)
        before: float | None = None
        for index in range(text.count):
            try:
                view = text.view(index)
            except LookupError:
                continue  # deleted for ever meanwhile
            for strip in strips_of(view, before, frame, sheet.text_height, self._may_wait):
                if isinstance(strip, Pause):
                    yield strip
                    continue
                while done and self._may_wait(self._has_pictures(strip)):
                    yield Pause.WAIT
                yield from flow.add(strip)
                yield Pause.BREATH
            before = view.message.created_at
            self.progressed.emit(done + HALF * (index + 1) // text.count)
        yield from flow.finish()

    def _has_pictures(self, strip: Strip) -> bool:
        """Whether all of them are decoded, or never will be."""
        pictures = self._pictures
        asked = [pictures.image(*each) is not None or pictures.has_failed(each[0]) for each in strip.pictures]
        return all(asked)

    def _may_wait(self, is_ready: bool) -> bool:  # noqa: FBT001 - what is ready is not waited for
        now = time.monotonic()
        if is_ready:
            self._waits_until = None
            return False
        if self._waits_until is None:
            # Where nothing came three times nothing will.
            self._waits_until = now + (PATIENCE_S if self._failures < FAILURES_MAX else 0.0)
        if now < self._waits_until:
            return True
        self._waits_until = None
        self._failures += 1
        return False
