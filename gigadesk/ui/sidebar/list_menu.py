"""What can be done with what is selected in the list: by menu, by keys, from the bar. All of it leaves as wishes."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from gigadesk.chat import Chat, ChatId, Folder, FolderColor, FolderId
from gigadesk.ui.shortcuts import native_keys
from gigadesk.ui.sidebar.chat_list import ChatList
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.sidebar.folder_colors import color_words, folder_shade
from gigadesk.ui.sidebar.list_wishes import (
    ARCHIVE_KEYS,
    DUPLICATE_KEYS,
    FOLDER_KEYS,
    MOVE_KEYS,
    PIN_KEYS,
    UNREAD_KEYS,
    WINDOW_KEYS,
    ListCommand,
    ListWish,
)
from gigadesk.ui.sidebar.move_popup import MovePopup
from gigadesk.ui.sidebar.selection_bar import command_words
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.transcript.wishes import EXPORT_KEYS
from gigadesk.ui.widgets.icons import icon

_OPPOSITE = {
    ListCommand.PIN: ListCommand.UNPIN,
    ListCommand.ARCHIVE: ListCommand.UNARCHIVE,
    ListCommand.MARK_UNREAD: ListCommand.MARK_READ,
}


class ListMenu(QObject):
    """Knows what a command is about: the selected chats while the keyboard is in the list, else the shown one.

    Signals:
        wished(object): a `ListWish`.
    """

    wished = Signal(object)

    def __init__(self, view: ChatList, model: ChatListModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = LIGHT
        self.shown: ChatId | None = None
        self.folders: Sequence[Folder] = ()
        view.menu_requested.connect(self.show_menu)
        view.drag.dropped.connect(self._on_dropped)
        view.delete_requested.connect(lambda: self.do(ListCommand.DELETE))
        view.window_requested.connect(
            lambda chat_id: self.wished.emit(ListWish(ListCommand.OPEN_WINDOW, (ChatId(chat_id),)))
        )

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def do(self, command: ListCommand) -> None:
        """Do this, or undo it where it was done: pinned chats are unpinned, archived ones taken out."""
        folder = self._folder()
        if folder is not None:
            self._do_with_folder(command, folder)
            return
        if command is ListCommand.NEW_FOLDER:
            self.wished.emit(ListWish(command))
            return
        if command is ListCommand.DELETE and (folders := self._selected_folders()):
            self._delete_folders(folders)
            return
        self._do_with_chats(command, self._chat_ids(), self._popup_place())

    def _do_with_chats(self, command: ListCommand, chat_ids: Sequence[ChatId], place: QPoint) -> None:
        if not chat_ids:
            return
        if command is ListCommand.MOVE:
            self._choose_folder(chat_ids, place)
        else:
            self.wished.emit(ListWish(self._either(command, chat_ids), chat_ids))

    def _choose_folder(self, chat_ids: Sequence[ChatId], place: QPoint) -> None:
        popup = MovePopup(self._view, self.folders, self._theme, is_new_possible=True)
        popup.folder_chosen.connect(lambda folder_id: self.wished.emit(ListWish(ListCommand.MOVE, chat_ids, folder_id)))
        popup.new_folder_chosen.connect(lambda name: self.wished.emit(ListWish(ListCommand.MOVE, chat_ids, name=name)))
        popup.open_at(place)

    def show_menu(self, place: QPoint) -> None:
        """The menu of what is selected; of the list itself where nothing is."""
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        folder = None if self._view.has_several() else self._model.folder_at(self._view.currentIndex())
        chats = self._view.selected_chats()
        if folder is not None and self._view.selectionModel().hasSelection():
            self._fill_for_folder(menu, folder)
        elif chats:
            self._fill_for_chats(menu, chats, place)
        elif folders := self._selected_folders():
            self._add(menu, ListCommand.DELETE, lambda: self._delete_folders(folders), "Del")
        elif self._model.is_archive or self._model.is_filtered:
            return
        else:
            self._add(
                menu, ListCommand.NEW_FOLDER, lambda: self.wished.emit(ListWish(ListCommand.NEW_FOLDER)), FOLDER_KEYS
            )
            self._add(menu, ListCommand.IMPORT, lambda: self.wished.emit(ListWish(ListCommand.IMPORT)), "Ctrl+Shift+I")
        menu.popup(place)

    # Inside

    def _fill_for_chats(self, menu: QMenu, chat_ids: Sequence[ChatId], place: QPoint) -> None:
        is_one = len(chat_ids) == 1

        def add(command: ListCommand, keys: str) -> None:
            run = partial(self._do_with_chats, command, chat_ids, place)
            self._add(menu, self._either(command, chat_ids), run, keys)

        if is_one:
            index = self._view.currentIndex()
            menu.addAction(self.tr("Open"), lambda: self._view.chat_opened.emit(chat_ids[0]))
            add(ListCommand.OPEN_WINDOW, WINDOW_KEYS)
            # lupdate does not look into f-strings.
            rename = self.tr("Rename")
            menu.addAction(f"{rename}\t{native_keys('F2')}", lambda: self._view.rename(index))
            menu.addSeparator()
        add(ListCommand.PIN, PIN_KEYS)
        add(ListCommand.ARCHIVE, ARCHIVE_KEYS)
        add(ListCommand.MARK_UNREAD, UNREAD_KEYS)
        add(ListCommand.MOVE, MOVE_KEYS)
        add(ListCommand.DUPLICATE, DUPLICATE_KEYS)
        add(ListCommand.EXPORT, EXPORT_KEYS)
        menu.addSeparator()
        add(ListCommand.DELETE, "Del")

    def _fill_for_folder(self, menu: QMenu, folder: Folder) -> None:
        index = self._view.currentIndex()
        rename = self.tr("Rename")
        menu.addAction(f"{rename}\t{native_keys('F2')}", lambda: self._view.rename(index))
        colors = menu.addMenu(command_words(ListCommand.COLOR_FOLDER))
        for color in FolderColor:
            # A menu of the style sheet shows no mark beside an icon: the one that is chosen has a tick for an icon.
            picture = icon("check" if color is folder.color else "folder", folder_shade(color, self._theme))
            action = QAction(QIcon(picture), color_words(color), colors)
            action.setCheckable(True)
            action.setChecked(color is folder.color)
            action.triggered.connect(lambda _=False, chosen=color: self._color(folder, chosen))
            colors.addAction(action)
        inside = self.tr("New folder inside")
        make = menu.addAction(f"{inside}\t{native_keys(FOLDER_KEYS)}", lambda: self._make_folder_in(folder))
        make.setEnabled(self._may_hold(folder))
        self._add(menu, ListCommand.MOVE_FOLDER, lambda: self._move_folder(folder), MOVE_KEYS)
        self._add(menu, ListCommand.EXPORT, lambda: self._do_with_folder(ListCommand.EXPORT, folder), EXPORT_KEYS)
        siblings = [each.id for each in self.folders if each.parent_id == folder.parent_id]
        place = siblings.index(folder.id)
        for words, beside in ((self.tr("Move up"), place - 1), (self.tr("Move down"), place + 1)):
            action = menu.addAction(words, partial(self._put_folder, folder, folder.parent_id, beside))
            action.setEnabled(0 <= beside < len(siblings))
        menu.addSeparator()
        self._add(menu, ListCommand.DELETE_FOLDER, lambda: self._do_with_folder(ListCommand.DELETE, folder), "Del")

    def _do_with_folder(self, command: ListCommand, folder: Folder) -> None:
        if command is ListCommand.DELETE:
            self.wished.emit(ListWish(ListCommand.DELETE_FOLDER, folder_id=folder.id))
        elif command is ListCommand.MOVE:
            self._move_folder(folder)
        elif command is ListCommand.EXPORT:
            self.wished.emit(ListWish(command, folder_id=folder.id))
        elif command is ListCommand.NEW_FOLDER and self._may_hold(folder):
            self._make_folder_in(folder)

    def _selected_folders(self) -> list[FolderId]:
        """Those that are selected, several and no chat among them; what is in one of them goes with that."""
        if not self._view.hasFocus() or not self._view.has_several() or self._view.has_selected_chats():
            return []
        is_selected = self._view.selectionModel().isSelected
        selected = {each.id for each in self.folders if is_selected(self._model.index_of_folder(each.id))}
        parents = {each.id: each.parent_id for each in self.folders}

        def is_inside(folder_id: FolderId | None) -> bool:
            above = parents.get(folder_id) if folder_id is not None else None
            return above is not None and (above in selected or is_inside(above))

        return [each.id for each in self.folders if each.id in selected and not is_inside(each.id)]

    def _delete_folders(self, folder_ids: Sequence[FolderId]) -> None:
        for folder_id in folder_ids:
            self.wished.emit(ListWish(ListCommand.DELETE_FOLDER, folder_id=folder_id))

    def _move_folder(self, folder: Folder) -> None:
        others = [each for each in self.folders if self._may_hold(each, folder)]
        popup = MovePopup(self._view, others, self._theme, is_new_possible=False)
        popup.folder_chosen.connect(lambda parent_id: self._put_folder(folder, parent_id))
        popup.open_at(self._popup_place())

    def _make_folder_in(self, folder: Folder) -> None:
        self.wished.emit(ListWish(ListCommand.NEW_FOLDER, folder_id=folder.id))

    def _may_hold(self, parent: Folder, moved: Folder | None = None) -> bool:
        rows = self._model.rows
        return rows.may_hold(rows.folder(parent.id), None if moved is None else rows.folder(moved.id))

    def _put_folder(self, folder: Folder, parent_id: object, index: int | None = None) -> None:
        """Into another folder, to its end or to the place `index` there."""
        if index is None:
            index = sum(each.parent_id == parent_id and each.id != folder.id for each in self.folders)
        parent = next((each.id for each in self.folders if each.id == parent_id), None)
        self.wished.emit(ListWish(ListCommand.MOVE_FOLDER, folder_id=parent, moved_folder_id=folder.id, index=index))

    def _color(self, folder: Folder, color: FolderColor) -> None:
        self.wished.emit(ListWish(ListCommand.COLOR_FOLDER, folder_id=folder.id, color=color))

    def _on_dropped(self, wishes: Sequence[ListWish]) -> None:
        for wish in wishes:
            self.wished.emit(wish)

    def _either(self, command: ListCommand, chat_ids: Sequence[ChatId]) -> ListCommand:
        """The opposite, when it was done with all of them; the first ones tell."""
        chats = [chat for chat_id in chat_ids[:_LOOKED_AT] if (chat := self._model.chat(chat_id)) is not None]
        is_done = bool(chats) and all(_is_done(command, chat) for chat in chats)
        return _OPPOSITE.get(command, command) if is_done else command

    def _folder(self) -> Folder | None:
        """The folder that a command is about: the only row that is selected, with the keyboard in the list."""
        is_meant = self._view.hasFocus() and not self._view.has_several()
        return self._model.folder_at(self._view.currentIndex()) if is_meant else None

    def _chat_ids(self) -> Sequence[ChatId]:
        if self._view.hasFocus() or self._view.has_several():
            return self._view.selected_chats()
        return () if self.shown is None else (self.shown,)

    def _popup_place(self) -> QPoint:
        rect = self._view.visualRect(self._view.currentIndex())
        inside = self._view.viewport().rect()
        corner = rect.bottomLeft() if inside.intersects(rect) else inside.center()
        return self._view.viewport().mapToGlobal(corner)

    def _add(self, menu: QMenu, command: ListCommand, run: Callable[[], object], keys: str = "") -> None:
        words = command_words(command)
        menu.addAction(f"{words}\t{native_keys(keys)}" if keys else words, run)


_LOOKED_AT = 50


def _is_done(command: ListCommand, chat: Chat) -> bool:
    match command:
        case ListCommand.PIN:
            return chat.is_pinned
        case ListCommand.ARCHIVE:
            return chat.is_archived
        case ListCommand.MARK_UNREAD:
            return chat.is_unread
        case _:
            return False
