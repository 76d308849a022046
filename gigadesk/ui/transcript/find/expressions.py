"""Regular expressions without ever waiting: a worker process runs them, and is killed when one takes too long."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from gigadesk.limits import FIND_HITS_MAX
from gigadesk.ui.transcript.find.places import Hit, Words
from gigadesk.ui.transcript.find.query import Problem, Query
from gigadesk.ui.worker_process import WorkerProcess, command_of

SEARCH_LIMIT_MS = 1000
"""For one batch; ordinary expressions take a hundredth."""
READ_LIMIT_MS = 60_000
"""For the start of the process and the parsing of a batch, on a machine that is busy with something else."""
BATCH_CHARS = 64 * 1024
BATCH_MESSAGES = 200


class Expressions(QObject):
    """Runs one expression at a time over messages, in the order they are given.

    Signals:
        found(int, list): the places in a message, by its number.
        ended(object): all have been searched, or a `Problem` came up.
    """

    found = Signal(int, object)
    ended = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, command: list[str] | None = None, limit_ms: int = SEARCH_LIMIT_MS
    ) -> None:
        super().__init__(parent)
        self._limit_ms = limit_ms
        self._query = Query("")
        self._source_of: Callable[[int], Words] = lambda _: Words("")
        self._queue: deque[int] = deque()
        self._batch: list[int] = []
        """In the hands of the worker."""
        self._is_stale = False
        """Nobody wants to know of the batch any more."""
        self._left = 0
        self._number = 0
        self._sent: dict[int, Words] = {}
        command = command or command_of("gigadesk.ui.transcript.find.worker", "--find-worker")
        self._process = WorkerProcess(command, self)
        self._process.answered.connect(self._on_answered)
        self._process.ended.connect(self._on_ended)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_limit)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def is_busy(self) -> bool:
        """More may be found."""
        return bool(self._queue) or (bool(self._batch) and not self._is_stale)

    def search(self, query: Query, order: Iterable[int], source_of: Callable[[int], Words]) -> None:
        """Run a valid expression over these messages, instead of whatever was being done."""
        self.stop()
        self._query, self._source_of = query, source_of
        self._left = FIND_HITS_MAX + 1
        self._queue.extend(order)
        self._next()

    def search_again(self, message: int) -> None:
        """A message is another now."""
        if message not in self._queue:
            self._queue.append(message)
        self._next()

    def stop(self) -> None:
        """Report nothing more; the worker stays for the next expression."""
        self._queue.clear()
        self._is_stale = bool(self._batch)

    def close(self) -> None:
        """End the worker."""
        self.stop()
        self._batch = []
        self._is_stale = False
        self._drop_process()

    def _next(self) -> None:
        if self._batch or not self._queue:
            return
        if self._left <= 0:
            self._end(None)
            return
        texts, size = [], 0
        while self._queue and len(self._batch) < BATCH_MESSAGES and size < BATCH_CHARS:
            message = self._queue.popleft()
            source = self._source_of(message)
            self._batch.append(message)
            size += len(source.text) + len(source.thought)
            if self._sent.get(message) != source:
                self._sent[message] = source
                texts.append([message, *source])
        self._number += 1
        self._is_stale = False
        query = self._query
        request = {"id": self._number, "expression": query.text, "exact": query.is_exact, "word": query.is_whole_word}
        if texts:
            self._process.ask({"texts": texts})
        self._process.ask({**request, "messages": self._batch, "most": self._left})
        self._limit.start(READ_LIMIT_MS)

    def _on_answered(self, answer: Mapping[str, object]) -> None:
        match answer:
            case {"id": self._number, "hits": list(found)} if self._batch:
                self._take_hits({message: [Hit(*hit) for hit in hits] for message, hits in found})
            case {"id": self._number} if self._batch:
                self._limit.start(self._limit_ms)

    def _take_hits(self, found: dict[int, list[Hit]]) -> None:
        self._limit.stop()
        batch, self._batch = self._batch, []
        if not self._is_stale:
            for message in batch:
                hits = found.get(message, [])
                self._left -= len(hits)
                self.found.emit(message, hits)
            if not self._queue or self._left <= 0:
                self._end(None)
        self._is_stale = False
        self._next()

    def _end(self, problem: Problem | None) -> None:
        self._queue.clear()
        self.ended.emit(problem)

    def _on_limit(self) -> None:
        self._fail(Problem.TOO_SLOW)

    def _on_ended(self) -> None:
        self._fail(Problem.NO_PROCESS)

    def _fail(self, problem: Problem) -> None:
        """The worker was too slow, or has ended by itself."""
        was_stale, self._is_stale = self._is_stale, False
        self._batch = []
        self._drop_process()
        if was_stale:
            self._next()
        else:
            self._end(problem)

    def _drop_process(self) -> None:
        self._limit.stop()
        self._sent.clear()
        self._process.drop()
