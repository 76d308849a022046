"""Between rows and values. Column lists and the functions that read them stand side by side."""

from gigadesk.chat import Chat, ChatId, Message, MessageId, Role, Status, Usage
from gigadesk.store.database import Row, Value
from gigadesk.store.stored_errors import dump_error, load_error

CHAT_COLUMNS = "id, title, created_at, updated_at, session_id, leaf_id, model, is_unread"
MESSAGE_COLUMNS = (
    "id, chat_id, parent_id, role, text, status, created_at, model, finish_reason, "
    "prompt_tokens, completion_tokens, total_tokens, cached_tokens, error_code, error_data"
)


def chat_from(row: Row) -> Chat:
    (chat_id, title, created_at, updated_at, session_id, leaf_id, model, is_unread) = row
    return Chat(
        id=ChatId(chat_id),
        title=title,
        created_at=created_at,
        updated_at=updated_at,
        session_id=session_id,
        leaf_id=leaf_id,
        model=model,
        is_unread=bool(is_unread),
    )


def message_from(row: Row) -> Message:
    (message_id, chat_id, parent_id, role, text, status, created_at, model, finish_reason, *rest) = row
    (prompt, completion, total, cached, error_code, error_data) = rest
    return Message(
        id=MessageId(message_id),
        chat_id=ChatId(chat_id),
        parent_id=parent_id,
        role=Role(role),
        text=text,
        status=Status(status),
        created_at=created_at,
        model=model,
        finish_reason=finish_reason,
        usage=None if prompt is None else Usage(prompt, completion, total, cached),
        error=None if error_code is None else load_error(error_code, error_data),
    )


def usage_values(usage: Usage | None) -> tuple[Value, ...]:
    """The four token columns."""
    if usage is None:
        return (None, None, None, None)
    return (usage.prompt, usage.completion, usage.total, usage.cached)


def error_values(message: Message) -> tuple[Value, ...]:
    """The two error columns."""
    return (None, None) if message.error is None else dump_error(message.error)
