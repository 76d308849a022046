"""What looks after the snapshots while the program runs."""

import asyncio
import threading
import time
from types import SimpleNamespace

from gigadesk.kept import SnapshotReason
from gigadesk.snapshot_desk import SnapshotDesk
from gigadesk.store import Store
from gigadesk.store.snapshots import Going, Snapshots
from gigadesk.tasks import TaskScope
from tests.store.test_forgetting import delete_for_ever, fill


class SlowSnapshots(Snapshots):
    """Each waits, when it has read everything, until it may go on."""

    def __init__(self, path) -> None:
        super().__init__(path)
        self.is_read = threading.Event()
        self.may_end = threading.Event()

    def take(self, reason, now, going: Going = lambda _done, _whole: True, **options):
        def wait(done, whole):
            if done == whole:
                self.is_read.set()
                assert self.may_end.wait(20.0)
            return going(done, whole)

        return super().take(reason, now, wait, **options)


def test_what_is_deleted_while_a_snapshot_is_taken_goes_from_that_too(tmp_path):
    path = tmp_path / "chats.db"
    store = Store.open(path)
    gone = fill(store, "canary")
    crashes = []

    async def story():
        tasks = TaskScope(lambda name, error: crashes.append((name, error)))
        desk = SnapshotDesk(SimpleNamespace(tasks=tasks), store, path, lambda wish: None)
        slow = desk._snapshots = SlowSnapshots(path)
        tasks.start("take", "take", lambda: take(desk))
        await until(slow.is_read.is_set)
        delete_for_ever(store, gone)
        desk.scrub_soon()
        await until(lambda: not tasks.is_running("forgetting"))
        slow.may_end.set()
        await until(lambda: not tasks.is_running("take") and not tasks.is_running("forgetting"))
        desk.close()
        await tasks.close(5.0)

    async def take(desk):
        await desk._take(SnapshotReason.DAILY)

    asyncio.run(story())

    [snapshot] = Snapshots(path).all()
    assert b"canary" not in snapshot.path.read_bytes()
    assert store.forgotten.pending() is None
    assert crashes == []
    store.close()


async def until(is_so):
    end = time.monotonic() + 20.0
    while not is_so():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
