"""Two lists of blocks as one: what the model thought, and its answer."""

from collections.abc import Iterator, Sequence
from typing import overload

from gigadesk.markdown.blocks import Block


class JoinedBlocks(Sequence[Block]):
    """Copies nothing: both lists change while an answer is written."""

    __slots__ = ("_first", "_second")

    def __init__(self, first: Sequence[Block], second: Sequence[Block]) -> None:
        self._first, self._second = first, second

    def __len__(self) -> int:
        return len(self._first) + len(self._second)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        if isinstance(index, slice):
            return [*self._first, *self._second][index]
        if index < 0:
            index += len(self)
        count = len(self._first)
        return self._first[index] if index < count else self._second[index - count]

    def __iter__(self) -> Iterator[Block]:
        yield from self._first
        yield from self._second
