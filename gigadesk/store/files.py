"""The table of files, attached or generated: statements only. Whoever writes opens the transaction.

The bytes lie elsewhere, under their digest; here is what is known about them.
"""

from collections.abc import Sequence

from gigadesk.chat import ChatFile, ChatId, FileId, FileState, MessageId
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.store.database import Database
from gigadesk.store.rows import FILE_COLUMNS, error_values, file_from, file_values


class FileTable:
    """Reads and writes files. Those without a message are attached to what is being written in their chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, file_id: FileId) -> ChatFile:
        row = self._database.row(f"SELECT {FILE_COLUMNS} FROM files WHERE id = ?", (file_id,))  # noqa: S608  (constants)
        if row is None:
            raise LookupError(file_id)
        return file_from(row)

    def of_draft(self, chat_id: ChatId) -> tuple[ChatFile, ...]:
        sql = f"SELECT {FILE_COLUMNS} FROM files WHERE chat_id = ? AND message_id IS NULL ORDER BY id"  # noqa: S608  (constants)
        return tuple(map(file_from, self._database.rows(sql, (chat_id,))))

    def of_message(self, message_id: MessageId) -> tuple[ChatFile, ...]:
        sql = f"SELECT {FILE_COLUMNS} FROM files WHERE message_id = ? ORDER BY id"  # noqa: S608  (constants)
        return tuple(map(file_from, self._database.rows(sql, (message_id,))))

    def by_message(self, chat_id: ChatId) -> dict[MessageId, tuple[ChatFile, ...]]:
        """The files of all messages of a chat."""
        sql = f"SELECT {FILE_COLUMNS} FROM files WHERE chat_id = ? AND message_id NOT NULL ORDER BY id"  # noqa: S608  (constants)
        files: dict[MessageId, tuple[ChatFile, ...]] = {}
        for row in self._database.rows(sql, (chat_id,)):
            files[row[2]] = (*files.get(row[2], ()), file_from(row))
        return files

    def of_messages(self, message_ids: Sequence[MessageId], marks: str) -> dict[MessageId, tuple[ChatFile, ...]]:
        """The files of some messages; `marks` is a question mark for each."""
        sql = f"SELECT {FILE_COLUMNS} FROM files WHERE message_id IN ({marks}) ORDER BY id"  # noqa: S608  (constants)
        files: dict[MessageId, tuple[ChatFile, ...]] = {}
        for row in self._database.rows(sql, message_ids):
            files[row[2]] = (*files.get(row[2], ()), file_from(row))
        return files

    def in_state(self, state: FileState) -> tuple[ChatFile, ...]:
        """Files of chats that are not in the trash."""
        sql = (
            f"SELECT {FILE_COLUMNS} FROM files WHERE state = ?"  # noqa: S608  (constants)
            " AND chat_id IN (SELECT id FROM chats WHERE deleted_at IS NULL) ORDER BY id"
        )
        return tuple(map(file_from, self._database.rows(sql, (state,))))

    def digests(self) -> frozenset[str]:
        """Every digest that a file of any chat refers to, the trash included."""
        return frozenset(row[0] for row in self._database.rows("SELECT DISTINCT digest FROM files WHERE digest <> ''"))

    def insert(self, file: ChatFile) -> FileId:
        """Add `file`; its id is not read."""
        return FileId(
            self._database.execute(
                "INSERT INTO files (chat_id, message_id, name, kind, mime, size_bytes, digest, state, is_generated,"
                " remote_id, remote_account, error_code, error_data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (file.chat_id, file.message_id, *file_values(file)),
            )
        )

    def update(self, file: ChatFile) -> None:
        """Write everything of a file but to whom it belongs; nothing happens when it was removed meanwhile."""
        self._database.execute(
            "UPDATE files SET name = ?, kind = ?, mime = ?, size_bytes = ?, digest = ?, state = ?, is_generated = ?,"
            " remote_id = ?, remote_account = ?, error_code = ?, error_data = ? WHERE id = ?",
            (*file_values(file), file.id),
        )

    def delete(self, file_id: FileId) -> None:
        self._database.execute("DELETE FROM files WHERE id = ?", (file_id,))

    def give_to_message(self, chat_id: ChatId, message_id: MessageId) -> None:
        """What was attached to the draft is the message's now."""
        self._database.execute(
            "UPDATE files SET message_id = ? WHERE chat_id = ? AND message_id IS NULL", (message_id, chat_id)
        )

    def has_broken_off(self) -> bool:
        sql = "SELECT 1 FROM files WHERE state IN (?, ?) LIMIT 1"
        return self._database.row(sql, (FileState.READING, FileState.UPLOADING)) is not None

    def settle(self) -> None:
        """What the end of the program broke off: an upload begins anew when it is needed, a half copy is lost."""
        self._database.execute("UPDATE files SET state = ? WHERE state = ?", (FileState.KEPT, FileState.UPLOADING))
        for file_id, name in self._database.rows("SELECT id, name FROM files WHERE state = ?", (FileState.READING,)):
            lost = error_values(AttachmentError(AttachmentCause.LOST, name))
            self._database.execute(
                "UPDATE files SET state = ?, error_code = ?, error_data = ? WHERE id = ?",
                (FileState.FAILED, *lost, file_id),
            )
