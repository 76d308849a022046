"""Private copies of files under the data folder, each named by the SHA-256 of its bytes."""

import contextlib
import errno
import hashlib
import re
import shutil
import threading
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gigadesk.attachments.names import clean_name
from gigadesk.attachments.reading import read_once
from gigadesk.attachments.recognition import recognise
from gigadesk.chat import FileKind
from gigadesk.errors import AttachmentCause, AttachmentError, StorageCause, StorageError
from gigadesk.files import make_private_folder, put_in_place, write_private
from gigadesk.gigachat.file_kinds import file_type_of
from gigadesk.limits import TEXT_FILE_MAX_BYTES

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part-"
_PART_BYTES = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies on the shelf."""

    name: str
    """Cleaned, as the user knows it; the service is told `upload_name(name, mime)`."""
    kind: FileKind
    mime: str
    size_bytes: int
    digest: str


class Shelf:
    """Keeps bytes in `folder`, which need not exist yet. Its methods may be called from any thread; they block.

    Equal bytes are kept once. What is there is whole: a copy gets its name after it has reached the disk.
    """

    def __init__(self, folder: Path, *, is_in_memory: bool = False) -> None:
        """`is_in_memory` is told to the user when there is no room left."""
        self._folder = folder
        self._is_in_memory = is_in_memory
        self._lock = threading.Lock()
        self._new: set[str] = set()
        """Names that this run has given: no sweep knows yet whether they are in use."""
        self._putting = threading.Lock()
        """Held by the thread that writes here."""
        self._is_cleared = False

    @property
    def folder(self) -> Path:
        return self._folder

    def path(self, digest: str) -> Path:
        """Where the bytes with this digest lie, or would.

        Raises:
            ValueError: this is not a digest.
        """
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not a digest")
        return self._folder / digest

    def has(self, digest: str) -> bool:
        return bool(_DIGEST.fullmatch(digest)) and self.path(digest).is_file()

    def hold(self, digest: str) -> bool:
        """Whether it is here. If so, a message of this run is going to name it: until `settle` no sweep takes it."""
        with self._lock:
            is_here = self.has(digest)
            if is_here:
                self._new.add(digest)
        return is_here

    def take_in(self, source: Path | bytes, name: str) -> Kept:
        """Copy a file of the user, or bytes from the clipboard. Never waits for a pipe or a device.

        Raises:
            AttachmentError: it cannot be attached; nothing was kept.
            StorageError: the data folder takes nothing.
        """
        name = clean_name(name)
        content = source if isinstance(source, bytes) else read_once(source, name, _limit_for(name))
        if not content:
            raise AttachmentError(AttachmentCause.EMPTY, name)
        found = recognise(name, content)
        digest = hashlib.sha256(found.content).hexdigest()
        self._keep(digest, found.content)
        return Kept(name, found.type.kind, found.type.mime, len(found.content), digest)

    def adopt(self, temporary: Path) -> str:
        """Take over a finished download (see `temporary`) and give its digest; `temporary` is gone then.

        Raises:
            StorageError: it cannot be read or moved; it stays where it is.
        """
        with self._writing(), self._putting:
            self._make_folder()
            sha = hashlib.sha256()
            with temporary.open("rb") as file:
                while part := file.read(_PART_BYTES):
                    sha.update(part)
            digest = sha.hexdigest()
            with self._lock:
                self._new.add(digest)
                put_in_place(temporary, self.path(digest))
        return digest

    def copy_from(self, other: "Shelf", digest: str) -> None:
        """Take a file over from another shelf; nothing happens when it is not there.

        Raises:
            StorageError: it cannot be read or written.
        """
        if other.has(digest):
            with self._writing():
                content = other.path(digest).read_bytes()
            self._keep(digest, content)

    def temporary(self) -> Path:
        """A path in the folder, not there yet, to which a download may be written.

        Raises:
            StorageError: there can be no folder.
        """
        name = _UNFINISHED + uuid.uuid4().hex
        with self._writing():
            self._make_folder()
        self._new.add(name)
        return self._folder / name

    def cause_there(self, cause: StorageCause) -> StorageCause:
        """What this is called where the shelf lies: what is full may be no disk."""
        return StorageCause.NO_MEMORY if self._is_in_memory and cause is StorageCause.FULL else cause

    def settle(self) -> None:
        """All that was kept so far is stored with its message, or is not needed any more: a sweep may look at it."""
        with self._lock:
            self._new.clear()

    def sweep(self, digests_in_use: Collection[str]) -> None:
        """Delete what no message needs any more, and what earlier runs left unfinished. Errors are passed over.

        What was kept in this run, and not settled, stays: its message may not be stored yet.
        """
        keep = frozenset(digests_in_use)
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                # Writers put ".<name>." before what is random.
                is_ours = bool(_DIGEST.fullmatch(path.name)) or path.name.startswith(".")
                with self._lock, contextlib.suppress(OSError):
                    if is_ours and path.name not in keep and not self._is_new(path.name):
                        path.unlink()

    def clear(self) -> None:
        """Delete everything, and take nothing any more: a thread may be reading a file that nobody waits for now."""
        with self._putting:
            self._is_cleared = True
            shutil.rmtree(self._folder, ignore_errors=True)

    def _make_folder(self) -> None:
        if self._is_cleared:
            raise FileNotFoundError(errno.ENOENT, "cleared")
        make_private_folder(self._folder)

    def _is_new(self, name: str) -> bool:
        return name in self._new or (name.startswith(".") and any(each in name for each in self._new))

    def _keep(self, digest: str, content: bytes) -> None:
        path = self.path(digest)
        with self._writing(), self._putting:
            self._make_folder()
            with self._lock:
                self._new.add(digest)
                is_there = path.is_file() and path.stat().st_size == len(content)
            if not is_there:
                write_private(path, content)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            raise StorageError(self._cause_of(exc), str(self._folder), exc.strerror or "") from exc

    def _cause_of(self, error: OSError) -> StorageCause:
        if error.errno in _FULL:
            return self.cause_there(StorageCause.FULL)
        return StorageCause.READ_ONLY if error.errno in _READ_ONLY else StorageCause.UNKNOWN


def _limit_for(name: str) -> int:
    """By the ending; what has none that is known may still be text."""
    named = file_type_of(name)
    return named.max_bytes if named is not None else TEXT_FILE_MAX_BYTES
