"""Files and folders that only their owner can read. The one place that creates files (rule R7)."""

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

_PART_BYTES = 1024 * 1024
_OLD_S = 30 * 24 * 3600
"""Nobody uses a temporary folder for so long; until then the number of the process tells, which may have come again."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of one's own in it
_MEMORY_LEAST_BYTES = 512 * 1024 * 1024
"""With less, a few pictures could fill it."""
_NAME_SHOWN_BYTES = 100
"""Of a name in that of its temporary file: file systems take 255 bytes, and the name itself may have as many."""


def is_file(path: Path) -> bool:
    """Whether there is a file, as far as can be seen: `Path.is_file` raises where a folder on the way is closed."""
    return _is_seen(path.is_file)


def is_folder(path: Path) -> bool:
    """The same of a folder."""
    return _is_seen(path.is_dir)


def is_there(path: Path) -> bool:
    """The same of anything."""
    return _is_seen(path.exists)


def _is_seen(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except (OSError, ValueError):  # also of a name that no file system takes
        return False


def make_private_folder(path: Path) -> None:
    """Create `path`, and the parents that are missing; only the owner may enter them (0700)."""
    if not path.parent.exists():
        make_private_folder(path.parent)
    path.mkdir(exist_ok=True, mode=0o700)
    path.chmod(0o700)


def private_folder_in_memory(owner: Path) -> Path | None:
    """A folder whose files lie in memory and on no disk, one for each `owner`; None where the system has no such place.

    It may hold what a crash has left. Somebody else's folder of that name is not taken.
    """
    import hashlib  # as slow as `tempfile`, and the first paint needs neither
    import shutil

    name = f"gigadesk-{hashlib.sha256(os.fsencode(owner.absolute())).hexdigest()[:24]}"
    try:
        if sys.platform != "linux" or not _lies_in_memory(_MEMORY):
            return None
        if shutil.disk_usage(_MEMORY).free < _MEMORY_LEAST_BYTES:
            return None
        with contextlib.suppress(FileExistsError):
            (_MEMORY / name).mkdir(mode=0o700)
        found = (_MEMORY / name).lstat()
    except OSError:
        return None
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
    return _MEMORY / name if is_own else None


def _lies_in_memory(place: Path) -> bool:
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    return any(line.split()[1:3] == [str(place), "tmpfs"] for line in lines)


def create_private(path: Path) -> None:
    """Create an empty file that only the owner can read (0600), or narrow an existing one to that."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    os.close(descriptor)
    path.chmod(0o600)


def write_private(path: Path, content: bytes) -> None:
    """Replace `path` by `content` at once: after a power cut the file is the old one or the new one, never half.

    Raises:
        OSError: nothing was changed.
    """
    import tempfile  # 3 ms with what it imports, and most starts write no file

    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=unfinished_prefix(path))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    sync_folder(path.parent)


def write_mark(path: Path, content: bytes) -> None:
    """Put a few bytes into a private file. They survive the end of the process, whatever ends it, not a power cut.

    Raises:
        OSError: the file may be empty now.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, content)
    finally:
        os.close(descriptor)


def new_private(path: Path) -> BinaryIO:
    """An empty private file in place of what was there, open for writing."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "wb")


def unfinished_prefix(path: Path) -> str:
    """How the name of a file begins that will take the place of `path`."""
    return f".{path.name.encode(errors='ignore')[:_NAME_SHOWN_BYTES].decode(errors='ignore')}."


def new_unfinished(path: Path) -> tuple[BinaryIO, Path]:
    """A new empty file beside `path`, open for writing, and where it is; for `put_in_place` once it is complete."""
    import tempfile  # see above

    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=unfinished_prefix(path))
    return os.fdopen(descriptor, "wb", buffering=0), Path(temporary)


def copy_private(source: Path, target: Path, on_part: Callable[[int], None] = lambda _bytes: None) -> None:
    """Copy a file to a new private one, which has reached the disk on return. `on_part` hears of each part.

    Raises:
        OSError: the copy is not complete; also when there is something at `target` already.
    """
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as writing, source.open("rb") as reading:
        while part := reading.read(_PART_BYTES):
            view = memoryview(part)
            while view:
                view = view[writing.write(view) :]
            on_part(len(part))
        os.fsync(writing.fileno())


def private_temporary_folder(prefix: str) -> Path:
    """A new folder for what is not kept, in the system's place for that; `sweep_temporary_folders` knows it again.

    Raises:
        OSError: there is none.
    """
    import tempfile  # see above

    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-"))


def sweep_temporary_folders(prefix: str, age_s: float = 0.0) -> None:
    """Delete the folders with this prefix that programs of this user have left because they were killed. Blocks.

    Only those that are so old; where another program may still read them, it has had the time.
    """
    import shutil  # see above
    import tempfile

    with contextlib.suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            process = path.name.removeprefix(prefix).partition("-")[0]
            if process.isdecimal() and _is_ours(path) and not _is_used(path, int(process), age_s):
                shutil.rmtree(path, ignore_errors=True)


def _is_ours(path: Path) -> bool:
    """A folder, not a link to one, that nobody but this user could have made."""
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and (os.name == "nt" or found.st_uid == os.geteuid())


def _is_used(path: Path, process: int, age_s: float) -> bool:
    age = time.time() - path.lstat().st_mtime
    if age > _OLD_S or age < age_s:
        return age < age_s
    if os.name == "nt":
        return True  # to ask for a process there would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def open_in_place(path: Path) -> BinaryIO:
    """Open a file that is there to change bytes of it, without a buffer.

    Raises:
        OSError: it is not there, or may not be written.
    """
    return path.open("r+b", buffering=0)


def write_at(file: BinaryIO, place: int, content: bytes) -> None:
    """Write a few bytes into a file of `open_in_place`, in one call where the system has one."""
    if hasattr(os, "pwrite"):
        os.pwrite(file.fileno(), content, place)
    else:
        file.seek(place)
        file.write(content)


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file in the same folder its name; what had the name before is replaced at once or not at all.

    Raises:
        OSError: nothing was changed.
    """
    sync_file(temporary)
    temporary.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Let the content of a file reach the disk.

    Raises:
        OSError: the disk refuses.
    """
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk.

    Raises:
        OSError: the disk refuses.
    """
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS journals the rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
