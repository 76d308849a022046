"""Heights of all messages of a chat, most of them estimated by one rule. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from gigadesk.ui.transcript.messages.heights import Heights


class Estimate(NamedTuple):
    """How high a message is that nobody has laid out yet: so much for itself, and so much for each character."""

    each: float
    per_char: float


class MessageHeights:
    """Sums in logarithmic time, made without looking at each message: there may be a hundred thousand.

    Of messages whose length is not known either, `mean_chars` are supposed. What is known is kept as the difference to
    the estimate, so a new column, which changes every estimate, is one number. Sums are whole pixels.
    """

    __slots__ = ("_count", "_differences", "_estimate", "_lengths", "_mean_chars")

    def __init__(self, count: int, estimate: Estimate, mean_chars: float) -> None:
        self._count = count
        self._estimate = estimate
        self._mean_chars = mean_chars
        self._lengths = Heights.zeros(count)
        """Characters more (or fewer) than the mean."""
        self._differences = Heights.zeros(count)
        """Pixels more (or fewer) than the estimate."""

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> float:
        return self._estimate_of(index) + self._differences[index]

    def learn(self, first: int, lengths: Sequence[int]) -> None:
        """The lengths of messages from `first` on; heights that are known already keep what they differ by."""
        for index, chars in enumerate(lengths, first):
            self._lengths.set(index, chars - self._mean_chars)

    def set_estimate(self, estimate: Estimate) -> None:
        """Estimate anew for another column; the true heights are forgotten."""
        self._estimate = estimate
        self._differences = Heights.zeros(self._count)

    def append(self, height: float) -> None:
        self._count += 1
        self._lengths.append(0.0)
        self._differences.append(0.0)
        self.set(self._count - 1, height)

    def set(self, index: int, height: float) -> None:
        """The true height of a message."""
        self._differences.set(index, height - self._estimate_of(index))

    def above(self, index: int) -> float:
        """Sum of the heights before `index`."""
        return self._estimated_above(index) + self._differences.above(index)

    @property
    def total(self) -> float:
        return self.above(self._count)

    def find(self, offset: float) -> int:
        """Index of what lies `offset` below the top, else the first or the last. Not for an empty list."""
        return max(0, bisect_right(range(self._count), offset, key=self.above) - 1)

    def _estimate_of(self, index: int) -> float:
        return self._estimated_above(index + 1) - self._estimated_above(index)

    def _estimated_above(self, index: int) -> float:
        each, per_char = self._estimate
        return float(round(index * (each + per_char * self._mean_chars) + per_char * self._lengths.above(index)))
