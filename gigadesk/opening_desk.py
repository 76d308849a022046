"""Opens the chats at the start, and offers ways out when they cannot be opened. Part of the composition root."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from gigadesk.conversations.daemon_threads import DaemonThreads
from gigadesk.data_folder import Place, check_is_there, point_to
from gigadesk.errors import StorageCause, StorageError, UnexpectedError
from gigadesk.files import create_private, is_file, write_private
from gigadesk.kept import Salvage, Snapshot, StartWish
from gigadesk.store import Store
from gigadesk.store.failures import translated
from gigadesk.store.reading_copy import copy_for_reading
from gigadesk.store.recovery import begin_anew, check_not_gone, newest_good_snapshot, recover, restore_snapshot
from gigadesk.store.swapping import REPORT_NAME
from gigadesk.tasks import TaskScope
from gigadesk.ui.data import opening_words as words
from gigadesk.ui.data.folder_dialog import choose_folder
from gigadesk.ui.data.progress_dialog import ProgressDialog
from gigadesk.ui.data.snapshot_words import problem_words
from gigadesk.ui.data.words import salvage_report, salvage_text
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.notices import notice_for
from gigadesk.ui.widgets.dialogs import ask
from gigadesk.updating_desk import UpdatingDesk

_LOGGER = logging.getLogger(__name__)

OPENED_AT_ONCE_MAX_BYTES = 4 * 1024 * 1024
"""To look through a greater file takes longer than a window may stand still."""

T = TypeVar("T")

_WITH_COPY = {StorageCause.READ_ONLY, StorageCause.FULL, StorageCause.IN_USE, StorageCause.UNKNOWN}
"""The file may well be whole: a copy of it can be read."""
_WITH_SNAPSHOT = {StorageCause.DAMAGED, StorageCause.NEWER, StorageCause.GONE}


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store."""

    store: Store
    copy_of: Path | None = None
    """It is a copy for reading of what lies here: nothing that is written into it stays."""


class OpeningDesk:
    """Asks until the store is open or the user gives up."""

    def __init__(
        self,
        window: MainWindow,
        tasks: TaskScope,
        path: Path,
        place: Place,
        begin_anew: Callable[[StartWish], None],
    ) -> None:
        self._window = window
        self._tasks = tasks
        self._path = path
        self._place = place
        self._begin_anew = begin_anew
        self.has_asked = False
        """The store refused, and the user was asked what to do."""
        self._may_begin = False
        """The user wishes a new database where there was one."""
        self._snapshot: Snapshot | None = None

    async def open(self, wish: StartWish) -> Opened | None:
        """The store; None when the user gave up, or another run begins instead."""
        if wish.restores is not None:
            await self._restore(Path(str(wish.restores)))
        is_thorough = wish.checks_all
        while True:
            try:
                check_is_there(self._place)
                if not self._may_begin:
                    check_not_gone(self._path)
                store = await self._open_store(is_thorough=is_thorough)
                return None if store is None else Opened(store)
            except StorageError as error:
                refusal = error
            answer = await self._ask(refusal)
            if answer == "copy":
                try:
                    copy = await in_thread(copy_for_reading, self._path)
                    return Opened(Store.open(copy), self._path)
                except StorageError as error:
                    await self._tell(error)
            elif answer in {"", "quit"} or not await self._act(answer):
                return None

    async def _open_store(self, *, is_thorough: bool) -> Store | None:
        """None when the window was closed meanwhile."""
        size = self._path.stat().st_size if is_file(self._path) else 0
        takes_long = size > OPENED_AT_ONCE_MAX_BYTES or is_thorough  # a check, a snapshot, changes of its shape
        if takes_long and not await UpdatingDesk(self._window).prepare(self._path, is_thorough=is_thorough):
            return None
        return Store.open(self._path, is_prepared=size > OPENED_AT_ONCE_MAX_BYTES)

    async def _ask(self, error: StorageError) -> str:
        self.has_asked = True
        snapshot: Snapshot | None = None
        if error.cause in _WITH_SNAPSHOT:
            snapshot = await in_thread(newest_good_snapshot, self._path)
        self._snapshot = snapshot
        notice = notice_for(error)
        is_gone = error.cause is StorageCause.GONE
        choices = [
            *(
                words.choices_when_gone(snapshot)
                if is_gone
                else words.choices_when_damaged(snapshot, can_recover=error.cause is StorageCause.DAMAGED)
            ),
            *words.choices_for_reading(is_possible=error.cause in _WITH_COPY and is_file(self._path)),
            *words.last_choices(is_default=error.cause is not StorageCause.DAMAGED and snapshot is None),
        ]
        return await ask(self._window, notice.title, notice.text, choices, notice.detail)

    async def _act(self, answer: str) -> bool:
        """Do what was chosen; False when that ends this run."""
        match answer:
            case "restore" if self._snapshot is not None:
                await self._restore(self._snapshot.path)
            case "recover":
                await self._recover()
            case "anew":
                self._may_begin = True
                await self._try(lambda: begin_anew(self._path))
            case "begin":
                self._may_begin = True
            case "other":
                return not await self._choose_folder()
            case _ if self._path.parent != self._place.folder:
                # The drive was not there when this run began, so it knows neither the settings nor the place of the
                # chats: in the first folder may lie an old copy of them.
                self._begin_anew(StartWish())
                return False
        return True

    async def _restore(self, snapshot: Path) -> None:
        try:
            await self._with_words(lambda: restore_snapshot(self._path, snapshot, time.time()))
        except (StorageError, UnexpectedError) as error:
            title, text, detail = problem_words(error, snapshot)
            await ask(self._window, title, text, [words.continue_choice()], detail)

    async def _try(self, work: Callable[[], object]) -> None:
        try:
            await self._with_words(work)
        except (StorageError, UnexpectedError) as error:
            await self._tell(error)

    async def _with_words(self, work: Callable[[], object]) -> None:
        await self._with_progress(words.working_words(), lambda _going: work(), delay_s=0.5)

    async def _recover(self) -> None:
        try:
            saved = await self._with_progress(words.recovering_words(), lambda going: recover(self._path, going))
        except (StorageError, UnexpectedError) as error:
            await self._tell(error)
            return
        assert isinstance(saved, Salvage)
        if saved.set_aside is not None:
            try:
                write_private(saved.set_aside / REPORT_NAME, salvage_report(saved).encode())
            except OSError as exc:
                _LOGGER.warning("no report about what was saved: %s", type(exc).__name__)
        title, place = words.recovered_words(saved)
        await ask(self._window, title, salvage_text(saved), [words.continue_choice()], place)

    async def _tell(self, error: StorageError | UnexpectedError) -> None:
        notice = notice_for(error)
        await ask(self._window, notice.title, notice.text, [words.continue_choice()], notice.detail)

    async def _choose_folder(self) -> bool:
        """Let another folder be the place of the data; True when another run begins there."""
        chosen = await choose_folder(self._window, words.folder_title(), self._place.folder.parent)
        if chosen is None:
            return False
        try:
            if Place(self._place.first, chosen).is_missing:
                # Nothing is there, and that is meant: a file without a byte is a database to be begun.
                create_private(chosen / self._path.name)
            point_to(self._place.first, chosen)
            self._begin_anew(StartWish())
        except OSError:
            self._begin_anew(StartWish(folder=chosen))
        return True

    async def _with_progress(
        self,
        said: tuple[str, str],
        work: Callable[[Callable[[int, int], None]], T],
        *,
        delay_s: float = 0.0,
    ) -> T:
        """Do the work in a thread, and show how far it is if that takes a while."""
        loop = asyncio.get_running_loop()
        dialog = ProgressDialog(self._window, *said, can_be_given_up=False)
        timer = loop.call_later(delay_s, dialog.open)

        def going(done: int, whole: int) -> None:
            loop.call_soon_threadsafe(dialog.set_progress, done, whole)

        try:
            return await self._tasks.run("opening", "work on the data", lambda: in_thread(work, going))
        finally:
            timer.cancel()
            dialog.finish()


async def in_thread(work: Callable[..., T], *arguments: object) -> T:
    """Run what blocks in a thread of its own, which the end of the program does not wait for."""
    return await asyncio.get_running_loop().run_in_executor(DaemonThreads(), partial(_translated, work, *arguments))


def _translated(work: Callable[..., T], *arguments: object) -> T:
    with translated(str(next((each for each in arguments if isinstance(each, Path)), ""))):
        return work(*arguments)
