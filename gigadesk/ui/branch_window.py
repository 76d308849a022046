"""A small map of a chat's branches: forks and ends as a tree, to walk through and to choose what is shown."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import MessageId
from gigadesk.conversations import Beginning, BranchRun
from gigadesk.ui.branch_model import BranchModel, BranchRole
from gigadesk.ui.labels import PlainLabel
from gigadesk.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WIDTH_EMS, HEIGHT_EMS = 36, 30
_PAD = 6
_DOT = 4.0
_SMALL = 0.88


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
        self.tree = _Tree(self)
        self.tree.setAccessibleName(self.windowTitle())
        palette = self.tree.palette()
        palette.setColor(QPalette.ColorRole.Highlight, theme.selected)  # beside the row, where its arrow is
        self.tree.setPalette(palette)
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(_Delegate(theme, self.tree))
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

    def _on_chosen(self, index: QModelIndex) -> None:
        self.message_chosen.emit(self.model.run(index).head)
        self.close()


class _Tree(QTreeView):
    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
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


class _Delegate(QStyledItemDelegate):
    """The first words, and below them whose they are, when, and how many messages follow. A dot marks what is shown."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        small = QFontMetrics(_small(option.font)).height()
        return QSize(0, option.fontMetrics.height() + small + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        run = index.data(BranchRole.RUN)
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.selected if is_current else theme.hover)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6)
        place = option.rect.adjusted(_PAD + 14, _PAD, -_PAD, -_PAD)
        font = QFont(option.font)
        if run.is_shown:
            font.setWeight(QFont.Weight.DemiBold)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            y = place.top() + option.fontMetrics.height() / 2
            painter.drawEllipse(QPointF(option.rect.left() + _PAD + _DOT, y), _DOT, _DOT)
        line = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
        for words, each, color, top in (
            (index.data(Qt.ItemDataRole.DisplayRole), font, option.palette.color(QPalette.ColorRole.Text), True),
            (index.data(BranchRole.DETAILS), _small(option.font), theme.text_muted, False),
        ):
            painter.setFont(each)
            painter.setPen(color)
            elided = QFontMetrics(each).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            edge = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
            painter.drawText(place, line | int(edge), elided)
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(font.pointSizeF() * _SMALL, 6.0))
    return small
