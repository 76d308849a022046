"""The chat that is on the page: the window's right hand, the only other part that calls `Conversations`."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from gigadesk.chat import Chat, ChatId, Message, MessageId
from gigadesk.conversations import Conversations
from gigadesk.facts import MessageGrew
from gigadesk.ui.chat_page import ChatPage
from gigadesk.ui.message_views import chat_views, message_view
from gigadesk.ui.notices import Action


class ShownChat(QObject):
    """Fills the page with one chat, keeps it up to date, and passes on what the user does there.

    Facts about other chats are ignored.

    Signals:
        title_changed(str): the title of the shown chat; empty for none.
        action_requested(str): an `Action` that is not about a message: settings, models, a new chat.
    """

    title_changed = Signal(str)
    action_requested = Signal(str)

    def __init__(self, conversations: Conversations, page: ChatPage, parent: QObject) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._page = page
        self._title = ""
        self.id: ChatId | None = None
        self._connect()

    def use_conversations(self, conversations: Conversations) -> None:
        """Leave the chat and go on with those of another store."""
        self.leave()
        self._conversations = conversations

    def open(self, chat_id: ChatId) -> None:
        """Show this chat; the draft of the one before is stored."""
        self.save_draft()
        self.id = chat_id
        self._conversations.set_shown(chat_id)
        self.show_messages(chat_id)
        self._page.composer.set_text(self._conversations.draft(chat_id))
        self.update_chat(self._conversations.chat(chat_id))

    def leave(self) -> None:
        """Show no chat."""
        self.save_draft()
        self.id = None
        self._conversations.set_shown(None)
        self._page.transcript.clear()
        self._page.show_greeting()
        self._page.composer.set_text("")
        self._page.composer.set_busy(busy=False)
        self._page.composer.model_picker.set_chosen("")
        self._set_title("")

    def save_draft(self) -> None:
        """Store what stands in the composer now, if it has changed."""
        self._page.composer.flush_draft()

    def stop(self) -> None:
        """Stop the reply that is being written here."""
        if self.id is not None:
            self._conversations.stop(self.id)

    # Facts

    def update_chat(self, chat: Chat) -> None:
        """Title, model or state of a chat changed."""
        if chat.id == self.id:
            self._page.composer.set_busy(busy=chat.is_streaming)
            self._page.composer.model_picker.set_chosen(chat.model)
            self._set_title(" ".join(chat.title.split()))

    def add_message(self, message: Message) -> None:
        """A message was added at the end of a chat."""
        if message.chat_id == self.id:
            self._page.show_transcript()
            self._page.transcript.add_message(message_view(self._conversations, message))

    def grow(self, event: MessageGrew) -> None:
        """A reply became longer."""
        if event.chat_id == self.id:
            self._page.transcript.grow(event.message_id, event.delta)

    def update_message(self, message: Message) -> None:
        """A reply ended."""
        if message.chat_id == self.id:
            self._page.transcript.update_message(message_view(self._conversations, message))

    def reread_message(self, chat_id: ChatId, message_id: MessageId) -> None:
        """A reply moved in the queue, or began."""
        if chat_id == self.id:
            self.update_message(self._conversations.message(message_id))

    def show_messages(self, chat_id: ChatId) -> None:
        """Another branch of a chat is to be shown."""
        if chat_id != self.id:
            return
        views = chat_views(self._conversations, chat_id)
        self._page.transcript.show_chat(chat_id, views)
        if views:
            self._page.show_transcript()
        else:
            self._page.show_greeting()

    def retranslate(self) -> None:
        """Say the notices in the new language."""
        if self.id is not None:
            for view in chat_views(self._conversations, self.id):
                if view.notice is not None:
                    self._page.transcript.update_message(view)

    # Wishes

    def _connect(self) -> None:
        composer = self._page.composer
        composer.message_submitted.connect(self._on_message_submitted)
        composer.stop_requested.connect(self.stop)
        composer.draft_changed.connect(self._on_draft_changed)
        composer.model_picker.model_chosen.connect(self._on_model_chosen)
        transcript = self._page.transcript
        transcript.action_requested.connect(self._on_message_action)
        transcript.regenerate_requested.connect(self._on_regenerate_requested)
        transcript.branch_requested.connect(self._on_branch_requested)
        transcript.move_to_front_requested.connect(self._on_move_to_front_requested)
        self._page.greeting.suggestion_chosen.connect(self._on_suggestion_chosen)

    def _on_message_submitted(self, text: str) -> None:
        # The text leaves the field only when it is on the disk; if not, `SavingFailed` brings the words.
        if self.id is not None and self._conversations.send(self.id, text):
            self._page.composer.clear()
            self._page.transcript.scroll_to_end()

    def _on_draft_changed(self, text: str) -> None:
        if self.id is not None:
            self._conversations.save_draft(self.id, text)

    def _on_model_chosen(self, model: str) -> None:
        if self.id is not None:
            self._conversations.set_model(self.id, model)

    def _on_suggestion_chosen(self, text: str) -> None:
        composer = self._page.composer
        composer.set_text(text)
        composer.setFocus()
        self._on_draft_changed(text)

    def _on_message_action(self, message_id: int, name: str) -> None:
        match Action(name):
            case Action.RETRY:
                self._conversations.regenerate(MessageId(message_id))
            case Action.CONTINUE:
                self._conversations.continue_reply(MessageId(message_id))
            case Action.COPY:
                QGuiApplication.clipboard().setText(self._conversations.message(MessageId(message_id)).text)
            case Action.OPEN_SETTINGS | Action.CHOOSE_MODEL | Action.NEW_CHAT:
                self.action_requested.emit(name)

    def _on_regenerate_requested(self, message_id: int) -> None:
        self._conversations.regenerate(MessageId(message_id))

    def _on_branch_requested(self, message_id: int) -> None:
        self._conversations.show_branch(MessageId(message_id))

    def _on_move_to_front_requested(self, message_id: int) -> None:
        self._conversations.move_to_front(MessageId(message_id))

    def _set_title(self, title: str) -> None:
        self._page.set_title(title)
        if title != self._title:
            self._title = title
            self.title_changed.emit(title)
