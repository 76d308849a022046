"""The pieces of blocks that were cut because they are endless, put together again. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from gigadesk.markdown.blocks import (
    Block,
    CodeBlock,
    Footnote,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Table,
)


def joined(blocks: Sequence[Block], source: str = "") -> list[Block]:
    """The blocks without seams. `source` is the text they were made from; it knows what a paragraph was cut at."""
    result: list[Block] = []
    for block in blocks:
        together = _together(result[-1], block, source) if result and block.continues else None
        if together is None:
            result.append(block)
        else:
            result[-1] = together
    return result


def _together(first: Block, second: Block, source: str) -> Block | None:
    """Two pieces as one block; None if they are none."""
    match first, second:
        case CodeBlock(), CodeBlock():
            joint = "" if second.joins_line else "\n"
            return replace(first, text=f"{first.text}{joint}{second.text}", is_open=second.is_open)
        case Paragraph() | Heading(), Paragraph() | Heading():
            joint = _joint(first, second, source)
            spans = (*first.spans, *((Span(joint),) if joint else ()), *second.spans)
            return replace(first, spans=_merged(spans), source=replace(first.source, end=second.source.end))
        case Table(), Table():
            return replace(first, rows=first.rows + second.rows)
        case Quote(), Quote():
            return replace(first, blocks=tuple(joined([*first.blocks, *second.blocks], source)))
        case Footnote(), Footnote():
            return replace(first, blocks=tuple(joined([*first.blocks, *second.blocks], source)))
        case ItemList(), ItemList():
            items = list(first.items)
            for item in second.items:
                if item.continues and items:
                    inner = tuple(joined([*items[-1].blocks, *item.blocks], source))
                    items[-1] = replace(items[-1], blocks=inner)
                else:
                    items.append(item)
            return replace(first, items=tuple(items), is_tight=first.is_tight and second.is_tight)
    return None


def seam(first: Block, second: Block, source: str) -> str | None:
    """What stands between the texts of two pieces (see `pieces.text_of`); None if the second begins anew."""
    if not second.continues:
        return None
    match first, second:
        case CodeBlock(), CodeBlock():
            return "" if second.joins_line else "\n"
        case Paragraph() | Heading(), Paragraph() | Heading():
            return _joint(first, second, source)
        case Quote() | Footnote(), Quote() | Footnote():
            return _inner_seam(first.blocks, second.blocks, source)
        case ItemList(), ItemList() if first.items and second.items and second.items[0].continues:
            return _inner_seam(first.items[-1].blocks, second.items[0].blocks, source)
    return "\n"


def _inner_seam(first: Sequence[Block], second: Sequence[Block], source: str) -> str:
    found = seam(first[-1], second[0], source) if first and second else None
    return "\n" if found is None else found


def begun(block: Block) -> Block:
    """A block that begins here, whatever it was a part of."""
    match block:
        case Quote() | Footnote():
            return replace(block, continues=False, blocks=_begun_first(block.blocks))
        case ItemList():
            return replace(block, continues=False, items=_begun_items(block.items))
        case _:
            return replace(block, continues=False) if block.continues else block


def _begun_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return (begun(blocks[0]), *blocks[1:]) if blocks else blocks


def _begun_items(items: tuple[ListItem, ...]) -> tuple[ListItem, ...]:
    if not items:
        return items
    return (replace(items[0], continues=False, blocks=_begun_first(items[0].blocks)), *items[1:])


def _joint(first: Paragraph | Heading, second: Paragraph | Heading, source: str) -> str:
    """What stood between two pieces of a paragraph, as it would be shown."""
    end, start = first.source.end, second.source.start
    before, after = source[end - 1 : end], source[start : start + 1]
    last = first.spans[-1].text[-1:] if first.spans else ""
    if before == "\n" and last != "\n" and not after.isspace():
        # The user's own text is cut behind a line end.
        return "\n"
    return " " if after.isspace() and not last.isspace() else ""


def _merged(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Neighbours of one style as one."""
    result: list[Span] = []
    for span in spans:
        last = result[-1] if result else None
        if last is not None and replace(last, text="") == replace(span, text="") and not span.is_image:
            result[-1] = replace(last, text=last.text + span.text)
        else:
            result.append(span)
    return tuple(result)
