"""The table of edits of earlier questions, one for each chat: statements only. Whoever writes opens the transaction."""

from gigadesk.chat import ChatId, MessageId
from gigadesk.store.database import Database

_OPEN = "FROM edits JOIN messages ON messages.id = message_id WHERE edits.chat_id = ? AND deleted_at IS NULL"


class EditTable:
    """Reads and writes edits. While its question is in the trash an edit sleeps: it comes back with the question."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def message(self, chat_id: ChatId) -> MessageId | None:
        """The question that is being edited."""
        row = self._database.row(f"SELECT message_id {_OPEN}", (chat_id,))
        return None if row is None else MessageId(row[0])

    def text(self, chat_id: ChatId) -> str:
        row = self._database.row(f"SELECT edits.text {_OPEN}", (chat_id,))
        return "" if row is None else str(row[0])

    def put(self, chat_id: ChatId, message_id: MessageId, text: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO edits VALUES (?, ?, ?)", (chat_id, message_id, text))

    def delete(self, chat_id: ChatId) -> None:
        self._database.execute("DELETE FROM edits WHERE chat_id = ?", (chat_id,))
