"""Messages as the transcript wants them: with their versions, words about their end, and their place in the queue."""

from gigadesk.chat import ChatId, Message, MessageId, Status
from gigadesk.conversations import Conversations
from gigadesk.ui.notices import notice_for_message
from gigadesk.ui.transcript import MessageView


def message_view(conversations: Conversations, message: Message) -> MessageView:
    """One message, as it is to be shown now."""
    return _view(conversations, message, conversations.siblings(message.id))


def chat_views(conversations: Conversations, chat_id: ChatId) -> list[MessageView]:
    """The shown branch of a chat, root first."""
    forks = conversations.forks(chat_id)
    return [_view(conversations, each, forks.get(each.id, (each.id,))) for each in conversations.messages(chat_id)]


def _view(conversations: Conversations, message: Message, siblings: tuple[MessageId, ...]) -> MessageView:
    position = conversations.queue_position(message.id) if message.status is Status.QUEUED else 0
    return MessageView(message, siblings, notice_for_message(message), position)
