"""Ways back to a database that can be used: a snapshot, what is readable of a damaged one, or an empty one.

Nothing is ever deleted: what was there is kept as a snapshot or in a dated folder. Each way blocks (give it a thread),
and needs that nobody has the database open. A power cut at any moment leaves the old state or the new one.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from gigadesk.errors import StorageCause, StorageError
from gigadesk.files import put_in_place
from gigadesk.kept import Salvage, Snapshot, SnapshotReason
from gigadesk.store.checking import check_log, check_snapshot, find_damage, is_new
from gigadesk.store.database import open_file
from gigadesk.store.failures import translated
from gigadesk.store.file_names import mark_of, next_of, shm_of, wal_of
from gigadesk.store.migrations import MIGRATIONS
from gigadesk.store.salvage import salvage
from gigadesk.store.snapshots import Snapshots
from gigadesk.store.swapping import RECOVERING_PREFIX, finish_swap, prepare_swap, recovered_of, set_aside

Going = Callable[[int, int], None]


def newest_good_snapshot(path: Path) -> Snapshot | None:
    """The newest snapshot of the database at `path` that is whole and that this program can read."""
    return Snapshots(path).newest_whole(len(MIGRATIONS))


def check_not_gone(path: Path) -> None:
    """Make sure that no new database is begun where one has been: a file that was lost would not be missed.

    Raises:
        StorageError: `GONE` when there are snapshots of a database, and nothing at `path`.
    """
    with translated(str(path)):
        is_gone = is_new(path) and not next_of(path).exists() and bool(Snapshots(path).all())
    if is_gone:
        raise StorageError(StorageCause.GONE, str(path))


def restore_snapshot(path: Path, snapshot: Path, now: float) -> None:
    """Put a snapshot in the place of the database, which becomes a snapshot itself, or is set aside if it is damaged.

    Raises:
        StorageError: everything is as it was. `DAMAGED`, `NEWER` or `FOREIGN` when the snapshot is.
    """
    with translated(str(path)):
        check_snapshot(snapshot, len(MIGRATIONS))
        _keep_present(path, now)
        prepare_swap(snapshot, path)
        Snapshots(path).end_update()
        finish_swap(path)


def recover(path: Path, going: Going = lambda _done, _whole: None) -> Salvage:
    """Set the damaged database aside, and put what is readable of it, row by row, into its place.

    Raises:
        StorageError: the database is where it was. `DAMAGED` when there was nothing to be saved.
    """
    with translated(str(path)):
        folder = set_aside(path)
        with tempfile.TemporaryDirectory(prefix=RECOVERING_PREFIX, dir=next_of(path).parent) as name:
            target = Path(name) / path.name
            open_file(target).close()
            saved = salvage(folder / path.name, target, going)
            if not saved.chats:
                raise StorageError(StorageCause.DAMAGED, str(path), "no chat could be read")
            with closing(sqlite3.connect(target, isolation_level=None)) as connection:
                # As one file: what waits to take the place of the database has no write-ahead log.
                connection.execute("PRAGMA journal_mode = DELETE").fetchall()
                if problem := find_damage(connection):
                    raise StorageError(StorageCause.DAMAGED, str(path), problem)
            moved = recovered_of(path)
            target.replace(moved)
            put_in_place(moved, next_of(path))
        finish_swap(path)
        return replace(saved, set_aside=folder)


def begin_anew(path: Path) -> Path:
    """Set the database aside; the next opening makes an empty one. Gives the folder in which it is kept.

    Raises:
        StorageError: the database is where it was.
    """
    with translated(str(path)):
        folder = set_aside(path)
        for each in (wal_of(path), shm_of(path), mark_of(path), path.resolve()):
            each.unlink(missing_ok=True)
        return folder


def _keep_present(path: Path, now: float) -> None:
    if not path.exists() or not path.stat().st_size:
        if wal_of(path).exists():
            set_aside(path)
        return
    try:
        check_log(path)
        Snapshots(path).take(SnapshotReason.RESTORE, now, is_live=False)
    except StorageError as error:
        if error.cause is StorageCause.FULL:
            raise
        set_aside(path)
    except sqlite3.Error:
        set_aside(path)
