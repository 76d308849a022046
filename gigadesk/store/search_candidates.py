"""What fits a query by the index, the newest first: out of both kinds of its rows, portion by portion."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from gigadesk.search.hits import Position
from gigadesk.search.matching import Matcher
from gigadesk.store.database import Database, Row
from gigadesk.store.search_places import FIRST_PLACE, PLACE_S

FIRST_PORTION = 64
"""Messages that are looked at first; a portion is up to three times as large as the one before it."""
SPARE = 1.25
"""So many more are looked at than would do if there went on to be as much among them as until then."""
PORTION_MAX = 4_000
NUMBER, ID, CHAT, ROLE, CREATED_AT, MODEL, TITLE, PLACE, FOLDER, IS_HIDDEN, TEXT, THOUGHT = range(12)
"""The columns of a row."""

_COLUMNS = (
    "messages.id, messages.chat_id, role, messages.created_at, messages.model, chats.title,"
    " CASE WHEN chats.deleted_at NOT NULL OR messages.deleted_at NOT NULL THEN 'trash'"
    " WHEN chats.archived_at NOT NULL THEN 'archive' ELSE 'listed' END, chats.folder_id,"
    " coalesce(chats.deleted_with, 0) < 0"
)
_FOUND = (
    "(SELECT rowid AS number FROM search_index WHERE search_index MATCH ? AND rowid >= ? AND rowid < ?"
    " ORDER BY rowid DESC LIMIT ?)"
)
# LEFT: what was deleted just now may still be in the index, and counts as looked at. What was changed just now, too.
_IS_NOT_GONE = "NOT EXISTS (SELECT 1 FROM search_gone WHERE search_gone.place = number)"
_BY_ID = f"LEFT JOIN messages ON messages.id = number AND {_IS_NOT_GONE}"
_BY_PLACE = (
    "LEFT JOIN search_far ON search_far.place = number"
    f" LEFT JOIN messages ON messages.id = message_id AND {_IS_NOT_GONE}"
)
_CHATS = "LEFT JOIN chats ON chats.id = messages.chat_id"


class Candidates:
    """The rows that fit, once each. `position` is where to go on."""

    def __init__(
        self,
        database: Database,
        match: str,
        matcher: Matcher,
        *,
        since: float | None = None,
        position: Position | None = None,
        with_text: bool = False,
    ) -> None:
        near, far = position if position is not None else (FIRST_PLACE, 1 << 60)
        has_far = database.row("SELECT 1 FROM search_far LIMIT 1") is not None
        # Some stand a little later than their minute.
        first = FIRST_PLACE + (0 if since is None else max(0, int(since / PLACE_S) - 1))
        reading = _Reading(database, match, matcher, with_text=with_text)
        self._near = _Side(reading, _BY_ID, 0, near, since or 0.0)
        self._far = _Side(reading, _BY_PLACE, first, far if has_far else first, 0.0)

    @property
    def position(self) -> Position:
        """Behind what was given."""
        return Position(self._near.before, self._far.before)

    @property
    def is_over(self) -> bool:
        """Nothing is left."""
        return not (self._near.rows or self._far.rows) and self._near.is_over and self._far.is_over

    @property
    def searched_to(self) -> float:
        """All that is newer than this was looked at (Unix seconds)."""
        return max(self._near.seen_to, self._far.seen_to)

    def portion(self, count: int = FIRST_PORTION) -> Iterator[Row]:
        """The next of them, perhaps none: reading goes on with the next portion. So many are looked at first.

        Those that stand by their ids end soon after `since`, the others soon after its minute.
        """
        near, far = self._near, self._far
        near.read(count)
        far.read(count)
        # What one kind has next is not known when it has no rows and is not over.
        while (near.rows or near.is_over) and (far.rows or far.is_over) and (near.rows or far.rows):
            is_near = not far.rows or (bool(near.rows) and _moment(near.rows[0]) > _moment(far.rows[0]))
            yield (near if is_near else far).rows.popleft()


@dataclass(frozen=True, slots=True)
class _Portion:
    """What was looked at."""

    rows: list[Row]
    """Those that fit, the newest first."""
    count: int
    last: int
    """The number of the oldest."""
    seen_to: float


class _Reading:
    """How rows of either kind are read."""

    def __init__(self, database: Database, match: str, matcher: Matcher, *, with_text: bool) -> None:
        self._database = database
        self._match = match
        self._matcher = matcher
        self._with_text = with_text

    def portion(self, joined: str, first: int, before: int, count: int) -> _Portion:
        """Look at the newest so many of these."""
        place = (first, before, count)
        if self._matcher.is_literal:
            # Only their texts, as they are stored: most have the words, but not the phrase.
            columns = "number, messages.id, messages.created_at, text, reasoning"
            seen = self._newest(columns, joined, place, in_bytes=True)
            return _portion(self._with_phrases(seen), seen, 2)
        text = "text, reasoning" if self._with_text or count <= FIRST_PORTION else "NULL, NULL"
        seen = self._newest(f"number, {_COLUMNS}, {text}", f"{joined} {_CHATS}", place)
        return _portion([row for row in seen if row[ID] is not None], seen, CREATED_AT)

    def _newest(self, columns: str, joined: str, place: tuple[int, int, int], *, in_bytes: bool = False) -> list[Row]:
        """The newest first; what is gone has no id."""
        sql = f"SELECT {columns} FROM {_FOUND} {joined}"  # noqa: S608  (constants)
        rows = self._database.rows(sql, (self._match, *place), in_bytes=in_bytes)
        rows.sort(key=itemgetter(NUMBER), reverse=True)
        return rows

    def _with_phrases(self, seen: list[Row]) -> list[Row]:
        matcher = self._matcher
        found = {}
        for number, message_id, _, *stored in seen:
            if message_id is not None and matcher.may_fit(stored):
                texts = [text.decode("utf-8", "replace") for text in stored]
                if matcher.fits(texts):
                    found[message_id] = (number, texts)
        marks = ", ".join("?" * len(found))
        sql = f"SELECT {_COLUMNS} FROM messages {_CHATS} WHERE messages.id IN ({marks})"  # noqa: S608  (marks)
        others = {row[0]: row for row in self._database.rows(sql, tuple(found))} if found else {}
        return [(number, *others[each], *texts) for each, (number, texts) in found.items() if each in others]


def _portion(rows: list[Row], seen: list[Row], time_column: int) -> _Portion:
    times = [row[time_column] for row in reversed(seen) if row[1] is not None]
    return _Portion(rows, len(seen), seen[-1][NUMBER] if seen else 0, times[0] if times else float("inf"))


class _Side:
    """The rows of one kind, without those that lack a phrase. With `since` their times ascend with their numbers."""

    def __init__(self, reading: _Reading, joined: str, first: int, before: int, since: float) -> None:
        self._reading = reading
        self._joined = joined
        self._first = first
        self._before = before
        self._since = since
        self._portion = self._looked_at = self._found = 0
        self._seen_to = float("inf")
        self.rows: deque[Row] = deque()
        self.is_over = before <= first

    @property
    def before(self) -> int:
        """All rows from this number on have been taken."""
        return self.rows[0][NUMBER] + 1 if self.rows else self._first if self.is_over else self._before

    @property
    def seen_to(self) -> float:
        """What is newer than this has been taken."""
        return self.rows[0][CREATED_AT] if self.rows else float("-inf") if self.is_over else self._seen_to

    def read(self, count: int) -> None:
        """Look at one more portion when all rows of the one before have been taken."""
        if self.rows or self.is_over:
            return
        self._portion = min(self._next(count), PORTION_MAX)
        seen = self._reading.portion(self._joined, self._first, self._before, self._portion)
        self.rows.extend(seen.rows)
        self._looked_at += seen.count
        self._found += len(seen.rows)
        if seen.count:
            self._before = seen.last
            self._seen_to = min(self._seen_to, seen.seen_to)
        self.is_over = seen.count < self._portion or self._seen_to < self._since

    def _next(self, count: int) -> int:
        """How many to look at now, when so many are wanted: many when that was not enough, for not all rows count."""
        if not self._portion:
            return count
        if self._found >= count:
            return self._portion * 3
        enough = SPARE * (count - self._found) * self._looked_at / max(self._found, 1)
        return min(self._portion * 3, max(count, round(enough)))


def _moment(row: Row) -> tuple[float, int]:
    return row[CREATED_AT], row[ID]
