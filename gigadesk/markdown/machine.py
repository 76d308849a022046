"""Lines to a tree of blocks, one line after the other: each line is looked at once, whatever came before.

This is the algorithm of the CommonMark appendix (containers that match go on, then new blocks start, then text is
added), with tables and task lists of GFM, and with cuts: what never ends is cut into pieces, where the text alone
says, so that the open piece stays small. Knows nothing of inline marks.

Source: https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy
"""

from enum import Enum, auto

from gigadesk.limits import TABLE_MAX_COLUMNS, TABLE_MAX_ROWS
from gigadesk.markdown import cuts, footnotes, formula_lines, starts
from gigadesk.markdown.formula_lines import FormulaLines
from gigadesk.markdown.going_on import goes_on
from gigadesk.markdown.line import Line
from gigadesk.markdown.nodes import CODE, CONTAINERS, Kind, Node, Shared
from gigadesk.markdown.tree import NEVER, OpenTree

_PLAIN = "plain"


class _Begun(Enum):
    NOTHING = auto()
    CONTAINER = auto()
    LEAF = auto()


class Machine:
    """Takes lines, makes the tree grow."""

    def __init__(self, tree: OpenTree | None = None) -> None:
        self.tree = tree or OpenTree()
        self._is_skipping_blanks = False
        self._formula: FormulaLines | None = None
        """What may be a formula; the tree knows nothing of its lines until that is sure."""

    def copy(self) -> "Machine":
        """A machine that can go on alone; costs as much as the open piece."""
        twin = Machine(self.tree.copy())
        twin._is_skipping_blanks = self._is_skipping_blanks
        twin._formula = self._formula.copy() if self._formula is not None else None
        return twin

    def add_line(self, text: str, start: int, *, is_long: bool = False) -> None:
        """Take a line without its end. `is_long`: only its beginning, `add_more` brings the rest."""
        if self._formula is not None:
            if self._go_on_with(self._formula, text, start, is_long=is_long):
                return
            self._give_up_formula()
        self._add_line(text, start, is_long=is_long, may_be_formula=True)

    def _add_line(self, text: str, start: int, *, is_long: bool, may_be_formula: bool) -> None:
        line = Line(text, start, is_long=is_long)
        self.tree.piece_lines += 1
        self._is_skipping_blanks = is_long and line.is_blank
        self.tree.settle_definitions(line.char)
        self.tree.blank_from = self._read(line, self._match(line), may_be_formula=may_be_formula)

    def add_more(self, text: str, start: int) -> None:
        """Take the next part of a line that is too long to look at as a whole: it is text, never a mark."""
        if self._is_skipping_blanks:
            if text.strip(" \t"):
                self._is_skipping_blanks = False
                self.add_line(text.lstrip(" \t"), start + len(text) - len(text.lstrip(" \t")), is_long=True)
            return
        if not self.tree.path or self.tree.path[-1].kind not in CODE | {Kind.PARAGRAPH}:
            self.tree.open(Kind.PARAGRAPH, start)
        tip = self.tree.path[-1]
        if tip.kind is Kind.PARAGRAPH:
            self.tree.add_text(text, start, is_new_line=False)
        else:
            if cuts.is_code_full(tip):
                tip = self.tree.cut(start)
                tip.joins_line = True
                tip.lines.append("")
            tip.lines[-1:] = [tip.lines[-1] + text] if tip.lines else [text]
            tip.size += len(text)
        self.tree.grow(start + len(text))

    def add_plain(self, text: str, start: int) -> None:
        """Take text that is past the limit of what is looked at: it is shown as it is."""
        self._give_up_formula()
        if not self.tree.path or self.tree.path[-1].shared.marker != _PLAIN:
            self.tree.close_to(0)
            self.tree.open(Kind.FENCE, start).shared.marker = _PLAIN
        tip = self.tree.cut(start) if cuts.is_code_full(self.tree.path[-1]) else self.tree.path[-1]
        tip.lines.append(text)
        tip.size += len(text)
        self.tree.grow(start + len(text))

    def mark_open(self, start: int) -> None:
        """Of a copy that was given the begin of a line, which began at `start`: the leaf it made is still coming."""
        node = self.tree.path[-1] if self.tree.path else self.tree.done[-1] if self.tree.done else None
        while node is not None and node.kind in CONTAINERS and node.children:
            node = node.children[-1]
        if node is not None and node.kind is Kind.HEADING and node.start >= start:
            node.is_open = True

    def close(self, *, is_final: bool = True) -> None:
        """End all open blocks. Not `is_final`: more will come, this is a copy to look at."""
        if is_final:
            self._give_up_formula()
        if self.tree.path and self.tree.path[-1].kind not in CONTAINERS:
            self.tree.path[-1].is_open = not is_final
        self.tree.close_to(0)

    def _match(self, line: Line) -> int:
        """How many of the open blocks go on in this line."""
        for index, node in enumerate(self.tree.path):
            if not goes_on(node, line, is_tip=node is self.tree.tip):
                return index
        return len(self.tree.path)

    def _go_on_with(self, formula: FormulaLines, text: str, start: int, *, is_long: bool) -> bool:
        """Take a line as one of a formula; False if that is none then."""
        line = Line(text, start, is_long=is_long)
        for node in self.tree.path[: formula.matched]:
            if formula_lines.goes_on_in(node.kind) and not goes_on(node, line, is_tip=False):
                return False
        if not formula.takes(line):
            return False
        formula.waiting.append((text, start))
        self._close_formula(formula, line)
        return True

    def _close_formula(self, formula: FormulaLines, line: Line) -> None:
        """Make a block of a formula whose last line has come."""
        found = formula_lines.closed(formula)
        if found is None:
            return
        self._formula = None
        first = formula.line
        self.tree.close_to(formula.matched)
        self.tree.open(Kind.FORMULA, first.start + first.nonspace, first.start).lines = [found.text]
        self.tree.piece_lines += len(formula.waiting)
        end = line.end - len(found.behind)
        self.tree.grow(end)
        self.tree.close_last()
        if found.behind:
            behind = found.behind.lstrip(" \t")
            start = line.end - len(behind)
            self.tree.open(Kind.PARAGRAPH, start)
            self.tree.add_text(behind, start, is_new_line=True)
            self.tree.grow(line.end)
        self.tree.blank_from = NEVER

    def _give_up_formula(self) -> None:
        """It was none: its lines are what they are without it."""
        formula, self._formula = self._formula, None
        if formula is None:
            return
        self.tree.blank_from = self._read_on(
            formula.line, formula.matched, formula.container, has_begun=formula.has_begun, may_be_formula=False
        )
        for text, start in formula.waiting:
            self._add_line(text, start, is_long=False, may_be_formula=False)

    def _read(self, line: Line, matched: int, *, may_be_formula: bool) -> int:
        """Start new blocks and add the text. Returns from where in the path the line was blank."""
        tip = self.tree.tip
        if tip is not None and tip.kind is Kind.FENCE and matched == len(self.tree.path):
            if starts.closes_fence(line, tip.shared):
                self.tree.grow(line.end)
                self.tree.close_last()
                return NEVER
            line.skip(min(line.indent, tip.shared.fence_indent))
        container = self.tree.path[matched - 1].kind if matched else None
        return self._read_on(line, matched, container, has_begun=False, may_be_formula=may_be_formula)

    def _read_on(
        self, line: Line, matched: int, container: Kind | None, *, has_begun: bool, may_be_formula: bool
    ) -> int:
        """The same from a place in the line on, where the container is known."""
        while container not in CODE and not line.is_blank and (line.is_indented or starts.may_start(line)):
            if may_be_formula and self._start_formula(line, matched, container, has_begun=has_begun):
                return NEVER
            begun = self._start_block(line, matched, container)
            if begun is _Begun.LEAF:
                return NEVER
            if begun is _Begun.NOTHING:
                break
            matched = len(self.tree.path)
            has_begun = True
            container = self.tree.path[-1].kind
        if line.is_blank and container not in CODE:
            self.tree.close_to(matched)
            return NEVER if has_begun else self._first_blank(line, matched)
        if matched < len(self.tree.path) and self.tree.path[-1].kind is Kind.PARAGRAPH:
            self._add_lazy(line)
            return NEVER
        self.tree.close_to(matched)
        self._add_rest(line)
        return self._first_blank(line, matched) if line.is_blank and not has_begun else NEVER

    def _first_blank(self, line: Line, matched: int) -> int:
        """From where in the path a line without text is blank: its marks of quotes are not, for what is around them."""
        for index in range(matched - 1, -1, -1):
            if self.tree.path[index].kind is Kind.QUOTE:
                for node in self.tree.path[: index + 1]:
                    node.end = line.start + line.offset
                return index + 1
        return 0

    def _add_lazy(self, line: Line) -> None:
        line.skip_blanks()
        self.tree.add_text(line.rest(), line.start + line.offset, is_new_line=True)
        self.tree.grow(line.end)

    def _add_rest(self, line: Line) -> None:
        tip = self.tree.path[-1] if self.tree.path else None
        if tip is not None and tip.kind in CODE:
            self._add_code(tip, line)
            return
        if tip is None or tip.kind in CONTAINERS:
            self.tree.open(Kind.PARAGRAPH, line.start + line.nonspace, line.start)
        elif tip.kind is Kind.TABLE:
            if not line.is_long and not line.is_indented:
                self._add_row(line)
                return
            self.tree.open(Kind.PARAGRAPH, line.start + line.nonspace, line.start)
        line.skip_blanks()
        self.tree.add_text(line.rest(), line.start + line.offset, is_new_line=True)
        self.tree.grow(line.end)

    def _add_code(self, tip: Node, line: Line) -> None:
        if tip.kind is Kind.INDENTED and line.is_blank:
            tip.blanks.append(line.rest())
            return
        if cuts.is_code_full(tip) and not line.is_long:
            pending, tip.blanks = tip.blanks, []
            tip = self.tree.cut(line.start)
            tip.blanks = pending
        for text in (*tip.blanks, line.rest()):
            tip.lines.append(text)
            tip.size += len(text)
        tip.blanks = []
        self.tree.grow(line.end)

    def _add_row(self, line: Line) -> None:
        tip = self.tree.path[-1]
        if not tip.shared.is_text and tip.shared.rows >= TABLE_MAX_ROWS:
            self.tree.cut(line.start)
            tip = self.tree.path[-1]
            tip.shared = Shared(is_text=True)
            tip.continues = False
        elif cuts.is_table_full(tip):
            tip = self.tree.cut(line.start)
        tip.shared.rows += 1
        line.skip_blanks()
        tip.lines.append(line.rest())
        tip.size += len(tip.lines[-1])
        self.tree.grow(line.end)

    def _start_formula(self, line: Line, matched: int, container: Kind | None, *, has_begun: bool) -> bool:
        closer = formula_lines.begins(line) if not (line.is_indented or line.is_long) else ""
        if not closer:
            return False
        self._formula = FormulaLines(closer, line, matched, container, has_begun)
        self._formula.takes(line)
        self._formula.texts = [line.text[line.nonspace :]]
        self._close_formula(self._formula, line)
        return True

    def _start_block(self, line: Line, matched: int, container: Kind | None) -> _Begun:
        """Open what this line begins at its place, in the order of the standard."""
        if line.is_indented:
            return self._start_indented(line, matched)
        depth = sum(node.kind in {Kind.QUOTE, Kind.ITEM, Kind.FOOTNOTE} for node in self.tree.path[:matched])
        can_nest = depth < cuts.MAX_NESTING
        if line.char == ">" and can_nest:
            self.tree.close_to(matched)
            self.tree.open(Kind.QUOTE, line.start + line.nonspace, line.start)
            starts.skip_quote_marker(line)
            self.tree.grow(line.start + line.offset)
            return _Begun.CONTAINER
        if not line.is_long and self._start_leaf(line, matched, container):
            return _Begun.LEAF
        if can_nest and (self._start_item(line, matched, container) or self._start_footnote(line, matched)):
            return _Begun.CONTAINER
        return _Begun.NOTHING

    def _start_leaf(self, line: Line, matched: int, container: Kind | None) -> bool:
        position = line.start + line.nonspace
        if heading := starts.read_heading(line):
            self.tree.close_to(matched)
            node = self.tree.open(Kind.HEADING, position, line.start)
            node.shared.level, text = heading
            return self._close_leaf(line, text)
        if fence := starts.read_fence(line):
            self.tree.close_to(matched)
            self.tree.open(Kind.FENCE, position, line.start).shared = fence
            self.tree.grow(line.end)
            return True
        if container is Kind.PARAGRAPH and (self._start_table(line) or self._underline(line)):
            return True
        if starts.is_rule(line):
            self.tree.close_to(matched)
            self.tree.open(Kind.RULE, position, line.start)
            return self._close_leaf(line, "")
        return False

    def _start_indented(self, line: Line, matched: int) -> _Begun:
        if self.tree.path and self.tree.path[-1].kind is Kind.PARAGRAPH:
            return _Begun.NOTHING
        line.skip(4)
        self.tree.close_to(matched)
        self.tree.open(Kind.INDENTED, line.start + line.offset, line.start)
        self._add_code(self.tree.path[-1], line)
        return _Begun.LEAF

    def _start_item(self, line: Line, matched: int, container: Kind | None) -> bool:
        marker = starts.read_item(line, interrupts_paragraph=container is Kind.PARAGRAPH)
        if marker is None:
            return False
        self.tree.close_to(matched)
        if self.tree.path and self.tree.path[-1].kind in {Kind.PARAGRAPH, Kind.TABLE}:
            self.tree.close_last()
        position = line.start + line.nonspace
        if (
            not self.tree.path
            or self.tree.path[-1].kind is not Kind.LIST
            or self.tree.path[-1].shared.marker != marker.sign
        ):
            node = self.tree.open(Kind.LIST, position, line.start)
            node.shared.marker = marker.sign
            node.number = marker.number
        item = self.tree.open(Kind.ITEM, position, line.start)
        item.number = marker.number
        item.indent = starts.skip_item_marker(line, marker)
        item.is_checked = starts.take_checkbox(line)
        self.tree.grow(line.start + line.offset)
        return True

    def _start_footnote(self, line: Line, matched: int) -> bool:
        found = footnotes.match_definition(line.text, line.nonspace) if line.char == "[" else None
        if found is None:
            return False
        self.tree.close_to(matched)
        node = self.tree.open(Kind.FOOTNOTE, line.start + line.nonspace, line.start)
        node.shared.marker = found[1]
        node.indent = footnotes.CONTENT_INDENT
        self.tree.definitions.setdefault(footnotes.key_of(found[1]), "")
        line.skip_to(found.end())
        self.tree.grow(line.start + line.offset)
        return True

    def _start_table(self, line: Line) -> bool:
        """The line under the last line of a paragraph makes a table of both."""
        aligns = starts.read_delimiter_row(line)
        paragraph = self.tree.path[-1]
        if aligns is None or not paragraph.lines:
            return False
        header = paragraph.lines[-1]
        if "|" not in header or len(starts.split_row(header)) != len(aligns):
            return False
        start = paragraph.offsets[-1]
        del paragraph.lines[-1], paragraph.offsets[-1]
        if paragraph.lines:
            paragraph.lines[-1] = paragraph.lines[-1].removesuffix("\n")
            paragraph.end = paragraph.offsets[-1] + len(paragraph.lines[-1])
            self.tree.close_last()
        else:
            start = paragraph.start
            self.tree.path.pop()
        table = self.tree.open(Kind.TABLE, start)
        table.start = start
        table.shared.is_text = len(aligns) > TABLE_MAX_COLUMNS
        table.shared.aligns = aligns
        table.lines = [header]
        if table.shared.is_text:
            line.skip_blanks()
            table.lines.append(line.rest())
        self.tree.grow(line.end)
        return True

    def _underline(self, line: Line) -> bool:
        level = starts.read_underline(line)
        paragraph = self.tree.path[-1]
        if not level:
            return False
        self.tree.drop_definitions(paragraph)
        if not "".join(paragraph.lines).strip(" \t\n"):
            return False
        paragraph.shared.level = level
        if paragraph.continues:
            self.tree.changed.append(paragraph.shared)
        self.tree.grow(line.end)
        self.tree.close_last()
        return True

    def _close_leaf(self, line: Line, text: str) -> bool:
        node = self.tree.path[-1]
        node.lines = [text]
        self.tree.grow(line.end)
        self.tree.close_last()
        return True
