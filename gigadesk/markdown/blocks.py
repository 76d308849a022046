"""The parts an answer is shown in. Frozen values; know neither Qt nor the parser that makes them.

A *block* is one top-level part of a message (a paragraph, a code block, a list ...). Containers hold blocks.
`source` is the half-open range of characters of the message's text that the block was made from, so that copying
gives back the Markdown itself; the ranges of a message's blocks follow each other without overlap and together hold
every character that is not blank. Nested blocks have ranges too.

A very long block (an endless code block, list, table or paragraph) is cut into several blocks at line ends (a
paragraph at spaces): every one after the first has `continues=True` and is shown as the seamless continuation of the
block before it (no gap, no second header).
"""

from enum import StrEnum

from gigadesk.markdown.quick_values import quick_value


@quick_value(frozen=True, slots=True)
class Source:
    """Half-open range of characters in the message's text."""

    start: int
    end: int


@quick_value(frozen=True, slots=True)
class Span:
    r"""A run of text in one style. A hard line break is a `\n` in `text`; soft breaks have become spaces."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_strike: bool = False
    is_code: bool = False
    link: str = ""
    """Target as written, not checked: `ui/links.py` decides what may be opened."""
    is_image: bool = False
    """A picture the text names. It is never fetched or opened: `text` is its description, `link` its address."""
    is_formula: bool = False
    """A formula: `text` is its source with the delimiters, see `formulas.tex_of`."""
    footnote: str = ""
    """Label of the note this leads to, as written; `text` is its number."""


class Align(StrEnum):
    """Alignment of a table's column."""

    DEFAULT = "default"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@quick_value(frozen=True, slots=True)
class Paragraph:
    """Text."""

    spans: tuple[Span, ...]
    source: Source
    continues: bool = False


@quick_value(frozen=True, slots=True)
class Heading:
    """A heading."""

    level: int
    """1 to 6."""
    spans: tuple[Span, ...]
    source: Source
    continues: bool = False


@quick_value(frozen=True, slots=True)
class CodeBlock:
    """Code, fenced or indented."""

    language: str
    """First word of the fence's info string, lower case; empty when unnamed or indented."""
    text: str
    r"""The code without the last `\n`."""
    source: Source
    is_open: bool = False
    """The closing fence has not come yet."""
    continues: bool = False
    joins_line: bool = False
    """A continuation that goes on in the middle of a line too long for one piece."""
    is_table: bool = False
    """A table that is too large to be laid out, or the rest of one: lines of Markdown."""


@quick_value(frozen=True, slots=True)
class Formula:
    """A formula that stands alone."""

    text: str
    """Its source with the delimiters, see `formulas.tex_of`."""
    source: Source
    continues: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """The same as running text."""
        return (Span(self.text, is_formula=True),)


@quick_value(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    source: Source
    continues: bool = False


@quick_value(frozen=True, slots=True)
class Table:
    """A table with a header row."""

    aligns: tuple[Align, ...]
    header: tuple[tuple[Span, ...], ...]
    """Empty tuple in a continuation, whose columns are those of the block before."""
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    source: Source
    continues: bool = False


@quick_value(frozen=True, slots=True)
class Quote:
    """Blocks behind a bar."""

    blocks: tuple["Block", ...]
    source: Source
    continues: bool = False


@quick_value(frozen=True, slots=True)
class ListItem:
    """One item of a list."""

    blocks: tuple["Block", ...]
    source: Source
    is_checked: bool | None = None
    """None unless the item is a task."""
    continues: bool = False
    """Goes on from the last item of the piece before: no mark, no number."""


@quick_value(frozen=True, slots=True)
class ItemList:
    """A numbered or bulleted list."""

    items: tuple[ListItem, ...]
    source: Source
    start: int | None = None
    """Number of the first item here; None for bullets."""
    is_tight: bool = True
    continues: bool = False


@quick_value(frozen=True, slots=True)
class Footnote:
    """A note, where it is defined."""

    label: str
    number: int
    """The same as in the text of the spans that lead here."""
    blocks: tuple["Block", ...]
    source: Source
    continues: bool = False


Block = Paragraph | Heading | CodeBlock | Formula | Rule | Table | Quote | ItemList | Footnote
