"""Where an export is written: it appears at once when it is complete, or not at all (F39).

First `finish`, which may take long and can still be abandoned; then `place`, which gives the name and takes no time.
"""

import contextlib
import os
import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from gigadesk.files import make_private_folder, new_unfinished, sync_folder, unfinished_prefix


class FileTarget:
    """One file, which may replace another. Raises `OSError` as the disk does; the other is untouched then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.file: BinaryIO
        self.file, self.temporary = new_unfinished(path)

    def finish(self) -> None:
        """Let all of it reach the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def place(self) -> Path:
        """Give it its name; returns where it is."""
        self.temporary.replace(self._path)
        _keep_name(self._path)
        return self._path

    def abandon(self) -> None:
        with contextlib.suppress(OSError):
            self.file.close()
        with contextlib.suppress(OSError):
            self.temporary.unlink()


class FolderTarget:
    """A new folder; where there is one of this name already, it gets a number. Raises `OSError` as the disk does.

    Who writes a file in it lets it reach the disk.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.folder = path.with_name(f"{unfinished_prefix(path)}{secrets.token_hex(4)}.part")
        make_private_folder(self.folder)

    def finish(self) -> None:
        """Let the names in it reach the disk."""
        for each in (*filter(Path.is_dir, self.folder.iterdir()), self.folder):
            sync_folder(each)

    def place(self) -> Path:
        """Give it its name; returns where it is."""
        path, number = self._path, 1
        while path.exists() or path.is_symlink():
            number += 1
            path = self._path.with_name(f"{self._path.name} ({number})")
        self.folder.replace(path)
        _keep_name(path)
        return path

    def abandon(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def sync_and_close(file: BinaryIO) -> None:
    """What was written has reached the disk on return."""
    with file:
        file.flush()
        os.fsync(file.fileno())


def _keep_name(path: Path) -> None:
    """Let a new name reach the disk; it is there in any case, so a refusal is no failure."""
    with contextlib.suppress(OSError):
        sync_folder(path.parent)


def write_all(file: BinaryIO, data: bytes) -> None:
    """Write all of it: an unbuffered file may take a part only."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
