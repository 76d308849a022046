"""All messages of the shown chat as one long column of rows; keeps in memory only what is near sight."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from gigadesk.chat import MessageId, Status
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.messages.extras import Extras
from gigadesk.ui.transcript.messages.message_heights import Estimate, MessageHeights
from gigadesk.ui.transcript.messages.message_item import HEADER_EMS, TRAILER_HEIGHT, MessageItem
from gigadesk.ui.transcript.messages.message_items import MessageItems
from gigadesk.ui.transcript.messages.message_source import ListedMessages, MessageSource
from gigadesk.ui.transcript.values import MessageView

KEPT_BOXES = 240
KEPT_MESSAGES = 60
MEASURED_MESSAGES = 500
"""So many at the end of a chat are estimated by their length at once, the others little by little."""
BOTTOM_SPACE = 16


class RowKey(NamedTuple):
    """A row: the message's index and the row in it."""

    message: int
    row: int


class Rows:
    """The column. Order of work: `set_frame`, `reset`, then ask for rows; `open` a message before counting its rows."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.items = MessageItems(ListedMessages(()), self._make)
        self.remembered: dict[MessageId, Extras] = {}
        """What was unfolded, in all chats."""
        self._source: MessageSource = ListedMessages(())
        self._unmeasured = 0
        """The length of so many messages from the beginning is not known yet."""
        self._heights = MessageHeights(0, Estimate(0, 0), 0)
        self._used_boxes: dict[RowKey, None] = {}
        self._uncolored: set[RowKey] = set()
        """Rows with code of which not all colours had come when they were laid out."""
        self._used_items: dict[int, None] = {}
        self._unsure: set[int] = set()
        """Messages whose height is to be taken over before the next sum is asked for."""
        self._newest = -1
        """The message that was used last."""
        self._outdated: dict[int, None] = {}
        """Messages of which some heights are still those of another column."""
        self._running: set[int] = set()
        """Messages that were being written when they were looked at last."""

    def __len__(self) -> int:
        return len(self.items)

    def reset(self, messages: Sequence[MessageView] | MessageSource, read: MessageItem | None = None) -> None:
        """Show these messages, of which `read` was shown before and goes on."""
        source = ListedMessages(messages) if isinstance(messages, Sequence) else messages
        self._source = source
        self.items = MessageItems(source, self._make)
        self._used_boxes.clear()
        self._uncolored.clear()
        self._used_items.clear()
        self._unsure.clear()
        self._outdated.clear()
        self._newest = -1
        self._running.clear()
        count = len(source)
        self._unmeasured = max(0, count - MEASURED_MESSAGES)
        lengths = source.lengths(self._unmeasured, count - self._unmeasured)
        mean = sum(lengths) / len(lengths) if lengths else 0.0
        self._heights = MessageHeights(count, self._estimate(), mean)
        self._heights.learn(self._unmeasured, lengths)
        if read is not None:
            self._take_over(read)

    def _take_over(self, item: MessageItem) -> None:
        index = self.index_of(item.view.message.id)
        if index is None:
            return
        view = self._source.view(index)
        if not item.go_on(view, self._before(index)):
            return
        self.items.put(index, item)
        self._used_items[index] = None
        if item.body.is_outdated:
            self._outdated[index] = None
        self._note_running(index, view)
        self.adopt_height(index)

    def append(self, view: MessageView) -> int:
        self._heights.append(self.items.append(view).height)
        return len(self.items) - 1

    def set_frame(self, frame: Frame) -> None:
        """Another column or look: every box is void, heights are estimated anew."""
        self.frame = frame
        self._used_boxes.clear()
        self._uncolored.clear()
        self._heights.set_estimate(self._estimate())
        for index, item in self.items.made():
            item.set_frame(frame)
            self._heights.set(index, item.height)
            if item.body.is_outdated:
                self._outdated[index] = None

    def measure_more(self, count: int) -> bool:
        """Learn the length of so many more messages, the last ones first; False when all are known."""
        if self._outdated:
            self._estimate_more()
            return not self.is_measured
        first = max(0, self._unmeasured - count)
        self._heights.learn(first, self._source.lengths(first, self._unmeasured - first))
        self._unmeasured = first
        return first > 0

    def _estimate_more(self) -> None:
        """Of the message that was made last."""
        message = next(reversed(self._outdated))
        body = self.items[message].body
        body.estimate_more()
        self.adopt_height(message)
        if not body.is_outdated:
            del self._outdated[message]

    @property
    def is_measured(self) -> bool:
        """All messages are at least estimated by their length, all blocks for the column of now."""
        return not self._unmeasured and not self._outdated

    def index_of(self, message_id: MessageId) -> int | None:
        return self.items.index_of(message_id)

    def open(self, message: int) -> MessageItem:
        """The message with its text parsed."""
        item = self.items[message]
        if message != self._newest:
            self._used_items.pop(message, None)
            self._used_items[message] = None
            self._newest = message
        if not item.is_open:
            item.open()
            self.adopt_height(message)
        return item

    def is_open(self, message: int) -> bool:
        """Whether a message is parsed already; none is made."""
        item = self.items.existing(message)
        return item is not None and item.is_open

    def known_height(self, key: RowKey) -> float | None:
        """The row's true height if it is laid out, as most are."""
        item = self.items.existing(key.message)
        height = item.known_height(key.row) if item is not None and item.is_open else None
        if height is not None:
            self._used_boxes.pop(key, None)
            self._used_boxes[key] = None
        return height

    def box(self, key: RowKey) -> Box:
        """The row, laid out."""
        item = self.open(key.message)
        is_new = not item.has_box(key.row)
        box = item.box(key.row)
        self._note_use(key, is_new=is_new)
        return box

    def height_of(self, key: RowKey) -> float:
        """The row's true height: lays it out."""
        item = self.open(key.message)
        is_new = not item.has_box(key.row)
        height = item.row_height(key.row)
        self._note_use(key, is_new=is_new)
        return height

    def _note_use(self, key: RowKey, *, is_new: bool) -> None:
        self._used_boxes.pop(key, None)
        self._used_boxes[key] = None
        if is_new:
            self._unsure.add(key.message)
            if self.items[key.message].body.awaits_colors(key.row - 1):
                self._uncolored.add(key)

    def adopt_height(self, message: int) -> None:
        """Take over the height of a message that may have changed."""
        self._unsure.add(message)

    @property
    def _sums(self) -> MessageHeights:
        """The heights, all of them taken over."""
        while self._unsure:
            message = self._unsure.pop()
            self._heights.set(message, self.items[message].height)
        return self._heights

    def drop_awaiting(self, sources: set[str]) -> set[RowKey]:
        """Forget the boxes that wait for one of these formulas; returns their rows."""
        used = [key for key in self._used_boxes if key.message < len(self.items)]
        return {key for key in used if self.items[key.message].body.drop_awaiting(key.row - 1, sources)}

    def recolor_awaiting(self) -> set[RowKey]:
        """Give the boxes that wait for colours those that have come; returns the rows that look different now."""
        changed = set()
        for key in list(self._uncolored):
            item = self.items.existing(key.message)
            if item is not None and item.body.awaits_colors(key.row - 1) and item.body.recolor(key.row - 1):
                changed.add(key)
            if item is None or not item.body.awaits_colors(key.row - 1):
                self._uncolored.discard(key)
        return changed

    def after(self, key: RowKey) -> RowKey | None:
        item = self.open(key.message)
        row = item.row_after(key.row)
        if row < item.row_count:
            return RowKey(key.message, row)
        if key.message + 1 < len(self.items):
            self.open(key.message + 1)
            return RowKey(key.message + 1, 0)
        return None

    def before(self, key: RowKey) -> RowKey | None:
        if key.row > 0:
            return RowKey(key.message, self.open(key.message).row_before(key.row))
        if key.message > 0:
            return RowKey(key.message - 1, self.open(key.message - 1).row_count - 1)
        return None

    @property
    def last(self) -> RowKey | None:
        if not self.items:
            return None
        message = len(self.items) - 1
        return RowKey(message, self.open(message).row_count - 1)

    @property
    def total_height(self) -> float:
        return self._sums.total + BOTTOM_SPACE if self.items else 0.0

    def top_of(self, key: RowKey) -> float:
        """Where a row begins below the top of the whole, as far as heights are known."""
        return self._sums.above(key.message) + self.items[key.message].row_top(key.row)

    def height_above(self, message: int) -> float:
        """Where a message begins below the top of the whole, as far as heights are known."""
        return self._sums.above(message)

    def at(self, offset: float) -> tuple[RowKey, float]:
        """The row that lies `offset` below the top, and how far below that row's top."""
        message = self._sums.find(max(0.0, offset))
        before = self._sums[message]
        inside = max(0.0, offset) - self._sums.above(message)
        item = self.open(message)
        if before and item.height != before:
            # It was an estimate until now: keep the same share of the message above.
            # Whole pixels, as all heights are: so a way there and back is exact.
            inside = float(round(inside * item.height / before))
        row = item.row_at(inside)
        return RowKey(message, row), inside - item.row_top(row)

    def update(self, message: int, view: MessageView) -> None:
        """Show another state of a message."""
        self.items[message].set_view(view)
        self._note_running(message, view)
        self.adopt_height(message)

    def running(self) -> Iterator[int]:
        """Indices of the messages near sight that are being written, the last one first."""
        for message in sorted(self._running, reverse=True):
            if self.items.view(message).message.status is Status.STREAMING:
                yield message

    def _note_running(self, message: int, view: MessageView) -> None:
        if view.message.status is Status.STREAMING:
            self._running.add(message)
        else:
            self._running.discard(message)

    def tidy(self) -> None:
        """Give back the memory of what has been out of sight for longest."""
        while len(self._used_boxes) > KEPT_BOXES:
            key = next(iter(self._used_boxes))
            del self._used_boxes[key]
            if key.message < len(self.items):
                self.items[key.message].drop_box(key.row)
        if len(self._used_items) > KEPT_MESSAGES:
            for message in list(self._used_items)[:-KEPT_MESSAGES]:
                item = self.items.existing(message)
                # One that is being written stays the next to go, and goes when it has ended.
                if item is None or item.close():
                    del self._used_items[message]
        self.items.tidy()

    def _make(self, index: int, view: MessageView) -> MessageItem:
        self._note_running(index, view)
        return MessageItem(view, self.frame, self.remembered, before=self._before(index))

    def _before(self, index: int) -> Callable[[], float | None]:
        """Tells when the message above was written."""
        return partial(self.items.written_at, index - 1)

    def _estimate(self) -> Estimate:
        typography, width = self.frame.typography, self.frame.width
        style = typography.body
        # Half a line for the last one, which is not full, and another for the ends of paragraphs.
        each = typography.gap(HEADER_EMS) + TRAILER_HEIGHT + style.pitch
        return Estimate(each, style.character_width / width * style.pitch)
