"""Messages as the transcript wants them: with their versions, files, words about their end, and place in the queue."""

from collections.abc import Mapping
from types import MappingProxyType

from gigadesk.chat import ChatId, Message, MessageId, Status
from gigadesk.conversations import Conversations
from gigadesk.ui.notices import notice_for_message
from gigadesk.ui.transcript import MessageView

_NONE: Mapping[MessageId, str] = MappingProxyType({})


def message_view(
    conversations: Conversations, message: Message, tool_notes: Mapping[MessageId, str] = _NONE
) -> MessageView:
    """One message, as it is to be shown now; `tool_notes` say what is being done for which."""
    return _view(conversations, message, conversations.siblings(message.id), tool_notes)


def chat_views(
    conversations: Conversations, chat_id: ChatId, tool_notes: Mapping[MessageId, str] = _NONE
) -> list[MessageView]:
    """The shown branch of a chat, root first."""
    forks = conversations.forks(chat_id)
    messages = conversations.messages(chat_id)
    return [_view(conversations, each, forks.get(each.id, (each.id,)), tool_notes) for each in messages]


def _view(
    conversations: Conversations,
    message: Message,
    siblings: tuple[MessageId, ...],
    tool_notes: Mapping[MessageId, str],
) -> MessageView:
    position = conversations.queue_position(message.id) if message.status is Status.QUEUED else 0
    paths = {file.id: path for file in message.files if (path := conversations.file_path(file))}
    note = tool_notes.get(message.id, "")
    return MessageView(message, siblings, notice_for_message(message), position, paths, note)
