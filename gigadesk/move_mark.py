"""Marks a folder into which data is being moved, and notes what the move has written there: only that may go again.

The mark says for which folder it is, under which name the file that is just being written stands, and of each complete
file its digest, before it gets its name. So a mark that was copied somewhere with its folder stands for nothing, and
what somebody else has put into the folder is never ours.
"""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote_from_bytes, unquote_to_bytes

from gigadesk.files import make_private_folder, new_private, sync_folder

MARK_NAME = ".gigadesk-moving"
"""What is in the folder is not complete."""
_PART_BYTES = 1024 * 1024
_LINES_MAX = 1_000_000
_FOLDER, _PART = "folder", "part"
"""What a line begins with that is not about a complete file."""


class MoveMark:
    """The mark of a move that is being made."""

    def __init__(self, folder: Path) -> None:
        """Put it into a folder in which nothing is.

        Raises:
            OSError: it may be there, and stands for nothing.
        """
        self.folder = folder
        self.part = folder / f"{MARK_NAME}-{secrets.token_hex(8)}.part"
        """What is being written."""
        self._file: BinaryIO = new_private(folder / MARK_NAME)
        try:
            self._note(_FOLDER, folder.resolve())
            self._note(_PART, Path(self.part.name))
            sync_folder(folder)
        except BaseException:
            self.close()
            raise

    def put(self, path: Path, digest: bytes) -> None:
        """Let `part`, which is complete and has this digest, be the file at `path`.

        Raises:
            OSError: it is not; also when there is something already.
        """
        self._note(digest.hex(), path.relative_to(self.folder))
        make_private_folder(path.parent)
        if path.exists() or path.is_symlink():
            raise FileExistsError(None, "somebody else's file", str(path))
        self.part.rename(path)

    def expect(self, name: str, content: bytes) -> None:
        """A file of this name and content may be written, too.

        Raises:
            OSError: the disk refuses.
        """
        self._note(hashlib.sha256(content).hexdigest(), Path(name))

    def close(self) -> None:
        """Nothing will be written any more; the mark stays."""
        self._file.close()

    def _note(self, kind: str, path: Path) -> None:
        self._file.write(f"{kind} {quote_from_bytes(os.fsencode(path))}\n".encode())
        self._file.flush()
        os.fsync(self._file.fileno())


def has_mark(folder: Path) -> bool:
    """Whether a move was begun into this folder, and has not come to its end."""
    return (folder / MARK_NAME).is_file()


def names_of_move(folder: Path) -> frozenset[str]:
    """What a move that broke off has put into a folder, by the first parts of the paths, with the mark itself."""
    if not has_mark(folder):
        return frozenset()
    part, digests = _read(folder)
    return frozenset({MARK_NAME, *filter(None, [part]), *(path.parts[0] for path in digests)})


def discard_move(folder: Path) -> None:
    """Delete what a move that broke off has written into a folder, and its mark; everything else stays.

    Raises:
        OSError: something of it stays; the mark, too.
    """
    if not has_mark(folder):
        return
    part, digests = _read(folder)
    for path, digest in digests.items():
        each = folder / path
        if each.is_file() and not each.is_symlink() and digest_of(each).hex() == digest:
            each.unlink()
    if part:
        (folder / part).unlink(missing_ok=True)
    inner = {parent for path in digests for parent in path.parents if parent.parts}
    for path in sorted(inner, key=lambda each: len(each.parts), reverse=True):
        with contextlib.suppress(OSError):
            (folder / path).rmdir()
    (folder / MARK_NAME).unlink()


def digest_of(path: Path, on_part: Callable[[int], None] = lambda _bytes: None) -> bytes:
    """The SHA-256 of a file. `on_part` hears of each part that was read."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART_BYTES):
            sha.update(part)
            on_part(len(part))
    return sha.digest()


def _read(folder: Path) -> tuple[str, dict[Path, str]]:
    """The name of the part, and the digests of complete files; nothing of a mark that is for another folder."""
    part, digests = "", dict[Path, str]()
    with (folder / MARK_NAME).open("rb") as file:
        if _fact(file.readline()) != (_FOLDER, folder.resolve()):
            return part, digests
        for _, line in zip(range(_LINES_MAX), file, strict=False):
            kind, path = _fact(line)
            if path.is_absolute() or ".." in path.parts or not path.parts:
                continue
            if kind == _PART:
                part = path.name if path.name.startswith(f"{MARK_NAME}-") else ""
            else:
                digests[path] = kind
    return part, digests


def _fact(line: bytes) -> tuple[str, Path]:
    """What a line says; the end of the power may have cut the last one off."""
    kind, _, name = line.partition(b" ")
    path = unquote_to_bytes(name.rstrip(b"\n")) if name.endswith(b"\n") else b""
    return kind.decode("ascii", "replace"), Path("" if b"\0" in path else os.fsdecode(path))
