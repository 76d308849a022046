"""The branches of a chat as a small tree: stretches between forks, from the numbers of its messages alone. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from gigadesk.chat import MessageId


@dataclass(slots=True)
class BranchRun:
    """A stretch of a branch without a fork in it. It begins at the root or at one of several versions.

    The runs of one way follow each other in a list; what branches off where a run begins hangs below it. So a long
    chat with a fork at each question is a long list, not a deep tree.
    """

    head: MessageId
    """Its first message: what tells it from the other versions."""
    end: MessageId
    count: int
    """Messages in it."""
    version: int
    """Which of the versions its head is, from 1."""
    versions: int
    is_shown: bool
    below: list["BranchRun"] = field(default_factory=list)
    """The other versions of its head; below one of these, also what follows it on its own way."""


def branch_map(
    ids: Sequence[int],
    parents: Sequence[int],
    leaf: int | None,
    read_chosen: Callable[[Sequence[int]], Mapping[int, int]],
) -> list[BranchRun]:
    """The runs of the main way: the shown branch, and beyond it (or without one) the way that was shown last.

    `ids` ascend, `parents` has 0 for none, `read_chosen` gives which child was shown last below each fork.
    """
    stretches = _Stretches(ids, parents)
    chosen = read_chosen([parent for parent, heads in stretches.heads.items() if parent and len(heads) > 1])
    shown = stretches.heads_above(leaf) if leaf else set()
    top: list[BranchRun] = []
    # Ways that are still to be walked: the parent of their first versions, the head to begin with, where they go.
    open_ways: list[tuple[int, int | None, list[BranchRun]]] = [(0, None, top)]
    while open_ways:
        parent, first, runs = open_ways.pop()
        while heads := stretches.heads.get(parent):
            head = first if first is not None else _main(heads, shown, chosen.get(parent, 0))
            end, count = stretches.run(head)
            run = BranchRun(
                MessageId(head), MessageId(end), count, heads.index(head) + 1, len(heads), is_shown=head in shown
            )
            runs.append(run)
            if first is not None:
                # A version beside the main one: what follows it hangs below it.
                runs = run.below
            else:
                open_ways.extend((parent, other, run.below) for other in reversed(heads) if other != head)
            parent, first = end, None
    return top


class _Stretches:
    """Messages that follow each other in number and in talk, taken as a whole: there are few of them."""

    def __init__(self, ids: Sequence[int], parents: Sequence[int]) -> None:
        self._ids = ids
        starts = [place for place in range(len(ids)) if not place or parents[place] != ids[place - 1]]
        by_parent: dict[int, list[int]] = {}
        for place in starts:
            by_parent.setdefault(parents[place], []).append(ids[place])
        cuts: list[int] = []
        for parent, heads in by_parent.items():
            place = bisect_left(ids, parent) + 1 if parent else len(ids)
            if place < len(ids) and parents[place] == parent and ids[place] not in heads:
                heads.insert(0, ids[place])
                cuts.append(place)
        self.heads = by_parent
        """Where stretches begin, by the message they follow."""
        self._starts = sorted([*starts, *cuts])
        self._parents = parents

    def run(self, head: int) -> tuple[int, int]:
        """Last message and length of the run that begins with `head`: through all that has one child."""
        count = 0
        while True:
            start = bisect_left(self._ids, head)
            after = bisect_right(self._starts, start)
            stop = self._starts[after] if after < len(self._starts) else len(self._ids)
            count += stop - start
            end = self._ids[stop - 1]
            following = self.heads.get(end, ())
            if len(following) != 1:
                return end, count
            head = following[0]

    def heads_above(self, leaf: int) -> set[int]:
        """The beginnings of the stretches on the way from the root to `leaf`."""
        found = set()
        while leaf:
            start = self._starts[bisect_right(self._starts, bisect_left(self._ids, leaf)) - 1]
            found.add(self._ids[start])
            leaf = self._parents[start]
        return found


def _main(heads: Sequence[int], shown: set[int], last_shown: int) -> int:
    """Which of several versions the main way goes through."""
    on_branch = next((head for head in heads if head in shown), None)
    if on_branch is not None:
        return on_branch
    return last_shown if last_shown in heads else heads[-1]
