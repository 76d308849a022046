"""Two texts beside each other: which lines and words differ. Pure, and bounded for whatever the texts are.

Lines are matched first, then the words of lines that became others. What is matched is looked for by what both
sides have once (patience), then by the shortest edit (Myers), with a budget of steps: when it is used up, the rest of
a place counts as wholly different. So the time grows with the length, never with its square.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Protocol

STEPS_MAX = 150_000
"""Of the search for shortest edits in one comparison; some hundredths of a second."""
EDITS_MAX = 300
"""The longest edit that is searched for in one place; the memory is its square."""
PAIRED_LINES_MAX = 40
"""On each side of a place in which lines that belong together are looked for."""
NEARBY_LINES = 8
"""So far ahead a partner is looked for where there are more lines than that."""
NEARBY_COMPARED_MAX = 2_000
SIMILAR_SHARE = 0.35
"""Of the letters that two lines must have in common to be one line that was changed."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Change(StrEnum):
    """Which side has a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    """Only the left one."""
    ADDED = "added"
    """Only the right one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a line."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line on one side or on both."""

    pieces: tuple[Piece, ...]
    has_left: bool = True
    has_right: bool = True

    @property
    def left(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.change is not Change.ADDED)

    @property
    def right(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.change is not Change.REMOVED)

    @property
    def is_changed(self) -> bool:
        """Whether the sides differ here."""
        return not (self.has_left and self.has_right) or any(piece.change is not Change.SAME for piece in self.pieces)


def compare(left: str, right: str) -> list[Row]:
    """Both texts, line by line. The lines that a side has give its text again."""
    return compare_lines(left.split("\n"), right.split("\n"))


def compare_lines(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """The same for lines, or for whatever else follows each other, as texts."""
    budget = _Budget(STEPS_MAX)
    rows: list[Row] = []
    for i1, i2, j1, j2, is_same in _places(before, after, budget):
        if is_same:
            rows.extend(map(_same, before[i1:i2]))
        else:
            rows.extend(_changed(before[i1:i2], after[j1:j2], budget))
    return rows


class Comparable(Protocol):
    """A row of whatever was compared."""

    @property
    def is_changed(self) -> bool: ...


def differences(rows: Sequence[Comparable]) -> list[tuple[int, int]]:
    """Where rows that differ stand together: first and last of each such place."""
    changed = [number for number, row in enumerate(rows) if row.is_changed]
    starts = [number for place, number in enumerate(changed) if not place or changed[place - 1] != number - 1]
    ends = [number for place, number in enumerate(changed) if changed[place + 1 : place + 2] != [number + 1]]
    return list(zip(starts, ends, strict=True))


class _Budget:
    def __init__(self, steps: int) -> None:
        self.left = steps


def _changed(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[Row]:
    """Rows for lines that differ: those that are alike stand beside each other."""
    i = j = 0
    for next_i, next_j in (*_alike(before, after), (len(before), len(after))):
        while i < next_i and j < next_j and before[i] == after[j]:
            yield _same(before[i])
            i, j = i + 1, j + 1
        yield from (_lone(line, Change.REMOVED) for line in before[i:next_i])
        yield from (_lone(line, Change.ADDED) for line in after[j:next_j])
        if next_i < len(before) and next_j < len(after):
            yield Row(tuple(_pieces(before[next_i], after[next_j], budget)))
        i, j = next_i + 1, next_j + 1


def _same(line: str) -> Row:
    return Row((Piece(Change.SAME, line),) if line else ())


def _lone(line: str, change: Change) -> Row:
    pieces = (Piece(change, line),) if line else ()
    return Row(pieces, has_left=change is Change.REMOVED, has_right=change is Change.ADDED)


def _alike(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of lines, in order on both sides, that have the most in common."""
    if len(before) == len(after) == 1:
        return [(0, 0)]
    if max(len(before), len(after)) > PAIRED_LINES_MAX:
        return _alike_nearby(before, after)
    bags = [[_bag(line) for line in lines] for lines in (before, after)]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    scores = [[_similarity(one, other) for other in bags[1]] for one in bags[0]]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] >= SIMILAR_SHARE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < len(before) and j < len(after):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _alike_nearby(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The same for many lines: each with the first that is alike of the next few."""
    pairs: list[tuple[int, int]] = []
    bags = [_bag(line) for line in after[:NEARBY_COMPARED_MAX]]
    j = compared = 0
    for i, line in enumerate(before):
        bag = _bag(line)
        for other in range(j, min(j + NEARBY_LINES, len(bags))) if bag else ():
            compared += 1
            if _similarity(bag, bags[other]) >= SIMILAR_SHARE:
                pairs.append((i, other))
                j = other + 1
                break
        if compared > NEARBY_COMPARED_MAX:
            break
    return pairs


def _bag(line: str) -> Counter[str]:
    return Counter(token for token in _TOKEN.findall(line[:2000]) if not token.isspace())


def _similarity(one: Counter[str], other: Counter[str]) -> float:
    """The share of letters that both have, 0 to 1."""
    common = sum(len(token) * count for token, count in (one & other).items())
    both = sum(len(token) * count for bag in (one, other) for token, count in bag.items())
    return 2 * common / both if both else 0.0


def _pieces(before: str, after: str, budget: _Budget) -> Iterator[Piece]:
    """One line that became another, by words."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Piece] = []
    for i1, i2, j1, j2, is_same in _places(old, new, budget):
        if is_same:
            found.append(Piece(Change.SAME, "".join(old[i1:i2])))
        else:
            found += [Piece(Change.REMOVED, "".join(old[i1:i2])), Piece(Change.ADDED, "".join(new[j1:j2]))]
    same = sum(len(piece.text.strip()) for piece in found if piece.change is Change.SAME)
    if 2 * same < SIMILAR_SHARE * (len(before) + len(after)) / 2:
        # A few common words in lines that say something else: the marks would be confetti.
        found = [Piece(Change.REMOVED, before), Piece(Change.ADDED, after)]
    yield from (piece for piece in _calm(found) if piece.text)


def _calm(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Without lone spaces between changed words: they are taken as changed, too."""
    spread: list[Piece] = []
    for place, piece in enumerate(pieces):
        is_between = 0 < place < len(pieces) - 1
        if piece.change is Change.SAME and piece.text.isspace() and is_between:
            spread += [Piece(Change.REMOVED, piece.text), Piece(Change.ADDED, piece.text)]
        else:
            spread.append(piece)
    for is_same, group in groupby(spread, lambda piece: piece.change is Change.SAME):
        run = list(group)
        for change in (Change.SAME,) if is_same else (Change.REMOVED, Change.ADDED):
            yield Piece(change, "".join(piece.text for piece in run if piece.change is change))


_Place = tuple[int, int, int, int, bool]


def _places(before: Sequence[Hashable], after: Sequence[Hashable], budget: _Budget) -> Iterator[_Place]:
    """Stretches that both sides have, and between them those in which they differ."""
    i = j = 0
    for start_i, start_j, length in (*_matches(before, after, budget), (len(before), len(after), 0)):
        if start_i > i or start_j > j:
            yield i, start_i, j, start_j, False
        if length:
            yield start_i, start_i + length, start_j, start_j + length, True
        i, j = start_i + length, start_j + length


def _matches(before: Sequence[Hashable], after: Sequence[Hashable], budget: _Budget) -> list[tuple[int, int, int]]:
    """Equal stretches, in order on both sides: where they begin, and how long they are."""
    found: list[tuple[int, int, int]] = []
    open_ranges = [(0, len(before), 0, len(after))]
    while open_ranges:
        i1, i2, j1, j2 = open_ranges.pop()
        start = i1
        while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
            i1, j1 = i1 + 1, j1 + 1
        if i1 > start:
            found.append((start, j1 - (i1 - start), i1 - start))
        end = i2
        while i1 < i2 and j1 < j2 and before[i2 - 1] == after[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
        if end > i2:
            found.append((i2, j2, end - i2))
        if i1 == i2 or j1 == j2:
            continue
        anchors = _anchors(before[i1:i2], after[j1:j2])
        if anchors:
            corners = [(i1 - 1, j1 - 1), *((i1 + i, j1 + j) for i, j in anchors), (i2, j2)]
            found.extend((i, j, 1) for i, j in corners[1:-1])
            open_ranges.extend((a + 1, c, b + 1, d) for (a, b), (c, d) in pairwise(corners))
        else:
            found.extend((i1 + i, j1 + j, 1) for i, j in _shortest(before[i1:i2], after[j1:j2], budget))
    return _joined(sorted(found))


def _joined(matches: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for i, j, length in matches:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (i, j):
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((i, j, length))
    return joined


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """What both sides have exactly once, as far as it comes in the same order: the longest such row."""
    counts_before, counts_after = Counter(before), Counter(after)
    places = {item: place for place, item in enumerate(after) if counts_after[item] == 1}
    pairs = [(i, places[item]) for i, item in enumerate(before) if counts_before[item] == 1 and item in places]
    # The longest rising row of places on the right side.
    ends: list[int] = []
    last: list[int] = []
    link: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        link.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(j)
            last.append(number)
        else:
            ends[length], last[length] = j, number
    row: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = link[number]
    return row[::-1]


def _shortest(before: Sequence[Hashable], after: Sequence[Hashable], budget: _Budget) -> list[tuple[int, int]]:
    """The pairs that a shortest edit keeps (Myers); none when the edit is too long or the budget is used up."""
    n, m = len(before), len(after)
    furthest = {1: 0}
    history: list[dict[int, int]] = []
    for edits in range(min(n + m, EDITS_MAX) + 1):
        history.append(dict(furthest))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            i = furthest[k + 1] if down else furthest[k - 1] + 1
            start = i
            while i < n and i - k < m and before[i] == after[i - k]:
                i += 1
            furthest[k] = i
            budget.left -= 1 + i - start
            if i >= n and i - k >= m:
                return _kept(history, k, i)
        if budget.left < 0:
            return []
    return []


def _kept(history: Sequence[dict[int, int]], k: int, i: int) -> list[tuple[int, int]]:
    """Back along the edit: the steps in which both sides went on."""
    kept: list[tuple[int, int]] = []
    for edits in range(len(history) - 1, -1, -1):
        furthest = history[edits]
        down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
        before_k = k + 1 if down else k - 1
        before_i = furthest[before_k] if edits else 0
        begin = (before_i if down else before_i + 1) if edits else 0
        kept.extend((step, step - k) for step in range(i - 1, begin - 1, -1))
        k, i = before_k, before_i
    return kept[::-1]
