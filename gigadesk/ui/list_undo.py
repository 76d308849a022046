"""Takes back what was done with chats and folders: a line below the list, and Ctrl+Z in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from gigadesk import facts
from gigadesk.chat import ChatId, FolderId
from gigadesk.conversations import Conversations
from gigadesk.conversations.library import Place
from gigadesk.facts import Event
from gigadesk.ui.widgets.undo_line import UndoLine


class ListUndo(QObject):
    """Offers it for the last thing that was done. `show` opens a chat that came back alone."""

    def __init__(
        self, conversations: Conversations, line: UndoLine, show: Callable[[ChatId], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._line = line
        self._show = show
        self._chats: frozenset[ChatId] = frozenset()
        """What the line would bring back from the trash."""
        self._folders: tuple[FolderId, ...] = ()
        """Those that were deleted together, one fact after the other."""

    def use_conversations(self, conversations: Conversations) -> None:
        """Nothing can be taken back in another store."""
        self._conversations = conversations
        self._line.withdraw()

    def apply(self, event: Event) -> None:
        """Note a fact."""
        match event:
            case facts.ChatRemoved():
                self._offer_chats((event.chat_id,))
            case facts.ChatsRemoved():
                self._offer_chats(event.chat_ids)
            case facts.ChatsCopied():
                self._offer_copies(event.chat_ids)
            case facts.FolderRemoved():
                self._offer_folder(event.folder_id, len(event.chat_ids))
            case facts.ChatAdded() if event.chat.id in self._chats:
                self._withdraw()
            case facts.ChatsPurged() if self._chats & set(event.chat_ids):
                self._withdraw()
            case _:
                pass

    def note_archived(self, chat_ids: Sequence[ChatId], *, is_archived: bool) -> None:
        """Chats are to go to the archive, or to come out of it."""
        chat_ids, count = tuple(chat_ids), len(chat_ids)

        def say() -> str:
            if is_archived:
                return self.tr("%Ln chat(s) archived", "", count)
            return self.tr("%Ln chat(s) taken out of the archive", "", count)

        def undo() -> None:
            self._conversations.library.set_archived(chat_ids, is_archived=not is_archived)

        self._offer((), say, undo)

    def note_moving(self, chat_ids: Sequence[ChatId]) -> None:
        """Chats are to be moved to another folder: each would go back to its own."""
        self._conversations.library.note_places(chat_ids, self._offer_places)

    def _offer_places(self, places: Sequence[Place]) -> None:
        former: dict[FolderId | None, list[ChatId]] = {}
        pinned: list[ChatId] = []
        for chat_id, folder_id, is_pinned in places:
            former.setdefault(folder_id, []).append(chat_id)
            if is_pinned:
                pinned.append(chat_id)
        count = len(places)
        self._offer((), lambda: self.tr("%Ln chat(s) moved", "", count), lambda: self._move_back(former, pinned))

    def note_folder_moving(self, folder_id: FolderId) -> None:
        """A folder is to be put elsewhere: it would go back to where it stands now."""
        folders = self._conversations.library.folders()
        parent_id = next((each.parent_id for each in folders if each.id == folder_id), None)
        siblings = [each.id for each in folders if each.parent_id == parent_id]
        if folder_id in siblings:
            index = siblings.index(folder_id)
            self._offer(
                (), lambda: self.tr("Folder moved"), lambda: self._move_folder_back(folder_id, parent_id, index)
            )

    def _move_folder_back(self, folder_id: FolderId, parent_id: FolderId | None, index: int) -> None:
        library = self._conversations.library
        if {folder_id, parent_id} <= {None, *(folder.id for folder in library.folders())}:
            library.move_folder(folder_id, parent_id, index)

    def _move_back(self, former: dict[FolderId | None, list[ChatId]], pinned: Sequence[ChatId]) -> None:
        library = self._conversations.library
        if pinned:
            library.set_pinned(pinned, is_pinned=True)
        folders = {folder.id for folder in library.folders()}
        for folder_id, chat_ids in former.items():
            library.move_chats(chat_ids, folder_id if folder_id in folders else None)

    def _offer_chats(self, chat_ids: tuple[ChatId, ...]) -> None:
        count = len(chat_ids)
        self._offer(chat_ids, lambda: self.tr("%Ln chat(s) deleted", "", count), lambda: self._restore(chat_ids))

    def _offer_copies(self, chat_ids: tuple[ChatId, ...]) -> None:
        count = len(chat_ids)
        self._offer(
            (),
            lambda: self.tr("%Ln chat(s) duplicated", "", count),
            lambda: self._conversations.library.delete_chats(chat_ids),
        )

    def _offer_folder(self, folder_id: FolderId, count: int) -> None:
        if not self._folders:
            QTimer.singleShot(0, self, self._end_of_folders)
        self._folders = (*self._folders, folder_id)
        folder_ids = self._folders
        if len(folder_ids) > 1:
            self._offer(
                (),
                lambda: self.tr("%Ln folder(s) deleted", "", len(folder_ids)),
                lambda: self._restore_folders(folder_ids),
            )
            return
        self._offer(
            (),
            lambda: self.tr("Folder deleted, with %Ln chat(s)", "", count) if count else self.tr("Folder deleted"),
            lambda: self._restore_folders(folder_ids),
            lambda: self.tr("Folder deleted"),
        )

    def _end_of_folders(self) -> None:
        self._folders = ()

    def _restore_folders(self, folder_ids: Sequence[FolderId]) -> None:
        for folder_id in folder_ids:
            self._conversations.library.restore_folder(folder_id)

    def _offer(
        self,
        chat_ids: Sequence[ChatId],
        say: Callable[[], str],
        undo: Callable[[], object],
        say_less: Callable[[], str] | None = None,
    ) -> None:
        self._chats = frozenset(chat_ids)
        self._line.offer(say, undo, say_less=say_less)

    def _restore(self, chat_ids: tuple[ChatId, ...]) -> None:
        self._conversations.library.restore_chats(chat_ids)
        if len(chat_ids) == 1 and self._conversations.listing.some(chat_ids):
            self._show(chat_ids[0])

    def _withdraw(self) -> None:
        self._chats = frozenset()
        self._line.withdraw()
