"""The messages of a view as the search sees them."""

from typing import TYPE_CHECKING

from gigadesk.chat import MessageId
from gigadesk.limits import FIND_QUERY_MAX_CHARS
from gigadesk.ui.transcript.find.places import Hit, Texts, Words
from gigadesk.ui.transcript.pieces import text_of

if TYPE_CHECKING:
    from gigadesk.ui.transcript.message_item import MessageItem
    from gigadesk.ui.transcript.view import Transcript


CHUNK = 256


class Messages:
    """Parses nothing and changes nothing."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self._first = 0
        self._chunk: list[Words] = []
        """Those that were read last: they are asked for one after the other."""

    def clear(self) -> None:
        """Some are others now."""
        self._chunk = []

    def source(self, index: int) -> Words:
        """What a message is made of."""
        if not self._first <= index < self._first + len(self._chunk):
            self._first = index - index % CHUNK
            self._chunk = self._view.rows.items.words(self._first, CHUNK)
        return self._chunk[index - self._first]

    def shown(self, index: int) -> Texts | None:
        """The shown texts of a message that is parsed already."""
        item = self._view.rows.items.existing(index)
        if item is None:
            return None
        if not item.is_open or item.has_unparsed_text:
            return None
        if item.thought is not None and item.thought.is_folded and not item.is_running:
            return None
        count = item.thought_count
        return [text_of(block) for block in item.blocks[:count]], [text_of(block) for block in item.answer_blocks]

    def selected_words(self) -> str:
        """What is selected, if it is short and in one line; else nothing."""
        bounds = self._view.selection.bounds
        if bounds is None or bounds[0][:2] != bounds[1][:2]:
            return ""
        blocks = self._view.rows.open(bounds[0].message).blocks
        text = text_of(blocks[bounds[0].block]) if bounds[0].block < len(blocks) else ""
        text = text[bounds[0].place : bounds[1].place].strip()
        return text if "\n" not in text and len(text) <= FIND_QUERY_MAX_CHARS else ""

    def place_of_reader(self) -> tuple[MessageId, Hit] | None:
        """Of the first line in sight."""
        view = self._view
        for placed in view.arranged().placed:
            if placed.y + placed.height > 0:
                item = view.rows.items[placed.key.message]
                return item.view.message.id, beginning_of(item, max(0, placed.key.row - 1))
        return None


def beginning_of(item: "MessageItem", block: int) -> Hit:
    """The beginning of a block, counted as in the view."""
    count = item.thought_count
    return Hit(True, block - count, 0, 0) if block >= count else Hit(False, block, 0, 0)
