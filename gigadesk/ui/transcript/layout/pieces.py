"""The text of a block as numbered characters: what selection, hit tests and copying have in common. Pure.

A block holds *pieces* (a paragraph, a table cell, the code of a code block ...) in reading order. A place in a block is
one number: the characters of all pieces, one more between two of them. Characters are Python's, not Qt's.

A formula is as many places as its source has characters, whether its picture is known or not. It is found by its
source, and taken whole: `clip` keeps all of a formula that any of its places is in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gigadesk.markdown.blocks import (
    Block,
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)

IMAGE_MARK = "▣"
Cell = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of text that is laid out by itself. `start` counts from the beginning of the block."""

    start: int
    spans: Cell

    @property
    def text(self) -> str:
        return "".join([shown(span) for span in self.spans])


def shown(span: Span) -> str:
    """What the reader sees of a span: a picture is a mark, its description and its address."""
    if not span.is_image:
        return span.text
    return " ".join(part for part in (IMAGE_MARK, span.text, f"({span.link})" if span.link else "") if part)


def pieces(block: Block) -> list[Piece]:
    """The pieces of a block in reading order."""
    found = []
    start = 0
    for spans in span_lists(block):
        found.append(Piece(start, spans))
        start += sum([len(shown(span)) for span in spans]) + 1
    return found


def length(block: Block) -> int:
    """Number of places in a block, its end among them not counted."""
    return max(0, sum([len(shown(span)) for spans in span_lists(block) for span in spans] + _separators(block)) - 1)


def text_of(block: Block) -> str:
    """All pieces of a block joined by line ends; its indices are the places in the block."""
    return "\n".join(["".join([shown(span) for span in spans]) for spans in span_lists(block)])


def clip(block: Block, start: int, end: int) -> Block | None:
    """The block without what lies outside of the places `start` to `end`; None when nothing is left of it."""
    return _Clip(start, end).block(block)


def formula_places(block: Block) -> Iterator[tuple[int, int]]:
    """Half-open ranges of places of the formulas in a block."""
    place = 0
    for spans in span_lists(block):
        for span in spans:
            size = len(shown(span))
            if span.is_formula:
                yield place, place + size
            place += size
        place += 1


def _separators(block: Block) -> list[int]:
    return [1 for _ in span_lists(block)]


def span_lists(block: Block) -> Iterator[Cell]:
    """The text of each piece of a block, in reading order."""
    match block:
        case Paragraph() | Heading() | Formula():
            yield block.spans
        case CodeBlock():
            yield (Span(block.text, is_code=True),)
        case Table():
            yield from block.header
            for row in block.rows:
                yield from row
        case Quote() | Footnote():
            for inner in block.blocks:
                yield from span_lists(inner)
        case ItemList():
            for item in block.items:
                for inner in item.blocks:
                    yield from span_lists(inner)
        case Rule():
            pass


class _Clip:
    """Walks a block in the order of `pieces` and keeps what lies between two places."""

    def __init__(self, start: int, end: int) -> None:
        self._start = start
        self._end = end
        self._place = 0

    def block(self, block: Block) -> Block | None:
        match block:
            case Paragraph() | Heading():
                spans = self._spans(block.spans)
                return replace(block, spans=spans) if spans else None
            case CodeBlock():
                spans = self._spans((Span(block.text),))
                return replace(block, text=spans[0].text) if spans else None
            case Formula():
                return block if self._spans(block.spans) else None
            case Table():
                return self._table(block)
            case Quote() | Footnote():
                blocks = self._blocks(block.blocks)
                return replace(block, blocks=blocks) if blocks else None
            case ItemList():
                return self._list(block)
            case Rule():
                return block if self._start <= self._place <= self._end else None

    def _blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        return tuple([kept for block in blocks if (kept := self.block(block)) is not None])

    def _list(self, block: ItemList) -> ItemList | None:
        items: list[ListItem] = []
        skipped = 0
        for item in block.items:
            blocks = self._blocks(item.blocks)
            if blocks:
                items.append(replace(item, blocks=blocks))
            elif not items:
                skipped += 1
        start = block.start + skipped if block.start is not None else None
        return replace(block, items=tuple(items), start=start) if items else None

    def _table(self, block: Table) -> Table | None:
        header = tuple([self._spans(cell) for cell in block.header])
        rows = [tuple([self._spans(cell) for cell in row]) for row in block.rows]
        rows = [row for row in rows if any(row)]
        if not rows and not any(header):
            return None
        return replace(block, header=header if any(header) else (), rows=tuple(rows))

    def _spans(self, spans: Cell) -> Cell:
        kept = []
        for span in spans:
            text = shown(span)
            first = max(0, self._start - self._place)
            last = min(len(text), self._end - self._place)
            self._place += len(text)
            is_whole = first == 0 and last == len(text) and text
            if is_whole or (first < last and span.is_formula):
                kept.append(span)
            elif first < last:
                link = "" if span.is_image else span.link
                kept.append(replace(span, text=text[first:last], is_image=False, link=link))
        self._place += 1
        return tuple(kept)
