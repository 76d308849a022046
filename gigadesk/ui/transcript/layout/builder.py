"""Lays out one block to a width: from Markdown values to a `Box`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor

from gigadesk.limits import PARAGRAPH_MAX_CHARS
from gigadesk.markdown.blocks import (
    Align,
    Block,
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from gigadesk.ui.transcript.layout import (
    code_builder,
    footnote_builder,
    formula_builder,
    list_builder,
    picture_cards,
    table_builder,
)
from gigadesk.ui.transcript.layout.boxes import Box, Fill, Zone, ZoneKind
from gigadesk.ui.transcript.layout.code_facts import CodeFacts, FindColors
from gigadesk.ui.transcript.layout.grown_text import AnyText, GrownText, grow
from gigadesk.ui.transcript.layout.inline_formula import InlineFormula
from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS, HIDDEN_MARK
from gigadesk.ui.transcript.layout.link_words import link_name
from gigadesk.ui.transcript.layout.paper_links import linked
from gigadesk.ui.transcript.layout.pieces import Cell, shown
from gigadesk.ui.transcript.layout.references import with_references
from gigadesk.ui.transcript.layout.text_part import FormatRun, TextPart
from gigadesk.ui.transcript.layout.typography import CODE_EDGE, LineStyle, Typography
from gigadesk.ui.transcript.web_pictures import NOT_ASKED, WebPicture

if TYPE_CHECKING:
    from gigadesk.ui.formula_shape import Shape

_PARTING = re.compile(r"[^\S\n]|[(«“„\"'\[/]")
"""After these more room is no harm: nothing is joined to what follows."""
_SINGLE = re.compile("[!-\u02af\u0400-\u052f]")
"""Characters that are drawn alone: others may be a part of one before them."""
_APART = (CodeBlock, Formula, Table)
"""Blocks with air around them in tight lists too."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the view itself says inside of blocks, in the language of the window."""

    code: str = "Code"
    copy_code: str = "Copy code"
    save_code: str = "Save code as file…"
    wrap_lines: str = "Wrap lines"
    unwrap_lines: str = "Do not wrap lines"
    show_line_numbers: str = "Show line numbers"
    hide_line_numbers: str = "Hide line numbers"
    show_lines: str = "Show all lines: {count}"
    table: str = "Table: copy or open"
    open_table: str = "Open as table"
    large_table: str = "Large table"
    fold_code: str = "Fold code"
    link: str = "Link: {target}"
    hidden_characters: str = "Contains hidden characters: {count}"
    foreign_letters: str = "The name of the site has letters of another alphabet: {host}"
    footnote: str = "Footnote {number}"
    back_to_text: str = "Footnote {number}: back to the text"


@dataclass(frozen=True, slots=True)
class Look:
    """What a block needs to know of the world to be laid out."""

    typography: Typography
    words: Words
    formula: Callable[[str], "Shape | None"]
    """What a formula looks like, if that is known already."""
    highlight: FindColors
    """Colours of code, as far as they are known already."""
    is_paper: bool = False
    """Nothing scrolls sideways, and links work by themselves."""
    web_picture: Callable[[str], WebPicture] = lambda _: NOT_ASKED
    """What is known of the picture at an address of the web."""
    picture_size: Callable[[str], QSize] = lambda _: QSize()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a top-level block needs to know of those around it."""

    is_continued: bool = False
    """The next block is the seamless continuation of this one."""
    columns: Sequence[float] = ()
    """Widths of the columns of the table that this one continues."""
    references: Mapping[int, str] = field(default_factory=dict)
    """Where a number in square brackets leads."""
    aligns: Sequence[Align] = ()
    """How those columns are aligned."""
    is_mirrored: bool = False
    """Whether they run from right to left."""
    code_facts: Callable[[int, CodeBlock], CodeFacts] | None = None
    """All about a code of the block, which has this number among them."""
    is_quiet: bool = False
    """In a lighter colour: what the model thought."""
    earlier: Mapping[int, AnyText] = field(default_factory=dict)
    """Texts of the block before it grew, by their starts: those that are as before are not laid out again."""


def build(block: Block, width: float, look: Look, neighbours: Neighbours = Neighbours()) -> Box:
    """Lay out a top-level block."""
    return Builder(look, neighbours).build(block, width)


def gap_between(typography: Typography, before: Block | None, block: Block, *, is_tight: bool = False) -> int:
    """Distance in pixels between two blocks that follow each other."""
    if before is None or block.continues:
        return 0
    if isinstance(block, Heading):
        return typography.gap((1.5, 1.35, 1.2)[min(block.level, 3) - 1])
    if isinstance(before, Heading):
        return typography.gap(0.5)
    if isinstance(block, Rule) or isinstance(before, Rule):
        return typography.gap(1.1)
    if isinstance(block, Footnote) and isinstance(before, Footnote):
        return typography.gap(0.3)
    if is_tight and not isinstance(block, _APART) and not isinstance(before, _APART):
        return typography.gap(0.3)
    return typography.gap(0.8)


@dataclass(slots=True)
class Builder:
    """Builds the box of one top-level block, walking down into lists and quotes."""

    look: Look
    neighbours: Neighbours
    box: Box = field(default_factory=Box)
    next_place: int = 0
    color: QColor | None = None
    list_depth: int = 0
    is_small: bool = False
    """Inside of a footnote."""
    code_count: int = 0
    table_count: int = 0

    @property
    def body(self) -> LineStyle:
        """How running text stands here."""
        return self.look.typography.small if self.is_small else self.look.typography.body

    def build(self, block: Block, width: float) -> Box:
        if self.neighbours.is_quiet:
            self.color = self.look.typography.theme.text_muted
        self.box.height = self.block(block, 0, 0, max(width, 40.0), is_top=True)
        return self.box

    def block(self, block: Block, x: float, y: float, width: float, *, is_top: bool = False) -> float:
        """Lay out a block at a place; returns its height."""
        match block:
            case Formula():
                return formula_builder.add(self, block, x, y, width)
            case Paragraph():
                return self.text(block.spans, self.body, x, y, width)
            case Heading():
                style = self.look.typography.headings[min(max(block.level, 1), 6) - 1]
                return self.text(block.spans, style, x, y, width)
            case CodeBlock():
                neighbours = self.neighbours if is_top else Neighbours()
                return code_builder.add(self, block, x, y, width, is_continued=neighbours.is_continued)
            case Table():
                neighbours = self.neighbours if is_top else Neighbours()
                return table_builder.add(self, block, x, y, width, neighbours.columns, neighbours.is_continued)
            case Quote():
                return list_builder.add_quote(self, block, x, y, width)
            case Footnote():
                is_continued = is_top and self.neighbours.is_continued
                return footnote_builder.add(self, block, x, y, width, is_continued=is_continued)
            case ItemList():
                return list_builder.add_list(self, block, x, y, width)
            case Rule():
                self.box.ornaments.append(Fill(QRectF(x, y, width, 1), self.look.typography.theme.border))
                return 1

    def facts_of(self, code: CodeBlock) -> CodeFacts:
        """All about the next code of the block."""
        number = self.code_count
        self.code_count += 1
        find = self.neighbours.code_facts
        return find(number, code) if find is not None else CodeFacts(number, lines=code.text.count("\n") + 1)

    def text(self, spans: Cell, style: LineStyle, x: float, y: float, width: float) -> float:
        """Lay out one piece of running text; returns its height."""
        if picture_cards.stands_alone(self, spans):
            return picture_cards.add_alone(self, spans[0], style, x, y, width)
        height = 0.0
        for part in self.parts_of(spans, style, width):
            self.place(part, x, y + height)
            height += part.height
        if not self.look.is_paper and any(span.is_image for span in spans):
            height += picture_cards.add(self, spans, x, y + height, width)
        return height

    def parts_of(
        self, spans: Cell, style: LineStyle, width: float, align: Qt.AlignmentFlag | None = None
    ) -> list[AnyText]:
        """One piece as parts that are not placed yet; more than one when it is very long. Counts its places."""
        if self.neighbours.references:
            spans = with_references(spans, self.neighbours.references)
        made_of = (spans, style, width, align)
        if (earlier := self.neighbours.earlier.get(self.next_place)) is not None and earlier.made_of == made_of:
            self.next_place += earlier.length + 1
            earlier.color = None
            return [earlier]
        if earlier is not None and (grown := grow(self, earlier, spans, made_of[1:])) is not None:
            grown.made_of = made_of
            return [grown]
        parts = self.lay_out(spans, style, width, align)
        if len(parts) == 1 and not parts[0].sources:  # the picture of a formula may come later
            parts[0].made_of = made_of
        return [*parts]

    def lay_out(self, spans: Cell, style: LineStyle, width: float, align: Qt.AlignmentFlag | None) -> list[TextPart]:
        """The same without a look at what there was before."""
        texts = [
            _display_text(span.text, is_marked=span.is_code or span.is_formula or bool(span.link))
            if not span.is_image
            else _display_text(shown(span), is_marked=True)
            for span in spans
        ]
        text = "".join(texts)
        formats: list[FormatRun] = []
        links: list[tuple[int, int, str]] = []
        notes: list[tuple[int, int, str]] = []
        codes: list[tuple[int, int]] = []
        formulas: list[InlineFormula] = []
        sources: list[tuple[int, int]] = []
        place = 0
        for span, span_text in zip(spans, texts, strict=True):
            end = place + len(span_text)
            formula = None
            if span.is_formula:
                sources.append((self.next_place + place, self.next_place + end))
                if len(text) <= PARAGRAPH_MAX_CHARS:
                    formula = formula_builder.inline(self, span, place, style, width)
            if formula is not None:
                formulas.append(formula)
            text_format = self.look.typography.span_format(span, style)
            if self.look.is_paper and span.link and text_format is not None:
                text_format = linked(text_format, span.link)
            if text_format is not None and end > place:
                formats.append((place, end - place, text_format))
                if span.is_code:
                    codes.append((place, end))
                    self._space_code(text, formats)
                if span.footnote:
                    notes.append((place, end, span.footnote))
                if span.link and not span.is_image:
                    # One link may have several styles.
                    begin = links.pop()[0] if links and links[-1][1:] == (place, span.link) else place
                    links.append((begin, end, span.link))
            place = end
        start = self.next_place
        self.next_place += len(text) + 1
        if len(text) <= PARAGRAPH_MAX_CHARS:
            part = TextPart(text, style, width, start=start, formats=formats, formulas=formulas, align=align)
            part.sources = sources
            return [self._styled(part, 0, links, codes, notes) if formats else part]
        return [
            self._styled(
                TextPart(
                    text[first:last], style, width, start=start + first, formats=_cut(formats, first, last), align=align
                ),
                first,
                links,
                codes,
                notes,
            )
            for first, last in cuts(text, PARAGRAPH_MAX_CHARS)
        ]

    def _space_code(self, text: str, formats: list[FormatRun]) -> None:
        """Room on both sides of the inline code that is the last run, where no letters belong together."""
        place, length, text_format = formats.pop()
        typography = self.look.typography
        if place and _PARTING.match(text, place - 1):
            if formats and sum(formats[-1][:2]) == place:
                begin, before, own = formats.pop()
                if before > 1:
                    formats.append((begin, before - 1, own))
                formats.append((place - 1, 1, typography.spaced(own)))
            else:
                formats.append((place - 1, 1, typography.spaced(None)))
        last = place + length - 1
        if _SINGLE.match(text, last):
            if length > 1:
                formats.append((place, length - 1, text_format))
            formats.append((last, 1, typography.spaced(text_format)))
        else:
            formats.append((place, length, text_format))

    def _styled(
        self,
        part: TextPart,
        first: int,
        links: Sequence[tuple[int, int, str]],
        codes: Sequence[tuple[int, int]],
        notes: Sequence[tuple[int, int, str]],
    ) -> TextPart:
        """Hand a part the links and the areas of inline code in it; `first` is where it begins in its piece."""
        offset = part.start - first
        last = first + part.length
        part.links = [
            (start + offset, end + offset, target) for start, end, target in links if start < last and end > first
        ]
        part.notes = [
            (start + offset, end + offset, label) for start, end, label in notes if start < last and end > first
        ]
        for start, end in codes:
            if start < last and end > first:
                rects = part.rects(start + offset, end + offset)
                if rects and _SINGLE.match(part.text, min(end - first, part.length) - 1):
                    rects[-1].setRight(rects[-1].right() - self.look.typography.px(CODE_EDGE))
                part.pills.extend(rects)
        return part

    def shape_of(self, source: str) -> "Shape | None":
        """What a formula looks like; if that is not known, the box waits for it."""
        shape = self.look.formula(source)
        if shape is None:
            self.box.awaited.add(source)
        return shape

    def place(self, part: AnyText, x: float, y: float, area: int = -1) -> None:
        """Put a part into the box, with the links in it."""
        part.x, part.y, part.area = x, y, area
        if part.color is None:
            part.color = self.color
        if isinstance(part, GrownText):
            part.spread()
        self.box.parts.append(part)
        self.box.natural_width = max(self.box.natural_width, x + part.natural_width)
        for start, end, target in part.links:
            rects = tuple([rect.translated(x, y) for rect in part.rects(start, end)])
            if rects:
                text = part.text[start - part.start : end - part.start]
                name = link_name(self.look.words, target, text)
                self.box.zones.append(Zone(ZoneKind.LINK, rects, target, name, area, text=text))

        for start, end, label in part.notes:
            rects = tuple([rect.translated(x, y) for rect in part.rects(start, end)])
            if rects:
                name = self.look.words.footnote.format(number=part.text[start - part.start : end - part.start])
                self.box.zones.append(Zone(ZoneKind.FOOTNOTE, rects, label, name, area))

    def blocks(self, blocks: Sequence[Block], x: float, y: float, width: float, *, is_tight: bool = False) -> float:
        """Lay out blocks under each other; returns their height."""
        height = 0.0
        before: Block | None = None
        for block in blocks:
            height += gap_between(self.look.typography, before, block, is_tight=is_tight)
            height += self.block(block, x, y + height, width)
            before = block
        return height


def cuts(text: str, limit: int) -> list[tuple[int, int]]:
    """Ranges of at most `limit` characters, cut after spaces where there are any."""
    ranges = []
    start = 0
    while len(text) - start > limit:
        end = text.rfind(" ", start + limit // 2, start + limit) + 1 or start + limit
        ranges.append((start, end))
        start = end
    ranges.append((start, len(text)))
    return ranges


def _display_text(text: str, *, is_marked: bool) -> str:
    return HIDDEN_CHARACTERS.sub(HIDDEN_MARK, text) if is_marked else text


def _cut(runs: Sequence[FormatRun], first: int, last: int) -> list[FormatRun]:
    kept = []
    for start, length, text_format in runs:
        begin, end = max(start, first), min(start + length, last)
        if begin < end:
            kept.append((begin - first, end - begin, text_format))
    return kept
