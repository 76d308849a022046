"""What Open WebUI exports: chats with a history of messages that name their parents. Pure.

There is no description of the format; what is read here was found in readers and types of it in public code: an array
of `{id, title, chat: {history: {messages, currentId}, models, params, ...}, created_at, updated_at, archived, pinned}`,
or one of these, or the inner `chat` alone. Thoughts stand in the text as `<details type="reasoning">`. Times are
seconds, in some versions milli- or nanoseconds (`given.time` tells them apart).
"""

import base64
import binascii
import hashlib
import json
import re
from typing import Any

from gigadesk.chat import FileKind, Role, Source, Status, Usage
from gigadesk.exchange import given
from gigadesk.exchange.details import read_details
from gigadesk.exchange.merging import Part, merged
from gigadesk.exchange.problems import Trouble
from gigadesk.exchange.records import ChatRecord, FileRecord, FoundChat, StoredError
from gigadesk.limits import (
    ERROR_DETAIL_MAX_CHARS,
    FILE_NAME_MAX_CHARS,
    IMAGE_FILE_MAX_BYTES,
    IMPORT_FILES_PER_MESSAGE,
    SOURCES_MAX,
    TITLE_MAX_CHARS,
)

KEY = "openwebui:"
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+);base64,")


def is_chat(value: Any) -> bool:
    chat = _chat(value)
    return isinstance(given.fields(chat.get("history")).get("messages"), dict) or _is_list_of_messages(chat)


def _chat(value: Any) -> dict[str, Any]:
    fields = given.fields(value)
    inner = fields.get("chat")
    return inner if isinstance(inner, dict) else fields


def _is_list_of_messages(chat: dict[str, Any]) -> bool:
    """Very old exports have no history."""
    messages = given.items(chat.get("messages"))
    return bool(messages) and all({"role", "content"} <= given.fields(each).keys() for each in messages[:5])


def found_chat(value: Any, now: float) -> FoundChat:
    """A chat (see `is_chat`)."""
    outer, chat = given.fields(value), _chat(value)
    problems: list[tuple[Trouble, str]] = []
    contents: dict[str, bytes] = {}
    history = given.fields(chat.get("history"))
    values = list(given.fields(history.get("messages")).items())
    is_line = not values
    if is_line:
        values = [(str(place), each) for place, each in enumerate(given.items(chat.get("messages")))]
    parts: list[Part] = []
    system = given.text(chat.get("system")) or given.text(given.fields(chat.get("params")).get("system"))
    if system:
        parts.append(Part("\0system", None, Role.SYSTEM, system, given.time(chat.get("timestamp"), now) or now))
    for name, each in values:
        part = _part(given.name(name), given.fields(each), now, problems, contents)
        parent = (parts[-1].node if parts else None) if is_line else part.parent
        if parent is None and system and part.node != "\0system":
            parent = "\0system"
        parts.append(Part(part.node, parent, *_rest(part)))
    created_at = given.time(outer.get("created_at"), now) or given.time(chat.get("timestamp"), now)
    messages, shown = merged(parts, given.name(history.get("currentId")), created_at or 0.0, now, problems)
    times = [message.created_at for message in messages]
    first = created_at or (min(times) if times else now)
    record = ChatRecord(
        title=given.word(outer.get("title") or chat.get("title"), TITLE_MAX_CHARS),
        title_origin="user",
        created_at=first,
        updated_at=given.time(outer.get("updated_at"), now) or max([first, *times]),
        shown=shown,
        archived_at=first if given.flag(outer.get("archived")) else None,
        pinned_at=first if given.flag(outer.get("pinned")) else None,
    )
    name = given.name(outer.get("id")) or given.name(chat.get("id"))
    return FoundChat(record, tuple(messages), KEY + name if name else "", tuple(problems), contents)


def _rest(part: Part) -> tuple[Any, ...]:
    """All fields of a part behind its node and its parent."""
    return tuple(getattr(part, name) for name in list(Part.__slots__)[2:])


def _part(
    node: str, fields: dict[str, Any], now: float, problems: list[tuple[Trouble, str]], contents: dict[str, bytes]
) -> Part:
    role = given.word(fields.get("role"))
    parent = given.name(fields.get("parentId")) or None
    if role not in {"user", "assistant", "system"}:
        problems.append((Trouble.BAD_MESSAGE, node))
        return Part(node, parent)
    text, pictures = _text(fields.get("content"))
    reasoning, seconds = "", None
    if role == "assistant":
        text, reasoning, seconds = read_details(text)
        merged_text = given.text(given.fields(fields.get("merged")).get("content"))
        text = "\n\n".join(filter(None, (text, merged_text)))
    files = tuple(_file(each, node, problems, contents) for each in given.items(fields.get("files")))
    drawn = tuple(_picture(url, "", node, problems, contents) for url in pictures)
    return Part(
        node,
        parent,
        Role(role),
        text,
        given.time(fields.get("timestamp"), now),
        given.word(fields.get("model")) or given.word(fields.get("modelName")),
        reasoning,
        seconds,
        (*files, *drawn)[:IMPORT_FILES_PER_MESSAGE],
        _sources(fields),
        (Status.STOPPED if fields.get("done") is False else Status.DONE).value,
        _usage(fields),
        _error(fields.get("error")),
    )


def _text(content: Any) -> tuple[str, list[str]]:
    """The words of a message, and the addresses of pictures among them."""
    if not isinstance(content, list):
        return given.text(content), []
    texts, pictures = [], []
    for each in content:
        fields = given.fields(each)
        texts.append(given.text(fields.get("text")))
        url = given.text(given.fields(fields.get("image_url")).get("url"))
        if url:
            pictures.append(url)
    return "\n\n".join(filter(None, texts)), pictures


def _file(value: Any, node: str, problems: list[tuple[Trouble, str]], contents: dict[str, bytes]) -> FileRecord:
    fields = given.fields(value)
    inner = given.fields(fields.get("file"))
    meta = given.fields(inner.get("meta"))
    names = (fields.get("name"), meta.get("name"), inner.get("filename"))
    name = next(filter(None, (given.word(each, FILE_NAME_MAX_CHARS) for each in names)), "")
    url = given.text(fields.get("url"))
    if fields.get("type") == "image" or url.startswith("data:"):
        return _picture(url, name, node, problems, contents)
    problems.append((Trouble.FILE_LOST, name or node))
    mime = given.word(meta.get("content_type"), FILE_NAME_MAX_CHARS)
    return FileRecord(name or "file", FileKind.OTHER.value, mime, given.count(meta.get("size")))


def _picture(
    url: str, name: str, node: str, problems: list[tuple[Trouble, str]], contents: dict[str, bytes]
) -> FileRecord:
    match = _DATA.match(url)
    if match is not None and len(url) <= IMAGE_FILE_MAX_BYTES * 4 // 3 + 100:
        try:
            content = base64.b64decode(url[match.end() :], validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if content:
            digest = hashlib.sha256(content).hexdigest()
            contents[digest] = content
            ending = match[1].rsplit("/", 1)[-1][:10]
            return FileRecord(
                name or f"picture.{ending}", FileKind.IMAGE.value, match[1], len(content), digest, member=digest
            )
    # Other addresses lead to the server that made the export: they are not followed.
    problems.append((Trouble.FILE_DAMAGED if match is not None else Trouble.FILE_LOST, name or node))
    return FileRecord(name or "picture", FileKind.IMAGE.value, "", 0)


def _sources(fields: dict[str, Any]) -> tuple[Source, ...]:
    """Numbered as the marks in the text count them: also what is no page has a number."""
    numbers: dict[str, int] = {}
    found: dict[str, Source] = {}
    for each in (*given.items(fields.get("sources")), *given.items(fields.get("citations"))):
        source = given.fields(given.fields(each).get("source"))
        pages = given.items(given.fields(each).get("metadata")) or [{}]
        for page in map(given.fields, pages):
            name = given.word(page.get("source")) or given.word(source.get("id")) or given.word(source.get("name"))
            number = numbers.setdefault(name, len(numbers) + 1)
            urls = (given.word(page.get("url")), name, given.word(source.get("url")))
            url = next((url for url in urls if url.startswith(("https://", "http://"))), "")
            if url and url not in found and len(found) < SOURCES_MAX:
                titles = (page.get("title"), page.get("name"), source.get("title"), source.get("name"))
                title = next(filter(None, (given.word(title) for title in titles)), "")
                found[url] = Source(number, url, "" if title == url else title)
    return tuple(found.values())


def _usage(fields: dict[str, Any]) -> Usage | None:
    usage = given.fields(fields.get("usage")) or given.fields(fields.get("info"))
    prompt = given.count(usage.get("prompt_tokens", usage.get("prompt_eval_count")))
    completion = given.count(usage.get("completion_tokens", usage.get("eval_count")))
    if not prompt and not completion:
        return None
    return Usage(prompt, completion, given.count(usage.get("total_tokens")) or prompt + completion)


def _error(value: Any) -> StoredError | None:
    if not value:
        return None
    said = given.fields(value)
    detail = given.word(value if isinstance(value, str) else said.get("content") or said.get("message"))
    detail = detail[:ERROR_DETAIL_MAX_CHARS]
    return "service", json.dumps({"detail": detail, "status": 0, "request_id": ""}, ensure_ascii=False)
