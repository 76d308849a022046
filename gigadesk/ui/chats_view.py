"""Sidebar and chat side by side, with all that the user can do there. Made when the first chat is to be shown."""

from functools import partial
from typing import assert_never

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
from gigadesk.ui.chat_page import ChatPage
from gigadesk.ui.composer import ATTACH_KEYS, EFFORT_KEYS, tool_keys
from gigadesk.ui.notices import Action, Notice, not_opened_notice, notice_for, safe_mode_notice
from gigadesk.ui.shell import Shell
from gigadesk.ui.shortcuts import Shortcut, install_shortcuts, show_shortcuts
from gigadesk.ui.shown_chat import ShownChat
from gigadesk.ui.sidebar import Sidebar
from gigadesk.ui.theme import Theme
from gigadesk.ui.tool_words import TOOL_ICONS, tool_name

_TYPING = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.GroupSwitchModifier  # AltGr on X11
)


class ChatsView(QWidget):
    """Turns facts into calls of its parts, and wishes of the user into calls of `Conversations`.

    Signals:
        settings_requested()
        leave_demo_requested(): from the status line.
        link_followed(str, str): the target of a link, unchecked, and the text it wears.
        picture_requested(str): a picture of the web is wanted; its address, unchecked.
        title_changed(str): the title of the shown chat; empty for none.
        report_requested(): show what is known about an unexpected fault.
        zoom_chosen(int): show conversations in this size, in per cent, also the next time.
    """

    settings_requested = Signal()
    link_followed = Signal(str, str)
    picture_requested = Signal(str)
    leave_demo_requested = Signal()
    title_changed = Signal(str)
    report_requested = Signal()
    zoom_chosen = Signal(int)

    def __init__(self, conversations: Conversations, parent: QWidget, mark: StartMark) -> None:
        super().__init__(parent)
        self._mark = mark
        self._conversations = conversations
        self._saving_notice: Notice | None = None
        self._connections: dict[str, facts.ConnectionChanged] = {}
        """What is known last, by account; events without one are about the only one there is."""
        self.last_shown = ChatId(0)
        self.sidebar = Sidebar()
        self.page = ChatPage()
        self._chat = ShownChat(conversations, self.page, mark, self)
        self.shell = Shell(self.sidebar, self.page, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shell)
        self._connect()
        install_shortcuts(self, (*self._shortcuts(), *self._tool_shortcuts()))

    # Facts

    def apply(self, event: Event) -> None:  # noqa: C901, PLR0912, PLR0915 - one line for each fact
        """Show a fact. Called on the loop's thread with every event."""
        match event:
            case facts.ChatAdded():
                self.sidebar.add_chat(event.chat)
            case facts.ChatChanged():
                self.sidebar.update_chat(event.chat)
                self._chat.update_chat(event.chat)
            case facts.ChatRemoved():
                self._on_chat_removed(event.chat_id, event.title)
            case facts.MessageAdded():
                self._chat.add_message(event.message)
            case facts.MessageGrew():
                self._chat.grow(event)
            case facts.MessageThought():
                self._chat.think(event)
            case facts.ToolWorking():
                self._chat.show_tool(event)
            case facts.ReplyRetrying():
                self._chat.show_retry(event)
            case facts.MessageEnded():
                self._chat.end_message(event.message)
            case facts.MessageChanged():
                self._chat.update_message(event.message)
            case facts.FileProgress():
                self._chat.show_file_progress(event)
            case facts.DraftFilesChanged():
                self._chat.draft.show_files(event.chat_id)
            case facts.ContextMeasured():
                self._chat.draft.show_context(event)
            case facts.ReplyQueued() | facts.ReplyStarted():
                self._chat.reread_message(event.chat_id, event.message_id)
            case facts.BranchChanged():
                self._chat.show_messages(event.chat_id)
            case facts.EditChanged():
                self._chat.draft.show_edit(event.chat_id)
            case facts.MessageDeleted():
                self._chat.commands.note_deleted(event)
            case facts.MessageRestored():
                self._chat.commands.note_restored(event)
            case facts.QueueChanged():
                self.page.status.set_queue(event.running, event.waiting)
            case facts.ConnectionChanged():
                self._connections[event.account] = event
                self._show_connection()
            case facts.ModelsChanged():
                self._chat.draft.show_models(event)
            case facts.SavingFailed():
                self._saving_notice = notice_for(event.error)
                self.show_notice(self._saving_notice)
            case facts.SavingResumed():
                self._dismiss_saving_notice()
            case _:
                assert_never(event)

    def apply_settings(self, settings: Settings, theme: Theme) -> None:
        """Take up colours, the default model and the manner of streaming, at once."""
        self.sidebar.set_theme(theme)
        self.page.set_theme(theme)
        self._chat.draft.apply_settings(settings)
        self.page.transcript.set_update_interval(settings.generation.update_interval_s)
        self.page.transcript.set_follow_mode(settings.appearance.follow_mode)
        self.page.transcript.zoom.set_percent(settings.appearance.zoom_percent)

    def use_conversations(self, conversations: Conversations) -> None:
        """Go on with another store."""
        self._chat.use_conversations(conversations)
        self._conversations = conversations
        self._connections.clear()
        self._show_connection()
        self.last_shown = ChatId(0)
        self.sidebar.set_shown(None)
        self.sidebar.set_chats(())

    # What is shown

    def show_chats(self) -> None:
        """Show the chats: the last one that was open, the newest, or a new one."""
        chats = self._conversations.chats()
        self.sidebar.set_chats(chats)
        titles = {each.id: each.title for each in chats}
        first = self.last_shown if self.last_shown in titles else next(iter(titles), None)
        if first is None:
            self.open_new_chat()
        elif first == self._mark.suspect:
            self.open_new_chat()
            self.show_notice(not_opened_notice(titles[first]))
        else:
            self.open_chat(first)
        if self._mark.is_safe_mode:
            self.page.transcript.growth.is_calm = True
            self.page.notices.add_patient(safe_mode_notice())

    def open_chat(self, chat_id: int) -> None:
        """Show this chat and let the user write in it."""
        self.shell.close_overlay()
        if chat_id != self._chat.id:
            self.last_shown = ChatId(chat_id)
            self._chat.open(self.last_shown)
            self.sidebar.set_shown(self.last_shown)
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
        self.page.notices.show_notice(notice)

    def dismiss_notice(self, notice: Notice) -> None:
        """Take these words away, if they are shown."""
        if self.page.notices.notice == notice:
            self.page.notices.dismiss()

    def save_draft(self) -> None:
        """Store what stands in the composer now, and the size of the conversation if that is still to come."""
        self._chat.save_draft()
        self.page.transcript.zoom.keep()

    def retranslate(self) -> None:
        """Say again what was said in another language."""
        self._chat.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~_TYPING:
            # Nobody took the letter, for example after a click on an answer: it is meant for the message.
            self.page.composer.setFocus()
            self.page.composer.type_text(event.text())
        else:
            super().keyPressEvent(event)

    # Inside

    def _connect(self) -> None:
        sidebar, page = self.sidebar, self.page
        sidebar.new_chat_requested.connect(self.open_new_chat)
        sidebar.settings_requested.connect(self.settings_requested)
        sidebar.hide_requested.connect(self.shell.toggle_sidebar)
        sidebar.chat_opened.connect(self.open_chat)
        sidebar.rename_requested.connect(self._on_rename_requested)
        sidebar.delete_requested.connect(self._on_delete_requested)
        sidebar.restore_requested.connect(self._on_restore_requested)
        sidebar.left.connect(self._on_escape)
        self.shell.sidebar_toggled.connect(self._on_sidebar_toggled)
        page.sidebar_requested.connect(self.shell.toggle_sidebar)
        page.new_chat_requested.connect(self.open_new_chat)
        page.shortcuts_requested.connect(self._show_shortcuts)
        page.notices.action_requested.connect(self._on_action)
        page.status.leave_demo_requested.connect(self.leave_demo_requested)
        page.status.problem_clicked.connect(self._on_problem_clicked)
        page.transcript.link_followed.connect(self.link_followed)
        page.transcript.picture_requested.connect(self.picture_requested)
        page.transcript.zoom.chosen.connect(self.zoom_chosen)
        self._chat.action_requested.connect(self._on_action)
        self._chat.title_changed.connect(self.title_changed)
        self._chat.draft.account_shown.connect(self._show_connection)

    def _shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(("Ctrl+N",), self.tr("New chat"), self.open_new_chat),
            Shortcut(("Ctrl+K",), self.tr("Search chats"), self._focus_search),
            Shortcut(("Ctrl+F",), self.tr("Find in this chat"), self._find),
            Shortcut(("F3", "Ctrl+G"), self.tr("Next place that was found"), lambda: self.page.find_bar.step(1)),
            Shortcut(("Shift+F3", "Ctrl+Shift+G"), self.tr("Previous place"), lambda: self.page.find_bar.step(-1)),
            Shortcut(("Ctrl+Tab", "Ctrl+PgDown"), self.tr("Next chat"), lambda: self._step(1)),
            Shortcut(("Ctrl+Shift+Tab", "Ctrl+PgUp"), self.tr("Previous chat"), lambda: self._step(-1)),
            Shortcut(("F2",), self.tr("Rename the chat"), self._rename),
            Shortcut(("Ctrl+Shift+Backspace",), self.tr("Delete the chat"), self._delete_shown),
            Shortcut(("Ctrl+Z",), self.tr("Undo deleting, in the list of chats")),
            Shortcut(("Ctrl+B",), self.tr("Show or hide the sidebar"), self.shell.toggle_sidebar),
            Shortcut(("Ctrl+M",), self.tr("Choose the model"), self.page.composer.model_picker.show_menu),
            Shortcut((ATTACH_KEYS,), self.tr("Attach files"), self.page.composer.choose_files),
            Shortcut(tuple(map(tool_keys, TOOL_ICONS)), self.tr("Tools on or off, from left to right")),
            Shortcut((EFFORT_KEYS,), self.tr("How much the model thinks"), self.page.composer.tools.show_effort_menu),
            Shortcut(("Ctrl+P",), self.tr("Print the conversation"), self._print),
            Shortcut(("Ctrl++", "Ctrl+="), self.tr("Larger conversation"), lambda: self.page.transcript.zoom.step(1)),
            Shortcut(("Ctrl+-",), self.tr("Smaller conversation"), lambda: self.page.transcript.zoom.step(-1)),
            Shortcut(("Ctrl+0",), self.tr("Conversation in its usual size"), self.page.transcript.zoom.reset),
            *self._chat.commands.shortcuts(),
            Shortcut(("Shift+Left", "Ctrl+Shift+Right", "Shift+Down"), self.tr("Select text in the chat")),
            Shortcut(("F7",), self.tr("Arrow keys move a caret in the chat"), self._toggle_caret),
            Shortcut(("Ctrl+A",), self.tr("Select the message, then the whole chat")),
            Shortcut(("Enter",), self.tr("Send the message")),
            Shortcut(("Shift+Enter", "Alt+Enter"), self.tr("New line")),
            Shortcut(("Esc",), self.tr("Stop the answer")),
            Shortcut(("Ctrl+,",), self.tr("Settings"), self.settings_requested.emit),
            Shortcut(("F1", "Ctrl+/"), self.tr("Keyboard shortcuts"), self._show_shortcuts),
            Shortcut(("Ctrl+Q",), self.tr("Quit")),
        )

    def _tool_shortcuts(self) -> tuple[Shortcut, ...]:
        """One for each tool; the list of the keys has a line for all."""
        switch = self._chat.draft.switch_tool
        return tuple(Shortcut((tool_keys(tool),), tool_name(tool), partial(switch, tool)) for tool in TOOL_ICONS)

    def _print(self) -> None:
        self.page.transcript.paper.print_out()

    def _show_shortcuts(self) -> None:
        show_shortcuts(self.window(), self._shortcuts())

    def _toggle_caret(self) -> None:
        if self.page.transcript.isVisible():
            self.page.transcript.caret.toggle()

    def _find(self) -> None:
        self.page.find_bar.open_bar()

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
            self._on_delete_requested(self._chat.id)

    def _on_rename_requested(self, chat_id: int, title: str) -> None:
        self._conversations.rename(ChatId(chat_id), title)

    def _on_delete_requested(self, chat_id: int) -> None:
        self._chat.save_draft()
        self._conversations.delete(ChatId(chat_id))

    def _on_restore_requested(self, chat_id: int) -> None:
        self._conversations.restore(ChatId(chat_id))
        if self.sidebar.chats.chat(ChatId(chat_id)) is not None:
            self.open_chat(chat_id)

    def _on_chat_removed(self, chat_id: ChatId, title: str) -> None:
        model = self.sidebar.chats
        next_id = model.neighbour(chat_id, 1) or model.neighbour(chat_id, -1)
        self.sidebar.remove_chat(chat_id, title)
        if chat_id != self._chat.id:
            return
        self._chat.leave()
        if next_id is None:
            self.open_new_chat()
        else:
            self.open_chat(next_id)
        self.sidebar.list.setFocus()  # where Ctrl+Z takes it back

    def _on_sidebar_toggled(self, visible: bool) -> None:  # noqa: FBT001 - a signal's value
        self.page.set_sidebar_visible(visible=visible)
        if not visible:
            self.page.composer.setFocus()

    def _on_problem_clicked(self) -> None:
        if self.page.status.error is not None:
            self.show_notice(notice_for(self.page.status.error))

    def _on_action(self, name: str) -> None:
        match Action(name):
            case Action.OPEN_SETTINGS:
                self.settings_requested.emit()
            case Action.CHOOSE_MODEL:
                self.page.composer.model_picker.show_menu()
            case Action.NEW_CHAT:
                self.open_new_chat()
            case Action.RETRY:
                self.page.notices.dismiss()
                self._conversations.refresh_models(self._chat.draft.account_id)
            case Action.SHOW_AS_USUAL:
                self.page.notices.dismiss()
                self._chat.show_as_usual()
            case Action.SHOW_REPORT:
                self.report_requested.emit()
            case _:
                pass  # about a message: never in the notice bar

    def _on_escape(self) -> None:
        """Close the nearest thing: the overlay, an edit, the running answer, a notice; then go to the composer."""
        if self.shell.close_overlay() or self._chat.commands.cancel_edit():
            pass
        elif self.page.composer.is_busy:
            self._chat.stop()
        elif self.page.notices.notice is not None:
            self.page.notices.dismiss()
        self.page.composer.setFocus()

    def _show_connection(self) -> None:
        """That of the account which the shown chat asks."""
        found = self._connections.get(self._chat.draft.account_id) or self._connections.get("")
        connection = found.connection if found is not None else facts.Connection.UNKNOWN
        self.page.status.set_connection(connection, found.error if found is not None else None)

    def _dismiss_saving_notice(self) -> None:
        if self._saving_notice is not None and self.page.notices.notice is self._saving_notice:
            self.page.notices.dismiss()
