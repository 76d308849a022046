"""Pictures of formulas without ever waiting: the worker process draws them, and they are kept by their source."""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal

from gigadesk.limits import FORMULA_CACHE_NUMBERS
from gigadesk.markdown.formula_tex import prepared
from gigadesk.markdown.formulas import tex_of
from gigadesk.ui.formula_shape import Shape, read_shape
from gigadesk.ui.worker import Answer, Worker

_KEY = "formula\0"
_FAILED_NUMBERS = 100
"""What remembering a formula that cannot be drawn counts as."""


class Formulas(QObject):
    """Draws formulas. Signals: `drawn(source)`: its shape is known now.

    A formula that cannot be drawn has no shape.
    """

    drawn = Signal(str)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._worker.answered.connect(self._on_answered)
        self._cache: OrderedDict[str, Shape | None] = OrderedDict()
        self._numbers = 0
        self._asked: set[str] = set()

    def shape(self, source: str) -> Shape | None:
        """What a formula looks like, given with its delimiters. None if that is not known: `drawn` may come later."""
        if source in self._cache:
            self._cache.move_to_end(source)
            return self._cache[source]
        if source not in self._asked:
            tex, is_display = tex_of(source)
            if prepared(tex) is None or self._worker.is_broken:
                self._keep(source, None)
                return None
            self._asked.add(source)
            self._worker.ask(_KEY + source, {"kind": "formula", "tex": tex, "display": is_display})
        return None

    def _on_answered(self, key: str, answer: Answer | None) -> None:
        source = key.removeprefix(_KEY)
        if source == key or source not in self._asked:
            return
        self._asked.discard(source)
        shape = read_shape(answer.get("size"), answer.get("outline")) if answer is not None else None
        self._keep(source, shape)
        if shape is not None:
            self.drawn.emit(source)

    def _keep(self, source: str, shape: Shape | None) -> None:
        self._cache[source] = shape
        self._numbers += _size(shape)
        while self._numbers > FORMULA_CACHE_NUMBERS and len(self._cache) > 1:
            _, oldest = self._cache.popitem(last=False)
            self._numbers -= _size(oldest)


def _size(shape: Shape | None) -> int:
    return shape.numbers if shape is not None else _FAILED_NUMBERS
