"""What looks after the snapshots while the program runs."""

import asyncio
import threading
import time
from dataclasses import replace
from types import SimpleNamespace

from gigadesk.attachments import Shelf
from gigadesk.chat import ChatFile, FileId, FileKind, FileState
from gigadesk.conversations import Conversations
from gigadesk.conversations.trash_desk import DAY_S
from gigadesk.kept import SnapshotReason
from gigadesk.settings import Generation
from gigadesk.snapshot_desk import SnapshotDesk
from gigadesk.store import Store
from gigadesk.store.expiry import NOTED_EVERY_S
from gigadesk.store.snapshots import Going, Snapshots
from gigadesk.tasks import TaskScope
from tests.conversations_support import FakeServices
from tests.store.test_forgetting import NOON, delete_for_ever, fill


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
        session = SimpleNamespace(tasks=tasks, conversations=conversations_over(store, tasks, tmp_path))
        desk = SnapshotDesk(session, store, path, lambda wish: None)
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


def conversations_over(store, tasks, folder, clock=time.time):
    shelf = Shelf(folder / "files")
    return Conversations(
        store, FakeServices(1), tasks, lambda event: None, generation=Generation(), shelf=shelf, clock=clock
    )


def test_a_file_that_only_a_snapshot_still_names_goes_with_what_is_deleted_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("gigadesk.conversations.file_desk.START_DELAY_S", 1e6)  # the sweep of the start is another
    path = tmp_path / "chats.db"
    store = Store.open(path)
    gone = fill(store, "canary")
    digest = Shelf(tmp_path / "files").take_in(b"canary", "canary.txt").digest
    [leaf] = store.branch(store.chat(gone).leaf_id, 1)
    file = ChatFile(FileId(0), gone, "canary.txt", FileKind.TEXT, "text/plain", 6, FileState.READY, digest)
    store.add_file(replace(file, message_id=leaf.id))
    Snapshots(path).take(SnapshotReason.HAND, NOON)
    crashes = []

    async def story():
        tasks = TaskScope(lambda name, error: crashes.append((name, error)))
        conversations = conversations_over(store, tasks, tmp_path)
        desk = SnapshotDesk(SimpleNamespace(tasks=tasks, conversations=conversations), store, path, lambda wish: None)
        conversations.library.delete_chats([gone])
        conversations.trash.delete_for_ever(conversations.trash.entries(None, 1))
        await until(lambda: not tasks.is_running("deleting for ever") and not tasks.is_running("sweep of the files"))
        assert (tmp_path / "files" / digest).exists()
        desk.scrub_soon()
        await until(lambda: not (tmp_path / "files" / digest).exists())
        await conversations.close()
        desk.close()
        await tasks.close(5.0)

    asyncio.run(story())

    assert crashes == []
    store.close()


async def until(is_so):
    end = time.monotonic() + 60.0
    while not is_so():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


class JumpingClock:
    """Time passes only when everybody waits; the test looks at each half hour."""

    def __init__(self, monkeypatch) -> None:
        self.now = NOON + DAY_S
        self.waits = asyncio.Event()
        self.may_go_on = asyncio.Event()
        monkeypatch.setattr("gigadesk.snapshot_desk.asyncio", SimpleNamespace(sleep=self.sleep))
        monkeypatch.setattr("gigadesk.snapshot_desk.time", SimpleNamespace(time=lambda: self.now))

    async def sleep(self, seconds) -> None:
        self.waits.set()
        await self.may_go_on.wait()
        self.may_go_on.clear()
        self.now += seconds

    async def pass_on(self) -> None:
        """Until the next wait begins."""
        await self.waits.wait()
        self.waits.clear()
        self.may_go_on.set()
        await self.waits.wait()


def test_what_is_too_old_for_the_trash_goes_while_the_program_runs_for_days(tmp_path, monkeypatch):
    path = tmp_path / "chats.db"
    store = Store.open(path)
    old, young = fill(store, "old"), fill(store, "young")
    clock = JumpingClock(monkeypatch)
    crashes = []

    async def story():
        tasks = TaskScope(lambda name, error: crashes.append((name, error)))
        conversations = conversations_over(store, tasks, tmp_path, clock=lambda: clock.now)
        conversations.trash.use_days(1)
        session = SimpleNamespace(tasks=tasks, conversations=conversations)
        desk = SnapshotDesk(session, store, path, lambda wish: None)
        desk.begin()
        await clock.pass_on()
        conversations.library.delete_chats([old])
        began = clock.now
        while clock.now < began + NOTED_EVERY_S:
            await clock.pass_on()
        conversations.library.delete_chats([young])
        while len(conversations.trash.entries(None, 9)) == 2:
            assert clock.now - began <= DAY_S + 2 * NOTED_EVERY_S
            await clock.pass_on()
        assert clock.now - began >= DAY_S
        assert [entry.id for entry in conversations.trash.entries(None, 9)] == [young]
        assert len(Snapshots(path).all()) in {2, 3}  # of each day one; where midnight is, is a matter of the place
        await conversations.close()
        desk.close()
        await tasks.close(5.0)

    asyncio.run(story())

    assert crashes == []
    store.close()
