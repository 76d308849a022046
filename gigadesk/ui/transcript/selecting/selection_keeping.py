"""Keeps the selection on its words while the blocks under it are made anew. Pure but for the rows it asks.

Text that streams in may give words another place: a line becomes a table, a list is cut, a reference finds its link,
thoughts come or are folded. The places are looked for by the words before and behind them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher

from gigadesk.chat import MessageId
from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.layout.pieces import text_of
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.messages.rows import Rows
from gigadesk.ui.transcript.selecting.selection import FAR, Position, Selection

COMPARED_CHARS = 1500
"""So many characters on each side of a place are compared with what they have become."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The blocks of a message at one time: what was thought, and the answer."""

    thoughts: Sequence[Block]
    answer: Sequence[Block]

    @staticmethod
    def of(item: MessageItem) -> "_Blocks":
        blocks, count = list(item.blocks), item.thought_count
        return _Blocks(blocks[:count], blocks[count:])


class SelectionKeeper:
    """Moves the places of a selection with their words."""

    def __init__(self, selection: Selection, rows: Rows) -> None:
        self._selection = selection
        self._rows = rows

    @contextmanager
    def through(self, message: int) -> Iterator[None]:
        """The blocks of a message may change meanwhile."""
        if not any(place.message == message and place.block < FAR for place in self._selection.places()):
            yield
            return
        item = self._rows.items[message]
        before = _Blocks.of(item)
        yield
        now = _Blocks.of(item)
        self._selection.move(lambda place: _moved(place, before, now) if place.message == message else place)

    @contextmanager
    def through_reset(self) -> Iterator[None]:
        """Other messages are shown from now on: places in those that stay go with them, else nothing is selected."""
        rows = self._rows
        ids: dict[int, MessageId] = {
            place.message: rows.items.view(place.message).message.id for place in self._selection.places()
        }
        yield
        indices = {message: rows.index_of(message_id) for message, message_id in ids.items()}
        known = {message: index for message, index in indices.items() if index is not None}
        if len(known) < len(indices):
            self._selection.clear()
        else:
            self._selection.move(lambda place: place._replace(message=known[place.message]))


def _moved(place: Position, before: _Blocks, now: _Blocks) -> Position:
    count = len(before.thoughts)
    if place.block >= FAR:
        return place
    if place.block < count:
        if not now.thoughts:
            return Position(place.message, 0, 0)  # folded away
        block, offset = relocated(before.thoughts, place.block, place.place, now.thoughts)
        return Position(place.message, block, offset)
    block, offset = relocated(before.answer, place.block - count, place.place, now.answer)
    return Position(place.message, len(now.thoughts) + block, offset)


def relocated(before: Sequence[Block], index: int, place: int, now: Sequence[Block]) -> tuple[int, int]:
    """Where a place of some blocks is in those that were made of the same text, or more of it, later."""
    if index >= len(before) or not now:
        return index, place
    block = before[index]
    if index < len(now) and (now[index] is block or now[index] == block):
        return index, place
    first = _block_from(now, block.source.start)
    known = index
    while known and before[known - 1].source.start >= now[first].source.start:
        known -= 1
    text = text_of(block)
    prefix = "".join(f"{text_of(each)}\n" for each in before[known:index]) + text[:place]
    last = first + 1
    while last < len(now) and now[last].source.start < block.source.end:
        last += 1
    texts = [text_of(each) for each in now[first:last]]
    offset = _located(prefix, text[place:], "\n".join(texts))
    found = first
    for each in texts[:-1]:
        if offset <= len(each):
            break
        offset -= len(each) + 1
        found += 1
    return found, offset


def _block_from(blocks: Sequence[Block], start: int) -> int:
    """The block that holds a place of the source."""
    return max(0, bisect_right(blocks, start, key=lambda block: block.source.start) - 1)


def _located(prefix: str, behind: str, text: str) -> int:
    """The place in a text that stands at the same word, whatever marks have come or gone."""
    if text.startswith(prefix):
        return len(prefix)
    place = _counted(prefix, text)
    cut = max(0, len(prefix) - COMPARED_CHARS)
    start = max(0, place - COMPARED_CHARS)
    before = prefix[cut:] + behind[:COMPARED_CHARS]
    now = text[start : place + COMPARED_CHARS]
    found = _at_same_word(before, len(prefix) - cut, now)
    return place if found is None else start + found


def _counted(prefix: str, text: str) -> int:
    """The place with as many letters and digits before it."""
    wanted = sum(map(str.isalnum, prefix))
    place = 0
    while wanted and place < len(text):
        wanted -= text[place].isalnum()
        place += 1
    return place


def _at_same_word(before: str, place: int, now: str) -> int | None:
    """Where the word at a place is now; of a place between two words, that behind it or before it."""
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(now))
    matcher = SequenceMatcher(None, [word[0] for word in old], [word[0] for word in new], autojunk=False)
    places = {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}
    following = next((index for index, word in enumerate(old) if word.end() > place), len(old))
    if following in places and old[following].start() <= place:
        return new[places[following]].start() + place - old[following].start()
    if following - 1 in places:
        word = new[places[following - 1]]
        gap = place - old[following - 1].end()
        end = new[places[following]].start() if following in places else len(now)
        return min(word.end() + gap, max(end, word.end()))
    return new[places[following]].start() if following in places else None
