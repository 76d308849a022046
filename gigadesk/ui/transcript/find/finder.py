"""Find in conversation: what is found and which place is the current one, kept in step with the view."""

import re
from bisect import bisect_left
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gigadesk.limits import FIND_QUERY_MAX_CHARS
from gigadesk.ui.transcript.copy.joining import seam
from gigadesk.ui.transcript.find.growing import GrownBlocks
from gigadesk.ui.transcript.find.marks import Marks
from gigadesk.ui.transcript.find.messages import Messages
from gigadesk.ui.transcript.find.places import Hit
from gigadesk.ui.transcript.find.query import Problem, Query
from gigadesk.ui.transcript.find.way import Place, Way
from gigadesk.ui.transcript.layout.pieces import length
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.selecting.highlights import Mark
from gigadesk.ui.transcript.selecting.selection import Position

# What searches is loaded when somebody is about to search.
if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.expressions import Expressions
    from gigadesk.ui.transcript.find.scan import Scan
    from gigadesk.ui.transcript.find.scroll_ticks import ScrollTicks
    from gigadesk.ui.transcript.view import Transcript

FIRST_SLICE_S = 0.025
"""For the first result, at once: ten thousand messages are counted within it on an ordinary machine."""
SLICE_S = 0.008
PAUSE_MS = 4
"""Between two slices once everything has been counted: the rest has time."""
TICKS_MS = 250
_SEEKS = 4
"""The first place is looked for before all the others are counted."""


class Finder(QObject):
    """Searches the shown chat, from the place of the reader on.

    Signals:
        changed(): the count, the current place or the problem is another.
        wrapped(bool): a step went on at the other end; whether that is the beginning.
    """

    changed = Signal()
    wrapped = Signal(bool)

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._messages = Messages(view)
        self._scan: Scan | None = None
        self._way = Way(view, self._messages)
        self._grown = GrownBlocks(view)
        self._grown.due.connect(self._on_growth)
        self._marks = Marks(view)
        self._expressions: Expressions | None = None
        self._ticks: ScrollTicks | None = None
        self.problem: Problem | None = None
        self.problem_detail = ""
        """What Python says of a broken expression, without the place."""
        self._slices = _timer(self, 0, self._on_slice)
        self._telling = _timer(self, TICKS_MS, self._on_telling)

    # --- what is asked

    def get_ready(self) -> None:
        """Something will be looked for soon: load what does that."""
        for name in ("reveal", "scan", "scroll_ticks"):
            import_module(f"gigadesk.ui.transcript.find.{name}")

    def search(
        self, text: str, *, is_exact: bool = False, is_whole_word: bool = False, is_expression: bool = False
    ) -> None:
        """Look for this from now on, in whatever chat is shown; nothing is looked for when it is empty."""
        query = Query(text[:FIND_QUERY_MAX_CHARS], is_exact, is_whole_word, is_expression)
        if self._scan is not None and self._scan.query == query:
            return
        self._look_from(None, query, self._scan)

    def search_from(self, place: Place, query: Query) -> None:
        """Look for this from a place of the shown chat on, and go to the first that is found."""
        self._look_from(place, query, None)

    def step(self, direction: int) -> None:
        """Go to the next place (1) or the one before (-1); after the last one comes the first."""
        scan = self._scan
        if scan is None or not scan.size:
            return
        self._way.step(direction)
        self._go_on(SLICE_S)

    def close(self) -> None:
        """Look for nothing any more. The current place becomes the selection, to be copied or read on from."""
        place = self._selection()
        self._forget()
        self._messages.clear()
        if self._expressions is not None:
            self._expressions.close()
        self._way.forget()
        if place is not None:
            self._view.selection.set(*place)
        self.changed.emit()

    # --- what is known

    @property
    def is_active(self) -> bool:
        return self._scan is not None

    @property
    def count(self) -> int:
        """How many places there are; may change until `is_settled`. More than `FIND_HITS_MAX` are not all counted."""
        return self._scan.total if self._scan is not None else 0

    @property
    def is_counted(self) -> bool:
        """Every message has been looked at, if only quickly: the count is about right."""
        return self._scan is None or self.is_settled or self._scan.is_counted

    @property
    def is_settled(self) -> bool:
        """The count is exact."""
        is_busy = self._expressions is not None and self._expressions.is_busy
        return self._scan is None or (
            self._scan.is_done and not self._way.is_looking and self._grown.is_empty and not is_busy
        )

    @property
    def number(self) -> int:
        """Of the current place, from 1 on; 0 if there is none."""
        current = self._way.current
        if self._scan is None or current is None:
            return 0
        index = self._view.rows.index_of(current[0])
        hits = self._scan.hits(index) if index is not None else None
        if index is None or not hits:
            return 0
        place = bisect_left(hits, current[1])
        if place == len(hits) or hits[place] != current[1]:
            return 0
        return self._scan.count_before(index) + place + 1

    def marks(self, key: RowKey) -> list[Mark]:
        """What is to be seen of it in a block's row, for the painter."""
        return self._marks.of(key, self._scan, self._way.current) if self._scan is not None else []

    def places_in(self, index: int) -> list[Hit]:
        """The places in a message that are known."""
        return (self._scan.hits(index) or []) if self._scan is not None else []

    @property
    def counts(self) -> list[int]:
        """How many places each message has."""
        return self._scan.counts if self._scan is not None else []

    def selected_words(self) -> str:
        """What is selected, if it is short and in one line; else nothing."""
        return self._messages.selected_words()

    # --- what happens to the conversation

    def chat_replaced(self) -> None:
        """Other messages are shown now: the same is looked for in them. No place is gone to by itself."""
        if self._scan is None:
            return
        query = self._scan.query
        self._messages.clear()
        self._way.forget()
        self._begin(query, None)
        self._go_on(FIRST_SLICE_S)

    def message_changed(self, index: int) -> None:
        """A message was added, or is another now."""
        if self._scan is None:
            return
        self._marks.clear()
        self._messages.note_changed(index)
        self._grown.drop(index)
        self._scan.note_changed(index)
        self._search_again(self._scan, index)
        self._slices.start()

    def message_grew(self, index: int, block: int, *, is_answer: bool) -> None:
        """The blocks of a part of a message are others from `block` on."""
        if self._scan is not None:
            self._grown.note(index, block, is_answer=is_answer)

    # --- searching

    def _look_from(self, place: Place | None, query: Query, before: "Scan | None") -> None:
        self._way.set_out(place)
        self._begin(query, before)
        if self._scan is not None:
            # What is in sight is known at once, whatever marks are in it.
            for index in self._messages.in_sight():
                self._scan.want(index)
        self._way.seek_first()
        self._go_on(FIRST_SLICE_S)

    def _begin(self, query: Query, before: "Scan | None") -> None:
        self._forget()
        if query.is_empty:
            self.changed.emit()
            return
        rows = self._view.rows
        start = self._way.first_message
        from gigadesk.ui.transcript.find.scan import Scan

        try:
            self._scan = Scan(query, len(rows), self._messages, start=start, before=before)
        except re.error as error:
            self.problem = Problem.INVALID
            self.problem_detail = error.msg
        if self._scan is not None:
            self._view.highlights.marks = self.marks
            if query.is_expression:
                order = [*range(start, len(rows)), *range(start)]
                self._expression_worker().search(query, order, self._messages.source)
        self._view.viewport().update()

    def _forget(self) -> None:
        self._slices.stop()
        self._telling.stop()
        self._scan = self.problem = None
        self._way.stop()
        self.problem_detail = ""
        self._grown.clear()
        self._marks.clear()
        if self._expressions is not None:
            self._expressions.stop()
        if self._ticks is not None:
            self._ticks.hide()
        self._view.highlights.marks = None
        self._view.viewport().update()

    def _go_on(self, seconds: float) -> None:
        scan = self._scan
        if scan is None:
            return
        for _ in range(_SEEKS):
            self._seek()
            if not self._way.is_looking or not scan.run(0):
                break
        is_working = scan.run(seconds)
        self._seek()
        if scan.total and scan.is_counted and self._way.wants_first and not self._way.is_looking:
            self._way.seek_first()  # it was not among what is found quickly
        self._way.reveal()
        if is_working or self._way.is_revealing or self._way.is_looking or not scan.is_done:
            self._slices.start(PAUSE_MS if scan.is_counted else 0)
        if seconds >= FIRST_SLICE_S or not is_working:
            self.changed.emit()
        if not self._telling.isActive():
            self._telling.start()

    def _on_slice(self) -> None:
        self._go_on(SLICE_S)

    def _on_telling(self) -> None:
        if self._ticks is None:
            from gigadesk.ui.transcript.find.scroll_ticks import ScrollTicks

            self._ticks = ScrollTicks(self._view, self)
        self._ticks.note_changed()
        self.changed.emit()

    def _on_growth(self) -> None:
        if self._scan is None:
            return
        before = self._scan.total
        for index in self._grown.take_over(self._scan):
            self._messages.note_changed(index)
            self._search_again(self._scan, index)
        if self._scan.total != before:
            self._view.viewport().update()  # what goes over a seam is marked before it, too
        self._slices.start()

    def _search_again(self, scan: "Scan", index: int) -> None:
        if scan.query.is_expression:
            self._expression_worker().search_again(index)

    def _expression_worker(self) -> "Expressions":
        if self._expressions is None:
            from gigadesk.ui.transcript.find.expressions import Expressions

            self._expressions = Expressions(self)
            self._expressions.found.connect(self._on_found)
            self._expressions.ended.connect(self._on_ended)
        return self._expressions

    def _on_found(self, index: int, hits: list[Hit]) -> None:
        if self._scan is None or index >= self._scan.size:
            return
        self._scan.set_hits(index, hits)
        self._marks.clear()
        self._slices.start()
        if any(placed.key.message == index for placed in self._view.arranger.placed):
            self._view.viewport().update()

    def _on_ended(self, problem: Problem | None) -> None:
        self.problem = problem
        if problem is not None:
            self._way.stop()
        self._slices.start()

    def _seek(self) -> None:
        """Go on with the way as far as is known what there is."""
        if self._scan is None:
            return
        has_ended = self._expressions is not None and not self._expressions.is_busy
        goal = self._way.seek(self._scan, has_ended=has_ended)
        if goal is None:
            return
        self._marks.clear()
        self._way.reveal()
        self._view.viewport().update()
        self.changed.emit()
        if goal.tells and goal.has_wrapped:
            self.wrapped.emit(goal.direction > 0)

    def _selection(self) -> tuple[Position, Position] | None:
        """From where to where the current place reaches, if it is shown."""
        if self._way.current is None or not self.number:
            return None
        message_id, hit = self._way.current
        index = self._view.rows.index_of(message_id)
        if index is None:
            return None
        item = self._view.rows.open(index)
        block = hit.block + (item.thought_count if hit.is_answer else 0)
        is_shown = block < len(item.blocks) if hit.is_answer else block < item.thought_count
        if not is_shown:
            return None
        end, size = Position(index, block, hit.end), length(item.blocks[block])
        if hit.end > size and item.is_continued(block):
            # It goes on in the next block.
            behind = seam(item.blocks[block], item.blocks[block + 1], item.text_behind(block)) or ""
            end = Position(index, block + 1, max(0, hit.end - size - len(behind)))
        return Position(index, block, hit.start), end


def _timer(parent: QObject, interval_ms: int, slot: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(slot)
    return timer
