"""From messages that name their parents, in any order and with any mistake, to a tree, parents first. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from gigadesk.exchange.problems import Trouble


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes as they were given, but each after its parent."""

    order: tuple[str, ...]
    parents: Mapping[str, str | None]
    """Of each node; None for one that begins a branch."""
    mistakes: tuple[tuple[Trouble, str], ...] = ()
    """What was put right, and at which node."""


def tree_of(parents: Sequence[tuple[str, str | None]]) -> Tree:
    """The tree of these nodes, each with its parent. A second node of the same id is left out."""
    mistakes: list[tuple[Trouble, str]] = []
    known: dict[str, str | None] = {}
    for node, parent in parents:
        if node in known:
            mistakes.append((Trouble.SAME_ID, node))
        else:
            known[node] = parent
    children: dict[str | None, list[str]] = {}
    for node, parent in known.items():
        if parent is not None and parent not in known:
            mistakes.append((Trouble.ORPHAN, node))
            known[node] = None
        children.setdefault(known[node], []).append(node)
    places = {node: place for place, node in enumerate(known)}
    order = _walk(children.get(None, ()), children, places)
    if len(order) < len(known):
        seen = set(order)
        for start in list(known):
            if start in seen:
                continue
            # It hangs on a circle: follow the parents into that, and cut it there.
            on_way: set[str] = set()
            node = start
            while node not in on_way:
                on_way.add(node)
                node = known[node] or node
            mistakes.append((Trouble.CYCLE, node))
            children[known[node]].remove(node)
            known[node] = None
            found = _walk((node,), children, places)
            order += found
            seen.update(found)
    return Tree(tuple(order), known, tuple(mistakes))


def _walk(roots: Iterable[str], children: Mapping[str | None, list[str]], places: Mapping[str, int]) -> list[str]:
    """What hangs on the roots: as it was given, but that a parent is never behind its child."""
    order: list[str] = []
    waiting = [(places[root], root) for root in roots]
    heapify(waiting)
    while waiting:
        _, node = heappop(waiting)
        order.append(node)
        for child in children.get(node, ()):
            heappush(waiting, (places[child], child))
    return order
