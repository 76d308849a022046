"""Reading a file of the user once, without ever waiting for a pipe or a device and without believing its size."""

import os
import stat
from pathlib import Path

from gigadesk.errors import AttachmentCause, AttachmentError

# Windows has neither of the first two, and translates line ends without the last.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_PART_BYTES = 1024 * 1024


def read_once(path: Path, name: str, max_bytes: int) -> bytes:
    """All bytes of a regular file. Links are followed. `name` is for the error.

    Raises:
        AttachmentError: not a file, unreadable, empty, larger than `max_bytes`, or changed while it was read.
    """
    try:
        _check_kind(os.stat(path), name)  # opening a device may do something  # noqa: PTH116
        descriptor = os.open(path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError, ValueError) as exc:
        raise AttachmentError(AttachmentCause.NOT_A_FILE, name) from exc
    except OSError as exc:
        raise AttachmentError(AttachmentCause.UNREADABLE, name) from exc
    try:
        return _read(descriptor, name, max_bytes)
    except OSError as exc:
        raise AttachmentError(AttachmentCause.UNREADABLE, name) from exc
    finally:
        os.close(descriptor)


def _read(descriptor: int, name: str, max_bytes: int) -> bytes:
    before = os.fstat(descriptor)
    _check_kind(before, name)  # it may have been replaced since
    if before.st_size == 0:
        raise AttachmentError(AttachmentCause.EMPTY, name)
    if before.st_size > max_bytes:
        raise AttachmentError(AttachmentCause.TOO_LARGE, name, limit_bytes=max_bytes)
    content = bytearray()
    while len(content) <= before.st_size:  # one byte more than promised is enough to know that it grows
        part = os.read(descriptor, min(_PART_BYTES, before.st_size + 1 - len(content)))
        if not part:
            break
        content += part
    after = os.fstat(descriptor)
    if len(content) != before.st_size or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise AttachmentError(AttachmentCause.CHANGED, name)
    return bytes(content)


def _check_kind(found: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise AttachmentError(AttachmentCause.NOT_A_FILE, name)
