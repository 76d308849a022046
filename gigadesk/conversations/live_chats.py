"""Chats and messages as they are now: what is stored, the replies that are being written, what waits for the disk."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from gigadesk.chat import Chat, ChatFile, ChatId, FileId, Message, MessageId, Outline, Status
from gigadesk.conversations.saver import Saver
from gigadesk.errors import StorageError
from gigadesk.facts import Event, SavingFailed
from gigadesk.store import Store, TitleOrigin

if TYPE_CHECKING:
    from gigadesk.conversations.reply import Reply

READ_AT_ONCE = 200
"""Messages: some 5 ms."""
"""Messages of a branch that are read in one step, from its end."""


@contextmanager
def reporting(publish: Callable[[Event], None]) -> Iterator[None]:
    """Publish that the disk refused what is done inside, instead of raising it."""
    try:
        yield
    except StorageError as exc:
        publish(SavingFailed(exc))


class LiveChats:
    """Reads; and holds the replies that wait or are being written."""

    def __init__(self, store: Store, saver: Saver) -> None:
        self._store = store
        self._saver = saver
        self._replies: dict[MessageId, Reply] = {}

    def chats(self) -> tuple[Chat, ...]:
        """All chats but the trash, the newest first."""
        return tuple(self.as_they_are_now(self._store.chats()))

    def chat(self, chat_id: ChatId) -> Chat:
        [chat] = self.as_they_are_now([self._store.chat(chat_id)])
        return chat

    def as_they_are_now(self, stored: Sequence[Chat]) -> Sequence[Chat]:
        """With the state of their replies: one that is being written makes a chat stream, else those that wait."""
        waits: dict[ChatId, bool] = {}
        for reply in self._replies.values():
            is_waiting = reply.message.status is Status.QUEUED
            waits[reply.chat_id] = waits.get(reply.chat_id, True) and is_waiting
        return [
            replace(chat, is_streaming=True, is_queued=waits[chat.id]) if chat.id in waits else chat for chat in stored
        ]

    def messages(self, chat_id: ChatId) -> tuple[Message, ...]:
        """The shown branch from its root to its leaf."""
        return self.branch(self._store.chat(chat_id).leaf_id)

    def branch(self, leaf_id: MessageId | None) -> tuple[Message, ...]:
        return tuple(map(self._as_it_is_now, self._store.branch(leaf_id)))

    def end_of_branch(self, leaf_id: MessageId | None, chars: int) -> list[Message]:
        """The last messages of a branch: the whole branch, or at least so many characters of it."""
        portions = list(self.portions_of_branch(leaf_id, chars))
        return [message for portion in reversed(portions) for message in portion]

    def portions_of_branch(self, leaf_id: MessageId | None, chars: int) -> Iterator[list[Message]]:
        """The same, a portion at a time, the last one first."""
        while leaf_id is not None and chars > 0:
            portion = list(map(self._as_it_is_now, self._store.branch(leaf_id, READ_AT_ONCE)))
            if not portion:
                return  # deleted for ever meanwhile
            yield portion
            chars -= sum(len(message.text) for message in portion)
            leaf_id = portion[0].parent_id

    def outline(self, chat_id: ChatId) -> Outline:
        """The shown branch without its messages."""
        return self._store.outline(chat_id, self._store.chat(chat_id).leaf_id)

    def some_messages(self, message_ids: Sequence[MessageId]) -> tuple[Message, ...]:
        """These messages; their ids ascend."""
        return tuple(map(self._as_it_is_now, self._store.some_messages(message_ids)))

    def message(self, message_id: MessageId) -> Message:
        return self._as_it_is_now(self._store.message(message_id))

    def messages_to_name(self, chat_id: ChatId) -> tuple[Message, ...]:
        """The beginning of a chat that nobody has named properly yet."""
        try:
            if self._store.title_origin(chat_id) is not TitleOrigin.FIRST_WORDS:
                return ()
        except LookupError:
            return ()  # deleted for ever
        return self.some_messages(self.outline(chat_id).ids[:2])

    def draft_files(self, chat_id: ChatId) -> tuple[ChatFile, ...]:
        return tuple(map(self._saver.latest, self._store.draft_files(chat_id)))

    def file(self, file_id: FileId) -> ChatFile | None:
        """A file, or None when it was removed."""
        try:
            return self._saver.latest(self._store.file(file_id))
        except LookupError:
            return None

    def draft(self, chat_id: ChatId) -> str:
        unsaved = self._saver.unsaved_draft(chat_id)
        return self._store.draft(chat_id) if unsaved is None else unsaved

    # Replies

    def add(self, reply: "Reply") -> None:
        self._replies[reply.id] = reply

    def remove(self, message_id: MessageId) -> None:
        del self._replies[message_id]

    def reply(self, message_id: MessageId) -> "Reply | None":
        return self._replies.get(message_id)

    def replies(self) -> "list[Reply]":
        return list(self._replies.values())

    def replies_of(self, chat_id: ChatId) -> "list[Reply]":
        return [reply for reply in self._replies.values() if reply.chat_id == chat_id]

    def _as_it_is_now(self, stored: Message) -> Message:
        reply = self._replies.get(stored.id)
        message = reply.message if reply is not None else self._saver.unsaved(stored.id) or stored
        if not stored.files:
            return message
        return replace(message, files=tuple(map(self._saver.latest, stored.files)))
