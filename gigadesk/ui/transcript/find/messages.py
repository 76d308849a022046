"""The messages of a view as the search sees them."""

from typing import TYPE_CHECKING

from gigadesk.chat import MessageId, RawWords
from gigadesk.limits import FIND_MEMORY_MAX_BYTES, FIND_QUERY_MAX_CHARS
from gigadesk.ui.transcript.find.places import CHUNK, Hit, Texts, Words, apart, words_of
from gigadesk.ui.transcript.find.shown_text import ShownBlocks, shown_blocks

if TYPE_CHECKING:
    from gigadesk.ui.transcript.messages.message_item import MessageItem
    from gigadesk.ui.transcript.view import Transcript


class Messages:
    """Parses nothing and changes nothing: the `Sources` of a scan."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self._chunks: dict[int, RawWords] = {}
        self._bytes = 0
        """In the chunks: reading them from the disk takes longer than looking through them."""
        self._apart: tuple[int, list[bytes]] = (-1, [])
        """The messages of the chunk that was asked for last."""

    def clear(self) -> None:
        """All are others now, or nobody asks any more."""
        self._chunks.clear()
        self._bytes = 0
        self._apart = (-1, [])

    def note_changed(self, index: int) -> None:
        """One is another now."""
        chunk = self._chunks.pop(index // CHUNK, None)
        self._bytes -= len(chunk.texts) if chunk is not None else 0
        self._apart = (-1, [])

    def chunk(self, number: int) -> RawWords:
        chunk = self._chunks.get(number)
        if chunk is None:
            chunk = self._chunks[number] = self._view.rows.items.words(number * CHUNK, CHUNK)
            self._bytes += len(chunk.texts)
            while self._bytes > FIND_MEMORY_MAX_BYTES and len(self._chunks) > 1:
                self._bytes -= len(self._chunks.pop(next(iter(self._chunks))).texts)
        return chunk

    def source(self, index: int) -> Words:
        """What a message is made of."""
        number, place = divmod(index, CHUNK)
        chunk = self.chunk(number)
        if self._apart[0] != number:
            self._apart = number, apart(chunk)
        return words_of(self._apart[1][place], is_user=chunk.users[place : place + 1] == b"1")

    def shown(self, index: int) -> Texts | None:
        """The shown texts of a message that is parsed already."""
        item = self._view.rows.items.existing(index)
        return shown_message(item) if item is not None and _is_whole(item) else None

    def in_sight(self) -> list[int]:
        """The messages in sight that are parsed already."""
        items, placed = self._view.rows.items, self._view.arranger.placed
        return [index for index in dict.fromkeys(each.key.message for each in placed) if _is_whole(items[index])]

    def selected_words(self) -> str:
        """What is selected, if it is short and in one line; else nothing."""
        bounds = self._view.selection.bounds
        if bounds is None or bounds[0].message != bounds[1].message:
            return ""
        (message, first, start), (_, last, end) = bounds
        item = self._view.rows.open(message)
        if last >= len(item.blocks) or last > first + 1 or (last > first and not item.is_continued(first)):
            return ""
        texts = shown_blocks(item.blocks[first : last + 1], item.text_behind(first))
        if last > first:
            text = texts[0].text[start:] + (texts[1].seam or "") + texts[1].text[:end]
        else:
            text = texts[0].text[start:end]
        text = text.strip()
        return text if "\n" not in text and len(text) <= FIND_QUERY_MAX_CHARS else ""

    def place_of_reader(self) -> tuple[MessageId, Hit] | None:
        """Of the first line in sight."""
        view = self._view
        for placed in view.arranged().placed:
            if placed.y + placed.height > 0:
                item = view.rows.items[placed.key.message]
                return item.view.message.id, beginning_of(item, max(0, placed.key.row - 1))
        return None


def _is_whole(item: "MessageItem") -> bool:
    if not item.is_open or item.has_unparsed_text:
        return False
    return item.thought is None or not item.thought.is_folded or item.is_running


def shown_message(item: "MessageItem", first_thought: int = 0, first: int = 0) -> Texts:
    """The shown texts of an open message, of its thoughts and its answer from these blocks on."""
    count = item.thought_count
    thoughts = ShownBlocks(item.blocks[first_thought:count], item.text_behind(0)) if count else ()
    return thoughts, ShownBlocks(item.answer_blocks[first:], item.text_behind(count))


def beginning_of(item: "MessageItem", block: int) -> Hit:
    """The beginning of a block, counted as in the view."""
    count = item.thought_count
    return Hit(True, block - count, 0, 0) if block >= count else Hit(False, block, 0, 0)
