"""The open tree: what the block machine works on, before it is shown as `blocks`."""

from dataclasses import dataclass, field
from enum import StrEnum

from gigadesk.markdown.blocks import Align, Block


class Kind(StrEnum):
    """What a node is."""

    QUOTE = "quote"
    LIST = "list"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    FENCE = "fence"
    INDENTED = "indented"
    RULE = "rule"
    TABLE = "table"
    FORMULA = "formula"
    """Lines that begin as one; they are a paragraph if it never ends."""
    FOOTNOTE = "footnote"


CONTAINERS = frozenset({Kind.QUOTE, Kind.LIST, Kind.ITEM, Kind.FOOTNOTE})
CODE = frozenset({Kind.FENCE, Kind.INDENTED})


@dataclass(slots=True)
class Shared:
    """What the pieces of one long block have in common; it may still change while the last piece is open."""

    marker: str = ""
    """Of a list: its bullet or the sign behind the number. Of a fence: its character.
    Of a formula: what closes it. Of a footnote: its label."""
    is_tight: bool = True
    level: int = 0
    """Of a heading. A paragraph has 0 and may become a heading by an underline."""
    fence_length: int = 0
    fence_indent: int = 0
    language: str = ""
    aligns: tuple[Align, ...] = ()
    rows: int = 0
    is_text: bool = False
    """A table too large to be laid out: its lines are shown as they are."""

    def copy(self) -> "Shared":
        return Shared(
            self.marker,
            self.is_tight,
            self.level,
            self.fence_length,
            self.fence_indent,
            self.language,
            self.aligns,
            self.rows,
            self.is_text,
        )


@dataclass(slots=True)
class Node:
    """A block, or a piece of a long one, that is being built."""

    kind: Kind
    start: int
    end: int
    shared: Shared = field(default_factory=Shared)
    continues: bool = False
    children: list["Node"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Text of a leaf. Code, tables: a line each. Paragraphs: parts that joined give the text, with line ends."""
    offsets: list[int] = field(default_factory=list)
    """Of a paragraph: where each part is in the message."""
    size: int = 0
    """Characters in `lines`."""
    weight: int = 0
    """Of a paragraph: what reading it costs, see `cuts.weight`."""
    blanks: list[str] = field(default_factory=list)
    """Of indented code: blank lines that belong to it if more code follows."""
    indent: int = 0
    """Of an item: columns its content is indented by."""
    number: int | None = None
    is_checked: bool | None = None
    is_cut: bool = False
    """A piece that another piece goes on from."""
    joins_line: bool = False
    """Code that goes on in the middle of a line."""
    is_open: bool = False
    """The last leaf of a text that is still coming."""
    block: Block | None = None
    """What it is shown as, once it is built."""
    is_built: bool = False
    missing: frozenset[str] = frozenset()
    """Labels it refers to that no definition has named yet."""

    def copy(self) -> "Node":
        """A copy that can grow without changing this one. What is closed inside is the same."""
        # Several times a repaint: `dataclasses.replace` takes five times as long.
        return Node(
            self.kind,
            self.start,
            self.end,
            self.shared.copy(),
            self.continues,
            self.children.copy(),
            self.lines.copy(),
            self.offsets.copy(),
            self.size,
            self.weight,
            self.blanks.copy(),
            self.indent,
            self.number,
            self.is_checked,
            self.is_cut,
            self.joins_line,
            self.is_open,
            self.block,
            self.is_built,
            self.missing,
        )

    def next_piece(self, start: int) -> "Node":
        """The piece that goes on where this one is cut."""
        return Node(self.kind, start, start, self.shared, continues=True, indent=self.indent, number=self.number)
