"""Which messages stand in the index of the search by their ids: those whose times ascend with their ids."""

from collections.abc import Iterator, Sequence

from gigadesk.chat import MessageId
from gigadesk.search.documents import ROLE_MARKS
from gigadesk.store.database import Database
from gigadesk.store.search_places import FIRST_PLACE, Moment

FIRST_LOOK = 64
"""So many ids back, then twice as many and so on, it is seen whether what waits there is older, as it should be: else
an old message would keep all before it from standing by their ids."""
_ANY = " OR ".join(f'"{mark}"' for mark in ROLE_MARKS.values())
"""Every message has one of these."""

_Row = tuple[MessageId, float]


class NearRows:
    """Chooses so that times and ids of all that stand in the index by their ids ascend. Inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def choose(self, moments: Sequence[Moment], now: float) -> list[MessageId]:
        """Those of these messages, which are not in the index yet, that can stand by their ids, ascending."""
        chosen: list[MessageId] = []
        for run, oldest in self._runs(sorted((message_id, created_at) for created_at, message_id in moments), now):
            ceiling = min(now, self._time_above(run[-1][0]))
            last = oldest
            for message_id, created_at in run:
                if last <= created_at <= ceiling and message_id < FIRST_PLACE:
                    chosen.append(message_id)
                    last = created_at
        return chosen

    def _runs(self, moments: list[_Row], now: float) -> Iterator[tuple[list[_Row], float]]:
        """Those with nothing of the index between them, each run with the time of what is before it."""
        run: list[_Row] = []
        oldest = 0.0
        for number, moment in enumerate(moments):
            if not number:
                oldest = max(self._time_below(moment[0]), self._time_of_waiting(moment[0], now))
            elif moment[0] - run[-1][0] > 1 and (below := self._row_below(moment[0])) > run[-1][0]:
                yield run, oldest
                run, oldest = [], self._time_of(below, float("inf"))
            run.append(moment)
        if run:
            yield run, oldest

    def _time_above(self, message_id: MessageId) -> float:
        row = self._database.row(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid > ? AND rowid < ?"
            " ORDER BY rowid LIMIT 1",
            (_ANY, message_id, FIRST_PLACE),
        )
        return self._time_of(row[0], 0.0) if row is not None else float("inf")

    def _time_below(self, message_id: MessageId) -> float:
        below = self._row_below(message_id)
        return self._time_of(below, float("inf")) if below else 0.0

    def _row_below(self, message_id: MessageId) -> int:
        """0 when there is none."""
        row = self._database.row(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT 1",
            (_ANY, message_id),
        )
        return int(row[0]) if row is not None else 0

    def _time_of(self, message_id: int, otherwise: float) -> float:
        row = self._database.row("SELECT created_at FROM messages WHERE id = ?", (message_id,))
        return float(row[0]) if row is not None else otherwise

    def _time_of_waiting(self, message_id: MessageId, now: float) -> float:
        """The newest of some that are before a message."""
        ids, back = [], FIRST_LOOK
        while back < message_id:
            ids.append(message_id - back)
            back *= 2
        marks = ", ".join("?" * len(ids))
        [(newest,)] = self._database.rows(
            f"SELECT coalesce(max(created_at), 0.0) FROM messages WHERE id IN ({marks}) AND created_at <= ?",  # noqa: S608
            (*ids, now),
        )
        return float(newest)
