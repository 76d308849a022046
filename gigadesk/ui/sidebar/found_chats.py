"""The chats whose titles hold some words, as a source of the list: looked for in portions, the newest first."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from gigadesk.chat import Chat, ChatId, FolderId, Section, TitleLine
from gigadesk.ui.sidebar.chat_source import ChatSource

PORTION = 1000
"""Titles that are looked at in one step: about 5 ms."""
RENEWED_CHATS = 5000
"""When more have changed, all is looked for once more: these are read in 30 ms."""


class FoundChats:
    """Ids and times of what was found; 16 bytes for each. One section of days has them all."""

    def __init__(self, source: ChatSource, text: str, *, is_archived: bool, nameless: str) -> None:
        """`nameless` is what a chat without a title is called."""
        self._source = source
        self._words = folded(text).split()
        self._is_archived = is_archived
        self._nameless = nameless
        self._ages = array("d")
        """Times, negated: they ascend."""
        self._ids = array("q")
        self._last: TitleLine | None = None
        self.is_complete = False

    def go_on(self) -> None:
        """Look at the next titles."""
        lines = self._source.titles(self._last, PORTION, is_archived=self._is_archived)
        for line in lines:
            if self._fits(line.title):
                self._ages.append(-line.updated_at)
                self._ids.append(line.id)
        self.is_complete = len(lines) < PORTION
        self._last = lines[-1] if lines else self._last

    def put(self, chat: Chat) -> None:
        """A chat is new or changed; one that was not come to yet will be."""
        self.remove(chat.id)
        self._add(chat)

    def renew(self, chat_ids: Collection[ChatId]) -> None:
        """Many chats have changed, gone or come back."""
        if len(chat_ids) > RENEWED_CHATS:
            self._ages, self._ids = array("d"), array("q")
            self._last = None
            self.go_on()
            return
        changed = frozenset(chat_ids)
        left = [place for place, each in enumerate(self._ids) if each not in changed]
        self._ages = array("d", (self._ages[place] for place in left))
        self._ids = array("q", (self._ids[place] for place in left))
        for chat in self._source.some(list(changed)):
            self._add(chat)

    def remove(self, chat_id: ChatId) -> None:
        """A chat is gone."""
        if chat_id in self._ids:
            place = self._ids.index(chat_id)
            del self._ids[place], self._ages[place]

    def has(self, chat_id: ChatId) -> bool:
        """Whether a chat was found."""
        return chat_id in self._ids

    # As a source

    def page(self, section: Section, offset: int, count: int) -> Sequence[Chat]:
        return self._source.some(self.ids(section, offset, count))

    def ids(self, section: Section, offset: int, count: int) -> Sequence[ChatId]:
        first, last = self._span(section)
        return [ChatId(each) for each in self._ids[first + offset : min(first + offset + count, last)]]

    def some(self, chat_ids: Sequence[ChatId]) -> Sequence[Chat]:
        return self._source.some([chat_id for chat_id in chat_ids if chat_id in self._ids])

    def count(self, section: Section) -> int:
        first, last = self._span(section)
        return max(last - first, 0)

    def folder_counts(self) -> dict[FolderId, int]:
        return {}

    def newest_time(self, section: Section) -> float | None:
        first, last = self._span(section)
        return -self._ages[first] if first < last else None

    def rank(self, section: Section, updated_at: float, chat_id: ChatId) -> int:
        first, last = self._span(section)
        return min(max(self._place(updated_at, chat_id), first), last) - first

    def titles(self, after: TitleLine | None, count: int, *, is_archived: bool) -> Sequence[TitleLine]:
        return self._source.titles(after, count, is_archived=is_archived)

    def _add(self, chat: Chat) -> None:
        is_past = self._last is None or (chat.updated_at, chat.id) < (self._last.updated_at, self._last.id)
        if (
            chat.is_archived != self._is_archived
            or not self._fits(chat.title or chat.draft_start)
            or (is_past and not self.is_complete)
        ):
            return
        place = self._place(chat.updated_at, chat.id)
        self._ages.insert(place, -chat.updated_at)
        self._ids.insert(place, chat.id)

    def _fits(self, title: str) -> bool:
        text = folded(" ".join(title.split()) or self._nameless)
        return all(word in text for word in self._words)

    def _span(self, section: Section) -> tuple[int, int]:
        # Newer than `before` is left out, `since` itself is not.
        return bisect_right(self._ages, -section.before), bisect_right(self._ages, -section.since)

    def _place(self, updated_at: float, chat_id: ChatId) -> int:
        """Where a chat stands, or would."""
        place = bisect_left(self._ages, -updated_at)
        while place < len(self._ids) and self._ages[place] == -updated_at and self._ids[place] > chat_id:
            place += 1
        return place


def folded(text: str) -> str:
    """For comparing: no case, and `ё` is `е`, as in Russian search everywhere."""
    return text.casefold().replace("ё", "е")
