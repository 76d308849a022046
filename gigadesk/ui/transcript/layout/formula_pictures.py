"""Pictures of formulas for the view: asked for while blocks are laid out, told about when they have come."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from gigadesk.ui.formula_shape import Shape
    from gigadesk.ui.formulas import Formulas
    from gigadesk.ui.worker import Worker

GATHER_MS = 30
"""Formulas of one answer come one after the other: those of so long are shown together."""


class FormulaPictures(QObject):
    """Asks the worker process.

    Signals:
        arrived(set of sources): these formulas have a picture now; build what shows them again.
    """

    arrived = Signal(object)

    def __init__(self, worker: Callable[[], "Worker"], parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._formulas: Formulas | None = None
        self._fresh: set[str] = set()
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(GATHER_MS)
        self._gathering.timeout.connect(self._on_gathered)

    def shape(self, source: str) -> "Shape | None":
        """What a formula looks like, as far as that is known now. What is not known is asked for."""
        formulas = self._formulas or self._start()
        return formulas.shape(source)

    def _start(self) -> "Formulas":
        # Loaded with the first formula: most chats have none.
        from gigadesk.ui.formulas import Formulas

        self._formulas = Formulas(self._worker(), self)
        self._formulas.drawn.connect(self._on_drawn)
        return self._formulas

    def _on_drawn(self, source: str) -> None:
        self._fresh.add(source)
        if not self._gathering.isActive():
            self._gathering.start()

    def _on_gathered(self) -> None:
        fresh, self._fresh = self._fresh, set()
        self.arrived.emit(fresh)
