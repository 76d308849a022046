"""Brings a database to the newest shape."""

import sqlite3
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk.errors import StorageCause, StorageError
from gigadesk.kept import UpdateGoing, UpdateStage
from gigadesk.store.checking import pragma
from gigadesk.store.failures import translated
from gigadesk.store.migrations import Migration
from gigadesk.store.snapshots import Snapshots
from gigadesk.store.watching import BrokenOffError, watched

if TYPE_CHECKING:
    from gigadesk.store.database import Database


def migrate(
    database: "Database",
    connection: sqlite3.Connection,
    path: Path | None,
    migrations: Sequence[Migration],
    going: UpdateGoing,
) -> None:
    """Make the changes that are missing, each in a transaction, after a snapshot.

    Raises:
        StorageError: `DAMAGED` when the tables are not those of their version.
        BrokenOffError: `going` ended it.
    """
    version = pragma(connection, "user_version")
    if path is not None and 0 < version < len(migrations):
        with translated(database.path):
            Snapshots(path).take_before_update(connection, time.time(), going)
    steps = len(migrations) - version
    for number, migration in enumerate(migrations[version:], start=version + 1):
        try:
            goes_on = partial(going, UpdateStage.CHANGING, number - version, steps)
            if not goes_on():
                raise BrokenOffError
            with watched(connection, goes_on), database.transaction(is_barrier=True):
                migration(connection)
                connection.execute(f"PRAGMA user_version = {number}")
        except sqlite3.OperationalError as exc:
            # The tables are not those of this version: a damaged version number, or a strange hand.
            raise StorageError(StorageCause.DAMAGED, database.path, f"change {number}: {exc.sqlite_errorname}") from exc
    if path is not None:
        Snapshots(path).end_update()
