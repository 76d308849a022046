"""The chat that is on the page: the window's right hand, the only other part that calls `Conversations`."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from gigadesk.chat import Chat, ChatId, FileId, Message, MessageId, Waiting
from gigadesk.conversations import Conversations
from gigadesk.facts import FileProgress, MessageGrew, MessageThought, ReplyRetrying, ToolWorking
from gigadesk.start_mark import StartMark
from gigadesk.text import one_line
from gigadesk.ui.branches.branch_desk import BranchDesk
from gigadesk.ui.notices import Action, plain_chat_notice
from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.pane.message_views import ChatViews, message_view, waiting_of_chat
from gigadesk.ui.pane.shown_commands import ShownCommands
from gigadesk.ui.pane.shown_draft import ShownDraft
from gigadesk.ui.pane.working_notes import WorkingNotes
from gigadesk.ui.transcript import MessageView


class ShownChat(QObject):
    """Fills the page with one chat, keeps it up to date, and passes on what the user does there.

    Facts about other chats are ignored. `draft` looks after the composer, `commands` after what is done with messages,
    `branches` after the map of the branches.

    Signals:
        title_changed(str): the title of the shown chat; empty for none.
        action_requested(str): an `Action` that is not about a message: settings, models, a new chat.
    """

    title_changed = Signal(str)
    action_requested = Signal(str)

    def __init__(
        self, conversations: Conversations, page: ChatPage, mark: StartMark, parent: QObject, *, viewer: str = ""
    ) -> None:
        """`viewer` names the window, for `Conversations.set_shown`."""
        super().__init__(parent)
        self._viewer = viewer
        self._mark = mark
        self._is_plain = False
        """The shown chat is not trusted: no more of it is shown than its text."""
        self._conversations = conversations
        self._page = page
        self._title = ""
        self.id: ChatId | None = None
        self._views: ChatViews | None = None
        self._waiting: dict[MessageId, Waiting] = {}
        self.draft = ShownDraft(conversations, page, self)
        self.commands = ShownCommands(conversations, page, self.draft, self)
        self.branches = BranchDesk(conversations, page, self)
        self._notes = WorkingNotes(self)
        self._connect()

    def use_conversations(self, conversations: Conversations) -> None:
        """Leave the chat and go on with those of another store."""
        self.leave()
        self._conversations = conversations
        self.draft.use_conversations(conversations)
        self.commands.use_conversations(conversations)
        self.branches.use_conversations(conversations)

    def open(self, chat_id: ChatId) -> None:
        """Show this chat; the draft of the one before is stored."""
        self.save_draft()
        self.id = chat_id
        self.commands.open(chat_id)
        self.branches.open(chat_id)
        self._notes.forget()
        self._conversations.set_shown(chat_id, self._viewer)
        self.show_messages(chat_id)
        self.draft.open(chat_id)
        chat = self._conversations.chat(chat_id)
        self._show_place(chat)
        self._set_title(one_line(chat.title))

    def leave(self) -> None:
        """Show no chat."""
        self.save_draft()
        self.id = self._views = None
        self.commands.open(None)
        self.branches.open(None)
        self._conversations.set_shown(None, self._viewer)
        self._mark.end_chat()
        self._say_plain(is_plain=False)
        self._notes.forget()
        self._page.transcript.clear()
        self._page.show_place(is_deleted=False, is_archived=False)
        self._page.show_greeting()
        self.draft.leave()
        self._set_title("")

    def save_draft(self) -> None:
        """Store what stands in the composer now, if it has changed."""
        self.draft.save()

    def stop(self) -> None:
        """Stop the reply that is being written here."""
        if self.id is not None:
            self._conversations.stop(self.id)

    # Facts

    def update_chat(self, chat: Chat) -> None:
        """Title, model or state of a chat changed."""
        if chat.id == self.id:
            self.draft.update_chat(chat)
            self._show_place(chat)
            self._set_title(one_line(chat.title))

    def add_message(self, message: Message) -> None:
        """A message was added at the end of a chat."""
        if message.chat_id == self.id:
            self._page.show_transcript()
            self._page.transcript.add_message(self._view(message))
            self.draft.renew_context()

    def grow(self, event: MessageGrew) -> None:
        """A reply became longer."""
        if event.chat_id == self.id:
            self._notes.answer_came(event.message_id)
            self._page.transcript.grow(event.message_id, event.delta)

    def think(self, event: MessageThought) -> None:
        """A model has thought on."""
        if event.chat_id == self.id:
            self._notes.answer_came(event.message_id)
            self._page.transcript.think(event.message_id, event.delta)

    def show_tool(self, event: ToolWorking) -> None:
        """A built-in tool has begun, got further or ended."""
        if event.chat_id == self.id:
            self._notes.answer_came(event.message_id)
            self._notes.tool_works(event)

    def show_retry(self, event: ReplyRetrying) -> None:
        """A request will be tried again."""
        if event.chat_id == self.id:
            self._notes.retries(event)

    def show_file_progress(self, event: FileProgress) -> None:
        """A file of the draft or of a message has got further."""
        if event.chat_id == self.id:
            self.draft.show_progress(event)
            self._page.transcript.set_file_progress(event.file_id, event.done_bytes, event.total_bytes)

    def end_message(self, message: Message) -> None:
        """A reply ended."""
        if message.chat_id == self.id:
            self._notes.ended(message.id)
            self.update_message(message)
            self.draft.renew_context()

    def update_message(self, message: Message) -> None:
        """Files, sources, state or place of a message changed."""
        if message.chat_id == self.id:
            self._page.transcript.update_message(self._view(message))

    def reread_message(self, chat_id: ChatId, message_id: MessageId) -> None:
        """A reply moved in the queue, or began."""
        if chat_id == self.id:
            self.update_message(self._conversations.message(message_id))

    def renew_waiting(self, chat_id: ChatId) -> None:
        """Something may have changed for the questions that were not asked yet: say so below each."""
        if chat_id != self.id:
            return
        before, self._waiting = self._waiting, waiting_of_chat(self._conversations, chat_id)
        for message_id in before.keys() | self._waiting.keys():
            is_there = self._page.transcript.rows.index_of(message_id) is not None
            if is_there and before.get(message_id) != self._waiting.get(message_id):
                self.update_message(self._conversations.message(message_id))
        self.commands.order.renew(chat_id)

    def show_messages(self, chat_id: ChatId) -> None:
        """Another branch of a chat is to be shown."""
        if chat_id != self.id:
            return
        self._mark.begin_chat(chat_id)
        self._say_plain(is_plain=self._mark.distrusts(chat_id))
        self._views = ChatViews(self._conversations, chat_id, self._notes.tool_notes, is_plain=self._is_plain)
        self._page.set_branched(is_branched=self._views.has_versions)
        self.draft.renew_context()
        self._waiting = waiting_of_chat(self._conversations, chat_id)
        self.commands.order.renew(chat_id)
        self._page.transcript.show_chat(chat_id, self._views)
        if len(self._views):
            self._page.show_transcript()
        else:
            self._mark.end_chat()
            self._page.show_greeting()

    def show_as_usual(self) -> None:
        """The user trusts the chat again."""
        self._mark.trust()
        if self.id is not None:
            self.show_messages(self.id)

    def retranslate(self) -> None:
        """Say the notices in the new language."""
        if self.id is not None:
            if self._views is not None:
                self._views.forget()
            for view in self._page.transcript.known_messages():
                if view.notice is not None or view.tool_note:
                    self.update_message(self._conversations.message(view.message.id))
        self._notes.say_again()
        self.draft.retranslate()

    # Wishes

    def _connect(self) -> None:
        transcript = self._page.transcript
        transcript.chat_painted.connect(self._mark.end_chat)
        self._page.composer.stop_requested.connect(self.stop)
        self.draft.sent.connect(transcript.show_sent)
        self.draft.action_requested.connect(self.action_requested)
        self._page.resting.return_requested.connect(self._bring_back)
        transcript.action_requested.connect(self._on_message_action)
        transcript.regenerate_requested.connect(self._on_regenerate_requested)
        transcript.branch_requested.connect(self._on_branch_requested)
        transcript.move_to_front_requested.connect(self._on_move_to_front_requested)
        for asked in (
            transcript.file_open_requested,
            transcript.file_save_requested,
            transcript.file_retry_requested,
        ):
            asked.connect(self._on_file_requested)
        self._notes.tool_note_changed.connect(transcript.set_tool_note)
        self._notes.retry_changed.connect(transcript.set_retry)
        self._page.greeting.suggestion_chosen.connect(self._on_suggestion_chosen)

    def _on_suggestion_chosen(self, text: str) -> None:
        composer = self._page.composer
        composer.set_text(text)
        composer.setFocus()
        if self.id is not None:
            self._conversations.save_draft(self.id, text)

    def _on_message_action(self, message_id: int, name: str) -> None:
        if self.commands.is_reading and Action(name) is not Action.COPY:
            self._page.resting.insist()
            return
        match Action(name):
            case Action.RETRY:
                self._conversations.regenerate(MessageId(message_id))
            case Action.CONTINUE:
                self._conversations.continue_reply(MessageId(message_id))
            case Action.COPY:
                QGuiApplication.clipboard().setText(self._conversations.message(MessageId(message_id)).text)
            case _:
                self.action_requested.emit(name)

    def _on_regenerate_requested(self, message_id: int) -> None:
        if self.commands.is_reading:
            self._page.resting.insist()
            return
        self._conversations.regenerate(MessageId(message_id))

    def _on_branch_requested(self, message_id: int) -> None:
        self._conversations.show_branch(MessageId(message_id))

    def _on_move_to_front_requested(self, message_id: int) -> None:
        self._conversations.waiting.move_to_front(MessageId(message_id))

    def _on_file_requested(self, file_id: int) -> None:
        """Its bytes are not there: have them fetched again, if that is what failed."""
        self._conversations.files.retry(FileId(file_id))

    def _view(self, message: Message) -> MessageView:
        return message_view(self._conversations, message, self._notes.tool_notes, is_plain=self._is_plain)

    def _say_plain(self, *, is_plain: bool) -> None:
        """Tell that the chat is shown as plain text, unless the words about the safe mode do."""
        words = plain_chat_notice()
        if is_plain and not self._is_plain and not self._mark.is_safe_mode:
            self._page.notices.show_notice(words)
        elif not is_plain and self._page.notices.notice == words:
            self._page.notices.dismiss()
        self._is_plain = is_plain

    def _show_place(self, chat: Chat) -> None:
        self._page.show_place(is_deleted=chat.is_deleted, is_archived=chat.is_archived)
        self.commands.is_reading = chat.is_deleted or chat.is_archived

    def _bring_back(self) -> None:
        """Out of the trash, or out of the archive."""
        if self.id is None:
            return
        if self._conversations.chat(self.id).is_deleted:
            self._conversations.library.restore_chats((self.id,))
        else:
            self._conversations.library.set_archived((self.id,), is_archived=False)
        self._page.composer.setFocus()

    def _set_title(self, title: str) -> None:
        self._page.set_title(title)
        if title != self._title:
            self._title = title
            self.title_changed.emit(title)
