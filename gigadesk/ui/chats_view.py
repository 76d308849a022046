"""Sidebar and chat side by side, with all that the user can do there. Made when the first chat is to be shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk import facts
from gigadesk.chat import ChatId
from gigadesk.conversations import Conversations
from gigadesk.errors import StorageError
from gigadesk.facts import Event
from gigadesk.settings import Settings
from gigadesk.start_mark import StartMark
from gigadesk.ui.account_signs import AccountSigns
from gigadesk.ui.chats_keys import ChatsKeys
from gigadesk.ui.exchange import ExchangeDesk
from gigadesk.ui.list_commands import ListCommands
from gigadesk.ui.list_undo import ListUndo
from gigadesk.ui.notices import Notice, not_opened_notice, notice_for, safe_mode_notice
from gigadesk.ui.pane.chat_pane import ChatPane
from gigadesk.ui.pane.chat_windows import ChatWindows
from gigadesk.ui.pane.pane_wiring import PaneWiring
from gigadesk.ui.pane.temporary_desk import TemporaryDesk
from gigadesk.ui.shell import Shell
from gigadesk.ui.shown_search import ShownSearch
from gigadesk.ui.sidebar import Sidebar
from gigadesk.ui.theme import Theme
from gigadesk.ui.trash_desk import TrashDesk

_PIECES = (facts.MessageGrew, facts.MessageThought)


class ChatsView(QWidget):
    """Turns facts into calls of its parts, and wishes of the user into calls of `Conversations`.

    Signals:
        settings_requested()
        leave_demo_requested(): from the status line.
        link_followed(str, str): the target of a link, unchecked, and the text it wears.
        picture_requested(str, bool): a picture of the web; its address, unchecked; whether for the temporary chat.
        title_changed(str): the title of the shown chat; empty for none.
        report_requested(): show what is known about an unexpected fault.
        repair_requested(): check the damaged chats and do something about them.
        snapshots_requested(): show the snapshots.
        rescue_requested(): save the chats, whose file has vanished.
        zoom_chosen(int): show conversations in this size, in per cent, also the next time.
        account_settings_requested(str), diagnosis_requested(str): about the account with this id.
        quit_requested(): from the window of a single chat.
    """

    settings_requested = Signal()
    link_followed = Signal(str, str)
    picture_requested = Signal(str, bool)
    leave_demo_requested = Signal()
    title_changed = Signal(str)
    report_requested = Signal()
    repair_requested = Signal()
    snapshots_requested = Signal()
    rescue_requested = Signal()
    zoom_chosen = Signal(int)
    account_settings_requested = Signal(str)
    diagnosis_requested = Signal(str)
    quit_requested = Signal()

    def __init__(self, conversations: Conversations, parent: QWidget, mark: StartMark) -> None:
        super().__init__(parent)
        self._mark = mark
        self._conversations = conversations
        self.last_shown = ChatId(0)
        self.sidebar = Sidebar()
        self.pane = ChatPane(conversations, mark, self)
        self.page, self._chat = self.pane.page, self.pane.chat
        self.signs = AccountSigns()
        self._wiring = PaneWiring(self)
        self.windows = ChatWindows(conversations, mark, self._wiring.wire, self)
        self.exchange = ExchangeDesk(lambda: self._conversations, lambda: self.page.transcript, self)
        self._undo = ListUndo(conversations, self.sidebar.undo_line, self.open_chat, self)
        self._commands = ListCommands(
            conversations, self.sidebar, self._undo, self._save_drafts, self.windows.open, self.exchange, self
        )
        self.temporary = TemporaryDesk(lambda pane: self._wiring.wire(pane, is_temporary=True), self)
        self.trash = TrashDesk(conversations, self._save_drafts, self)
        self.search = ShownSearch(lambda: self._conversations, self.page, self)
        self.shell = Shell(self.sidebar, self.search.place, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shell)
        self._keys = ChatsKeys(self)
        self._connect()
        self._keys.install()

    # Facts

    def apply(self, event: Event) -> None:
        """Show a fact. Called on the loop's thread with every event."""
        if isinstance(event, _PIECES):
            # Of no interest to anybody else, and they come fifty times a second.
            self.pane.apply(event)
            self.windows.apply(event)
            return
        match event:
            case facts.ChatAdded():
                self.sidebar.add_chat(event.chat)
            case facts.ChatChanged():
                self.sidebar.update_chat(event.chat)
            case facts.ChatRemoved():
                self._on_chats_removed((event.chat_id,))
            case facts.ChatsRemoved() | facts.FolderRemoved():
                self._on_chats_removed(event.chat_ids)
            case facts.ChatsPurged() if self._chat.id in event.chat_ids:
                self._on_chats_removed(event.chat_ids)
            case facts.ChatsChanged():
                self.sidebar.renew(event.chat_ids)
            case facts.FoldersChanged():
                self.sidebar.set_folders(self._conversations.library.folders())
            case facts.ReplyQueued() | facts.ReplyStarted():
                self.sidebar.update_chat(self._conversations.chat(event.chat_id))
            case _:
                pass  # about what is in a chat
        self.pane.apply(event)
        self.search.apply(event)
        self.windows.apply(event)
        self.trash.apply(event)
        self._undo.apply(event)

    def apply_settings(self, settings: Settings, theme: Theme) -> None:
        """Take up colours, the default model and the manner of streaming, at once."""
        self.sidebar.set_theme(theme)
        self.pane.apply_settings(settings, theme)
        self.search.set_theme(theme)
        self.windows.apply_settings(settings, theme)
        self.trash.set_theme(theme)
        self.exchange.set_theme(theme)
        self.temporary.apply_settings(settings, theme)

    def use_signs(self, signs: AccountSigns) -> None:
        """What the status lines say of the accounts; call `show_signs` whenever that has changed."""
        self.signs = signs
        self.pane.use_signs(signs)

    def show_signs(self) -> None:
        """Say anew how the accounts are called, and what is left."""
        for pane in self.panes():
            pane.show_signs()

    def panes(self) -> list[ChatPane]:
        """The page of this view, and those of the windows of single chats."""
        return [self.pane, *self.windows.panes(), *self.temporary.panes()]

    def use_conversations(self, conversations: Conversations) -> None:
        """Go on with another store."""
        self.pane.use_conversations(conversations)
        self.windows.use_conversations(conversations)
        self._commands.use_conversations(conversations)
        self.trash.use_conversations(conversations)
        self._undo.use_conversations(conversations)
        self._conversations = conversations
        self.search.forget()
        self.last_shown = ChatId(0)
        self.sidebar.set_shown(None)
        self._read_list()

    # What is shown

    def show_chats(self) -> None:
        """Show the chats: the last one that was open, the newest, or a new one."""
        self._read_list()
        listing = self._conversations.listing
        first = next(iter(listing.some([self.last_shown])), None) or listing.newest()
        if first is None:
            self.open_new_chat()
        elif first.id == self._mark.suspect:
            self.open_new_chat()
            self.show_notice(not_opened_notice(first.title))
        else:
            self._open(first.id)  # a folder that was folded stays so
        if self._mark.is_safe_mode:
            self.page.transcript.growth.is_calm = True
            self.page.notices.add_patient(safe_mode_notice())
        QTimer.singleShot(0, self, self.windows.reopen)

    def open_chat(self, chat_id: int) -> None:
        """Show this chat and let the user write in it."""
        self._open(chat_id)
        self.sidebar.reveal(ChatId(chat_id))

    def _open(self, chat_id: int) -> None:
        self.shell.close_overlay()
        self.search.note_opened(chat_id)
        if chat_id != self._chat.id:
            former, self.last_shown = self._chat.id, ChatId(chat_id)
            self._chat.open(self.last_shown)
            self.sidebar.set_shown(self.last_shown)
            if former is not None:
                self._show_row(former)  # a draft may stand in it now
        self.page.composer.setFocus()

    def open_new_chat(self) -> None:
        """Show an empty chat."""
        self._chat.save_draft()  # else the chat would still pass for an empty one
        try:
            chat_id = self._conversations.new_chat()
        except StorageError as error:
            self.show_notice(notice_for(error))
        else:
            self.sidebar.clear_search()
            self.open_chat(chat_id)

    def open_neighbour(self, step: int) -> None:
        """Show the chat that stands so many rows below the shown one in the list."""
        found = self.sidebar.chats.neighbour(self._chat.id, step)
        if found is not None:
            self.open_chat(found)

    def delete_shown(self) -> None:
        """Move the shown chat to the trash."""
        if self._chat.id is not None:
            self._save_drafts()
            self._conversations.library.delete_chats((self._chat.id,))

    def show_notice(self, notice: Notice) -> None:
        """Show words at the top of the chat page."""
        self.pane.show_notice(notice)

    def dismiss_notice(self, notice: Notice) -> None:
        """Take these words away, if they are shown."""
        self.pane.dismiss_notice(notice)

    def save_draft(self) -> None:
        """Store what stands in the composer now, and the size of the conversation if that is still to come."""
        self._save_drafts()

    def retranslate(self) -> None:
        """Say again what was said in another language."""
        self._chat.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif self.search.is_shown or not self.pane.take_key(event):
            super().keyPressEvent(event)

    # Inside

    def _connect(self) -> None:
        sidebar, page = self.sidebar, self.page
        sidebar.new_chat_requested.connect(self.open_new_chat)
        sidebar.settings_requested.connect(self.settings_requested)
        sidebar.hide_requested.connect(self.shell.toggle_sidebar)
        sidebar.chat_opened.connect(self.open_chat)
        sidebar.left.connect(self._leave_sidebar)
        sidebar.trash_requested.connect(self.trash.open)
        sidebar.temporary_requested.connect(self.temporary.open)
        self.shell.sidebar_toggled.connect(self._on_sidebar_toggled)
        page.sidebar_requested.connect(self.shell.toggle_sidebar)
        page.shortcuts_requested.connect(self._keys.show_all)
        self.pane.title_changed.connect(self.title_changed)
        self._wiring.wire(self.pane)
        self.windows.new_chat_requested.connect(self._wiring.on_new_chat_wanted)
        self.windows.settings_requested.connect(self._wiring.on_settings_wanted)
        self.windows.quit_requested.connect(self.quit_requested)
        self.exchange.chat_requested.connect(self.open_chat)
        self.exchange.accept_drops(sidebar)
        self.search.opened.connect(self.open_chat)
        self.search.sidebar_requested.connect(self.shell.toggle_sidebar)
        sidebar.everywhere_requested.connect(self.search.open)
        self.temporary.kept.connect(self._wiring.on_chat_wanted)
        self.temporary.settings_requested.connect(self._wiring.on_settings_wanted)
        self.temporary.quit_requested.connect(self.quit_requested)

    def _on_chats_removed(self, chat_ids: Sequence[ChatId]) -> None:
        """They went to the trash: another chat is shown if the shown one is among them."""
        shown = self._chat.id
        if shown is None or shown not in chat_ids:
            self.sidebar.remove_chats(chat_ids)
            return
        next_id = self.sidebar.next_besides(shown, chat_ids)
        self.sidebar.remove_chats(chat_ids)
        self._chat.leave()
        if next_id is None and (newest := self._conversations.listing.newest()) is not None:
            next_id = newest.id  # nothing is left of what was found, or of the archive
        if next_id is None:
            self.open_new_chat()
        else:
            self.open_chat(next_id)
        self.sidebar.list.setFocus()  # where Ctrl+Z takes it back

    def _save_drafts(self) -> None:
        self.pane.save_draft()
        self.windows.save_drafts()

    def _read_list(self) -> None:
        self.sidebar.use_source(self._conversations.listing)
        self.sidebar.set_folders(self._conversations.library.folders())

    def _show_row(self, chat_id: ChatId) -> None:
        """Something that no event tells has changed in the row of a chat."""
        found = next(iter(self._conversations.listing.some([chat_id])), None)
        if found is not None:
            self.sidebar.update_chat(found)

    def _on_sidebar_toggled(self, visible: bool) -> None:  # noqa: FBT001 - a signal's value
        self.page.set_sidebar_visible(visible=visible)
        self.search.set_sidebar_visible(visible=visible)
        if not visible and self.shell.had_keyboard and not self.search.is_shown:
            self.page.composer.setFocus()

    def _on_escape(self) -> None:
        """Close the nearest thing: the sidebar where it lies over the page, else something of the page."""
        if self.shell.close_overlay() or self.search.is_shown:
            self._leave_sidebar()
        else:
            self.pane.escape()

    def _leave_sidebar(self) -> None:
        """Go on with what is beside it; nothing there is stopped by who only looked for a chat."""
        self.shell.close_overlay()
        if self.search.is_shown:
            self.search.focus()
        else:
            self.page.composer.setFocus()
