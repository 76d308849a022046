"""Where the user's data lies: the first folder, or the one to which the user has moved it. Knows files only.

A small file in the first folder names the other one. It is replaced in one step, so a power cut at any moment leaves
one valid place.
"""

import contextlib
import os
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gigadesk.errors import StorageCause, StorageError
from gigadesk.files import make_private_folder, private_folder_in_memory, sync_folder, write_private
from gigadesk.move_mark import names_of_move

POINTER_NAME = "moved-to"
PASSING_NAMES = frozenset({POINTER_NAME, "gigadesk.lock", "gigadesk.sock", "starting", "logs"})
"""Of a run, or of a place: no data. A folder with nothing else, as the first one after a move, counts as empty."""
TEMPORARY_NAME = "temporary"
LEFT_BEHIND_NAME = "moved-from"
"""In the new folder: the old one, which is not needed any more."""
_OF_A_DISK = frozenset({"lost+found", "System Volume Information", "$RECYCLE.BIN"})
"""What a disk has that nobody has put anything on."""
_PATH_MAX_BYTES = 8192

_NETWORK_TYPES = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "fuse.sshfs": "SSHFS",
    "fuse.rclone": "rclone",
    "fuse.gvfsd-fuse": "GVfs",
    "fuse.davfs2": "WebDAV",
    "davfs": "WebDAV",
    "9p": "9P",
    "afs": "AFS",
    "ceph": "Ceph",
    "fuse.glusterfs": "GlusterFS",
}
_SYNCED_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "yandex.disk": "Яндекс Диск",
    "yandexdisk": "Яндекс Диск",
    "яндекс.диск": "Яндекс Диск",
    "яндекс диск": "Яндекс Диск",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "мой диск": "Google Drive",
    "icloud drive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "облако mail.ru": "Облако Mail.ru",
    "cloud mail.ru": "Облако Mail.ru",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look for the data."""

    first: Path
    """The folder that the program was started with."""
    folder: Path
    """The folder in which the data is; `first` unless it was moved."""

    @property
    def is_missing(self) -> bool:
        """Whether the data was moved to a folder that is not there, or holds nothing.

        Perhaps that is on a drive that is not connected: the place for one is an empty folder on many systems.
        """
        return self.folder != self.first and not _holds_something(self.folder)


class TargetProblem(StrEnum):
    """Why data cannot be moved to a folder."""

    NOT_A_FOLDER = "not_a_folder"
    NOT_EMPTY = "not_empty"
    NOT_WRITABLE = "not_writable"
    INSIDE = "inside"
    """One of the two folders lies in the other."""
    NO_ROOM = "no_room"


def find_place(first: Path) -> Place:
    """Follow the pointer, if there is one that names a folder."""
    try:
        with (first / POINTER_NAME).open("rb") as file:
            target = Path(os.fsdecode(file.read(_PATH_MAX_BYTES).rstrip(b"\n")))
    except (OSError, ValueError):
        return Place(first, first)
    return Place(first, target if target.is_absolute() else first)


def _holds_something(folder: Path) -> bool:
    try:
        return not (PASSING_NAMES | _OF_A_DISK).issuperset(each.name for each in folder.iterdir())
    except OSError:
        return False


def point_to(first: Path, folder: Path) -> None:
    """From now on the data is in `folder`.

    Raises:
        OSError: it is where it was.
    """
    if folder == first:
        (first / POINTER_NAME).unlink(missing_ok=True)
        sync_folder(first)
        return
    make_private_folder(first)
    write_private(first / POINTER_NAME, os.fsencode(folder) + b"\n")


def problem_of_target(source: Path, target: Path, needed_bytes: int) -> TargetProblem | None:
    """Why the data in `source` cannot be moved to `target`; None when it can. Changes nothing."""
    try:
        return _problem_of_target(source, target, needed_bytes)
    except (OSError, RuntimeError):  # a closed folder on the way; links in a circle
        return TargetProblem.NOT_WRITABLE


def _problem_of_target(source: Path, target: Path, needed_bytes: int) -> TargetProblem | None:
    real_source, real_target = source.resolve(), target.resolve()
    if real_target == real_source or real_source in real_target.parents or real_target in real_source.parents:
        return TargetProblem.INSIDE
    if target.exists():
        if not target.is_dir():
            return TargetProblem.NOT_A_FOLDER
        names = [each.name for each in target.iterdir()]
        if not (PASSING_NAMES | names_of_move(target)).issuperset(names):
            return TargetProblem.NOT_EMPTY
    there = next(each for each in (target, *target.parents) if each.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return TargetProblem.NOT_WRITABLE
    import shutil

    return TargetProblem.NO_ROOM if shutil.disk_usage(there).free < needed_bytes * 1.05 else None


def shared_drive(folder: Path, mounts: str | None = None) -> str:
    """The kind of network drive or synced folder that a folder lies in, by name; empty for a disk of this machine.

    A database in such a folder can be spoiled: the locks of several machines do not see each other, and a service
    that copies the file copies it half-written. `mounts` is for tests.
    """
    real = folder.resolve()
    for part in real.parts:
        name = part.casefold()
        for known, label in _SYNCED_NAMES.items():
            if name == known or name.startswith((known + " ", known + "-")):
                return label
    if sys.platform == "win32":
        return _windows_drive(real)
    return _network_type(real, mounts)


def _network_type(folder: Path, mounts: str | None) -> str:
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = Path(fields[4].encode().decode("unicode_escape") if "\\" in fields[4] else fields[4])
        if (point == folder or point in folder.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split()[0]
    return _NETWORK_TYPES.get(kind, "")


def _windows_drive(folder: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        remote = 4
        if folder.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\") == remote:
            return "SMB"
    return ""


def check_is_there(place: Place) -> None:
    """Make sure that there is a folder to open.

    Raises:
        StorageError: `MISSING`.
    """
    if place.is_missing:
        raise StorageError(StorageCause.MISSING, str(place.folder))


class TemporaryPlace:
    """Where the files of a temporary chat lie: in memory where the system has a place for that, else with the data."""

    def __init__(self, data: Path) -> None:
        self._memory = private_folder_in_memory(data)
        self._with_data = data / TEMPORARY_NAME
        self.folder = self._with_data if self._memory is None else self._memory / TEMPORARY_NAME
        if self._memory is not None:
            shutil.rmtree(self._with_data, ignore_errors=True)  # of a run that had no place in memory

    @property
    def is_on_disk(self) -> bool:
        return self._memory is None

    def leave(self) -> None:
        """The program ends, and the chat has ended."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._memory is not None:
            with contextlib.suppress(OSError):
                self._memory.rmdir()
