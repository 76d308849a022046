"""Complete copies of the database, kept in a folder beside it: taking, listing, thinning out.

Everything here blocks and may be called from a thread of its own.
"""

import contextlib
import re
import shutil
import sqlite3
import time
from calendar import timegm
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gigadesk.errors import StorageCause, StorageError
from gigadesk.files import create_private, make_private_folder, put_in_place, write_private
from gigadesk.kept import Snapshot, SnapshotReason, UpdateGoing, UpdateStage
from gigadesk.store.checking import check_snapshot, find_damage, open_quietly, pragma
from gigadesk.store.failures import translated
from gigadesk.store.file_names import update_note_of, wal_of
from gigadesk.store.slack import wipe_file
from gigadesk.store.watching import BrokenOffError, watched

FOLDER_NAME = "snapshots"
DAILY_KEPT = 7
OTHERS_KEPT = 5
"""Of those before a migration or a restoring; what the user took by hand stays until the user removes it."""
SPARE_BYTES = 64 * 1024 * 1024
"""So much of the disk is left free for answers, where the program takes a snapshot by itself."""
PORTION_PAGES = 256
"""A megabyte: after each the thread looks whether it should end."""
TURN_S = 0.001
"""Between portions: the thread that waits for the connection would else seldom get it."""
DAY_S = 86_400

_NAME = re.compile(rf"(\d{{8}}T\d{{6}})Z-({'|'.join(SnapshotReason)})(?:-\d+)?\.db")
_TIME = "%Y%m%dT%H%M%S"
_NAME_MAX_BYTES = 256

Going = Callable[[int, int], bool]
"""Told how much of how much is done; False ends the work."""


class Snapshots:
    """The snapshots in the folder `snapshots` beside a database."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.folder = database.parent / FOLDER_NAME

    def all(self) -> list[Snapshot]:
        """What is kept, the newest first."""
        found = []
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                # ValueError: digits that are no time, in a name that is not ours.
                with contextlib.suppress(ValueError):
                    match = _NAME.fullmatch(path.name)
                    if match is not None and path.is_file():
                        taken_at = float(timegm(time.strptime(match[1], _TIME)))
                        found.append(Snapshot(path, taken_at, SnapshotReason(match[2]), path.stat().st_size))
        return sorted(found, key=lambda snapshot: (snapshot.taken_at, snapshot.path.name), reverse=True)

    def is_daily_due(self, now: float) -> bool:
        """Whether none was taken on the day of `now`, by the clock on the wall."""
        today = time.localtime(now)[:3]
        return not any(
            time.localtime(each.taken_at)[:3] == today for each in self.all() if each.reason is SnapshotReason.DAILY
        )

    def take(
        self, reason: SnapshotReason, now: float, going: Going = lambda _done, _whole: True, *, is_live: bool = True
    ) -> Snapshot:
        """Take one, check it, and thin out what is old. `is_live`: the program has the database open meanwhile.

        Raises:
            StorageError: there is no new snapshot. `FULL` also when it would take the room that answers need, and
                `DAMAGED` when what was copied is not whole.
            BrokenOffError: `going` ended it.
        """
        with translated(str(self._database)):
            make_private_folder(self.folder)
            self._make_room(reason)
            path = self._free_name(reason, now)
            with closing(open_quietly(self._database) if is_live else sqlite3.connect(self._database)) as connection:
                copy_whole(connection, path, going)
            self._thin_out()
            return next(each for each in self.all() if each.path == path)

    def take_from(self, connection: sqlite3.Connection, reason: SnapshotReason, now: float, going: UpdateGoing) -> Path:
        """Take one through the connection that writes, before anything else is done with it.

        Raises:
            sqlite3.Error, OSError, StorageError: there is no new snapshot.
            BrokenOffError: `going` ended it.
        """
        page_bytes = pragma(connection, "page_size")

        def tell(done: int, whole: int) -> bool:
            if done < whole:
                return going(UpdateStage.COPYING, done * page_bytes, whole * page_bytes)
            return going(UpdateStage.CHECKING_COPY, 0, 0)

        make_private_folder(self.folder)
        self._make_room(reason)
        path = self._free_name(reason, now)
        copy_whole(connection, path, tell)
        self._thin_out()
        return path

    def take_before_update(self, connection: sqlite3.Connection, now: float, going: UpdateGoing) -> None:
        """Have one of what the update begins with: that of an update that was broken off, which this one goes on with.

        Since then nobody has opened the database for another purpose: that would have ended with `end_update`.

        Raises:
            sqlite3.Error, OSError, StorageError: there is no snapshot.
            BrokenOffError: `going` ended it.
        """
        if not self._has_begun_update():
            taken = self.take_from(connection, SnapshotReason.MIGRATION, now, going)
            write_private(update_note_of(self._database), taken.name.encode())

    def end_update(self) -> None:
        """The database has the shape of today, or another one has taken its place: the next update takes its own."""
        with contextlib.suppress(OSError):
            update_note_of(self._database).unlink(missing_ok=True)

    def _has_begun_update(self) -> bool:
        try:
            with update_note_of(self._database).open("rb") as file:
                name = file.read(_NAME_MAX_BYTES).decode()
        except (OSError, ValueError):
            return False
        return any(each.path.name == name for each in self.all() if each.reason is SnapshotReason.MIGRATION)

    def newest_whole(self, newest_version: int) -> Snapshot | None:
        """The newest one that can be read from end to end and is not from a later version of the program."""
        for snapshot in self.all():
            try:
                check_snapshot(snapshot.path, newest_version)
            except (StorageError, sqlite3.Error, OSError):
                continue
            return snapshot
        return None

    def remove(self, snapshot: Snapshot) -> None:
        """Delete one.

        Raises:
            StorageError: it is still there.
        """
        with translated(str(snapshot.path)):
            snapshot.path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what a killed program left half-copied."""
        with contextlib.suppress(OSError):
            for path in self.folder.glob(".*.part*"):
                path.unlink(missing_ok=True)

    def _make_room(self, reason: SnapshotReason) -> None:
        """Give up old daily ones where the disk is nearly full, but never the newest."""
        log = wal_of(self._database)
        needed = self._database.stat().st_size + (log.stat().st_size if log.exists() else 0)
        needed += SPARE_BYTES if reason is SnapshotReason.DAILY else 0
        daily = [each for each in self.all() if each.reason is SnapshotReason.DAILY]
        while shutil.disk_usage(self.folder).free < needed and len(daily) > 1 and reason is SnapshotReason.DAILY:
            daily.pop().path.unlink(missing_ok=True)
        if shutil.disk_usage(self.folder).free < needed:
            raise StorageError(StorageCause.FULL, str(self.folder), "no room for a snapshot")

    def _thin_out(self) -> None:
        every = self.all()
        for reasons, count in (
            ({SnapshotReason.DAILY}, DAILY_KEPT),
            ({SnapshotReason.MIGRATION, SnapshotReason.RESTORE}, OTHERS_KEPT),
        ):
            for old in [each for each in every if each.reason in reasons][count:]:
                with contextlib.suppress(OSError):
                    old.path.unlink()

    def _free_name(self, reason: SnapshotReason, now: float) -> Path:
        stem = f"{time.strftime(_TIME, time.gmtime(now))}Z-{reason}"
        path = self.folder / f"{stem}.db"
        number = 1
        while path.exists():
            number += 1
            path = self.folder / f"{stem}-{number}.db"
        return path


def copy_whole(
    connection: sqlite3.Connection,
    path: Path,
    going: Going = lambda _done, _whole: True,
    *,
    is_shared: bool = False,
) -> None:
    """Write everything that is committed to `path`: there is all of it, checked and on the disk, or no file at all.

    Copying the file would miss what is still in the write-ahead log; SQLite's backup does not. `is_shared`: another
    thread uses the connection meanwhile; what it writes is in the copy, too.

    Raises:
        StorageError: `DAMAGED` when the copy is not whole.
        sqlite3.Error, OSError: the disk refuses.
        BrokenOffError: `going` ended it.
    """
    temporary = path.with_name(f".{path.name}.part")
    _remove_with_journal(temporary)
    create_private(temporary)
    try:
        _fill(connection, temporary, going, is_shared=is_shared)
        wipe_file(temporary)
        put_in_place(temporary, path)
    except BaseException:
        _remove_with_journal(temporary)
        raise


def _fill(connection: sqlite3.Connection, temporary: Path, going: Going, *, is_shared: bool) -> None:
    def on_progress(_status: int, remaining: int, whole: int) -> None:
        if not going(whole - remaining, whole):
            raise BrokenOffError
        if is_shared:
            time.sleep(TURN_S)

    with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
        # The file gets its name when all of it is on the disk: until then nothing has to be safe.
        copy.execute("PRAGMA synchronous = OFF")
        # One view of the database for all portions. Without, each change by another connection would begin it anew.
        is_ours = not is_shared and not connection.in_transaction
        if is_ours:
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        try:
            connection.backup(copy, pages=PORTION_PAGES, progress=on_progress, sleep=0)
        finally:
            if is_ours:
                connection.execute("ROLLBACK")
        # As one file, which can be read from a place where nothing may be written.
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        with watched(copy, lambda: going(1, 1)):
            if problem := find_damage(copy):
                raise StorageError(StorageCause.DAMAGED, str(temporary), problem)


def _remove_with_journal(path: Path) -> None:
    for each in (path, path.with_name(path.name + "-journal"), path.with_name(path.name + "-wal")):
        each.unlink(missing_ok=True)
