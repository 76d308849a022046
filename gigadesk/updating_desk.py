"""Looks through a large database and brings it up to date, with words in the window. Part of the composition root."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gigadesk.conversations.daemon_threads import DaemonThreads
from gigadesk.kept import UpdateGoing, UpdateStage
from gigadesk.store.database import Database, open_file
from gigadesk.store.failures import translated
from gigadesk.store.watching import BrokenOffError
from gigadesk.ui.data.update_page import UpdatePage
from gigadesk.ui.main_window import MainWindow

SHOWN_AFTER_S = 0.5
"""What is over sooner needs no words."""


class UpdatingDesk:
    """The window can be closed meanwhile: the work ends between two steps, and the next start goes on."""

    def __init__(self, window: MainWindow, open_database: Callable[..., Database] = open_file) -> None:
        """`open_database` is `database.open_file`, or what does the same at its own pace."""
        self._window = window
        self._open_database = open_database
        self._page: UpdatePage | None = None
        self._state = (UpdateStage.CHECKING, 0, 0)
        self._is_given_up = False

    async def prepare(self, path: Path, *, is_thorough: bool) -> bool:
        """Check the file and change its shape, in a thread. False when the window was closed meanwhile.

        Raises:
            StorageError: see `database.open_file`.
        """
        loop = asyncio.get_running_loop()
        shown: tuple[UpdateStage, int, int] | None = None

        def going(stage: UpdateStage, done: int, whole: int) -> bool:
            nonlocal shown
            if shown != (stage, done, whole):
                shown = (stage, done, whole)
                loop.call_soon_threadsafe(self._show, stage, done, whole)
            return not self._is_given_up

        self._window.closing.connect(self._give_up)
        timer = loop.call_later(SHOWN_AFTER_S, self._show_page)
        try:
            return await loop.run_in_executor(DaemonThreads(), partial(self._prepare, path, going, is_thorough))
        finally:
            timer.cancel()
            self._window.closing.disconnect(self._give_up)
            if self._page is not None and not self._is_given_up:
                self._window.show_start_page(None)

    def _prepare(self, path: Path, going: UpdateGoing, is_thorough: bool) -> bool:  # noqa: FBT001 - for `partial`
        with translated(str(path)):
            try:
                self._open_database(path, is_thorough=is_thorough, going=going).close()
            except BrokenOffError:
                return False
        return True

    def _show_page(self) -> None:
        self._page = UpdatePage()
        self._page.show_progress(*self._state)
        self._page.quit_requested.connect(self._window.close)
        self._window.show_start_page(self._page)
        self._page.tell()

    def _show(self, stage: UpdateStage, done: int, whole: int) -> None:
        self._state = (stage, done, whole)
        if self._page is not None:
            self._page.show_progress(stage, done, whole)

    def _give_up(self) -> None:
        self._is_given_up = True
        if self._page is not None:
            self._page.show_ending()
