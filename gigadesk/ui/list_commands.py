"""What the user wants with the chats and folders of the list: wishes in, calls out."""

from collections.abc import Callable, Sequence
from typing import assert_never

from PySide6.QtCore import QObject

from gigadesk.chat import ChatId, FolderId
from gigadesk.conversations import Conversations
from gigadesk.ui.exchange import ExchangeDesk
from gigadesk.ui.list_undo import ListUndo
from gigadesk.ui.sidebar import Sidebar
from gigadesk.ui.sidebar.list_wishes import ListCommand, ListWish


class ListCommands(QObject):
    """Turns the wishes of the sidebar into calls. What came of them comes back as facts."""

    def __init__(
        self,
        conversations: Conversations,
        sidebar: Sidebar,
        undo: ListUndo,
        save_draft: Callable[[], None],
        open_window: Callable[[ChatId], None],
        exchange: ExchangeDesk,
        parent: QObject,
    ) -> None:
        """`save_draft` stores what is being typed; `open_window` shows a chat in a window of its own."""
        super().__init__(parent)
        self._conversations = conversations
        self._sidebar = sidebar
        self._undo = undo
        self._save_draft = save_draft
        self._open_window = open_window
        self._exchange = exchange
        sidebar.wished.connect(self.do)
        sidebar.rename_requested.connect(self._on_rename_requested)
        sidebar.folder_rename_requested.connect(self._on_folder_rename_requested)

    def use_conversations(self, conversations: Conversations) -> None:
        self._conversations = conversations

    def do(self, wish: ListWish) -> None:  # noqa: C901, PLR0912 - one line for each command
        """Do what is wished."""
        library = self._conversations.library
        self._save_draft()
        match wish.command:
            case ListCommand.PIN | ListCommand.UNPIN:
                library.set_pinned(wish.chat_ids, is_pinned=wish.command is ListCommand.PIN)
            case ListCommand.ARCHIVE | ListCommand.UNARCHIVE:
                is_archived = wish.command is ListCommand.ARCHIVE
                self._undo.note_archived(wish.chat_ids, is_archived=is_archived)
                library.set_archived(wish.chat_ids, is_archived=is_archived)
            case ListCommand.MARK_UNREAD | ListCommand.MARK_READ:
                library.mark_unread(wish.chat_ids, is_unread=wish.command is ListCommand.MARK_UNREAD)
            case ListCommand.MOVE:
                self._move(wish)
            case ListCommand.DUPLICATE:
                self._duplicate(wish.chat_ids)
            case ListCommand.DELETE:
                library.delete_chats(wish.chat_ids)
            case ListCommand.OPEN_WINDOW:
                for chat_id in wish.chat_ids:
                    self._open_window(chat_id)
            case ListCommand.NEW_FOLDER:
                self._new_folder(wish)
            case ListCommand.COLOR_FOLDER:
                if wish.folder_id is not None:
                    library.set_folder_color(wish.folder_id, wish.color)
            case ListCommand.MOVE_FOLDER:
                if wish.moved_folder_id is not None and library.may_hold(wish.folder_id, wish.moved_folder_id):
                    self._undo.note_folder_moving(wish.moved_folder_id)
                    library.move_folder(wish.moved_folder_id, wish.folder_id, wish.index)
            case ListCommand.DELETE_FOLDER:
                if wish.folder_id is not None:
                    library.delete_folder(wish.folder_id)
            case ListCommand.EXPORT:
                self._export(wish)
            case ListCommand.IMPORT:
                self._exchange.choose_import()
            case _:
                assert_never(wish.command)

    def _export(self, wish: ListWish) -> None:
        if wish.folder_id is not None:
            self._exchange.export_folder(wish.folder_id)
        else:
            self._exchange.export_chats(wish.chat_ids)

    def _move(self, wish: ListWish) -> None:
        library = self._conversations.library
        folder_id = library.add_folder(wish.name, wish.folder_id) if wish.name else wish.folder_id
        if folder_id is not None or not wish.name:
            self._undo.note_moving(wish.chat_ids)
            library.move_chats(wish.chat_ids, folder_id)

    def _duplicate(self, chat_ids: Sequence[ChatId]) -> None:
        copied = self.tr("%1 (copy)")
        self._conversations.copies.copy_chats(chat_ids, lambda title: copied.replace("%1", title))

    def _new_folder(self, wish: ListWish) -> None:
        """Make it, and let the user name it at once."""
        folder_id = self._conversations.library.add_folder(wish.name or self.tr("New folder"), wish.folder_id)
        if folder_id is not None:
            self._sidebar.rename_folder(folder_id)

    def _on_rename_requested(self, chat_id: int, title: str) -> None:
        self._conversations.rename(ChatId(chat_id), title)

    def _on_folder_rename_requested(self, folder_id: int, name: str) -> None:
        self._conversations.library.rename_folder(FolderId(folder_id), name)
