"""The list of chats as it is now: pages of what is stored, with the state of the replies that are being written."""

from collections.abc import Sequence

from gigadesk.chat import Chat, ChatId, FolderId, Section, TitleLine
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.store import Store


class ChatListing:
    """Reads the list in portions, so that it may be of any length. A call takes a few milliseconds."""

    def __init__(self, store: Store, live: LiveChats) -> None:
        self._stored = store.listing
        self._live = live

    def page(self, section: Section, offset: int, count: int) -> Sequence[Chat]:
        """Up to `count` chats of a section, from the one that has `offset` before it."""
        return self._live.as_they_are_now(self._stored.page(section, offset, count))

    def ids(self, section: Section, offset: int, count: int) -> list[ChatId]:
        """The same, without reading the chats."""
        return self._stored.ids(section, offset, count)

    def some(self, chat_ids: Sequence[ChatId]) -> Sequence[Chat]:
        """These chats, in this order; those in the trash are left out."""
        return self._live.as_they_are_now(self._stored.some(chat_ids))

    def count(self, section: Section) -> int:
        """How many chats a section has."""
        return self._stored.count(section)

    def folder_counts(self) -> dict[FolderId, int]:
        """How many chats each folder has, without those of the folders in it; folders without any are left out."""
        return self._stored.folder_counts()

    def newest_time(self, section: Section) -> float | None:
        """When the newest chat of a section had its last message; None when the section is empty."""
        return self._stored.newest_time(section)

    def rank(self, section: Section, updated_at: float, chat_id: ChatId) -> int:
        """How many chats of the section stand before one with this time and id, which need not be there."""
        return self._stored.rank(section, updated_at, chat_id)

    def titles(self, after: TitleLine | None, count: int, *, is_archived: bool) -> list[TitleLine]:
        """The next `count` titles after this one (None: the first), the newest first; of the archive, or all others."""
        return self._stored.titles(after, count, is_archived=is_archived)

    def newest(self) -> Chat | None:
        """The newest chat that is neither in the archive nor in the trash."""
        return self._stored.newest()

    def has_any(self) -> bool:
        """Whether there is a chat outside the trash."""
        return self._stored.has_any()
