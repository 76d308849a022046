"""Codes inside of blocks, and the pieces that belong together: a long code is cut, and its pieces act as one. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gigadesk.markdown.blocks import Block, CodeBlock, Footnote, ItemList, Quote


class CodePiece(NamedTuple):
    """A piece of code, and the top-level block that it is in."""

    at: int
    """Index of the block."""
    code: CodeBlock


def codes(block: Block) -> Iterator[CodeBlock]:
    """The codes of a block in reading order."""
    match block:
        case CodeBlock():
            yield block
        case Quote() | Footnote():
            for inner in block.blocks:
                yield from codes(inner)
        case ItemList():
            for item in block.items:
                for inner in item.blocks:
                    yield from codes(inner)


def code_at(block: Block, number: int) -> CodeBlock | None:
    """The code with this number in reading order."""
    return next((code for place, code in enumerate(codes(block)) if place == number), None)


def earlier(blocks: Sequence[Block], index: int, code: CodeBlock) -> Iterator[CodePiece]:
    """The pieces before this one, which is in the block at `index`; the nearest first."""
    while code.continues and index > 0:
        index -= 1
        before = _last_leaf(blocks[index])
        if not isinstance(before, CodeBlock):
            return
        code = before
        yield CodePiece(index, code)


def later(blocks: Sequence[Block], index: int, code: CodeBlock) -> Iterator[CodePiece]:
    """The pieces behind this one."""
    while _last_leaf(blocks[index]) is code and index + 1 < len(blocks) and blocks[index + 1].continues:
        index += 1
        following = _first_leaf(blocks[index])
        if not isinstance(following, CodeBlock) or not following.continues:
            return
        code = following
        yield CodePiece(index, code)


def whole(blocks: Sequence[Block], index: int, code: CodeBlock) -> list[CodePiece]:
    """All pieces of a code, from the first to the last."""
    before = list(earlier(blocks, index, code))
    return [*reversed(before), CodePiece(index, code), *later(blocks, index, code)]


def joined(pieces: Sequence[str], codes: Sequence[CodeBlock]) -> str:
    """The texts of pieces as one: a piece may go on in the middle of a line."""
    text = ""
    for number, (piece, code) in enumerate(zip(pieces, codes, strict=True)):
        text += ("" if not number or code.joins_line else "\n") + piece
    return text


def _last_leaf(block: Block) -> Block | None:
    while True:
        match block:
            case (
                Quote(blocks=(*_, last)) | Footnote(blocks=(*_, last)) | ItemList(items=(*_, object(blocks=(*_, last))))
            ):
                block = last
            case Quote() | ItemList() | Footnote():
                return None
            case _:
                return block


def _first_leaf(block: Block) -> Block | None:
    while True:
        match block:
            case (
                Quote(blocks=(first, *_))
                | Footnote(blocks=(first, *_))
                | ItemList(items=(object(blocks=(first, *_)), *_))
            ):
                block = first
            case Quote() | ItemList() | Footnote():
                return None
            case _:
                return block
