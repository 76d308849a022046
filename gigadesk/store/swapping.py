"""Puts another file in the place of the database, so that a power cut at any moment leaves the old or the new one."""

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from gigadesk.files import copy_private, make_private_folder, put_in_place, sync_folder
from gigadesk.store.file_names import mark_of, next_of, shm_of, wal_of

SET_ASIDE_FOLDER = "damaged"
REPORT_NAME = "report.txt"
"""Beside what was set aside: says what could be saved of it."""
RECOVERING_PREFIX = ".recovering-"
"""How the folders are called in which a damaged database is read into a new one."""
_COPY, _RECOVERED = ".{}.copy", ".{}.recovered"
_PART = "..{}.recovered.part"
_DATED = re.compile(r"\d{4}-\d\d-\d\d-\d{6}(?:-\d+)?")


def finish_swap(path: Path) -> None:
    """Let the database that waits take its place, if there is one; what a power cut broke off is gone on with.

    A write-ahead log of the old database must not stay: SQLite would take it for one of the new.

    Raises:
        OSError: the disk refuses; it is tried again at the next start.
    """
    waiting = next_of(path)
    if not waiting.exists():
        return
    for leftover in (wal_of(path), shm_of(path), mark_of(path)):
        leftover.unlink(missing_ok=True)
    sync_folder(waiting.parent)
    waiting.replace(path.resolve())
    sync_folder(waiting.parent)


def sweep_unfinished(path: Path) -> None:
    """Delete what a killed program has left half-made beside the database: it holds texts, and nobody looks for it."""
    folder = next_of(path).parent
    for name in (_COPY, _RECOVERED, _PART):
        with contextlib.suppress(OSError):
            (folder / name.format(path.name)).unlink()
    for each in folder.glob(f"{RECOVERING_PREFIX}*"):
        shutil.rmtree(each, ignore_errors=True)


def recovered_of(path: Path) -> Path:
    """Where a recovered database lies before it waits to take the place of the damaged one."""
    return next_of(path).with_name(_RECOVERED.format(path.name))


def prepare_swap(source: Path, path: Path) -> None:
    """Copy a complete database, and let it take the place of `path` at the next `finish_swap`.

    Raises:
        OSError: nothing was changed.
    """
    temporary = next_of(path).with_name(_COPY.format(path.name))
    temporary.unlink(missing_ok=True)
    try:
        copy_private(source, temporary)
        put_in_place(temporary, next_of(path))
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def set_aside(path: Path) -> Path:
    """Keep a damaged database, with its write-ahead log, in a dated folder; what is at `path` stays there, too.

    Links where the file system has them: the disk may be full, and nothing writes to a file that is replaced.

    Raises:
        OSError: nothing was changed.
    """
    folder = _dated_folder(path.parent / SET_ASIDE_FOLDER)
    for each in (path, wal_of(path)):
        if each.is_file():
            _link_or_copy(each, folder / (path.name if each == path else wal_of(folder / path.name).name))
    sync_folder(folder)
    return folder


def set_aside_bytes(path: Path) -> int:
    """How much was set aside beside the database at `path`; 0 when there is nothing."""
    return sum(each.stat().st_size for each in _set_aside_files(path))


def remove_set_aside(path: Path) -> None:
    """Delete everything that was set aside, and nothing else that lies there.

    Raises:
        OSError: something of it stays.
    """
    for each in list(_set_aside_files(path)):
        each.unlink()
    for folder in (*_dated_folders(path), path.parent / SET_ASIDE_FOLDER):
        with contextlib.suppress(OSError):  # somebody keeps something else in it
            folder.rmdir()


def _set_aside_files(path: Path) -> Iterator[Path]:
    for folder in _dated_folders(path):
        for each in (folder / path.name, wal_of(folder / path.name), folder / REPORT_NAME):
            if each.is_file():
                yield each


def _dated_folders(path: Path) -> list[Path]:
    parent = path.parent / SET_ASIDE_FOLDER
    return [each for each in parent.iterdir() if _DATED.fullmatch(each.name)] if parent.is_dir() else []


def _dated_folder(parent: Path) -> Path:
    name = time.strftime("%Y-%m-%d-%H%M%S")
    folder = parent / name
    number = 1
    while folder.exists():
        number += 1
        folder = parent / f"{name}-{number}"
    make_private_folder(folder)
    return folder


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source.resolve(), target)
    except OSError:
        copy_private(source, target)
    target.chmod(0o600)
