"""The temporary chat in the window: opens it, keeps it, lets it go."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gigadesk.chat import ChatId
from gigadesk.conversations import TemporaryChat, TemporaryChats
from gigadesk.facts import ChatAdded, ChatChanged, Event
from gigadesk.settings import Settings
from gigadesk.ui.pane.chat_pane import ChatPane
from gigadesk.ui.pane.temporary_window import TemporaryWindow
from gigadesk.ui.theme import LIGHT, Theme


class TemporaryDesk(QObject):
    """There is one temporary chat at a time, in a window of its own.

    Signals:
        kept(int): it is an ordinary chat now, with this id.
        settings_requested(), quit_requested(): from its window.
    """

    kept = Signal(int)
    settings_requested = Signal()
    quit_requested = Signal()

    def __init__(self, wire: Callable[[ChatPane], None], parent: QWidget) -> None:
        """`wire` connects the pane of the window with those who do what it asks for."""
        super().__init__(parent)
        self._wire = wire
        self._main = parent
        self._chats: TemporaryChats | None = None
        self._chat: TemporaryChat | None = None
        self.window: TemporaryWindow | None = None
        self._again: Callable[[], object] | None = None
        """The end of the program, which waits for an answer."""
        self._settings, self._theme = Settings(), LIGHT

    def use(self, chats: TemporaryChats | None) -> None:
        """Where they come from."""
        self._chats = chats

    def open(self) -> None:
        """Begin a temporary chat, or bring the one that there is to the front."""
        if self.window is None and self._chats is not None:
            self._chat = self._chats.begin(self._apply, self.tr("Temporary chat"))
            self.window = self._made(self._chat)
        if self.window is not None:
            self.window.bring_to_front()

    def apply_settings(self, settings: Settings, theme: Theme) -> None:
        """Take up colours and the manner of streaming, at once."""
        self._settings, self._theme = settings, theme
        if self.window is not None:
            self.window.pane.apply_settings(settings, theme)
            self.window.set_theme(theme)

    def panes(self) -> list[ChatPane]:
        return [] if self.window is None else [self.window.pane]

    def holds_back(self, end: Callable[[], object]) -> bool:
        """Whether the program should not end yet: something would be lost. `end` is called after a yes."""
        if self.window is None or self._chat is None or not self._chat.has_content():
            return False
        self._again = end
        self.window.bring_to_front()
        self.window.ask_to_close()
        return True

    def close_now(self) -> None:
        """The program ends: nothing can be asked any more, and the owner ends the chat."""
        self._chats = self._again = None
        if self.window is not None:
            self.window.close_now()

    def _made(self, chat: TemporaryChat) -> TemporaryWindow:
        window = TemporaryWindow(chat.conversations, chat.chat_id, has_files_on_disk=chat.has_files_on_disk)
        window.setWindowIcon(self._main.window().windowIcon())
        window.keep_requested.connect(self._keep)
        window.close_wanted.connect(self._on_close_wanted)
        window.close_given_up.connect(self._forget_end)
        window.closed.connect(self._on_closed)
        window.settings_requested.connect(self.settings_requested)
        window.quit_requested.connect(self.quit_requested)
        self._wire(window.pane)
        window.pane.apply_settings(self._settings, self._theme)
        window.set_theme(self._theme)
        window.pane.draft_kept.connect(lambda _: self._show_keepable())
        return window

    def _apply(self, event: Event) -> None:
        if self.window is not None and self._chat is not None:
            self.window.pane.apply(event)
            if isinstance(event, ChatAdded | ChatChanged):
                self.window.set_chats(self._chat.chats())
                self._show_keepable()

    def _show_keepable(self) -> None:
        if self.window is not None and self._chat is not None:
            self.window.set_keepable(is_keepable=self._chat.has_content() and not self._chat.is_busy())

    def _keep(self) -> None:
        if self._chats is not None and self._chat is not None and self.window is not None:
            self.window.pane.save_draft()
            self.window.set_keepable(is_keepable=False)
            self._chats.keep(self._chat, self.window.pane.chat.id or self._chat.chat_id, self._on_kept)

    def _on_kept(self, chat_id: ChatId | None) -> None:
        if self.window is None:
            return
        if chat_id is None:
            self._show_keepable()
            return
        self.window.close_now()
        self.kept.emit(chat_id)

    def _on_close_wanted(self) -> None:
        if self.window is None or self._chat is None:
            return
        self.window.pane.save_draft()
        if self._chat.has_content():
            self.window.ask_to_close()
        else:
            # Not from inside of the window's own closing, where Qt takes no second wish.
            QTimer.singleShot(0, self.window.close_now)

    def _forget_end(self) -> None:
        self._again = None

    def _on_closed(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
        chat, self._chat, self.window = self._chat, None, None
        if chat is not None and self._chats is not None:
            self._chats.end(chat)
        if self._again is not None:
            again, self._again = self._again, None
            QTimer.singleShot(0, again)
