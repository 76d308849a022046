"""Notes how much of the write-ahead log has reached the disk, so that damage to it is told from a power cut.

What a power cut leaves looks like damage; but it can only concern what was not flushed. The note is written behind the
flush, and is not flushed itself: it may be too old after a power cut, never too new.
"""

import contextlib
import os
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

from gigadesk.files import create_private, open_in_place, write_at
from gigadesk.store.file_names import mark_of, shm_of

_MAGIC = b"GDsaved1"
_NOTE = struct.Struct("<8s8sII")
"""Magic, salts of the log, frames of it, checksum of all that."""
SHARED = struct.Struct("=12xBxxxI12x8s8x")
"""One of the two equal headers of the shared memory: is it in use, frames that are valid, their salts."""


class LogMark:
    """The note beside one open database. To be closed after its connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shared: BinaryIO | None = None
        """Open as long as the connection: to close any handle of a file gives up the locks that SQLite has on it."""
        self._file: BinaryIO | None = None

    def note(self) -> None:
        """All that was committed so far has reached the disk. What cannot be noted is not known later, nothing else."""
        with contextlib.suppress(OSError):
            if self._file is None or self._shared is None:
                self._open()
            assert self._file is not None
            assert self._shared is not None
            self._shared.seek(0)
            is_used, frames, salts = SHARED.unpack(self._shared.read(SHARED.size).ljust(SHARED.size, b"\0"))
            if is_used and frames:
                write_at(self._file, 0, _note_of(salts, frames))

    def _open(self) -> None:
        self._shared = self._shared or shm_of(self._path).open("rb", buffering=0)
        create_private(mark_of(self._path))
        self._file = open_in_place(mark_of(self._path))

    def before_closing(self) -> None:
        """Before its connection is closed: on Windows SQLite could not delete the shared memory that is open here."""
        if os.name == "nt" and self._shared is not None:
            self._shared.close()
            self._shared = None

    def close(self, *, is_folded: bool) -> None:
        """With `is_folded` there is no log any more."""
        for file in (self._shared, self._file):
            if file is not None:
                file.close()
        if is_folded and self._file is not None:
            with contextlib.suppress(OSError):
                mark_of(self._path).unlink()
        self._shared = self._file = None


def frames_on_disk(path: Path, salts: bytes) -> int:
    """How many frames of the log with these salts have reached the disk for sure; 0 when nobody knows."""
    try:
        with mark_of(path).open("rb") as file:
            content = file.read(_NOTE.size)
    except OSError:
        return 0
    if len(content) < _NOTE.size:
        return 0
    _, known_salts, frames, _ = _NOTE.unpack(content)
    return frames if known_salts == salts and content == _note_of(salts, frames) else 0


def _note_of(salts: bytes, frames: int) -> bytes:
    content = _NOTE.pack(_MAGIC, salts, frames, 0)[:-4]
    return content + zlib.crc32(content).to_bytes(4, "little")
