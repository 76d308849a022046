"""Zip archives from elsewhere. No name in them is ever a path: entries are read as streams, within limits."""

import contextlib
import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from gigadesk.exchange.problems import Trouble, Unreadable
from gigadesk.files import new_unfinished
from gigadesk.limits import (
    DOWNLOAD_MAX_BYTES,
    IMPORT_ARCHIVE_FREE_ENTRY_BYTES,
    IMPORT_ARCHIVE_FREE_TOTAL_BYTES,
    IMPORT_ARCHIVE_MAX_ENTRIES,
    IMPORT_ARCHIVE_MAX_RATIO,
    IMPORT_FILES_TOTAL_MAX_BYTES,
    IMPORT_JSON_TOTAL_MAX_BYTES,
)

_MAGIC = b"PK"
_PART = 1024 * 1024
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of packing that zipfile does not know
    RuntimeError,
    struct.error,
    OverflowError,
    ValueError,
    UnicodeError,
)


def is_archive(beginning: bytes) -> bool:
    return beginning.startswith(_MAGIC)


@contextlib.contextmanager
def _understood(name: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as exc:
        raise Unreadable(Trouble.BAD_ARCHIVE, name) from exc


def _last(name: str) -> str:
    """Behind all folders: some programs of Windows write those with backslashes."""
    return PurePosixPath(name.replace("\\", "/")).name


def _is_of_finder(name: str) -> bool:
    """Beside each file macOS packs what it knows about it, under the same name."""
    return _last(name).startswith("._")


class Archive:
    """An open archive.

    Raises:
        Unreadable: it is none, or a trap.
    """

    def __init__(self, file: BinaryIO) -> None:
        with _understood(""):
            self._zip = zipfile.ZipFile(file)
        self._bytes = file.seek(0, os.SEEK_END)
        most = max(IMPORT_ARCHIVE_FREE_TOTAL_BYTES, IMPORT_ARCHIVE_MAX_RATIO * self._bytes)
        self.files_most_bytes = min(IMPORT_FILES_TOTAL_MAX_BYTES, most)
        """So much of the files in it may be put on the disk."""
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > IMPORT_ARCHIVE_MAX_ENTRIES:
            raise Unreadable(Trouble.BOMB, "", str(len(entries)))
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._by_beginning: dict[str, str] | None = None
        for entry in entries:
            self._entries.setdefault(entry.filename, entry)
        texts = sum(self._entries[name].file_size for name in self.texts())
        if texts > most:
            raise Unreadable(Trouble.BOMB)
        if texts > IMPORT_JSON_TOTAL_MAX_BYTES:
            raise Unreadable(Trouble.TOO_LARGE)

    def texts(self) -> list[str]:
        """The names of the entries that may hold JSON, ours first, then by name."""
        names = [name for name in self._entries if name.lower().endswith(".json") and not _is_of_finder(name)]
        return sorted(names, key=lambda name: (not self.is_head(name), name))

    @staticmethod
    def is_head(name: str) -> bool:
        """Whether it says that the archive is one of ours."""
        return _last(name) == "gigadesk.json"

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def find(self, member: str) -> str:
        """The entry of a file: `files/<digest>`, or one whose name begins with an id; empty when there is none."""
        if f"files/{member}" in self._entries:
            return f"files/{member}"
        if self._by_beginning is None:
            self._by_beginning = {}
            for name in self._entries:
                if _is_of_finder(name):
                    continue
                last = _last(name)
                # `file-abc123-holiday.png`, `file_0000abc-sanitized.png`, `file-abc123.png`
                for cut in (last.split(".")[0], last, "-".join(last.split("-")[:2]), last.split("-")[0]):
                    self._by_beginning.setdefault(cut, name)
        return self._by_beginning.get(member, "")

    def reader(self, name: str, *, is_own: bool = False) -> Callable[[int], bytes]:
        """Reads an entry piece by piece, as much of it as it says.

        That all of them together are no trap was made sure of by their sizes.
        """
        return _Reader(self._open(name, is_own=is_own), name, self.size(name))

    def extract(self, name: str, folder: Path) -> tuple[str, int]:
        """Write the bytes of an entry into a folder, under their digest; gives that and their number.

        Raises:
            Unreadable: it cannot be read, or is not what it says; there is nothing in the folder.
            OSError: the disk refuses.
        """
        read = _Reader(self._open(name), name, DOWNLOAD_MAX_BYTES)
        sha, size = hashlib.sha256(), 0
        file, temporary = new_unfinished(folder / "entry")
        try:
            with file:
                while part := read(_PART):
                    sha.update(part)
                    size += len(part)
                    file.write(part)
            temporary.replace(folder / sha.hexdigest())
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        return sha.hexdigest(), size

    def _open(self, name: str, *, is_own: bool = False) -> BinaryIO:
        entry = self._entries[name]
        if not 0 <= entry.header_offset < self._bytes:  # the system would refuse to go there, as if the disk were ill
            raise Unreadable(Trouble.BAD_ARCHIVE, name)
        if entry.flag_bits & _ENCRYPTED:
            raise Unreadable(Trouble.LOCKED, name)
        if entry.compress_type not in _PLAIN:
            raise Unreadable(Trouble.BAD_ARCHIVE, name)
        most = max(IMPORT_ARCHIVE_FREE_ENTRY_BYTES, IMPORT_ARCHIVE_MAX_RATIO * entry.compress_size)
        if entry.file_size > most and not is_own:
            raise Unreadable(Trouble.BOMB, name)
        with _understood(name):
            return self._zip.open(entry)  # type: ignore[return-value]  # a file for reading


class _Reader:
    """Pieces of an entry. What it claims about its size is not believed."""

    def __init__(self, stream: BinaryIO, name: str, most: int) -> None:
        self._stream = stream
        self._name = name
        self._left = most

    def __call__(self, size: int) -> bytes:
        with _understood(self._name):
            part = self._stream.read(min(size, _PART))
        self._left -= len(part)
        if self._left < 0:
            raise Unreadable(Trouble.TOO_LARGE, self._name)
        return part
