"""Dragging chats and folders about in the list. Our own, not Qt's: that would run a loop inside of the loop."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication, QTableView

from gigadesk.chat import Chat, ChatId, FolderId
from gigadesk.ui.sidebar.chat_delegate import RADIUS, SIDE_MARGIN, TEXT_MARGIN
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.sidebar.drop_targets import DropTarget, target_for_chats, target_for_folder
from gigadesk.ui.sidebar.list_words import folder_words, title_words
from gigadesk.ui.theme import LIGHT, Theme

LOOKED_AT = 500
"""So many of the dragged chats tell what a drop would do."""
_UNFOLD_MS = 700
"""A folder that is hovered over for so long opens."""
_SCROLL_MS = 30
_UPPER_PART = 3
"""Of the first row, above which there is a place to pin when nothing is pinned yet."""
_LABEL_EM = 14


class ChatDrag(QObject):
    """Begins with a movement of the mouse and ends with its button.

    Signals:
        dropped(object): the `ListWish`es that the drop means, as a tuple.
    """

    dropped = Signal(object)

    def __init__(self, view: QTableView, model: ChatListModel, selected: Callable[[], Sequence[ChatId]]) -> None:
        """`selected` gives the chats that are selected, from top to bottom."""
        super().__init__(view)
        self._view = view
        self._model = model
        self._selected = selected
        self._theme = LIGHT
        self._pressed: QPoint | None = None
        self._chats: Sequence[Chat] = ()
        """The first of `_ids`."""
        self._ids: Sequence[ChatId] = ()
        self._folder: FolderId | None = None
        self._words = ""
        self._place = QPoint()
        self._target: DropTarget | None = None
        self.is_active = False
        self._unfolding = QTimer(self)
        self._unfolding.setSingleShot(True)
        self._unfolding.setInterval(_UNFOLD_MS)
        self._unfolding.timeout.connect(self._unfold)
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)
        model.modelReset.connect(self.cancel)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def press(self, place: QPoint) -> None:
        """The left button went down on the view, without a key that selects."""
        index = self._view.indexAt(place)
        is_there = self._model.chat_at(index) is not None or self._model.folder_at(index) is not None
        self._pressed = place if is_there else None

    def move(self, place: QPoint) -> bool:
        """The mouse moved with the button down; True when something is being dragged."""
        if self._pressed is None:
            return False
        is_short = (place - self._pressed).manhattanLength() < QApplication.startDragDistance()
        if not self.is_active and (is_short or not self._begin()):
            return False
        self._place = place
        self._look()
        return True

    def release(self) -> bool:
        """The button went up; True when something was being dragged."""
        was_active, target = self.is_active, self._target
        self.cancel()
        if was_active and target is not None:
            self.dropped.emit(target.wishes)
        return was_active

    def cancel(self) -> None:
        """Nothing is dropped."""
        self._pressed = self._target = None
        if self.is_active:
            self.is_active = False
            self._unfolding.stop()
            self._scrolling.stop()
            self._model.keep_pinned_heading(is_wanted=False)
            self._view.viewport().unsetCursor()
            self._view.viewport().update()

    def paint(self) -> None:
        """Mark the target, and name what is dragged beside the pointer."""
        if not self.is_active:
            return
        painter = QPainter(self._view.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._target is not None:
            self._paint_target(painter, self._target)
        self._paint_label(painter)

    def _begin(self) -> bool:
        assert self._pressed is not None
        index = self._view.indexAt(self._pressed)
        folder, chat = self._model.folder_at(index), self._model.chat_at(index)
        if self._model.is_filtered or self._model.is_archive:
            return False
        if folder is not None:
            self._folder, self._chats, self._words = folder.id, (), folder_words(folder)
        elif chat is not None:
            ids = self._selected()
            self._ids = ids if self._view.selectionModel().isSelected(index) else [chat.id]
            found = map(self._model.chat, self._ids[:LOOKED_AT])
            self._chats = [each for each in found if each is not None]
            self._folder = None
            self._words = title_words(chat) if len(self._ids) == 1 else self._model.count_words(len(self._ids))
        else:
            return False
        self.is_active = True
        self._scrolling.start()
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def _look(self) -> None:
        """Find what lies under the pointer."""
        if self._chats and self._is_above_all():
            # Not before: it moves all rows down, and what is aimed at would not be under the pointer any more.
            self._model.keep_pinned_heading(is_wanted=True)
        index = self._view.indexAt(self._place)
        row = index.row() if index.isValid() else self._model.rowCount() - 1
        former, rows = self._target, self._model.rows
        if not self._view.viewport().rect().contains(self._place):
            self._target = None
        elif self._folder is not None:
            rect = self._view.visualRect(index)
            height = (self._place.y() - rect.top()) / max(rect.height(), 1) if index.isValid() else 0.5
            self._target = target_for_folder(self._folder, rows, row, height)
        else:
            self._target = target_for_chats(self._chats, self._ids, rows, row)
        if self._target != former:
            self._unfolding.start()
        shape = Qt.CursorShape.ClosedHandCursor if self._target is not None else Qt.CursorShape.ForbiddenCursor
        self._view.viewport().setCursor(shape)
        self._view.viewport().update()

    def _is_above_all(self) -> bool:
        """Whether the pointer wants above the first row."""
        bar, row = self._view.verticalScrollBar(), self._view.verticalHeader().defaultSectionSize()
        return bar.value() == bar.minimum() and self._place.y() < row // _UPPER_PART

    def _unfold(self) -> None:
        folder = self._model.folder_at(self._view.indexAt(self._place))
        if folder is not None and folder.id != self._folder:
            self._model.fold(folder.id, is_open=True)

    def _scroll(self) -> None:
        """Near its edges the list moves on."""
        height, edge = self._view.viewport().height(), self._view.verticalHeader().defaultSectionSize()
        over = min(self._place.y() - edge, 0) or max(self._place.y() - (height - edge), 0)
        if over:
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + max(min(over, edge), -edge) // 2)
            self._look()

    def _paint_target(self, painter: QPainter, target: DropTarget) -> None:
        row = QRect(0, self._view.rowViewportPosition(target.row), self._view.viewport().width(), 0)
        row.setHeight(self._view.verticalHeader().defaultSectionSize())
        painter.setPen(QPen(self._theme.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        card = QRectF(row).adjusted(SIDE_MARGIN + 1, 2, -SIDE_MARGIN - 1, -2)
        if target.line == 0:
            painter.drawRoundedRect(card, RADIUS - 1, RADIUS - 1)
        else:
            y = card.top() if target.line < 0 else card.bottom()
            painter.drawEllipse(QRectF(card.left(), y - 3, 6, 6))
            painter.drawLine(round(card.left()) + 6, round(y), round(card.right()), round(y))

    def _paint_label(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self._view.font())
        text = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, metrics.height() * _LABEL_EM)
        size = metrics.size(int(Qt.TextFlag.TextSingleLine), text)
        rect = QRect(0, 0, size.width() + 2 * TEXT_MARGIN, size.height() + TEXT_MARGIN)
        room = self._view.viewport().rect()
        rect.moveTo(self._place + QPoint(12, 12))
        rect.moveRight(min(rect.right(), room.right() - 2))
        rect.moveBottom(min(rect.bottom(), room.bottom() - 2))
        painter.setPen(QPen(self._theme.field_border, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
        painter.setPen(self._theme.text)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
