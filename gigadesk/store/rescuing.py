"""Saves what an open database still has when nothing of it lies at its place any more: deleted, moved or replaced.

On most systems an open file lives on without its name, as long as the program does.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from gigadesk.errors import StorageCause, StorageError
from gigadesk.files import make_private_folder, put_in_place
from gigadesk.store.chats import TitleOrigin
from gigadesk.store.failures import translated
from gigadesk.store.file_names import next_of
from gigadesk.store.snapshots import Going
from gigadesk.store.store import Store
from gigadesk.store.swapping import finish_swap, recovered_of, set_aside

MAY_RUN_BESIDE = sqlite3.threadsafety == 3
"""Whether SQLite lets one thread copy while another uses the same connection; a few builds of it do not."""


def has_vanished(store: Store) -> bool:
    """Whether the store writes nowhere because its file is not at its place.

    Raises:
        StorageError: the disk does not say.
    """
    return store._database.has_vanished


def holds_nothing(store: Store) -> bool:
    """Whether nobody would miss it: no message, draft or file, no folder, no chat with a name; the trash counts.

    Raises:
        StorageError: it cannot be read.
    """
    found = store._database.row(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM messages) OR EXISTS (SELECT 1 FROM drafts)"
        " OR EXISTS (SELECT 1 FROM files) OR EXISTS (SELECT 1 FROM folders)"
        " OR EXISTS (SELECT 1 FROM chats WHERE title_origin <> ?)",
        (TitleOrigin.NONE,),
    )
    return found is None


def log_has_vanished(store: Store) -> bool:
    """Whether only the write-ahead log is not at its place; what is committed is folded into the file at once then.

    Raises:
        StorageError: the disk does not say.
    """
    return not store._database.is_alone and store._database.log_has_vanished


def renew_log(store: Store) -> bool:
    """Begin another log, see `Database.renew_log`.

    Raises:
        StorageError: everything is as before.
    """
    return store._database.renew_log()


def writing_adrift(store: Store) -> AbstractContextManager[None]:
    """Write inside although the file has vanished: what waits gets into the copy that follows."""
    return store._database.adrift()


def copy_to(store: Store, target: Path, going: Going) -> None:
    """Write everything to another file. Blocks; give it a thread. Where `target` is its own place it is written back.

    Raises:
        StorageError, BrokenOffError: there is no copy.
    """
    if target == store.path:
        write_back(store, going)
    else:
        store._database.copy_to(target, going)


def write_back(store: Store, going: Going) -> Path | None:
    """Put a copy of everything at the place of the database; `go_over` comes next, on the store's thread.

    Another database that lies there is set aside; when its folder is another one, too, the whole of that, so that its
    snapshots and files stay with it. Gives the folder in which it is kept. Blocks; give it a thread.

    Raises:
        StorageError: the place is as it was. `IN_USE` when the database itself is there again.
        BrokenOffError: `going` ended it.
    """
    path = Path(store._database.path)
    with translated(str(path)):
        folder = path.parent
        other = _free_name(folder) if path.is_file() and store._database.has_other_folder else None
        if other is not None:
            folder.rename(other)
        try:
            make_private_folder(folder)
            kept = _write(store, path, going)
        except BaseException:
            if other is not None:
                shutil.rmtree(folder, ignore_errors=True)
                other.rename(folder)
            raise
    return other or kept


def _write(store: Store, path: Path, going: Going) -> Path | None:
    copy = recovered_of(path)
    store._database.copy_to(copy, going)
    if not store._database.has_vanished:
        copy.unlink()
        raise StorageError(StorageCause.IN_USE, str(path), "it is back")
    try:
        kept = set_aside(path) if path.is_file() else None
        put_in_place(copy, next_of(path))
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    finish_swap(path)
    return kept


def _free_name(folder: Path) -> Path:
    """What another folder at the place is called from now on."""
    name = f"{folder.name} {time.strftime('%Y-%m-%d-%H%M%S')}"
    number = 1
    while (found := folder.with_name(name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return found


def go_over(store: Store) -> Callable[[], None]:
    """Use the copy that was written back.

    Gives what lets go of the old file. That blocks, as the room of a deleted one is given back; any thread may do it.

    Raises:
        StorageError: it cannot be opened; the store is as it was.
    """
    return store._database.go_over()


def lost_files(store: Store, is_kept: Callable[[str], bool]) -> int:
    """How many files of messages and drafts are not on the shelf any more; `is_kept` is asked for their digests."""
    rows = store._database.rows("SELECT digest FROM files WHERE digest <> ''")
    return sum(not is_kept(digest) for (digest,) in rows)
