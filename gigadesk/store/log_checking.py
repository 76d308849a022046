"""Whether SQLite takes all that is in a write-ahead log. Only reads.

SQLite reads as far as the first checksum that is wrong, and says nothing of what lies behind: a single bit that a disk
has flipped drops whatever was said since. Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log and https://www.sqlite.org/walformat.html.
"""

import struct
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from gigadesk.errors import StorageCause, StorageError
from gigadesk.store.file_names import shm_of, wal_of
from gigadesk.store.log_marking import SHARED, frames_on_disk

WAL_HEADER_BYTES = 32
FRAME_HEADER_BYTES = 24
SALT_BITS_MAX = 2
"""So many bits of the salts of a frame may be flipped: those of another round differ in some twenty."""
_WAL_MAGIC = {bytes.fromhex("377f0682"), bytes.fromhex("377f0683")}
_UNKNOWN = -1
_MASK = 0xFFFFFFFF
Sums = tuple[int, int]


def check_header(path: Path) -> None:
    """Make sure that SQLite will read the write-ahead log beside `path`: it throws one away whose header is damaged.

    The header is on the disk before anything else of the log is, so no power cut leaves one without.

    Raises:
        StorageError: `DAMAGED`.
    """
    log = wal_of(path)
    if not log.is_file() or log.stat().st_size <= WAL_HEADER_BYTES:
        return
    with log.open("rb") as file:
        header = file.read(WAL_HEADER_BYTES)
    is_big = header[3] & 1 == 1
    if header[:4] not in _WAL_MAGIC or sums_of(header[:24], (0, 0), is_big=is_big) != struct.unpack(">II", header[24:]):
        raise _damaged(path)


def is_same_round(salts: bytes, others: bytes) -> bool:
    """Whether a frame is of the same round of the log as others, although a bit of it may have flipped."""
    return (int.from_bytes(salts, "big") ^ int.from_bytes(others, "big")).bit_count() <= SALT_BITS_MAX


class LogCheck:
    """Makes sure that SQLite takes the log beside a database to its end. To be closed after the connection."""

    def __init__(self, path: Path, *, is_shared: bool = True) -> None:
        """`is_shared`: connections share memory in a file, so that it is known how far SQLite has come with the log."""
        self._path = path
        self._is_shared = is_shared
        self._shared: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        # Not before: to close any handle of the file gives up the locks that SQLite has on it.
        if self._shared is not None:
            self._shared.close()

    def run(self) -> None:
        """A connection has read something, and so has read the log; its header is whole.

        Damage is whatever ends the log before what has reached the disk (see `log_marking`); behind that, a frame that
        one flipped bit explains, with the end of a transaction in it or behind it. A power cut may leave anything else
        in the place of what was not flushed (sectors of an earlier round, zeros), and is silent: nobody was told that
        this was saved. So is what was rolled back, which has no mark of an end.
        It costs one look at a healthy log, however large.

        Raises:
            StorageError: `DAMAGED`.
            OSError: the disk refuses.
        """
        log = wal_of(self._path)
        if not log.is_file() or log.stat().st_size <= WAL_HEADER_BYTES:
            return
        with log.open("rb") as file:
            header = file.read(WAL_HEADER_BYTES)
            frames = _Frames(file, header)
            taken = self._taken(header[16:24])
            on_disk = frames_on_disk(self._path, header[16:24])
            if taken == _UNKNOWN:
                taken = frames.whole(on_disk)
            if taken < on_disk:
                raise _damaged(self._path)
            last = frames.last_end(taken)
            if last > taken and frames.has_flipped_bit(taken, last):
                raise _damaged(self._path)

    def _taken(self, salts: bytes) -> int:
        """How many frames SQLite has taken."""
        if not self._is_shared or not shm_of(self._path).is_file():
            return _UNKNOWN
        self._shared = shm_of(self._path).open("rb", buffering=0)
        content = self._shared.read(SHARED.size)
        is_used, count, known_salts = SHARED.unpack(content) if len(content) == SHARED.size else (0, 0, b"")
        return count if is_used and known_salts == salts else _UNKNOWN


class _Frames:
    """The frames of a log, counted from 1."""

    def __init__(self, file: BinaryIO, header: bytes) -> None:
        self._file = file
        self._is_big = header[3] & 1 == 1
        self._page_bytes = int.from_bytes(header[8:12], "big")
        self._salts = header[16:24]
        self._start = struct.unpack(">II", header[24:32])

    def last_end(self, taken: int) -> int:
        """The last frame of this round that ends a transaction, among those that lie without a gap behind `taken`."""
        last, number = taken, taken + 1
        while len(head := self._head(number)) == FRAME_HEADER_BYTES and is_same_round(head[8:16], self._salts):
            if head[4:8] != bytes(4):
                last = number
            number += 1
        return last

    def whole(self, most: int) -> int:
        """How many of the first frames are whole, at most so many."""
        sums: Sums = self._start
        for number in range(1, most + 1):
            head = self._head(number)
            content = head[:8] + self._file.read(self._page_bytes)
            if len(content) < 8 + self._page_bytes or head[8:16] != self._salts:
                return number - 1
            sums = sums_of(content, sums, is_big=self._is_big)
            if sums != struct.unpack(">II", head[16:]):
                return number - 1
        return most

    def has_flipped_bit(self, taken: int, last: int) -> bool:
        """Whether the first frame between these that SQLite does not take would be whole but for one bit of it."""
        sums: Sums = struct.unpack(">II", self._head(taken)[16:]) if taken else self._start
        for number in range(taken + 1, last + 1):
            head = self._head(number)
            content = head[:8] + self._file.read(self._page_bytes)
            if len(content) < 8 + self._page_bytes:
                return False
            sums = sums_of(content, sums, is_big=self._is_big)
            kept = struct.unpack(">II", head[16:])
            if sums != kept:
                return _is_one_bit(content, sums, kept, is_big=self._is_big)
            if head[8:16] != self._salts:  # which have no checksum
                return True
        return False

    def _head(self, number: int) -> bytes:
        """The header of a frame; the page comes next in the file."""
        self._file.seek(WAL_HEADER_BYTES + (number - 1) * (FRAME_HEADER_BYTES + self._page_bytes))
        return self._file.read(FRAME_HEADER_BYTES)


def _damaged(path: Path) -> StorageError:
    return StorageError(StorageCause.DAMAGED, str(path), "the write-ahead log is damaged")


def sums_of(content: bytes, sums: Sums, *, is_big: bool) -> Sums:
    """Go on with the checksums of https://www.sqlite.org/fileformat2.html#checksum_algorithm."""
    first, second = sums
    words = struct.unpack(f"{'>' if is_big else '<'}{len(content) // 4}I", content)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & _MASK
        second = (second + other + first) & _MASK
    return first, second


def _is_one_bit(content: bytes, found: Sums, kept: Sums, *, is_big: bool) -> bool:
    """Whether one bit of the content, or of the checksums that were kept, makes all the difference.

    The sums are linear: what a word adds to them is the word times a pair of Fibonacci numbers, by its place.
    """
    if sum((one ^ other).bit_count() for one, other in zip(found, kept, strict=True)) == 1:
        return True
    missing = tuple((other - one) & _MASK for one, other in zip(found, kept, strict=True))
    words = struct.unpack(f"{'>' if is_big else '<'}{len(content) // 4}I", content)
    even, odd = (1, 1), (0, 1)
    for place in range(len(words) - 2, -2, -2):
        for word, (first, second) in ((words[place], even), (words[place + 1], odd)):
            for bit in range(32):
                change = -(1 << bit) if word >> bit & 1 else 1 << bit
                if (change * first & _MASK, change * second & _MASK) == missing:
                    return True
        even, odd = _one_further(*even), _one_further(*odd)
    return False


def _one_further(first: int, second: int) -> Sums:
    return (first + second) & _MASK, (first + 2 * second) & _MASK
