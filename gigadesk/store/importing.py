"""Writes chats that come from a file. Nothing of an import is seen before it is complete.

It is written in many short transactions, so that running answers reach the disk meanwhile. Its chats and folders are
hidden until then (see the migration `add_imports`); `show` makes the import happen, in one small transaction. What a
crash or `give_up` leaves behind is hidden for good, and `sweep` takes it away.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from gigadesk.chat import ChatId, FileState, FolderId
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.exchange.records import ChatRecord, FileRecord, FolderRecord, MessageRecord
from gigadesk.store.database import Database, Value
from gigadesk.store.places import LIVE_FOLDER
from gigadesk.store.rows import error_values, sources_value, usage_values

PORTION = 200
"""Chats that are shown, messages that are taken away, in one transaction: some milliseconds."""


@dataclass(frozen=True, slots=True)
class Known:
    """A chat that is here already."""

    chat_id: ChatId
    content: str
    """What `ImportTable.insert_chat` was told about its content; empty for a chat that was not imported."""
    is_deleted: bool
    """It is in the trash."""


class ImportTable:
    """Each writing method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.writer = ImportWriter(database)

    # Recognising

    def known(self, keys: Sequence[str], sessions: Sequence[str]) -> tuple[dict[str, Known], dict[str, Known]]:
        """Which chats with these keys, and with these session ids, are here. Some hundreds at a time."""
        sql = (
            "SELECT key, content, chats.id, deleted_at FROM import_keys JOIN chats ON chats.id = chat_id"  # noqa: S608  (marks)
            f" WHERE key IN ({_marks(keys)}) AND (deleted_with IS NULL OR deleted_with > 0)"
            " ORDER BY deleted_at IS NULL, chats.id"
        )
        by_key = {row[0]: Known(ChatId(row[2]), row[1], row[3] is not None) for row in self._database.rows(sql, keys)}
        sql = (
            f"SELECT session_id, id, deleted_at FROM chats WHERE session_id IN ({_marks(sessions)})"  # noqa: S608
            " AND (deleted_with IS NULL OR deleted_with > 0) ORDER BY deleted_at IS NULL, id"
        )
        rows = self._database.rows(sql, sessions)
        return by_key, {row[0]: Known(ChatId(row[1]), "", row[2] is not None) for row in rows}

    # Writing

    def begin(self, now: float) -> int:
        """A new import; gives its id."""
        with self._database.transaction(is_barrier=False):
            return self._database.execute("INSERT INTO imports (started_at, state) VALUES (?, 'writing')", (now,))

    def add_folders(
        self, import_id: int, folders: Iterable[FolderRecord], below: FolderId | None, now: float
    ) -> dict[int, FolderId]:
        """Add hidden folders below another, but for those that are there already; gives ids by their numbers."""
        ids: dict[int, FolderId] = {}
        with self._database.transaction(is_barrier=False):
            for folder in folders:
                parent = below if folder.parent is None else ids.get(folder.parent, below)
                same = self._database.row(
                    "SELECT id FROM folders WHERE parent_id IS ? AND name = ? AND deleted_at IS NULL",
                    (parent, folder.name),
                )
                if same is not None:
                    ids[folder.number] = FolderId(same[0])
                    continue
                inserted = self._database.execute(
                    "INSERT INTO folders (parent_id, name, color, position, created_at, deleted_at, deleted_with)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (parent, folder.name, folder.color, folder.position, folder.created_at, now, -import_id),
                )
                ids[folder.number] = FolderId(inserted)
        return ids

    @contextmanager
    def portion(self) -> Iterator[None]:
        """A transaction for some chats and messages, which `writer` writes."""
        with self._database.transaction(is_barrier=False):
            yield

    def fold(self) -> None:
        """Fold the log into the file. Blocks: called in a thread, every now and then, so that no commit has to do it.

        When the commits did it they took 52 to 59 ms by the clock, in bites of 200 pages still 44 to 52 ms.
        """
        self._database.fold_beside()

    def show(self, import_id: int) -> None:
        """Let the import happen. On return it survives a power cut; `reveal` makes its chats seen."""
        with self._database.transaction(is_barrier=True):
            self._database.execute("UPDATE imports SET state = 'showing' WHERE id = ?", (import_id,))

    def reveal(self, import_id: int) -> bool:
        """Make a portion of what is hidden seen; True while there is more."""
        with self._database.transaction(is_barrier=False):
            self._reveal_folders(-import_id)
            rows = self._database.rows("SELECT id FROM chats WHERE deleted_with = ? LIMIT ?", (-import_id, PORTION))
            ids = [row[0] for row in rows]
            self._database.execute(
                f"UPDATE chats SET deleted_at = NULL, deleted_with = NULL, folder_id = {LIVE_FOLDER}"  # noqa: S608
                f" WHERE id IN ({_marks(ids)})",
                ids,
            )
            if len(ids) < PORTION:
                self._database.execute("UPDATE imports SET state = 'done' WHERE id = ?", (import_id,))
        return len(ids) == PORTION

    def _reveal_folders(self, hidden: int) -> None:
        """One whose parent went to the trash meanwhile comes to the top."""
        rows = self._database.rows("SELECT id FROM folders WHERE deleted_with = ? ORDER BY id", (hidden,))
        for (folder_id,) in rows:  # a parent is older than what is in it
            self._database.execute(
                "UPDATE folders SET deleted_at = NULL, deleted_with = NULL, parent_id ="
                " (SELECT id FROM folders AS parent WHERE parent.id = folders.parent_id AND parent.deleted_at IS NULL)"
                " WHERE id = ?",
                (folder_id,),
            )

    def finish_shown(self) -> None:
        """Make seen what the end of the program left hidden although it has happened."""
        for (import_id,) in self._database.rows("SELECT id FROM imports WHERE state = 'showing'"):
            while self.reveal(import_id):
                pass

    def sweep(self, running: int | None = None) -> bool:
        """Take away a portion of what unfinished imports, but for the running one, left; True while there is more."""
        left = self._database.row("SELECT id FROM imports WHERE state = 'writing' AND id IS NOT ? LIMIT 1", (running,))
        if left is None:
            return False
        hidden = -left[0]
        with self._database.transaction(is_barrier=False):
            chat = self._database.row("SELECT id FROM chats WHERE deleted_with = ? LIMIT 1", (hidden,))
            if chat is None:
                self._database.execute("UPDATE folders SET parent_id = NULL WHERE deleted_with = ?", (hidden,))
                self._database.execute("DELETE FROM folders WHERE deleted_with = ?", (hidden,))
                self._database.execute("DELETE FROM imports WHERE id = ?", (left[0],))
                return True
            # The newest first: a message is gone before its parent, so nothing is deleted down a long line.
            rows = self._database.rows(
                "SELECT id FROM messages WHERE chat_id = ? ORDER BY id DESC LIMIT ?", (chat[0], PORTION)
            )
            for (message_id,) in rows:
                self._database.execute("DELETE FROM messages WHERE id = ?", (message_id,))
            if len(rows) < PORTION:
                self._database.execute("DELETE FROM chats WHERE id = ?", chat)
        return True


class ImportWriter:
    """Writes chats and messages, inside of `ImportTable.portion`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert_chat(
        self, import_id: int, chat: ChatRecord, folder_id: FolderId | None, key: str, content: str, now: float
    ) -> ChatId:
        """Add a hidden chat without messages. It is recognised by `key`; `content` tells one state from another."""
        inserted = self._database.execute(
            "INSERT INTO chats (title, title_origin, created_at, updated_at, session_id, model, account, tools, effort,"
            " is_unread, folder_id, pinned_at, archived_at, deleted_at, deleted_with)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                chat.title,
                chat.title_origin,
                chat.created_at,
                chat.updated_at,
                chat.session_id,
                chat.model,
                chat.account,
                " ".join(chat.tools),
                chat.effort,
                int(chat.is_unread),
                folder_id,
                chat.pinned_at,
                chat.archived_at,
                now,
                -import_id,
            ),
        )
        self._database.execute("INSERT INTO import_keys VALUES (?, ?, ?)", (key, inserted, content))
        if chat.draft:
            self._database.execute("INSERT INTO drafts (chat_id, text) VALUES (?, ?)", (inserted, chat.draft))
        return ChatId(inserted)

    def insert_message(
        self, chat_id: ChatId, message: MessageRecord, ids: Mapping[int, int | None], has: Container[str]
    ) -> int:
        """Add a message below its parent, which `ids` knows; `has` are the digests whose bytes are there."""
        values: tuple[Value, ...] = (
            chat_id,
            None if message.parent is None else ids[message.parent],
            message.role,
            message.status,
            message.created_at,
            message.text,
            message.model,
            message.finish_reason,
            *usage_values(message.usage),
            *(message.error or (None, None)),
            message.reasoning,
            message.reasoning_s,
            message.seconds,
            sources_value(message.sources),
            message.state_id,
            message.account,
        )
        inserted = self._database.execute(
            "INSERT INTO messages (chat_id, parent_id, role, status, created_at, text, model, finish_reason,"
            " prompt_tokens, completion_tokens, total_tokens, cached_tokens, error_code, error_data, reasoning,"
            " reasoning_s, seconds, sources, state_id, account)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        self._insert_files(chat_id, inserted, message.files, has)
        return inserted

    def finish_chat(
        self,
        chat_id: ChatId,
        chat: ChatRecord,
        ids: Mapping[int, int | None],
        ways: Iterable[tuple[int, int]],
        has: Container[str],
    ) -> None:
        """Say which branch is shown, and which child below which message (`ways`); add what is being written."""
        for parent, child in ways:
            if ids.get(parent) is not None and ids.get(child) is not None:
                self._database.execute("UPDATE messages SET shown_child_id = ? WHERE id = ?", (ids[child], ids[parent]))
        shown = None if chat.shown is None else ids.get(chat.shown)
        self._database.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (shown, chat_id))
        self._insert_files(chat_id, None, chat.draft_files, has)
        edit = chat.edit
        if edit is not None and ids.get(edit.message) is not None:
            self._database.execute("INSERT INTO edits VALUES (?, ?, ?)", (chat_id, ids[edit.message], edit.text))
            self._insert_files(chat_id, None, edit.files, has, is_of_edit=True)

    def _insert_files(
        self,
        chat_id: ChatId,
        message_id: int | None,
        files: Iterable[FileRecord],
        has: Container[str],
        *,
        is_of_edit: bool = False,
    ) -> None:
        for file in files:
            digest, state, error = file.digest, file.state, file.error
            if state != FileState.FAILED and digest not in has:
                lost = error_values(AttachmentError(AttachmentCause.LOST, file.name))
                digest, state, error = "", FileState.FAILED, (str(lost[0]), str(lost[1]))
            elif digest not in has:
                digest = ""
            self._database.execute(
                "INSERT INTO files (chat_id, message_id, is_of_edit, name, kind, mime, size_bytes, digest, state,"
                " is_generated, remote_id, remote_account, error_code, error_data)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    chat_id,
                    message_id,
                    int(is_of_edit),
                    file.name,
                    file.kind,
                    file.mime,
                    file.size_bytes,
                    digest,
                    state,
                    int(file.is_generated),
                    file.remote_id,
                    file.remote_account,
                    *(error or (None, None)),
                ),
            )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
