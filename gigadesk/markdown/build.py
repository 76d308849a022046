"""Nodes to blocks."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

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
    Source,
    Span,
    Table,
)
from gigadesk.markdown.calm import Split, close_marks, hold_begin, split_long, split_open
from gigadesk.markdown.footnotes import key_of
from gigadesk.markdown.formulas import hold_formula
from gigadesk.markdown.inline import Inline, join_spans, read_inline
from gigadesk.markdown.nodes import Kind, Node
from gigadesk.markdown.spans import show_controls
from gigadesk.markdown.tables import split_row

_LONG_CHARS = 1500
"""Longer texts are read in parts, so that those that have not changed are not read again."""
_PART_CHARS = 500
_OPEN_CHARS = 700
"""The same for a text that is still coming: its last part is read with every feed."""


class Memory:
    """What texts were read as in the last two rounds: most of the open tail is the same in every round."""

    def __init__(self) -> None:
        self._now: dict[tuple[str, int], Inline] = {}
        self._before: dict[tuple[str, int], Inline] = {}

        self.split: Split | None = None
        """How the long text at the end was split last."""

    def next_round(self) -> None:
        self._before, self._now = self._now, {}

    def read(self, text: str, definitions: tuple[Mapping[str, str], ...]) -> Inline:
        """As `read_inline`. Definitions only become more, so their number says which ones a text was read with."""
        if "[" not in text:
            key = (text, 0)
        elif len(definitions) == 1:
            key = (text, len(definitions[0]))
        else:
            return read_inline(text, *definitions)
        inline = self._now.get(key) or self._before.get(key) or read_inline(text, *definitions)
        self._now[key] = inline
        return inline


class Builder:
    """Makes blocks of nodes, each closed node once. `own`: definitions of the open tail, which may yet change."""

    def __init__(self, memory: Memory, definitions: Mapping[str, str], own: Mapping[str, str] | None = None) -> None:
        self._memory = memory
        self._definitions = (definitions, own) if own else (definitions,)
        self._missing: set[str] = set()

    def build(self, node: Node) -> Block | None:
        """The block a node is shown as; None if nothing of it is shown."""
        if node.is_built and not node.is_cut:
            return node.block
        self._missing = set()
        node.block = self._make(node)
        node.is_built = True
        if node.kind in {Kind.PARAGRAPH, Kind.HEADING, Kind.TABLE}:
            node.missing = frozenset(self._missing)
        return node.block

    def prepare(self, node: Node) -> None:
        """Build a closed part of an open block."""
        if node.kind is not Kind.ITEM:
            self.build(node)
            return
        for child in node.children:
            self.build(child)

    def _make(self, node: Node) -> Block | None:
        source = Source(node.start, node.end)
        match node.kind:
            case Kind.PARAGRAPH | Kind.HEADING:
                return self._make_text(node, source)
            case Kind.FENCE | Kind.INDENTED:
                return _make_code(node, source)
            case Kind.FORMULA:
                return Formula(show_controls("\n".join(node.lines)), source)
            case Kind.RULE:
                return Rule(source)
            case Kind.TABLE:
                return self._make_table(node, source)
            case Kind.QUOTE:
                return Quote(self._children(node), source, continues=node.continues)
            case Kind.LIST:
                items = tuple(self._make_item(item) for item in node.children)
                return ItemList(
                    items,
                    source,
                    start=node.children[0].number if node.children else node.number,
                    is_tight=node.shared.is_tight,
                    continues=node.continues,
                )
            case Kind.FOOTNOTE:
                label = node.shared.marker
                return Footnote(label, self._number(label), self._children(node), source, continues=node.continues)
            case Kind.ITEM:
                return None

    def _number(self, label: str) -> int:
        key = key_of(label)
        return next(int(known[key]) for known in self._definitions if key in known)

    def _make_item(self, node: Node) -> ListItem:
        return ListItem(
            self._children(node), Source(node.start, node.end), is_checked=node.is_checked, continues=node.continues
        )

    def _children(self, node: Node) -> tuple[Block, ...]:
        return tuple(block for child in node.children if (block := self.build(child)) is not None)

    def _make_text(self, node: Node, source: Source) -> Paragraph | Heading | None:
        text = hold_begin("".join(node.lines), is_long=node.continues) if node.is_open else "".join(node.lines)
        spans = self._spans(text, is_open=node.is_open)
        if node.shared.level:
            return Heading(node.shared.level, spans, source, continues=node.continues)
        # A link without a text shows nothing, and its paragraph stays, as in HTML.
        is_shown = spans or (text.strip() and not node.is_open)
        return Paragraph(spans, source, continues=node.continues) if is_shown else None

    def _make_table(self, node: Node, source: Source) -> Block:
        if node.shared.is_text:
            return CodeBlock("", show_controls("\n".join(node.lines)), source, continues=node.continues, is_table=True)
        width = len(node.shared.aligns)
        rows = []
        for line in node.lines:
            is_last = node.is_open and line is node.lines[-1]
            cells = split_row(hold_formula(line) if is_last else line)[:width]
            spans = [self._spans(cell, is_open=is_last and index == len(cells) - 1) for index, cell in enumerate(cells)]
            rows.append(tuple(spans) + ((),) * (width - len(cells)))
        header = () if node.continues else rows.pop(0)
        return Table(node.shared.aligns, header, tuple(rows), source, continues=node.continues)

    def _spans(self, text: str, *, is_open: bool) -> tuple[Span, ...]:
        if is_open:
            return self._open_spans(text)
        parts = split_long(text, _PART_CHARS) if len(text) > _LONG_CHARS else (text,)
        spans: tuple[Span, ...] = ()
        for part in parts:
            inline = self._memory.read(part, self._definitions)
            self._missing |= inline.missing
            spans = join_spans(spans, inline.spans) if spans else inline.spans
        return spans

    def _open_spans(self, text: str) -> tuple[Span, ...]:
        """The spans of a text that is still coming."""
        spans: tuple[Span, ...] = ()
        joint = ""
        if len(text) > _OPEN_CHARS:
            split = self._memory.split = split_open(text, _PART_CHARS, self._memory.split)
            for part, next_joint in split.parts:
                more = self._memory.read(part, self._definitions).spans
                spans = join_spans(spans, more) if joint else spans + more
                joint = next_joint
            text = split.rest
        more = read_inline(close_marks(text), *self._definitions, is_open=True).spans
        return join_spans(spans, more) if joint and spans else spans + more


def _make_code(node: Node, source: Source) -> CodeBlock:
    return CodeBlock(
        node.shared.language,
        show_controls("\n".join(node.lines)),
        source,
        is_open=node.is_open and node.kind is Kind.FENCE,
        continues=node.continues,
        joins_line=node.joins_line,
    )


def missing_labels(node: Node) -> set[str]:
    """Labels that anything in the tree refers to in vain."""
    return {label for leaf in _walk(node) for label in leaf.missing}


def forget_blocks(node: Node, labels: AbstractSet[str]) -> bool:
    """Forget what was built of leaves that refer to one of the labels, and of what holds them."""
    is_hit = not labels.isdisjoint(node.missing)
    for child in node.children:
        is_hit |= forget_blocks(child, labels)
    if is_hit:
        node.is_built = False
    return is_hit


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)
