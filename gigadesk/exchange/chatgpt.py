"""What ChatGPT exports: a conversation is a tree of nodes, of which several in a row make one answer. Pure.

The format is not documented by its makers. What is read here was found in public descriptions and readers of it:
https://github.com/mitkury/chatgpt-export-parser (docs/chatgpt-data-export-format.md), danny-avila/LibreChat (import/
importers.js; issue 15229: `metadata` may be missing), mohamed-chs/convoviz (pull request 49: `conversations-000.json`,
titles that are null).
"""

import re
from typing import Any

from gigadesk.chat import FileKind, Role, Source, Status
from gigadesk.exchange import given
from gigadesk.exchange.merging import Part, merged
from gigadesk.exchange.problems import Trouble
from gigadesk.exchange.records import ChatRecord, FileRecord, FoundChat
from gigadesk.limits import FILE_NAME_MAX_CHARS, IMPORT_FILES_PER_MESSAGE, SOURCES_MAX, TITLE_MAX_CHARS

KEY = "chatgpt:"
_HIDDEN = frozenset({"model_editable_context", "system_error"})
_POINTER = re.compile(r"^(?:file-service|sediment)://(?:[^/#?]*/)*([\w.-]+)")
_MARKS = re.compile("\ue200[^\ue200\ue201]*\ue201|[\ue000-\uf8ff]")
"""Marks of citations, in characters of private use: they mean something to ChatGPT's own window alone."""


def is_conversation(value: Any) -> bool:
    return isinstance(given.fields(value).get("mapping"), dict)


def found_chat(value: Any, now: float) -> FoundChat:
    """A conversation (see `is_conversation`). Files have as `member` what the names of their entries begin with."""
    fields = given.fields(value)
    problems: list[tuple[Trouble, str]] = []
    model = given.word(fields.get("default_model_slug"))
    parts = []
    for node, each in given.fields(fields.get("mapping")).items():
        known = given.fields(each)
        parts.append(_part(given.name(node), known, model, now, problems))
    created_at = given.time(fields.get("create_time"), now)
    messages, shown = merged(parts, given.name(fields.get("current_node")), created_at or 0.0, now, problems)
    times = [message.created_at for message in messages]
    first = created_at or (min(times) if times else now)
    record = ChatRecord(
        title=given.word(fields.get("title"), TITLE_MAX_CHARS),
        title_origin="user",
        created_at=first,
        updated_at=given.time(fields.get("update_time"), now) or max([first, *times]),
        shown=shown,
        archived_at=first if given.flag(fields.get("is_archived")) else None,
        pinned_at=first if given.flag(fields.get("is_starred")) else None,
    )
    name = given.name(fields.get("conversation_id")) or given.name(fields.get("id"))
    return FoundChat(record, tuple(messages), KEY + name if name else "", tuple(problems))


def _part(node: str, fields: dict[str, Any], model: str, now: float, problems: list[tuple[Trouble, str]]) -> Part:
    parent = given.name(fields.get("parent")) or None
    message = fields.get("message")
    if message is None:  # the root has none
        return Part(node, parent)
    known = given.fields(message)
    role = given.fields(known.get("author")).get("role")
    content, metadata = given.fields(known.get("content")), given.fields(known.get("metadata"))
    if not known or role not in {"user", "assistant", "system", "tool"}:
        problems.append((Trouble.BAD_MESSAGE, node))
        return Part(node, parent)
    kind = content.get("content_type")
    is_instructions = kind == "user_editable_context"
    if kind in _HIDDEN or (given.flag(metadata.get("is_visually_hidden_from_conversation")) and not is_instructions):
        return Part(node, parent)
    if is_instructions:
        role = "system"
        text = "\n\n".join(
            filter(None, (given.text(content.get(key)) for key in ("user_profile", "user_instructions")))
        )
    else:
        text = _text(kind, content, given.word(known.get("recipient")), str(role))
    reasoning, seconds = "", None
    if kind == "thoughts":
        text, reasoning = "", _thoughts(content)
    elif kind == "reasoning_recap":
        text, seconds = "", given.number(metadata.get("finished_duration_sec"))
    status = Status.STOPPED if known.get("status") == "in_progress" else Status.DONE
    return Part(
        node,
        parent,
        {"user": Role.USER, "system": Role.SYSTEM}.get(str(role), Role.ASSISTANT),
        text,
        given.time(known.get("create_time"), now),
        given.word(metadata.get("model_slug")) or ("" if role == "user" else model),
        reasoning,
        seconds,
        _files(content, metadata),
        _sources(metadata) if role == "assistant" else (),
        status.value,
    )


def _text(kind: Any, content: dict[str, Any], recipient: str, role: str) -> str:
    plain = given.text(content.get("text"))
    if kind == "code" or (role == "assistant" and recipient not in {"", "all"}):
        language = given.word(content.get("language"), 40)
        return fenced(plain or _joined(content), "" if language == "unknown" else language)
    if kind == "execution_output" or role == "tool":
        return fenced(plain or _joined(content), "text") if (plain or _joined(content)) else ""
    if kind == "tether_quote":
        quoted = "\n".join(f"> {line}" for line in plain.split("\n"))
        return quoted if plain else ""
    return _MARKS.sub("", _joined(content) or plain)


def _joined(content: dict[str, Any]) -> str:
    texts = []
    for part in given.items(content.get("parts")):
        # Pictures are objects; what was said aloud is one with its words.
        text = given.text(part) or given.text(given.fields(part).get("text"))
        if text:
            texts.append(text)
    return "\n\n".join(texts)


def fenced(text: str, language: str = "") -> str:
    """Code with a fence around it that it does not break; nothing for no code."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}" if text.strip() else ""


def _thoughts(content: dict[str, Any]) -> str:
    said = []
    for each in given.items(content.get("thoughts")):
        fields = given.fields(each)
        summary, thought = given.text(fields.get("summary")), given.text(fields.get("content"))
        said.append("\n\n".join(filter(None, (f"**{summary}**" if summary else "", thought))))
    return "\n\n".join(filter(None, said))


def _files(content: dict[str, Any], metadata: dict[str, Any]) -> tuple[FileRecord, ...]:
    files: dict[str, FileRecord] = {}
    for each in given.items(metadata.get("attachments")):
        fields = given.fields(each)
        name, member = given.word(fields.get("name"), FILE_NAME_MAX_CHARS), given.name(fields.get("id"))
        if name or member:
            mime = given.word(fields.get("mime_type") or fields.get("mimeType"), FILE_NAME_MAX_CHARS)
            size = given.count(fields.get("size"))
            files[member or name] = FileRecord(name or member, _kind(mime), mime, size, member=member)
    for part in given.items(content.get("parts")):
        fields = given.fields(part)
        match = _POINTER.match(given.text(fields.get("asset_pointer")))
        if match is not None and match[1] not in files:
            is_made = bool(given.fields(given.fields(fields.get("metadata")).get("dalle")))
            files[match[1]] = FileRecord(
                match[1],
                FileKind.IMAGE.value,
                "",
                given.count(fields.get("size_bytes")),
                is_generated=is_made,
                member=match[1],
            )
    return tuple(files.values())[:IMPORT_FILES_PER_MESSAGE]


def _kind(mime: str) -> str:
    return FileKind.IMAGE.value if mime.startswith("image/") else FileKind.OTHER.value


def _sources(metadata: dict[str, Any]) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for each in (*given.items(metadata.get("citations")), *given.items(metadata.get("content_references"))):
        fields = given.fields(each)
        inner = given.fields(fields.get("metadata")) or fields
        url = given.word(inner.get("url"))
        if url.startswith(("https://", "http://")) and url not in found and len(found) < SOURCES_MAX:
            found[url] = Source(len(found) + 1, url, given.word(inner.get("title")))
    return tuple(found.values())
