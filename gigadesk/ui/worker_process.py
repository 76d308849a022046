"""A process of our own that is asked and answers in lines of JSON, and is killed when it takes too long."""

import json
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, Signal


class WorkerProcess(QObject):
    """Runs from the first question until it is dropped: by its owner, with its parent, or at the end of the program.

    Signals:
        answered(dict): a line of the process that runs now.
        ended: it could not be started, or has ended by itself. The next question starts another.
    """

    answered = Signal(object)
    ended = Signal()

    def __init__(self, command: list[str], parent: QObject) -> None:
        super().__init__(parent)
        self._command = command
        self._buffer = b""
        self._process: QProcess | None = None
        self._running: list[QProcess] = []
        # Deleting this object deletes its processes, which must not run any more by then.
        self.destroyed.connect(partial(_end_all, self._running))
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.drop)

    def ask(self, request: Mapping[str, object]) -> None:
        process = self._process or self._start()
        process.write(json.dumps(request).encode() + b"\n")

    def drop(self) -> None:
        """Kill the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            _end_all(self._running)
            process.deleteLater()

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
            try:
                answer = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(answer, dict):
                self.answered.emit(answer)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._on_finished()

    def _on_finished(self) -> None:
        if self._process is not None:
            self.drop()
            self.ended.emit()


def command_of(module: str, option: str) -> list[str]:
    """How to start a worker: by the name of its module, or, in a bundle, by an option of the program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, option]
    # Without `-P`, the folder the program was started in could stand in for modules.
    return [sys.executable, "-P", "-m", module]


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
