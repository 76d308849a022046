"""Messages as the transcript wants them: with their versions, files, words about their end, and place in the queue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from gigadesk.chat import ChatId, Message, MessageId, RawWords, Status, Waiting
from gigadesk.conversations import Conversations
from gigadesk.ui.notices import notice_for_message
from gigadesk.ui.transcript import MessageView

_NONE: Mapping[MessageId, str] = MappingProxyType({})

_LIVE = frozenset({Status.QUEUED, Status.STREAMING})
"""While it is so, a message is another one a moment later."""

READ_AT_ONCE = 8
"""Messages that are read together: more than a page of the window has, if they are not very short."""


def message_view(
    conversations: Conversations,
    message: Message,
    tool_notes: Mapping[MessageId, str] = _NONE,
    *,
    is_plain: bool = False,
) -> MessageView:
    """One message, as it is to be shown now; `tool_notes` say what is being done for which."""
    waiting = waiting_of_chat(conversations, message.chat_id)
    view = _view(conversations, message, conversations.siblings(message.id), tool_notes, waiting)
    return replace(view, is_plain=True) if is_plain else view


def waiting_of_chat(conversations: Conversations, chat_id: ChatId) -> dict[MessageId, Waiting]:
    """Questions of the shown branch that were not asked yet, and their replies."""
    line = conversations.waiting.of_chat(chat_id)
    return {message_id: each for each in line for message_id in (each.question_id, each.reply_id)}


class ChatViews:
    """The shown branch of a chat, root first. A message is read when the transcript comes near it."""

    is_renewable = True

    def __init__(
        self,
        conversations: Conversations,
        chat_id: ChatId,
        tool_notes: Mapping[MessageId, str] = _NONE,
        *,
        is_plain: bool = False,
    ) -> None:
        self._is_plain = is_plain
        self._conversations = conversations
        self._chat_id = chat_id
        self._outline = conversations.outline(chat_id)
        self._tool_notes = tool_notes
        self._read: dict[int, MessageView] = {}
        """Read with others and not asked for yet."""

    def __len__(self) -> int:
        return len(self._outline.ids)

    @property
    def has_versions(self) -> bool:
        """Whether the chat has several versions of something."""
        return bool(self._outline.versions)

    def view(self, index: int) -> MessageView:
        if index not in self._read or self._read[index].message.status in _LIVE:
            self._read_around(index)
        view = self._read.pop(index)
        return replace(view, is_plain=True) if self._is_plain else view

    def index_of(self, message_id: MessageId) -> int | None:
        return self._outline.index_of(message_id)

    def lengths(self, first: int, count: int) -> Sequence[int]:
        return self._conversations.lengths(self._outline.ids[first : first + count])

    def words(self, first: int, count: int) -> RawWords:
        return self._conversations.words(self._outline.ids[first : first + count])

    def forget(self) -> None:
        """What was read and not asked for is out of date: words are said in another language."""
        self._read.clear()

    def _read_around(self, index: int) -> None:
        ids, versions = self._outline.ids, self._outline.versions
        first = max(0, index - READ_AT_ONCE // 2)
        messages = self._conversations.some_messages(ids[first : first + READ_AT_ONCE])
        waiting = waiting_of_chat(self._conversations, self._chat_id)
        # Only these: what was read long ago may have changed since.
        self._read = {
            place: _view(self._conversations, each, versions.get(each.id, (each.id,)), self._tool_notes, waiting)
            for each in messages  # not all of them, if one was deleted for ever meanwhile
            if (place := self._outline.index_of(each.id)) is not None
        }


def _view(
    conversations: Conversations,
    message: Message,
    siblings: tuple[MessageId, ...],
    tool_notes: Mapping[MessageId, str],
    waiting: Mapping[MessageId, Waiting],
) -> MessageView:
    position = conversations.waiting.position(message.id) if message.status is Status.QUEUED else 0
    paths = {file.id: path for file in message.files if (path := conversations.files.path(file))}
    note = tool_notes.get(message.id, "")
    place = waiting.get(message.id)
    notice = notice_for_message(message) if place is None else None
    return MessageView(message, siblings, notice, position, paths, note, place)
