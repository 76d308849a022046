"""Saves the chats when their file has vanished under the open program. Part of the composition root."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gigadesk.chat import Role
from gigadesk.errors import StorageCause, StorageError, UnexpectedError
from gigadesk.facts import SavingResumed
from gigadesk.files import is_folder, is_there
from gigadesk.opening_desk import in_thread
from gigadesk.store import Store, rescuing
from gigadesk.store.rescuing import (
    copy_to,
    go_over,
    has_vanished,
    holds_nothing,
    log_has_vanished,
    lost_files,
    renew_log,
    write_back,
    writing_adrift,
)
from gigadesk.store.snapshot_reader import content_of
from gigadesk.store.watching import BrokenOffError
from gigadesk.ui.data import rescue_words as words
from gigadesk.ui.data.progress_dialog import ProgressDialog
from gigadesk.ui.file_saving import FileSaver
from gigadesk.ui.widgets.dialogs import ask

if TYPE_CHECKING:
    from gigadesk.session import Session

_LOGGER = logging.getLogger(__name__)

LOOK_INTERVAL_S = 10.0
"""Between two looks whether the file is there: one who reads and writes nothing is told as well."""
PROGRESS_DELAY_S = 0.5
_SLOT = "rescue"

T = TypeVar("T")


class RescueDesk:
    """One for a session with a store on the disk."""

    def __init__(self, session: "Session", store: Store, path: Path, hold_folder: Callable[[], bool]) -> None:
        """`hold_folder` makes the folder this program's own again; False when another one has it."""
        self._session = session
        self._store = store
        self._path = path
        self._hold_folder = hold_folder
        self._saver: FileSaver | None = None
        self._is_copying = False

    def begin(self) -> None:
        """Look after the file from now on."""
        self._session.window.rescue_requested.connect(self.offer)
        self._session.tasks.start("place of the chats", "look after the file", self._look_after)

    def holds_back(self, end: Callable[[], None]) -> bool:
        """Whether the end of the program would be the end of the chats: then the user is asked."""
        if not self._has_vanished() or self._has_nothing():
            return False
        self.offer(end)
        return True

    def offer(self, end: Callable[[], None] | None = None) -> None:
        """Ask how they should be saved; with `end`, that is called when nothing more would be lost."""
        if not self._is_copying:
            self._session.tasks.start(_SLOT, "save the chats", partial(self._ask, end))

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(LOOK_INTERVAL_S)
            if self._has_vanished():
                self._session.conversations.note_refusal(StorageError(StorageCause.VANISHED, str(self._path)))
            elif not self._is_copying:
                await self._look_after_log()

    async def _look_after_log(self) -> None:
        """Somebody has deleted the write-ahead log alone: nothing is lost if another is begun before the end."""
        with contextlib.suppress(StorageError):  # who writes next says so
            if log_has_vanished(self._store):
                await self._session.conversations.search.go_over()
                is_renewed = renew_log(self._store)
                _LOGGER.info(
                    "the write-ahead log had vanished; another one is %s", "begun" if is_renewed else "to come"
                )

    def _has_vanished(self) -> bool:
        try:
            return has_vanished(self._store)
        except StorageError:  # a drive that does not answer; whoever writes says so
            return False

    def _has_nothing(self) -> bool:
        """Whether the folder of a program without chats was deleted: on purpose, most likely."""
        if self._session.conversations.waiting_texts():
            return False
        try:
            return holds_nothing(self._store)
        except StorageError:
            return False

    async def _ask(self, end: Callable[[], None] | None) -> None:
        if not self._has_vanished():
            return
        said = words.question(str(self._path), is_taken=is_there(self._path), is_end=end is not None)
        match await ask(self._session.window.front(), *said):
            case words.BACK:
                await self._write_back(end)
            case words.FILE:
                self._choose_file(end)
            case words.END if end is not None:
                end()

    async def _write_back(self, end: Callable[[], None] | None) -> None:
        if is_folder(self._path.parent) and not self._hold_folder():
            await ask(self._session.window.front(), *words.held_by_other(str(self._path.parent)))
            return
        try:
            kept = await self._copy(lambda going: write_back(self._store, going))
            let_go = go_over(self._store)
            await in_thread(let_go)
            content = await in_thread(content_of, self._path)
        except BrokenOffError:
            return
        except (StorageError, UnexpectedError) as error:
            await self._tell_failure(error)
            return
        self._hold_folder()
        await self._session.conversations.search.go_over()
        if not self._session.conversations.save_all():
            # What somebody else than the saver was refused is said above the chat, too.
            self._session.publish(SavingResumed())
        self._session.keep_settings()
        lost = lost_files(self._store, self._session.shelf.has)
        said = words.written_back(str(self._path), content, lost, "" if kept is None else str(kept))
        await ask(self._session.window.front(), *said)
        if end is not None:
            end()

    def _choose_file(self, end: Callable[[], None] | None) -> None:
        saver = self._saver = FileSaver(self._session.window.front())
        start = self._session.tasks.start
        saver.choose(words.file_name(), lambda target: start(_SLOT, "save the chats", partial(self._save, target, end)))

    async def _save(self, target: Path, end: Callable[[], None] | None) -> None:
        try:
            await self._copy(lambda going: copy_to(self._store, target, going))
            content = await in_thread(content_of, target)
        except BrokenOffError:
            return
        except (StorageError, UnexpectedError) as error:
            await self._tell_failure(error)
            return
        said = words.saved_elsewhere(str(target), str(self._path), content)
        await ask(self._session.window.front(), *said)
        if end is not None:
            end()

    async def _copy(self, work: Callable[[Callable[[int, int], bool]], T]) -> T:
        """Do it in a thread, with what still waits in memory, and show how far it is if that takes a while."""
        with writing_adrift(self._store):
            self._session.conversations.save_all()
        loop = asyncio.get_running_loop()
        dialog = ProgressDialog(self._session.window.front(), *words.working(), can_be_given_up=True)
        timer = loop.call_later(PROGRESS_DELAY_S, dialog.open)

        def going(done: int, whole: int) -> bool:
            loop.call_soon_threadsafe(dialog.set_progress, done, whole)
            return not dialog.is_given_up

        self._is_copying = True
        try:
            if rescuing.MAY_RUN_BESIDE:
                return await in_thread(work, going)
            return work(lambda _done, _whole: True)
        finally:
            self._is_copying = False
            timer.cancel()
            dialog.finish()

    async def _tell_failure(self, error: StorageError | UnexpectedError) -> None:
        _LOGGER.info("the chats were not saved: %s", error)
        if await ask(self._session.window.front(), *words.failure(error)) == words.TEXT:
            saver = self._saver = FileSaver(self._session.window.front())
            saver.save(self._shown_text().encode(), words.text_name())

    def _shown_text(self) -> str:
        """What is in memory whatever has become of the disk."""
        items = self._session.window.page.transcript.rows.items
        shown = [(item.view.message.role is Role.USER, item.source_text) for item in items]
        return words.shown_text(shown, self._session.conversations.waiting_texts())
