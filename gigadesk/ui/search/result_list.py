"""The list of results. The keyboard stays in the field and moves the current row from there."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from gigadesk.search.hits import Hit
from gigadesk.ui.search.result_delegate import ResultDelegate
from gigadesk.ui.search.results import Index, ResultModel
from gigadesk.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a reader is in the list."""

    hit: Hit
    top: int
    """Of its row, in the viewport."""
    is_led_to: bool
    """The reader is in its chat, or was there last."""


class ResultList(QListView):
    """Paints only what is in sight.

    Signals:
        chosen(int): show the hit with this number.
        left_upwards(): Up was pressed in the first row.
    """

    chosen = Signal(int)
    left_upwards = Signal()

    def __init__(self, model: ResultModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._results = model
        self.delegate = ResultDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._on_clicked)

    @property
    def number(self) -> int:
        """Of the current row, from 0 on; -1 for none."""
        return self.currentIndex().row()

    @property
    def hit(self) -> Hit | None:
        """The current one."""
        return self._results.hits[self.number] if 0 <= self.number < len(self._results.hits) else None

    @property
    def is_untouched(self) -> bool:
        """Nobody has gone through the results yet: they may be replaced."""
        return self.number <= 0 and self.verticalScrollBar().value() == 0

    def go_to(self, number: int) -> None:
        """Make a row the current one and bring it into sight."""
        count = len(self._results.hits)
        if count:
            index = self._results.index(min(max(number, 0), count - 1))
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.setCurrentIndex(QModelIndex())

    def kept(self, *, is_led_to: bool) -> Kept | None:
        """The current hit and where its row is, or else those of the first one in sight."""
        index: Index = self.currentIndex()
        if not self.visualRect(index).intersects(self.viewport().rect()):
            index = self.indexAt(QPoint(1, 1))
        if not index.isValid():
            return None
        return Kept(self._results.hits[index.row()], self.visualRect(index).top(), is_led_to)

    def go_back_to(self, number: int, kept: Kept) -> None:
        """Make a row the current one, in its place in the viewport."""
        self.go_to(number)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - kept.top)

    def set_theme(self, theme: Theme) -> None:
        self.delegate.set_theme(theme)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.number <= 0:
            self.left_upwards.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.hit is not None:
            self.chosen.emit(self.number)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.doItemsLayout()

    def _on_clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.chosen.emit(index.row())
