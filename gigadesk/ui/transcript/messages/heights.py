"""Heights of things that stand on each other, with sums in logarithmic time. Pure."""

from collections.abc import Iterable, Iterator


class Heights:
    """A growing list of heights (a Fenwick tree over them).

    A conversation of 100,000 messages or an answer of 10,000 blocks is asked "what is at this height?" and "how high is
    all above this?" at every scroll step, and one height changes at every repaint.
    """

    __slots__ = ("_tree", "_values")

    def __init__(self, values: Iterable[float] = ()) -> None:
        self._values = list(values)
        # Built in linear time: each node hands its sum on to its parent.
        self._tree = [0.0, *self._values]
        size = len(self._tree)
        for node in range(1, size):
            parent = node + (node & -node)
            if parent < size:
                self._tree[parent] += self._tree[node]

    @classmethod
    def zeros(cls, count: int) -> "Heights":
        """So many heights of nothing; takes no time even for very many."""
        heights = cls()
        heights._values = [0.0] * count
        heights._tree = [0.0] * (count + 1)
        return heights

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, index: int) -> float:
        return self._values[index]

    def __iter__(self) -> Iterator[float]:
        return iter(self._values)

    def append(self, height: float) -> None:
        node = len(self._tree)
        lowest = node - (node & -node)
        total = height
        child = node - 1
        while child > lowest:
            total += self._tree[child]
            child -= child & -child
        self._tree.append(total)
        self._values.append(height)

    def set(self, index: int, height: float) -> None:
        change = height - self._values[index]
        if not change:
            return
        self._values[index] = height
        node = index + 1
        size = len(self._tree)
        while node < size:
            self._tree[node] += change
            node += node & -node

    def truncate(self, length: int) -> None:
        """Forget everything from index `length` on."""
        del self._values[length:]
        del self._tree[length + 1 :]

    def above(self, index: int) -> float:
        """Sum of the heights before `index`."""
        total = 0.0
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    @property
    def total(self) -> float:
        return self.above(len(self._values))

    def find(self, offset: float) -> int:
        """Index of what lies `offset` below the top, else the first or the last. Not for an empty list."""
        node = 0
        step = 1 << (len(self._tree).bit_length() - 1)
        while step:
            following = node + step
            if following < len(self._tree) and self._tree[following] <= offset:
                node = following
                offset -= self._tree[following]
            step >>= 1
        return min(node, len(self._values) - 1)
