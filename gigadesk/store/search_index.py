"""The index of the search, kept up in small steps: what is new, what was there before, what is to be forgotten."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from gigadesk.chat import MessageId
from gigadesk.search.documents import Content, Document, document_of, fingerprint
from gigadesk.search.tokens import forget_tokens
from gigadesk.store.database import Database
from gigadesk.store.rows import role_from, time_from
from gigadesk.store.search_names import NameIndex
from gigadesk.store.search_near import NearRows
from gigadesk.store.search_places import PlaceTable, is_fine
from gigadesk.store.search_words import WordTable

READ_AT_ONCE = 64
"""Messages that are read in one go; a step takes as many of them as it has time for."""
AT_LEAST = 10
"""Portions that are taken apart in any step, also when others have the processor: writing few costs as much as many."""
WRITE_SHARE = 0.5
"""Of the time of a step, for taking messages apart. Writing their terms takes the rest."""
MERGE_PAGES = 16
"""Pages of the index that are merged in one go, in about a millisecond."""
MERGE_EVERY = 4
"""Steps after which the segments that they wrote are merged."""
MERGED_AT_ONCE = 8
"""Segments of a size that become one. Fewer are written more often, more are to be looked into by each search."""
TIDY_AFTER = 20_000
"""Messages that were taken up in one go, after which all segments become one."""
TIDY_PAGES = 64
"""The same for making one segment of all: the last page that is written in one go stays half empty."""
COUNTED_MAX = 1_000
WIPE_PAGES = 512
BUSY_S = 1.0
"""After so long it is tried again, when somebody was reading in the write-ahead log."""
WIPING = 3
"""The last state of `must_purge`: 1 and 2 are for the index itself."""
FORGET_AT_ONCE = 16


@dataclass(slots=True)
class _Ready:
    """A message that is being taken apart, or has been."""

    id: MessageId
    created_at: float
    document: Document
    content: Content
    is_old: bool
    """It was there before the index was."""
    is_running: bool
    """It is being written once more, and will come again."""
    is_changed: bool = False


_CONTENT = "text, reasoning, role, model"
_IS_ENDED = "status NOT IN ('queued', 'streaming')"
_SEEN = f"messages.id, created_at, NOT {_IS_ENDED}, EXISTS (SELECT 1 FROM files WHERE files.message_id = messages.id)"  # noqa: S608


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
        self._near = NearRows(database)
        self._places = PlaceTable(database)
        self._steps = 0
        self._written = 0
        self._is_untidy = False
        self._wiped = 1
        """The next page in which nothing may be left of what was deleted."""
        self._wipes_at = 0.0

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
            self._steps = 0
            self._merge_until(time.perf_counter() + limit_s)  # in a step of its own: it takes as long as writing does
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
        if has_more or names_left or self._steps >= MERGE_EVERY:
            return True
        forget_tokens()
        self._words.clear_memory()
        return self._tidy(end)

    def _tidy(self, end: float) -> bool:
        """When very much was new, make one segment of all; whether that is to go on."""
        if self._written >= TIDY_AFTER:
            self._written = 0
            self._is_untidy = self._merge(-TIDY_PAGES)
        else:
            self._is_untidy = self._is_untidy and self._merge_until(end, TIDY_PAGES)
        return self._is_untidy

    def progress(self) -> Progress:
        """How many messages wait; of very many old ones, how many there may be: counting them reads them all."""
        [(queued, next_old)] = self._database.rows(
            "SELECT (SELECT count(*) FROM search_queue), next_old FROM search_state"
        )
        [(old,)] = self._database.rows(
            f"SELECT count(*) FROM (SELECT 1 FROM messages WHERE id <= ? AND {_IS_ENDED} LIMIT ?)",  # noqa: S608
            (next_old, COUNTED_MAX),
        )
        if old == COUNTED_MAX:
            old = next_old
        [(stored, last)] = self._database.rows(
            "SELECT (SELECT count(*) FROM (SELECT 1 FROM messages LIMIT ?)),"
            " (SELECT coalesce(max(id), 0) FROM messages)",
            (COUNTED_MAX,),
        )
        return Progress(queued + old, max(queued + old, stored if stored < COUNTED_MAX else last))

    def purge(self, limit_s: float) -> bool:
        """Let the words of what was forgotten vanish from the file, for about so long; True when none is left.

        Until then they lie, marked as gone, among the others.
        """
        end = time.perf_counter() + limit_s
        if self._forget(end):
            return False
        if self._names.forget():
            return False
        [(must_purge,)] = self._database.rows("SELECT must_purge FROM search_state")
        if not must_purge:
            return True
        if must_purge == WIPING:
            return self._wipe()
        if must_purge == 1:
            self._merge(-TIDY_PAGES)  # all that is there becomes one, which marks of what is gone do not survive
            with self._database.transaction(is_barrier=False):
                self._database.execute("INSERT INTO search_names (search_names) VALUES ('optimize')")
                self._database.execute("UPDATE search_state SET must_purge = 2")
        while time.perf_counter() < end:
            if not self._merge(TIDY_PAGES):
                with self._database.transaction(is_barrier=False):
                    self._database.execute("UPDATE search_state SET must_purge = ?", (WIPING,))
                self._wiped = 1
                return False
        return False

    def _wipe(self) -> bool:
        """Overwrite what is left of the deleted texts between other rows; True at the end of the file."""
        if time.monotonic() < self._wipes_at:
            return False
        before, self._wiped = self._wiped, self._database.wipe_slack(self._wiped, WIPE_PAGES)
        if self._wiped:
            self._wipes_at = time.monotonic() + (BUSY_S if self._wiped == before else 0.0)
            return False
        self._wiped = 1
        with self._database.transaction(is_barrier=True):
            self._database.execute("UPDATE search_state SET must_purge = 0")
        self._database.fold_log()
        return True

    def forget(self, limit_s: float) -> bool:
        """Take up what has gone, for about so long; True while there is more. Until then its text is in the file."""
        return self._forget(time.perf_counter() + limit_s) or self._names.forget()

    def _forget(self, end: float) -> bool:
        """Take out what has gone or changed; whether there may be more."""
        rows = self._database.rows(f"SELECT place, has_file, {_CONTENT} FROM search_gone LIMIT {FORGET_AT_ONCE}")  # noqa: S608
        if not rows:
            return False
        words: set[str] = set()
        with self._database.transaction(is_barrier=False):
            for place, has_file, *content in rows:
                document = document_of(_content(tuple(content), has_file=bool(has_file)))
                self._database.execute(
                    "INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', ?, ?)",
                    (place, document.terms(is_fine=is_fine(place))),
                )
                self._database.execute("DELETE FROM search_gone WHERE place = ?", (place,))
                words.update(document.words)
                if time.perf_counter() >= end:
                    break
            self._words.forget(words)
            self._database.execute("UPDATE search_state SET must_purge = 1")
        return True

    # What waits

    def _take_apart(self, end: float) -> tuple[list[_Ready], bool]:
        """Messages that are ready to be written, and whether there are more."""
        ready: list[_Ready] = []
        portions = 0
        for each in self._waiting():
            for number in count():
                if number >= AT_LEAST and time.perf_counter() >= end:
                    self._unfinished = each
                    return ready, True
                if not each.document.step():
                    break
                portions += 1
            ready.append(each)
            if portions >= AT_LEAST and time.perf_counter() >= end:
                return ready, True
        return ready, bool(ready)  # behind what is new there may be what was there before

    def _go_on(self, end: float) -> bool:
        """Take a long message further apart; True when it is written."""
        assert self._unfinished is not None
        while self._unfinished.document.step():
            if time.perf_counter() >= end:
                return False
        self._look_again(self._unfinished)
        self._write([self._unfinished])
        self._unfinished = None
        return True

    def _waiting(self) -> Iterator[_Ready]:
        """What is new, the newest first; when nothing is, what was there before."""
        # CROSS: without it SQLite reads all messages to find those few that wait.
        queued = "search_queue CROSS JOIN messages ON messages.id = message_id ORDER BY message_id DESC"
        old = f"messages WHERE id <= (SELECT next_old FROM search_state) AND {_IS_ENDED} ORDER BY id DESC"  # noqa: S608  (constants)
        for number, source in enumerate((queued, old)):
            rows = self._database.rows(f"SELECT {_SEEN}, {_CONTENT} FROM {source} LIMIT {READ_AT_ONCE}")  # noqa: S608
            for message_id, created_at, is_running, has_file, *row in rows:
                content = _content(row, has_file=bool(has_file))
                yield _Ready(
                    MessageId(message_id),
                    time_from(created_at),
                    Document(content),
                    content,
                    number == 1,
                    bool(is_running),
                )
            if rows:
                return

    def _look_again(self, each: _Ready) -> None:
        """A message that took several steps may have changed meanwhile, or be gone."""
        row = self._database.row(f"SELECT {_SEEN}, {_CONTENT} FROM messages WHERE id = ?", (each.id,))  # noqa: S608
        each.is_running = row is None or bool(row[2])
        each.is_changed = row is not None and _content(row[4:], has_file=each.content.has_file) != each.content

    def _write(self, ready: Sequence[_Ready]) -> None:
        database = self._database
        fresh = {each.id: each for each in ready if not (each.is_running or each.is_changed)}
        done = [each for each in ready if not each.is_changed]  # what has changed is looked at once more
        with database.transaction(is_barrier=False):
            moments = [(each.created_at, each.id) for each in fresh.values()]
            places: dict[MessageId, int] = {each: each for each in self._near.choose(moments, time.time())}
            places |= self._places.give([moment for moment in moments if moment[1] not in places])
            # Ascending: with a smaller number than the one before, FTS5 begins a new segment.
            rows = sorted(
                (place, fresh[message_id].document.terms(is_fine=is_fine(place)))
                for message_id, place in places.items()
            )
            database.execute_many("INSERT INTO search_index (rowid, terms) VALUES (?, ?)", rows)
            with_files = [(each.id,) for each in fresh.values() if each.content.has_file]
            database.execute_many("INSERT OR IGNORE INTO search_files VALUES (?)", with_files)
            self._written += len(rows)
            self._words.note([each.document.words for each in fresh.values()])
            database.execute_many("DELETE FROM search_queue WHERE message_id = ?", [(each.id,) for each in done])
            if old := [each.id for each in done if each.is_old]:
                database.execute("UPDATE search_state SET next_old = min(next_old, ?)", (min(old) - 1,))

    # The index as a whole

    def _is_stale(self) -> bool:
        [(known,)] = self._database.rows("SELECT fingerprint FROM search_state")
        return bool(known != fingerprint())

    def _start_over(self) -> None:
        self._unfinished = None
        self._words.clear_memory()
        with self._database.transaction(is_barrier=False):
            self._database.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
            self._database.execute(
                "INSERT INTO search_index (search_index, rank) VALUES ('usermerge', ?)", (MERGED_AT_ONCE,)
            )
            for table in ("search_far", "search_files", "search_gone", "search_words", "search_queue"):
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608  (constants)
            self._database.execute(
                "UPDATE search_state SET must_purge = min(must_purge, 1) * 2, fingerprint = ?,"
                " next_old = (SELECT coalesce(max(id), 0) FROM messages)",
                (fingerprint(),),
            )
            self._names.start_over()

    def _merge_until(self, end: float, pages: int = MERGE_PAGES) -> bool:
        """Merge so many pages at a time, for about so long; whether there is more to merge."""
        while self._merge(pages):
            if time.perf_counter() >= end:
                return True
        return False

    def _merge(self, pages: int) -> bool:
        """Merge about so many pages; whether there was something to merge."""
        before = self._database.changes()
        with self._database.transaction(is_barrier=False):
            self._database.execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)", (pages,))
        return self._database.changes() - before > 1


def _content(row: Sequence[Any], *, has_file: bool) -> Content:
    text, thought, role, model = row
    return Content(text, thought, role_from(role), model, has_file)
