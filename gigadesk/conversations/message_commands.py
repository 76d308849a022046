"""What is done with messages: send, stop, write again, go on, show another version, delete and bring back."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gigadesk.chat import ChatId, Message, MessageId, Role, Status, Waiting
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.reply_line import ReplyLine
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.title_text import first_words
from gigadesk.conversations.titles import Titles
from gigadesk.conversations.waiting_desk import WaitingDesk
from gigadesk.errors import StorageError
from gigadesk.facts import (
    BranchChanged,
    ChatChanged,
    DraftFilesChanged,
    EditChanged,
    Event,
    MessageAdded,
    MessageDeleted,
    MessageEnded,
    MessageRestored,
    QuestionsLeft,
)
from gigadesk.store import Store


class MessageCommands:
    """Begins and ends replies. Each command saves, then publishes."""

    def __init__(
        self,
        store: Store,
        saver: Saver,
        live: LiveChats,
        titles: Titles,
        line: ReplyLine,
        waiting: WaitingDesk,
        publish: Callable[[Event], None],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._saver = saver
        self._live = live
        self._titles = titles
        self._line = line
        self._waiting = waiting
        self._publish = publish
        self._clock = clock

    def send(self, chat_id: ChatId, text: str) -> bool:
        files = self._live.draft_files(chat_id)
        if not text.strip() and not files:
            return False
        title = first_words(text) or first_words(files[0].name)
        edited = self._store.edited(chat_id)
        if edited is not None and self._waiting.can_rewrite(edited):
            return self._waiting.rewrite(edited, text)
        line = () if edited is None else self._waiting.of_chat(chat_id)
        try:
            exchange = self._store.add_exchange(chat_id, text, self._clock(), first_title=title)
        except StorageError as exc:
            self._saver.hold_draft(chat_id, text, exc)
            return False
        self._saver.drop_draft(chat_id)
        go_on = None if edited is None else self._take_along(edited, line, exchange.reply.id)
        if edited is None:
            self._publish(MessageAdded(self._live.message(exchange.question.id)))
            self._publish(MessageAdded(exchange.reply))
        else:
            self._publish(BranchChanged(chat_id))
            self._publish(EditChanged(chat_id))
        if files:
            self._publish(DraftFilesChanged(chat_id))
        self._line.begin(exchange.reply)
        if go_on is not None:
            go_on()
        return True

    def _take_along(self, edited: MessageId, line: Sequence[Waiting], reply_id: MessageId) -> Callable[[], None] | None:
        """What waited for the answer of a question waits for that of its new version from now on.

        Where there are other answers between, it stays: it builds on these, and they are in the former branch only.
        """
        if not line or edited in {each.question_id for each in line}:
            return None
        former = self._waiting.answer_of(edited, line)
        if former is not None:
            return self._waiting.carry(line, former, reply_id)
        first = line[0].question_id
        return lambda: self._publish(QuestionsLeft(self._store.message(first).chat_id, first, len(line)))

    def stop(self, chat_id: ChatId) -> None:
        replies = self._live.replies_of(chat_id)
        running = [reply for reply in replies if self._line.is_running(reply) and not reply.is_stopping]
        for reply in running or replies:
            self._line.stop(reply)

    def end_waiting(self) -> None:
        """End all replies that were never asked for; the queue is closed."""
        for reply in self._live.replies():
            if not self._line.is_running(reply):
                reply.end_unstarted()

    def regenerate(self, message_id: MessageId, model: str) -> None:
        message = self._store.message(message_id)
        parent_id = message.id if message.role is Role.USER else message.parent_id
        if parent_id is None or self._store.is_message_deleted(message_id):
            return
        live = self._live.reply(message_id)
        if live is None and self._waiting.send(message_id, model):
            return
        line = self._waiting.line_below(message)
        with reporting(self._publish):
            reply = self._store.add_reply(parent_id, self._clock(), model=model)
            go_on = self._waiting.carry(line, message, reply.id)
            if live is not None:
                self._line.stop(live)
            self._publish(BranchChanged(message.chat_id))
            self._line.begin(reply)
            go_on()

    def continue_reply(self, message_id: MessageId) -> None:
        with reporting(self._publish):
            self._saver.settle()
            message = self._store.message(message_id)
            is_running = self._live.reply(message_id) is not None
            if is_running or message.role is not Role.ASSISTANT or self._store.is_message_deleted(message_id):
                return
            self._store.reopen_reply(message_id)
            self._line.begin(message, is_continuation=True)
            if message.status is Status.FAILED:
                self._waiting.resume_below(message)

    def show_branch(self, message_id: MessageId) -> None:
        if self._store.is_message_deleted(message_id):
            return
        with reporting(self._publish):
            self._store.show_branch(message_id)
            self._publish(BranchChanged(self._store.message(message_id).chat_id))

    def delete(self, message_id: MessageId) -> None:
        """Replies among what goes are stopped; what they have written so far goes along."""
        if self._store.is_message_deleted(message_id):
            return
        chat_id = self._store.message(message_id).chat_id
        taken = self._store.below(message_id)
        edited = self._store.edited(chat_id)
        with reporting(self._publish):
            self._store.delete_message(message_id, self._clock())
            for reply in [reply for each in taken if (reply := self._live.reply(each)) is not None]:
                self._line.stop(reply)
            self._publish(BranchChanged(chat_id))
            if edited in taken:
                self._publish(EditChanged(chat_id))
            self._publish(MessageDeleted(chat_id, message_id, len(taken)))

    def restore(self, message_id: MessageId) -> None:
        if not self._store.is_message_in_trash(message_id):
            return
        chat_id = self._store.message(message_id).chat_id
        edited = self._store.edited(chat_id)
        with reporting(self._publish):
            self._store.restore_message(message_id)
            self._publish(BranchChanged(chat_id))
            if edited != self._store.edited(chat_id):
                self._publish(EditChanged(chat_id))
            self._publish(MessageRestored(chat_id, message_id))

    def end(self, message: Message) -> None:
        """A reply has ended and is on its way to the disk."""
        # First forgotten, then published: who reads again at the event finds the end, not the running reply.
        self._live.remove(message.id)
        self._publish(MessageEnded(replace(message, files=self._live.message(message.id).files)))
        self._publish(ChatChanged(self._live.chat(message.chat_id)))
        if message.status is Status.DONE:
            self._titles.wish(message.chat_id)
        elif message.status is Status.FAILED:
            self._waiting.pause_below(message.id)
