"""A private copy of a database that lies where nothing may be written, so that it can be read all the same.

SQLite refuses even to read a database with a write-ahead log in a read-only folder.
"""

import shutil
from pathlib import Path

from gigadesk.files import copy_private, private_temporary_folder, sweep_temporary_folders
from gigadesk.store.failures import translated
from gigadesk.store.file_names import mark_of, wal_of

_PREFIX = "gigadesk-reading-"


def copy_for_reading(path: Path) -> Path:
    """Copy the database and its write-ahead log into a new private folder; gives the copy. Blocks.

    Raises:
        StorageError: it cannot be read, or there is no room for a copy.
    """
    with translated(str(path)):
        folder = private_temporary_folder(_PREFIX)
        try:
            copy_private(path, folder / path.name)
            for beside in (mark_of, wal_of):
                if beside(path).exists():
                    copy_private(beside(path), beside(folder / path.name))
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
    sweep_temporary_folders(_PREFIX)
