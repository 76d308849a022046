"""What the list of chats is read from, in portions."""

from collections.abc import Sequence
from typing import Protocol

from gigadesk.chat import Chat, ChatId, FolderId, Section, TitleLine


class ChatSource(Protocol):
    """The chats as they are now. A call takes a few milliseconds, however many there are."""

    def page(self, section: Section, offset: int, count: int) -> Sequence[Chat]:
        """Up to `count` chats of a section, from the one that has `offset` before it."""

    def ids(self, section: Section, offset: int, count: int) -> Sequence[ChatId]:
        """The same, without reading the chats."""

    def some(self, chat_ids: Sequence[ChatId]) -> Sequence[Chat]:
        """These chats, in this order; those in the trash are left out."""

    def count(self, section: Section) -> int:
        """How many chats a section has."""

    def folder_counts(self) -> dict[FolderId, int]:
        """How many chats each folder has, without those of the folders in it."""

    def newest_time(self, section: Section) -> float | None:
        """When the newest chat of a section had its last message; None when the section is empty."""

    def rank(self, section: Section, updated_at: float, chat_id: ChatId) -> int:
        """How many chats of the section stand before one with this time and id, which need not be there."""

    def titles(self, after: TitleLine | None, count: int, *, is_archived: bool) -> Sequence[TitleLine]:
        """The next titles after this one (None: the first), the newest first; of the archive, or all others."""


class NoChats:
    """The source of a list that has none yet."""

    def page(self, section: Section, offset: int, count: int) -> Sequence[Chat]:  # noqa: ARG002
        return ()

    def ids(self, section: Section, offset: int, count: int) -> Sequence[ChatId]:  # noqa: ARG002
        return ()

    def some(self, chat_ids: Sequence[ChatId]) -> Sequence[Chat]:  # noqa: ARG002
        return ()

    def count(self, section: Section) -> int:  # noqa: ARG002
        return 0

    def folder_counts(self) -> dict[FolderId, int]:
        return {}

    def newest_time(self, section: Section) -> float | None:  # noqa: ARG002
        return None

    def rank(self, section: Section, updated_at: float, chat_id: ChatId) -> int:  # noqa: ARG002
        return 0

    def titles(self, after: TitleLine | None, count: int, *, is_archived: bool) -> Sequence[TitleLine]:  # noqa: ARG002
        return ()
