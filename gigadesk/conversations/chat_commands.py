"""What is done with whole chats: begin, name, mark as read."""

import uuid
from collections.abc import Callable

from gigadesk.chat import Chat, ChatId
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.title_text import clean_title
from gigadesk.facts import ChatAdded, ChatChanged, Event
from gigadesk.store import Store, TitleOrigin


class ChatCommands:
    """Each command saves, then publishes; what the disk refuses is published and changes nothing."""

    def __init__(
        self, store: Store, live: LiveChats, publish: Callable[[Event], None], clock: Callable[[], float]
    ) -> None:
        self._store = store
        self._live = live
        self._publish = publish
        self._clock = clock

    def new(self, shown: ChatId | None) -> ChatId:
        """`shown` is the chat that the user comes from: its tools and effort go along."""
        former = self._former(shown)
        blank = self._store.blank_chat()
        if blank is not None:
            with reporting(self._publish):
                self._store.touch(blank, self._clock())
                self._take_over(former, blank)
            self._tell(blank)
            return blank
        chat_id = self._store.add_chat(str(uuid.uuid4()), self._clock())
        with reporting(self._publish):
            self._take_over(former, chat_id)
        self._publish(ChatAdded(self._live.chat(chat_id)))
        return chat_id

    def rename(self, chat_id: ChatId, title: str) -> None:
        self._name(chat_id, clean_title(title), TitleOrigin.USER)

    def name(self, chat_id: ChatId, title: str) -> None:
        """Take the title that a model proposed."""
        self._name(chat_id, title, TitleOrigin.MODEL)

    def mark_read(self, chat_id: ChatId) -> None:
        with reporting(self._publish):
            if self._store.chat(chat_id).is_unread:
                self._store.set_unread(chat_id, is_unread=False)
                self._tell(chat_id)

    def _former(self, shown: ChatId | None) -> Chat | None:
        """The chat that a new one follows: the shown one, else (at the start, after a deletion) the newest."""
        if shown is not None and not self._store.is_deleted(shown):
            return self._store.chat(shown)
        return self._store.listing.newest()

    def _take_over(self, former: Chat | None, chat_id: ChatId) -> None:
        """Begin with the tools and the effort of the chat before.

        They have no default in the settings, so they would have to be chosen in each chat anew. Model and account have
        one, which says "for new chats", and it is obeyed.
        """
        if former is None or former.id == chat_id:
            return
        chat = self._store.chat(chat_id)
        if chat.tools != former.tools:
            self._store.set_tools(chat_id, former.tools)
        if chat.effort is not former.effort:
            self._store.set_effort(chat_id, former.effort)

    def _name(self, chat_id: ChatId, title: str, origin: TitleOrigin) -> None:
        if not title:
            return
        with reporting(self._publish):
            self._store.set_title(chat_id, title, origin)
            self._tell(chat_id)

    def _tell(self, chat_id: ChatId) -> None:
        self._publish(ChatChanged(self._live.chat(chat_id)))
