"""The window: turns facts into calls of its parts, and wishes of the user into calls of `Conversations`."""

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from gigadesk import chat
from gigadesk.chat import ChatId, Event
from gigadesk.conversations import Conversations
from gigadesk.errors import StorageError
from gigadesk.settings import Settings
from gigadesk.ui import window_state
from gigadesk.ui.chat_page import ChatPage
from gigadesk.ui.notices import Action, Notice, notice_for
from gigadesk.ui.shell import Shell
from gigadesk.ui.shortcuts import Shortcut, install_shortcuts, show_shortcuts
from gigadesk.ui.shown_chat import ShownChat
from gigadesk.ui.sidebar import Sidebar
from gigadesk.ui.theme import Theme, resolve_theme
from gigadesk.ui.window_state import WindowState

if TYPE_CHECKING:
    from gigadesk.ui.first_page import FirstPage

DEFAULT_SIZE = (1080, 760)


class MainWindow(QMainWindow):
    """Sidebar and chat, or the first page.

    Signals:
        settings_requested(), quit_requested()
        key_submitted(str key, str scope), demo_requested(): from the first page.
        link_activated(str): the target of a link, unchecked.
        closing(): the user closed the window; it stays until `allow_close`.
    """

    settings_requested = Signal()
    quit_requested = Signal()
    key_submitted = Signal(str, str)
    demo_requested = Signal()
    link_activated = Signal(str)
    closing = Signal()

    def __init__(self, conversations: Conversations, settings: Settings) -> None:
        super().__init__()
        self._conversations = conversations
        self._last_shown = ChatId(0)
        self._is_close_allowed = False
        self._saving_notice: Notice | None = None
        self._first_page: FirstPage | None = None
        self.sidebar = Sidebar()
        self.page = ChatPage()
        self._chat = ShownChat(conversations, self.page, self)
        self._shell = Shell(self.sidebar, self.page, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._shell)
        self.setCentralWidget(self._stack)
        self.setMinimumSize(360, 360)
        self.resize(*DEFAULT_SIZE)
        self._connect()
        install_shortcuts(self._shell, self._shortcuts())
        self.apply_settings(settings, resolve_theme(settings.appearance.theme))
        self._on_title_changed("")

    # Facts

    def apply(self, event: Event) -> None:  # noqa: C901, PLR0912 - one line for each fact
        """Show a fact. Called on the loop's thread with every event."""
        match event:
            case chat.ChatAdded():
                self.sidebar.add_chat(event.chat)
            case chat.ChatChanged():
                self.sidebar.update_chat(event.chat)
                self._chat.update_chat(event.chat)
            case chat.ChatRemoved():
                self._on_chat_removed(event.chat_id, event.title)
            case chat.MessageAdded():
                self._chat.add_message(event.message)
            case chat.MessageGrew():
                self._chat.grow(event)
            case chat.MessageEnded():
                self._chat.update_message(event.message)
            case chat.ReplyQueued() | chat.ReplyStarted():
                self._chat.reread_message(event.chat_id, event.message_id)
            case chat.BranchChanged():
                self._chat.show_messages(event.chat_id)
            case chat.QueueChanged():
                self.page.status.set_queue(event.running, event.waiting)
            case chat.ConnectionChanged():
                self.page.status.set_connection(event.connection, event.error)
            case chat.ModelsChanged():
                self.page.composer.model_picker.set_models(event.models)
            case chat.SavingFailed():
                self._saving_notice = notice_for(event.error)
                self.show_notice(self._saving_notice)
            case chat.SavingResumed():
                self._dismiss_saving_notice()
            case _:
                assert_never(event)

    def apply_settings(self, settings: Settings, theme: Theme) -> None:
        """Take up colours, the default model and the manner of streaming, at once."""
        self.sidebar.set_theme(theme)
        self.page.set_theme(theme)
        self.page.composer.model_picker.set_default(settings.generation.model)
        self.page.transcript.set_update_interval(settings.generation.update_interval_s)
        self.page.transcript.set_follow_mode(settings.appearance.follow_mode)

    def use_conversations(self, conversations: Conversations) -> None:
        """Go on with another store (the demo has its own). Call `show_chats` or `show_first_page` next."""
        self._chat.use_conversations(conversations)
        self._conversations = conversations
        self._last_shown = ChatId(0)
        self.sidebar.set_shown(None)
        self.sidebar.set_chats(())

    # What is shown

    @property
    def first_page(self) -> "FirstPage":
        """The page of a user without a key; made when it is first asked for."""
        if self._first_page is None:
            from gigadesk.ui.first_page import FirstPage

            self._first_page = FirstPage(self)
            self._first_page.key_submitted.connect(self.key_submitted)
            self._first_page.demo_requested.connect(self.demo_requested)
            self._first_page.settings_requested.connect(self.settings_requested)
            self._first_page.link_activated.connect(self.link_activated)
            self._stack.addWidget(self._first_page)
        return self._first_page

    def show_first_page(self) -> None:
        """Ask for a key or offer the demo."""
        self._chat.save_draft()
        self._stack.setCurrentWidget(self.first_page)
        self.first_page.setFocus()

    def show_chats(self) -> None:
        """Show the chats: the last one that was open, the newest, or a new one."""
        self._stack.setCurrentWidget(self._shell)
        chats = self._conversations.chats()
        self.sidebar.set_chats(chats)
        if self._last_shown in {each.id for each in chats}:
            self.open_chat(self._last_shown)
        elif chats:
            self.open_chat(chats[0].id)
        else:
            self.open_new_chat()

    def open_chat(self, chat_id: int) -> None:
        """Show this chat and let the user write in it."""
        self._shell.close_overlay()
        if chat_id != self._chat.id:
            self._last_shown = ChatId(chat_id)
            self._chat.open(self._last_shown)
            self.sidebar.set_shown(self._last_shown)
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

    def set_account_text(self, text: str) -> None:
        """Whose account is in use, for the status line."""
        self.page.status.set_account(text)

    def set_demo(self, demo: bool) -> None:  # noqa: FBT001 - set_demo(True) is the whole sentence
        """Mark that the answers come from the demo."""
        self.page.status.set_demo(demo=demo)

    # Closing and coming back

    def save_draft(self) -> None:
        """Store what stands in the composer now."""
        self._chat.save_draft()

    def state(self) -> bytes:
        """Place, sidebar and chat, for `restore` at the next start."""
        return window_state.pack(
            WindowState(
                geometry=bytes(self.saveGeometry().data()),
                is_sidebar_wanted=self._shell.is_sidebar_wanted,
                sidebar_width=self._shell.sidebar_width,
                chat_id=self._last_shown,
            )
        )

    def restore(self, data: bytes) -> None:
        """Take up what `state` told; call before `show_chats`. Damaged bytes change nothing."""
        found = window_state.unpack(data)
        if found.geometry:
            self.restoreGeometry(QByteArray(found.geometry))
        if found.sidebar_width:
            self._shell.restore(is_sidebar_wanted=found.is_sidebar_wanted, sidebar_width=found.sidebar_width)
        self._last_shown = ChatId(found.chat_id)

    def allow_close(self) -> None:
        """The app has shut down: close for good."""
        self._is_close_allowed = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_close_allowed:
            event.accept()
            return
        event.ignore()
        self.save_draft()
        self.closing.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._chat.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    # Inside

    def _connect(self) -> None:
        sidebar, page = self.sidebar, self.page
        sidebar.new_chat_requested.connect(self.open_new_chat)
        sidebar.settings_requested.connect(self.settings_requested)
        sidebar.hide_requested.connect(self._shell.toggle_sidebar)
        sidebar.chat_opened.connect(self.open_chat)
        sidebar.rename_requested.connect(self._on_rename_requested)
        sidebar.delete_requested.connect(self._on_delete_requested)
        sidebar.restore_requested.connect(self._on_restore_requested)
        sidebar.left.connect(self._on_escape)
        self._shell.sidebar_toggled.connect(self._on_sidebar_toggled)
        page.sidebar_requested.connect(self._shell.toggle_sidebar)
        page.new_chat_requested.connect(self.open_new_chat)
        page.shortcuts_requested.connect(self._show_shortcuts)
        page.notices.action_requested.connect(self._on_action)
        page.status.problem_clicked.connect(self._on_problem_clicked)
        page.transcript.link_activated.connect(self.link_activated)
        self._chat.action_requested.connect(self._on_action)
        self._chat.title_changed.connect(self._on_title_changed)

    def _shortcuts(self) -> tuple[Shortcut, ...]:
        tr = self.tr
        return (
            Shortcut(("Ctrl+N",), tr("New chat"), self.open_new_chat),
            Shortcut(("Ctrl+K",), tr("Search chats"), self._focus_search),
            Shortcut(("Ctrl+Tab", "Ctrl+PgDown"), tr("Next chat"), lambda: self._step(1)),
            Shortcut(("Ctrl+Shift+Tab", "Ctrl+PgUp"), tr("Previous chat"), lambda: self._step(-1)),
            Shortcut(("F2",), tr("Rename the chat"), self._rename),
            Shortcut(("Ctrl+Shift+Backspace",), tr("Delete the chat"), self._delete_shown),
            Shortcut(("Ctrl+Z",), tr("Undo deleting, in the list of chats")),
            Shortcut(("Ctrl+B",), tr("Show or hide the sidebar"), self._shell.toggle_sidebar),
            Shortcut(("Ctrl+M",), tr("Choose the model"), self.page.composer.model_picker.show_menu),
            Shortcut(("Enter",), tr("Send the message")),
            Shortcut(("Shift+Enter", "Alt+Enter"), tr("New line")),
            Shortcut(("Esc",), tr("Stop the answer")),
            Shortcut(("Ctrl+,",), tr("Settings"), self.settings_requested.emit),
            Shortcut(("F1", "Ctrl+/"), tr("Keyboard shortcuts"), self._show_shortcuts),
            Shortcut(("Ctrl+Q",), tr("Quit"), self.quit_requested.emit),
        )

    def _show_shortcuts(self) -> None:
        show_shortcuts(self, self._shortcuts())

    def _focus_search(self) -> None:
        self._shell.show_sidebar(visible=True)
        self.sidebar.focus_search()

    def _step(self, step: int) -> None:
        found = self.sidebar.chats.neighbour(self._chat.id, step)
        if found is not None:
            self.open_chat(found)

    def _rename(self) -> None:
        if self._chat.id is not None:
            self._shell.show_sidebar(visible=True)
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

    def _on_title_changed(self, title: str) -> None:
        self.setWindowTitle(f"{title} — GigaDesk" if title else "GigaDesk")

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
                self._conversations.refresh_models()
            case Action.CONTINUE | Action.COPY:
                pass  # about a message: never in the notice bar

    def _on_escape(self) -> None:
        """Close the nearest thing: the overlay, the running answer, a notice; then go to the composer."""
        if self._shell.close_overlay():
            pass
        elif self.page.composer.is_busy:
            self._chat.stop()
        elif self.page.notices.notice is not None:
            self.page.notices.dismiss()
        self.page.composer.setFocus()

    def _dismiss_saving_notice(self) -> None:
        if self._saving_notice is not None and self.page.notices.notice is self._saving_notice:
            self.page.notices.dismiss()
