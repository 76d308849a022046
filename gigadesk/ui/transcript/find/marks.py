"""The found places in the rows that are painted, from the very blocks that are painted."""

import operator
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gigadesk.chat import MessageId
from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.find.messages import beginning_of
from gigadesk.ui.transcript.find.places import Hit, Shown, hits_in
from gigadesk.ui.transcript.find.shown_text import shown_blocks
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.selecting.highlights import Mark

if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.scan import Scan
    from gigadesk.ui.transcript.messages.message_item import MessageItem
    from gigadesk.ui.transcript.view import Transcript

KEPT_ROWS = 400


class Marks:
    """Remembers them for the next painting; a block that is another now is looked at again by itself."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self._kept: dict[RowKey, tuple[tuple[object, ...], list[Mark]]] = {}

    def clear(self) -> None:
        """Something else is looked for, or another place is the current one."""
        self._kept.clear()

    def of(self, key: RowKey, scan: "Scan", current: tuple[MessageId, Hit] | None) -> list[Mark]:
        """Those of one row."""
        item = self._view.rows.items[key.message]
        if not 0 < key.row <= len(item.blocks):
            return []
        around = _around(item, key.row - 1)
        # Expressions are never run here; and what is in the pieces of a long block depends on those before.
        hits = scan.hits(key.message) if scan.query.is_expression or len(around) > 1 else None
        seen = (*around, hits)
        known = self._kept.get(key)
        if known is not None and len(known[0]) == len(seen) and all(map(operator.is_, known[0], seen)):
            return known[1]
        marks = list(_marks(scan, hits, item, key.row - 1, current))
        if len(self._kept) >= KEPT_ROWS:
            self._kept.clear()
        self._kept[key] = (seen, marks)
        return marks


def _around(item: "MessageItem", index: int) -> list[Block]:
    """A block with those that it goes on with, and that go on with it: what is found may be in both."""
    first = index - item.blocks[index].continues
    return [item.blocks[each] for each in range(max(0, first), index + 1 + item.is_continued(index))]


def _marks(
    scan: "Scan", hits: list[Hit] | None, item: "MessageItem", index: int, current: tuple[MessageId, Hit] | None
) -> Iterator[Mark]:
    at = beginning_of(item, index)
    texts = shown_blocks(_around(item, index), item.text_behind(index))
    own = int(item.blocks[index].continues and index > 0)
    begin = len(texts[0].text) + len(texts[1].seam or "") if own else 0
    here = current[1] if current is not None and current[0] == item.view.message.id else None
    for hit in _hits(scan, hits, at, at.block - own, texts):
        shift = begin if hit.block < at.block else 0
        start, end = max(0, hit.start - shift), min(hit.end - shift, len(texts[own].text))
        if hit.block <= at.block and start < end:
            yield Mark(start, end, is_current=hit == here)


def _hits(scan: "Scan", hits: list[Hit] | None, at: Hit, first: int, texts: Sequence[Shown]) -> list[Hit]:
    if hits is None and not scan.query.is_expression:
        return hits_in(texts, scan.pattern, scan.query.reach, is_answer=at.is_answer, first_block=first)
    hits = hits or []
    return hits[bisect_left(hits, at._replace(block=first)) : bisect_left(hits, at._replace(block=at.block + 1))]
