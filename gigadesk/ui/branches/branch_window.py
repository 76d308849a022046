"""A small map of a chat's branches: forks and ends as a tree, to walk through and to choose what is shown."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QStyle,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import MessageId
from gigadesk.conversations import Beginning, BranchRun
from gigadesk.ui.branches.branch_model import BranchModel, BranchRole
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.icons import icon
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.two_lines import Card, TwoLineDelegate

Index = QModelIndex | QPersistentModelIndex
WIDTH_EMS, HEIGHT_EMS = 36, 30
_ARROW = 16


class BranchWindow(QDialog):
    """Arrow keys walk, Enter or a click chooses, Escape closes.

    Signals:
        message_chosen(int): show the branch through this message.
    """

    message_chosen = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        runs: Sequence[BranchRun],
        read: Callable[[Sequence[MessageId]], dict[MessageId, Beginning]],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Branches of the chat"))
        self.model = BranchModel(runs, read, self)
        self.tree = _Tree(theme, self)
        self.tree.setAccessibleName(self.windowTitle())
        self.tree.setModel(self.model)
        self._delegate = TwoLineDelegate(_card, self.tree, theme)
        self.tree.setItemDelegate(self._delegate)
        self.tree.expandAll()
        self.tree.chosen.connect(self._on_chosen)
        hint = PlainLabel(
            self, self.tr("Enter or a click shows a branch. Versions of a message hang below it."), kind="muted"
        )
        layout = QVBoxLayout(self)
        layout.addWidget(self.tree, 1)
        layout.addWidget(hint)
        em = self.fontMetrics().height()
        room = parent.window().screen().availableGeometry().size() * 0.9
        self.resize(min(WIDTH_EMS * em, room.width()), min(HEIGHT_EMS * em, room.height()))
        self.tree.setFocus()
        self.tree.setCurrentIndex(self.model.last_shown())
        self.tree.scrollTo(self.model.last_shown(), QTreeView.ScrollHint.PositionAtCenter)

    def set_theme(self, theme: Theme) -> None:
        """Take up other colours."""
        self._delegate.theme = self.tree.theme = theme
        self.tree.viewport().update()

    def _on_chosen(self, index: QModelIndex) -> None:
        self.message_chosen.emit(self.model.run(index).head)
        self.close()


class _Tree(QTreeView):
    chosen = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)  # beside the card of a row
        self.setPalette(palette)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.clicked.connect(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Only the arrow, as in the list of chats: the ground of a selected row is the card alone."""
        if not self.model().hasChildren(index):
            return
        side = self.indentation()
        square = QRect(rect.right() + 1 - side, rect.top(), side, rect.height())
        square = QStyle.alignedRect(self.layoutDirection(), Qt.AlignmentFlag.AlignCenter, QSize(_ARROW, _ARROW), square)
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        icon(name, self.theme.text_muted, _ARROW).paint(painter, square)


def _card(index: Index) -> Card:
    """The first words, and whose they are, when, and how many messages follow. A dot marks what is shown."""
    run = index.data(BranchRole.RUN)
    return Card(index.data(Qt.ItemDataRole.DisplayRole), index.data(BranchRole.DETAILS), is_marked=run.is_shown)
