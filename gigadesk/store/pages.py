"""The pages of a SQLite file that SQLite itself may refuse, with what its write-ahead log says of them. Only reads.

Knows the format of the file (https://www.sqlite.org/fileformat2.html) and nothing of what this program keeps in it.
Whatever is malformed gives fewer pages, cells or columns, never an exception.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gigadesk.store.file_names import HEADER_BYTES, MAGIC, wal_of
from gigadesk.store.log_checking import FRAME_HEADER_BYTES, WAL_HEADER_BYTES, is_same_round, sums_of

DEFAULT_PAGE_BYTES = 4096
PAYLOAD_MAX_BYTES = 256 * 1024 * 1024
"""A greater row than any that this program writes: its size is damaged."""

TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02
_HEADER_BYTES = {TABLE_LEAF: 8, TABLE_INNER: 12, INDEX_LEAF: 8, INDEX_INNER: 12}
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)

Field = None | int | float | str | bytes


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of a table or an entry of an index."""

    rowid: int
    fields: list[Field]
    is_cut: bool = False
    """The end of the last text is lost."""
    has_odd_text: bool = False
    """Bytes that are no letters were replaced."""


class Pages:
    """The newest state of each page: from the write-ahead log, else from the file."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO | None = path.open("rb") if path.is_file() else None
        log = wal_of(path)
        self._log: BinaryIO | None = log.open("rb") if log.is_file() else None
        self._frames: dict[int, int] = {}
        self._spare: dict[int, int | None] = {}
        """Where the state before is of a page whose newest one has a wrong checksum; None for the file."""
        self.page_bytes = DEFAULT_PAGE_BYTES
        self._usable_bytes = DEFAULT_PAGE_BYTES
        self._read_sizes()
        file_bytes = path.stat().st_size if self._file is not None else 0
        log_bytes = log.stat().st_size if self._log is not None else 0
        # A log adds no more pages than it has; a number that is beyond them has a flipped bit.
        most = (file_bytes + 2 * log_bytes) // self.page_bytes
        self._frames = {number: place for number, place in self._frames.items() if number <= most}
        self.count = max(-(-file_bytes // self.page_bytes), max(self._frames, default=0))

    def close(self) -> None:
        for file in (self._file, self._log):
            if file is not None:
                file.close()

    def page(self, number: int) -> bytes:
        """One page, counted from 1; filled up with zeros where the file ends, empty where there is none."""
        if not 1 <= number <= self.count:
            return b""
        content = self._state(number, self._frames.get(number))
        if number in self._spare:
            # A flipped bit is better than a state of yesterday, that is better than garbage.
            spare = self.spare(number)
            if self.kind(spare, number) not in {0, self.kind(content, number)}:
                return spare
        return content

    def spare(self, number: int) -> bytes:
        """The state before of a page whose newest one is damaged; empty where there is none."""
        return self._state(number, self._spare[number]) if number in self._spare else b""

    def _state(self, number: int, in_log: int | None) -> bytes:
        source, place = self._file, (number - 1) * self.page_bytes
        if in_log is not None:
            source, place = self._log, in_log
        if source is None:
            return b""
        try:
            source.seek(place)
            content = source.read(self.page_bytes)
        except OSError:  # a place of the disk that cannot be read
            return b""
        return content.ljust(self.page_bytes, b"\0")

    def kind(self, page: bytes, number: int) -> int:
        """Which kind of tree the page belongs to, and where; 0 for none."""
        start = HEADER_BYTES if number == 1 else 0
        return page[start] if len(page) > start and page[start] in _HEADER_BYTES else 0

    def children(self, page: bytes, number: int) -> list[int]:
        """The pages below an inner page."""
        found = [int.from_bytes(page[place : place + 4], "big") for place in self._places(page, number)]
        start = HEADER_BYTES if number == 1 else 0
        return [*found, int.from_bytes(page[start + 8 : start + 12], "big")]

    def cells(self, page: bytes, number: int) -> Iterator[Cell]:
        """The rows of a leaf of a table, or the entries of any page of an index, as far as they can be read."""
        kind = self.kind(page, number)
        if kind not in {TABLE_LEAF, INDEX_LEAF, INDEX_INNER}:
            return
        for place in self._places(page, number):
            if kind == INDEX_INNER:
                place += 4  # noqa: PLW2901  (the page below)
            size, place = _varint(page, place)  # noqa: PLW2901
            rowid = 0
            if kind == TABLE_LEAF:
                rowid, place = _varint(page, place)  # noqa: PLW2901
            if not 0 < size <= PAYLOAD_MAX_BYTES or place >= len(page):
                continue
            payload = self._payload(page, place, size, is_table=kind == TABLE_LEAF)
            cell = _cell(rowid, payload, size)
            if cell is not None:
                yield cell

    def _places(self, page: bytes, number: int) -> list[int]:
        start = HEADER_BYTES if number == 1 else 0
        kind = self.kind(page, number)
        if not kind:
            return []
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + _HEADER_BYTES[kind]
        count = min(count, (len(page) - first) // 2)
        places = struct.unpack_from(f">{count}H", page, first)
        return [place for place in places if first <= place < self._usable_bytes]

    def _payload(self, page: bytes, place: int, size: int, *, is_table: bool) -> bytes:
        """The content of a cell; less than `size` bytes when the pages it goes on in are lost."""
        usable = self._usable_bytes
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return page[place : min(place + size, usable)]
        least = (usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (usable - 4)
        if local > most:
            local = least
        parts = [page[place : place + local]]
        missing = size - local
        following = int.from_bytes(page[place + local : place + local + 4], "big")
        seen: set[int] = set()
        while missing > 0 and following and following not in seen:
            seen.add(following)
            more = self.page(following)
            # A page of a tree cannot be one that a text goes on in.
            if not more or more[0] in _HEADER_BYTES:
                break
            parts.append(more[4 : min(4 + missing, usable)])
            missing -= len(parts[-1])
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)

    def _read_sizes(self) -> None:
        header = self._file.read(HEADER_BYTES) if self._file is not None else b""
        size = int.from_bytes(header[16:18], "big")
        size = 65536 if size == 1 else size
        reserved = header[20] if header[: len(MAGIC)] == MAGIC and len(header) == HEADER_BYTES else 0
        if self._log is not None:
            start = self._log.read(WAL_HEADER_BYTES)
            logged = int.from_bytes(start[8:12], "big")
            first = self._log.read(FRAME_HEADER_BYTES)
            self._log.seek(WAL_HEADER_BYTES)
            is_whole = len(start) == WAL_HEADER_BYTES and _is_header_whole(start)
            # Where the header is damaged, the first frame tells which frames are of the same round.
            size = logged if is_whole or is_same_round(first[8:16], start[16:24]) else size
            if len(first) == FRAME_HEADER_BYTES and _is_page_size(size):
                self._read_log(size, start[16:24] if is_whole else first[8:16], start)
        if _is_page_size(size):
            self.page_bytes = size
        self._usable_bytes = self.page_bytes - (reserved if reserved <= 64 else 0)

    def _read_log(self, size: int, salts: bytes, start: bytes) -> None:
        """Where the newest committed state of each page is. Frames of an earlier round carry other salts.

        What is damaged between others is passed over, whereas SQLite reads no further. A page with a wrong checksum is
        better than none.
        """
        assert self._log is not None
        place = WAL_HEADER_BYTES
        self._log.seek(place)
        sums = struct.unpack(">II", start[24:32])
        coming: dict[int, tuple[int, bool]] = {}
        while len(frame := self._log.read(FRAME_HEADER_BYTES)) == FRAME_HEADER_BYTES:
            kept = struct.unpack(">II", frame[16:])
            if is_same_round(frame[8:16], salts):
                content = frame[:8] + self._log.read(size).ljust(size, b"\0")
                is_whole = sums_of(content, sums, is_big=start[3] & 1 == 1) == kept
                coming[int.from_bytes(frame[:4], "big")] = place + FRAME_HEADER_BYTES, is_whole
                if frame[4:8] != bytes(4):  # the end of a transaction
                    self._commit(coming)
                    coming = {}
            sums = kept
            place += FRAME_HEADER_BYTES + size
            self._log.seek(place)

    def _commit(self, coming: dict[int, tuple[int, bool]]) -> None:
        for number, (place, is_whole) in coming.items():
            if is_whole:
                self._spare.pop(number, None)
            elif number not in self._spare:
                self._spare[number] = self._frames.get(number)
            self._frames[number] = place


def _is_header_whole(start: bytes) -> bool:
    return sums_of(start[:24], (0, 0), is_big=start[3] & 1 == 1) == struct.unpack(">II", start[24:])


def _is_page_size(size: int) -> bool:
    return 512 <= size <= 65536 and size & (size - 1) == 0


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number, and where it ends; the end of the data ends it, too."""
    value = 0
    for count in range(9):
        if place >= len(data):
            break
        byte = data[place]
        place += 1
        if count == 8:
            value = value << 8 | byte
            break
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return (value - (1 << 64) if value >= 1 << 63 else value), place


def _cell(rowid: int, payload: bytes, size: int) -> Cell | None:
    """The fields of a record; None when it does not fit together."""
    header_bytes, place = _varint(payload, 0)
    if not place <= header_bytes <= len(payload):
        return None
    types = []
    while place < header_bytes:
        number, place = _varint(payload, place)
        if number < 0 or number in {10, 11}:
            return None
        types.append(number)
    whole = header_bytes + sum(map(_field_bytes, types))
    if place != header_bytes or whole != size:
        return None
    fields: list[Field] = []
    has_odd_text = False
    is_cut = len(payload) < size
    place = header_bytes
    for number in types:
        content = payload[place : place + _field_bytes(number)]
        place += _field_bytes(number)
        if number > 11 and number % 2 and b"\0" in content:
            # No text of ours has one: the page that the text goes on in was zeroed.
            content, is_cut = content[: content.index(b"\0")], True
        field, is_odd = _field(number, content)
        fields.append(field)
        has_odd_text |= is_odd
    return Cell(rowid, fields, is_cut, has_odd_text)


def _field_bytes(number: int) -> int:
    if number < 7:
        return _INTEGER_BYTES[number]
    return {7: 8, 8: 0, 9: 0}.get(number, (number - 12) // 2)


def _field(number: int, content: bytes) -> tuple[Field, bool]:
    """A field, and whether letters in it had to be replaced. What is lost is None, 0 or a shorter text."""
    if number == 0:
        return None, False
    if number in {8, 9}:
        return number - 8, False
    if number < 7:
        return int.from_bytes(content, "big", signed=True), False
    if number == 7:
        return (struct.unpack(">d", content)[0] if len(content) == 8 else None), False
    if number % 2 == 0:
        return content, False
    try:
        return content.decode(), False
    except UnicodeDecodeError as exc:
        # To be cut in the middle of a letter is not odd.
        is_odd = exc.start < len(content) - 3 or len(content) == (number - 13) // 2
        return content.decode("utf-8", "replace" if is_odd else "ignore"), is_odd
