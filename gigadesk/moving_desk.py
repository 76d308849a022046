"""Moves the data folder when the user wishes, and looks after what a move leaves. Part of the composition root."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk import moving
from gigadesk.data_folder import Place, problem_of_target, shared_drive
from gigadesk.errors import GigadeskError, StorageError, UnexpectedError
from gigadesk.kept import StartWish
from gigadesk.opening_desk import in_thread
from gigadesk.tasks import TaskScope
from gigadesk.ui.data import moving_words as words
from gigadesk.ui.data.folder_dialog import choose_folder
from gigadesk.ui.data.progress_dialog import ProgressDialog
from gigadesk.ui.data.words import target_problem_text
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.notices import notice_for, shared_drive_notice
from gigadesk.ui.widgets.dialogs import ask

if TYPE_CHECKING:
    from gigadesk.session import Session

_LOGGER = logging.getLogger(__name__)


class GivenUpError(GigadeskError):
    """The user has ended the copying."""


async def move_data(window: MainWindow, tasks: TaskScope, place: Place, target: Path) -> bool:
    """Move everything to `target` before anything is opened. False when it stays where it is; the user knows why."""
    loop = asyncio.get_running_loop()
    dialog = ProgressDialog(window, *words.progress_words(str(target)), can_be_given_up=True)
    dialog.open()

    def going(done: int, whole: int) -> None:
        if dialog.is_given_up:
            raise GivenUpError
        loop.call_soon_threadsafe(dialog.set_progress, done, whole)

    try:
        await tasks.run("moving", "move the data", lambda: in_thread(_move, place, target, going))
    except GivenUpError:
        return False
    except (StorageError, UnexpectedError) as error:
        notice = notice_for(error)
    else:
        return True
    finally:
        dialog.finish()
    title, choices = words.failure_words()
    await ask(window, title, f"{notice.title}. {notice.text}", choices, notice.detail)
    return False


def _move(place: Place, target: Path, going: moving.Going) -> None:
    moving.copy_data(place.folder, target, going)
    moving.finish(place.first, place.folder, target)


class MovingDesk:
    """One for a session."""

    def __init__(self, session: "Session", place: Place, begin_anew: Callable[[StartWish], None]) -> None:
        self._session = session
        self._place = place
        self._begin_anew = begin_anew

    def begin(self) -> None:
        """The chats are open: say what is to be said about their place."""
        drive = shared_drive(self._place.folder)
        if drive:
            self._session.window.add_patient_notice(shared_drive_notice(drive, str(self._place.folder)))
        old = moving.left_behind(self._place.folder)
        if old is not None:
            self._session.tasks.start("old data", "offer to remove the old data", lambda: self._offer_removal(old))

    def choose(self) -> None:
        """Ask where to move the data, and begin."""
        self._session.tasks.start("move", "choose another data folder", self._choose)

    async def _choose(self) -> None:
        window, folder = self._session.window, self._place.folder
        target = await choose_folder(window, words.folder_title(), folder.parent)
        if target is None:
            return
        size = await in_thread(moving.size_of, folder)
        problem = problem_of_target(folder, target, size)
        if problem is not None:
            title, choices = words.failure_words()
            await ask(window, title, target_problem_text(problem), choices, str(target))
            return
        title, text, choices = words.move_question(str(target), size, shared_drive(target))
        if await ask(window, title, text, choices) == "move":
            self._begin_anew(StartWish(moves_to=target))

    async def _offer_removal(self, old: Path) -> None:
        title, text, choices = words.removal_question(str(old))
        answer = await ask(self._session.window, title, text, choices)
        if answer == "remove":
            try:
                await in_thread(moving.remove_old_data, old, self._place.folder)
            except StorageError as error:
                self._session.window.show_notice(notice_for(error))
                return
        if answer in {"remove", "keep"}:
            moving.forget_left_behind(self._place.folder)
