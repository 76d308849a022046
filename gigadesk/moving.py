"""Moves the data folder: copies everything, checks the copy, and only then lets the program look there.

Blocks; give it a thread. Nobody may have the data open meanwhile but the program itself, with its log and its lock.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from gigadesk.data_folder import LEFT_BEHIND_NAME, PASSING_NAMES, UNFINISHED_NAME, find_place, point_to
from gigadesk.errors import StorageCause, StorageError
from gigadesk.files import copy_private, create_private, make_private_folder, sync_folder, write_private

NOT_MOVED = PASSING_NAMES | {LEFT_BEHIND_NAME, UNFINISHED_NAME}
"""The log begins anew: it is being written."""
_PART_BYTES = 1024 * 1024

Going = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises ends the work."""


def size_of(folder: Path) -> int:
    """How many bytes would be copied."""
    return sum(path.stat().st_size for path in _files(folder))


def copy_data(source: Path, target: Path, going: Going) -> None:
    """Copy the data in `source` to `target`, which is empty, not there, or has what an earlier try left.

    On return everything is on the disk, compared byte by byte with what it was copied from. Whatever breaks it off
    leaves `source` as it was, and `target` marked as unfinished, or empty again.

    Raises:
        OSError: one of the two cannot be read or written.
        StorageError: `DAMAGED` when what was read back is not what was written.
    """
    make_private_folder(target)
    discard_unfinished(target)
    create_private(target / UNFINISHED_NAME)
    sync_folder(target)
    done, whole = 0, 2 * size_of(source)

    def on_part(size: int) -> None:
        nonlocal done
        done += size
        going(done, max(done, whole))

    try:
        for path in _files(source):
            copy = target / path.relative_to(source)
            make_private_folder(copy.parent)
            copy_private(path, copy, on_part)
        for path in _files(source):
            _compare(path, target / path.relative_to(source), on_part)
        for folder in {path.parent for path in _files(target)} | {target}:
            sync_folder(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            discard_unfinished(target)
        raise


def finish(first: Path, source: Path, target: Path) -> None:
    """Note where the complete copy came from, and let the pointer in `first` lead to it.

    The mark goes last: whatever is cut off before the pointer leads here may be thrown away at the next try.

    Raises:
        OSError: the data is where it was, and `target` is empty again, or marked.
    """
    try:
        write_private(target / LEFT_BEHIND_NAME, os.fsencode(source) + b"\n")
        point_to(first, target)
    except OSError:
        # Also a pointer that was written, but perhaps not to the disk, leads here.
        if find_place(first).folder != target:
            discard_unfinished(target)
            raise
    settle(target)


def settle(folder: Path) -> None:
    """Take the mark from a folder to which the pointer leads: the copy in it is complete. Errors are passed over."""
    if (folder / UNFINISHED_NAME).exists() and (folder / LEFT_BEHIND_NAME).exists():
        with contextlib.suppress(OSError):
            (folder / UNFINISHED_NAME).unlink()
            sync_folder(folder)


def discard_unfinished(target: Path) -> None:
    """Delete what a copying that broke off has left; nothing without its mark, and never the pointer to the data.

    Raises:
        OSError: something stays; the mark, too.
    """
    if not (target / UNFINISHED_NAME).exists():
        return
    for path in list(target.iterdir()):
        if path.name != UNFINISHED_NAME and path.name not in PASSING_NAMES:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    (target / UNFINISHED_NAME).unlink()


def left_behind(folder: Path) -> Path | None:
    """The folder from which the data in `folder` was moved, while it is still there."""
    try:
        with (folder / LEFT_BEHIND_NAME).open("rb") as file:
            old = Path(os.fsdecode(file.read(8192).rstrip(b"\n")))
    except (OSError, ValueError):
        return None
    return old if old.is_absolute() and (old / "chats.db").is_file() else None


def forget_left_behind(folder: Path) -> None:
    """Do not ask about the old folder again. Errors are passed over."""
    with contextlib.suppress(OSError):
        (folder / LEFT_BEHIND_NAME).unlink(missing_ok=True)


def remove_old_data(old: Path, folder: Path) -> None:
    """Delete what was moved from `old` to `folder`: only files of which `folder` has one of the same name.

    Raises:
        OSError: something stays.
    """
    for path in list(_files(old)):
        # The copy has been used meanwhile, so its size may be another. What came later has no copy, and stays.
        if (folder / path.relative_to(old)).exists() or path.name.endswith(("-wal", "-shm")):
            path.unlink()
    for each in sorted((path for path in old.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            each.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in NOT_MOVED or path.is_symlink():
            if path.name == "chats.db":
                yield path  # the database itself may lie elsewhere: its content comes along
            continue
        if path.is_dir():
            yield from (each for each in sorted(path.rglob("*")) if each.is_file() and not each.is_symlink())
        elif path.is_file():
            yield path


def _compare(original: Path, copy: Path, on_part: Callable[[int], None]) -> None:
    if _digest(original) != _digest(copy, on_part):
        raise StorageError(StorageCause.DAMAGED, str(copy), "the copy is not like the original")


def _digest(path: Path, on_part: Callable[[int], None] = lambda _bytes: None) -> bytes:
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART_BYTES):
            sha.update(part)
            on_part(len(part))
    return sha.digest()
