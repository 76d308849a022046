"""Between rows and values. Column lists and the functions that read them stand side by side."""

from collections.abc import Iterable

from gigadesk.chat import (
    Chat,
    ChatFile,
    ChatId,
    Effort,
    FileId,
    FileKind,
    FileState,
    FolderId,
    Message,
    MessageId,
    Role,
    Source,
    Status,
    Tool,
    Usage,
)
from gigadesk.errors import GigadeskError
from gigadesk.store.database import Row, Value
from gigadesk.store.salvaged_rows import TIME_MAX
from gigadesk.store.stored_errors import dump_error, load_error

# More than a row of the list has room for, also when there are empty lines before the words.
DRAFT_START = "CASE WHEN title = '' THEN (SELECT substr(text, 1, 200) FROM drafts WHERE chat_id = chats.id) END"
CHAT_COLUMNS = (  # as `chat_from`
    "id, title, created_at, updated_at, session_id, leaf_id, model, is_unread, account, tools, "  # noqa: S608
    "effort, folder_id, pinned_at, archived_at, EXISTS (SELECT 1 FROM drafts WHERE chat_id = chats.id) OR EXISTS"
    " (SELECT 1 FROM files WHERE files.chat_id = chats.id AND message_id IS NULL AND is_of_edit = 0), "
    f"(SELECT status FROM messages WHERE messages.id = chats.leaf_id), deleted_at NOT NULL, {DRAFT_START}"
)
MESSAGE_COLUMNS = (
    "id, chat_id, parent_id, role, text, status, created_at, model, finish_reason, reasoning, reasoning_s, seconds, "
    "sources, state_id, account, prompt_tokens, completion_tokens, total_tokens, cached_tokens, error_code, error_data"
)
FILE_COLUMNS = (
    "id, chat_id, message_id, name, kind, mime, size_bytes, digest, state, is_generated, remote_id, remote_account, "
    "error_code, error_data"
)
_ROLES = {role.value: role for role in Role}
_STATUSES = {status.value: status for status in Status}
_TOOLS = {tool.value: tool for tool in Tool}
_EFFORTS = {effort.value: effort for effort in Effort}
_KINDS = {kind.value: kind for kind in FileKind}
_STATES = {state.value: state for state in FileState}


def time_from(value: object) -> float:
    """A time as it can be shown. A disk may have flipped a bit, which no check of SQLite notices."""
    return value if isinstance(value, float) and 0.0 <= value < TIME_MAX else 0.0


def role_from(value: object) -> Role:
    """Who said it; the same."""
    return _ROLES.get(str(value), Role.ASSISTANT)


def status_from(value: object) -> Status:
    """What has become of it; the same."""
    return _STATUSES.get(str(value), Status.STOPPED)


def chat_from(row: Row) -> Chat:
    (chat_id, title, created_at, updated_at, session_id, leaf_id, model, is_unread, account, tools, effort) = row[:11]
    (folder_id, pinned_at, archived_at, has_draft, status, is_deleted, draft_start) = row[11:]
    return Chat(
        id=ChatId(chat_id),
        title=title,
        created_at=time_from(created_at),
        updated_at=time_from(updated_at),
        session_id=session_id,
        leaf_id=leaf_id,
        model=model,
        account=account,
        # A later version of the program may know more of them.
        tools=tuple(_TOOLS[name] for name in tools.split() if name in _TOOLS),
        effort=_EFFORTS.get(effort),
        is_unread=bool(is_unread),
        folder_id=None if folder_id is None else FolderId(folder_id),
        is_pinned=pinned_at is not None,
        is_archived=archived_at is not None,
        has_draft=bool(has_draft),
        draft_start=draft_start or "",
        is_failed=status == Status.FAILED,
        is_deleted=bool(is_deleted),
    )


def message_from(row: Row, files: tuple[ChatFile, ...] = ()) -> Message:
    # Positions and dictionaries instead of names and calls: half the time of opening a chat of 10,000 messages.
    (prompt, completion, total, cached, error_code, error_data) = row[15:]
    role, status, created_at = row[3], row[5], row[6]
    return Message(
        row[0],
        row[1],
        row[2],
        _ROLES.get(role, Role.ASSISTANT),  # see `role_from`
        row[4],
        _STATUSES.get(status, Status.STOPPED),
        created_at if created_at.__class__ is float and 0.0 <= created_at < TIME_MAX else 0.0,
        row[7],
        row[8],
        None if prompt is None else Usage(prompt, completion, total, cached),
        None if error_code is None else load_error(error_code, error_data),
        row[9],
        row[10],
        row[11],
        files,
        sources_from(row[12]) if row[12] else (),
        row[13],
        row[14],
    )


def file_from(row: Row) -> ChatFile:
    return ChatFile(
        id=FileId(row[0]),
        chat_id=ChatId(row[1]),
        message_id=None if row[2] is None else MessageId(row[2]),
        name=row[3],
        kind=_KINDS.get(row[4], FileKind.OTHER),
        mime=row[5],
        size_bytes=row[6],
        digest=row[7],
        state=_STATES.get(row[8], FileState.FAILED),
        is_generated=bool(row[9]),
        remote_id=row[10],
        remote_account=row[11],
        error=None if row[12] is None else load_error(row[12], row[13]),
    )


def file_values(file: ChatFile) -> tuple[Value, ...]:
    """All columns of a file but its id, its chat and its message."""
    return (
        file.name,
        file.kind,
        file.mime,
        file.size_bytes,
        file.digest,
        file.state,
        int(file.is_generated),
        file.remote_id,
        file.remote_account,
        *error_values(file.error),
    )


def usage_values(usage: Usage | None) -> tuple[Value, ...]:
    """The four token columns."""
    if usage is None:
        return (None, None, None, None)
    return (usage.prompt, usage.completion, usage.total, usage.cached)


def error_values(error: GigadeskError | None) -> tuple[Value, ...]:
    """The two error columns."""
    return (None, None) if error is None else dump_error(error)


def sources_value(sources: Iterable[Source]) -> str:
    """One line for each source: number, address, title, with tabs between them."""
    return "\n".join(f"{source.number}\t{_one_word(source.url)}\t{_one_word(source.title)}" for source in sources)


def sources_from(value: str) -> tuple[Source, ...]:
    fields = (line.split("\t") for line in value.split("\n"))
    return tuple(
        Source(int(each[0]), each[1], each[2])
        for each in fields
        if len(each) == 3 and each[0].isascii() and each[0].isdecimal() and len(each[0]) < 10
    )


def _one_word(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ")
