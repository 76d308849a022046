"""What a session does with its data folder: opening, snapshots, moving. Part of the composition root."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk import moving
from gigadesk.data_folder import Place, shared_drive
from gigadesk.facts import Event, TrashChanged
from gigadesk.kept import StartWish
from gigadesk.moving_desk import MovingDesk, move_data
from gigadesk.opening_desk import Opened, OpeningDesk, in_thread
from gigadesk.rescue_desk import RescueDesk
from gigadesk.snapshot_desk import SnapshotDesk
from gigadesk.store import Store
from gigadesk.store.reading_copy import discard_copy, sweep_copies
from gigadesk.ui.notices import reading_only_notice
from gigadesk.ui.settings_dialog import SettingsDialog
from gigadesk.ui.widgets.drag_out import sweep_dragged

if TYPE_CHECKING:
    from gigadesk.session import Session

STORE_NAME = "chats.db"


class DataDesk:
    """One for a session. `place` is None for a demo: its data is nothing to keep."""

    def __init__(
        self,
        session: "Session",
        folder: Path,
        place: Place | None,
        wish: StartWish,
        begin_anew: Callable[[StartWish], None],
        hold_folder: Callable[[], bool],
    ) -> None:
        self._session = session
        self._folder = folder
        self._place = place or Place(folder, folder)
        self._is_kept = place is not None
        self._wish = wish
        self._begin_anew = begin_anew
        self._hold_folder = hold_folder
        self._opened: Opened | None = None
        self.has_failed = False
        """The store refused, and the user gave up on it."""
        self._snapshots: SnapshotDesk | None = None
        self._rescue: RescueDesk | None = None
        self._moving = MovingDesk(session, self._place, begin_anew)

    async def open_store(self) -> Store | None:
        """Do what the run was begun for, then open the store. None when the user gave up, or another run begins."""
        window = self._session.window
        if self._place.folder != self._place.first:
            moving.settle(self._place.folder)  # the end of a move that was cut off behind the pointer
        if self._wish.moves_to is not None and await self._move(self._wish.moves_to):
            self._begin_anew(StartWish())
            return None
        tasks = self._session.tasks
        opening = OpeningDesk(window, tasks, self._folder / STORE_NAME, self._place, self._begin_anew)
        self._opened = await opening.open(self._wish)
        self.has_failed = self._opened is None and opening.has_asked
        return None if self._opened is None else self._opened.store

    async def _move(self, target: Path) -> bool:
        return await move_data(self._session.window, self._session.tasks, self._place, target)

    def begin(self) -> None:
        """The chats are there: look after their data from now on."""
        assert self._opened is not None
        store, window = self._opened.store, self._session.window
        if self._opened.copy_of is not None:
            window.add_patient_notice(reading_only_notice(str(self._opened.copy_of)))
            return
        self._rescue = RescueDesk(self._session, store, self._folder / STORE_NAME, self._hold_folder)
        self._rescue.begin()
        window.repair_requested.connect(lambda: self._begin_anew(StartWish(checks_all=True)))
        if self._is_kept:
            self._session.tasks.start("copies", "sweep of copies for reading", lambda: in_thread(_sweep))
            self._snapshots = SnapshotDesk(self._session, store, self._folder / STORE_NAME, self._begin_anew)
            self._snapshots.begin()
            window.snapshots_requested.connect(self._snapshots.show)
            self._moving.begin()

    def connect_dialog(self, dialog: SettingsDialog) -> None:
        """Let the page of the settings work; for a copy that is only read there is no such page."""
        if self._snapshots is not None:
            dialog.data.show_place(str(self._place.folder), shared_drive(self._place.folder))
            dialog.data.move_requested.connect(self._moving.choose)
            dialog.data.snapshots_requested.connect(self._snapshots.show)
        elif self._session.is_demo:
            dialog.data.show_exchange_only()
        else:
            dialog.hide_data()
            return
        # The settings make room: the next dialog is above the chats, which it is about.
        window = self._session.window
        dialog.data.import_requested.connect(lambda: (dialog.close(), window.chats.exchange.choose_import()))
        dialog.data.export_requested.connect(lambda: (dialog.close(), window.chats.exchange.export_all()))

    def note(self, event: Event) -> None:
        """What was deleted for ever goes from the snapshots, too."""
        if isinstance(event, TrashChanged) and self._snapshots is not None:
            self._snapshots.scrub_soon()

    def holds_back(self, end: Callable[[], None]) -> bool:
        """Whether the chats would be gone with the program; the user is asked then, and `end` called after that."""
        return self._rescue is not None and self._rescue.holds_back(end)

    def close(self) -> None:
        """End what runs in threads."""
        if self._snapshots is not None:
            self._snapshots.close()

    def discard_copy(self) -> None:
        """The store is closed: a copy for reading is done with."""
        if self._opened is not None and self._opened.copy_of is not None and self._opened.store.path is not None:
            discard_copy(self._opened.store.path)


def _sweep() -> None:
    """Delete what killed programs have left in the system's place for temporary files."""
    sweep_copies()
    sweep_dragged()
