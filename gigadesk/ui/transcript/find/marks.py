"""The found places in the rows that are painted, from the very blocks that are painted."""

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from gigadesk.chat import MessageId
from gigadesk.limits import FIND_HITS_MAX
from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.find.messages import beginning_of
from gigadesk.ui.transcript.find.places import Hit, spans_in
from gigadesk.ui.transcript.highlights import Mark
from gigadesk.ui.transcript.pieces import text_of
from gigadesk.ui.transcript.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.scan import Scan
    from gigadesk.ui.transcript.view import Transcript

KEPT_ROWS = 400


class Marks:
    """Remembers them for the next painting; a block that is another now is looked at again by itself."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self._kept: dict[RowKey, tuple[Block, list[Mark]]] = {}

    def clear(self) -> None:
        """Something else is looked for, or another place is the current one."""
        self._kept.clear()

    def of(self, key: RowKey, scan: "Scan", current: tuple[MessageId, Hit] | None) -> list[Mark]:
        """Those of one row."""
        item = self._view.rows.items[key.message]
        if not 0 < key.row <= len(item.blocks):
            return []
        block = item.blocks[key.row - 1]
        known = self._kept.get(key)
        if known is not None and known[0] is block:
            return known[1]
        at = beginning_of(item, key.row - 1)
        here = (0, 0)
        if current is not None and current[0] == item.view.message.id and current[1][:2] == at[:2]:
            here = (current[1].start, current[1].end)
        marks = [Mark(*span, is_current=span == here) for span in _spans(scan, key.message, at, block)]
        if len(self._kept) >= KEPT_ROWS:
            self._kept.clear()
        self._kept[key] = (block, marks)
        return marks


def _spans(scan: "Scan", index: int, at: Hit, block: Block) -> list[tuple[int, int]]:
    if not scan.query.is_expression:
        return list(islice(spans_in(text_of(block), scan.pattern), FIND_HITS_MAX))
    # Expressions are never run here.
    hits = scan.hits(index) or []
    return [
        (hit.start, hit.end) for hit in hits[bisect_left(hits, at) : bisect_left(hits, at._replace(block=at.block + 1))]
    ]
