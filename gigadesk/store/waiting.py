"""Questions that were not asked yet: changed in place, put in another order, taken back. Nobody has answered them."""

from collections.abc import Sequence
from dataclasses import dataclass

from gigadesk.chat import ChatId, MessageId, Role, Status
from gigadesk.store.chats import ChatTable
from gigadesk.store.database import Database
from gigadesk.store.edits import EditTable
from gigadesk.store.files import FileTable
from gigadesk.store.messages import MessageTable

_PAIR = """
    SELECT question.id, reply.id, question.parent_id,
        reply.status = 'stopped' AND reply.model = '' AND reply.account = '' AND reply.error_code IS NULL
            AND reply.text = '' AND reply.reasoning = '',
        (SELECT count(*) FROM messages AS other WHERE other.chat_id = reply.chat_id
            AND other.parent_id = question.id),
        (SELECT count(*) FROM messages AS other WHERE other.chat_id = question.chat_id
            AND other.parent_id IS question.parent_id AND other.deleted_at IS NULL)
    FROM messages AS reply JOIN messages AS question ON question.id = reply.parent_id
    WHERE reply.id = ? AND reply.role = 'assistant' AND question.role = 'user' AND question.deleted_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a reply to it, as numbers."""

    question: MessageId
    reply: MessageId
    parent: MessageId | None
    """What the question follows."""
    is_unasked: bool
    """The reply was never asked for, and nobody works on it: it has neither text nor model."""
    replies: int
    """How many the question has, those in the trash among them."""
    versions: int
    """How many the question itself is of."""


class WaitingQuestions:
    """Each call is one transaction. That the questions wait is known to the caller.

    A parent is always older than its child, and whole chats are read by that. So what is put in another order are the
    questions' words and files: the messages stay where they are.
    """

    def __init__(
        self, database: Database, chats: ChatTable, messages: MessageTable, files: FileTable, edits: EditTable
    ) -> None:
        self._database = database
        self._chats = chats
        self._messages = messages
        self._files = files
        self._edits = edits

    def pair(self, reply_id: MessageId | None) -> Pair | None:
        """The question above a reply; None when the message is no reply to a question."""
        row = self._database.row(_PAIR, (reply_id,))
        return None if row is None else Pair(row[0], row[1], row[2], bool(row[3]), row[4], row[5])

    def children(self, message_id: MessageId) -> tuple[MessageId, ...]:
        """What stands directly below a message, but for the trash."""
        sql = "SELECT id FROM messages WHERE parent_id = ? AND deleted_at IS NULL ORDER BY id"
        return tuple(MessageId(row[0]) for row in self._database.rows(sql, (message_id,)))

    def rewrite(self, question_id: MessageId, text: str) -> None:
        """Let the edit of a question take its place: `text`, and the files of the edit for those it had."""
        with self._database.transaction(is_barrier=True):
            chat_id = self._messages.get(question_id).chat_id
            self._database.execute("DELETE FROM files WHERE message_id = ?", (question_id,))
            self._files.give_to_message(chat_id, question_id, is_of_edit=True)
            self._set_text(question_id, text)
            self._edits.delete(chat_id)

    def swap(self, first: MessageId, second: MessageId) -> None:
        """Let two questions change places, with their files, and with an edit of one of them."""
        with self._database.transaction(is_barrier=True):
            texts = [self._messages.get(each).text for each in (second, first)]
            for message_id, text in zip((first, second), texts, strict=True):
                self._set_text(message_id, text)
            for table in ("files", "edits"):
                self._database.execute(
                    f"UPDATE {table} SET message_id = iif(message_id = ?1, ?2, ?1) WHERE message_id IN (?1, ?2)",  # noqa: S608  (constants)
                    (first, second),
                )

    def take_back(self, pair: Pair) -> None:
        """Make a question a part of the draft, before what stands there; what follows it moves up.

        If it is being edited, the words and the files of the edit are taken.
        """
        with self._database.transaction(is_barrier=True):
            question = self._messages.get(pair.question)
            chat_id = question.chat_id
            siblings = self._messages.siblings(pair.question)
            text = question.text
            if self._edits.message(chat_id) == pair.question:
                text = self._edits.text(chat_id)
                self._database.execute("DELETE FROM files WHERE message_id = ?", (pair.question,))
                self._files.give_to_message(chat_id, pair.question, is_of_edit=True)
                self._edits.delete(chat_id)
            self._database.execute("UPDATE files SET message_id = NULL WHERE message_id = ?", (pair.question,))
            drafted = self._chats.draft(chat_id)
            self._chats.set_draft(chat_id, "\n\n".join(part for part in (text, drafted) if part.strip()))
            self._close_gap(chat_id, pair, siblings)

    def carry(self, pairs: Sequence[Pair], parent_id: MessageId) -> tuple[MessageId, ...]:
        """Let questions that follow each other follow `parent_id`, which is newer; gives their new replies in order.

        They are the end of the shown branch from now on.
        """
        replies: list[MessageId] = []
        with self._database.transaction(is_barrier=True):
            for pair in pairs:
                question = self._messages.get(pair.question)
                chat_id = question.chat_id
                carried = self._messages.insert(
                    chat_id, parent_id, Role.USER, Status.DONE, question.created_at, text=question.text
                )
                parent_id = self._messages.insert(chat_id, carried, Role.ASSISTANT, Status.STOPPED, question.created_at)
                replies.append(parent_id)
                for table in ("files", "edits"):
                    sql = f"UPDATE {table} SET message_id = ? WHERE message_id = ?"  # noqa: S608  (constants)
                    self._database.execute(sql, (carried, pair.question))
                self._chats.set_leaf(chat_id, parent_id)
            for pair in reversed(pairs):
                self._remove(pair)
        return tuple(replies)

    def _close_gap(self, chat_id: ChatId, pair: Pair, siblings: tuple[MessageId, ...]) -> None:
        """Take a pair out of the tree; what follows it comes to follow what the question followed."""
        following = self.children(pair.reply)
        others = [each for each in siblings if each != pair.question]
        shown = next(iter(following[-1:] or others[-1:]), None)
        [(last_shown,)] = self._database.rows("SELECT shown_child_id FROM messages WHERE id = ?", (pair.reply,))
        if last_shown in following:
            shown = last_shown
        leaf_id = self._chats.get(chat_id).leaf_id
        self._remove(pair)
        if pair.parent is not None:
            self._database.execute("UPDATE messages SET shown_child_id = ? WHERE id = ?", (shown, pair.parent))
        if leaf_id == pair.reply:
            self._chats.set_leaf(chat_id, pair.parent if shown is None else self._messages.shown_leaf(shown))

    def _remove(self, pair: Pair) -> None:
        # Also what is in the trash below it: that is to be had back.
        self._database.execute(
            "UPDATE messages SET parent_id = ?1 WHERE chat_id = (SELECT chat_id FROM messages WHERE id = ?2)"
            " AND parent_id = ?2",
            (pair.parent, pair.reply),
        )
        for message_id in (pair.reply, pair.question):
            self._database.execute("DELETE FROM messages WHERE id = ?", (message_id,))

    def _set_text(self, message_id: MessageId, text: str) -> None:
        self._database.execute("UPDATE messages SET text = ? WHERE id = ?", (text, message_id))
