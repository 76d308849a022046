"""The table of chats: statements only. Whoever writes opens the transaction."""

from collections.abc import Iterable
from enum import StrEnum

from gigadesk.chat import Chat, ChatId, Effort, MessageId, Tool
from gigadesk.store.database import Database
from gigadesk.store.rows import CHAT_COLUMNS, chat_from


class TitleOrigin(StrEnum):
    """Who named a chat. The user's name is never replaced."""

    NONE = "none"
    FIRST_WORDS = "first_words"
    MODEL = "model"
    USER = "user"


class ChatTable:
    """Reads and writes chats and their drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self) -> tuple[Chat, ...]:
        """All chats that are not in the trash, the newest first."""
        sql = f"SELECT {CHAT_COLUMNS} FROM chats WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC"  # noqa: S608  (constants)
        return tuple(map(chat_from, self._database.rows(sql)))

    def get(self, chat_id: ChatId) -> Chat:
        row = self._database.row(f"SELECT {CHAT_COLUMNS} FROM chats WHERE id = ?", (chat_id,))  # noqa: S608  (constants)
        if row is None:
            raise LookupError(chat_id)
        return chat_from(row)

    def find_blank(self) -> ChatId | None:
        """A chat under the headings of days in which nothing was said, typed, attached or named yet."""
        row = self._database.row(
            "SELECT id FROM chats WHERE deleted_at IS NULL AND leaf_id IS NULL AND title_origin = ?"
            " AND archived_at IS NULL AND folder_id IS NULL"
            " AND id NOT IN (SELECT chat_id FROM drafts) AND id NOT IN (SELECT chat_id FROM files)"
            " ORDER BY updated_at DESC, id DESC LIMIT 1",
            (TitleOrigin.NONE,),
        )
        return None if row is None else ChatId(row[0])

    def insert(self, session_id: str, now: float) -> ChatId:
        return ChatId(
            self._database.execute(
                "INSERT INTO chats (title, title_origin, created_at, updated_at, session_id, model)"
                " VALUES ('', ?, ?, ?, ?, '')",
                (TitleOrigin.NONE, now, now, session_id),
            )
        )

    def title_origin(self, chat_id: ChatId) -> TitleOrigin:
        row = self._database.row("SELECT title_origin FROM chats WHERE id = ?", (chat_id,))
        if row is None:
            raise LookupError(chat_id)
        return TitleOrigin(row[0])

    def set_title(self, chat_id: ChatId, title: str, origin: TitleOrigin) -> None:
        self._database.execute("UPDATE chats SET title = ?, title_origin = ? WHERE id = ?", (title, origin, chat_id))

    def set_leaf(self, chat_id: ChatId, leaf_id: MessageId | None) -> None:
        self._database.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (leaf_id, chat_id))

    def set_model(self, chat_id: ChatId, model: str) -> None:
        self._database.execute("UPDATE chats SET model = ? WHERE id = ?", (model, chat_id))

    def set_account(self, chat_id: ChatId, account: str) -> None:
        self._database.execute("UPDATE chats SET account = ? WHERE id = ?", (account, chat_id))

    def set_tools(self, chat_id: ChatId, tools: Iterable[Tool]) -> None:
        self._database.execute("UPDATE chats SET tools = ? WHERE id = ?", (" ".join(tools), chat_id))

    def set_effort(self, chat_id: ChatId, effort: Effort | None) -> None:
        self._database.execute("UPDATE chats SET effort = ? WHERE id = ?", (effort or "", chat_id))

    def set_unread(self, chat_id: ChatId, *, is_unread: bool) -> None:
        self._database.execute("UPDATE chats SET is_unread = ? WHERE id = ?", (int(is_unread), chat_id))

    def is_deleted(self, chat_id: ChatId) -> bool:
        row = self._database.row("SELECT deleted_at FROM chats WHERE id = ?", (chat_id,))
        return row is None or row[0] is not None

    def touch(self, chat_id: ChatId, now: float) -> None:
        """Make it the newest; a clock that went back does not make it older."""
        self._database.execute("UPDATE chats SET updated_at = max(updated_at, ?) WHERE id = ?", (now, chat_id))

    def draft(self, chat_id: ChatId) -> str:
        row = self._database.row("SELECT text FROM drafts WHERE chat_id = ?", (chat_id,))
        return "" if row is None else str(row[0])

    def set_draft(self, chat_id: ChatId, text: str) -> None:
        if text:
            self._database.execute("INSERT OR REPLACE INTO drafts (chat_id, text) VALUES (?, ?)", (chat_id, text))
        else:
            self._database.execute("DELETE FROM drafts WHERE chat_id = ?", (chat_id,))
