"""The tree of messages and the journal of running replies: statements only. Whoever writes opens the transaction."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from operator import itemgetter, lt

from gigadesk.chat import (
    THOUGHT_MARK,
    WORDS_BORDER,
    ChatId,
    Message,
    MessageId,
    Outline,
    RawWords,
    Role,
    Source,
    Status,
)
from gigadesk.store.database import Database, Row, Value
from gigadesk.store.files import FileTable
from gigadesk.store.outlines import outline_of, read_numbers
from gigadesk.store.rows import MESSAGE_COLUMNS, error_values, message_from, sources_value, usage_values
from gigadesk.store.ways import below, end_of, forks_above


class JournalKind(StrEnum):
    """What of a reply a piece of its journal belongs to. The values are stored."""

    TEXT = "text"
    REASONING = "reasoning"


_BRANCH = """
    WITH RECURSIVE branch (branch_id, next_id) AS (
        SELECT id, parent_id FROM messages WHERE id = ?
        UNION ALL
        SELECT id, parent_id FROM messages JOIN branch ON id = next_id AND id < branch_id
        LIMIT ?
    )
"""
_SUBTREE = """
    WITH RECURSIVE subtree (branch_id) AS (
        SELECT ?
        UNION ALL
        SELECT id FROM messages JOIN subtree ON parent_id = branch_id AND id > branch_id
        LIMIT ?
    )
"""
_IN_TRASH = """
    WITH RECURSIVE gone (top_id, next_id) AS (
        SELECT deleted_with, parent_id FROM messages WHERE id = ? AND deleted_at NOT NULL
        UNION
        SELECT deleted_with, parent_id FROM messages JOIN gone ON id = next_id WHERE deleted_at NOT NULL
    )
"""
_WAY_DOWN = """
    WITH RECURSIVE way (way_id) AS (
        SELECT ?
        UNION ALL
        SELECT coalesce(
            (SELECT id FROM messages WHERE id = here.shown_child_id AND parent_id = way_id AND deleted_at IS NULL),
            (SELECT max(id) FROM messages WHERE chat_id = here.chat_id AND parent_id = way_id AND deleted_at IS NULL)
        )
        FROM way JOIN messages AS here ON here.id = way_id
        LIMIT ?
    )
"""
NEAR = 200
"""So many steps are gone in the tables themselves (0.5 ms); a longer way is found in the numbers of the whole chat."""
PORTION = 500
"""Messages that are asked for by their ids in one statement."""


class MessageTable:
    """Reads and writes messages and their journals. Messages are read together with their files."""

    def __init__(self, database: Database, files: FileTable) -> None:
        self._database = database
        self._files = files
        self.cut_short: frozenset[MessageId] = frozenset()
        """Replies whose journals could not be folded yet, because the disk was full at the start."""

    def get(self, message_id: MessageId) -> Message:
        row = self._database.row(f"SELECT {MESSAGE_COLUMNS} FROM messages WHERE id = ?", (message_id,))  # noqa: S608  (constants)
        if row is None:
            raise LookupError(message_id)
        [message] = self._whole([message_from(row, self._files.of_message(message_id))])
        return message

    def branch(self, leaf_id: MessageId, count: int) -> tuple[Message, ...]:
        """The last `count` (-1: all) from the root to `leaf_id`. A parent is always older than its child."""
        sql = f"{_BRANCH} SELECT {MESSAGE_COLUMNS} FROM branch CROSS JOIN messages ON id = branch_id"  # noqa: S608  (constants)
        # Sorted here: SQLite would carry all the texts through a table of its own (10,000 messages: 50 ms, not 25).
        rows = sorted(self._database.rows(sql, (leaf_id, count)), key=itemgetter(0))
        files = self._files.by_message(rows[0][1]) if rows else {}
        return self._whole([message_from(row, files.get(row[0], ())) for row in rows])

    def outline(self, chat_id: ChatId, leaf_id: MessageId) -> Outline:
        """The branch that ends in `leaf_id`, as numbers. Read from an index alone: the texts stay on the disk."""
        sql = "SELECT count(*), min(id), max(id), total(parent_id = id - 1) FROM messages WHERE chat_id = ?"
        [(count, first, last, following)] = self._database.rows(sql, (chat_id,))
        if following == count - 1 and last - first == count - 1 and leaf_id == last:
            # Each answers the one before it, as in a chat that was imported or written in one go.
            return Outline(range(first, last + 1), {})  # type: ignore[arg-type]  # numbers are ids
        return outline_of(*self.tree(chat_id), leaf_id)

    def some(self, message_ids: Sequence[MessageId]) -> tuple[Message, ...]:
        """These messages, which ascend; what does not exist is left out."""
        found: list[Message] = []
        for ids, marks in _portions(message_ids):
            sql = f"SELECT {MESSAGE_COLUMNS} FROM messages WHERE id IN ({marks}) ORDER BY id"  # noqa: S608  (constants)
            rows = self._database.rows(sql, ids)
            files = self._files.of_messages(ids, marks)
            found.extend(message_from(row, files.get(row[0], ())) for row in rows)
        return self._whole(found)

    def lengths(self, message_ids: Sequence[MessageId]) -> list[int]:
        """How many characters the stored text of each has."""
        return [row[0] for row in self._of_each("length(text)", message_ids)]

    def words(self, message_ids: Sequence[MessageId]) -> RawWords:
        """The stored text of each, what was thought before it, and whether it is the user's; of one that is gone, none.

        Joined by SQLite: to make three objects of each message takes half as long again.
        """
        said = f"iif(reasoning = '', text, text || {_THOUGHT} || reasoning)"
        columns = f"group_concat({said}, {_BORDER}), group_concat(role = '{Role.USER}', '')"
        found: list[RawWords] = []
        for ids, marks in _portions(message_ids):
            where, values = _these(ids, marks)
            # In the order of the ids: they are looked up one after the other, as they lie in the table.
            sql = f"SELECT {columns} FROM messages WHERE {where}"  # noqa: S608  (constants)
            [(texts, users)] = self._database.rows(sql, values, in_bytes=True)
            if texts is None or len(users) != len(ids) or _borders(texts) != len(ids) - 1:
                texts, users = self._words_of_each(ids, marks)  # one is gone, or holds what is no letter
            found.append(RawWords(texts, users))
        return RawWords(WORDS_BORDER.join([each.texts for each in found]), b"".join([each.users for each in found]))

    def _words_of_each(self, ids: list[MessageId], marks: str) -> RawWords:
        where, values = _these(ids, marks)
        sql = f"SELECT id, text, reasoning, role = '{Role.USER}' FROM messages WHERE {where}"  # noqa: S608  (constants)
        stored: dict[int, Row] = {row[0]: row[1:] for row in self._database.rows(sql, values, in_bytes=True)}
        rows = [stored.get(each, (b"", b"", 0)) for each in ids]
        said = [THOUGHT_MARK.join([_letters(part) for part in row[:2] if part]) for row in rows]
        return RawWords(WORDS_BORDER.join(said), b"".join([b"%d" % row[2] for row in rows]))

    def _of_each(self, columns: str, message_ids: Sequence[MessageId]) -> list[Row]:
        found: list[Row] = []
        for ids, marks in _portions(message_ids):
            where, values = _these(ids, marks)
            sql = f"SELECT {columns} FROM messages WHERE {where} ORDER BY id"  # noqa: S608  (constants)
            found += self._database.rows(sql, values)
        return found

    def siblings(self, message_id: MessageId) -> tuple[MessageId, ...]:
        """All versions of this turn but those in the trash, itself among them, the oldest first."""
        rows = self._database.rows(
            "SELECT other.id FROM messages AS this JOIN messages AS other"
            " ON other.chat_id = this.chat_id AND other.parent_id IS this.parent_id AND other.deleted_at IS NULL"
            " WHERE this.id = ? ORDER BY other.id",
            (message_id,),
        )
        return tuple(MessageId(row[0]) for row in rows)

    def shown_leaf(self, message_id: MessageId) -> MessageId:
        """Where the branch through this message ended when it was shown last. Children are newer than their parents."""
        sql = f"{_WAY_DOWN} SELECT max(way_id), count(way_id) FROM way"  # noqa: S608  (constants)
        [(end, steps)] = self._database.rows(sql, (message_id, NEAR))
        if steps < NEAR:
            return MessageId(end)
        ids, parents = self.tree(self.get(message_id).chat_id)
        forks = [MessageId(parent) for parent, count in Counter(parents).items() if count > 1]
        chosen: dict[int, int] = {}
        for some, marks in _portions(forks):
            chosen |= dict(self._database.rows(f"SELECT id, shown_child_id FROM messages WHERE id IN ({marks})", some))  # noqa: S608  (constants)
        return MessageId(end_of(ids, parents, message_id, chosen))

    def lead_to(self, message_id: MessageId, shown: MessageId | None) -> None:
        """Let the way down from the root go through this message; it leads to the leaf `shown` until now."""
        parent_id = self.get(message_id).parent_id
        if parent_id is None:
            return
        sql = f"{_BRANCH} SELECT 1 FROM branch WHERE branch_id = ?"  # noqa: S608  (constants)
        if self._database.row(sql, (shown, NEAR, parent_id)) is not None:
            turns = [(int(parent_id), int(message_id))]
        else:
            turns = forks_above(*self.tree(self.get(message_id).chat_id), message_id)
        for parent, child in turns:
            self._database.execute("UPDATE messages SET shown_child_id = ? WHERE id = ?", (child, parent))

    def tree(self, chat_id: ChatId) -> tuple[list[int], list[int]]:
        """All messages of a chat that are not in the trash, ascending, and their parents (0 for none)."""
        # Joined by SQLite: a row of a hundred thousand costs more in Python than all else together.
        sql = (
            "SELECT group_concat(id), group_concat(coalesce(parent_id, 0)) FROM messages"
            " WHERE chat_id = ? AND deleted_at IS NULL"
        )
        [(joined_ids, joined_parents)] = self._database.rows(sql, (chat_id,))
        ids, parents = read_numbers(joined_ids), read_numbers(joined_parents)
        if not all(map(lt, ids, ids[1:])):
            pairs = sorted(zip(ids, parents, strict=True))
            ids, parents = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        return ids, parents

    def is_deleted(self, message_id: MessageId) -> bool:
        """Whether it is in the trash, or gone."""
        row = self._database.row("SELECT deleted_at FROM messages WHERE id = ?", (message_id,))
        return row is None or row[0] is not None

    def is_in_trash(self, message_id: MessageId) -> bool:
        """Whether it can be brought back: it may also be deleted for ever, and only its row still be there."""
        sql = "SELECT 1 FROM messages WHERE id = ? AND deleted_at NOT NULL AND deleted_with > 0"
        return self._database.row(sql, (message_id,)) is not None

    def below(self, message_id: MessageId) -> tuple[MessageId, ...]:
        """The message and all below it that are not in the trash, parents before their children."""
        sql = f"{_SUBTREE} SELECT id, deleted_at FROM subtree CROSS JOIN messages ON id = branch_id ORDER BY id"  # noqa: S608  (constants)
        rows = self._database.rows(sql, (message_id, NEAR))
        if len(rows) < NEAR:
            return tuple(MessageId(row[0]) for row in rows if row[1] is None)
        return tuple(map(MessageId, below(*self.tree(self.get(message_id).chat_id), message_id)))

    def delete(self, message_id: MessageId, now: float) -> None:
        """Move a message, and all below it that is not there already, to the trash."""
        self._database.execute(
            f"{_SUBTREE} UPDATE messages SET deleted_at = ?, deleted_with = ? FROM subtree"  # noqa: S608  (constants)
            " WHERE id = branch_id AND deleted_at IS NULL",
            (message_id, -1, now, message_id),
        )

    def restore(self, message_id: MessageId) -> None:
        """Bring back what went to the trash together with a message, and the messages above it that went later."""
        self._database.execute(
            f"{_IN_TRASH} UPDATE messages SET deleted_at = NULL, deleted_with = NULL"  # noqa: S608  (constants)
            " WHERE deleted_with IN (SELECT top_id FROM gone)",
            (message_id,),
        )

    def insert(
        self,
        chat_id: ChatId,
        parent_id: MessageId | None,
        role: Role,
        status: Status,
        now: float,
        *,
        text: str = "",
        model: str = "",
    ) -> MessageId:
        """Add a message; below its parent it is the shown one from now on."""
        inserted = self._database.execute(
            "INSERT INTO messages (chat_id, parent_id, role, status, created_at, model, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (chat_id, parent_id, role, status, now, model, text),
        )
        self._database.execute("UPDATE messages SET shown_child_id = ? WHERE id = ?", (inserted, parent_id))
        return MessageId(inserted)

    def reopen(self, message_id: MessageId) -> None:
        """Mark an ended reply as running again; its text stays."""
        self._database.execute("UPDATE messages SET status = ? WHERE id = ?", (Status.QUEUED, message_id))

    def append(self, message_id: MessageId, text: str, kind: JournalKind) -> None:
        """Add to the journal: the cost is that of the new text, not of the answer so far."""
        self._database.execute(
            "INSERT INTO journal (message_id, kind, text) VALUES (?, ?, ?)", (message_id, kind, text)
        )

    def set_sources(self, message_id: MessageId, sources: Sequence[Source]) -> None:
        self._database.execute("UPDATE messages SET sources = ? WHERE id = ?", (sources_value(sources), message_id))

    def finish(self, message: Message) -> None:
        """Write an ended reply as a whole, but for its files, and drop its journal."""
        values: tuple[Value, ...] = (
            message.text,
            message.status,
            message.model,
            message.finish_reason,
            *usage_values(message.usage),
            *error_values(message.error),
            message.reasoning,
            message.reasoning_s,
            message.seconds,
            sources_value(message.sources),
            message.state_id,
            message.account,
            message.id,
        )
        self._database.execute(
            "UPDATE messages SET text = ?, status = ?, model = ?, finish_reason = ?, prompt_tokens = ?,"
            " completion_tokens = ?, total_tokens = ?, cached_tokens = ?, error_code = ?, error_data = ?,"
            " reasoning = ?, reasoning_s = ?, seconds = ?, sources = ?, state_id = ?, account = ? WHERE id = ?",
            values,
        )
        self._database.execute("DELETE FROM journal WHERE message_id = ?", (message.id,))

    def unfinished(self) -> tuple[MessageId, ...]:
        """Replies that were queued or running when the program last ended, and whatever else left a journal."""
        rows = self._database.rows(
            "SELECT id FROM messages WHERE status IN ('queued', 'streaming')"
            " UNION SELECT message_id FROM journal ORDER BY 1"
        )
        return tuple(MessageId(row[0]) for row in rows)

    def fold_journal(self, message_id: MessageId) -> None:
        """Give a reply what is in its journal and the status `STOPPED`."""
        texts = self._journal(message_id)
        self._database.execute(
            "UPDATE messages SET text = text || ?, reasoning = reasoning || ?, status = ?, finish_reason = '',"
            " error_code = NULL, error_data = NULL WHERE id = ?",
            (texts[JournalKind.TEXT], texts[JournalKind.REASONING], Status.STOPPED, message_id),
        )
        self._database.execute("DELETE FROM journal WHERE message_id = ?", (message_id,))

    def _journal(self, message_id: MessageId) -> dict[JournalKind, str]:
        rows = self._database.rows("SELECT kind, text FROM journal WHERE message_id = ? ORDER BY id", (message_id,))
        return {kind: "".join(row[1] for row in rows if row[0] == kind) for kind in JournalKind}

    def _whole(self, messages: list[Message]) -> tuple[Message, ...]:
        """As they would be if `fold_journal` could have written."""
        for place, message in enumerate(messages) if self.cut_short else ():
            if message.id in self.cut_short:
                texts = self._journal(message.id)
                messages[place] = replace(
                    message,
                    text=message.text + texts[JournalKind.TEXT],
                    reasoning=message.reasoning + texts[JournalKind.REASONING],
                    status=Status.STOPPED,
                    finish_reason="",
                    error=None,
                )
        return tuple(messages)


def _portions(message_ids: Sequence[MessageId]) -> Iterator[tuple[list[MessageId], str]]:
    """A few at a time, with a question mark for each."""
    for start in range(0, len(message_ids), PORTION):
        ids = list(message_ids[start : start + PORTION])
        yield ids, ", ".join("?" * len(ids))


def _these(ids: list[MessageId], marks: str) -> tuple[str, list[MessageId]]:
    """The condition for a portion, with its values."""
    if ids[-1] - ids[0] == len(ids) - 1:
        # They follow each other, as mostly: two numbers say the same.
        return "id BETWEEN ? AND ?", [ids[0], ids[-1]]
    return f"id IN ({marks})", ids


def _borders(texts: bytes) -> int:
    return len(texts) - len(texts.replace(WORDS_BORDER, b""))  # `count` takes eight times as long


def _letters(stored: bytes) -> bytes:
    """A text without bytes that are none."""
    return stored.decode("utf-8", "replace").encode()


_BORDER, _THOUGHT = (f"x'{mark.hex()}'" for mark in (WORDS_BORDER, THOUGHT_MARK))
