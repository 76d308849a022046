"""Chats as documents for people, a file each: what Markdown and HTML have in common."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from gigadesk.chat import Role
from gigadesk.exchange.names import Names, file_ending, file_name
from gigadesk.exchange.records import ChatRecord, FileRecord, MessageRecord
from gigadesk.exchange.targets import FileTarget, FolderTarget, sync_and_close, write_all
from gigadesk.files import new_private


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Words around the messages, in the language of the user."""

    you: str
    assistant: str
    system: str
    thoughts: str
    sources: str
    file: str
    untitled: str
    stopped: str
    failed: str
    answers_to: str
    """`{number}` and `{parent}` are filled in: of a message that does not answer the one before it."""
    created: str
    model: str

    def author(self, message: MessageRecord) -> str:
        if message.role == Role.USER:
            return self.you
        return self.system if message.role == Role.SYSTEM else message.model or self.assistant


class Document(Protocol):
    """One kind of document."""

    ending: str

    def begin(self, chat: ChatRecord) -> str: ...

    def message(self, message: MessageRecord, number: int, parent: int | None) -> str:
        """`parent` is the number of the message that it answers, if that is not the one before it."""

    def end(self) -> str: ...


class DocumentWriter:
    """Writes chats as documents: one to a file at `path`, or several into a folder there. See `ChatWriter`."""

    def __init__(self, path: Path, document: Document, words: DocumentWords, *, is_folder: bool) -> None:
        self._document = document
        self._words = words
        self._target = FolderTarget(path) if is_folder else FileTarget(path)
        self._names = Names()
        self._file: BinaryIO | None = None
        self._numbers: dict[int, int] = {}

    @property
    def folder(self) -> Path | None:
        """Where files beside the documents can be put."""
        return self._target.folder if isinstance(self._target, FolderTarget) else None

    def begin_chat(self, chat: ChatRecord) -> None:
        self._numbers = {}
        if isinstance(self._target, FolderTarget):
            name = self._names.next(file_name(chat.title or self._words.untitled), self._document.ending)
            self._file = new_private(self._target.folder / name)
        else:
            self._file = self._target.file
        self._write(self._document.begin(chat))

    def add_messages(self, messages: Iterable[MessageRecord]) -> None:
        for message in messages:
            number = len(self._numbers) + 1
            parent = None if message.parent is None else self._numbers.get(message.parent)
            self._numbers[message.number] = number
            other = parent if parent is not None and parent != number - 1 else None
            self._write(
                self._document.message(message, number, other or (0 if parent is None and number > 1 else None))
            )

    def end_chat(self) -> None:
        self._write(self._document.end())
        if isinstance(self._target, FolderTarget) and self._file is not None:
            sync_and_close(self._file)
        self._file = None

    def finish(self) -> None:
        self._target.finish()

    def place(self) -> Path:
        return self._target.place()

    def abandon(self) -> None:
        if self._file is not None:
            self._file.close()
        self._target.abandon()

    def _write(self, text: str) -> None:
        assert self._file is not None
        write_all(self._file, text.encode("utf-8", "replace"))


class FileCopies:
    """Puts the bytes of files into a folder beside the documents, each name once."""

    def __init__(self, folder: Path, find: Callable[[str], Path | None]) -> None:
        self._folder = folder
        self._find = find
        self._names = Names()
        self._known: dict[str, str] = {}

    def path(self, file: FileRecord) -> str:
        """Where the copy is, seen from the documents; empty if there are no bytes."""
        source = self._find(file.digest) if file.digest else None
        if source is None:
            return ""
        if file.digest not in self._known:
            stem, _, last = file.name.rpartition(".")
            ending = file_ending(last) if stem else ""
            name = self._names.next(file_name(stem if ending else file.name), ending)
            if not self._folder.exists():
                from gigadesk.files import make_private_folder

                make_private_folder(self._folder)
            with source.open("rb") as read, new_private(self._folder / name) as write:
                while part := read.read(1024 * 1024):
                    write.write(part)
                sync_and_close(write)
            self._known[file.digest] = f"{self._folder.name}/{name}"
        return self._known[file.digest]


def moment(time_s: float) -> str:
    """A time as everybody reads it and every program sorts it."""
    # By way of UTC: Windows knows no local time of the first day of 1970.
    return datetime.fromtimestamp(time_s, UTC).astimezone().isoformat(" ", "minutes")[:16]


def exact_moment(time_s: float) -> str:
    """The same with its seconds and its time zone, for programs alone."""
    return datetime.fromtimestamp(int(time_s), UTC).astimezone().isoformat()
