"""Sidebar and chat side by side, with all that the user can do there. Made when the first chat is to be shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
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
from gigadesk.ui.chat_pane import ChatPane
from gigadesk.ui.chat_windows import ChatWindows
from gigadesk.ui.exchange import ExchangeDesk
from gigadesk.ui.list_commands import ListCommands
from gigadesk.ui.list_undo import ListUndo
from gigadesk.ui.notices import Notice, not_opened_notice, notice_for, safe_mode_notice
from gigadesk.ui.shell import Shell
from gigadesk.ui.shortcuts import Shortcut, install_shortcuts, show_shortcuts
from gigadesk.ui.shown_search import ShownSearch
from gigadesk.ui.sidebar import Sidebar
from gigadesk.ui.sidebar import list_wishes as keys
from gigadesk.ui.sidebar.list_wishes import ListCommand
from gigadesk.ui.temporary_desk import TemporaryDesk
from gigadesk.ui.theme import Theme
from gigadesk.ui.trash_desk import TrashDesk


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
        self.windows = ChatWindows(conversations, mark, self._wire, self)
        self._signs = AccountSigns()
        self.exchange = ExchangeDesk(lambda: self._conversations, lambda: self.page.transcript, self)
        self._undo = ListUndo(conversations, self.sidebar.undo_line, self.open_chat, self)
        self._commands = ListCommands(
            conversations, self.sidebar, self._undo, self._save_drafts, self.windows.open, self.exchange, self
        )
        self.temporary = TemporaryDesk(lambda pane: self._wire(pane, is_temporary=True), self)
        self.trash = TrashDesk(conversations, self._save_drafts, self)
        self.search = ShownSearch(lambda: self._conversations, self.page, self)
        self.shell = Shell(self.sidebar, self.search.place, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shell)
        self._connect()
        install_shortcuts(self, (*self._shortcuts(), *self.pane.tool_shortcuts()))

    # Facts

    def apply(self, event: Event) -> None:
        """Show a fact. Called on the loop's thread with every event."""
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
                self.sidebar.reload()
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
        self._signs = signs
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
        sidebar.left.connect(self._on_escape)
        sidebar.trash_requested.connect(self.trash.open)
        sidebar.temporary_requested.connect(self.temporary.open)
        self.shell.sidebar_toggled.connect(self._on_sidebar_toggled)
        page.sidebar_requested.connect(self.shell.toggle_sidebar)
        page.shortcuts_requested.connect(self._show_shortcuts)
        self.pane.title_changed.connect(self.title_changed)
        self._wire(self.pane)
        self.windows.new_chat_requested.connect(self._on_new_chat_wanted)
        self.windows.settings_requested.connect(self._on_settings_wanted)
        self.windows.quit_requested.connect(self.quit_requested)
        self.exchange.chat_requested.connect(self.open_chat)
        self.exchange.accept_drops(sidebar)
        self.search.opened.connect(self.open_chat)
        self.search.sidebar_requested.connect(self.shell.toggle_sidebar)
        sidebar.everywhere_requested.connect(self.search.open)
        self.temporary.kept.connect(self._on_chat_wanted)
        self.temporary.settings_requested.connect(self._on_settings_wanted)
        self.temporary.quit_requested.connect(self.quit_requested)

    def _wire(self, pane: ChatPane, *, is_temporary: bool = False) -> None:
        """Pass on what a page asks for, whichever window it is in."""
        pane.new_chat_requested.connect(self._on_new_chat_wanted)
        if not is_temporary:
            pane.chat_wanted.connect(self._on_chat_wanted)
            pane.page.transcript.export_requested.connect(lambda: self.exchange.export_shown(pane.chat.id))
        pane.settings_requested.connect(self._on_settings_wanted)
        pane.leave_demo_requested.connect(self.leave_demo_requested)
        pane.link_followed.connect(self.link_followed)
        pane.picture_requested.connect(lambda address: self.picture_requested.emit(address, is_temporary))
        pane.report_requested.connect(self.report_requested)
        pane.repair_requested.connect(self.repair_requested)
        pane.zoom_chosen.connect(self._on_zoom_chosen)
        pane.account_settings_requested.connect(self.account_settings_requested)
        pane.diagnosis_requested.connect(self.diagnosis_requested)
        pane.draft_kept.connect(lambda chat_id: self._on_draft_kept(pane, chat_id))
        pane.use_signs(self._signs)
        if pane is not self.pane:
            pane.learn_from(self.pane)

    def _shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(("Ctrl+N",), self.tr("New chat"), self.open_new_chat),
            Shortcut(("Ctrl+Shift+N",), self.tr("Temporary chat"), self.temporary.open),
            Shortcut(("Ctrl+K",), self.tr("Search chats"), self._focus_search),
            *self.search.shortcuts(),
            *self.pane.finding_shortcuts(),
            Shortcut(("Ctrl+Tab", "Ctrl+PgDown"), self.tr("Next chat"), lambda: self._step(1)),
            Shortcut(("Ctrl+Shift+Tab", "Ctrl+PgUp"), self.tr("Previous chat"), lambda: self._step(-1)),
            Shortcut(("F2",), self.tr("Rename the chat"), self._rename),
            *self._list_shortcuts(),
            Shortcut(("Ctrl+Z",), self.tr("Undo deleting, in the list of chats")),
            Shortcut(("Ctrl+Shift+Del",), self.tr("Trash"), self.trash.open),
            Shortcut(("Ctrl+B",), self.tr("Show or hide the sidebar"), self.shell.toggle_sidebar),
            *self.pane.shortcuts(),
            *self.exchange.shortcuts(lambda: self._chat.id),
            Shortcut(("Ctrl+,",), self.tr("Settings"), self.settings_requested.emit),
            Shortcut(("F1", "Ctrl+/"), self.tr("Keyboard shortcuts"), self._show_shortcuts),
            Shortcut(("Ctrl+Q",), self.tr("Quit")),
        )

    def _list_shortcuts(self) -> tuple[Shortcut, ...]:
        do, command = self.sidebar.menu.do, ListCommand
        return (
            Shortcut((keys.PIN_KEYS,), self.tr("Pin the chat, or unpin it"), lambda: do(command.PIN)),
            Shortcut((keys.ARCHIVE_KEYS,), self.tr("Archive the chat, or take it out"), lambda: do(command.ARCHIVE)),
            Shortcut((keys.MOVE_KEYS,), self.tr("Move the chat to a folder"), self._move_to_folder),
            Shortcut((keys.DUPLICATE_KEYS,), self.tr("Duplicate the chat"), lambda: do(command.DUPLICATE)),
            Shortcut((keys.UNREAD_KEYS,), self.tr("Mark the chat as unread, or read"), lambda: do(command.MARK_UNREAD)),
            Shortcut((keys.WINDOW_KEYS,), self.tr("Open the chat in a new window"), lambda: do(command.OPEN_WINDOW)),
            Shortcut(("Ctrl+Shift+Backspace",), self.tr("Delete the chat"), self._delete_shown),
            Shortcut(("Ctrl+Enter",), self.tr("In the list of chats: open in a new window")),
            Shortcut(("Shift+Up", "Shift+Down", "Ctrl+A"), self.tr("In the list of chats: select several")),
            Shortcut(("Left", "Right"), self.tr("In the list of chats: fold or unfold a folder")),
            Shortcut(("Del",), self.tr("In the list of chats: delete what is selected")),
        )

    def _move_to_folder(self) -> None:
        self.shell.show_sidebar(visible=True)
        self.sidebar.menu.do(ListCommand.MOVE)

    def _show_shortcuts(self) -> None:
        show_shortcuts(self.window(), self._shortcuts())

    def _focus_search(self) -> None:
        self.shell.show_sidebar(visible=True)
        self.sidebar.focus_search()

    def _step(self, step: int) -> None:
        found = self.sidebar.chats.neighbour(self._chat.id, step)
        if found is not None:
            self.open_chat(found)

    def _rename(self) -> None:
        if self._chat.id is not None:
            self.shell.show_sidebar(visible=True)
            self.sidebar.rename_current(self._chat.id)

    def _delete_shown(self) -> None:
        if self._chat.id is not None:
            self._save_drafts()
            self._conversations.library.delete_chats((self._chat.id,))

    def _on_chats_removed(self, chat_ids: Sequence[ChatId]) -> None:
        """They went to the trash: another chat is shown if the shown one is among them."""
        shown = self._chat.id
        if shown is None or shown not in chat_ids:
            self.sidebar.remove_chats(chat_ids)
            return
        next_id = self.sidebar.next_besides(shown, chat_ids)
        self.sidebar.remove_chats(chat_ids)
        self._chat.leave()
        if next_id is None:
            self.open_new_chat()
        else:
            self.open_chat(next_id)
        self.sidebar.list.setFocus()  # where Ctrl+Z takes it back

    def _on_new_chat_wanted(self) -> None:
        """From whichever window: that is where a new chat is shown."""
        self.open_new_chat()
        self.window().activateWindow()

    def _on_chat_wanted(self, chat_id: int) -> None:
        """From whichever window, too."""
        self.open_chat(chat_id)
        self.window().activateWindow()

    def _on_draft_kept(self, writer: ChatPane, chat_id: int) -> None:
        for pane in self.panes():
            if pane is not writer:
                pane.chat.draft.take_over(chat_id)

    def _on_zoom_chosen(self, percent: int) -> None:
        """All windows show conversations in one size."""
        for pane in self.panes():
            pane.page.transcript.zoom.set_percent(percent)
        self.zoom_chosen.emit(percent)

    def _on_settings_wanted(self) -> None:
        """From whichever window: they belong to the main one."""
        self.window().activateWindow()
        self.settings_requested.emit()

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
        if not visible and not self.search.is_shown:
            self.page.composer.setFocus()

    def _on_escape(self) -> None:
        """Close the nearest thing: the sidebar where it lies over the page, else something of the page."""
        is_closed = self.shell.close_overlay()
        if self.search.is_shown:
            self.search.focus()
        elif is_closed:
            self.page.composer.setFocus()
        else:
            self.pane.escape()
