"""The windows of single chats beside the main one."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gigadesk import facts
from gigadesk.chat import ChatId
from gigadesk.conversations import Conversations
from gigadesk.facts import Event
from gigadesk.settings import Settings
from gigadesk.start_mark import StartMark
from gigadesk.ui.pane.chat_pane import ChatPane
from gigadesk.ui.pane.chat_window import ChatWindow
from gigadesk.ui.theme import LIGHT, Theme

KEPT_PLACES = 50
REOPENED_MAX = 20
"""Each of them reads a chat at the start."""


class ChatWindows(QObject):
    """Opens them, tells them every fact, and closes them when their chat goes.

    A chat may be in the main window and in one of its own at once: both stream, and what is typed in one stands in the
    other as soon as typing rests there or another window is gone to.

    Signals:
        new_chat_requested(), settings_requested(), quit_requested(): keys about the program.
    """

    new_chat_requested = Signal()
    settings_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self, conversations: Conversations, mark: StartMark, wire: Callable[[ChatPane], None], parent: QWidget
    ) -> None:
        """`wire` connects the pane of a new window with those who do what it asks for."""
        super().__init__(parent)
        self._conversations = conversations
        self._mark = mark
        self._wire = wire
        self._main = parent
        self._settings, self._theme = Settings(), LIGHT
        self._windows: dict[ChatId, ChatWindow] = {}
        self._places: dict[ChatId, bytes] = {}
        self._to_reopen: tuple[ChatId, ...] = ()
        self._removed: set[ChatId] = set()
        """Of what was deleted last, the chats that had a window."""

    def use_conversations(self, conversations: Conversations) -> None:
        """Their chats are of another store: they close."""
        self.close_all()
        self._places.clear()
        self._to_reopen = ()
        self._removed = set()
        self._conversations = conversations

    def open(self, chat_id: ChatId) -> None:
        """Show this chat in its own window; if it has one, that comes to the front."""
        window = self._windows.get(chat_id)
        if window is not None:
            window.bring_to_front()
        else:
            self._make(chat_id).open()

    def _make(self, chat_id: ChatId) -> ChatWindow:
        window = ChatWindow(self._conversations, self._mark, chat_id, self._places.get(chat_id, b""))
        window.setWindowIcon(self._main.window().windowIcon())
        window.closed.connect(lambda: self._on_closed(chat_id))
        window.new_chat_requested.connect(self.new_chat_requested)
        window.settings_requested.connect(self.settings_requested)
        window.quit_requested.connect(self.quit_requested)
        self._wire(window.pane)
        window.pane.apply_settings(self._settings, self._theme)
        self._windows[chat_id] = window
        return window

    def apply(self, event: Event) -> None:
        """Show a fact."""
        match event:
            case facts.ChatRemoved():
                self._note_removed((event.chat_id,))
            case facts.ChatsRemoved() | facts.FolderRemoved():
                self._note_removed(event.chat_ids)
            case facts.ChatsPurged():
                self._close(event.chat_ids)
                self._removed.difference_update(event.chat_ids)
            case _:
                for window in list(self._windows.values()):
                    window.pane.apply(event)
        if isinstance(event, facts.ChatAdded):
            self._bring_back((event.chat.id,))
        elif isinstance(event, facts.ChatsChanged):
            self._bring_back(event.chat_ids)

    def _note_removed(self, chat_ids: Sequence[ChatId]) -> None:
        self._removed = self._windows.keys() & set(chat_ids)
        self._close(chat_ids)

    def _bring_back(self, chat_ids: Sequence[ChatId]) -> None:
        """What was deleted last is undone: its windows stand where they stood, behind the one that is used."""
        was_active = self._main.isActiveWindow()
        back = self._removed.intersection(chat_ids)
        self._removed -= back
        for chat_id in back:
            self._make(chat_id).open_quietly()
        if back and was_active:
            self._main.window().raise_()
            self._main.window().activateWindow()

    def apply_settings(self, settings: Settings, theme: Theme) -> None:
        """Take up colours and the manner of streaming, at once."""
        self._settings, self._theme = settings, theme
        for pane in self.panes():
            pane.apply_settings(settings, theme)

    def panes(self) -> list[ChatPane]:
        return [window.pane for window in self._windows.values()]

    def save_drafts(self) -> None:
        """Store what stands in their composers now."""
        for pane in self.panes():
            pane.save_draft()

    def close_all(self) -> None:
        """Their places are remembered."""
        self._close(tuple(self._windows))

    @property
    def places(self) -> Mapping[ChatId, bytes]:
        """Where the windows of chats stand, or stood, in the order in which they were closed."""
        return {**self._places, **{chat_id: window.place() for chat_id, window in self._windows.items()}}

    @property
    def open_chats(self) -> Sequence[ChatId]:
        """Those that have a window now, or had one when the program ended and were not reopened yet."""
        return (*self._windows, *(each for each in self._to_reopen if each not in self._windows))

    def restore_places(self, places: Mapping[ChatId, bytes], open_chats: Sequence[ChatId]) -> None:
        """What `places` and `open_chats` told in the last run."""
        self._places = dict(places)
        self._to_reopen = tuple(open_chats)

    def reopen(self) -> None:
        """Show the windows that were open at the end of the last run, where they stood, behind the main one.

        Not after a start that failed: what is in one of them may be the reason.
        """
        chat_ids, self._to_reopen = self._to_reopen[:REOPENED_MAX], ()
        if self._mark.failed_starts or self._mark.suspect is not None:
            return
        was_active = self._main.isActiveWindow()
        there = {chat.id for chat in self._conversations.listing.some(chat_ids)} if chat_ids else set()
        for chat_id in chat_ids:
            if chat_id in there and chat_id not in self._windows:
                self._make(chat_id).open_quietly()
        if there:
            self._main.window().raise_()
            if was_active:  # not every system shows a window without giving it the keyboard
                self._main.window().activateWindow()

    def _close(self, chat_ids: Iterable[ChatId]) -> None:
        for chat_id in self._windows.keys() & set(chat_ids):
            self._windows[chat_id].close()

    def _on_closed(self, chat_id: ChatId) -> None:
        window = self._windows.pop(chat_id)
        self._places.pop(chat_id, None)
        self._places[chat_id] = window.place()
        for old in list(self._places)[:-KEPT_PLACES]:
            del self._places[old]
        window.deleteLater()
