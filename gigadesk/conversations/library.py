"""What is done with the library of chats as a whole: folders, pins, archive, into the trash and back."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence

from gigadesk.chat import ChatId, Folder, FolderColor, FolderId
from gigadesk.conversations import portions
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.portions import Portions, in_portions
from gigadesk.conversations.title_text import clean_title
from gigadesk.errors import StorageError
from gigadesk.facts import (
    ChatAdded,
    ChatChanged,
    ChatRemoved,
    ChatsChanged,
    ChatsRemoved,
    Event,
    FolderRemoved,
    FoldersChanged,
    SavingFailed,
    TrashChanged,
)
from gigadesk.limits import FOLDER_NAME_MAX_CHARS
from gigadesk.store import Store
from gigadesk.tasks import TaskScope

Place = tuple[ChatId, FolderId | None, bool]
"""A chat with its folder, and whether it is pinned."""


class Library:
    """Each command takes any number of chats and publishes when it is through with them.

    It is one transaction, over on return; with some thousands of chats it is several, and goes on beside everything
    else (see `Portions`). Commands that come meanwhile wait for it.

    What the disk refuses is published (`SavingFailed`) and changes nothing. A change of one chat is `ChatChanged`, of
    several one `ChatsChanged`. `stop_chats` ends all that goes on in chats, `resume_chats` takes up what can be.
    """

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        stop_chats: Callable[[Collection[ChatId]], None],
        resume_chats: Callable[[Collection[ChatId]], None],
        tasks: TaskScope,
        publish: Callable[[Event], None],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._portions = Portions(tasks)
        self._live = live
        self._stop_chats = stop_chats
        self._resume_chats = resume_chats
        self._publish = publish
        self._clock = clock

    def slots(self) -> list[Hashable]:
        return self._portions.slots()

    # Folders

    def folders(self) -> tuple[Folder, ...]:
        """All folders that are not in the trash; those of one parent in their order."""
        return self._store.folders.all()

    def may_hold(self, parent_id: FolderId | None, folder_id: FolderId | None = None) -> bool:
        """Whether a folder (None: a new one) may be put into `parent_id`: not into itself, and not too deep."""
        return self._store.folders.may_hold(parent_id, folder_id)

    def add_folder(self, name: str, parent_id: FolderId | None = None) -> FolderId | None:
        """Make a folder, the last one of its parent; None without a name, and where it may not be."""
        name = _folder_name(name)
        if not name or not self.may_hold(parent_id):
            return None
        try:
            folder_id = self._store.folders.add(name, parent_id, self._clock())
        except StorageError as exc:
            self._publish(SavingFailed(exc))
            return None
        self._publish(FoldersChanged())
        return folder_id

    def rename_folder(self, folder_id: FolderId, name: str) -> None:
        """An empty name is ignored."""
        if name := _folder_name(name):
            with reporting(self._publish):
                self._store.folders.rename(folder_id, name)
                self._publish(FoldersChanged())

    def set_folder_color(self, folder_id: FolderId, color: FolderColor) -> None:
        with reporting(self._publish):
            self._store.folders.set_color(folder_id, color)
            self._publish(FoldersChanged())

    def move_folder(self, folder_id: FolderId, parent_id: FolderId | None, index: int) -> None:
        """Put a folder into another one, or to the top (None), where it has `index` siblings before it.

        Nothing happens where it may not be; see `may_hold`.
        """
        if not self.may_hold(parent_id, folder_id):
            return
        with reporting(self._publish):
            self._store.folders.move(folder_id, parent_id, index)
            self._publish(FoldersChanged())

    def delete_folder(self, folder_id: FolderId) -> None:
        """Move a folder to the trash with its folders and the chats that are shown in them: `FolderRemoved`.

        Pinned chats and those of the archive stay where they are.
        """
        self._portions.run(self._delete_folder(folder_id))

    def restore_folder(self, folder_id: FolderId) -> None:
        """Bring a folder back with all that went with it; to the top when its parent is in the trash itself."""
        self._portions.run(self._restore_folder(folder_id))

    def finish(self) -> None:
        """Go on with the folders that a crash has left half deleted or half restored."""
        with reporting(self._publish):
            deleting, restoring = self._store.folders.unfinished()
            for folder_id in deleting:
                self.delete_folder(folder_id)
            for folder_id in restoring:
                self.restore_folder(folder_id)

    # Chats

    def note_places(self, chat_ids: Sequence[ChatId], then: Callable[[Sequence[Place]], None]) -> None:
        """Tell where these chats will stand when the commands before are done; those in the trash are left out."""
        self._portions.run(self._note_places(tuple(chat_ids), then))

    def move_chats(self, chat_ids: Sequence[ChatId], folder_id: FolderId | None) -> None:
        """Put chats into a folder, if it is still there; None takes them out of theirs."""
        places = self._store.places

        def move(portion: Sequence[ChatId]) -> Sequence[ChatId]:
            if folder_id is not None and not self._store.folders.is_there(folder_id):
                return ()  # deleted by a command that was given before
            places.move(portion, folder_id)
            return portion

        self._through(chat_ids, move, self._tell)

    def set_pinned(self, chat_ids: Sequence[ChatId], *, is_pinned: bool) -> None:
        places, now = self._store.places, self._clock()
        self._change(chat_ids, lambda portion: places.set_pinned(portion, now, is_pinned=is_pinned))

    def set_archived(self, chat_ids: Sequence[ChatId], *, is_archived: bool) -> None:
        places, now = self._store.places, self._clock()
        self._change(chat_ids, lambda portion: places.set_archived(portion, now, is_archived=is_archived))

    def mark_unread(self, chat_ids: Sequence[ChatId], *, is_unread: bool) -> None:
        places = self._store.places
        self._change(chat_ids, lambda portion: places.set_unread(portion, is_unread=is_unread))

    def delete_chats(self, chat_ids: Sequence[ChatId]) -> None:
        """Move chats to the trash; their replies, uploads and downloads are stopped: `ChatRemoved`, `ChatsRemoved`."""
        places, now = self._store.places, self._clock()
        self._through(chat_ids, lambda portion: places.delete(portion, now), self._tell_gone)

    def restore_chats(self, chat_ids: Sequence[ChatId]) -> None:
        """Bring chats back from the trash, to their old places in the list; one alone is `ChatAdded`.

        A chat whose folder is in the trash or gone is in no folder afterwards.
        """
        self._through(chat_ids, self._store.places.restore, self._tell_back)

    # Inside

    def _delete_folder(self, folder_id: FolderId) -> Iterator[None]:
        folders, now = self._store.folders, self._clock()
        name = next((each.name for each in self.folders() if each.id == folder_id), None)
        if name is None:
            return  # by a command that was given before
        gone: list[ChatId] = []
        is_over = False
        with reporting(self._publish):
            while portion := folders.delete_some(folder_id, portions.PORTION_CHATS, now):
                gone += portion
                yield
            gone += folders.delete(folder_id, now)
            is_over = True
            self._stop_chats(frozenset(gone))
            self._publish(FolderRemoved(folder_id, name, tuple(gone)))
            self._publish(FoldersChanged())
            self._publish(TrashChanged())
        if gone and not is_over:
            with reporting(self._publish):
                self._tell_gone(gone)

    def _restore_folder(self, folder_id: FolderId) -> Iterator[None]:
        folders = self._store.folders
        if not folders.is_in_trash(folder_id):
            return
        back: list[ChatId] = []
        with reporting(self._publish):
            while portion := folders.restore_some(folder_id, portions.PORTION_CHATS):
                back += portion
                yield
            if folders.is_in_trash(folder_id):  # else it was deleted for ever meanwhile
                back += folders.restore(folder_id)
            self._publish(FoldersChanged())
            # Not as a chat that is added: with its folder it was counted already.
            self._tell_back(back, is_counted=True)

    def _note_places(self, chat_ids: Sequence[ChatId], then: Callable[[Sequence[Place]], None]) -> Iterator[None]:
        found: list[Place] = []
        with reporting(self._publish):
            for number, portion in enumerate(in_portions(chat_ids)):
                if number:
                    yield
                found += self._store.places.of(portion)
            then(found)

    def _change(self, chat_ids: Sequence[ChatId], write: Callable[[Sequence[ChatId]], None]) -> None:
        def write_all(portion: Sequence[ChatId]) -> Sequence[ChatId]:
            write(portion)
            return portion

        self._through(chat_ids, write_all, self._tell)

    def _through(
        self,
        chat_ids: Sequence[ChatId],
        write: Callable[[Sequence[ChatId]], Sequence[ChatId]],
        tell: Callable[[Sequence[ChatId]], None],
    ) -> None:
        """`write` portion by portion, which gives the chats that have changed; then `tell` of all these, if any."""
        self._portions.run(self._steps(tuple(chat_ids), write, tell))

    def _steps(
        self,
        chat_ids: Sequence[ChatId],
        write: Callable[[Sequence[ChatId]], Sequence[ChatId]],
        tell: Callable[[Sequence[ChatId]], None],
    ) -> Iterator[None]:
        changed: list[ChatId] = []
        with reporting(self._publish):
            for number, portion in enumerate(in_portions(chat_ids)):
                if number:
                    yield
                changed += write(portion)
        if changed:
            with reporting(self._publish):
                tell(changed)

    def _tell_gone(self, chat_ids: Sequence[ChatId]) -> None:
        self._stop_chats(frozenset(chat_ids))
        if len(chat_ids) == 1:
            self._publish(ChatRemoved(chat_ids[0], self._store.chat(chat_ids[0]).title))
        else:
            self._publish(ChatsRemoved(tuple(chat_ids)))
        self._publish(TrashChanged())

    def _tell(self, chat_ids: Sequence[ChatId]) -> None:
        if len(chat_ids) == 1:
            self._publish(ChatChanged(self._live.chat(chat_ids[0])))
        elif chat_ids:
            self._publish(ChatsChanged(tuple(chat_ids)))

    def _tell_back(self, chat_ids: Sequence[ChatId], *, is_counted: bool = False) -> None:
        if len(chat_ids) == 1 and not is_counted:
            self._publish(ChatAdded(self._live.chat(chat_ids[0])))
        elif chat_ids:
            self._publish(ChatsChanged(tuple(chat_ids)))
        self._resume_chats(frozenset(chat_ids))
        self._publish(TrashChanged())


def _folder_name(name: str) -> str:
    return clean_title(name)[:FOLDER_NAME_MAX_CHARS].strip()
