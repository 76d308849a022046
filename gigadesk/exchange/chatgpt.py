"""What ChatGPT exports: a conversation is a tree of nodes, of which several in a row make one answer. Pure.

The format is not documented by its makers. What is read here was found in public descriptions and readers of it:
https://github.com/mitkury/chatgpt-export-parser (docs/chatgpt-data-export-format.md), danny-avila/LibreChat (import/
importers.js; issue 15229: `metadata` may be missing), mohamed-chs/convoviz (pull request 49: `conversations-000.json`,
titles that are null).
"""

import re
from typing import Any

from gigadesk.chat import FileKind, Role, Source, Status
from gigadesk.exchange import chatgpt_marks, given
from gigadesk.exchange.json_gate import load
from gigadesk.exchange.merging import Part, merged
from gigadesk.exchange.problems import Trouble
from gigadesk.exchange.records import ChatRecord, FileRecord, FoundChat
from gigadesk.limits import FILE_NAME_MAX_CHARS, IMPORT_FILES_PER_MESSAGE, TITLE_MAX_CHARS

KEY = "chatgpt:"
_HIDDEN = frozenset({"model_editable_context", "system_error"})
_KNOWN = frozenset(
    {"", "text", "multimodal_text", "code", "execution_output", "tether_quote", "thoughts", "reasoning_recap"}
)
_POINTER = re.compile(r"^(?:file-service|sediment)://(?:[^/#?]*/)*([\w.-]+)")
_HIDDEN_TOOLS = re.compile(r"(?:web|browser|file_search|myfiles_browser|bio|canmore|dalle|image_gen|t2uay3k)(?:\.|$)")
"""What these answer is for the model alone: pages and files as a whole, and instructions. No window shows it."""
_PAINTERS = ("dalle", "image_gen", "t2uay3k")
_SEARCHES = re.compile(r"(?:web|browser|file_search|myfiles_browser)(?:\.|$)")
"""What is asked of these says the answer again, with its sources."""


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
    role = given.word(given.fields(known.get("author")).get("role"))
    content, metadata = given.fields(known.get("content")), given.fields(known.get("metadata"))
    if not known or role not in {"user", "assistant", "system", "tool"}:
        problems.append((Trouble.BAD_MESSAGE, node))
        return Part(node, parent)
    kind = given.word(content.get("content_type"))
    is_instructions = kind == "user_editable_context"
    if kind in _HIDDEN or (given.flag(metadata.get("is_visually_hidden_from_conversation")) and not is_instructions):
        return Part(node, parent)
    if is_instructions:
        role = "system"
        text = "\n\n".join(
            filter(None, (given.text(content.get(key)) for key in ("user_profile", "user_instructions")))
        )
    else:
        tool = given.word(given.fields(known.get("author")).get("name"))
        text = _text(kind, content, given.word(known.get("recipient")), str(role), tool)
    sources: tuple[Source, ...] = ()
    if role == "assistant":
        text, sources = chatgpt_marks.read(text, metadata)
    else:
        text = chatgpt_marks.without_marks(text)
    reasoning, seconds = "", None
    if kind == "thoughts":
        text, reasoning = "", _thoughts(content)
    elif kind == "reasoning_recap":
        text, seconds = "", given.number(metadata.get("finished_duration_sec"))
    has_stopped = given.fields(metadata.get("finish_details")).get("type") == "interrupted"
    status = Status.STOPPED if has_stopped or known.get("status") == "in_progress" else Status.DONE
    part = Part(
        node,
        parent,
        {"user": Role.USER, "system": Role.SYSTEM}.get(str(role), Role.ASSISTANT),
        text,
        given.time(known.get("create_time"), now),
        given.word(metadata.get("model_slug")) or ("" if role == "user" else model),
        reasoning,
        seconds,
        _files(content, metadata),
        sources,
        status.value,
    )
    # What tools answer is mostly for the model alone.
    if role in {"user", "assistant"} and kind not in _KNOWN and not part.says_something:
        problems.append((Trouble.UNKNOWN_CONTENT, node))
    return part


def _text(kind: Any, content: dict[str, Any], recipient: str, role: str, tool: str) -> str:
    plain = given.text(content.get("text"))
    if role == "assistant" and recipient not in {"", "all"}:
        return _call(recipient, plain or _joined(content), content)
    if kind == "code":
        language = given.word(content.get("language"), 40)
        return fenced(plain or _joined(content), "" if language == "unknown" else language)
    if kind != "execution_output" and role == "tool" and _HIDDEN_TOOLS.match(tool):
        return ""
    if kind == "execution_output" or role == "tool":
        return fenced(plain or _joined(content), "text")
    if kind == "tether_quote":
        quoted = "\n".join(f"> {line}" for line in plain.split("\n"))
        return quoted if plain else ""
    return _joined(content) or plain


def _call(recipient: str, text: str, content: dict[str, Any]) -> str:
    """What the model has asked of a tool."""
    if _SEARCHES.match(recipient):
        return ""
    language = given.word(content.get("language"), 40)
    if recipient.startswith(_PAINTERS):
        prompt = given.text(_object(text).get("prompt"))
        return "\n".join(f"> {line}" for line in prompt.split("\n")) if prompt else fenced(text)
    if recipient.startswith("canmore."):
        return _canvas(text) or fenced(text, "json")
    if recipient.startswith("python") and language in {"", "unknown"}:
        language = "python"
    return fenced(text, "" if language == "unknown" else language)


def _canvas(text: str) -> str:
    """A document beside the conversation that is written, changed or commented; empty if it is not known how."""
    fields = _object(text)
    if "content" in fields:
        kind, name = given.word(fields.get("type"), 60), given.word(fields.get("name"))
        body = given.text(fields.get("content"))
        if kind.startswith("code/"):
            body = fenced(body, kind.removeprefix("code/"))
        return "\n\n".join(filter(None, (f"**{name}**" if name else "", body)))
    said = []
    for each in given.items(fields.get("updates")):
        update = given.fields(each)
        pattern, new = given.text(update.get("pattern")), given.text(update.get("replacement"))
        said.append(fenced(new) if pattern == ".*" else fenced(f"{pattern}\n→\n{new}", "text"))
    for each in given.items(fields.get("comments")):
        comment = given.fields(each)
        place, words = given.word(comment.get("pattern")), given.text(comment.get("comment"))
        said.append("\n\n".join(filter(None, (f"> {place}" if place else "", words))))
    return "\n\n".join(filter(None, said))


def _object(text: str) -> dict[str, Any]:
    try:
        return given.fields(load(text))
    except ValueError:
        return {}


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
        is_made = bool(given.fields(given.fields(fields.get("metadata")).get("dalle")))
        # What was said aloud is in an object of its own.
        for pointed in (fields, given.fields(fields.get("audio_asset_pointer"))):
            _add_pointed(files, pointed.get("asset_pointer"), pointed, is_made=is_made)
    for each in given.items(given.fields(metadata.get("aggregate_result")).get("messages")):
        fields = given.fields(each)
        if fields.get("message_type") == "image":  # that code has drawn
            _add_pointed(files, fields.get("image_url"), fields, is_made=True)
    return tuple(files.values())[:IMPORT_FILES_PER_MESSAGE]


def _add_pointed(files: dict[str, FileRecord], pointer: Any, fields: dict[str, Any], *, is_made: bool) -> None:
    match = _POINTER.match(given.text(pointer))
    if match is not None and match[1] not in files:
        kind = FileKind.AUDIO if "audio" in given.word(fields.get("content_type")) else FileKind.IMAGE
        size = given.count(fields.get("size_bytes"))
        files[match[1]] = FileRecord(match[1], kind.value, "", size, is_generated=is_made, member=match[1])


def _kind(mime: str) -> str:
    return FileKind.IMAGE.value if mime.startswith("image/") else FileKind.OTHER.value
