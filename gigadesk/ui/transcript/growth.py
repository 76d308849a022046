"""How a running answer gets onto the screen: deltas are gathered and shown with few, small repaints."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer

from gigadesk.chat import MessageId, Status
from gigadesk.ui.garbage import collect_much
from gigadesk.ui.throttle import Throttle, cost_clock
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.messages.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

BEAT_MS = 400


class Growth(QObject):
    """Text that has come and is not shown yet, and everything that moves while an answer is written."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._pending: dict[MessageId, list[str]] = {}
        self._pending_thoughts: dict[MessageId, list[str]] = {}
        self.throttle = Throttle(self)
        self.throttle.due.connect(self._on_due)
        self.throttle.set_hidden(True)
        self._is_visible = False
        """Somebody can see it: Qt calls a minimised window visible too."""
        self.is_calm = False
        """Nothing moves for the sake of moving."""
        self.has_colors = False
        """Colours of code have come that are to be shown with the next text."""
        self._again: set[RowKey] = set()
        """Rows that are to be painted again with the next text."""
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        self._parsing = QTimer(self)
        self._parsing.setSingleShot(True)
        self._parsing.setInterval(0)
        self._parsing.timeout.connect(self._on_parse_more)

    def add(self, message_id: MessageId, delta: str, *, is_thought: bool = False) -> None:
        pending = self._pending_thoughts if is_thought else self._pending
        pieces = pending.get(message_id)
        if pieces is not None:
            pieces.append(delta)
            self.throttle.request()
        elif (item := self._item(message_id)) is not None:
            pending[message_id] = [delta]
            is_first = item.is_open and (item.thought is None if is_thought else not item.answer_blocks)
            self.throttle.request(is_urgent=is_first)

    def _item(self, message_id: MessageId) -> MessageItem | None:
        """The message, if text is to be added to it: one that is not read yet will have this text when it is."""
        rows, finder = self._view.rows, self._view.finder
        index = rows.index_of(message_id)
        if index is None:
            return None
        item = rows.items.existing(index)
        if item is None and not rows.items.is_renewable:
            return rows.items[index]
        if item is None and finder.is_active:
            rows.items[index]  # from now on it is told what of it is new
            finder.message_changed(index)
        return item

    def forget(self) -> None:
        """Another chat is shown now."""
        self._pending.clear()
        self._pending_thoughts.clear()
        self._again.clear()
        self.has_colors = False
        self.throttle.cancel()
        self._parsing.stop()

    def paint_again(self, key: RowKey) -> None:
        """Paint a row that looks different now, together with the text of an answer if one is coming in sight."""
        if not self._is_seen_growing:
            self._view.refresh_row(key)
            return
        self._again.add(key)
        self.throttle.request()

    def takes_colors(self) -> bool:
        """Colours of code have come: whether they are shown together with the text of an answer."""
        if not self._is_seen_growing:
            return False
        self.has_colors = True
        self.throttle.request()
        return True

    def show_rest(self) -> None:
        """A message has changed: what was to be shown with its next text does not wait for that if none will come."""
        if self._is_visible and not self._is_seen_growing:
            self.throttle.flush()

    @property
    def _is_seen_growing(self) -> bool:
        return self.throttle.is_in_sight and next(self._view.rows.running(), None) is not None

    def set_visible(self, is_visible: bool) -> None:  # noqa: FBT001 - a plain setter
        """In a hidden window nothing is laid out or painted; the text that comes is kept."""
        self._is_visible = is_visible
        self.throttle.set_hidden(not is_visible)
        self.update_beat()

    def update_beat(self) -> None:
        """Let the sign of life go exactly while an answer is written in sight of somebody."""
        is_running = self._is_visible and next(self._view.rows.running(), None) is not None
        if is_running and not self._beat.isActive():
            self._beat.start()
        elif not is_running:
            self._beat.stop()

    def note_arrangement(self) -> None:
        """Look at what is in sight now: how often to repaint, and what is to be parsed."""
        self._update_sight()
        self._parse_what_is_in_sight()

    def _update_sight(self) -> None:
        rows = self._view.rows
        placed = self._view.arranger.placed
        ends = {message: rows.items[message].row_count - 2 for message in rows.running()}
        is_seen = any(each.key.message in ends and each.key.row >= ends[each.key.message] for each in placed)
        self.throttle.set_in_sight(is_seen or not ends or not placed)

    @property
    def is_parsing(self) -> bool:
        return self._parsing.isActive()

    def _parse_what_is_in_sight(self) -> None:
        # Very long texts come in slices between which the window lives.
        rows = self._view.rows
        if any(
            rows.items[message].has_unparsed_text
            for message in {each.key.message for each in self._view.arranger.placed}
        ):
            self._parsing.start()

    def apply(self) -> RowKey | None:
        """Hand the text that has come to its messages; returns the first row that is not as before."""
        rows, details = self._view.rows, self._view.details
        thoughts, self._pending_thoughts = self._pending_thoughts, {}
        pending, self._pending = self._pending, {}
        first: RowKey | None = None
        # Thoughts come before the answer.
        for kind in (thoughts, pending):
            for message_id, deltas in kind.items():
                index = rows.index_of(message_id)
                if index is None:
                    continue
                item = rows.items[index]
                if rows.remembered:
                    details.end_notes(index)
                text = "".join(deltas)
                before = item.thought_count
                with self._view.keeper.through(index):
                    changed = RowKey(index, (item.think(text) if kind is thoughts else item.grow(text)) + 1)
                rows.adopt_height(index)
                details.thoughts_grew(index, before)
                if self._view.finder.is_active:
                    count = 0 if kind is thoughts else item.thought_count
                    self._view.finder.message_grew(index, changed.row - 1 - count, is_answer=kind is pending)
                first = changed if first is None else min(first, changed)
        return first

    def _on_due(self) -> None:
        started = cost_clock()
        view = self._view
        again, self._again = self._again, set()
        before = {placed.key: placed.y for placed in view.arranger.placed}
        changed = self.apply()
        if self.has_colors:
            # After the text: code that has grown is laid out anew, with its colours, anyway.
            self.has_colors = False
            recolored, rebuilt = view.stage.recolor()
            again |= recolored
            changed = min([*rebuilt, *([changed] if changed is not None else [])], default=None)
        if changed is not None:
            self._show_from(changed, before)
        for key in again:
            view.refresh_row(key)
        self.throttle.add_cost(cost_clock() - started)

    def update_from(self, changed: RowKey, before: Mapping[RowKey, float]) -> None:
        """Paint the rows from `changed` on; those above, which stood at `before`, are at most moved."""
        placed, viewport = self._view.arranger.placed, self._view.viewport()
        kept = self._kept_height(changed) if changed in before else 0.0
        last = changed if kept else (changed.message, changed.row - 1)
        shifts = {each.y - before[each.key] for each in placed if each.key <= last and each.key in before}
        if len(shifts) > 1 or (not shifts and placed and placed[0].key < changed):
            viewport.update()
            return
        shift = shifts.pop() if shifts else 0.0
        ratio = viewport.devicePixelRatioF()
        if shift and (shift != int(shift) or ratio != int(ratio)):
            # At a fractional scale pixels cannot be moved without blurring the text.
            viewport.update()
            return
        column = self._view.stage.painted_column()
        top = next((each.y + (kept if each.key == changed else 0) for each in placed if each.key >= changed), None)
        if shift:
            # No more pixels are moved than stay.
            bottom = viewport.height() if top is None else min(viewport.height(), int(max(top, top - shift)) + 1)
            viewport.scroll(0, int(shift), QRect(column.x(), 0, column.width(), bottom))
        if top is not None:
            viewport.update(column.adjusted(0, max(0, int(top) - 4), 0, 0))

    def _kept_height(self, key: RowKey) -> float:
        """How far down a row that has grown looks as before, if nothing in it is marked."""
        view = self._view
        item = view.rows.items[key.message]
        if not 0 < key.row <= len(item.blocks) or view.finder.is_active or not view.selection.is_empty:
            return 0.0
        kept = item.body.kept_height(key.row - 1)
        return item.gap(key.row) + kept if kept else 0.0

    def _on_parse_more(self) -> None:
        started = cost_clock()
        view, rows = self._view, self._view.rows
        before = {placed.key: placed.y for placed in view.arranger.placed}
        for message in sorted({key.message for key in before}):
            item = rows.items[message] if message < len(rows) else None
            if item is None or not item.has_unparsed_text:
                continue
            thoughts = item.thought_count
            with view.keeper.through(message):
                changed = RowKey(message, item.parse_more() + 1)
            rows.adopt_height(message)
            view.details.thoughts_grew(message, thoughts)
            self._show_from(changed, before)
            break  # one slice a turn, however many long messages are in sight
        collect_much()
        self.throttle.add_cost(cost_clock() - started)

    def _show_from(self, changed: RowKey, before: Mapping[RowKey, float]) -> None:
        """Arrange and paint what has come, and no more than that if nothing else has changed."""
        if self._view.stage.arrange_growth():
            self.update_from(changed, before)
        else:
            self._view.viewport().update()

    def _on_beat(self) -> None:
        view = self._view
        view.highlights.beat += not self.is_calm
        for index in list(view.rows.running()):
            if view.details.beat(view.rows.items[index], index):
                view.rows.adopt_height(index)
                view.refresh()
        for placed in view.arranger.placed:
            item = view.rows.items[placed.key.message]
            if item.view.message.status is Status.STREAMING and placed.key.row == item.row_count - 1:
                self.paint_again(placed.key)
