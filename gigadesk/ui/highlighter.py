"""Colours for code without ever waiting: a worker process does the work, and is killed when it takes too long."""

import hashlib
import json
import sys
from array import array
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from gigadesk.markdown.highlight import Runs, is_colourable, unpack

JOB_LIMIT_MS = 300
"""Ordinary code of the largest size takes a tenth of this; what takes longer is hostile or not worth the wait."""
START_LIMIT_MS = 10_000
"""For the start of the process and the import of a lexer, on a machine that is busy with something else."""
_CACHED_RESULTS = 500
_FAILURES_MAX = 5
"""Workers that ended without one answer, in a row; then code stays plain for this run."""


@dataclass(frozen=True, slots=True)
class Colours:
    """What `highlight.Coloured` says, in the memory of the program."""

    numbers: "array[int]" = field(default_factory=lambda: array("H"))
    """Runs, packed: positions are below `limits.CODE_HIGHLIGHT_MAX_CHARS`."""
    state: str = ""
    safe: int = 0
    safe_state: str = ""
    language: str = ""

    @property
    def runs(self) -> Runs:
        return tuple(unpack(self.numbers))


@dataclass(frozen=True, slots=True)
class _Job:
    key: str
    language: str
    code: str
    state: str


class Highlighter(QObject):
    """Colours code. Signals: `highlighted(key, colours)`.

    Runs are (start, length, kind) in characters of Python; a text with characters outside of the basic plane has
    other positions in Qt. Code that cannot be coloured in time gets no runs, and is not tried again.
    """

    highlighted = Signal(str, object)

    def __init__(
        self, parent: QObject | None = None, *, command: list[str] | None = None, job_limit_ms: int = JOB_LIMIT_MS
    ) -> None:
        super().__init__(parent)
        self._command = command or worker_command()
        self._job_limit_ms = job_limit_ms
        self._cache: OrderedDict[str, Colours] = OrderedDict()
        self._waiting: OrderedDict[str, _Job] = OrderedDict()
        self._job: _Job | None = None
        self._number = 0
        self._failures = 0
        self._buffer = b""
        self._process: QProcess | None = None
        self._running: list[QProcess] = []
        # Deleting this object deletes its processes, which must not run any more by then.
        self.destroyed.connect(partial(_end_all, self._running))
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_limit)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @staticmethod
    def key(language: str, code: str, state: str = "") -> str:
        """What a piece of code is called in `highlighted`."""
        text = f"{language}\0{state}\0{code}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, digest_size=16).hexdigest()

    def request(self, language: str, code: str, state: str = "") -> Colours | None:
        """The colours if they are known, else None: then `highlighted` comes later.

        `state` is that of the colours of the piece before. An empty `language` is guessed.
        """
        found = self.known(language, code, state)
        if found is not None:
            return found
        key = self.key(language, code, state)
        if self._job is None or self._job.key != key:
            self._waiting[key] = _Job(key, language, code, state)
        self._next()
        return None

    def known(self, language: str, code: str, state: str = "") -> Colours | None:
        """The same without asking for what is not known."""
        if not is_colourable(language, code):
            return Colours(state=state)
        key = self.key(language, code, state)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        return Colours() if self._failures >= _FAILURES_MAX else None

    def close(self) -> None:
        """End the worker; requests that wait stay without an answer."""
        self._limit.stop()
        self._waiting.clear()
        self._job = None
        self._drop_process()

    def _next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        process = self._process or self._start()
        _, self._job = self._waiting.popitem(last=False)
        self._number += 1
        job = self._job
        request = {"id": self._number, "language": job.language, "code": job.code, "state": job.state}
        self._limit.start(START_LIMIT_MS)
        process.write(json.dumps(request).encode() + b"\n")

    def _start(self) -> QProcess:
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._running.append(process)
        self._buffer = b""
        process.start(self._command[0], self._command[1:])
        return process

    def _on_output(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._take_answer(line)

    def _take_answer(self, line: bytes) -> None:
        try:
            answer = json.loads(line)
        except ValueError:
            return
        match answer:
            case {"id": self._number, "runs": list(runs)} if self._job is not None:
                self._failures = 0
                self._finish_job(_colours(answer, runs))
            case {"id": self._number} if self._job is not None:
                self._limit.start(self._job_limit_ms)

    def _on_limit(self) -> None:
        self._drop_process()
        self._finish_job(Colours())

    def _on_finished(self) -> None:
        self._fail()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._fail()

    def _fail(self) -> None:
        """The worker has ended by itself: the job it had stays plain."""
        if self._process is None:
            return
        self._failures += 1
        self._drop_process()
        if self._failures >= _FAILURES_MAX:
            while self._waiting:
                key, _ = self._waiting.popitem()
                self.highlighted.emit(key, Colours())
        self._finish_job(Colours())

    def _drop_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _end_all(self._running)
            process.deleteLater()

    def _finish_job(self, colours: Colours) -> None:
        self._limit.stop()
        job, self._job = self._job, None
        if job is not None:
            self._cache[job.key] = colours
            while len(self._cache) > _CACHED_RESULTS:
                self._cache.popitem(last=False)
            self.highlighted.emit(job.key, colours)
        self._next()


def _colours(answer: dict[str, Any], runs: list[Any]) -> Colours:
    texts = [str(answer.get(name, "")) for name in ("state", "safe_state", "language")]
    try:
        numbers, safe = array("H", runs), int(answer.get("safe", 0))
    except (TypeError, ValueError, OverflowError):
        return Colours()
    return Colours(numbers, texts[0], safe, texts[1], texts[2])


def worker_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--highlight-worker"]
    return [sys.executable, "-m", "gigadesk.markdown.worker"]


def _environment() -> QProcessEnvironment:
    """Ours without secrets, and with the folder this very program was imported from."""
    environment = QProcessEnvironment.systemEnvironment()
    for name in list(environment.keys()):
        if name.upper().startswith("GIGACHAT_"):
            environment.remove(name)
    if not getattr(sys, "frozen", False):
        environment.insert("PYTHONPATH", str(Path(__file__).parents[2]))
    return environment


def _end_all(processes: list[QProcess], *_: object) -> None:
    """Kill and wait: a killed process is gone within milliseconds."""
    while processes:
        process = processes.pop()
        process.blockSignals(True)
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(1000)
