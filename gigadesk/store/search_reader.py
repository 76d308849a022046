"""Finds messages, titles and files: reads only, on a connection of its own, in a thread of its own if it must."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gigadesk.chat import ChatId, MessageId
from gigadesk.search.documents import Feature
from gigadesk.search.hits import Hit, HitKind, Place, Position, Results, Tally, Vocabulary
from gigadesk.search.matching import Matcher, Spot
from gigadesk.search.query import Query, Term
from gigadesk.search.snippets import LEAD_CHARS, SNIPPET_CHARS, snippet
from gigadesk.store.database import Database, Row
from gigadesk.store.rows import role_from, time_from
from gigadesk.store.search_candidates import CHAT, CREATED_AT, FIRST_PORTION, PORTION_MAX, Candidates
from gigadesk.store.search_match import match_of, names_match_of
from gigadesk.store.search_ranking import best_of
from gigadesk.store.search_words import WordTable

TALLY_MAX = 10_000
NAMES_MAX = 4
"""Titles, and files, that are shown above the messages."""
RANKED_OFTEN = 200
RANKED_NEWEST = 250
"""Messages that are weighed against each other: ranking all that have a common word would take a second."""
SNIPPET_SPOTS = 24


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

    def newest(self, query: Query, count: int, before: Position | None, limit_s: float) -> Results:
        """The newest messages that fit, up to `count`, older than the position `before`.

        When the time is over, what was found until then, with the position to go on from.
        """
        end = time.perf_counter() + limit_s
        matcher, scope = Matcher(query), self._scope(query)
        candidates = self._candidates(query, matcher, before)
        hits: list[Hit] = []
        while True:
            for row in self._portion(candidates):
                if self._fits(row, query, scope):
                    hits.append(self._hit(row, matcher))
                    if len(hits) == count:
                        return Results(tuple(hits), candidates.position, row[CREATED_AT])
            if candidates.is_over:
                return Results(tuple(hits), None)
            if time.perf_counter() >= end:
                return Results(tuple(hits), candidates.position, candidates.searched_to)

    def best(self, query: Query, count: int) -> Results:
        """The messages that are most about it, the best first: of those that have its words often, and of the newest.

        `next_place` is given when there are messages which were not weighed; there is no going on.
        """
        matcher, scope = Matcher(query), self._scope(query)
        candidates = self._candidates(query, matcher, is_often=True, with_text=True)
        often = list(islice(self._portion(candidates, RANKED_OFTEN), RANKED_OFTEN))
        candidates = self._candidates(query, matcher, with_text=True)
        newest = list(islice(self._portion(candidates, RANKED_NEWEST), RANKED_NEWEST))
        rows = {row[0]: row for row in (*newest, *often) if self._fits(row, query, scope)}
        ranked = best_of(list(rows.values()), matcher, count)
        hits = tuple(self._hit(row, matcher) for row in ranked)
        return Results(hits, candidates.position if len(newest) == RANKED_NEWEST else None)

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
        matcher, scope = Matcher(query), self._scope(query)
        candidates = self._candidates(query, matcher)
        count, chats = 0, set()
        while True:
            for row in self._portion(candidates, PORTION_MAX):
                if self._fits(row, query, scope):
                    count += 1
                    chats.add(row[CHAT])
            if candidates.is_over:
                return Tally(count, len(chats), is_more=False)
            if count >= TALLY_MAX or time.perf_counter() >= end:
                return Tally(count, len(chats), is_more=True)

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

    def _candidates(
        self,
        query: Query,
        matcher: Matcher,
        position: Position | None = None,
        *,
        is_often: bool = False,
        with_text: bool = False,
    ) -> Candidates:
        match = match_of(query, self._words, often=is_often)
        return Candidates(self._database, match, matcher, since=query.since, position=position, with_text=with_text)

    def _portion(self, candidates: Candidates, count: int = FIRST_PORTION) -> Iterator[Row]:
        if self._is_stopped:
            raise InterruptedError
        return candidates.portion(count)

    @staticmethod
    def _fits(row: Row, query: Query, scope: _Scope) -> bool:
        return (
            scope.has(row)
            and (query.since is None or row[CREATED_AT] >= query.since)
            and (query.until is None or row[CREATED_AT] < query.until)
        )

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
            role_from(row[3]),
            time_from(row[4]),
            shown,
            marks,
            Place(row[7]),
            row[5],
        )

    def _name_hits(self, kind: HitKind, rows: Sequence[Row], matcher: Matcher, scope: _Scope) -> list[Hit]:
        hits = []
        for row in rows:
            if scope.has(row) and (not matcher.is_literal or matcher.fits((row[10],))):
                name = " ".join(row[10].split())
                message_id = MessageId(row[1]) if row[1] is not None else None
                role = role_from(row[3]) if row[3] is not None else None
                marks, at, preview = tuple(matcher.spots(name)), time_from(row[4]), self._preview(row)
                hit = Hit(kind, ChatId(row[2]), message_id, row[6], role, at, name, marks, Place(row[7]), "", preview)
                hits.append(hit)
                if len(hits) == NAMES_MAX:
                    break
        return hits

    def _preview(self, row: Row) -> str:
        where, number = ("id = ?", row[1])
        if row[1] is None:
            where, number = "id = (SELECT leaf_id FROM chats WHERE id = ?)", row[2]
        sql = f"SELECT substr(text, 1, ?) FROM messages WHERE {where}"  # noqa: S608  (constants)
        rows = self._database.rows(sql, (SNIPPET_CHARS, number))
        return snippet(rows[0][0], ())[0] if rows else ""

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
