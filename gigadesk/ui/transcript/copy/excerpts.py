"""Large parts of messages: their source, of which only the two ends are written anew. Costs nothing for the rest."""

from collections.abc import Sequence

from gigadesk.markdown.blocks import Block
from gigadesk.markdown.cuts import weight
from gigadesk.ui.transcript.copy.markdown_writer import markdown_text
from gigadesk.ui.transcript.copy.plain_writer import plain_text
from gigadesk.ui.transcript.layout.pieces import clip, length
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.selecting.selection import FAR, Position

HEAVY_WEIGHT = 48 * 1024
"""What writing the formats of a copy may cost at once, in letters (see `cuts.weight`): 30,000 of an ordinary answer, or
10,000 of nothing but marks, which take 50 ms."""

USER_LETTERS = 8
"""So many letters of the user's own text cost as much as one of an answer: they are not parsed."""


def large_excerpt(item: MessageItem, first: Position, last: Position) -> str | None:
    """The Markdown from one place in a message to another; None if that is not much."""
    count = item.thought_count
    if first.block < count and last.block >= count:
        thoughts = _Stretch(item.blocks[:count], item.text_behind(0), is_user=False)
        answer = _Stretch(item.answer_blocks, item.source_text, is_user=item.is_user)
        start, end = (first.block, first.place), (last.block - count, last.place)
        if thoughts.size(start, _END) + answer.size(_BEGIN, end) < HEAVY_WEIGHT:
            return None
        return f"{thoughts.markdown(start, _END)}\n\n{answer.markdown(_BEGIN, end)}"
    if first.block < count:
        stretch = _Stretch(item.blocks[:count], item.text_behind(0), is_user=False)
        count = 0
    else:
        stretch = _Stretch(item.answer_blocks, item.source_text, is_user=item.is_user)
    start, end = (first.block - count, first.place), (last.block - count, last.place)
    return None if stretch.size(start, end) < HEAVY_WEIGHT else stretch.markdown(start, end)


def copied_weight(text: str, *, is_user: bool) -> int:
    """What writing a text costs, in letters of an answer; in the user's own no mark means anything."""
    size = len(text) // USER_LETTERS if is_user else len(text)
    return size if is_user or size > HEAVY_WEIGHT else weight(text)


_Place = tuple[int, int]
"""Index of a block, and a place in it."""
_BEGIN: _Place = (0, 0)
_END: _Place = (FAR, 0)


class _Stretch:
    """Blocks that follow each other, and the text they were made from, with what is not parsed of it yet."""

    def __init__(self, blocks: Sequence[Block], text: str, *, is_user: bool) -> None:
        self._blocks, self._text, self._is_user = blocks, text, is_user

    def size(self, start: _Place, end: _Place) -> int:
        """What lies between two places weighs about so much."""
        begin, until = self._start_of(start[0]), self._end_of(end[0])
        return copied_weight(self._text[begin:until], is_user=self._is_user)

    def markdown(self, start: _Place, end: _Place) -> str:
        blocks = self._blocks
        begin, until = self._start_of(start[0]), self._end_of(end[0])
        head = tail = ""
        if start[0] < len(blocks) and start[1] > 0:
            block = blocks[start[0]]
            part = self._part(block, start[1], length(block))
            head = part and part + self._joint(start[0] + 1)
            begin = self._start_of(start[0] + 1)
        if end[0] < len(blocks) and end[1] < length(blocks[end[0]]):
            part = self._part(blocks[end[0]], 0, end[1])
            tail = part and self._joint(end[0]) + part
            until = self._end_of(end[0] - 1)
        return head + self._text[begin:until] + tail

    def _part(self, block: Block, start: int, end: int) -> str:
        kept = clip(block, start, end)
        if kept is None:
            return ""
        return plain_text([kept]) if self._is_user else markdown_text([kept])

    def _joint(self, index: int) -> str:
        """What stands in front of a block."""
        if not 0 < index < len(self._blocks):
            return "\n\n" if index else ""
        return self._text[self._end_of(index - 1) : self._start_of(index)]

    def _start_of(self, index: int) -> int:
        return self._blocks[index].source.start if index < len(self._blocks) else self._end_of(len(self._blocks) - 1)

    def _end_of(self, index: int) -> int:
        """Behind the last of the blocks known so far, the rest of the text belongs to what is selected, too."""
        if index < 0:
            return 0
        return self._blocks[index].source.end if index < len(self._blocks) else len(self._text)
