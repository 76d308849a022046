"""Keeps what the user looks at in the list where it is, while rows come and go, or all are read anew."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject

from gigadesk.chat import ChatId, FolderId
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.sidebar.list_selection import selected_rows

if TYPE_CHECKING:
    from gigadesk.ui.sidebar.chat_list import ChatList

KEPT_SELECTION = 500
"""Of more selected chats the selection is given up when all is read anew: each has to be looked for."""
_Flag = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is brought back after everything was read anew."""

    current: ChatId | FolderId | None
    is_folder: bool
    selected: list[ChatId]
    top: ChatId | None
    top_y: int
    value: int


class ListKeeping(QObject):
    """Watches the model for the view."""

    def __init__(self, view: "ChatList", model: ChatListModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._kept: _Kept | None = None
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._bring_back)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.rowsMoved.connect(self._on_moved)

    def _remember(self) -> None:
        view, model = self._view, self._model
        current = view.currentIndex()
        chat, folder = model.chat_at(current), model.folder_at(current)
        count = selected_rows(view.selectionModel())
        top = view.rowAt(0)
        while top >= 0 and model.chat_at(model.index(top)) is None and top < model.rowCount():
            top += 1
        top_chat = model.chat_at(model.index(top)) if top >= 0 else None
        self._kept = _Kept(
            chat.id if chat is not None else folder.id if folder is not None else None,
            folder is not None,
            view.selected_chats() if 1 < count <= KEPT_SELECTION else [],
            top_chat.id if top_chat is not None else None,
            view.rowViewportPosition(top) if top_chat is not None else 0,
            view.verticalScrollBar().value(),
        )

    def _bring_back(self) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            return
        view, model = self._view, self._model
        if kept.current is not None:
            known = FolderId(kept.current) if kept.is_folder else ChatId(kept.current)
            index = model.index_of_folder(FolderId(known)) if kept.is_folder else model.index_of(ChatId(known))
            if index.isValid():
                view.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
        for chat_id in kept.selected:
            index = model.index_of(chat_id)
            if index.isValid():
                view.selectionModel().select(QItemSelection(index, index), _Flag.Select)
        view.updateGeometries()
        bar = view.verticalScrollBar()
        top = model.index_of(kept.top) if kept.top is not None and kept.value > 0 else QModelIndex()
        bar.setValue(self._row_top(top.row()) - kept.top_y if top.isValid() else kept.value)

    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._shift(first, last - first + 1)

    def _on_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        top = self._top_row()
        self._shift(first, -(min(last + 1, top) - first) if first < top else 0)

    def _on_moved(self, _parent: QModelIndex, first: int, _last: int, _target: QModelIndex, row: int) -> None:
        top = self._top_row()
        if first < top <= row:
            self._shift(0, -1)
        elif row < top <= first:
            self._shift(0, 1)

    def _shift(self, first: int, rows: int) -> None:
        """So many rows came in above, or went."""
        bar = self._view.verticalScrollBar()
        if rows and bar.value() > 0 and first <= self._top_row():
            value = bar.value() + rows * self._view.verticalHeader().defaultSectionSize()
            self._view.updateGeometries()
            bar.setValue(max(value, 0))

    def _top_row(self) -> int:
        """The topmost row in sight before the rows changed."""
        return self._view.verticalScrollBar().value() // self._view.verticalHeader().defaultSectionSize()

    def _row_top(self, row: int) -> int:
        return row * self._view.verticalHeader().defaultSectionSize()
