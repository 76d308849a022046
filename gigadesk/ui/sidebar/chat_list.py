"""The view of the list of chats: keys, clicks, what is selected."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from gigadesk.chat import ChatId
from gigadesk.ui.sidebar.chat_delegate import ROW_PADDING, ChatDelegate
from gigadesk.ui.sidebar.chat_drag import ChatDrag
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.sidebar.list_keeping import ListKeeping
from gigadesk.ui.sidebar.list_selection import selected_ranges, selected_rows
from gigadesk.ui.theme import Theme

_EndHint = QAbstractItemDelegate.EndEditHint
_SELECTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_NO_INDEX = QModelIndex()


class ChatList(QTableView):
    """Rows of chats and folders; a click or Enter opens one, F2 or a double click renames it, Delete deletes it.

    A table of one column: its rows have one height without being asked for it. (A `QListView` asks the model about
    each row whenever one comes or goes: 0.35 s with 100,000 chats.)

    Signals:
        chat_opened(int): a row was clicked, or Enter was pressed on it.
        window_requested(int): the middle button, or Ctrl+Enter.
        delete_requested(): Delete was pressed, about what is selected.
        menu_requested(QPoint): the menu of what is selected, at this place of the screen.
        undo_requested(): Ctrl+Z was pressed.
        left_upwards(): Up was pressed on the first row.
        typed(str): a letter was typed.
        selection_changed(): other rows are selected.
        resized(): there is more or less room for rows.
    """

    chat_opened = Signal(int)
    window_requested = Signal(int)
    delete_requested = Signal()
    menu_requested = Signal(QPoint)
    undo_requested = Signal()
    left_upwards = Signal()
    typed = Signal(str)
    selection_changed = Signal()
    resized = Signal()

    def __init__(self, chat_model: ChatListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = chat_model
        self._delegate = ChatDelegate(self)
        self._is_renaming_for_others = False
        self._has_just_come = False
        """The keyboard came with the press of the mouse that is being looked at."""
        self.setModel(chat_model)
        self.setItemDelegate(self._delegate)
        self._delegate.editing_began.connect(lambda: chat_model.hold(is_held=True))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        # The delegate paints what is selected; Qt would paint the whole row.
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self._fit_rows()
        self._keeping = ListKeeping(self, chat_model)
        self.drag = ChatDrag(self, chat_model, self.selected_chats)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.drag.set_theme(theme)
        self.viewport().update()

    @property
    def is_editing(self) -> bool:
        """Whether a title is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    # What is selected

    def selected_chats(self) -> list[ChatId]:
        """The chats that are selected, from top to bottom."""
        ranges = selected_ranges(self.selectionModel())
        return [chat_id for first, last in ranges for chat_id in self._model.chat_ids(first, last)]

    def has_selected_chats(self) -> bool:
        """Whether there is a chat among the selected rows; quick for any number of them."""
        rows = self._model.rows
        return any(rows.chats_between(first, last) for first, last in selected_ranges(self.selectionModel()))

    def has_several(self) -> bool:
        """Whether several rows are selected."""
        return selected_rows(self.selectionModel()) > 1

    def select_only(self, index: QModelIndex) -> None:
        """Put the keyboard on this row and select no other."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def select_none_but_current(self) -> None:
        """Give up the selection of several rows."""
        self.select_only(self.currentIndex())

    # Renaming

    def rename(self, index: QModelIndex) -> None:
        """Open the editor in this row; the keyboard goes back to the composer if it was not here before."""
        if self.is_editing or not index.isValid():
            return
        self._is_renaming_for_others = not self.hasFocus()
        self.select_only(index)
        self.scrollTo(index)
        self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Tab ends the editing; Qt would go on with the next chat.
        is_walking = hint in {_EndHint.EditNextItem, _EndHint.EditPreviousItem}
        super().closeEditor(editor, _EndHint.SubmitModelCache if is_walking else hint)
        self._model.hold(is_held=False)
        is_for_others, self._is_renaming_for_others = self._is_renaming_for_others, False
        chat = self._model.chat_at(self.currentIndex())
        if is_for_others and self.hasFocus() and chat is not None:
            self.chat_opened.emit(chat.id)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: C901, PLR0912 - one line for each key
        if self.drag.is_active:
            if event.key() == Qt.Key.Key_Escape:
                self.drag.cancel()
            return
        if self.is_editing:
            super().keyPressEvent(event)  # Enter, which the editor passes on, is about the title
            return
        index = self.currentIndex()
        chat, folder = self._model.chat_at(index), self._model.folder_at(index)
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_all_chats()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and chat is not None:
            (self.window_requested if is_control else self.chat_opened).emit(chat.id)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and folder is not None:
            self._fold(index)
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.delete_requested.emit()
        elif key == Qt.Key.Key_Escape and self.has_several():
            self.select_none_but_current()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._walk_sideways(index, is_right=key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_Up and event.modifiers() == Qt.KeyboardModifier.NoModifier and self._is_first(index):
            self.left_upwards.emit()
        elif key == Qt.Key.Key_Home:
            self.go_to_first()
        elif key == Qt.Key.Key_End:
            self._go_to_last()
        elif event.text().isprintable() and event.text().strip() and not is_control:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would ask the model for each row until one fits."""

    def go_to_first(self) -> None:
        """Put the keyboard on the first row that can be chosen."""
        self._go_to(0, 1)
        self.scrollToTop()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:  # the keyboard never rests on a heading
        found = super().moveCursor(action, modifiers)
        if not found.isValid() or found.flags() & Qt.ItemFlag.ItemIsEnabled:
            return found
        step = 1 if found.row() >= self.currentIndex().row() else -1
        row = self._next_row(found.row(), step)
        return self._model.index(row) if row is not None else self.currentIndex()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            event.accept()
            return
        is_adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_adding and self._has_just_come and not self.has_several():
            # The shown chat, which may be out of sight, was not selected to have something done with it.
            self.clearSelection()
        self._has_just_come = False
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() & _SELECTING:
            self.drag.press(event.position().toPoint())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._has_just_come = event.reason() == Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._model.folder_at(self.indexAt(event.position().toPoint())) is not None:
            event.accept()  # two clicks fold it and unfold it
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        else:
            # Qt would select what the mouse goes over.
            self.drag.move(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        chat = self._model.chat_at(index)
        if event.button() == Qt.MouseButton.MiddleButton:
            if chat is not None:
                self.window_requested.emit(chat.id)
            return
        if self.drag.release():
            return
        is_click = event.button() == Qt.MouseButton.LeftButton and self.state() not in {
            QAbstractItemView.State.DraggingState,
            QAbstractItemView.State.DragSelectingState,
            QAbstractItemView.State.EditingState,
        }
        super().mouseReleaseEvent(event)
        if not is_click or event.modifiers() & _SELECTING or index != self.currentIndex():
            return
        if chat is not None:
            self.chat_opened.emit(chat.id)
        elif self._model.folder_at(index) is not None:
            self._fold(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index = self.indexAt(event.pos())
            place = event.globalPos()
        can_choose = index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        if can_choose and not self.selectionModel().isSelected(index):
            self.select_only(index)
        elif not can_choose:
            self.clearSelection()
        self.menu_requested.emit(place)

    def viewportEvent(self, event: QEvent) -> bool:
        # The hand says that a click opens the row; headings are not rows to click.
        if event.type() == QEvent.Type.HoverMove or event.type() == QEvent.Type.MouseMove:
            index = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
            can_choose = index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if can_choose else Qt.CursorShape.ArrowCursor)
        return super().viewportEvent(event)

    # Qt's own

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()  # whether one or several are selected shows in each of them
        self.selection_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
        self.setColumnWidth(0, self.viewport().width())
        row = self.visualRect(self.currentIndex())
        was_in_sight = row.isValid() and row.bottom() >= 0 and row.top() < event.oldSize().height()
        if was_in_sight and self.hasFocus() and event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())  # what came in below, as the line for undo, does not cover it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.drag.paint()

    # Inside

    def _fit_rows(self) -> None:
        height = self.fontMetrics().height() + ROW_PADDING
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)

    def _fold(self, index: QModelIndex) -> None:
        folder = self._model.folder_at(index)
        part = self._model.part_at(index)
        if folder is not None and part is not None:
            self._model.fold(folder.id, is_open=not part.is_open)

    def _walk_sideways(self, index: QModelIndex, *, is_right: bool) -> None:
        """Right unfolds a folder; Left folds it, or goes from what is in it to the folder."""
        folder, part = self._model.folder_at(index), self._model.part_at(index)
        if folder is not None and part is not None and part.is_open != is_right:
            self._model.fold(folder.id, is_open=is_right)
        elif not is_right and part is not None and part.folder is not None:
            above = part.folder.id if folder is None else part.folder.parent_id
            target = self._model.index_of_folder(above) if above is not None else _NO_INDEX
            if target.isValid():
                self.select_only(target)

    def _is_first(self, index: QModelIndex) -> bool:
        return index.isValid() and self._next_row(index.row() - 1, -1) is None

    def _go_to_last(self) -> None:
        self._go_to(self._model.rowCount() - 1, -1)
        self.scrollToBottom()

    def _go_to(self, row: int, step: int) -> None:
        found = self._next_row(row, step)
        if found is not None:
            self.select_only(self._model.index(found))

    def _next_row(self, row: int, step: int) -> int | None:
        """The first row from here on that can be chosen. Headings stand alone, so few are asked."""
        while 0 <= row < self._model.rowCount():
            if self._model.index(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                return row
            row += step
        return None

    def _select_all_chats(self) -> None:
        everything = QItemSelection(self._model.index(0), self._model.index(self._model.rowCount() - 1))
        self.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)
