"""By what a drag selects: characters, words, paragraphs. Pure but for the rows it asks."""

from collections.abc import Sequence
from enum import StrEnum

from gigadesk.markdown.blocks import Block, CodeBlock, Paragraph
from gigadesk.ui.transcript.layout.pieces import Piece, formula_places, length, pieces, text_of
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.selecting.selection import Position
from gigadesk.ui.transcript.selecting.text_bounds import line_at, word_at


class Grain(StrEnum):
    """By what a drag selects."""

    CHARACTER = "character"
    WORD = "word"
    PARAGRAPH = "paragraph"
    """A line, where lines are what one writes in: in code and in the user's own text."""


def around(item: MessageItem, place: Position, grain: Grain) -> tuple[Position, Position]:
    """What of a message is selected as one at a place; for words, `place` is that of the character that was hit."""
    blocks = item.blocks
    if grain is Grain.CHARACTER or place.block >= len(blocks):
        return place, place
    block = blocks[place.block]
    if grain is Grain.WORD:
        for first, last in formula_places(block):
            if first <= place.place < last:
                return place._replace(place=first), place._replace(place=last)
        start, end = word_at(text_of(block), min(place.place, length(block)))
        return place._replace(place=start), place._replace(place=end)
    piece = piece_at(block, place.place)
    if piece is None:
        return place._replace(place=0), place._replace(place=length(block))
    if item.is_user or _is_code(block, piece):
        start, end = line_at(piece.text, min(place.place - piece.start, len(piece.text)))
        return place._replace(place=piece.start + start), place._replace(place=piece.start + end)
    if isinstance(block, Paragraph):
        return _whole_paragraph(blocks, place)
    return place._replace(place=piece.start), place._replace(place=piece.start + len(piece.text))


def piece_at(block: Block, place: int) -> Piece | None:
    """The piece that holds a place; None in a block without text."""
    found = None
    for piece in pieces(block):
        if found is not None and piece.start > place:
            break
        found = piece
    return found


def _is_code(block: Block, piece: Piece) -> bool:
    # In lists and quotes, code is a piece of its own that is code from end to end.
    return isinstance(block, CodeBlock) or (len(piece.spans) == 1 and piece.spans[0].is_code and "\n" in piece.text)


def _whole_paragraph(blocks: Sequence[Block], place: Position) -> tuple[Position, Position]:
    """A long paragraph is several blocks."""
    first = last = place.block
    while first and blocks[first].continues:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].continues:
        last += 1
    return place._replace(block=first, place=0), place._replace(block=last, place=length(blocks[last]))
