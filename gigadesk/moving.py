"""Moves the data folder: copies everything, checks the copy, and only then lets the program look there.

Blocks; give it a thread. Nobody may have the data open meanwhile but the program itself, with its log and its lock.
"""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from gigadesk.data_folder import LEFT_BEHIND_NAME, PASSING_NAMES, find_place, point_to
from gigadesk.errors import StorageCause, StorageError
from gigadesk.files import copy_private, is_file, make_private_folder, sync_folder, write_private
from gigadesk.move_mark import MARK_NAME, MoveMark, digest_of, discard_move, has_mark

NOT_MOVED = PASSING_NAMES | {LEFT_BEHIND_NAME, MARK_NAME}
"""The log begins anew: it is being written."""

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
    discard_move(target)
    if others := {path.name for path in target.iterdir()} - PASSING_NAMES:
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(target / min(others)))
    mark = MoveMark(target)
    done, whole = 0, 2 * size_of(source)

    def on_part(size: int) -> None:
        nonlocal done
        done += size
        going(done, max(done, whole))

    try:
        for path in _files(source):
            copy_private(path, mark.part, on_part)
            mark.put(target / path.relative_to(source), _digest_of_both(path, mark.part, on_part))
        mark.expect(LEFT_BEHIND_NAME, _left_behind_words(source))
        for folder in {path.parent for path in _files(target)} | {target}:
            sync_folder(folder)
    except BaseException:
        mark.close()
        with contextlib.suppress(OSError):
            discard_move(target)
        raise
    mark.close()


def finish(first: Path, source: Path, target: Path) -> None:
    """Note where the complete copy came from, and let the pointer in `first` lead to it.

    The mark goes last: whatever is cut off before the pointer leads here may be thrown away at the next try.

    Raises:
        OSError: the data is where it was, and `target` is empty again, or marked.
    """
    try:
        write_private(target / LEFT_BEHIND_NAME, _left_behind_words(source))
        point_to(first, target)
    except OSError:
        # Also a pointer that was written, but perhaps not to the disk, leads here.
        if find_place(first).folder != target:
            discard_move(target)
            raise
    settle(target)


def settle(folder: Path) -> None:
    """Take the mark from a folder to which the pointer leads: the copy in it is complete. Errors are passed over."""
    if has_mark(folder) and (folder / LEFT_BEHIND_NAME).exists():
        with contextlib.suppress(OSError):
            (folder / MARK_NAME).unlink()
            sync_folder(folder)


def left_behind(folder: Path) -> Path | None:
    """The folder from which the data in `folder` was moved, while it is still there."""
    try:
        with (folder / LEFT_BEHIND_NAME).open("rb") as file:
            old = Path(os.fsdecode(file.read(8192).rstrip(b"\n")))
    except (OSError, ValueError):
        return None
    return old if old.is_absolute() and is_file(old / "chats.db") else None


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
        if (folder / path.relative_to(old)).exists() or path.name.endswith(("-wal", "-shm", "-saved")):
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


def _digest_of_both(original: Path, copy: Path, on_part: Callable[[int], None]) -> bytes:
    digest = digest_of(original)
    if digest_of(copy, on_part) != digest:
        raise StorageError(StorageCause.DAMAGED, str(copy), "the copy is not like the original")
    return digest


def _left_behind_words(source: Path) -> bytes:
    return os.fsencode(source) + b"\n"
