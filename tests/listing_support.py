"""Chats in memory as the list of the window reads them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gigadesk.chat import Chat, ChatId, FolderId, Section, SectionKind, TitleLine


class ListedChats:
    """Answers from a sorted list of all chats what the store answers from its indexes."""

    def __init__(self, chats: Iterable[Chat] = ()) -> None:
        self.chats = {chat.id: chat for chat in chats}
        self.pages_read = 0

    def page(self, section: Section, offset: int, count: int) -> Sequence[Chat]:
        self.pages_read += 1
        return self._section(section)[offset : offset + count]

    def ids(self, section: Section, offset: int, count: int) -> Sequence[ChatId]:
        return [chat.id for chat in self._section(section)[offset : offset + count]]

    def some(self, chat_ids: Sequence[ChatId]) -> Sequence[Chat]:
        return [self.chats[each] for each in chat_ids if each in self.chats]

    def count(self, section: Section) -> int:
        return len(self._section(section))

    def folder_counts(self) -> dict[FolderId, int]:
        return Counter(
            chat.folder_id
            for chat in self.chats.values()
            if chat.folder_id is not None and not chat.is_pinned and not chat.is_archived
        )

    def newest_time(self, section: Section) -> float | None:
        return next((chat.updated_at for chat in self._section(section)), None)

    def rank(self, section: Section, updated_at: float, chat_id: ChatId) -> int:
        return sum((chat.updated_at, chat.id) > (updated_at, chat_id) for chat in self._section(section))

    def titles(self, after: TitleLine | None, count: int, *, is_archived: bool) -> Sequence[TitleLine]:
        chats = [chat for chat in self._sorted() if chat.is_archived == is_archived]
        if after is not None:
            chats = [chat for chat in chats if (chat.updated_at, chat.id) < (after.updated_at, after.id)]
        return [TitleLine(chat.id, chat.updated_at, chat.title or chat.draft_start) for chat in chats[:count]]

    def _section(self, section: Section) -> list[Chat]:
        return [
            chat
            for chat in self._sorted()
            if _kind(chat) is section.kind
            and (section.folder_id is None or chat.folder_id == section.folder_id)
            and section.since <= chat.updated_at < section.before
        ]

    def _sorted(self) -> list[Chat]:
        return sorted(self.chats.values(), key=lambda chat: (-chat.updated_at, -chat.id))


def _kind(chat: Chat) -> SectionKind:
    if chat.is_archived:
        return SectionKind.ARCHIVED
    if chat.is_pinned:
        return SectionKind.PINNED
    return SectionKind.LISTED if chat.folder_id is None else SectionKind.FOLDER
