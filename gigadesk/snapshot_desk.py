"""Takes the daily snapshot, shows the snapshots, and brings things back from them. Part of the composition root."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gigadesk.chat import ChatId
from gigadesk.errors import GigadeskError, StorageCause, StorageError, UnexpectedError
from gigadesk.facts import ChatAdded
from gigadesk.files import is_file
from gigadesk.kept import Snapshot, SnapshotReason, StartWish
from gigadesk.opening_desk import in_thread
from gigadesk.store import Store
from gigadesk.store.checking import find_damage, open_quietly
from gigadesk.store.database import CHECKED_FIRST_MAX_BYTES
from gigadesk.store.forgetting import scrub_all
from gigadesk.store.rescuing import has_vanished
from gigadesk.store.snapshot_reader import chats_in, content_of, last_messages
from gigadesk.store.snapshots import Snapshots
from gigadesk.store.swapping import remove_set_aside, set_aside_bytes
from gigadesk.store.watching import BrokenOffError
from gigadesk.ui.data import snapshot_words as words
from gigadesk.ui.data.opening_words import continue_choice
from gigadesk.ui.data.snapshots_dialog import SnapshotsDialog
from gigadesk.ui.notices import damage_found_notice, notice_for, snapshot_damaged_notice, snapshot_failed_notice
from gigadesk.ui.widgets.dialogs import ask

if TYPE_CHECKING:
    from gigadesk.session import Session

_LOGGER = logging.getLogger(__name__)

START_DELAY_S = 20.0
"""The first minute belongs to the user."""
LOOK_INTERVAL_S = 1800.0
"""The program may run for days: each has its snapshot, and its end of what is in the trash."""
END_LIMIT_S = 0.4

T = TypeVar("T")


class SnapshotDesk:
    """One for a session with a store on the disk."""

    def __init__(self, session: "Session", store: Store, path: Path, begin_anew: Callable[[StartWish], None]) -> None:
        self._session = session
        self._store = store
        self._path = path
        self._snapshots = Snapshots(path)
        self._begin_anew = begin_anew
        self._dialog: SnapshotsDialog | None = None
        self._ends = threading.Event()
        self._has_told = False
        self._refusal: StorageError | None = None
        """Why there is no snapshot that the user has asked for; told above the dialog."""
        self._must_scrub = False
        self._damaged: Path | None = None
        """A snapshot out of which nothing can be taken, as the user was told."""
        self._taking = 0
        """Snapshots that are being taken: one that began before a deletion ends with what was deleted in it."""

    def begin(self) -> None:
        """Look after the snapshots from now on."""
        self._session.tasks.start("snapshots", "look after the snapshots", self._look_after)

    def scrub_soon(self) -> None:
        """Something was deleted for ever: it goes from the snapshots, too."""
        self._must_scrub = True
        if not self._session.tasks.is_running("forgetting"):
            self._session.tasks.start("forgetting", "take what was deleted from the snapshots", self._scrub)

    def close(self) -> None:
        """End what runs in threads."""
        self._ends.set()
        if self._dialog is not None:
            self._dialog.close()

    # In the background

    async def _look_after(self) -> None:
        await asyncio.sleep(START_DELAY_S)
        await in_thread(self._snapshots.sweep)
        self.scrub_soon()
        await self._check()
        while True:
            if self._is_in_other_hands():
                await asyncio.sleep(LOOK_INTERVAL_S)
                continue
            self._session.conversations.trash.expire()
            if self._snapshots.is_daily_due(time.time()):
                await self._take(SnapshotReason.DAILY)
            await asyncio.sleep(LOOK_INTERVAL_S)

    def _is_in_other_hands(self) -> bool:
        """Whether the folder may be that of other chats by now: nothing there is ours to change."""
        try:
            return has_vanished(self._store)
        except StorageError:
            return True

    async def _take(self, reason: SnapshotReason) -> bool:
        self._taking += 1
        try:
            await self._in_thread(lambda: self._snapshots.take(reason, time.time(), self._goes_on))
        except StorageError as error:
            _LOGGER.info("no snapshot: %s", error)
            if error.cause is StorageCause.DAMAGED:
                self._session.window.add_patient_notice(damage_found_notice())
            elif reason is SnapshotReason.HAND and self._dialog is not None:
                self._refusal = error
            elif not self._has_told or reason is SnapshotReason.HAND:
                self._has_told = True
                self._session.window.add_patient_notice(snapshot_failed_notice(error))
            return False
        finally:
            self._taking -= 1
            if self._must_scrub:
                self.scrub_soon()
        return True

    async def _check(self) -> None:
        """Look through a database that was too large to be looked through before it was opened."""
        if not is_file(self._path) or self._path.stat().st_size <= CHECKED_FIRST_MAX_BYTES:
            return
        try:
            problem = await self._in_thread(self._find_damage)
        except StorageError as error:
            problem = str(error.cause) if error.cause is StorageCause.DAMAGED else ""
        if problem:
            self._session.window.add_patient_notice(damage_found_notice())

    def _find_damage(self) -> str:
        with closing(open_quietly(self._path)) as connection:
            connection.set_progress_handler(lambda: int(self._ends.is_set()), 10_000)
            return find_damage(connection)

    async def _scrub(self) -> None:
        """One at a time; what is deleted meanwhile is taken out in another round."""
        while self._must_scrub and not self._taking and not self._is_in_other_hands():
            self._must_scrub = False
            try:
                forgotten = self._store.forgotten.pending()
                if forgotten is None:
                    return
                every = [snapshot.path for snapshot in self._snapshots.all()]
                refusals = await in_thread(scrub_all, every, forgotten)
                if not refusals:
                    self._store.forgotten.clear(forgotten)
                    # The shelf was swept while the snapshots still named the files of what is gone.
                    self._session.conversations.files.sweep_soon()
            except StorageError as error:
                refusals = [error]
            for refusal in refusals:
                # It stays noted, and is tried again at the next start.
                _LOGGER.info("what was deleted is still in a snapshot: %s", refusal)
            self._tell_of_damaged([Path(each.path) for each in refusals if each.cause is StorageCause.DAMAGED])

    def _tell_of_damaged(self, snapshots: list[Path]) -> None:
        """Only the user may throw a snapshot away; trying again would never help."""
        if snapshots and snapshots[0] != self._damaged:
            self._damaged = snapshots[0]
            self._session.window.add_patient_notice(snapshot_damaged_notice(str(snapshots[0])))

    def _goes_on(self, _done: int, _whole: int) -> bool:
        return not self._ends.is_set()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Like `in_thread`; when the task ends, so does the thread, before the store is closed."""
        over = threading.Event()

        def run() -> T:
            try:
                return work()
            except BrokenOffError as exc:
                raise StorageError(StorageCause.UNKNOWN, str(self._path), "the program ends") from exc
            finally:
                over.set()

        try:
            return await in_thread(run)
        finally:
            if self._ends.is_set():
                over.wait(END_LIMIT_S)

    # What the user sees

    def show(self) -> None:
        """Show the snapshots."""
        if self._dialog is None:
            dialog = SnapshotsDialog(self._session.dialog or self._session.window)
            dialog.snapshot_chosen.connect(self._look_into)
            dialog.chat_chosen.connect(self._look_into_chat)
            dialog.take_requested.connect(self._on_take)
            dialog.restore_requested.connect(self._on_restore)
            dialog.chat_restore_requested.connect(self._on_restore_chat)
            dialog.removal_requested.connect(self._on_remove)
            dialog.set_aside_removal_requested.connect(self._on_remove_set_aside)
            dialog.finished.connect(self._on_finished)
            self._dialog = dialog
        self._dialog.open()
        self._refresh()
        if self._damaged is not None:
            self._dialog.choose(self._damaged)

    def _refresh(self) -> None:
        if self._dialog is not None:
            self._dialog.set_snapshots(self._snapshots.all())
            self._dialog.set_set_aside(set_aside_bytes(self._path))

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _look_into(self, snapshot: Snapshot) -> None:
        def tell(error: GigadeskError) -> None:
            if self._dialog is not None:
                self._dialog.show_problem(snapshot, words.problem_words(error, snapshot.path)[0])

        async def look() -> None:
            try:
                content = await in_thread(content_of, snapshot.path)
                chats = await in_thread(chats_in, snapshot.path)
            except StorageError as error:
                tell(error)
                return
            if self._dialog is not None:
                self._dialog.show_content(snapshot, content)
                self._dialog.show_chats(snapshot, chats)

        on_crash = partial(tell, UnexpectedError())
        self._session.tasks.start("snapshot content", "look into a snapshot", look, on_crash=on_crash)

    def _look_into_chat(self, snapshot: Snapshot, chat_id: int) -> None:
        async def look() -> None:
            try:
                messages = await in_thread(last_messages, snapshot.path, ChatId(chat_id))
            except StorageError as error:
                if self._dialog is not None:
                    self._dialog.show_problem(snapshot, words.problem_words(error, snapshot.path)[0])
                return
            if self._dialog is not None:
                self._dialog.show_messages(snapshot, chat_id, messages)

        self._session.tasks.start("snapshot chat", "look into a chat of a snapshot", look)

    async def _tell(self, title: str, text: str, detail: str = "") -> None:
        """Before the dialog: what is said in the window lies behind it."""
        await ask(self._dialog or self._session.window, title, text, [continue_choice()], detail)

    def _on_take(self) -> None:
        async def take() -> None:
            if self._dialog is not None:
                self._dialog.set_taking()
            try:
                await self._take(SnapshotReason.HAND)
            finally:
                self._refresh()
            refusal, self._refusal = self._refusal, None
            if refusal is not None:
                notice = snapshot_failed_notice(refusal)
                await self._tell(notice.title, notice.text, notice.detail)

        self._session.tasks.start("snapshot by hand", "take a snapshot", take)

    def _on_restore(self, snapshot: Snapshot) -> None:
        async def restore() -> None:
            title, text, choices = words.restore_question(snapshot)
            if await ask(self._dialog, title, text, choices) != "restore":
                return
            if not is_file(snapshot.path):
                gone = StorageError(StorageCause.MISSING, str(snapshot.path))
                await self._tell(*words.problem_words(gone, snapshot.path))
                self._refresh()
            else:
                self._begin_anew(StartWish(restores=snapshot.path))

        self._session.tasks.start("restore", "restore a snapshot", restore)

    def _on_remove(self, snapshot: Snapshot) -> None:
        async def remove() -> None:
            title, text, choices = words.removal_question(snapshot)
            if await ask(self._dialog, title, text, choices) == "remove":
                try:
                    self._snapshots.remove(snapshot)
                except StorageError as error:
                    await self._tell(*words.problem_words(error, snapshot.path))
                self._refresh()
                self.scrub_soon()  # perhaps that was the one that did not let go

        self._session.tasks.start("remove snapshot", "remove a snapshot", remove)

    def _on_remove_set_aside(self) -> None:
        async def remove() -> None:
            title, text, choices = words.set_aside_question()
            if await ask(self._dialog, title, text, choices) == "remove":
                try:
                    await in_thread(remove_set_aside, self._path)
                except StorageError as error:
                    notice = notice_for(error)
                    await self._tell(notice.title, notice.text, notice.detail)
                self._refresh()

        self._session.tasks.start("remove damaged files", "remove what was set aside", remove)

    def _on_restore_chat(self, snapshot: Snapshot, chat_id: int) -> None:
        async def restore() -> None:
            try:
                work = self._store.restorer.begin(snapshot.path, ChatId(chat_id), time.time())
                has_more = True
                while has_more:
                    has_more = work.go_on()
                    await asyncio.sleep(0)  # what else is to be done comes between the portions
            except StorageError as error:
                await self._tell(*words.problem_words(error, snapshot.path))
                self._refresh()
                return
            except LookupError:
                await self._tell(*words.chat_gone_words())
                self._refresh()
                return
            self._session.publish(ChatAdded(self._session.conversations.chat(work.chat_id)))
            if self._dialog is not None:
                self._dialog.close()
            self._session.window.open_chat(work.chat_id)

        self._session.tasks.start("restore chat", "bring a chat back", restore)
