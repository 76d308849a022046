"""Lays out a code block: a header with the language and buttons, lines that scroll sideways or are wrapped."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gigadesk.limits import PARAGRAPH_MAX_CHARS
from gigadesk.markdown.blocks import CodeBlock
from gigadesk.ui.transcript.layout.boxes import SCROLL_BAR_HEIGHT, Area, CodeSpot, Fill, LineNumbers
from gigadesk.ui.transcript.layout.code_facts import CodeFacts
from gigadesk.ui.transcript.layout.code_header import PADDING, add_footer, add_header
from gigadesk.ui.transcript.layout.grown_text import AnyText, GrownText, stretches_of
from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS, HIDDEN_MARK
from gigadesk.ui.transcript.layout.text_part import ENDLESS, FormatRun, TextPart
from gigadesk.ui.transcript.layout.typography import Typography

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Builder

Run = tuple[int, int, str]
"""Start and length in characters, and what is written there."""

RADIUS = 8
PART_CHARS = PARAGRAPH_MAX_CHARS
"""Code is laid out in parts of about this size: so that a single line of a megabyte is none either."""
SETTLED_LINES, NEW_LINES = 8, 4
"""Of code that grows: so many lines become a part of their own when so many have come below them."""
SHOWN_LINES = 14
"""Of folded code."""


def add(builder: "Builder", block: CodeBlock, x: float, y: float, width: float, *, is_continued: bool) -> float:
    """Put a code block into the builder's box; returns its height."""
    facts = builder.facts_of(block)
    if builder.look.is_paper:
        # Nothing can be unfolded there; colours are those of the piece alone.
        facts = replace(facts, is_folded=False, lines=0, colors=builder.look.highlight(block, iter(())))
    if facts.is_folded and block.continues:
        return 0.0
    is_continued = is_continued and not facts.is_folded
    typography, box = builder.look.typography, builder.box
    theme, character = typography.theme, typography.code.character_width
    fill_index, area_index = len(box.ornaments), len(box.areas)
    padding = typography.px(PADDING)
    height = 0.0 if block.continues else add_header(box, builder.look, block, facts, QRectF(x, y, width, 0))
    top = y + height
    gutter = round((facts.digits + 1.5) * character) if facts.view.has_numbers else 0
    left, inner = x + padding + gutter, max(40.0, width - 2 * padding - gutter)
    parts = _parts(builder, block, facts, inner)
    content_width = 0.0
    for part in parts:
        builder.place(part, left, y + height, area_index)
        height += part.height
        content_width = max(content_width, part.natural_width)
    if facts.view.has_numbers:
        numbers = tuple(_numbered(parts, block, facts.lines_before))
        right = left - 1.5 * character
        box.ornaments.append(LineNumbers(numbers, right, typography.code.font, theme.text_faint))
    if block.continues or is_continued:
        # All pieces scroll as far as the longest line of the whole.
        content_width = max(content_width, facts.widest * character)
    reach_width = 0.0 if facts.view.is_wrapped or builder.look.is_paper else content_width + 1
    box.areas.append(Area(QRectF(left, top, inner, height - (top - y)), reach_width))
    if not is_continued:
        height += padding if box.areas[-1].reach <= 0 else padding + typography.px(SCROLL_BAR_HEIGHT) - 2
        height += add_footer(box, builder.look, block, facts, QRectF(x, y + height - padding / 2, width, 0))
    box.codes.append(CodeSpot(block, facts, tuple(parts), y, y + height))
    fill = Fill(
        QRectF(x, y, width, height),
        theme.code_background,
        theme.code_border,
        typography.px(RADIUS),
        rounds_top=not block.continues,
        rounds_bottom=not is_continued,
    )
    box.ornaments.insert(fill_index, fill)
    box.natural_width = max(box.natural_width, x + min(content_width + 2 * padding + gutter, width))
    return height


def recolor(spot: CodeSpot, facts: CodeFacts, typography: Typography) -> None:
    """Give code that is laid out the colours that are known now. Lines stay as they are."""
    for part in [each for text in spot.parts for each in stretches_of(text)]:
        _recolor(part, facts, typography, part.start - spot.parts[0].start)


def _recolor(part: TextPart, facts: CodeFacts, typography: Typography, first: int) -> None:
    runs = _runs(facts, first, part.length)
    if runs != part.made_of:
        part.recolor(_formats(runs, typography))
        part.made_of = runs


def _parts(builder: "Builder", block: CodeBlock, facts: CodeFacts, inner: float) -> Sequence[AnyText]:
    start = builder.next_place
    builder.next_place += len(block.text) + 1
    text = _first_lines(block.text, SHOWN_LINES) if facts.is_folded else block.text
    display = text if text.isascii() else HIDDEN_CHARACTERS.sub(HIDDEN_MARK, text)
    width = inner if facts.view.is_wrapped or builder.look.is_paper else ENDLESS
    earlier = builder.neighbours.earlier.get(start)
    if earlier is None or len(display) > PART_CHARS:
        ranges = _cut_at_lines(display)
        return [_part(builder, facts, display[first:last], start, first, width) for first, last in ranges]
    kept: list[TextPart] = []
    place = 0
    for part in stretches_of(earlier):
        end = place + part.length
        is_same = (part.width, part.line_style) == (width, builder.look.typography.code)
        if not is_same or display[end : end + 1] != "\n" or not display.startswith(part.text, place):
            break
        _recolor(part, facts, builder.look.typography, place)
        kept.append(part)
        place = end + 1
    # The colours of the last lines are often still to come.
    lines = display.count("\n", place) + 1
    if lines >= SETTLED_LINES + NEW_LINES:
        end = place + len("\n".join(display[place:].split("\n")[: lines - NEW_LINES]))
        kept.append(_part(builder, facts, display[place:end], start, place, width))
        place = end + 1
    kept.append(_part(builder, facts, display[place:], start, place, width))
    return [GrownText(kept, display)] if len(kept) > 1 else kept


def _part(builder: "Builder", facts: CodeFacts, text: str, start: int, first: int, width: float) -> TextPart:
    """A part that begins `first` characters behind the start of the code."""
    style, runs = builder.look.typography.code, _runs(facts, first, len(text))
    formats = _formats(runs, builder.look.typography)
    part = TextPart(text, style, width, start=start + first, formats=formats, is_code=True)
    part.made_of = runs
    return part


def _runs(facts: CodeFacts, first: int, length: int) -> tuple[Run, ...]:
    """The colours of a stretch of the code, counted from its begin."""
    runs, last, found = facts.colors.runs if facts.colors else [], first + length, []
    for index in range(max(0, bisect_left(runs, (first,)) - 1), len(runs)):
        start, run, kind = runs[index]
        if start >= last:
            break
        begin = max(start, first)
        if begin < start + run:
            found.append((begin - first, min(start + run, last) - begin, kind))
    return tuple(found)


def _formats(runs: Sequence[Run], typography: Typography) -> list[FormatRun]:
    return [
        (start, run, text_format)
        for start, run, kind in runs
        if (text_format := typography.syntax_format(kind)) is not None
    ]


def _numbered(parts: Sequence[AnyText], block: CodeBlock, before: int) -> Iterator[tuple[str, float]]:
    """The number of each line that begins in the parts, and the height of its baseline."""
    number, is_begin = before, not block.joins_line
    for part in parts:
        place = 0
        for line in part.text.split("\n"):
            if is_begin:
                number += 1
                yield str(number), part.y + part.top_of(part.start + place) + part.line_style.baseline
            is_begin = True
            place += len(line) + 1
        # A line that is too long for one part goes on in the next.
        is_begin = block.text[part.start - parts[0].start + part.length :][:1] == "\n"


def _first_lines(text: str, count: int) -> str:
    lines = text.split("\n", count)
    return "\n".join(lines[:count])[:PART_CHARS]


def _cut_at_lines(text: str) -> list[tuple[int, int]]:
    """Ranges of whole lines (the line ends between two ranges belong to none); longer lines are cut."""
    ranges = []
    start = 0
    while len(text) - start > PART_CHARS:
        end = text.rfind("\n", start, start + PART_CHARS + 1)
        if end > start:
            ranges.append((start, end))
            start = end + 1
        else:
            ranges.append((start, start + PART_CHARS))
            start += PART_CHARS
    ranges.append((start, len(text)))
    return ranges
