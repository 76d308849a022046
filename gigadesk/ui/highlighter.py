"""Colours for code without ever waiting: a worker process does the work, and is killed when it takes too long."""

import hashlib
from array import array
from collections import OrderedDict
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from gigadesk.markdown.highlight import Runs, is_colourable, unpack
from gigadesk.ui.worker import JOB_LIMIT_MS, Answer, Worker

_KEY = "code\0"
_CACHED_RESULTS = 500


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


class Highlighter(QObject):
    """Colours code. Signals: `highlighted(key, colours)`.

    Runs are (start, length, kind) in characters of Python; a text with characters outside of the basic plane has
    other positions in Qt. Code that cannot be coloured in time gets no runs, and is not tried again.
    """

    highlighted = Signal(str, object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        worker: Worker | None = None,
        command: list[str] | None = None,
        job_limit_ms: int = JOB_LIMIT_MS,
    ) -> None:
        super().__init__(parent)
        self._worker = worker or Worker(self, command=command, job_limit_ms=job_limit_ms)
        self._worker.answered.connect(self._on_answered)
        self._cache: OrderedDict[str, Colours] = OrderedDict()

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
        if found is None:
            key = self.key(language, code, state)
            self._worker.ask(_KEY + key, {"language": language, "code": code, "state": state})
        return found

    def known(self, language: str, code: str, state: str = "") -> Colours | None:
        """The same without asking for what is not known."""
        if not is_colourable(language, code):
            return Colours(state=state)
        key = self.key(language, code, state)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        return Colours() if self._worker.is_broken else None

    def close(self) -> None:
        """End the worker; requests that wait stay without an answer."""
        self._worker.close()

    def _on_answered(self, worker_key: str, answer: Answer | None) -> None:
        key = worker_key.removeprefix(_KEY)
        if key == worker_key:
            return
        colours = _colours(answer) if answer is not None else Colours()
        self._cache[key] = colours
        while len(self._cache) > _CACHED_RESULTS:
            self._cache.popitem(last=False)
        self.highlighted.emit(key, colours)


def _colours(answer: Answer) -> Colours:
    runs, safe = answer.get("runs"), answer.get("safe", 0)
    texts = [str(answer.get(name, "")) for name in ("state", "safe_state", "language")]
    if not isinstance(runs, list) or not isinstance(safe, int):
        return Colours()
    try:
        numbers = array("H", runs)
    except (TypeError, ValueError, OverflowError):
        return Colours()
    return Colours(numbers, texts[0], safe, texts[1], texts[2])
