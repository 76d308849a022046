"""The chats near the sight, and those that were in the news: the only ones that the list holds."""

from collections.abc import Callable
from itertools import islice

from gigadesk.chat import Chat, ChatId, Section
from gigadesk.ui.sidebar.chat_source import ChatSource

PAGE_CHATS = 64
PAGES = 16
"""A thousand chats: some screens around the sight, and what was just scrolled over."""
NEWS = 1024


class ChatPages:
    """Reads pages when they are asked for and forgets the oldest."""

    def __init__(self, source: ChatSource, on_short: Callable[[], None]) -> None:
        self._source = source
        self._on_short = on_short
        self._pages: dict[tuple[Section, int], list[Chat]] = {}
        self._places: dict[ChatId, tuple[Section, int]] = {}
        self._news: dict[ChatId, Chat] = {}

    def use_source(self, source: ChatSource) -> None:
        """Read from here from now on."""
        self._source = source
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._pages.clear()
        self._places.clear()
        self._news.clear()

    def forget(self, section: Section) -> None:
        """The chats of a section have moved; which they are is still known."""
        for key in [key for key in self._pages if key[0] == section]:
            for chat in self._pages[key]:
                self._news.setdefault(chat.id, chat)
            self._drop(key)

    def chat(self, section: Section, offset: int) -> Chat | None:
        """One chat of a section; None when the store has fewer than was thought, which is told."""
        key = section, offset // PAGE_CHATS
        page = self._pages.pop(key, None)
        if page is None:
            page = list(self._source.page(section, key[1] * PAGE_CHATS, PAGE_CHATS))
            self._places.update((chat.id, key) for chat in page)
        self._pages[key] = page  # the last one that was used stands at the end
        for old in list(islice(self._pages, max(len(self._pages) - PAGES, 0))):
            self._drop(old)
        index = offset % PAGE_CHATS
        if index < len(page):
            return page[index]
        self._on_short()
        return None

    def ids(self, section: Section, offset: int, count: int) -> list[ChatId]:
        """Which chats these are: as the list knows them, where it does. The store may be further already."""
        found: list[ChatId] = []
        end = offset + count
        for number in sorted(number for each, number in self._pages if each == section):
            first = max(number * PAGE_CHATS, offset)
            last = min((number + 1) * PAGE_CHATS, end)
            if first < last:
                found += self._source.ids(section, offset, first - offset) if first > offset else []
                page = self._pages[section, number]
                found += [chat.id for chat in page[first - number * PAGE_CHATS : last - number * PAGE_CHATS]]
                offset = last
        return [*found, *(self._source.ids(section, offset, end - offset) if offset < end else ())]

    def held(self, section: Section, offset: int) -> ChatId | None:
        """Which chat this is, if its page is in memory: the store, which may be further already, is not asked."""
        page = self._pages.get((section, offset // PAGE_CHATS), [])
        index = offset % PAGE_CHATS
        return page[index].id if index < len(page) else None

    def known(self, chat_id: ChatId) -> Chat | None:
        """A chat as the list knows it; None when it is far from the sight and was not in the news."""
        news = self._news.get(chat_id)
        if news is not None:
            return news
        key = self._places.get(chat_id)
        page = self._pages.get(key, []) if key is not None else []
        return next((chat for chat in page if chat.id == chat_id), None)

    def put(self, chat: Chat) -> None:
        """A chat is as it is now; where it stood is not changed."""
        self._news.pop(chat.id, None)
        self._news[chat.id] = chat
        for old in list(islice(self._news, max(len(self._news) - NEWS, 0))):
            del self._news[old]
        key = self._places.get(chat.id)
        page = self._pages.get(key) if key is not None else None
        for index, each in enumerate(page or ()):
            if page is not None and each.id == chat.id:
                page[index] = chat

    def remove(self, chat_id: ChatId) -> None:
        """A chat has left the list."""
        self._news.pop(chat_id, None)
        key = self._places.get(chat_id)
        if key is not None:
            self._drop(key)

    def _drop(self, key: tuple[Section, int]) -> None:
        for chat in self._pages.pop(key, ()):
            if self._places.get(chat.id) == key:
                del self._places[chat.id]
