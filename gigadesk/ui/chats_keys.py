"""The keys of the main window, and what they do there that is no more than a step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gigadesk.ui.shortcuts import Shortcut, Subject, about, install_shortcuts
from gigadesk.ui.sidebar import list_wishes as keys
from gigadesk.ui.sidebar.list_wishes import ListCommand

if TYPE_CHECKING:
    from gigadesk.ui.chats_view import ChatsView


class ChatsKeys(QObject):
    """Installs them, and shows the page that tells them."""

    def __init__(self, view: "ChatsView") -> None:
        super().__init__(view)
        self._view = view

    def install(self) -> None:
        install_shortcuts(self._view, (*self._shortcuts(), *self._view.pane.tool_shortcuts()))

    def show_all(self) -> None:
        """Tell the user which keys there are."""
        from gigadesk.ui.shortcuts_dialog import show_shortcuts  # the window need not wait for it

        show_shortcuts(self._view.window(), self._shortcuts())

    def _shortcuts(self) -> tuple[Shortcut, ...]:
        view = self._view
        return (
            *about(Subject.FINDING, Shortcut(("Ctrl+K",), self.tr("Search chats"), self._focus_search)),
            *about(Subject.FINDING, *view.search.shortcuts()),
            *view.pane.finding_shortcuts(),
            *self._chat_shortcuts(),
            *self._list_shortcuts(),
            *view.pane.shortcuts(),
            *about(Subject.CHATS, *view.exchange.shortcuts(lambda: view.sidebar.menu.do(ListCommand.EXPORT))),
            Shortcut(("Ctrl+B",), self.tr("Show or hide the sidebar"), view.shell.toggle_sidebar),
            Shortcut(("Ctrl+,",), self.tr("Settings"), view.settings_requested.emit),
            Shortcut(("F1", "Ctrl+/"), self.tr("Keyboard shortcuts"), self.show_all),
            Shortcut(("Ctrl+Q",), self.tr("Quit")),
        )

    def _chat_shortcuts(self) -> tuple[Shortcut, ...]:
        view, do, command = self._view, self._view.sidebar.menu.do, ListCommand
        return about(
            Subject.CHATS,
            Shortcut(("Ctrl+N",), self.tr("New chat"), view.open_new_chat),
            Shortcut(("Ctrl+Shift+N",), self.tr("Temporary chat"), view.temporary.open),
            Shortcut(("Ctrl+Tab", "Ctrl+PgDown"), self.tr("Next chat"), lambda: view.open_neighbour(1)),
            Shortcut(("Ctrl+Shift+Tab", "Ctrl+PgUp"), self.tr("Previous chat"), lambda: view.open_neighbour(-1)),
            Shortcut(("F2",), self.tr("Rename the chat"), self._rename),
            Shortcut((keys.PIN_KEYS,), self.tr("Pin the chat, or unpin it"), lambda: do(command.PIN)),
            Shortcut((keys.ARCHIVE_KEYS,), self.tr("Archive the chat, or take it out"), lambda: do(command.ARCHIVE)),
            Shortcut((keys.MOVE_KEYS,), self.tr("Move the chat to a folder"), self._move_to_folder),
            Shortcut((keys.FOLDER_KEYS,), self.tr("New folder, in the selected one or at the top"), self._make_folder),
            Shortcut((keys.DUPLICATE_KEYS,), self.tr("Duplicate the chat"), lambda: do(command.DUPLICATE)),
            Shortcut((keys.UNREAD_KEYS,), self.tr("Mark the chat as unread, or read"), lambda: do(command.MARK_UNREAD)),
            Shortcut((keys.WINDOW_KEYS,), self.tr("Open the chat in a new window"), lambda: do(command.OPEN_WINDOW)),
            Shortcut(("Ctrl+Shift+Backspace",), self.tr("Delete the chat"), view.delete_shown),
            Shortcut(("Ctrl+Shift+Del",), self.tr("Trash"), view.trash.open),
        )

    def _list_shortcuts(self) -> tuple[Shortcut, ...]:
        return about(
            Subject.LIST,
            Shortcut(("Ctrl+Enter",), self.tr("Open in a new window")),
            Shortcut(("Shift+Up", "Shift+Down", "Ctrl+A"), self.tr("Select several")),
            Shortcut(("Left", "Right"), self.tr("Fold or unfold a folder")),
            Shortcut(("Del",), self.tr("Delete what is selected")),
            Shortcut(("Ctrl+Z",), self.tr("Undo deleting")),
        )

    def _move_to_folder(self) -> None:
        self._view.shell.show_sidebar(visible=True)
        self._view.sidebar.menu.do(ListCommand.MOVE)

    def _make_folder(self) -> None:
        self._view.shell.show_sidebar(visible=True)
        self._view.sidebar.menu.do(ListCommand.NEW_FOLDER)

    def _focus_search(self) -> None:
        self._view.shell.show_sidebar(visible=True)
        self._view.sidebar.focus_search()

    def _rename(self) -> None:
        chat_id = self._view.pane.chat.id
        if chat_id is not None:
            self._view.shell.show_sidebar(visible=True)
            self._view.sidebar.rename_current(chat_id)
