"""The pieces of blocks that were cut because they are endless, put together again. Pure."""

import itertools
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
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and block.continues and _may_join(runs[-1][0], block):
            runs[-1].append(block)
        else:
            runs.append([block])
    return [run[0] if len(run) == 1 else _together(run, source) for run in runs]


def _may_join(first: Block, second: Block) -> bool:
    """Whether both may be pieces of one block."""
    match first, second:
        case (
            (CodeBlock(), CodeBlock())
            | (Table(), Table())
            | (Quote(), Quote())
            | (Footnote(), Footnote())
            | (ItemList(), ItemList())
        ):
            return True
        case Paragraph() | Heading(), Paragraph() | Heading():
            return True
    return False


def _together(run: Sequence[Block], source: str) -> Block:
    """Pieces as one block, all at once: one by one, a thousand of them are copied half a million times."""
    match run[0]:
        case CodeBlock() as first:
            pieces = [each for each in run if isinstance(each, CodeBlock)]
            lines = [first.text, *(("" if each.joins_line else "\n") + each.text for each in pieces[1:])]
            return replace(first, text="".join(lines), is_open=pieces[-1].is_open)
        case Paragraph() | Heading() as first:
            spans = _merged(_all_spans([each for each in run if isinstance(each, Paragraph | Heading)], source))
            return replace(first, spans=spans, source=replace(first.source, end=run[-1].source.end))
        case Table() as first:
            return replace(first, rows=tuple(row for each in run if isinstance(each, Table) for row in each.rows))
        case Quote() | Footnote() as first:
            inner = [block for each in run if isinstance(each, Quote | Footnote) for block in each.blocks]
            return replace(first, blocks=tuple(joined(inner, source)))
        case ItemList() as first:
            lists = [each for each in run if isinstance(each, ItemList)]
            is_tight = all(each.is_tight for each in lists)
            return replace(first, items=_all_items(lists, source), is_tight=is_tight)
        case block:
            return block


def _all_spans(pieces: Sequence[Paragraph | Heading], source: str) -> list[Span]:
    spans = list(pieces[0].spans)
    for before, piece in itertools.pairwise(pieces):
        joint = _joint(before, piece, source, spans[-1].text[-1:] if spans else "")
        spans += [Span(joint), *piece.spans] if joint else piece.spans
    return spans


def _all_items(lists: Sequence[ItemList], source: str) -> tuple[ListItem, ...]:
    runs: list[list[ListItem]] = []
    for item in (item for each in lists for item in each.items):
        if item.continues and runs:
            runs[-1].append(item)
        else:
            runs.append([item])
    return tuple(
        replace(first, blocks=tuple(joined([block for each in (first, *more) for block in each.blocks], source)))
        if more
        else first
        for first, *more in runs
    )


def seam(first: Block, second: Block, source: str) -> str | None:
    """What stands between the texts of two pieces (see `pieces.text_of`); None if the second begins anew."""
    if not second.continues:
        return None
    match first, second:
        case CodeBlock(), CodeBlock():
            return "" if second.joins_line else "\n"
        case Paragraph() | Heading(), Paragraph() | Heading():
            return _joint(first, second, source, first.spans[-1].text[-1:] if first.spans else "")
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


def _joint(first: Paragraph | Heading, second: Paragraph | Heading, source: str, last: str) -> str:
    """What stood between two pieces of a paragraph, as it would be shown; `last` is the letter before it."""
    end, start = first.source.end, second.source.start
    before, after = source[end - 1 : end], source[start : start + 1]
    if before == "\n" and last != "\n" and not after.isspace():
        # The user's own text is cut behind a line end.
        return "\n"
    return " " if after.isspace() and not last.isspace() else ""


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours of one style as one."""
    result: list[Span] = []
    for _, neighbours in itertools.groupby(spans, key=_style_of):
        first, *others = neighbours
        if others and not (first.is_image or first.is_formula or first.footnote):
            first = replace(first, text="".join([first.text, *(each.text for each in others)]))
            others = []
        result += [first, *others]
    return tuple(result)


def _style_of(span: Span) -> tuple[object, ...]:
    """All but its text."""
    return (
        *(span.is_bold, span.is_italic, span.is_strike, span.is_code),
        *(span.link, span.is_image, span.is_formula, span.footnote),
    )
