"""A chat as Markdown with front matter. The texts of the model are Markdown already and stay as they are. Pure."""

import json
import re
from collections.abc import Callable

from gigadesk.chat import FileKind, Role, Status
from gigadesk.exchange.records import ChatRecord, FileRecord, MessageRecord
from gigadesk.exchange.text_writer import DocumentWords, moment

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


class MarkdownDocument:
    """`path_of` gives where the bytes of a file are beside the document, or an empty text.

    `closing` gives what has to follow a text that does not end by itself: code that was stopped before its last fence.
    """

    ending = ".md"

    def __init__(
        self, words: DocumentWords, path_of: Callable[[FileRecord], str], closing: Callable[[str], str]
    ) -> None:
        self._words = words
        self._closing = closing
        self.path_of = path_of

    def begin(self, chat: ChatRecord) -> str:
        title = chat.title or self._words.untitled
        head = [
            "---",
            f"title: {json.dumps(title, ensure_ascii=False)}",  # a JSON text is a YAML text
            f"created: {json.dumps(moment(chat.created_at))}",
            f"updated: {json.dumps(moment(chat.updated_at))}",
        ]
        if chat.model:
            head.append(f"model: {json.dumps(chat.model, ensure_ascii=False)}")
        return "\n".join([*head, "---", "", f"# {escaped(title)}", ""])

    def message(self, message: MessageRecord, number: int, parent: int | None) -> str:
        words = self._words
        parts = [f"\n## {escaped(words.author(message))} · {moment(message.created_at)}"]
        if parent is not None:
            parts.append(f"*{words.answers_to.format(number=number, parent=parent)}*")
        if message.reasoning:
            lines = message.reasoning.split("\n")
            parts.append(
                "\n".join([f"> **{escaped(words.thoughts)}**", ">", *(f"> {line}".rstrip() for line in lines)])
            )
        if message.text:
            parts.append(message.text + self._closing(message.text))
        parts.extend(self._file(file) for file in message.files)
        if message.sources:
            lines = [
                f"{each.number}. [{escaped(each.title or each.url)}](<{_address(each.url)}>)"
                for each in message.sources
            ]
            parts.append("\n".join([f"**{escaped(words.sources)}**", "", *lines]))
        if message.role != Role.USER and message.status != Status.DONE:
            parts.append(f"*{words.failed if message.status == Status.FAILED else words.stopped}*")
        return "\n\n".join(parts) + "\n"

    def end(self) -> str:
        return ""

    def _file(self, file: FileRecord) -> str:
        path = self.path_of(file)
        if not path:
            return f"*{escaped(self._words.file)}: {escaped(file.name)}*"
        mark = "!" if file.kind == FileKind.IMAGE else ""
        return f"{mark}[{escaped(file.name)}](<{_address(path)}>)"


def escaped(text: str) -> str:
    """A short text without a meaning in Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _address(address: str) -> str:
    return address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A")
