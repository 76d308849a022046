"""Which messages are most about a query. Weighs what it is given."""

from collections.abc import Sequence
from itertools import pairwise
from math import log2

from gigadesk.chat import Role
from gigadesk.search.matching import Matcher
from gigadesk.store.database import Row

SPOTS_MAX = 30
READ_CHARS = 4_000
NEAR_CHARS = 60
"""Different words that are so near each other belong together."""
YEAR_S = 365 * 86_400.0


def best_of(rows: Sequence[Row], matcher: Matcher, count: int) -> list[Row]:
    """The best `count` of these rows (see `SearchReader`), the best first."""
    newest = max((row[4] for row in rows), default=0.0)
    weighed = [(_weight(row, matcher) - 0.3 * min((newest - row[4]) / YEAR_S, 3.0), row[0], row) for row in rows]
    weighed.sort(key=lambda each: each[:2], reverse=True)
    return [row for _, _, row in weighed[:count]]


def _weight(row: Row, matcher: Matcher) -> float:
    text = row[10][:READ_CHARS]
    found = matcher.numbered_spots(text, SPOTS_MAX)
    counts: dict[int, int] = {}
    for _, number in found:
        counts[number] = counts.get(number, 0) + 1
    # The more often the better, but less and less so; a long text has more of everything.
    length = 0.6 + 0.4 * len(row[10]) / 1500
    weight = sum(2.2 * times / (times + 1.2 * length) for times in counts.values())
    if len(counts) > 1:
        ordered = sorted(found)
        gaps = [later[0][0] - earlier[0][1] for earlier, later in pairwise(ordered) if earlier[1] != later[1]]
        nearest = min(gaps, default=NEAR_CHARS)
        weight += max(0.0, 1.0 - max(nearest, 0) / NEAR_CHARS) * log2(1 + len(counts))
    title = matcher.spots(row[6], 8)
    weight += 0.8 if title else 0.0
    if found and found[0][0][0] < 200:
        weight += 0.2
    return weight + (0.1 if row[3] == Role.USER else 0.0)
