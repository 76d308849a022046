"""Keeps what the user looks at in the list where it is, while rows come and go, or all are read anew.

When all is read anew, the store is further than the rows: what they showed is known from the pages in memory alone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Qt

from gigadesk.chat import ChatId, FolderId
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.sidebar.list_rows import HEAD
from gigadesk.ui.sidebar.list_selection import selected_ranges, selected_rows

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
    is_selected: bool
    """Whether the row with the keyboard is: Ctrl and a click leave it there and take it out."""
    row: int
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
        view.selection_changed.connect(self._hold_selected)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.rowsMoved.connect(self._on_moved)

    def _remember(self) -> None:
        view, model = self._view, self._model
        current = view.currentIndex()
        chat_id, folder = model.held_id(current.row()), model.folder_at(current)
        top = view.rowAt(0)
        while 0 <= top < model.rowCount() and self._is_head(top):
            top += 1
        top_id = model.held_id(top) if top >= 0 else None
        self._kept = _Kept(
            folder.id if folder is not None else chat_id,
            folder is not None,
            view.selectionModel().isSelected(current),
            current.row(),
            self._selected(),
            top_id,
            view.rowViewportPosition(top) if top_id is not None else 0,
            view.verticalScrollBar().value(),
        )

    def _selected(self) -> list[ChatId]:
        """The chats that are selected; none of them unless all are known: a wrong one might be deleted."""
        rows = self._selected_chat_rows()
        held = [self._model.held_id(row) for row in rows]
        known = [chat_id for chat_id in held if chat_id is not None]
        return known if len(known) == len(rows) else []

    def _selected_chat_rows(self) -> list[int]:
        selection = self._view.selectionModel()
        if not 1 < selected_rows(selection) <= KEPT_SELECTION:
            return []
        return [
            row
            for first, last in selected_ranges(selection)
            for row in range(first, last + 1)
            if not self._is_head(row)
        ]

    def _is_head(self, row: int) -> bool:
        found = self._model.rows.at(row)
        return found is None or found[1] == HEAD

    def _hold_selected(self) -> None:
        """Read the pages of what is selected while the store is as the rows are."""
        for row in self._selected_chat_rows():
            self._model.chat_at(self._model.index(row))

    def _bring_back(self) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            return
        view, model = self._view, self._model
        if kept.current is not None:
            known = FolderId(kept.current) if kept.is_folder else ChatId(kept.current)
            index = model.index_of_folder(FolderId(known)) if kept.is_folder else model.index_of(ChatId(known))
            if not index.isValid() and view.hasFocus():
                index = self._nearest(kept.row)
            if index.isValid():
                flag = _Flag.ClearAndSelect if kept.is_selected else _Flag.NoUpdate
                view.selectionModel().setCurrentIndex(index, flag)
        self._select(kept.selected)
        view.updateGeometries()
        bar = view.verticalScrollBar()
        top = model.index_of(kept.top) if kept.top is not None and kept.value > 0 else QModelIndex()
        bar.setValue(self._row_top(top.row()) - kept.top_y if top.isValid() else kept.value)
        for index in (view.currentIndex(), top):
            model.chat_at(index)  # held for the next time, which may come before anything is painted
        view.selection_changed.emit()  # Qt says nothing of what was selected and is gone

    def _nearest(self, row: int) -> QModelIndex:
        """Where the keyboard goes from a row that is gone: to what stands there now, or else above it."""
        for each in (*range(row, self._model.rowCount()), *range(row - 1, -1, -1)):
            index = self._model.index(each)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                return index
        return QModelIndex()

    def _select(self, chat_ids: list[ChatId]) -> None:
        wanted = QItemSelection()
        for chat_id in chat_ids:
            index = self._model.index_of(chat_id)
            if index.isValid():
                wanted.select(index, index)
        if not wanted.isEmpty():
            self._view.selectionModel().select(wanted, _Flag.Select)

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
