"""Reads chats as records that can be written to a file. Only reads, in portions: a library is never in memory."""

from collections.abc import Iterator, Sequence

from gigadesk.chat import ChatId, FileState, FolderId, Status, Usage
from gigadesk.exchange.records import ChatRecord, EditRecord, FileRecord, FolderRecord, MessageRecord
from gigadesk.store.database import Database, Row
from gigadesk.store.rows import role_from, sources_from, status_from, time_from

_FILES = (
    "SELECT message_id, name, kind, mime, size_bytes, digest, state, is_generated, remote_id, remote_account,"
    " error_code, error_data FROM files"
)
_MESSAGES = (
    "SELECT id, parent_id, role, status, created_at, text, model, finish_reason, prompt_tokens, completion_tokens,"
    " total_tokens, cached_tokens, error_code, error_data, reasoning, reasoning_s, seconds, sources, state_id, account,"
    " shown_child_id FROM messages"
)
_SUBFOLDERS = """
    WITH RECURSIVE inside (inside_id) AS (
        SELECT ?
        UNION
        SELECT id FROM folders JOIN inside ON parent_id = inside_id WHERE deleted_at IS NULL
    )
"""


class ExportReader:
    """What of the store can be exported: everything but the trash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def chat_ids(self, folder_id: FolderId | None = None) -> list[ChatId]:
        """All chats in which something was said or written, the newest first; or those in a folder and below it."""
        chosen = ""
        parameters: list[int] = []
        if folder_id is not None:
            chosen, parameters = " AND folder_id IN (SELECT inside_id FROM inside)", [folder_id]
        sql = (
            f"{_SUBFOLDERS if folder_id is not None else ''} SELECT id FROM chats WHERE deleted_at IS NULL"  # noqa: S608  (constants)
            f"{chosen} AND (leaf_id NOT NULL OR title <> '' OR id IN (SELECT chat_id FROM drafts)"
            " OR id IN (SELECT chat_id FROM messages)) ORDER BY updated_at DESC, id DESC"
        )
        return [ChatId(row[0]) for row in self._database.rows(sql, parameters)]

    def folders(self) -> list[FolderRecord]:
        """All folders, each after the one it is in."""
        rows = self._database.rows(
            "SELECT id, name, parent_id, color, position, created_at FROM folders WHERE deleted_at IS NULL ORDER BY id"
        )
        waiting, known, ordered = {row[0]: row for row in rows}, {None}, []
        while waiting:
            ready = [row for row in waiting.values() if row[2] in known or row[2] not in waiting]
            # Folders in a circle, as a flipped bit may leave them: each stands at the top.
            ready = ready or list(waiting.values())
            for row in ready:
                del waiting[row[0]]
                ordered.append(FolderRecord(row[0], row[1], row[2] if row[2] in known else None, *row[3:]))
            known |= {row[0] for row in ready}
        return ordered

    def chat(self, chat_id: ChatId) -> ChatRecord:
        """A chat without its messages; their ids are the numbers in the record."""
        row = self._database.row(
            "SELECT title, title_origin, created_at, updated_at, session_id, leaf_id, model, account, tools, effort,"
            " is_unread, folder_id, pinned_at, archived_at FROM chats WHERE id = ?",
            (chat_id,),
        )
        if row is None:
            raise LookupError(chat_id)
        draft = self._database.row("SELECT text FROM drafts WHERE chat_id = ?", (chat_id,))
        return ChatRecord(
            title=row[0],
            title_origin=row[1],
            created_at=time_from(row[2]),
            updated_at=time_from(row[3]),
            session_id=row[4],
            shown=row[5],
            model=row[6],
            account=row[7],
            tools=tuple(row[8].split()),
            effort=row[9],
            is_unread=bool(row[10]),
            folder=row[11],
            pinned_at=row[12],
            archived_at=row[13],
            draft="" if draft is None else draft[0],
            draft_files=self._written_files(chat_id, is_of_edit=False),
            edit=self._edit(chat_id),
        )

    def message_ids(self, chat_id: ChatId) -> list[int]:
        """All messages of all branches, ascending."""
        rows = self._database.rows(
            "SELECT id FROM messages WHERE chat_id = ? AND deleted_at IS NULL ORDER BY id", (chat_id,)
        )
        return [row[0] for row in rows]

    def messages(self, message_ids: Sequence[int]) -> list[MessageRecord]:
        """These messages, which ascend. Running replies are given as a crash at this moment would leave them."""
        marks = ", ".join("?" * len(message_ids))
        files: dict[int, tuple[FileRecord, ...]] = {}
        for row in self._database.rows(f"{_FILES} WHERE message_id IN ({marks}) ORDER BY id", message_ids):
            files[row[0]] = (*files.get(row[0], ()), _file(row))
        sql = f"{_MESSAGES} WHERE id IN ({marks}) ORDER BY id"
        return [self._message(row, files.get(row[0], ())) for row in self._database.rows(sql, message_ids)]

    def portions(self, message_ids: Sequence[int], most: int, most_chars: int) -> Iterator[list[int]]:
        """The ids in portions to be read at once: so many messages and characters at most, or one that is longer."""
        for start in range(0, len(message_ids), most):
            ids = list(message_ids[start : start + most])
            marks = ", ".join("?" * len(ids))
            sql = f"SELECT id, length(text) + length(reasoning) FROM messages WHERE id IN ({marks}) ORDER BY id"  # noqa: S608
            portion: list[int] = []
            size = 0
            for message_id, length in self._database.rows(sql, ids):
                if portion and size + length > most_chars:
                    yield portion
                    portion, size = [], 0
                portion.append(message_id)
                size += length
            if portion:
                yield portion

    def _message(self, row: Row, files: tuple[FileRecord, ...]) -> MessageRecord:
        status, text, reasoning = row[3], row[5], row[14]
        if status in (Status.QUEUED, Status.STREAMING):
            status = Status.STOPPED
            pieces = self._database.rows("SELECT kind, text FROM journal WHERE message_id = ? ORDER BY id", (row[0],))
            text += "".join(piece for kind, piece in pieces if kind == "text")
            reasoning += "".join(piece for kind, piece in pieces if kind == "reasoning")
        return MessageRecord(
            row[0],
            row[1],
            role_from(row[2]).value,
            status_from(status).value,
            time_from(row[4]),
            text,
            row[6],
            row[7],
            None if row[8] is None else Usage(*row[8:12]),
            None if row[12] is None else (row[12], row[13]),
            reasoning,
            row[15],
            row[16],
            sources_from(row[17]) if row[17] else (),
            row[18],
            row[19],
            row[20],
            files,
        )

    def _written_files(self, chat_id: ChatId, *, is_of_edit: bool) -> tuple[FileRecord, ...]:
        sql = f"{_FILES} WHERE chat_id = ? AND message_id IS NULL AND is_of_edit = ? ORDER BY id"
        return tuple(map(_file, self._database.rows(sql, (chat_id, int(is_of_edit)))))

    def _edit(self, chat_id: ChatId) -> EditRecord | None:
        row = self._database.row(
            "SELECT message_id, edits.text FROM edits JOIN messages ON messages.id = message_id"
            " WHERE edits.chat_id = ? AND deleted_at IS NULL",
            (chat_id,),
        )
        if row is None:
            return None
        return EditRecord(row[0], row[1], self._written_files(chat_id, is_of_edit=True))


def _file(row: Row) -> FileRecord:
    state = FileState.KEPT if row[6] == FileState.UPLOADING else row[6]
    error = None if row[10] is None else (row[10], row[11])
    return FileRecord(row[1], row[2], row[3], row[4], row[5], str(state), bool(row[7]), row[8], row[9], error)
