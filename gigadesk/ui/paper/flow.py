"""Strips flow over pages: what fits stays together, what does not is cut between two lines. Pure but for `Strip`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gigadesk.ui.paper.cuts import first_cut, last_cut, next_start
from gigadesk.ui.paper.strips import Strip

HELD_SHARE = 0.5
"""Headings that take more of a page than this wait for nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip from `start` to `end`, at `y` of its page."""

    strip: Strip
    start: float
    end: float
    y: float


class Flow:
    """Fills pages of one height from above. A page that is full is given out; `finish` gives the last one."""

    def __init__(self, page_height: float) -> None:
        self._height = page_height
        self._y = 0.0
        self._pieces: list[Piece] = []
        self._held: list[Strip] = []

    def add(self, strip: Strip) -> Iterator[list[Piece]]:
        """Put a strip below what is there; gives the pages that are full now."""
        self._held.append(strip)
        if strip.keeps_next and sum(each.gap + each.height for each in self._held) < HELD_SHARE * self._height:
            return
        held, self._held = self._held, []
        needed = sum(each.gap + each.height for each in held[:-1])
        needed += held[-1].gap + first_cut(held[-1].spans, 0.0, held[-1].height)
        if self._pieces and self._y + needed > self._height and needed <= self._height:
            yield self._end_page()
        for each in held:
            yield from self._place(each)

    def finish(self) -> Iterator[list[Piece]]:
        """The last page."""
        held, self._held = self._held, []
        for each in held:
            yield from self._place(each)
        if self._pieces:
            yield self._end_page()

    def _place(self, strip: Strip) -> Iterator[list[Piece]]:
        start = 0.0
        gap = strip.gap if self._pieces else 0.0
        while start < strip.height:
            room = self._height - self._y - gap
            end = last_cut(strip.spans, start, room, strip.height) if room > 0 else start
            if end <= start and self._pieces:
                yield self._end_page()
                gap = 0.0
                continue
            if end <= start:
                # Something is higher than a page: it goes on on the next.
                end = min(strip.height, start + self._height)
            self._pieces.append(Piece(strip, start, end, self._y + gap))
            self._y += gap + end - start
            gap = 0.0
            if end >= strip.height:
                return
            start = next_start(strip.spans, end)
            yield self._end_page()

    def _end_page(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        self._y = 0.0
        return pieces


def pages(strips: Iterable[Strip], page_height: float) -> Iterator[list[Piece]]:
    """All pages of some strips."""
    flow = Flow(page_height)
    for strip in strips:
        yield from flow.add(strip)
    yield from flow.finish()
