"""Where the chats of a file wait between being read and being written: a private folder, one line of JSON a message.

The file itself is read in a process of its own (`worker.py`), which puts into the spool only what is valid.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gigadesk.exchange import given
from gigadesk.exchange.json_gate import load
from gigadesk.exchange.own_format import chat_values, found_message, found_record, message_values
from gigadesk.exchange.records import ChatRecord, FileRecord, FoundChat, MessageRecord
from gigadesk.exchange.summaries import ChatSummary
from gigadesk.files import make_private_folder, new_private, write_private

CHATS_NAME = "chats.jsonl"
FILES_NAME = "files"
PROMPTS_SHOWN = 3
_PLAIN_NAME = re.compile(r"[\w-][\w.-]{0,199}")
PROMPT_SHOWN_CHARS = 2000


def wanted_name(file: FileRecord) -> str:
    """By what the bytes of a file are asked for; empty if there are none. Never a path."""
    name = file.member or file.digest
    return name if _PLAIN_NAME.fullmatch(name) else ""


class SpoolWriter:
    """Adds chats to the spool in `folder`, which it makes.

    Raises:
        OSError: the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        make_private_folder(folder / FILES_NAME)
        self._files = folder / FILES_NAME
        self._file: BinaryIO = new_private(folder / CHATS_NAME)
        self._count = 0

    def add(self, chat: FoundChat) -> ChatSummary:
        self._count += 1
        offset = self._file.tell()
        record = chat.record
        self._write({"count": len(chat.messages), **chat_values(record)})
        digest = hashlib.sha256()
        for message in chat.messages:
            self._write(message_values(message))
            digest.update(f"{message.parent}\0{message.role}\0{message.text}\0".encode())
        for name, inner in chat.contents.items():
            write_private(self._files / name, inner)
        content = digest.hexdigest()[:32]
        written = (*record.draft_files, *(record.edit.files if record.edit is not None else ()))
        prompts = [message.text for message in chat.messages if message.role == "system" and message.text.strip()]
        return ChatSummary(
            self._count,
            offset,
            record.title or _first_words(chat),
            record.created_at,
            record.updated_at,
            len(chat.messages),
            sum(len(message.files) for message in chat.messages) + len(written),
            chat.key or f"content:{content}",
            content,
            record.session_id,
            bool(record.draft or record.draft_files),
            tuple(prompt[:PROMPT_SHOWN_CHARS] for prompt in prompts[:PROMPTS_SHOWN]),
        )

    def close(self) -> None:
        self._file.close()

    def _write(self, values: dict[str, object]) -> None:
        self._file.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


class SpoolReader:
    """Reads the chats of a spool, at any place. Lines are short: a message has at most some megabytes.

    Raises:
        OSError: the spool is gone.
    """

    def __init__(self, folder: Path) -> None:
        self.files = folder / FILES_NAME
        self._file = (folder / CHATS_NAME).open("rb")

    def chat(self, offset: int, now: float) -> tuple[ChatRecord, int]:
        """The chat that begins there, and how many messages follow it."""
        self._file.seek(offset)
        fields = given.fields(load(self._file.readline()))
        count = given.count(fields.get("count"))
        return found_record(fields, now, {str(number): number for number in range(1, count + 1)}), count

    def messages(self, count: int, now: float) -> Iterator[MessageRecord]:
        """The messages that follow, parents first."""
        for number in range(1, count + 1):
            fields = given.fields(load(self._file.readline()))
            parent, shown = (fields.get(key) for key in ("parent", "shown_child"))
            yield found_message(fields, (number, parent, shown), now, now, "", [])

    def close(self) -> None:
        self._file.close()


def _first_words(chat: FoundChat) -> str:
    said = next((message.text for message in chat.messages if message.role == "user" and message.text.strip()), "")
    return given.word(said[:500], 60)
