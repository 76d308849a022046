"""The index of the search, kept up in small steps: what is new, what was there before, what is to be forgotten."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gigadesk.chat import MessageId, Role
from gigadesk.search.documents import Content, Document, document_of, fingerprint
from gigadesk.store.database import Database, Row
from gigadesk.store.search_names import NameIndex
from gigadesk.store.search_words import WordTable

READ_AT_ONCE = 16
"""Messages that are read in one go; a step takes as many of them as it has time for."""
WRITE_SHARE = 0.55
"""Of the time of a step, for taking messages apart. Writing their terms takes the rest."""
MERGE_PAGES = 24
"""Pages of the index that are merged in one go: about two milliseconds."""
MERGE_EVERY = 6
"""Steps after which the segments that they wrote are merged."""
PURGE_PAGES = 64
PLACE_S = 60.0
"""Seconds between two places of the index. Two messages in one minute take one place after the other."""


@dataclass(slots=True)
class _Ready:
    """A message that is being taken apart, or has been."""

    id: MessageId
    document: Document
    content: Content
    is_old: bool
    """It was there before the index was."""
    is_changed: bool = False


_CONTENT = "text, reasoning, role, model"


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what is stored can be found."""

    waiting: int
    """Messages that are not in the index yet."""
    total: int


class SearchIndex:
    """Writes the index. All calls belong on the loop's thread; each is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words = WordTable(database)
        self._names = NameIndex(database)
        self._unfinished: _Ready | None = None
        """A long message that takes several steps."""
        self._last_place: dict[tuple[int, int], int] = {}
        self._steps = 0

    @property
    def is_on_disk(self) -> bool:
        """Not in memory, where there is little to index and nobody waits."""
        return bool(self._database.path)

    @staticmethod
    def prepare() -> None:
        """Load what takes words apart: it takes a while, so in a thread. Without, the first step does it."""
        fingerprint()

    def step(self, limit_s: float) -> bool:
        """Take up what waits, for about so long; False when nothing waits any more."""
        if self._is_stale():
            self._start_over()
            return True
        if self._database.row("SELECT 1 FROM chats WHERE deleted_with < 0 LIMIT 1") is not None:
            return False  # an import is under way: it may still be taken back as a whole
        if self._steps >= MERGE_EVERY:
            self._merge(MERGE_PAGES)  # in a step of its own: it takes as long as writing does
            self._steps = 0
            return True
        end = time.perf_counter() + limit_s * WRITE_SHARE
        if self._forget(end):
            return True
        if self._unfinished is not None and not self._go_on(end):
            return True
        ready, has_more = self._take_apart(end)
        names_left = self._names.step() if time.perf_counter() < end else True
        if ready:
            self._write(ready)
            self._steps += 1
        return has_more or names_left or self._steps >= MERGE_EVERY

    def progress(self) -> Progress:
        """How many messages wait."""
        [(waiting,)] = self._database.rows(
            "SELECT (SELECT count(*) FROM search_queue)"
            " + (SELECT count(*) FROM messages WHERE id <= (SELECT next_old FROM search_state)"
            " AND (SELECT next_old FROM search_state) > 0)"
        )
        [(known,)] = self._database.rows("SELECT count(*) FROM search_rows")
        return Progress(waiting, waiting + known)

    def purge(self, limit_s: float) -> bool:
        """Let the words of what was forgotten vanish from the file, for about so long; True when none is left.

        Until then they lie, marked as gone, among the others.
        """
        end = time.perf_counter() + limit_s
        if self._forget(end):
            return False
        if self._database.row("SELECT 1 FROM search_name_queue LIMIT 1") is not None:
            self._names.step()
            return False
        [(must_purge,)] = self._database.rows("SELECT must_purge FROM search_state")
        if not must_purge:
            return True
        if must_purge == 1:
            self._merge(-PURGE_PAGES)  # all that is there becomes one, which marks of what is gone do not survive
            with self._database.transaction(is_barrier=False):
                self._database.execute("INSERT INTO search_names (search_names) VALUES ('optimize')")
                self._database.execute("UPDATE search_state SET must_purge = 2")
        while time.perf_counter() < end:
            if not self._merge(PURGE_PAGES):
                with self._database.transaction(is_barrier=True):
                    self._database.execute("UPDATE search_state SET must_purge = 0")
                self._database.fold_log()
                return True
        return False

    def _forget(self, end: float) -> bool:
        """Take out what has gone or changed; whether there may be more."""
        rows = self._database.rows(f"SELECT place, has_file, {_CONTENT} FROM search_gone LIMIT {READ_AT_ONCE}")  # noqa: S608
        if not rows:
            return False
        words: set[str] = set()
        with self._database.transaction(is_barrier=False):
            for place, has_file, *content in rows:
                document = document_of(_content(tuple(content), has_file=bool(has_file)))
                self._database.execute(
                    "INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', ?, ?)",
                    (place, document.terms()),
                )
                self._database.execute("DELETE FROM search_gone WHERE place = ?", (place,))
                words |= document.words
                if time.perf_counter() >= end:
                    break
            self._words.forget(words)
            self._database.execute("UPDATE search_state SET must_purge = 1")
        return True

    # What waits

    def _take_apart(self, end: float) -> tuple[list[_Ready], bool]:
        """Messages that are ready to be written, and whether there are more."""
        ready: list[_Ready] = []
        for each in self._waiting():
            while each.document.step():
                if time.perf_counter() >= end:
                    self._unfinished = each
                    return ready, True
            ready.append(each)
            if time.perf_counter() >= end:
                return ready, True
        return ready, len(ready) == READ_AT_ONCE

    def _go_on(self, end: float) -> bool:
        """Take a long message further apart; True when it is written."""
        assert self._unfinished is not None
        while self._unfinished.document.step():
            if time.perf_counter() >= end:
                return False
        self._write([self._unfinished])
        self._unfinished = None
        return True

    def _waiting(self) -> Iterator[_Ready]:
        """What is new, the newest first; when nothing is, what was there before."""
        # CROSS: without it SQLite reads all messages to find those few that wait.
        queued = "search_queue CROSS JOIN messages ON messages.id = message_id ORDER BY message_id DESC"
        old = (
            "messages WHERE id <= (SELECT next_old FROM search_state) AND status NOT IN ('queued', 'streaming')"
            " ORDER BY id DESC"
        )
        for number, source in enumerate((queued, old)):
            rows = self._database.rows(
                f"SELECT messages.id, EXISTS (SELECT 1 FROM files WHERE files.message_id = messages.id), {_CONTENT}"  # noqa: S608
                f" FROM {source} LIMIT {READ_AT_ONCE}"
            )
            for row in rows:
                content = _content(row[2:], has_file=bool(row[1]))
                yield _Ready(MessageId(row[0]), Document(content), content, is_old=number == 1)
            if rows:
                return

    def _write(self, ready: Sequence[_Ready]) -> None:
        database = self._database
        with database.transaction(is_barrier=False):
            for each, created_at in self._in_order(ready):
                place = self._free_place(created_at, each.id)
                values = (place, each.id, each.content.has_file)
                database.execute("INSERT INTO search_rows VALUES (?, ?, ?)", values)
                database.execute(
                    "INSERT INTO search_index (rowid, terms) VALUES (?, ?)", (place, each.document.terms())
                )
                self._words.note(each.document.words)
            for each in ready:
                if each.is_changed:
                    continue  # it has changed meanwhile, and is looked at once more
                database.execute("DELETE FROM search_queue WHERE message_id = ?", (each.id,))
            if old := [each.id for each in ready if each.is_old and not each.is_changed]:
                database.execute("UPDATE search_state SET next_old = min(next_old, ?)", (min(old) - 1,))

    def _in_order(self, ready: Sequence[_Ready]) -> Iterator[tuple[_Ready, float]]:
        """Those that can be written, so that those of one minute keep their order: away from what is there already."""
        found: list[tuple[float, MessageId, _Ready]] = []
        for each in ready:
            row = self._database.row(
                "SELECT created_at, (SELECT 1 FROM search_rows WHERE message_id = id),"  # noqa: S608  (constants)
                f" status IN ('queued', 'streaming'), {_CONTENT} FROM messages WHERE id = ?",
                (each.id,),
            )
            if row is None or row[1] or row[2]:
                continue
            if _content(row[3:], has_file=each.content.has_file) == each.content:
                found.append((row[0], each.id, each))
            else:
                each.is_changed = True
        found.sort(key=lambda each: each[:2])
        below = [each for each in found if self._side(each[0], each[1]) < 0]
        for created_at, _, each in (*reversed(below), *(each for each in found if each not in below)):
            yield each, created_at

    def _side(self, created_at: float, message_id: MessageId) -> int:
        """Whether the place of this time is free (0), or has a message that is older (1) or newer (-1)."""
        row = self._database.row(
            "SELECT created_at, messages.id FROM search_rows JOIN messages ON messages.id = message_id WHERE place = ?",
            (_place(created_at),),
        )
        return 0 if row is None else 1 if tuple(row) < (created_at, message_id) else -1

    def _free_place(self, created_at: float, message_id: MessageId) -> int:
        """The place of this time; if another message has it, the next free one on the right side of that."""
        wanted, step = _place(created_at), self._side(created_at, message_id)
        if step == 0:
            return wanted
        # Many messages of one minute are taken up one after the other: begin behind the last.
        start = self._last_place.get((wanted, step), wanted)
        order, side = ("ASC", ">=") if step > 0 else ("DESC", "<=")
        row = self._database.row(
            f"SELECT place + ({step}) FROM search_rows AS taken WHERE place {side} ?"  # noqa: S608  (numbers)
            f" AND NOT EXISTS (SELECT 1 FROM search_rows WHERE place = taken.place + ({step}))"
            f" ORDER BY place {order} LIMIT 1",
            (start,),
        )
        place = int(row[0]) if row is not None else start
        self._last_place = {(wanted, step): place}
        return place

    # The index as a whole

    def _is_stale(self) -> bool:
        [(known,)] = self._database.rows("SELECT fingerprint FROM search_state")
        return bool(known != fingerprint())

    def _start_over(self) -> None:
        self._unfinished = None
        self._words.clear_memory()
        with self._database.transaction(is_barrier=False):
            self._database.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
            for table in (
                "search_rows",
                "search_gone",
                "search_words",
                "search_names",
                "search_queue",
                "search_name_queue",
            ):
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608  (constants)
            # Without, the words of names would lie in it, marked as gone.
            self._database.execute("INSERT INTO search_names (search_names) VALUES ('rebuild')")
            self._database.execute(
                "UPDATE search_state SET must_purge = 0, fingerprint = ?,"
                " next_old = (SELECT coalesce(max(id), 0) FROM messages),"
                " next_old_chat = (SELECT coalesce(max(id), 0) FROM chats),"
                " next_old_file = (SELECT coalesce(max(id), 0) FROM files)",
                (fingerprint(),),
            )

    def _merge(self, pages: int) -> bool:
        """Merge about so many pages; whether there was something to merge."""
        before = self._database.changes()
        with self._database.transaction(is_barrier=False):
            self._database.execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)", (pages,))
        return self._database.changes() - before > 1


def _place(created_at: float) -> int:
    return max(1 << 20, min(int(created_at / PLACE_S), 1 << 40))


def _content(row: Row, *, has_file: bool) -> Content:
    text, thought, role, model = row
    return Content(text, thought, Role(role), model, has_file)
