"""The trash in the window: opens it, and does what is wished there."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gigadesk import facts
from gigadesk.chat import TrashEntry
from gigadesk.conversations import Conversations
from gigadesk.facts import Event
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.trash import TrashWindow


class TrashDesk(QObject):
    """There is one window of the trash. `save_drafts` stores what is being typed before a chat goes."""

    def __init__(self, conversations: Conversations, save_drafts: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._save_drafts = save_drafts
        self._owner = parent
        self._theme = LIGHT
        self._window: TrashWindow | None = None

    def use_conversations(self, conversations: Conversations) -> None:
        """The trash of another store."""
        self.close()
        self._conversations = conversations

    def open(self) -> None:
        """Show the trash, or bring its window to the front."""
        window = self.window
        if window is None:
            window = self._window = TrashWindow(self._owner, self._theme, self._conversations.trash)
            window.restore_requested.connect(self._restore)
            window.delete_requested.connect(self._delete)
            window.empty_requested.connect(self._empty)
        window.show()
        window.raise_()
        window.activateWindow()

    @property
    def window(self) -> TrashWindow | None:
        """The window, while it is open."""
        return self._window if self._window is not None and isValid(self._window) else None

    def close(self) -> None:
        if self.window is not None:
            self.window.close()
        self._window = None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.window is not None:
            self.window.set_theme(theme)

    def apply(self, event: Event) -> None:
        """Show a fact."""
        if isinstance(event, facts.TrashChanged) and self.window is not None:
            self.window.renew()

    def _restore(self, entries: list[TrashEntry]) -> None:
        self._save_drafts()
        self._conversations.trash.restore(entries)

    def _delete(self, entries: list[TrashEntry]) -> None:
        self._conversations.trash.delete_for_ever(entries)

    def _empty(self) -> None:
        self._conversations.trash.empty()
