"""Finished blocks whose meaning later text has changed: they wait until they are built again, a few at a time."""

from collections import deque
from collections.abc import Iterator

from gigadesk.markdown.nodes import Node, Shared

Place = tuple[int, Node]
"""A finished block by its index, and what it was made of."""


class LateBlocks:
    """Who refers to a label in vain, and what is to be built again since a label, or a whole block, has changed."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Place]] = {}
        self._due: deque[list[Place]] = deque()
        """Each in order, the last one first."""

    def __bool__(self) -> bool:
        return bool(self._due)

    def await_label(self, label: str, place: Place) -> None:
        """A block refers to what no definition has named so far."""
        self._waiting.setdefault(label, []).append(place)

    def define(self, label: str) -> None:
        """All that refers to the label is due."""
        if places := self._waiting.pop(label, None):
            places.reverse()
            self._due.append(places)

    def change(self, pieces: list[Place], shared: Shared) -> None:
        """The finished pieces of a block that has changed as a whole are due; `pieces`: all of its top-level block."""
        places: list[Place] = []
        for place in reversed(pieces):
            if not any(node.shared is shared for node in _open_nodes(place[1])):
                break
            places.append(place)
        if places:
            self._due.append(places)

    def take(self) -> Place:
        """The next block that is due; there must be one."""
        places = self._due[0]
        place = places.pop()
        if not places:
            self._due.popleft()
        return place


def _open_nodes(piece: Node) -> Iterator[Node]:
    """The nodes of a cut piece that the next piece goes on with."""
    node: Node | None = piece
    while node is not None:
        yield node
        node = node.children[-1] if node.children and node.children[-1].is_cut else None
