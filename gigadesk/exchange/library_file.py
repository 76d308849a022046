"""Writes chats in our own format, one after the other: nothing but the message at hand is in memory.

An archive holds `gigadesk.json` (what it is, and the folders), `chats-00001.json` and on (arrays of chats), and the
bytes of files under `files/<sha256>`. A plain file is one object with the same and without the bytes.
"""

import contextlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from gigadesk.exchange.own_format import FORMAT, VERSION, chat_values, folder_values, message_values
from gigadesk.exchange.records import ChatRecord, FileRecord, FolderRecord, MessageRecord
from gigadesk.limits import EXPORT_PART_BYTES

FindBytes = Callable[[str], Path | None]

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of entries: the same library gives the same archive."""
_PACKED_ALREADY = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/zip", "audio/mpeg"})


def _dump(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def head_values(program: str, exported_at: float, folders: Iterable[FolderRecord]) -> dict[str, Any]:
    """The beginning of an export."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": program,
        "exported_at": exported_at,
        "folders": [folder_values(folder) for folder in folders],
    }


class _ChatText:
    """The text of one chat after the other, as pieces of an array."""

    def __init__(self) -> None:
        self._is_first = True
        self._has_messages = False

    def begin_array(self) -> None:
        self._is_first = True

    def begin(self, chat: ChatRecord) -> bytes:
        comma = b"" if self._is_first else b",\n"
        self._is_first, self._has_messages = False, False
        return comma + _dump(chat_values(chat))[:-1] + b',"messages":['

    def add(self, message: MessageRecord) -> bytes:
        comma = b",\n" if self._has_messages else b"\n"
        self._has_messages = True
        return comma + _dump(message_values(message))

    def end(self) -> bytes:
        return b"\n]}" if self._has_messages else b"]}"


class PlainWriter:
    """A JSON file without the bytes of files. Raises `OSError` as the disk does."""

    def __init__(self, file: BinaryIO, program: str, exported_at: float, folders: Sequence[FolderRecord]) -> None:
        self._file = file
        self._text = _ChatText()
        self._write(_dump(head_values(program, exported_at, folders))[:-1] + b',\n"chats":[\n')

    def begin_chat(self, chat: ChatRecord) -> None:
        self._write(self._text.begin(chat))

    def add_messages(self, messages: Iterable[MessageRecord]) -> None:
        self._write(b"".join(map(self._text.add, messages)))

    def end_chat(self) -> None:
        self._write(self._text.end())

    def finish(self) -> None:
        self._write(b"\n]}\n")

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:  # an unbuffered file may take a part only
            view = view[self._file.write(view) :]


class ArchiveWriter:
    """A zip archive with everything. `find` tells where bytes lie. Raises `OSError` as the disk does."""

    def __init__(
        self, file: BinaryIO, program: str, exported_at: float, folders: Sequence[FolderRecord], find: FindBytes
    ) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._find = find
        self._text = _ChatText()
        self._wanted: dict[str, str] = {}
        self._written: set[str] = set()
        self._part: Any = None  # what `ZipFile.open` gives has no name of its own
        self._parts = 0
        self._size = 0
        with self._open("gigadesk.json") as entry:
            entry.write(_dump(head_values(program, exported_at, folders)))

    def begin_chat(self, chat: ChatRecord) -> None:
        if self._part is None:
            self._parts += 1
            self._part = self._open(f"chats-{self._parts:05}.json")
            self._text.begin_array()
            self._size = 0
            self._write(b"[\n")
        self._want(chat.draft_files)
        self._want(chat.edit.files if chat.edit is not None else ())
        self._write(self._text.begin(chat))

    def add_messages(self, messages: Iterable[MessageRecord]) -> None:
        for message in messages:
            self._want(message.files)
            self._write(self._text.add(message))

    def end_chat(self) -> None:
        self._write(self._text.end())
        if self._size >= EXPORT_PART_BYTES:
            self._end_part()

    def finish(self) -> None:
        self._end_part()
        self._zip.close()

    def abandon(self) -> None:
        """It will not be finished: let go of the file, which is no archive."""
        with contextlib.suppress(OSError, ValueError):
            if self._part is not None:
                self._part.close()
            self._zip.close()

    def _end_part(self) -> None:
        if self._part is None:
            return
        self._write(b"\n]\n")
        self._part.close()
        self._part = None
        for digest, mime in self._wanted.items():
            path = self._find(digest)
            if path is None:
                continue
            with path.open("rb") as source, self._open(f"files/{digest}", mime) as entry:
                shutil.copyfileobj(source, entry, 1024 * 1024)
        self._written.update(self._wanted)
        self._wanted = {}

    def _want(self, files: Iterable[FileRecord]) -> None:
        for file in files:
            if file.digest and file.digest not in self._written:
                self._wanted[file.digest] = file.mime

    def _write(self, data: bytes) -> None:
        self._size += len(data)
        self._part.write(data)

    def _open(self, name: str, mime: str = "") -> Any:  # see `_part`
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.compress_type = zipfile.ZIP_STORED if mime in _PACKED_ALREADY else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        return self._zip.open(entry, "w", force_zip64=True)
