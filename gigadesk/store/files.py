"""The table of files, attached or generated: statements only. Whoever writes opens the transaction.

The bytes lie elsewhere, under their digest; here is what is known about them.
"""

from collections.abc import Sequence
from dataclasses import replace

from gigadesk.chat import ChatFile, ChatId, FileId, FileState, MessageId
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.store.database import Database
from gigadesk.store.rows import FILE_COLUMNS, error_values, file_from, file_values


class FileTable:
    """Reads and writes files. Those without a message are attached to what is being written in their chat.

    That may be a draft and the edit of an earlier question at the same time: `is_of_edit` says which is meant.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, file_id: FileId) -> ChatFile:
        row = self._database.row(f"SELECT {FILE_COLUMNS} FROM files WHERE id = ?", (file_id,))  # noqa: S608  (constants)
        if row is None:
            raise LookupError(file_id)
        return file_from(row)

    def of_draft(self, chat_id: ChatId, *, is_of_edit: bool) -> tuple[ChatFile, ...]:
        sql = (
            f"SELECT {FILE_COLUMNS} FROM files WHERE chat_id = ? AND message_id IS NULL"  # noqa: S608  (constants)
            " AND is_of_edit = ? ORDER BY id"
        )
        return tuple(map(file_from, self._database.rows(sql, (chat_id, int(is_of_edit)))))

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
            # Not IN (SELECT ...), which lists all chats first: 80 ms with a hundred thousand.
            " AND EXISTS (SELECT 1 FROM chats WHERE chats.id = chat_id AND deleted_at IS NULL) ORDER BY id"
        )
        return tuple(map(file_from, self._database.rows(sql, (state,))))

    def digests(self) -> frozenset[str]:
        """Every digest that a file of any chat refers to, the trash included."""
        return frozenset(row[0] for row in self._database.rows("SELECT DISTINCT digest FROM files WHERE digest <> ''"))

    def insert(self, file: ChatFile, *, is_of_edit: bool = False) -> FileId:
        """Add `file`; its id is not read."""
        return FileId(
            self._database.execute(
                "INSERT INTO files (chat_id, message_id, is_of_edit, name, kind, mime, size_bytes, digest, state,"
                " is_generated, remote_id, remote_account, error_code, error_data)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (file.chat_id, file.message_id, int(is_of_edit), *file_values(file)),
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

    def give_to_message(self, chat_id: ChatId, message_id: MessageId, *, is_of_edit: bool) -> None:
        """What was attached to the draft, or to the edit, is the message's now."""
        self._database.execute(
            "UPDATE files SET message_id = ?, is_of_edit = 0 WHERE chat_id = ? AND message_id IS NULL"
            " AND is_of_edit = ?",
            (message_id, chat_id, int(is_of_edit)),
        )

    def copy_to_edit(self, message_id: MessageId) -> None:
        """Attach the files of a question to its edit. The copies are of the same bytes on our disk."""
        for file in self.of_message(message_id):
            copy = replace(file, message_id=None)
            if not file.digest:
                # It is still being taken in, or never was: only the message itself will learn what comes of that.
                copy = replace(
                    copy, state=FileState.FAILED, error=file.error or AttachmentError(AttachmentCause.LOST, file.name)
                )
            elif file.state is FileState.UPLOADING:
                copy = replace(copy, state=FileState.KEPT)
            self.insert(copy, is_of_edit=True)

    def delete_of_edit(self, chat_id: ChatId) -> None:
        self._database.execute(
            "DELETE FROM files WHERE chat_id = ? AND message_id IS NULL AND is_of_edit = 1", (chat_id,)
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
