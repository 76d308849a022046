"""The steps of the caret through the text, by characters, words and paragraphs. Knows no geometry."""

from enum import StrEnum

from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.layout.pieces import formula_places, length, text_of
from gigadesk.ui.transcript.messages.rows import RowKey, Rows
from gigadesk.ui.transcript.selecting.grains import piece_at
from gigadesk.ui.transcript.selecting.selection import Position
from gigadesk.ui.transcript.selecting.text_bounds import next_character, next_word, previous_character, previous_word


class Step(StrEnum):
    """What a key does to the caret."""

    LEFT = "left"
    RIGHT = "right"
    WORD_LEFT = "word left"
    WORD_RIGHT = "word right"
    UP = "up"
    DOWN = "down"
    PARAGRAPH_UP = "paragraph up"
    PARAGRAPH_DOWN = "paragraph down"
    LINE_START = "line start"
    LINE_END = "line end"
    PAGE_UP = "page up"
    PAGE_DOWN = "page down"
    START = "start"
    END = "end"

    @property
    def mirrored(self) -> "Step":
        """The same key in a text that runs from right to left."""
        return _MIRRORED.get(self, self)


_MIRRORED = {
    Step.LEFT: Step.RIGHT,
    Step.RIGHT: Step.LEFT,
    Step.WORD_LEFT: Step.WORD_RIGHT,
    Step.WORD_RIGHT: Step.WORD_LEFT,
}


def stepped(rows: Rows, place: Position, step: Step) -> Position:
    """The place one step further; the same at the beginning or end of the conversation."""
    match step:
        case Step.START | Step.END:
            return at_edge(rows, is_end=step is Step.END)
        case Step.RIGHT | Step.WORD_RIGHT:
            return _forwards(rows, place, by_word=step is Step.WORD_RIGHT)
        case Step.LEFT | Step.WORD_LEFT:
            return _backwards(rows, place, by_word=step is Step.WORD_LEFT)
        case Step.PARAGRAPH_DOWN:
            return _paragraph_down(rows, place)
        case Step.PARAGRAPH_UP:
            return _paragraph_up(rows, place)
        case _:
            return place


def beside_hidden(rows: Rows, head: Position, target: Position, step: Step) -> Position:
    """Where a step from `head` ends: not inside of a drawn formula, nor in folded code, but before or behind it."""
    if step in {Step.START, Step.END, Step.LINE_START, Step.LINE_END} or target == head:
        return target
    is_forwards = target > head
    block = _block(rows, target)
    for first, last in formula_places(block) if block is not None else ():
        if first < target.place < last:
            return target._replace(place=last if is_forwards and first <= head.place else first)
    found: Position | None = target
    while found is not None and (block := _block(rows, found)) is not None and length(block):
        place = found.place
        ends = [
            (part.start, part.start + part.length) for part in rows.box(RowKey(found.message, found.block + 1)).parts
        ]
        if any(start <= place <= end for start, end in ends):
            return found
        shown = (
            [start for start, _ in ends if start > place] if is_forwards else [end for _, end in ends if end < place]
        )
        if shown:
            return found._replace(place=min(shown) if is_forwards else max(shown))
        found = _next_block(rows, found) if is_forwards else _previous_block(rows, found)
    return head if found is None else found


def at_edge(rows: Rows, *, is_end: bool) -> Position:
    """The beginning or the end of the conversation."""
    if not is_end:
        return Position(0, 0, 0)
    message = len(rows) - 1
    return _end_of_message(rows, message)


def text_between(rows: Rows, before: Position, now: Position, step: Step, *, is_extending: bool) -> str:
    """What a screen reader says of a step: what was passed, or what the caret stands at now."""
    blocks = rows.open(now.message).blocks
    if now.block >= len(blocks):
        return ""
    text = text_of(blocks[now.block])
    if is_extending and before[:2] == now[:2]:
        return text[min(before.place, now.place) : max(before.place, now.place)]
    match step:
        case Step.LEFT | Step.RIGHT:
            return text[now.place : next_character(text, now.place)]
        case Step.WORD_LEFT | Step.WORD_RIGHT:
            return text[now.place : next_word(text, now.place)]
        case _:
            piece = piece_at(blocks[now.block], now.place)
            return "" if piece is None else piece.text[max(0, now.place - piece.start) :]


def _forwards(rows: Rows, place: Position, *, by_word: bool) -> Position:
    block = _block(rows, place)
    if block is not None and place.place < length(block):
        text = text_of(block)
        target = next_word(text, place.place) if by_word else next_character(text, place.place)
        for first, last in formula_places(block):
            if first < target < last:
                target = last
        return place._replace(place=target)
    return _next_block(rows, place) or place


def _backwards(rows: Rows, place: Position, *, by_word: bool) -> Position:
    block = _block(rows, place)
    if block is not None and place.place > 0:
        text = text_of(block)
        target = previous_word(text, place.place) if by_word else previous_character(text, place.place)
        for first, last in formula_places(block):
            if first < target < last:
                target = first
        return place._replace(place=target)
    return _previous_block(rows, place) or place


def _paragraph_down(rows: Rows, place: Position) -> Position:
    block = _block(rows, place)
    piece = piece_at(block, place.place) if block is not None else None
    if block is not None and piece is not None:
        end = piece.start + len(piece.text)
        if end < length(block):
            return place._replace(place=end + 1)
    return _next_block(rows, place) or _end_of_message(rows, place.message)


def _paragraph_up(rows: Rows, place: Position) -> Position:
    block = _block(rows, place)
    piece = piece_at(block, place.place) if block is not None else None
    if block is not None and piece is not None:
        if place.place > piece.start:
            return place._replace(place=piece.start)
        if piece.start > 0:
            above = piece_at(block, piece.start - 1)
            return place._replace(place=above.start if above is not None else 0)
    found = _previous_block(rows, place)
    if found is None:
        return Position(place.message, 0, 0)
    above_block = _block(rows, found)
    above = piece_at(above_block, found.place) if above_block is not None else None
    return found._replace(place=above.start if above is not None else 0)


def _block(rows: Rows, place: Position) -> Block | None:
    blocks = rows.open(place.message).blocks
    return blocks[place.block] if place.block < len(blocks) else None


def _next_block(rows: Rows, place: Position) -> Position | None:
    """The beginning of the next block that has text, in this message or a later one."""
    message, block = place.message, place.block + 1
    while message < len(rows):
        blocks = rows.open(message).blocks
        while block < len(blocks):
            if length(blocks[block]):
                return Position(message, block, 0)
            block += 1
        message, block = message + 1, 0
    return None


def _previous_block(rows: Rows, place: Position) -> Position | None:
    message, block = place.message, place.block - 1
    while message >= 0:
        blocks = rows.open(message).blocks
        block = min(block, len(blocks) - 1)
        while block >= 0:
            if size := length(blocks[block]):
                return Position(message, block, size)
            block -= 1
        message, block = message - 1, 1 << 40
    return None


def _end_of_message(rows: Rows, message: int) -> Position:
    blocks = rows.open(message).blocks
    return Position(message, len(blocks) - 1, length(blocks[-1])) if blocks else Position(message, 0, 0)
