"""The formats of large copies, written in a process beside the window."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from gigadesk.ui.transcript.copy.copied import CopiedText
from gigadesk.ui.worker_process import WorkerProcess, command_of

LIMIT_MS = 60_000
"""What takes longer stays as its source."""


class HeavyCopies(QObject):
    """Writes one copy at a time, and forgets it for the next."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text: CopiedText | None = None
        self._then: Callable[[], None] = lambda: None
        self._number = 0
        self._process = WorkerProcess(command_of("gigadesk.ui.transcript.copy.worker", "--copy-worker"), self)
        self._process.answered.connect(self._on_answered)
        self._process.ended.connect(self.stop)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LIMIT_MS)
        self._limit.timeout.connect(self.stop)

    def write(self, text: CopiedText, then: Callable[[], None]) -> None:
        """Call `then` when plain text and HTML of a copy are there; never if they take too long, or another comes."""
        self.stop()
        self._text, self._then = text, then
        self._number += 1
        self._process.ask({"id": self._number, "texts": text.whole_texts()})
        self._limit.start()

    def stop(self) -> None:
        """Forget what is being written, and end the process: copies as large as that are rare."""
        self._limit.stop()
        self._text = None
        self._process.drop()

    def _on_answered(self, answer: Mapping[str, object]) -> None:
        match answer:
            case {"id": self._number, "formats": list(formats)} if self._text is not None:
                self._text.take_formats([(str(plain), str(html)) for plain, html in formats])
                then = self._then
                self.stop()
                then()
