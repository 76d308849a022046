"""The view of the list of chats: keys, clicks, context menu."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QListView, QMenu, QWidget

from gigadesk.chat import Chat
from gigadesk.ui.shortcuts import native_keys
from gigadesk.ui.sidebar.chat_delegate import ChatDelegate
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.theme import Theme

_EndHint = QAbstractItemDelegate.EndEditHint


class ChatList(QListView):
    """Rows of chats; a click or Enter opens one, F2 or a double click renames it, Delete deletes it.

    Signals:
        chat_opened(int): a row was clicked, or Enter was pressed on it.
        delete_requested(int): Delete was pressed, or the menu said so.
        undo_requested(): Ctrl+Z was pressed.
        left_upwards(): Up was pressed on the first chat.
    """

    chat_opened = Signal(int)
    delete_requested = Signal(int)
    undo_requested = Signal()
    left_upwards = Signal()

    def __init__(self, chat_model: ChatListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = chat_model
        self._delegate = ChatDelegate(self)
        self._is_renaming_for_others = False
        self.setModel(chat_model)
        self.setItemDelegate(self._delegate)
        # One height for all rows: Qt then asks for one size, not for thousands, whenever a row comes or goes.
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._on_row_chosen)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.viewport().update()

    def rename(self, index: QModelIndex) -> None:
        """Open the editor in this row; the keyboard goes back to the composer if it was not here before."""
        if self._is_editing():
            return
        self._is_renaming_for_others = not self.hasFocus()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Tab ends the editing; Qt would go on with the next chat.
        is_walking = hint in {_EndHint.EditNextItem, _EndHint.EditPreviousItem}
        super().closeEditor(editor, _EndHint.SubmitModelCache if is_walking else hint)
        is_for_others, self._is_renaming_for_others = self._is_renaming_for_others, False
        chat = self._model.chat_at(self.currentIndex())
        if is_for_others and self.hasFocus() and chat is not None:
            self.chat_opened.emit(chat.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_editing():
            super().keyPressEvent(event)  # Enter, which the editor passes on, is about the title
            return
        chat = self._model.chat_at(self.currentIndex())
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif chat is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chat_opened.emit(chat.id)
        elif chat is not None and event.matches(QKeySequence.StandardKey.Delete):
            self.delete_requested.emit(chat.id)
        elif key == Qt.Key.Key_Up and chat is not None and chat.id == self._model.first():
            self.left_upwards.emit()
        elif key == Qt.Key.Key_Home:
            self.go_to_first()
        else:
            super().keyPressEvent(event)

    def go_to_first(self) -> None:
        """Put the keyboard on the first chat."""
        first = self._model.first()
        if first is not None:
            self.setCurrentIndex(self._model.index_of(first))
            self.scrollToTop()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index = self.indexAt(event.pos())
            place = event.globalPos()
        chat = self._model.chat_at(index)
        if chat is not None:
            self._show_menu(chat, place)

    def viewportEvent(self, event: QEvent) -> bool:
        # The hand says that a click opens the row; headings are not rows to click.
        if event.type() == QEvent.Type.HoverMove or event.type() == QEvent.Type.MouseMove:
            position = self.viewport().mapFromGlobal(self.cursor().pos())
            is_chat = self._model.chat_at(self.indexAt(position)) is not None
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_chat else Qt.CursorShape.ArrowCursor)
        return super().viewportEvent(event)

    def _is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def _show_menu(self, chat: Chat, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # lupdate does not look into f-strings.
        rename, delete = self.tr("Rename"), self.tr("Delete")
        menu.addAction(self.tr("Open"), lambda: self.chat_opened.emit(chat.id))
        menu.addAction(f"{rename}\t{native_keys('F2')}", lambda: self.rename(self._model.index_of(chat.id)))
        menu.addSeparator()
        menu.addAction(f"{delete}\t{native_keys('Del')}", lambda: self.delete_requested.emit(chat.id))
        menu.popup(place)

    def _on_row_chosen(self, index: QModelIndex) -> None:
        chat = self._model.chat_at(index)
        if chat is not None:
            self.chat_opened.emit(chat.id)
