"""A private copy of a database that lies where nothing may be written, so that it can be read all the same.

SQLite refuses even to read a database with a write-ahead log in a read-only folder.
"""

import contextlib
import os
import re
import shutil
import stat
import tempfile
import time
from pathlib import Path

from gigadesk.files import copy_private, private_temporary_folder
from gigadesk.store.failures import translated
from gigadesk.store.file_names import wal_of

_PREFIX = "gigadesk-reading-"
_OLD_S = 30 * 24 * 3600
"""Nobody reads in a copy for so long; until then the number of the process tells, which may have come again."""


def copy_for_reading(path: Path) -> Path:
    """Copy the database and its write-ahead log into a new private folder; gives the copy. Blocks.

    Raises:
        StorageError: it cannot be read, or there is no room for a copy.
    """
    with translated(str(path)):
        folder = private_temporary_folder(f"{_PREFIX}{os.getpid()}-")
        try:
            copy_private(path, folder / path.name)
            if wal_of(path).exists():
                copy_private(wal_of(path), wal_of(folder / path.name))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder / path.name


def discard_copy(copy: Path) -> None:
    """Delete it, with its folder."""
    if copy.parent.name.startswith(_PREFIX):
        shutil.rmtree(copy.parent, ignore_errors=True)


def sweep_copies() -> None:
    """Delete the copies that programs of this user have left because they were killed. Blocks."""
    with contextlib.suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            match = re.match(rf"{_PREFIX}(\d+)-", path.name)
            if match is not None and _is_ours(path) and not _is_used(path, int(match[1])):
                shutil.rmtree(path, ignore_errors=True)


def _is_ours(path: Path) -> bool:
    """A folder, not a link to one, that nobody but this user could have made."""
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and (os.name == "nt" or found.st_uid == os.geteuid())


def _is_used(path: Path, process: int) -> bool:
    if time.time() - path.lstat().st_mtime > _OLD_S:
        return False
    if os.name == "nt":
        return True  # to ask for a process there would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
