"""What is done with whole chats: begin, name, choose for, throw away, bring back."""

import uuid
from collections.abc import Callable, Sequence

from gigadesk.chat import ChatId, Effort, Tool
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.title_text import clean_title
from gigadesk.errors import StorageError
from gigadesk.facts import ChatAdded, ChatChanged, ChatRemoved, Event, SavingFailed
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

    def new(self) -> ChatId:
        blank = self._store.blank_chat()
        if blank is not None:
            with reporting(self._publish):
                self._store.touch(blank, self._clock())
            self._tell(blank)
            return blank
        chat_id = self._store.add_chat(str(uuid.uuid4()), self._clock())
        self._publish(ChatAdded(self._live.chat(chat_id)))
        return chat_id

    def rename(self, chat_id: ChatId, title: str) -> None:
        self._name(chat_id, clean_title(title), TitleOrigin.USER)

    def name(self, chat_id: ChatId, title: str) -> None:
        """Take the title that a model proposed."""
        self._name(chat_id, title, TitleOrigin.MODEL)

    def delete(self, chat_id: ChatId) -> bool:
        """Move a chat to the trash; False when the disk refuses."""
        title = self._store.chat(chat_id).title
        try:
            self._store.delete(chat_id, self._clock())
        except StorageError as exc:
            self._publish(SavingFailed(exc))
            return False
        self._publish(ChatRemoved(chat_id, title))
        return True

    def restore(self, chat_id: ChatId) -> None:
        with reporting(self._publish):
            self._store.restore(chat_id)
            self._publish(ChatAdded(self._live.chat(chat_id)))

    def set_model(self, chat_id: ChatId, model: str) -> None:
        with reporting(self._publish):
            self._store.set_model(chat_id, model)
            self._tell(chat_id)

    def set_account(self, chat_id: ChatId, account: str) -> None:
        with reporting(self._publish):
            self._store.set_account(chat_id, account)
            self._tell(chat_id)

    def set_tools(self, chat_id: ChatId, tools: Sequence[Tool]) -> None:
        with reporting(self._publish):
            self._store.set_tools(chat_id, tools)
            self._tell(chat_id)

    def set_effort(self, chat_id: ChatId, effort: Effort | None) -> None:
        with reporting(self._publish):
            self._store.set_effort(chat_id, effort)
            self._tell(chat_id)

    def mark_read(self, chat_id: ChatId) -> None:
        with reporting(self._publish):
            if self._store.chat(chat_id).is_unread:
                self._store.set_unread(chat_id, is_unread=False)
                self._tell(chat_id)

    def _name(self, chat_id: ChatId, title: str, origin: TitleOrigin) -> None:
        if not title:
            return
        with reporting(self._publish):
            self._store.set_title(chat_id, title, origin)
            self._tell(chat_id)

    def _tell(self, chat_id: ChatId) -> None:
        self._publish(ChatChanged(self._live.chat(chat_id)))
