"""Goes through a conversation for one query, a slice at a time: quickly first, then exactly. Pure but for the clock.

What is known gets better: at first how often the usual spellings stand in the sources of many messages together (all of
a long conversation within a blink), then in which of them, then for each a guess that may be certain, then the places
in its parsed text, if they must be.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from itertools import islice

from gigadesk.limits import FIND_HITS_MAX
from gigadesk.ui.transcript.find.places import CHUNK, Hit, Known, Shown, Sources, hits_in
from gigadesk.ui.transcript.find.query import Query
from gigadesk.ui.transcript.find.shown_text import ShownText
from gigadesk.ui.transcript.find.source import SourceReader

KEPT_HITS = 2 * FIND_HITS_MAX
"""Places that are kept; those of messages that were asked for last."""


class Scan:
    """`start` is where the reader is: what is near comes first.

    The places of an expression are found elsewhere, and are given by `set_hits`.
    """

    def __init__(
        self,
        query: Query,
        size: int,
        sources: Sources,
        *,
        start: int = 0,
        before: "Scan | None" = None,
    ) -> None:
        self.query = query
        self.pattern = query.pattern()
        self.counts = [0] * size
        """Of each message, as far as `known` has been asked, or all has been counted."""
        self.total = 0
        self._sure_total = 0
        self._known = bytearray(size)
        self._lumps: dict[int, int] = {}
        """Chunks of which is known how often the usual spellings are in them, but not yet in which messages."""
        self._sources = sources
        self._hits: OrderedDict[int, list[Hit]] = OrderedDict()
        self._kept = 0
        self._wanted: deque[int] = deque()
        self._reading: tuple[int, Iterator[None]] | None = None
        if query.is_expression:
            self._reader: SourceReader | None = None
            self._passes: deque[Iterator[int]] = deque()
        else:
            self._reader = SourceReader(query)
            chunks = range((size + CHUNK - 1) // CHUNK)
            near = start // CHUNK
            order = [*range(start, size), *range(start)]
            chunks_in_order = [*chunks[near:], *chunks[:near]]
            self._passes = deque((iter(chunks_in_order), iter(chunks_in_order), iter(order), iter(order)))
            if before is not None and query.refines(before.query) and len(before.counts) == size:
                self._take_what_is_excluded(before)

    def _take_what_is_excluded(self, before: "Scan") -> None:
        for index, (known, count) in enumerate(zip(before._known, before.counts, strict=True)):
            if known == Known.SURELY and not count:
                self._known[index] = Known.SURELY

    # --- what is known

    @property
    def size(self) -> int:
        return len(self.counts)

    @property
    def is_done(self) -> bool:
        return not self._passes and not self._wanted and self._reading is None

    @property
    def is_counted(self) -> bool:
        """Every message has been looked at, if only quickly."""
        return len(self._passes) < _PASSES

    def known(self, index: int) -> Known:
        """What is known of a message; `counts` has how many places there are in it."""
        self._part(index // CHUNK)
        return Known(self._known[index])

    def count_before(self, index: int) -> int:
        """How many places there are in the messages before this one."""
        chunk = index // CHUNK
        self._part(chunk)
        return sum(self.counts[:index]) + sum([count for number, count in self._lumps.items() if number < chunk])

    def hits(self, index: int) -> list[Hit] | None:
        """The places in a message, in order; None while they are not known. See `want`."""
        found = self._hits.get(index)
        if found is None and self._known[index] == Known.SURELY and not self.counts[index]:
            return []
        if found is not None:
            self._hits.move_to_end(index)
        return found

    # --- what is to be done

    def want(self, index: int) -> None:
        """Find the places in this message before anything else is done."""
        if self._reader is not None and self.hits(index) is None and index not in self._wanted:
            self._wanted.append(index)

    def note_changed(self, index: int) -> None:
        """A message is another now, or a new one was added behind the last."""
        if index == self.size:
            self.counts.append(0)
            self._known.append(Known.NOTHING)
        if self._reading is not None and self._reading[0] == index:
            self._reading = None
        self._forget(index)
        self._known[index] = Known.NOTHING
        self.want(index)

    def set_hits(self, index: int, hits: list[Hit]) -> None:
        """These are the places in a message."""
        self._forget(index)
        self._hits[index] = hits
        self._kept += len(hits)
        self._set_count(index, len(hits), Known.SURELY)
        while self._kept > KEPT_HITS and len(self._hits) > 1:
            _, dropped = self._hits.popitem(last=False)
            self._kept -= len(dropped)

    def set_end(self, index: int, texts: Sequence[Shown], *, is_answer: bool, first_block: int, start: int = 0) -> None:
        """The blocks of a message from one on have these texts now; of the first `start` the places are known."""
        old = self.hits(index)
        if old is None or self._reader is None:
            self.note_changed(index)
            return
        kept = [hit for hit in old if (hit.is_answer, hit.block) < (is_answer, first_block + start)]
        kept += hits_in(
            texts,
            self.pattern,
            self.query.reach,
            is_answer=is_answer,
            first_block=first_block,
            start=start,
            after=kept[-1] if kept else None,
        )
        kept += [hit for hit in old if hit.is_answer and not is_answer]
        self.set_hits(index, kept[:FIND_HITS_MAX])

    def run(self, seconds: float) -> bool:
        """Go on for so long, or a little longer. False when there is nothing more to do."""
        end = time.perf_counter() + seconds
        while self._step():
            if time.perf_counter() >= end:
                return True
        return False

    def _step(self) -> bool:
        if self._reading is not None:
            if next(self._reading[1], self) is self:
                self._reading = None
            return True
        if self._wanted:
            self._begin_reading(self._wanted.popleft())
            return True
        while self._passes:
            number = _PASSES - len(self._passes)
            numbers = list(islice(self._passes[0], _AT_ONCE[number]))
            if numbers:
                (self._look_quickly, self._part_all, self._guess, self._make_sure)[number](numbers)
                return True
            self._passes.popleft()
        return False

    # --- the passes

    def _look_quickly(self, chunks: list[int]) -> None:
        if self._reader is None:
            return
        for number in chunks:
            first = number * CHUNK
            is_new = not any(self._known[first : first + CHUNK])
            count = self._reader.quick_count(self._sources.chunk(number)) if is_new else None
            if count == 0:
                size = min(CHUNK, self.size - first)
                self._known[first : first + size] = bytes((Known.QUICKLY,)) * size
            elif count is not None:
                self._lumps[number] = count
                self.total += count
            else:
                self._count_each(number)

    def _part_all(self, chunks: list[int]) -> None:
        for number in chunks:
            self._part(number)

    def _part(self, number: int) -> None:
        """Find out in which messages of a chunk that is which was counted."""
        count = self._lumps.pop(number, None)
        if count is not None:
            self.total -= count
            self._count_each(number)

    def _count_each(self, number: int) -> None:
        first = number * CHUNK
        found = self._reader.quick_counts(self._sources.chunk(number)) if self._reader is not None else []
        for index, count in enumerate(found[: self.size - first], first):
            if self._known[index] == Known.NOTHING:
                self._set_count(index, count, Known.QUICKLY)

    def _guess(self, indices: list[int]) -> None:
        for index in indices:
            if self._known[index] != Known.QUICKLY or self._reader is None:
                continue
            source = self._sources.source(index)
            guess = self._reader.guess(source.text, is_user=source.is_user)
            count, is_certain = guess.count, guess.is_certain
            if source.thought:
                guess = self._reader.guess(source.thought, is_user=False)
                count, is_certain = count + guess.count, is_certain and guess.is_certain
            self._set_count(index, count, Known.SURELY if is_certain else Known.UNSURE)

    def _make_sure(self, indices: list[int]) -> None:
        # Nobody is told how many more there are.
        for index in indices:
            if self._known[index] == Known.UNSURE and self._sure_total <= FIND_HITS_MAX:
                self._begin_reading(index)

    # --- the places

    def _begin_reading(self, index: int) -> None:
        if self.hits(index) is None:
            self._reading = (index, self._read(index))

    def _read(self, index: int) -> Iterator[None]:
        texts = self._sources.shown(index)
        if texts is None:
            source = self._sources.source(index)
            parts: list[Sequence[Shown]] = [(), ()]
            for number, text in enumerate((source.thought, source.text)):
                if text:
                    shown = ShownText(text, is_plain=source.is_user and number == 1)
                    yield from shown.read()
                    parts[number] = shown.texts
            texts = (parts[0], parts[1])
        hits: list[Hit] = []
        for is_answer, part in enumerate(texts):
            for start in range(0, len(part), _BLOCKS_AT_ONCE):
                if len(hits) < FIND_HITS_MAX:
                    hits += hits_in(
                        part,
                        self.pattern,
                        self.query.reach,
                        is_answer=bool(is_answer),
                        start=start,
                        end=start + _BLOCKS_AT_ONCE,
                        after=hits[-1] if hits else None,
                    )
                yield
        self.set_hits(index, hits[:FIND_HITS_MAX])

    def _set_count(self, index: int, count: int, known: Known) -> None:
        self._part(index // CHUNK)
        self.total += count - self.counts[index]
        self._sure_total += count * (known == Known.SURELY)
        self._sure_total -= self.counts[index] * (self._known[index] == Known.SURELY)
        self.counts[index] = count
        self._known[index] = known

    def _forget(self, index: int) -> None:
        old = self._hits.pop(index, None)
        self._kept -= len(old) if old is not None else 0
        self._set_count(index, 0, Known.NOTHING)


_BLOCKS_AT_ONCE = 4
"""A block of nothing but one letter has thousands of places: to find those takes some 10 ms."""
_PASSES = 4
_AT_ONCE = (1, 1, 8, 1)
"""Chunks, chunks, messages, messages."""
