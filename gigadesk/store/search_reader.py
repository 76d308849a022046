"""Finds messages, titles and files: reads only, on a connection of its own, in a thread of its own if it must."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from gigadesk.chat import ChatId, MessageId, Role
from gigadesk.search.documents import Feature
from gigadesk.search.hits import Hit, HitKind, Place, Results, Tally, Vocabulary
from gigadesk.search.matching import Matcher, Spot
from gigadesk.search.query import Query, Term
from gigadesk.search.snippets import LEAD_CHARS, SNIPPET_CHARS, snippet
from gigadesk.store.database import Database, Row
from gigadesk.store.search_match import match_of, names_match_of
from gigadesk.store.search_places import PLACE_S
from gigadesk.store.search_ranking import best_of
from gigadesk.store.search_words import WordTable

FIRST_PORTION = 96
"""Places that are looked at first; each portion is three times as large as the one before it."""
PORTION_MAX = 4_000
TALLY_MAX = 10_000
NAMES_MAX = 4
"""Titles, and files, that are shown above the messages."""
RANKED_OFTEN = 200
RANKED_NEWEST = 250
"""Messages that are weighed against each other: ranking all that have a common word would take a second."""
SNIPPET_SPOTS = 24

_COLUMNS = (
    "search_rows.place, messages.id, messages.chat_id, role, messages.created_at, messages.model, chats.title,"
    " CASE WHEN chats.deleted_at NOT NULL OR messages.deleted_at NOT NULL THEN 'trash'"
    " WHEN chats.archived_at NOT NULL THEN 'archive' ELSE 'listed' END, chats.folder_id,"
    " coalesce(chats.deleted_with, 0) < 0"
)
_JOINED = (
    "CROSS JOIN search_rows ON search_rows.place = found.place"
    " CROSS JOIN messages ON messages.id = search_rows.message_id CROSS JOIN chats ON chats.id = messages.chat_id"
)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which chats are meant."""

    places: frozenset[Place]
    chats: frozenset[int] | None
    folders: frozenset[int] | None

    def has(self, row: Row) -> bool:
        return (
            row[7] in self.places
            and not row[9]
            and (self.chats is None or row[2] in self.chats)
            and (self.folders is None or row[8] in self.folders)
        )


class SearchReader:
    """Answers queries. One call at a time; another thread may `interrupt` it."""

    def __init__(self, database: Database, *, is_own: bool) -> None:
        self._database = database
        self._is_own = is_own
        self._words = WordTable(database)
        self._is_stopped = False

    @property
    def is_threaded(self) -> bool:
        """Whether calls may come from another thread."""
        return self._is_own

    def interrupt(self) -> None:
        """End what runs: it raises `InterruptedError`. So does all that comes before `resume`."""
        self._is_stopped = True
        if self._is_own:
            self._database.interrupt()

    def resume(self) -> None:
        """Answer again."""
        self._is_stopped = False

    def close(self) -> None:
        if self._is_own:
            self._database.close_reader()

    def newest(self, query: Query, count: int, before: int | None, limit_s: float) -> Results:
        """The newest messages that fit, up to `count`, older than the place `before`.

        When the time is over, what was found until then, with the place to go on from.
        """
        end = time.perf_counter() + limit_s
        matcher, scope, match = Matcher(query), self._scope(query), match_of(query, self._words)
        first, last = _places(query)
        if before is not None:
            last = min(last, before)
        hits: list[Hit] = []
        portion = FIRST_PORTION
        while True:
            rows = self._rows(match, first, last, portion, with_text=matcher.has_phrases)
            for row in rows:
                if self._fits(row, query, matcher, scope):
                    hits.append(self._hit(row, matcher))
                    if len(hits) == count:
                        return Results(tuple(hits), row[0], row[4])
            if len(rows) < portion:
                return Results(tuple(hits), None)
            last = rows[-1][0]
            if time.perf_counter() >= end:
                return Results(tuple(hits), last, rows[-1][4])
            portion = min(portion * 3, PORTION_MAX)

    def best(self, query: Query, count: int) -> Results:
        """The messages that are most about it, the best first: of those that have its words often, and of the newest.

        `next_place` is given when there are messages which were not weighed; there is no going on.
        """
        matcher, scope = Matcher(query), self._scope(query)
        first, last = _places(query)
        often = self._rows(match_of(query, self._words, often=True), first, last, RANKED_OFTEN, with_text=True)
        newest = self._rows(match_of(query, self._words), first, last, RANKED_NEWEST, with_text=True)
        rows = {row[0]: row for row in (*newest, *often) if self._fits(row, query, matcher, scope)}
        ranked = best_of(list(rows.values()), matcher, count)
        is_more = len(newest) == RANKED_NEWEST
        hits = tuple(self._hit(row, matcher) for row in ranked)
        return Results(hits, newest[-1][0] if is_more else None)

    def names(self, query: Query) -> tuple[Hit, ...]:
        """Titles of chats and names of files that fit, a few, the newest first."""
        if not query.terms or query.role is not None or query.models or query.excluded:
            return ()
        wants_files = set(query.features) <= {Feature.FILE}
        wants_titles = not query.features and query.since is None and query.until is None
        match, matcher, scope = names_match_of(query.terms), Matcher(query), self._scope(query)
        hits: list[Hit] = []
        if wants_titles:
            rows = self._database.rows(
                "SELECT 0, NULL, chats.id, NULL, updated_at, '', title,"
                " CASE WHEN deleted_at NOT NULL THEN 'trash'"
                " WHEN archived_at NOT NULL THEN 'archive' ELSE 'listed' END,"
                " folder_id, coalesce(deleted_with, 0) < 0, title"
                " FROM (SELECT rowid AS number FROM search_names WHERE search_names MATCH ? AND rowid % 2 = 0"
                " ORDER BY rowid DESC LIMIT 500) CROSS JOIN chats ON chats.id = number / 2 ORDER BY updated_at DESC",
                (match,),
            )
            hits.extend(self._name_hits(HitKind.TITLE, rows, matcher, scope))
        if wants_files:
            rows = self._database.rows(
                "SELECT 0, messages.id, messages.chat_id, role, messages.created_at, messages.model, title,"
                " CASE WHEN chats.deleted_at NOT NULL OR messages.deleted_at NOT NULL THEN 'trash'"
                " WHEN archived_at NOT NULL THEN 'archive' ELSE 'listed' END,"
                " folder_id, coalesce(chats.deleted_with, 0) < 0, files.name"
                " FROM (SELECT rowid AS number FROM search_names WHERE search_names MATCH ? AND rowid % 2 = 1"
                " ORDER BY rowid DESC LIMIT 500) CROSS JOIN files ON files.id = number / 2"
                " CROSS JOIN messages ON messages.id = files.message_id CROSS JOIN chats ON chats.id = messages.chat_id"
                " WHERE messages.created_at >= ? AND messages.created_at < ?",
                (match, query.since or 0.0, query.until or float("inf")),
            )
            hits.extend(self._name_hits(HitKind.FILE, rows, matcher, scope))
        return tuple(hits)

    def tally(self, query: Query, limit_s: float) -> Tally:
        """How many messages fit, and in how many chats."""
        end = time.perf_counter() + limit_s
        matcher, scope, match = Matcher(query), self._scope(query), match_of(query, self._words)
        first, last = _places(query)
        count, chats = 0, set()
        while True:
            rows = self._rows(match, first, last, PORTION_MAX, with_text=matcher.has_phrases)
            for row in rows:
                if self._fits(row, query, matcher, scope):
                    count += 1
                    chats.add(row[2])
            if len(rows) < PORTION_MAX:
                return Tally(count, len(chats), is_more=False)
            if count >= TALLY_MAX or time.perf_counter() >= end:
                return Tally(count, len(chats), is_more=True)
            last = rows[-1][0]

    def vocabulary(self) -> Vocabulary:
        """What filters can be completed with."""
        models = self._database.rows(
            "SELECT DISTINCT model FROM (SELECT model FROM messages WHERE model != '' ORDER BY id DESC LIMIT 2000)"
        )
        folders = self._database.rows("SELECT name FROM folders WHERE deleted_at IS NULL ORDER BY position")
        return Vocabulary(tuple(sorted(row[0] for row in models)), tuple(row[0] for row in folders))

    @property
    def words(self) -> WordTable:
        """The words that were seen."""
        return self._words

    # Inside

    def _rows(self, match: str, first: int, last: int, count: int, *, with_text: bool) -> list[Row]:
        """The newest so many that fit the index, from the place `first` on, before `last`."""
        if self._is_stopped:
            raise InterruptedError
        text = "messages.text, messages.reasoning" if with_text else "NULL, NULL"
        rows = self._database.rows(
            f"SELECT {_COLUMNS}, {text} FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ?"  # noqa: S608
            f" AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?) AS found {_JOINED}",
            (match, first, last, count),
        )
        return sorted(rows, reverse=True)

    def _fits(self, row: Row, query: Query, matcher: Matcher, scope: _Scope) -> bool:
        if not scope.has(row):
            return False
        if query.since is not None and row[4] < query.since:
            return False
        if query.until is not None and row[4] >= query.until:
            return False
        return not matcher.has_phrases or matcher.fits((row[10], row[11]))

    def _hit(self, row: Row, matcher: Matcher) -> Hit:
        if row[10] is None:
            [(text, thought)] = self._database.rows("SELECT text, reasoning FROM messages WHERE id = ?", (row[1],))
        else:
            text, thought = row[10], row[11]
        spots = _spots(matcher, text)
        if not spots and thought:
            spots = _spots(matcher, thought)
            text = thought if spots else text
        shown, marks = snippet(text, spots)
        return Hit(
            HitKind.MESSAGE,
            ChatId(row[2]),
            MessageId(row[1]),
            row[6],
            Role(row[3]),
            row[4],
            shown,
            marks,
            Place(row[7]),
            row[5],
        )

    @staticmethod
    def _name_hits(kind: HitKind, rows: Sequence[Row], matcher: Matcher, scope: _Scope) -> list[Hit]:
        hits = []
        for row in rows:
            if scope.has(row) and (not matcher.has_phrases or matcher.fits((row[10],))):
                name = " ".join(row[10].split())
                message_id = MessageId(row[1]) if row[1] is not None else None
                role = Role(row[3]) if row[3] is not None else None
                marks = tuple(matcher.spots(name))
                hits.append(Hit(kind, ChatId(row[2]), message_id, row[6], role, row[4], name, marks, Place(row[7])))
                if len(hits) == NAMES_MAX:
                    break
        return hits

    def _scope(self, query: Query) -> _Scope:
        chats = None
        for title in query.titles:
            found = {
                row[0] // 2
                for row in self._database.rows(
                    "SELECT rowid FROM search_names WHERE search_names MATCH ? AND rowid % 2 = 0",
                    (names_match_of(_terms(title)),),
                )
            }
            chats = found if chats is None else chats & found
        folders = None
        if query.folders:
            wanted = [name.casefold() for name in query.folders]
            rows = self._database.rows("SELECT id, parent_id, name FROM folders WHERE deleted_at IS NULL")
            folders = {row[0] for row in rows if any(row[2].casefold().startswith(name) for name in wanted)}
            for _ in rows:
                inside = {row[0] for row in rows if row[1] in folders} - folders
                if not inside:
                    break
                folders |= inside
        return _Scope(
            query.places,
            None if chats is None else frozenset(chats),
            None if folders is None else frozenset(folders),
        )


def _spots(matcher: Matcher, text: str) -> list[Spot]:
    """Those that a snippet has room for."""
    first = matcher.spots(text, 1)
    if not first:
        return []
    end = min(len(text), first[0][0] + SNIPPET_CHARS)
    start = max(0, first[0][0] - LEAD_CHARS)
    return [(start + begin, start + stop) for begin, stop in matcher.spots(text[start:end], SNIPPET_SPOTS)] or first


def _terms(title: str) -> tuple[Term, ...]:
    return (Term(title, is_phrase=True),)


def _places(query: Query) -> tuple[int, int]:
    """From which place on, and before which, messages of the wanted time are. Some may stand a little later."""
    first = 0 if query.since is None else max(0, int(query.since / PLACE_S) - 1)
    return first, 1 << 60
