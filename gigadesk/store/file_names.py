"""The files of which a SQLite database consists."""

from pathlib import Path

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100


def wal_of(path: Path) -> Path:
    """The write-ahead log beside a database; of a link, beside the file that it leads to."""
    return _beside(path, "-wal")


def shm_of(path: Path) -> Path:
    """The shared memory file beside a database."""
    return _beside(path, "-shm")


def mark_of(path: Path) -> Path:
    """Says how much of the write-ahead log has reached the disk, see `log_marking`.

    Who copies the folder name by name comes to it before the log, which has more in it then, not less.
    """
    return _beside(path, "-saved")


def next_of(path: Path) -> Path:
    """A complete database that waits to take the place of `path`. Once it has this name, it will."""
    return _beside(path, ".next")


def update_note_of(path: Path) -> Path:
    """Names the snapshot that was taken before an update that has not come to its end."""
    return _beside(path, ".updating")


def _beside(path: Path, ending: str) -> Path:
    real = path.resolve()
    return real.with_name(real.name + ending)
