"""A page with one chat, wired: what `ChatsView` has on its right side, and the whole of a chat's own window."""

from functools import partial
from typing import assert_never

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gigadesk import facts
from gigadesk.conversations import Conversations
from gigadesk.facts import Event
from gigadesk.settings import Settings
from gigadesk.start_mark import StartMark
from gigadesk.ui.account_signs import AccountSigns
from gigadesk.ui.composer import ATTACH_KEYS, EFFORT_KEYS, tool_keys
from gigadesk.ui.notices import Action, Notice, notice_for
from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.pane.shown_chat import ShownChat
from gigadesk.ui.shortcuts import Shortcut, Subject, about
from gigadesk.ui.theme import Theme
from gigadesk.ui.words.tool_words import TOOL_ICONS, tool_name

_TYPING = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.GroupSwitchModifier  # AltGr on X11
)


class ChatPane(QObject):
    """Turns facts into calls of the page and of the shown chat, and passes on what is not about that chat.

    There may be several: each has its own page, and is told every fact.

    Signals:
        settings_requested(), new_chat_requested()
        chat_wanted(int): another chat is to be opened, by its id.
        leave_demo_requested(): from the status line.
        link_followed(str, str): the target of a link, unchecked, and the text it wears.
        picture_requested(str): a picture of the web is wanted; its address, unchecked.
        title_changed(str): the title of the shown chat; empty for none.
        report_requested(): show what is known about an unexpected fault.
        repair_requested(): check the damaged chats and do something about them.
        snapshots_requested(): show the snapshots.
        rescue_requested(): save the chats, whose file has vanished.
        zoom_chosen(int): show conversations in this size, in per cent, also the next time.
        account_settings_requested(str), diagnosis_requested(str): about the account that the shown chat asks.
        draft_kept(int): what is being written in this chat was stored, or was sent.
    """

    settings_requested = Signal()
    chat_wanted = Signal(int)
    new_chat_requested = Signal()
    link_followed = Signal(str, str)
    picture_requested = Signal(str)
    leave_demo_requested = Signal()
    title_changed = Signal(str)
    report_requested = Signal()
    repair_requested = Signal()
    snapshots_requested = Signal()
    rescue_requested = Signal()
    zoom_chosen = Signal(int)
    account_settings_requested = Signal(str)
    diagnosis_requested = Signal(str)
    draft_kept = Signal(int)

    def __init__(self, conversations: Conversations, mark: StartMark, parent: QObject, *, viewer: str = "") -> None:
        """`viewer` names the window, for `Conversations.set_shown`."""
        super().__init__(parent)
        self._conversations = conversations
        self._saving_notice: Notice | None = None
        self._connections: dict[str, facts.ConnectionChanged] = {}
        """What is known last, by account; events without one are about the only one there is."""
        self._signs = AccountSigns()
        self._account_id = ""
        self.page = ChatPage()
        self.chat = ShownChat(conversations, self.page, mark, self, viewer=viewer)
        self._connect()

    # Facts

    def apply(self, event: Event) -> None:  # noqa: C901, PLR0912, PLR0915 - one line for each fact
        """Show a fact. Called on the loop's thread with every event."""
        match event:
            case facts.MessageGrew():  # first, since these two come fifty times a second
                self.chat.grow(event)
                return
            case facts.MessageThought():
                self.chat.think(event)
                return
            case facts.ChatAdded():
                self.chat.update_chat(event.chat)
                self.chat.commands.note_added(event.chat.id)
            case facts.ChatRemoved() | facts.ChatsRemoved() | facts.ChatsCopied():
                pass  # about the list
            case facts.FoldersChanged() | facts.FolderRemoved() | facts.TrashChanged() | facts.ChatsPurged():
                pass  # about the list
            case facts.SearchFound() | facts.SearchCounted() | facts.SearchProgress():
                pass  # about all chats
            case facts.ChatsChanged():
                if self.chat.id in event.chat_ids:
                    self.chat.update_chat(self._conversations.chat(self.chat.id))
            case facts.ChatChanged():
                self.chat.update_chat(event.chat)
            case facts.MessageAdded():
                self.chat.add_message(event.message)
            case facts.ToolWorking():
                self.chat.show_tool(event)
            case facts.ReplyRetrying():
                self.chat.show_retry(event)
            case facts.MessageEnded():
                self.chat.end_message(event.message)
            case facts.MessageChanged():
                self.chat.update_message(event.message)
            case facts.FileProgress():
                self.chat.show_file_progress(event)
            case facts.DraftFilesChanged():
                self.chat.draft.show_files(event.chat_id)
            case facts.ContextMeasured():
                self.chat.draft.show_context(event)
            case facts.ReplyQueued() | facts.ReplyStarted():
                self.chat.reread_message(event.chat_id, event.message_id)
            case facts.BranchChanged():
                self.chat.show_messages(event.chat_id)
            case facts.EditChanged():
                self.chat.draft.show_edit(event.chat_id)
            case facts.MessageDeleted():
                self.chat.commands.note_deleted(event)
            case facts.QuestionsLeft():
                self.chat.commands.note_left(event)
            case facts.MessageRestored():
                self.chat.commands.note_restored(event)
            case facts.QueueChanged():
                self.page.status.set_queue(event.running, event.waiting)
            case facts.ConnectionChanged():
                self._connections[event.account] = event
                self._show_connection()
            case facts.ModelsChanged():
                self.chat.draft.show_models(event)
            case facts.SavingFailed():
                self._dismiss_saving_notice()
                self._saving_notice = notice_for(event.error)
                self.page.notices.insist(self._saving_notice)
            case facts.SavingResumed():
                self._dismiss_saving_notice()
            case _:
                assert_never(event)
        self._renew_waiting(event)

    def _renew_waiting(self, event: Event) -> None:
        match event:
            case facts.MessageAdded() | facts.MessageChanged() | facts.MessageEnded():
                self.chat.renew_waiting(event.message.chat_id)
            case facts.ReplyQueued() | facts.ReplyStarted() | facts.EditChanged():
                self.chat.renew_waiting(event.chat_id)
            case _:
                pass  # changes nothing for what waits, or shows the whole branch anew

    def apply_settings(self, settings: Settings, theme: Theme) -> None:
        """Take up colours, the default model and the manner of streaming, at once."""
        self.page.set_theme(theme)
        self.chat.commands.order.set_theme(theme)
        self.chat.branches.set_theme(theme)
        self.chat.draft.apply_settings(settings)
        self.page.transcript.set_update_interval(settings.generation.update_interval_s)
        self.page.transcript.set_follow_mode(settings.appearance.follow_mode)
        self.page.transcript.zoom.set_percent(settings.appearance.zoom_percent)

    def use_conversations(self, conversations: Conversations) -> None:
        """Go on with another store; no chat is shown."""
        self.chat.use_conversations(conversations)
        self._conversations = conversations
        self._connections.clear()
        self._show_connection()

    def learn_from(self, other: "ChatPane") -> None:
        """Of what was told before this one was there: which accounts can be reached, and what is in the queue."""
        self._connections.update(other._connections)
        self.page.status.set_queue(*other.page.status.queue)
        self._show_connection()

    def use_signs(self, signs: AccountSigns) -> None:
        """What the status line says of the account; call `show_signs` whenever that has changed."""
        self._signs = signs
        self.show_signs()

    def show_signs(self) -> None:
        """Say anew how the account is called, and what is left."""
        self._signs.show(self.page.status, self._account_id)

    def show_notice(self, notice: Notice) -> None:
        """Show words at the top of the page."""
        self.page.notices.show_notice(notice)

    def dismiss_notice(self, notice: Notice) -> None:
        """Take these words away, if they are shown."""
        if self.page.notices.notice == notice:
            self.page.notices.dismiss()

    def save_draft(self) -> None:
        """Store what stands in the composer now, and the size of the conversation if that is still to come."""
        self.chat.save_draft()
        self.page.transcript.zoom.keep()

    # Keys

    def take_key(self, event: QKeyEvent) -> bool:
        """A key that nobody took, for example after a click on an answer: a letter is meant for the message."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~_TYPING:
            self.page.composer.setFocus()
            self.page.composer.type_text(event.text())
        else:
            return False
        return True

    def escape(self) -> None:
        """Close the nearest thing: an edit, the running answer, a notice; then go to the composer."""
        if self.chat.commands.cancel_edit():
            pass
        elif self.page.composer.is_busy:
            self.chat.stop()
        elif self.page.notices.notice is not None:
            self.page.notices.dismiss()
        self.page.composer.setFocus()

    def finding_shortcuts(self) -> tuple[Shortcut, ...]:
        """The keys that look for something in the chat, for the table of the window."""
        return about(
            Subject.FINDING,
            Shortcut(("Ctrl+F",), self.tr("Find in this chat"), self._find),
            Shortcut(("F3", "Ctrl+G"), self.tr("Next place that was found"), lambda: self.page.find_bar.step(1)),
            Shortcut(("Shift+F3", "Ctrl+Shift+G"), self.tr("Previous place"), lambda: self.page.find_bar.step(-1)),
        )

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """The keys for the chat and what is written in it, for the table of the window."""
        return (
            *self._writing_shortcuts(),
            *about(Subject.MESSAGES, *self.chat.commands.shortcuts(), *self.chat.branches.shortcuts()),
            *self._reading_shortcuts(),
            Shortcut(("Ctrl+P",), self.tr("Print the chat"), self._print),
        )

    def _writing_shortcuts(self) -> tuple[Shortcut, ...]:
        return about(
            Subject.WRITING,
            Shortcut(("Enter",), self.tr("Send the message")),
            Shortcut(("Shift+Enter", "Alt+Enter"), self.tr("New line")),
            Shortcut(("Esc",), self.tr("Stop the answer")),
            Shortcut(("Ctrl+M",), self.tr("Choose the model"), self.page.composer.model_picker.show_menu),
            Shortcut((ATTACH_KEYS,), self.tr("Attach files"), self.page.composer.choose_files),
            Shortcut(tuple(map(tool_keys, TOOL_ICONS)), self.tr("Tools on or off, from left to right")),
            Shortcut((EFFORT_KEYS,), self.tr("How much the model thinks"), self.page.composer.tools.show_effort_menu),
        )

    def _reading_shortcuts(self) -> tuple[Shortcut, ...]:
        return about(
            Subject.READING,
            *self.chat.commands.walking_shortcuts(),
            Shortcut(("Ctrl++", "Ctrl+="), self.tr("Larger chat"), lambda: self.page.transcript.zoom.step(1)),
            Shortcut(("Ctrl+-",), self.tr("Smaller chat"), lambda: self.page.transcript.zoom.step(-1)),
            Shortcut(("Ctrl+0",), self.tr("Chat in its usual size"), self.page.transcript.zoom.reset),
            Shortcut(("Shift+Left", "Ctrl+Shift+Right", "Shift+Down"), self.tr("Select text in the chat")),
            Shortcut(("F7",), self.tr("Arrow keys move a caret in the chat"), self._toggle_caret),
            Shortcut(("Ctrl+A",), self.tr("Select the message, then the whole chat")),
        )

    def tool_shortcuts(self) -> tuple[Shortcut, ...]:
        """One for each tool; the list of the keys has a line for all."""
        switch = self.chat.draft.switch_tool
        return tuple(Shortcut((tool_keys(tool),), tool_name(tool), partial(switch, tool)) for tool in TOOL_ICONS)

    # Inside

    def _connect(self) -> None:
        page = self.page
        page.new_chat_requested.connect(self.new_chat_requested)
        page.notices.action_requested.connect(self._on_action)
        page.status.leave_demo_requested.connect(self.leave_demo_requested)
        page.status.problem_clicked.connect(self._on_problem_clicked)
        page.transcript.link_followed.connect(self.link_followed)
        page.transcript.picture_requested.connect(self.picture_requested)
        page.transcript.zoom.chosen.connect(self.zoom_chosen)
        self.chat.action_requested.connect(self._on_action)
        self.chat.commands.chat_wanted.connect(self.chat_wanted)
        self.chat.title_changed.connect(self.title_changed)
        self.chat.draft.account_shown.connect(self._on_account_shown)
        self.chat.draft.kept.connect(self.draft_kept)
        page.status.balance_clicked.connect(lambda: self.account_settings_requested.emit(self._account_id))

    def _print(self) -> None:
        self.page.transcript.paper.print_out()

    def _toggle_caret(self) -> None:
        if self.page.transcript.isVisible():
            self.page.transcript.caret.toggle()

    def _find(self) -> None:
        self.page.find_bar.open_bar()

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
                self.new_chat_requested.emit()
            case Action.RETRY:
                self.page.notices.dismiss()
                self._conversations.refresh_models(self.chat.draft.account_id)
            case Action.SHOW_AS_USUAL:
                self.page.notices.dismiss()
                self.chat.show_as_usual()
            case Action.SHOW_REPORT:
                self.report_requested.emit()
            case Action.REPAIR:
                self.repair_requested.emit()
            case Action.SHOW_SNAPSHOTS:
                self.snapshots_requested.emit()
            case Action.RESCUE:
                self.rescue_requested.emit()
            case Action.DIAGNOSE:
                self.diagnosis_requested.emit(self._account_id)
            case _:
                pass  # about a message: never in the notice bar

    def _on_account_shown(self, account_id: str) -> None:
        self._account_id = account_id
        self.show_signs()
        self._show_connection()

    def _show_connection(self) -> None:
        """That of the account which the shown chat asks."""
        found = self._connections.get(self.chat.draft.account_id) or self._connections.get("")
        connection = found.connection if found is not None else facts.Connection.UNKNOWN
        self.page.status.set_connection(connection, found.error if found is not None else None)

    def _dismiss_saving_notice(self) -> None:
        if self._saving_notice is not None:
            self.page.notices.withdraw(self._saving_notice)
