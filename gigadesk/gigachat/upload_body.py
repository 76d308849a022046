"""A file on its way to the service: checked first, then read piece by piece while it is sent."""

import io
import os
import stat
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gigadesk.chat import FileKind
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.gigachat.file_kinds import (
    FILE_TYPES,
    HEAD_BYTES,
    FileType,
    clean_file_name,
    file_type_of,
    type_of_content,
)
from gigadesk.gigachat.threads import in_thread
from gigadesk.gigachat.values import UploadSource

_PIECE_BYTES = 128 * 1024
"""What is in memory at once; small enough for a progress bar to move on a slow line."""

# A pipe put in the place of the file does not keep `open` waiting. Windows has no such flag, and no such pipes.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

Progress = Callable[[int, int], None]
"""Is told how many bytes have gone, and how many there are; 0 when that is not known."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A source that may be sent, and what was true of it when it was looked at."""

    content: Path | bytes
    name: str
    """As it is shown."""
    sent_name: str
    """With an ending that the service knows."""
    mime: str
    size_bytes: int
    identity: tuple[int, ...] = ()
    """Of a file: device, number, size and time of the last change."""


def check(source: UploadSource) -> Checked:
    """Look at what is to be sent, without sending anything. Blocks for the disk.

    Raises:
        AttachmentError: the service would not take it: kind, size, no regular file, or a picture that is none.
    """
    content = source.content
    name = clean_file_name(source.name or (content.name if isinstance(content, Path) else ""))
    file_type = file_type_of(name) or _type_by_mime(source.mime)
    if file_type is None:
        raise AttachmentError(AttachmentCause.UNSUPPORTED, name)
    head, size, identity = _look(content, name)
    if size == 0:
        raise AttachmentError(AttachmentCause.EMPTY, name)
    if size > file_type.max_bytes:
        raise AttachmentError(AttachmentCause.TOO_LARGE, name, limit_bytes=file_type.max_bytes)
    mime = _declared(file_type, head, name)
    return Checked(content, name, _with_known_ending(name, mime), mime, size, identity)


def check_lines(path: Path, max_bytes: int) -> Checked:
    """The same for a file that is sent as it is, without regard to its kind."""
    name = clean_file_name(path.name)
    _, size, identity = _look(path, name)
    if size == 0:
        raise AttachmentError(AttachmentCause.EMPTY, name)
    if size > max_bytes:
        raise AttachmentError(AttachmentCause.TOO_LARGE, name, limit_bytes=max_bytes)
    return Checked(path, name, name, "application/octet-stream", size, identity)


class Pieces:
    """The bytes of a checked source, with `head` before and `tail` behind them.

    aiohttp makes a connection error of whatever is raised while it reads; the true reason is kept in `failure`.
    """

    def __init__(self, checked: Checked, head: bytes, tail: bytes, on_piece: Progress) -> None:
        self.failure: AttachmentError | None = None
        self._checked = checked
        self._head = head
        self._tail = tail
        self._on_piece = on_piece

    async def read(self) -> AsyncGenerator[bytes, None]:
        """The request body. `on_piece` is called when the network has taken a piece."""
        checked, done = self._checked, 0
        if self._head:
            yield self._head
        try:
            with await in_thread(_opened, checked, undo=_close) as file:
                while piece := await in_thread(file.read, min(_PIECE_BYTES, checked.size_bytes - done)):
                    yield piece
                    done += len(piece)
                    self._on_piece(done, checked.size_bytes)
                # Not before the end of the form is held back: the service must never see a file that never was.
                await in_thread(_check_unchanged, file, checked, done)
        except AttachmentError as error:
            self.failure = error
            raise
        except OSError as error:
            self.failure = AttachmentError(AttachmentCause.UNREADABLE, checked.name)
            raise self.failure from error
        if self._tail:
            yield self._tail


def _look(content: Path | bytes, name: str) -> tuple[bytes, int, tuple[int, ...]]:
    """The first bytes, the size and the identity of the source."""
    if isinstance(content, bytes):
        return content[:HEAD_BYTES], len(content), ()
    try:
        found = content.stat()
        if not stat.S_ISREG(found.st_mode):
            raise AttachmentError(AttachmentCause.NOT_A_FILE, name)
        with _open(content, name) as file:
            head = file.read(HEAD_BYTES)
            return head, found.st_size, _identity(os.fstat(file.fileno()))
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise AttachmentError(AttachmentCause.NOT_A_FILE, name) from error
    except OSError as error:
        raise AttachmentError(AttachmentCause.UNREADABLE, name) from error


def _opened(checked: Checked) -> BinaryIO:
    if isinstance(checked.content, bytes):
        return io.BytesIO(checked.content)
    file = _open(checked.content, checked.name)
    if _identity(os.fstat(file.fileno())) != checked.identity:
        file.close()
        raise AttachmentError(AttachmentCause.CHANGED, checked.name)
    return file


def _open(path: Path, name: str) -> BinaryIO:
    file = os.fdopen(os.open(path, _OPEN_FLAGS), "rb", buffering=0)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise AttachmentError(AttachmentCause.NOT_A_FILE, name)
    return file


def _close(file: BinaryIO) -> None:
    file.close()


def _check_unchanged(file: BinaryIO, checked: Checked, done: int) -> None:
    is_same = isinstance(checked.content, bytes) or _identity(os.fstat(file.fileno())) == checked.identity
    if done != checked.size_bytes or not is_same:
        raise AttachmentError(AttachmentCause.CHANGED, checked.name)


def _identity(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _type_by_mime(mime: str) -> FileType | None:
    return next((each for each in FILE_TYPES.values() if each.mime == mime), None)


def _declared(file_type: FileType, head: bytes, name: str) -> str:
    """The type to declare. A picture is what its bytes say: cameras and browsers call many a PNG `.jpg`."""
    if file_type.kind is not FileKind.IMAGE:
        return file_type.mime
    found = type_of_content(head)
    if _type_by_mime(found.mime) is None or found.kind is not FileKind.IMAGE:
        raise AttachmentError(AttachmentCause.BAD_PICTURE, name)
    return found.mime


def _with_known_ending(name: str, mime: str) -> str:
    known = file_type_of(name)
    if known is not None and known.mime == mime:
        return name
    return f"{name}.{next(ending for ending, each in FILE_TYPES.items() if each.mime == mime)}"
