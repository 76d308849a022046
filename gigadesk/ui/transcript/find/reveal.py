"""Leads the reader to a found place: unfolds what hides it, scrolls down to it, and sideways where that is needed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gigadesk.ui.transcript.find.places import Hit
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.messages.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

SIDE_MARGIN = 24.0
SIDE_SHARE = 0.3
"""Where in a wide block a place stands that was scrolled to."""


def is_revealed(view: "Transcript", index: int, hit: Hit) -> bool:
    """Show a place of a message. False when more of the message must be parsed first: call again."""
    item = view.rows.open(index)
    if not hit.is_answer and item.thought is not None and item.thought.is_folded:
        view.details.toggle_thought(index)
    is_there = hit.block < (len(item.answer_blocks) if hit.is_answer else item.thought_count)
    if not is_there:
        if not item.has_unparsed_text:
            return True  # it is gone
        before = item.thought_count
        item.parse_more()
        view.rows.adopt_height(index)
        view.details.thoughts_grew(index, before)
        view.refresh()
        return False
    key = RowKey(index, 1 + hit.block + (item.thought_count if hit.is_answer else 0))
    _show(view, key, hit)
    return True


def _show(view: "Transcript", key: RowKey, hit: Hit) -> None:
    rects = view.rows.box(key).rects(hit.start, hit.end)
    if not rects and _unfold_code(view, key, hit):
        rects = view.rows.box(key).rects(hit.start, hit.end)
    box, gap = view.rows.box(key), view.rows.items[key.message].gap(key.row)
    if not rects:
        view.scrolling.lead_to(key, gap, min(box.height, view.viewport().height() / 2))
        return
    area, first = rects[0]
    if area >= 0:
        _scroll_sideways(view, key, area, first)
    last = rects[-1][1]
    view.scrolling.lead_to(key, gap + first.top(), last.bottom() - first.top())


def _unfold_code(view: "Transcript", key: RowKey, hit: Hit) -> bool:
    """Unfold the code that hides a place of a row; False if none does."""
    before = [spot.facts.number for spot in view.rows.box(key).codes if spot.parts and spot.parts[0].start <= hit.start]
    # A further piece of a folded code has no spot of its own.
    number = before[-1] if before else 0
    facts = view.codes.facts(key, number)
    if facts is None or not facts.is_folded:
        return False
    view.codes.toggle(ZoneKind.CODE_FOLD, key, number)
    return True


def _scroll_sideways(view: "Transcript", key: RowKey, area: int, rect: QRectF) -> None:
    item, box = view.rows.items[key.message], view.rows.box(key)
    window = box.areas[area]
    left, right = rect.left() - window.rect.left(), rect.right() - window.rect.left()
    shift, width = box.shift_of(area, item.scrolls(key.row)), window.rect.width()
    margin = min(SIDE_MARGIN, width / 4)
    is_in_sight = left >= shift + (margin if shift else 0) and right <= shift + width - margin
    if is_in_sight or (left >= shift and right <= shift + width and shift >= window.reach):
        return
    scrolls = item.body.side_scrolls.setdefault(item.body.scroll_key(key.row - 1), [])
    scrolls.extend([0.0] * (len(box.areas) - len(scrolls)))
    wanted = 0.0 if right <= width - margin else left - width * SIDE_SHARE
    scrolls[area] = float(round(min(max(0.0, wanted), window.reach)))
    view.refresh_row(key)
