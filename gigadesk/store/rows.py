"""Between rows and values. Column lists and the functions that read them stand side by side."""

from gigadesk.chat import Chat, ChatId, Message, Role, Status, Usage
from gigadesk.store.database import Row, Value
from gigadesk.store.stored_errors import dump_error, load_error

CHAT_COLUMNS = "id, title, created_at, updated_at, session_id, leaf_id, model, is_unread"
MESSAGE_COLUMNS = (
    "id, chat_id, parent_id, role, text, status, created_at, model, finish_reason, "
    "prompt_tokens, completion_tokens, total_tokens, cached_tokens, error_code, error_data"
)
_ROLES = {role.value: role for role in Role}
_STATUSES = {status.value: status for status in Status}


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
    # Positions and dictionaries instead of names and calls: half the time of opening a chat of 10,000 messages.
    (prompt, completion, total, cached, error_code, error_data) = row[9:]
    return Message(
        row[0],
        row[1],
        row[2],
        _ROLES[row[3]],
        row[4],
        _STATUSES[row[5]],
        row[6],
        row[7],
        row[8],
        None if prompt is None else Usage(prompt, completion, total, cached),
        None if error_code is None else load_error(error_code, error_data),
    )


def usage_values(usage: Usage | None) -> tuple[Value, ...]:
    """The four token columns."""
    if usage is None:
        return (None, None, None, None)
    return (usage.prompt, usage.completion, usage.total, usage.cached)


def error_values(message: Message) -> tuple[Value, ...]:
    """The two error columns."""
    return (None, None) if message.error is None else dump_error(message.error)
