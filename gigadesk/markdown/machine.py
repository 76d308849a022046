"""Lines to a tree of blocks, one line after the other: each line is looked at once, whatever came before.

This is the algorithm of the CommonMark appendix (containers that match go on, then new blocks start, then text is
added), with tables and task lists of GFM, and with cuts: what never ends is cut into pieces, where the text alone
says, so that the open piece stays small. Knows nothing of inline marks.

Source: https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy
"""

from enum import Enum, auto

from gigadesk.limits import TABLE_MAX_COLUMNS, TABLE_MAX_ROWS
from gigadesk.markdown import cuts, starts
from gigadesk.markdown.calm import find_cut
from gigadesk.markdown.definitions import take_definitions
from gigadesk.markdown.line import Line
from gigadesk.markdown.nodes import CODE, CONTAINERS, Kind, Node, Shared

_NO_BLANK = 1 << 30
_PLAIN = "plain"


class _Begun(Enum):
    NOTHING = auto()
    CONTAINER = auto()
    LEAF = auto()


class Machine:
    """Takes lines, gives finished pieces of top-level blocks in `done`."""

    def __init__(self) -> None:
        self.path: list[Node] = []
        """The open blocks, the outermost first."""
        self.done: list[Node] = []
        """Finished top-level pieces that nobody has taken yet."""
        self.definitions: dict[str, str] = {}
        """Label to target, of the definitions that nobody has taken yet."""
        self.has_changed_past = False
        """A list turned loose or a paragraph became a heading after pieces of it had been finished."""
        self._blank_from = _NO_BLANK
        """The line before was blank for the containers from this place in the path on."""
        self._piece_lines = 0
        self._is_skipping_blanks = False

    def copy(self) -> "Machine":
        """A machine that can go on alone; costs as much as the open piece."""
        twin = Machine()
        twin.path = [node.copy() for node in self.path]
        twin._blank_from = self._blank_from
        twin._piece_lines = self._piece_lines
        twin._is_skipping_blanks = self._is_skipping_blanks
        return twin

    def add_line(self, text: str, start: int, *, is_long: bool = False) -> None:
        """Take a line without its end. `is_long`: only its beginning, `add_more` brings the rest."""
        line = Line(text, start, is_long=is_long)
        self._piece_lines += 1
        self._is_skipping_blanks = is_long and line.is_blank
        self._settle_definitions(line)
        matched = self._match(line)
        if matched < 0:
            return
        blank_from = self._read(line, matched)
        self._blank_from = blank_from

    def add_more(self, text: str, start: int) -> None:
        """Take the next part of a line that is too long to look at as a whole: it is text, never a mark."""
        if self._is_skipping_blanks:
            if text.strip(" \t"):
                self._is_skipping_blanks = False
                self.add_line(text.lstrip(" \t"), start + len(text) - len(text.lstrip(" \t")), is_long=True)
            return
        if not self.path or self.path[-1].kind not in CODE | {Kind.PARAGRAPH}:
            self._open(Kind.PARAGRAPH, start)
        tip = self.path[-1]
        if tip.kind is Kind.PARAGRAPH:
            self._add_text(text, start, is_new_line=False)
        else:
            if cuts.is_code_full(tip):
                tip = self._cut(start)
                tip.joins_line = True
                tip.lines.append("")
            tip.lines[-1:] = [tip.lines[-1] + text] if tip.lines else [text]
            tip.size += len(text)
        self._grow(start + len(text))

    def add_plain(self, text: str, start: int) -> None:
        """Take text that is past the limit of what is looked at: it is shown as it is."""
        if not self.path or self.path[-1].shared.marker != _PLAIN:
            self._close_to(0)
            self._open(Kind.FENCE, start).shared.marker = _PLAIN
        tip = self._cut(start) if cuts.is_code_full(self.path[-1]) else self.path[-1]
        tip.lines.append(text)
        tip.size += len(text)
        self._grow(start + len(text))

    def close(self, *, is_final: bool = True) -> None:
        """End all open blocks. Not `is_final`: more will come, this is a copy to look at."""
        if self.path and self.path[-1].kind not in CONTAINERS:
            self.path[-1].is_open = not is_final
        self._close_to(0)

    def _match(self, line: Line) -> int:
        """How many of the open blocks go on in this line; -1 when the line only closed a fence."""
        for index, node in enumerate(self.path):
            match node.kind:
                case Kind.LIST:
                    continue
                case Kind.QUOTE:
                    if line.is_indented or line.char != ">":
                        return index
                    starts.skip_quote_marker(line)
                case Kind.ITEM:
                    if line.is_blank:
                        if not node.children and not node.continues and node is self.path[-1]:
                            return index
                        line.skip_blanks()
                    elif line.indent >= node.indent:
                        line.skip(node.indent)
                    else:
                        return index
                case Kind.FENCE:
                    if starts.closes_fence(line, node.shared):
                        self._grow(line.end)
                        self._close_last()
                        self._blank_from = _NO_BLANK
                        return -1
                    line.skip(min(line.indent, node.shared.fence_indent))
                case Kind.INDENTED:
                    if line.is_indented:
                        line.skip(4)
                    elif line.is_blank:
                        line.skip_blanks()
                    else:
                        return index
                case _:
                    if line.is_blank:
                        return index
        return len(self.path)

    def _read(self, line: Line, matched: int) -> int:
        """Start new blocks and add the text. Returns from where in the path the line was blank."""
        has_begun = False
        container = self.path[matched - 1].kind if matched else None
        while container not in CODE and not line.is_blank and (line.is_indented or starts.may_start(line)):
            begun = self._start_block(line, matched, container)
            if begun is _Begun.LEAF:
                return _NO_BLANK
            if begun is _Begun.NOTHING:
                break
            matched = len(self.path)
            has_begun = True
            container = self.path[-1].kind
        if line.is_blank and container not in CODE:
            self._close_to(matched)
            return _NO_BLANK if has_begun else self._first_blank(line, matched)
        tip = self.path[-1].kind if self.path else None
        if matched < len(self.path) and tip is Kind.PARAGRAPH:
            self._add_lazy(line)
            return _NO_BLANK
        self._close_to(matched)
        self._add_rest(line)
        return self._first_blank(line, matched) if line.is_blank and not has_begun else _NO_BLANK

    def _first_blank(self, line: Line, matched: int) -> int:
        """From where in the path a line without text is blank: its marks of quotes are not, for what is around them."""
        for index in range(matched - 1, -1, -1):
            if self.path[index].kind is Kind.QUOTE:
                for node in self.path[: index + 1]:
                    node.end = line.start + line.offset
                return index + 1
        return 0

    def _add_lazy(self, line: Line) -> None:
        line.skip_blanks()
        self._add_text(line.rest(), line.start + line.offset, is_new_line=True)
        self._grow(line.end)

    def _add_rest(self, line: Line) -> None:
        tip = self.path[-1] if self.path else None
        if tip is not None and tip.kind in CODE:
            self._add_code(tip, line)
            return
        if tip is None or tip.kind in CONTAINERS:
            self._open(Kind.PARAGRAPH, line.start + line.nonspace, line)
        elif tip.kind is Kind.TABLE:
            if not line.is_long and not line.is_indented:
                self._add_row(line)
                return
            self._open(Kind.PARAGRAPH, line.start + line.nonspace, line)
        line.skip_blanks()
        self._add_text(line.rest(), line.start + line.offset, is_new_line=True)
        self._grow(line.end)

    def _add_code(self, tip: Node, line: Line) -> None:
        if tip.kind is Kind.INDENTED and line.is_blank:
            tip.blanks.append(line.rest())
            return
        if cuts.is_code_full(tip) and not line.is_long:
            pending, tip.blanks = tip.blanks, []
            tip = self._cut(line.start)
            tip.blanks = pending
        for text in (*tip.blanks, line.rest()):
            tip.lines.append(text)
            tip.size += len(text)
        tip.blanks = []
        self._grow(line.end)

    def _add_text(self, text: str, start: int, *, is_new_line: bool) -> None:
        """Add to the paragraph at the tip, and cut it if it is too long."""
        tip = self.path[-1]
        if is_new_line and tip.lines:
            tip.lines[-1] += "\n"
            tip.size += 1
        tip.lines.append(text)
        tip.offsets.append(start)
        tip.size += len(text)
        while tip.size > cuts.PARAGRAPH_CHARS:
            self._drop_definitions(tip)
            content = "".join(tip.lines)
            position = find_cut(content, cuts.PARAGRAPH_MIN_CHARS, cuts.PARAGRAPH_CHARS)
            if not content[position:].strip():
                # Only blanks behind the cut: two of them are as good as a million.
                tip.lines, tip.offsets = [content.rstrip() + "  "], tip.offsets[:1]
                tip.size = len(tip.lines[0])
                break
            tip = self._cut_paragraph(content, position)

    def _cut_paragraph(self, content: str, position: int) -> Node:
        tip = self.path[-1]
        lines, offsets = tip.lines, tip.offsets
        index, passed = 0, 0
        while passed + len(lines[index]) <= position:
            passed += len(lines[index])
            index += 1
        inside = position - passed
        cut_at = offsets[index] + inside
        tip.lines = [content[:position]]
        tip.end = cut_at if inside or not index else offsets[index - 1] + len(lines[index - 1].rstrip("\n"))
        for node in self.path:
            node.end = tip.end
        tip = self._cut(tip.end)
        tip.lines = [lines[index][inside:], *lines[index + 1 :]]
        tip.offsets = [cut_at, *offsets[index + 1 :]]
        tip.size = len(content) - position
        return tip

    def _add_row(self, line: Line) -> None:
        tip = self.path[-1]
        if not tip.shared.is_text and tip.shared.rows >= TABLE_MAX_ROWS:
            self._cut(line.start)
            tip = self.path[-1]
            tip.shared = Shared(is_text=True)
            tip.continues = False
        elif cuts.is_table_full(tip):
            tip = self._cut(line.start)
        tip.shared.rows += 1
        line.skip_blanks()
        tip.lines.append(line.rest())
        tip.size += len(tip.lines[-1])
        self._grow(line.end)

    def _start_block(self, line: Line, matched: int, container: Kind | None) -> _Begun:
        """Open what this line begins at its place, in the order of the standard."""
        if line.is_indented:
            return self._start_indented(line, matched)
        depth = sum(node.kind in {Kind.QUOTE, Kind.ITEM} for node in self.path[:matched])
        can_nest = depth < cuts.MAX_NESTING
        if line.char == ">" and can_nest:
            self._close_to(matched)
            self._open(Kind.QUOTE, line.start + line.nonspace, line)
            starts.skip_quote_marker(line)
            self._grow(line.start + line.offset)
            return _Begun.CONTAINER
        if not line.is_long and self._start_leaf(line, matched, container):
            return _Begun.LEAF
        if can_nest and self._start_item(line, matched, container):
            return _Begun.CONTAINER
        return _Begun.NOTHING

    def _start_leaf(self, line: Line, matched: int, container: Kind | None) -> bool:
        position = line.start + line.nonspace
        if heading := starts.read_heading(line):
            self._close_to(matched)
            node = self._open(Kind.HEADING, position, line)
            node.shared.level, text = heading
            return self._close_leaf(line, text)
        if fence := starts.read_fence(line):
            self._close_to(matched)
            self._open(Kind.FENCE, position, line).shared = fence
            self._grow(line.end)
            return True
        if container is Kind.PARAGRAPH and (self._start_table(line) or self._underline(line)):
            return True
        if starts.is_rule(line):
            self._close_to(matched)
            self._open(Kind.RULE, position, line)
            return self._close_leaf(line, "")
        return False

    def _start_indented(self, line: Line, matched: int) -> _Begun:
        if self.path and self.path[-1].kind is Kind.PARAGRAPH:
            return _Begun.NOTHING
        line.skip(4)
        self._close_to(matched)
        self._open(Kind.INDENTED, line.start + line.offset, line)
        self._add_code(self.path[-1], line)
        return _Begun.LEAF

    def _start_item(self, line: Line, matched: int, container: Kind | None) -> bool:
        marker = starts.read_item(line, interrupts_paragraph=container is Kind.PARAGRAPH)
        if marker is None:
            return False
        self._close_to(matched)
        if self.path and self.path[-1].kind in {Kind.PARAGRAPH, Kind.TABLE}:
            self._close_last()
        position = line.start + line.nonspace
        if not self.path or self.path[-1].kind is not Kind.LIST or self.path[-1].shared.marker != marker.sign:
            node = self._open(Kind.LIST, position, line)
            node.shared.marker = marker.sign
            node.number = marker.number
        item = self._open(Kind.ITEM, position, line)
        item.number = marker.number
        item.indent = starts.skip_item_marker(line, marker)
        item.is_checked = starts.take_checkbox(line)
        self._grow(line.start + line.offset)
        return True

    def _start_table(self, line: Line) -> bool:
        """The line under the last line of a paragraph makes a table of both."""
        aligns = starts.read_delimiter_row(line)
        paragraph = self.path[-1]
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
            self._close_last()
        else:
            start = paragraph.start
            self.path.pop()
        table = self._open(Kind.TABLE, start)
        table.start = start
        table.shared.is_text = len(aligns) > TABLE_MAX_COLUMNS
        table.shared.aligns = aligns
        table.lines = [header]
        if table.shared.is_text:
            line.skip_blanks()
            table.lines.append(line.rest())
        self._grow(line.end)
        return True

    def _underline(self, line: Line) -> bool:
        level = starts.read_underline(line)
        paragraph = self.path[-1]
        if not level:
            return False
        self._drop_definitions(paragraph)
        if not "".join(paragraph.lines).strip(" \t\n"):
            return False
        paragraph.shared.level = level
        self.has_changed_past |= paragraph.continues
        self._grow(line.end)
        self._close_last()
        return True

    def _close_leaf(self, line: Line, text: str) -> bool:
        node = self.path[-1]
        node.lines = [text]
        self._grow(line.end)
        self._close_last()
        return True

    def _open(self, kind: Kind, start: int, line: Line | None = None) -> Node:
        while self.path and not _can_hold(self.path[-1].kind, kind):
            self._close_last()
        if self.path:
            self._loosen(kind)
            if line is not None and cuts.is_piece_full(self.path, start, self._piece_lines):
                self._cut(line.start)
        else:
            self._piece_lines = 1
            start = line.start if line else start
        node = Node(kind, start, start)
        self.path.append(node)
        return node

    def _loosen(self, kind: Kind) -> None:
        """A blank line between items, or between the blocks of an item, makes the list loose."""
        index = len(self.path) - 1 if kind is Kind.ITEM else len(self.path) - 2
        if index < 0 or self._blank_from > index or self.path[index].kind is not Kind.LIST:
            return
        owner = self.path[-1]
        shared = self.path[index].shared
        if shared.is_tight and (owner.children or owner.continues):
            shared.is_tight = False
            self.has_changed_past |= any(node.continues for node in self.path)

    def _cut(self, start: int) -> Node:
        """Finish the open piece and go on in the next one. Returns the new tip."""
        next_path = [node.next_piece(start) for node in self.path]
        for node in self.path:
            node.is_cut = True
        self._close_to(0)
        self.path = next_path
        self._piece_lines = 0
        return self.path[-1]

    def _grow(self, end: int) -> None:
        for node in self.path:
            node.end = max(node.end, end)

    def _close_to(self, count: int) -> None:
        while len(self.path) > count:
            self._close_last()

    def _close_last(self) -> None:
        node = self.path.pop()
        if node.kind is Kind.PARAGRAPH:
            self._drop_definitions(node)
        if self.path:
            self.path[-1].children.append(node)
        else:
            self.done.append(node)

    def _settle_definitions(self, line: Line) -> None:
        """End a paragraph that is all definitions, unless this line may give the last one its title."""
        tip = self.path[-1] if self.path else None
        if (
            tip is None
            or tip.kind is not Kind.PARAGRAPH
            or tip.continues
            or not tip.lines[:1]
            or tip.lines[0][:1] != "["
        ):
            return
        content = "".join(tip.lines)
        length = take_definitions(content)[1]
        if length == len(content) and (content.endswith(('"', "'", ")")) or line.char not in {'"', "'", "("}):
            self._close_last()

    def _drop_definitions(self, node: Node) -> None:
        """Take the definitions a paragraph begins with out of its text; they stay in its source."""
        if node.continues or not node.lines or not node.lines[0].startswith("["):
            return
        content = "".join(node.lines)
        definitions, length = take_definitions(content)
        for label, target in definitions:
            self.definitions.setdefault(label, target)
        if not length:
            return
        while node.lines and len(node.lines[0]) <= length:
            length -= len(node.lines.pop(0))
            del node.offsets[0]
        if length and node.lines:
            node.lines[0] = node.lines[0][length:]
            node.offsets[0] += length
        node.size = sum(map(len, node.lines))


def _can_hold(outer: Kind, inner: Kind) -> bool:
    if outer is Kind.LIST:
        return inner is Kind.ITEM
    return outer in CONTAINERS and inner is not Kind.ITEM
