"""Ways through the tree of a long chat, by its numbers alone: ids that ascend, and their parents (0 for none). Pure."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence


def below(ids: Sequence[int], parents: Sequence[int], top: int) -> list[int]:
    """`top` and all that hangs below it; parents before their children."""
    found = {top}
    start = bisect_left(ids, top)
    for message_id, parent in zip(ids[start:], parents[start:], strict=True):
        if parent in found:
            found.add(message_id)
    return sorted(found)


def forks_above(ids: Sequence[int], parents: Sequence[int], leaf: int) -> list[tuple[int, int]]:
    """On the way from the root to `leaf`: each message that has several children, with the one the way goes to."""
    counts: dict[int, int] = {}
    for parent in parents:
        counts[parent] = counts.get(parent, 0) + 1
    parent_of = dict(zip(ids, parents, strict=True))
    found = []
    while leaf:
        parent = parent_of.get(leaf, 0)
        if parent >= leaf:
            break  # a disk has flipped a bit
        if parent and counts[parent] > 1:
            found.append((parent, leaf))
        leaf = parent
    return found


def end_of(ids: Sequence[int], parents: Sequence[int], top: int, chosen: Mapping[int, int]) -> int:
    """Where the way down from `top` ends: at each message through the chosen child, else through the newest."""
    newest = dict(zip(parents, ids, strict=True))
    here = top
    while (child := newest.get(here)) is not None:
        wanted = chosen.get(here, 0)
        place = bisect_left(ids, wanted) if wanted else len(ids)
        is_there = place < len(ids) and ids[place] == wanted and parents[place] == here
        following = wanted if is_there else child
        if following <= here:
            break  # a disk has flipped a bit
        here = following
    return here
