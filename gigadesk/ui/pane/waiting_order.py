"""The questions of a chat that wait, in a small window, to be put in another order: dragged, or moved by keys."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import Message, MessageId, Waiting
from gigadesk.text import clean
from gigadesk.ui.shortcuts import native_keys, with_keys
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript import wishes
from gigadesk.ui.widgets.enter_key import press_focused_button
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.two_lines import Card, Index, TwoLineDelegate

WIDTH_EMS, HEIGHT_EMS = 32, 24
SHOWN_CHARS = 300
_WORDS = Qt.ItemDataRole.UserRole


class OrderList(QListWidget):
    """Signals: `drag_ended()`: whatever has happened meanwhile can be shown now."""

    drag_ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_dragging = False
        """Qt's drag runs a loop of its own, and comes back to the rows and to the list that it began with."""

    def startDrag(self, actions: Qt.DropAction) -> None:
        self.is_dragging = True
        try:
            super().startDrag(actions)
        finally:
            self.is_dragging = False
            QTimer.singleShot(0, self, self.drag_ended.emit)


class WaitingOrderWindow(QDialog):
    """Stays open beside the chat, and follows what happens there. Escape closes it.

    Signals:
        moved(object, object): this question is wanted behind those; the list shows it where it was until `renew` tells
            otherwise.
    """

    moved = Signal(object, object)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Waiting questions"))
        self._questions: list[MessageId] = []
        self.list = OrderList(self)
        self.list.setAccessibleName(self.windowTitle())
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = TwoLineDelegate(_card, self.list, theme)
        self.list.setItemDelegate(self._delegate)
        self.list.model().rowsMoved.connect(self._on_rows_moved)
        keys = f"{native_keys(wishes.MOVE_UP_KEYS)}, {native_keys(wishes.MOVE_DOWN_KEYS)}"
        hint = self.tr("They are asked from the top down. Drag one to its place, or move it with {keys}.")
        self.up = QPushButton(self.tr("Up"), self)
        self.down = QPushButton(self.tr("Down"), self)
        close = QPushButton(self.tr("Close"), self)
        for button, words, move_keys, step in (
            (self.up, self.tr("Ask before the one above"), wishes.MOVE_UP_KEYS, -1),
            (self.down, self.tr("Ask after the one below"), wishes.MOVE_DOWN_KEYS, 1),
        ):
            button.setAutoDefault(False)
            button.setToolTip(with_keys(words, move_keys))
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, step=step: self._move(step))
            QShortcut(QKeySequence(move_keys), self, lambda step=step: self._move(step))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        for button in (self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(PlainLabel(self, hint.format(keys=keys), kind="muted"))
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.list.currentRowChanged.connect(self._show_buttons)
        em = self.fontMetrics().height()
        room = parent.window().screen().availableGeometry().size() * 0.9
        self.resize(min(WIDTH_EMS * em, room.width()), min(HEIGHT_EMS * em, room.height()))

    def renew(self, line: Sequence[Waiting], read: Callable[[MessageId], Message]) -> None:
        """Show the questions as they wait now; the one that was chosen stays so, wherever it is."""
        texts = [" ".join(clean(read(each.question_id).text[:SHOWN_CHARS]).split()) for each in line]
        row = max(self.list.currentRow(), 0)
        chosen = self._questions[row] if row < len(self._questions) else None
        self._questions = [each.question_id for each in line]
        self.list.clear()
        for number, text in enumerate(texts, start=1):
            item = QListWidgetItem(text or self.tr("Without words"))
            item.setData(_WORDS, self.tr("{place} of {count}").format(place=number, count=len(texts)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{number}. {item.text()}")
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            self.list.addItem(item)
        self.choose(self._questions.index(chosen) if chosen in self._questions else row)

    def choose_message(self, message_id: MessageId | None, line: Sequence[Waiting]) -> None:
        """Let the light be on a question, or on that of this answer."""
        for row, each in enumerate(line):
            if message_id in {each.question_id, each.reply_id}:
                self.choose(row)

    def choose(self, row: int) -> None:
        """Let the light be on this place, or on the nearest there is."""
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._show_buttons()

    def set_theme(self, theme: Theme) -> None:
        """Take up other colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused_button(self, event):
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + step < self.list.count():
            self.moved.emit(*self._wanted(row, row + step))

    def _on_rows_moved(self, _parent: QModelIndex, first: int, _last: int, _to: QModelIndex, before: int) -> None:
        wanted = self._wanted(first, before - 1 if before > first else before)
        # Qt is still in the middle of the drop, which the new list must not disturb.
        QTimer.singleShot(0, self, lambda: self.moved.emit(*wanted))

    def _wanted(self, row: int, place: int) -> tuple[MessageId, frozenset[MessageId]]:
        """A question and those before it, by name: some of them may be asked before the drop is over."""
        question_id = self._questions[row]
        others = [each for each in self._questions if each != question_id]
        return question_id, frozenset(others[:place])

    def _show_buttons(self) -> None:
        row = self.list.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)


def _card(index: Index) -> Card:
    return Card(str(index.data(Qt.ItemDataRole.DisplayRole)), str(index.data(_WORDS)), "clock")
