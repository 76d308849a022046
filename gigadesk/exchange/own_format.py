"""Our own format: chats, messages and folders as JSON values and back. The format itself: docs/export-format.md.

Pure. Writing leaves out what has its usual value. Reading takes anything, and gives what is valid in it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from gigadesk.chat import Effort, FileKind, FileState, FolderColor, Role, Source, Status, Tool, Usage
from gigadesk.exchange import given
from gigadesk.exchange.problems import Trouble
from gigadesk.exchange.records import (
    ChatRecord,
    EditRecord,
    FileRecord,
    FolderRecord,
    FoundChat,
    MessageRecord,
    StoredError,
)
from gigadesk.exchange.trees import tree_of
from gigadesk.limits import (
    FILE_NAME_MAX_CHARS,
    IMPORT_FILES_PER_MESSAGE,
    IMPORT_MESSAGES_PER_CHAT,
    IMPORT_OWN_TEXT_MAX_CHARS,
    IMPORT_WORD_MAX_CHARS,
    MESSAGE_MAX_CHARS,
    SOURCES_MAX,
    TITLE_MAX_CHARS,
)

FORMAT = "gigadesk-export"
VERSION = 1
KEY = "gigadesk:"
MESSAGES = "messages"
"""The member of a chat that may be very long."""

_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"gigadesk-export"')
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SESSION = re.compile(r"[\x21-\x7e]{1,100}")
_ORIGINS = ("none", "first_words", "model", "user")
_ENDED = {Status.DONE.value, Status.STOPPED.value, Status.FAILED.value}
_ROLES = {role.value for role in Role}
_TOOLS = {tool.value for tool in Tool}
_EFFORTS = {effort.value for effort in Effort}
_KINDS = {kind.value for kind in FileKind}
_COLORS = {color.value for color in FolderColor}
_STATES = {FileState.KEPT.value, FileState.READY.value, FileState.FAILED.value}
_ERROR_MAX_CHARS = 16 * 1024

Values = dict[str, Any]


def is_beginning(text: bytes) -> bool:
    """Whether a text that begins so was written by this program."""
    return _BEGINNING.match(text) is not None


def folder_values(folder: FolderRecord) -> Values:
    return _without_usual(
        {
            "id": folder.number,
            "parent": folder.parent,
            "name": folder.name,
            "color": folder.color,
            "position": folder.position,
            "created_at": folder.created_at,
        }
    )


def chat_values(chat: ChatRecord) -> Values:
    """All of a chat but its messages."""
    edit = chat.edit
    return _without_usual(
        {
            "session": chat.session_id,
            "title": chat.title,
            "title_origin": chat.title_origin,
            "created_at": chat.created_at,
            "updated_at": chat.updated_at,
            "shown": chat.shown,
            "model": chat.model,
            "account": chat.account,
            "tools": list(chat.tools),
            "effort": chat.effort,
            "unread": chat.is_unread,
            "folder": chat.folder,
            "pinned_at": chat.pinned_at,
            "archived_at": chat.archived_at,
            "draft": chat.draft,
            "draft_files": [file_values(file) for file in chat.draft_files],
            "edit": None
            if edit is None
            else _without_usual(
                {"message": edit.message, "text": edit.text, "files": [file_values(file) for file in edit.files]}
            ),
        }
    )


def message_values(message: MessageRecord) -> Values:
    usage = message.usage
    return _without_usual(
        {
            "id": message.number,
            "parent": message.parent,
            "shown_child": message.shown_child,
            "role": message.role,
            "status": message.status,
            "created_at": message.created_at,
            "text": message.text,
            "model": message.model,
            "account": message.account,
            "finish_reason": message.finish_reason,
            "usage": None
            if usage is None
            else {
                "prompt": usage.prompt,
                "completion": usage.completion,
                "total": usage.total,
                "cached": usage.cached,
            },
            "error": _error_values(message.error),
            "reasoning": message.reasoning,
            "reasoning_s": message.reasoning_s,
            "seconds": message.seconds,
            "sources": [{"number": each.number, "url": each.url, "title": each.title} for each in message.sources],
            "state": message.state_id,
            "files": [file_values(file) for file in message.files],
        }
    )


def file_values(file: FileRecord) -> Values:
    return _without_usual(
        {
            "name": file.name,
            "kind": file.kind,
            "mime": file.mime,
            "size": file.size_bytes,
            "sha256": file.digest,
            "state": file.state,
            "generated": file.is_generated,
            "remote_id": file.remote_id,
            "remote_account": file.remote_account,
            "error": _error_values(file.error),
            "member": file.member,
        }
    )


def _error_values(error: StoredError | None) -> Values | None:
    return None if error is None else {"code": error[0], "data": error[1]}


def _without_usual(values: Values) -> Values:
    # Zero stays: a time or a number of tokens may be that.
    usual: tuple[object, ...] = ("", [])
    return {
        key: value for key, value in values.items() if value is not None and value is not False and value not in usual
    }


# --- reading


def found_chat(value: Any, now: float) -> FoundChat | None:
    """A chat with its messages; None if this is none."""
    fields = given.fields(value)
    if not isinstance(fields.get(MESSAGES), list):
        return None
    problems: list[tuple[Trouble, str]] = []
    messages = found_messages(fields[MESSAGES], now, problems)
    numbers = {name: place for place, (name, _) in enumerate(messages, start=1)}
    record = found_record(fields, now, numbers)
    times = [message.created_at for _, message in messages]
    if not times and not record.draft and not record.title:
        problems.append((Trouble.NO_MESSAGES, ""))
    session = given.name(fields.get("session"))
    return FoundChat(
        record, tuple(message for _, message in messages), KEY + session if session else "", tuple(problems)
    )


def found_messages(
    values: Iterable[Any], now: float, problems: list[tuple[Trouble, str]]
) -> list[tuple[str, MessageRecord]]:
    """The messages with their ids, parents first, numbered from 1 in this order."""
    known: dict[str, Values] = {}
    pairs: list[tuple[str, str | None]] = []
    for value in values:
        fields = given.fields(value)
        name = given.name(fields.get("id"))
        if not name or not given.one_of(fields.get("role"), _ROLES):
            problems.append((Trouble.BAD_MESSAGE, name))
        elif len(known) >= IMPORT_MESSAGES_PER_CHAT:
            problems.append((Trouble.TOO_MANY_MESSAGES, name))
            break
        else:
            known.setdefault(name, fields)
            pairs.append((name, given.name(fields.get("parent")) or None))
    tree = tree_of(pairs)
    problems += tree.mistakes
    numbers = {name: number for number, name in enumerate(tree.order, start=1)}
    found = []
    time = 0.0
    for name in tree.order:
        parent = tree.parents[name]
        shown = given.name(known[name].get("shown_child"))
        numbered = (numbers[name], None if parent is None else numbers[parent], numbers.get(shown))
        message = found_message(known[name], numbered, now, time, name, problems)
        time = message.created_at
        found.append((name, message))
    return found


def found_message(
    fields: Values,
    numbered: tuple[int, int | None, int | None],
    now: float,
    before: float,
    name: str,
    problems: list[tuple[Trouble, str]],
) -> MessageRecord:
    """A message; `numbered` are its number, its parent and its shown child, `before` the time of its neighbour."""
    number, parent, shown = numbered
    created_at = given.time(fields.get("created_at"), now)
    if created_at is None:
        problems.append((Trouble.BAD_TIME, name))
        created_at = before or now
    text = given.text(fields.get("text"))
    if len(text) > IMPORT_OWN_TEXT_MAX_CHARS:
        problems.append((Trouble.TEXT_CUT, name))
    usage = given.fields(fields.get("usage"))
    return MessageRecord(
        number,
        parent,
        fields["role"],
        given.one_of(fields.get("status"), _ENDED, Status.STOPPED.value),
        created_at,
        text[:IMPORT_OWN_TEXT_MAX_CHARS],
        given.word(fields.get("model")),
        given.word(fields.get("finish_reason")),
        Usage(*(given.count(usage.get(key)) for key in ("prompt", "completion", "total", "cached"))) if usage else None,
        _found_error(fields.get("error")),
        given.text(fields.get("reasoning"))[:IMPORT_OWN_TEXT_MAX_CHARS],
        given.number(fields.get("reasoning_s")),
        given.number(fields.get("seconds")),
        _found_sources(fields.get("sources")),
        given.text(fields.get("state"))[:IMPORT_WORD_MAX_CHARS],
        given.name(fields.get("account")),
        shown,
        found_files(fields.get("files")),
    )


def found_record(fields: Values, now: float, numbers: Mapping[str, int]) -> ChatRecord:
    """A chat without its messages, whose ids `numbers` knows."""
    updated_at = given.time(fields.get("updated_at"), now) or given.time(fields.get("created_at"), now) or now
    edit = given.fields(fields.get("edit"))
    edited = numbers.get(given.name(edit.get("message")))
    folder = fields.get("folder")
    return ChatRecord(
        title=given.word(fields.get("title"), TITLE_MAX_CHARS),
        title_origin=given.one_of(fields.get("title_origin"), _ORIGINS, "user"),
        created_at=given.time(fields.get("created_at"), now) or updated_at,
        updated_at=updated_at,
        session_id=_session(fields.get("session")),
        shown=numbers.get(given.name(fields.get("shown"))),
        model=given.word(fields.get("model")),
        account=given.name(fields.get("account")),
        tools=tuple(tool for tool in given.items(fields.get("tools"))[: len(_TOOLS)] if given.one_of(tool, _TOOLS)),
        effort=given.one_of(fields.get("effort"), _EFFORTS),
        is_unread=given.flag(fields.get("unread")),
        folder=folder if isinstance(folder, int) and not isinstance(folder, bool) else None,
        pinned_at=given.time(fields.get("pinned_at"), now),
        archived_at=given.time(fields.get("archived_at"), now),
        draft=given.text(fields.get("draft"))[:MESSAGE_MAX_CHARS],
        draft_files=found_files(fields.get("draft_files")),
        edit=None
        if edited is None
        else EditRecord(edited, given.text(edit.get("text"))[:MESSAGE_MAX_CHARS], found_files(edit.get("files"))),
    )


def _session(value: Any) -> str:
    """It goes into the headers of requests."""
    session = given.name(value)
    return session if _SESSION.fullmatch(session) else ""


def found_files(value: Any) -> tuple[FileRecord, ...]:
    return tuple(map(_found_file, given.items(value)[:IMPORT_FILES_PER_MESSAGE]))


def found_folders(value: Any, most: int, problems: list[tuple[Trouble, str]]) -> list[FolderRecord]:
    """The folders, parents first; what has no name or no number is left out."""
    known: dict[str, Values] = {}
    pairs: list[tuple[str, str | None]] = []
    for each in given.items(value)[:most]:
        fields = given.fields(each)
        number, title = fields.get("id"), given.word(fields.get("name"), TITLE_MAX_CHARS)
        if not isinstance(number, int) or isinstance(number, bool) or not title:
            problems.append((Trouble.BAD_FOLDER, title))
            continue
        known.setdefault(str(number), fields)
        pairs.append((str(number), given.name(fields.get("parent")) or None))
    tree = tree_of(pairs)
    problems += [(Trouble.BAD_FOLDER, name) for _, name in tree.mistakes]
    folders = []
    for name in tree.order:
        fields = known[name]
        parent = tree.parents[name]
        folders.append(
            FolderRecord(
                int(name),
                given.word(fields.get("name"), TITLE_MAX_CHARS),
                None if parent is None else int(parent),
                given.one_of(fields.get("color"), _COLORS),
                _position(fields.get("position")),
                given.number(fields.get("created_at")) or 0.0,
            )
        )
    return folders


def _position(value: Any) -> float:
    found = given.number(value)
    negative = given.number(-value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return found if found is not None else -(negative or 0.0)


def _found_file(value: Any) -> FileRecord:
    fields = given.fields(value)
    digest = fields.get("sha256")
    return FileRecord(
        given.word(fields.get("name"), FILE_NAME_MAX_CHARS) or "file",
        given.one_of(fields.get("kind"), _KINDS, FileKind.OTHER.value),
        given.word(fields.get("mime"), FILE_NAME_MAX_CHARS),
        given.count(fields.get("size")),
        digest if isinstance(digest, str) and _DIGEST.fullmatch(digest) else "",
        given.one_of(fields.get("state"), _STATES, FileState.KEPT.value),
        given.flag(fields.get("generated")),
        given.word(fields.get("remote_id")),
        given.name(fields.get("remote_account")),
        _found_error(fields.get("error")),
        given.text(fields.get("member"))[:IMPORT_WORD_MAX_CHARS],
    )


def _found_sources(value: Any) -> tuple[Source, ...]:
    sources = []
    for each in given.items(value)[:SOURCES_MAX]:
        fields = given.fields(each)
        url = given.word(fields.get("url"))
        if url:
            sources.append(Source(given.count(fields.get("number")), url, given.word(fields.get("title"))))
    return tuple(sources)


def _found_error(value: Any) -> StoredError | None:
    fields = given.fields(value)
    code, data = given.word(fields.get("code"), 100), fields.get("data")
    if not code:
        return None
    return code, data if isinstance(data, str) and len(data) <= _ERROR_MAX_CHARS and _is_json(data) else "{}"


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.JSONDecoder().decode(text), dict)
    except (ValueError, RecursionError):
        return False
