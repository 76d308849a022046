"""Reads a file of whatever kind into a spool, and tells what it holds. Blocks for seconds: done by `worker.py`."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from gigadesk.exchange import chatgpt, given, open_webui, own_format
from gigadesk.exchange.archives import Archive, is_archive
from gigadesk.exchange.json_gate import Element, elements
from gigadesk.exchange.problems import Problem, Trouble, Unreadable
from gigadesk.exchange.records import FolderRecord, FoundChat
from gigadesk.exchange.spool import FILES_NAME, SpoolReader, SpoolWriter, wanted_name
from gigadesk.exchange.summaries import ChatSummary, FileType
from gigadesk.limits import (
    IMPORT_CHATS_MAX,
    IMPORT_FOLDERS_MAX,
    IMPORT_JSON_TOTAL_MAX_BYTES,
    IMPORT_OWN_VALUE_MAX_CHARS,
    IMPORT_PROBLEMS_MAX,
    IMPORT_VALUE_MAX_CHARS,
)

_HEAD_BYTES = 200
_STRANGERS_MAX = 50
"""Things of no known kind before an entry of an archive is taken for something else, as most of them are."""


@dataclass(slots=True)
class Listener:
    """Hears what is found, as it is found."""

    chat: Callable[[ChatSummary], None]
    problem: Callable[[Problem], None]
    progress: Callable[[int, int], None]
    """So many bytes of so many are read."""


@dataclass(slots=True)
class Contents:
    """What the file was as a whole."""

    type: FileType | None = None
    folders: list[FolderRecord] = field(default_factory=list)
    chats: int = 0
    problems: int = 0
    """Those among them that were not told: there were too many."""


def read(path: Path, spool: Path, now: float, listener: Listener) -> Contents:
    """Read the file at `path` into `spool`. What is wrong with it is told as problems; nothing is raised for its sake.

    Raises:
        OSError: the spool cannot be written.
    """
    reader = _Reader(now, listener)
    writer = SpoolWriter(spool)
    try:
        reader.read(path, writer)
    finally:
        writer.close()
    return reader.contents


def extract(
    path: Path,
    offsets: list[int],
    spool: Path,
    tell: Callable[[str, str, int], None],
    most_bytes: int | None = None,
) -> None:
    """Take the files of some chats out of an archive into the spool, where those chats begin at `offsets`.

    At most `most_bytes` of them, or as many as archives of its size may hold: what is beyond cannot be had.
    `tell` gets each file by its `FileRecord.member`, or else its digest, with the digest of what it really holds; that
    is empty if it cannot be had.

    Raises:
        OSError: the spool cannot be written.
    """
    with _opened(path) as file:
        archive = Archive(file) if is_archive(_beginning(file)) else None
        left = archive.files_most_bytes if archive is not None and most_bytes is None else most_bytes or 0
        for member in _members(spool, offsets):
            digest, size = "", 0
            if (spool / FILES_NAME / member).is_file():
                tell(member, member, (spool / FILES_NAME / member).stat().st_size)
                continue
            name = archive.find(member) if archive is not None else ""
            # Nothing beyond the size that an entry says is ever read.
            if archive is not None and name and archive.size(name) <= left:
                try:
                    digest, size = archive.extract(name, spool / FILES_NAME)
                except Unreadable:
                    digest = ""
                left -= size
            tell(member, digest, size)


def _members(spool: Path, offsets: list[int]) -> list[str]:
    """What the chats at these places of the spool want, once each."""
    reader = SpoolReader(spool)
    found: dict[str, None] = {}
    for offset in offsets:
        chat, count = reader.chat(offset, 1.0)
        files = [*chat.draft_files, *(chat.edit.files if chat.edit is not None else ())]
        for message in reader.messages(count, 1.0):
            files.extend(message.files)
        found.update({wanted_name(each): None for each in files if wanted_name(each)})
    reader.close()
    return list(found)


class _Reader:
    def __init__(self, now: float, listener: Listener) -> None:
        self.contents = Contents()
        self._now = now
        self._listener = listener
        self._is_own = False
        self._strangers: list[str] = []
        """Lines of what is no chat, in this text. Beside the chats an archive has lists of quite other things."""
        self._seen: dict[str, str] = {}
        """By the keys of the chats, what is in them."""
        self._title = ""

    def read(self, path: Path, writer: SpoolWriter) -> None:
        try:
            with _opened(path) as file:
                if is_archive(_beginning(file)):
                    self._read_archive(Archive(file), writer)
                else:
                    self._read_plain(file, path.stat().st_size, writer)
        except Unreadable as end:
            self._tell(end.trouble, end.place, end.detail)
        except MemoryError:
            self._tell(Trouble.TOO_MUCH)
        else:
            if not self.contents.chats and not self.contents.problems:
                self._tell(Trouble.NO_CHATS if self._is_own else Trouble.UNKNOWN_KIND)

    def _read_plain(self, file: BinaryIO, size: int, writer: SpoolWriter) -> None:
        if size > IMPORT_JSON_TOTAL_MAX_BYTES:
            raise Unreadable(Trouble.TOO_LARGE)
        # What this program has written it reads again, however long a chat was.
        is_own = own_format.is_beginning(_beginning(file, _HEAD_BYTES))
        self._read_text(_Counted(file.read, self._listener.progress, 0, size), writer, is_own=is_own)

    def _read_archive(self, archive: Archive, writer: SpoolWriter) -> None:
        names = archive.texts()
        broken: list[str] = []
        total = sum(map(archive.size, names))
        done = 0
        for name in names:
            before = self.contents.chats
            try:
                read = archive.reader(name, is_own=self._is_own)
                counted = _Counted(read, self._listener.progress, done, total)
                self._read_text(counted, writer, is_own=self._is_own, is_entry=True)
            except Unreadable as end:
                # Of a member that is no list of chats nothing is wanted, but a trap is told in any case.
                is_ours = self.contents.chats > before or self._is_own or "conversations" in name
                if is_ours or end.trouble in {Trouble.BOMB, Trouble.LOCKED, Trouble.NEWER, Trouble.TOO_MANY_CHATS}:
                    self._tell(end.trouble, end.place, name)
                elif archive.is_head(name):
                    # Its name tells what the others are.
                    self._is_own, self.contents.type = True, FileType.OWN
                    self._tell(end.trouble, end.place, name)
                elif end.trouble is Trouble.BAD_ARCHIVE:
                    broken.append(name)
                if end.trouble in {Trouble.NEWER, Trouble.TOO_MANY_CHATS}:
                    return
            done += archive.size(name)
        if broken and not self.contents.chats and not self.contents.problems:
            self._tell(Trouble.BAD_ARCHIVE, "", broken[0])

    def _read_text(
        self, read: Callable[[int], bytes], writer: SpoolWriter, *, is_own: bool, is_entry: bool = False
    ) -> None:
        odd_lines: list[str] = []
        before = self.contents.chats
        try:
            value_max, inner = IMPORT_VALUE_MAX_CHARS, ""
            if is_own:
                value_max, inner = IMPORT_OWN_VALUE_MAX_CHARS, own_format.MESSAGES
            self._read_elements(elements(read, odd_lines.append, value_max, inner), writer, is_entry=is_entry)
        finally:
            # In an archive most texts are none of chats.
            if odd_lines and (not is_entry or self.contents.chats > before):
                self._tell(Trouble.ODD_BYTES, odd_lines[0])

    def _read_elements(self, parts: Iterator[Element], writer: SpoolWriter, *, is_entry: bool) -> None:
        whole: dict[str, Any] = {}
        self._strangers = []
        before = self.contents.chats
        try:
            for element in parts:
                if element.key:
                    whole[element.key] = element.value
                    if element.key in {"format", "version"}:
                        self._note_own(whole)
                    continue
                self._add(element, writer)
                if is_entry and len(self._strangers) > _STRANGERS_MAX and self.contents.chats == before:
                    return
                if not is_entry or self._is_own or self.contents.chats > before:
                    self._tell_strangers()
        except Unreadable as end:
            # What stands before the damage is whole; a trap, or what a later version wrote, is not looked at.
            if end.trouble in {Trouble.CUT_OFF, Trouble.NOT_JSON, Trouble.TOO_DEEP}:
                self._add_whole(whole, writer, is_entry=is_entry, is_broken=True)
            raise
        self._add_whole(whole, writer, is_entry=is_entry)

    def _add_whole(
        self, whole: dict[str, Any], writer: SpoolWriter, *, is_entry: bool, is_broken: bool = False
    ) -> None:
        """Take what the outermost object says besides the lists in it."""
        if self._is_own:
            problems: list[tuple[Trouble, str]] = []
            if "folders" in whole:
                self.contents.folders = own_format.found_folders(whole["folders"], IMPORT_FOLDERS_MAX, problems)
            for trouble, place in problems:
                self._tell(trouble, place)
        elif whole and (not (is_entry or is_broken) or self._found(whole) is not None):
            self._add(Element(whole, line=1), writer)
            self._tell_strangers()

    def _tell_strangers(self) -> None:
        for line in self._strangers:
            self._tell(Trouble.NOT_A_CHAT, line)
        self._strangers = []

    def _note_own(self, whole: dict[str, Any]) -> None:
        if whole.get("format") != own_format.FORMAT:
            return
        self._is_own = True
        self.contents.type = FileType.OWN
        if given.count(whole.get("version")) > own_format.VERSION:
            raise Unreadable(Trouble.NEWER, "", str(given.count(whole.get("version"))))

    def _add(self, element: Element, writer: SpoolWriter) -> None:
        found = self._found(element.value)
        if found is None:
            self._strangers.append(str(element.line))
            return
        if self.contents.chats >= IMPORT_CHATS_MAX:
            raise Unreadable(Trouble.TOO_MANY_CHATS)
        self.contents.chats += 1
        self._title = found.record.title
        summary = writer.add(found)
        # Who packs several exports, or a copy beside the original, has the same chats in them again.
        before, self._seen[summary.key] = self._seen.get(summary.key), summary.content
        if before == summary.content and found.messages:
            self._tell(Trouble.TWICE, chat=summary.number)
            return
        for trouble, place in found.problems:
            self._tell(trouble, place, chat=summary.number)
        if not found.messages and not found.record.draft:
            self._tell(Trouble.NO_MESSAGES, chat=summary.number)
        self._listener.chat(summary)

    def _found(self, value: Any) -> FoundChat | None:
        if self._is_own:
            return own_format.found_chat(value, self._now)
        if chatgpt.is_conversation(value):
            self.contents.type = FileType.CHATGPT
            return chatgpt.found_chat(value, self._now)
        if open_webui.is_chat(value):
            self.contents.type = FileType.OPEN_WEBUI
            return open_webui.found_chat(value, self._now)
        return None

    def _tell(self, trouble: Trouble, place: str = "", detail: str = "", *, chat: int = 0) -> None:
        self.contents.problems += 1
        if self.contents.problems <= IMPORT_PROBLEMS_MAX or trouble.is_end:
            self._listener.problem(Problem(trouble, chat, self._title if chat else "", place, detail))


class _Counted:
    """A reader that tells how far it is."""

    def __init__(self, read: Callable[[int], bytes], tell: Callable[[int, int], None], done: int, total: int) -> None:
        self._read = read
        self._tell = tell
        self._done = done
        self._total = total

    def __call__(self, size: int) -> bytes:
        try:
            part = self._read(size)
        except OSError as exc:
            raise Unreadable(Trouble.UNREADABLE, "", exc.strerror or "") from exc
        self._done += len(part)
        self._tell(min(self._done, self._total), self._total)
        return part


def _opened(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a device or a pipe would never end
            raise Unreadable(Trouble.UNREADABLE)
        return path.open("rb")
    except OSError as exc:
        raise Unreadable(Trouble.UNREADABLE, "", exc.strerror or "") from exc


def _beginning(file: BinaryIO, size: int = 4) -> bytes:
    beginning = file.read(size)
    file.seek(0)
    return beginning
