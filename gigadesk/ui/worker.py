"""The worker process for what may take for ever: it is asked one thing at a time, and killed when it takes too long.

What it was killed for is tried once more, with more patience, when nothing else is to be done: the machine may have
been busy, or something else has ended the process.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from gigadesk.ui.worker_process import WorkerProcess, command_of

JOB_LIMIT_MS = 300
"""Ordinary code of the largest size takes a tenth of this; what takes longer is hostile or not worth the wait."""
START_LIMIT_MS = 10_000
"""For the start of the process and the import of a library, on a machine that is busy with something else."""
_FAILURES_MAX = 5
"""Workers that ended before they had loaded anything, in a row; then nothing is asked any more in this run."""
_SECOND_PATIENCE = 4
"""How many times the limit a job may take when it is tried again."""
_VAIN_MAX = 5
"""Second tries without an answer, in a row; then none are made any more: that is not the machine, but what is asked."""

Answer = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Job:
    key: str
    request: Mapping[str, object]
    is_second_try: bool = False


class Worker(QObject):
    """Does jobs one after the other. Signals: `answered(key, answer)`; the answer is None if there is none.

    The process is started with the first job. A job that takes too long, or ends the process, twice, has no answer;
    the others are done by the next process. Nothing waits for a second try but for the one that is under way.
    """

    answered = Signal(str, object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        command: list[str] | None = None,
        job_limit_ms: int = JOB_LIMIT_MS,
        start_limit_ms: int = START_LIMIT_MS,
    ) -> None:
        super().__init__(parent)
        self._job_limit_ms = job_limit_ms
        self._start_limit_ms = start_limit_ms
        self._waiting: OrderedDict[str, _Job] = OrderedDict()
        self._again: OrderedDict[str, _Job] = OrderedDict()
        self._vain = 0
        self._job: _Job | None = None
        self._number = 0
        self._failures = 0
        self._process = WorkerProcess(command or command_of("gigadesk.markdown.worker", "--highlight-worker"), self)
        self._process.answered.connect(self._on_answered)
        self._process.ended.connect(self._on_ended)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_limit)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def is_broken(self) -> bool:
        """No process works here: nothing is asked any more."""
        return self._failures >= _FAILURES_MAX

    def ask(self, key: str, request: Mapping[str, object]) -> None:
        """Have a job done, unless one of that key waits already. `request` is what the worker understands."""
        if self.is_broken:
            self.answered.emit(key, None)
            return
        if (self._job is None or self._job.key != key) and key not in self._again:
            self._waiting[key] = _Job(key, request)
        self._next()

    def close(self) -> None:
        """End the process; requests that wait stay without an answer."""
        self._limit.stop()
        self._waiting.clear()
        self._again.clear()
        self._job = None
        self._process.drop()

    def _next(self) -> None:
        jobs = self._waiting or self._again
        if self._job is not None or not jobs:
            return
        _, self._job = jobs.popitem(last=False)
        self._number += 1
        self._limit.start(self._start_limit_ms)
        self._process.ask({"id": self._number, **self._job.request})

    def _on_answered(self, answer: Answer) -> None:
        if self._job is None or answer.get("id") != self._number:
            return
        if len(answer) == 1:
            # What the job needs is loaded. If it ends the process now, then the process is not to blame.
            self._failures = 0
            self._limit.start(self._job_limit_ms * (_SECOND_PATIENCE if self._job.is_second_try else 1))
            return
        self._finish_job(answer)

    def _on_limit(self) -> None:
        self._process.drop()
        self._finish_job(None)

    def _on_ended(self) -> None:
        """The process has ended by itself, with the job it had."""
        self._failures += 1
        if self.is_broken:
            self._give_up(self._waiting)
            self._give_up(self._again)
        self._finish_job(None)

    def _finish_job(self, answer: Answer | None) -> None:
        self._limit.stop()
        job, self._job = self._job, None
        if job is not None:
            if job.is_second_try:
                self._vain = 0 if answer is not None else self._vain + 1
            if self._vain >= _VAIN_MAX:
                self._give_up(self._again)
            if answer is None and self._may_try_again(job):
                self._again[job.key] = replace(job, is_second_try=True)
            else:
                self.answered.emit(job.key, answer)
        self._next()

    def _give_up(self, jobs: OrderedDict[str, _Job]) -> None:
        while jobs:
            key, _ = jobs.popitem(last=False)
            self.answered.emit(key, None)

    def _may_try_again(self, job: _Job) -> bool:
        return not job.is_second_try and self._vain < _VAIN_MAX and not self.is_broken
