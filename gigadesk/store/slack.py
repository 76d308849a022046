"""What SQLite leaves between the cells of a page: rows that it has moved to another page stay there as bytes.

`secure_delete` overwrites a row where it was deleted, but not what an earlier moving has left of it. So these gaps are
overwritten in the file itself. Knows the format of the file (https://www.sqlite.org/fileformat2.html) and nothing else.
"""

import os
from pathlib import Path
from typing import BinaryIO

from gigadesk.files import open_in_place
from gigadesk.store.file_names import HEADER_BYTES, MAGIC

AT_ONCE = 4096
"""Pages that are looked through without a break: about ten milliseconds."""

_AUTO_VACUUM = slice(52, 56)
"""In the header of a file; not 0 when SQLite was told to shrink it by itself. Ours are not."""
_HEADERS = {0x0D: 8, 0x0A: 8, 0x05: 12, 0x02: 12}
"""The kinds of pages of a tree, and how long their headers are. No other page begins with such a byte."""


def wipe_file(path: Path) -> None:
    """Overwrite the gaps of a whole database. Nobody may have it open, and it has no write-ahead log. Blocks.

    Raises:
        OSError: it may be done in part, which harms nothing.
    """
    with open_in_place(path) as file:
        first = 1
        while first:
            first = wipe(file, first, AT_ONCE)
        os.fsync(file.fileno())


def wipe(file: BinaryIO, first: int, count: int) -> int:
    """Overwrite the gaps of `count` pages from this one on; the page to go on with, or 0 at the end.

    No cell and no pointer changes, so a power cut or a reader in the midst of it finds the same rows.
    """
    file.seek(0)
    header = file.read(HEADER_BYTES)
    size = int.from_bytes(header[16:18], "big")
    size = 65536 if size == 1 else size
    if header[: len(MAGIC)] != MAGIC or size < 512:
        return 0
    if any(header[_AUTO_VACUUM]):
        return 0  # it has pages that say where others are, and may begin as those of a tree do
    file.seek((first - 1) * size)
    content = file.read(count * size)
    for number in range(len(content) // size):
        start = number * size
        begin, end = _gap(content, start, HEADER_BYTES if first + number == 1 else 0, size - header[20])
        if content.count(0, begin, end) != max(end - begin, 0):
            file.seek((first - 1) * size + begin)
            file.write(bytes(end - begin))
    return first + count if len(content) == count * size else 0


def _gap(content: bytes, start: int, offset: int, usable: int) -> tuple[int, int]:
    """Where the gap of a page is in `content`; an empty one where something does not fit together."""
    at = start + offset
    header = _HEADERS.get(content[at])
    if header is None:
        return start, start
    cells = content[at + 3] << 8 | content[at + 4]
    begin = offset + header + 2 * cells
    end = content[at + 5] << 8 | content[at + 6] or 65536
    return (start + begin, start + end) if begin <= end <= usable else (start, start)
