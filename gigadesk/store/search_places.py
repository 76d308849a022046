"""Where messages stand in the index of the search whose times say else than their ids: by minute, the newest last."""

from collections.abc import Iterable, Sequence

from gigadesk.chat import MessageId
from gigadesk.store.database import Database

FIRST_PLACE = 1 << 41
"""All ids are smaller: what is as great is a place."""
FINE_FROM = 200_000
"""Rows from this one on have the finer terms for pairs of words (`search.pairs`): in a small library the words take so
much of the index that there is no room for them, and few texts share a term."""
PLACE_S = 60.0
"""Seconds between two places. Two messages in one minute take one place after the other."""

Moment = tuple[float, MessageId]
"""When a message was made, and its id: what is greater is newer."""


def is_fine(place: int) -> bool:
    """Whether a row has the finer terms."""
    return place >= FINE_FROM


def fine_share(messages: float) -> float:
    """The part of so many messages that has them."""
    return max(0.0, 1 - FINE_FROM / max(messages, 1.0))


class PlaceTable:
    """Gives places. All inside one transaction of the caller; places that are given are in `search_far` at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last_place: dict[tuple[int, int], int] = {}

    def give(self, moments: Sequence[Moment]) -> dict[MessageId, int]:
        """A place for each of these messages, so that those of one minute keep their order."""
        ordered = sorted(moments)
        given: dict[MessageId, int] = {}
        taken = self._taken({_place(each[0]) for each in ordered})
        # Away from what is there already, so that none of them stands in the way of another.
        older = [each for each in ordered if _place(each[0]) in taken and not taken[_place(each[0])] < each]
        for each in (*reversed(older), *(each for each in ordered if taken.get(_place(each[0]), each) < each)):
            self._give_free(each, given)
        # Nearly always that is all: the others have their minute for themselves, or share it with each other.
        wishes: dict[int, Moment] = {}
        last = 0
        for each in ordered:
            if each[1] not in given:
                last = max(_place(each[0]), last + 1)
                wishes[last] = each
        crowded = self._taken(wishes)
        rows = [(place, each[1]) for place, each in wishes.items() if place not in crowded]
        self._database.execute_many("INSERT INTO search_far VALUES (?, ?)", rows)
        given.update((message_id, place) for place, message_id in rows)
        for place in sorted(crowded):
            self._give_free(wishes[place], given)
        return given

    def _taken(self, places: Iterable[int]) -> dict[int, Moment]:
        wanted = tuple(places)
        marks = ", ".join("?" * len(wanted))
        rows = self._database.rows(
            "SELECT place, created_at, messages.id FROM search_far JOIN messages ON messages.id = message_id"  # noqa: S608
            f" WHERE place IN ({marks})",
            wanted,
        )
        return {place: (created_at, message_id) for place, created_at, message_id in rows}

    def _give_free(self, moment: Moment, given: dict[MessageId, int]) -> None:
        place = self._free(moment)
        self._database.execute("INSERT INTO search_far VALUES (?, ?)", (place, moment[1]))
        given[moment[1]] = place

    def _free(self, moment: Moment) -> int:
        """The place of this time; if another message has it, the next free one on the right side of that."""
        wanted = _place(moment[0])
        holder = self._taken((wanted,)).get(wanted)
        if holder is None:
            return wanted
        step = 1 if holder < moment else -1
        # Many messages of one minute are taken up one after the other: begin behind the last.
        start = self._last_place.get((wanted, step), wanted)
        order, side = ("ASC", ">=") if step > 0 else ("DESC", "<=")
        row = self._database.row(
            f"SELECT place + ({step}) FROM search_far AS taken WHERE place {side} ?"  # noqa: S608  (numbers)
            f" AND NOT EXISTS (SELECT 1 FROM search_far WHERE place = taken.place + ({step}))"
            f" ORDER BY place {order} LIMIT 1",
            (start,),
        )
        place = int(row[0]) if row is not None else start
        self._last_place = {(wanted, step): place}
        return place


def _place(created_at: float) -> int:
    return FIRST_PLACE + max(1 << 20, min(int(created_at / PLACE_S), 1 << 40))
