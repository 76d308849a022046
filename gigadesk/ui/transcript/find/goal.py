"""The way to the next place from where the reader is. Pure."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gigadesk.ui.transcript.find.places import Hit, Known

if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.scan import Scan


class Outcome(StrEnum):
    """What else than a place may come of looking for the next one."""

    UNKNOWN_YET = "unknown_yet"
    """More must be searched first."""
    NOWHERE = "nowhere"


@dataclass(slots=True)
class Goal:
    """Where the next place is looked for."""

    direction: int
    index: int
    after: Hit | None
    """Within the message at `index`; None for all of it."""
    includes: bool
    """`after` itself will do."""
    tells: bool
    """The reader asked for a step, and is told when it goes on at the other end."""
    has_wrapped: bool = False
    passed: int = 0

    def seek(self, scan: "Scan", *, has_ended: bool) -> Hit | Outcome:
        """Go on as far as is known what there is; the place is in the message at `index`.

        `has_ended`: nothing more will be known of messages of which nothing is known.
        """
        while self.passed <= scan.size:
            if not self.index < scan.size or (scan.known(self.index) is Known.NOTHING and not has_ended):
                return Outcome.UNKNOWN_YET if scan.size else Outcome.NOWHERE
            if scan.counts[self.index]:
                hits = scan.hits(self.index)
                if hits is None:
                    scan.want(self.index)
                    return Outcome.UNKNOWN_YET
                hit = self._next_in(hits)
                if hit is not None:
                    return hit
            self.index += self.direction
            self.after = None
            self.passed += 1
            if not 0 <= self.index < scan.size:
                self.index %= scan.size
                self.has_wrapped = True
        return Outcome.NOWHERE

    def _next_in(self, hits: list[Hit]) -> Hit | None:
        if self.after is None:
            place = 0 if self.direction > 0 else len(hits) - 1
        elif self.direction > 0:
            place = (bisect_left if self.includes else bisect_right)(hits, self.after)
        else:
            place = bisect_left(hits, self.after) - 1
        return hits[place] if 0 <= place < len(hits) else None
