"""The open tree: blocks that are begun, grow, are cut and come to their end."""

from gigadesk.markdown import cuts
from gigadesk.markdown.calm import find_cut
from gigadesk.markdown.definitions import is_definitions, take_definitions
from gigadesk.markdown.nodes import CONTAINERS, Kind, Node, Shared

NEVER = 1 << 30
_TITLE_LINES = 20
"""A definition that is still open after so many lines is looked at again only when its paragraph ends."""


class OpenTree:
    """The open blocks of a text, and the finished pieces of top-level blocks that nobody has taken yet."""

    def __init__(self) -> None:
        self.path: list[Node] = []
        """The open blocks, the outermost first."""
        self.done: list[Node] = []
        self.definitions: dict[str, str] = {}
        """Label to target, of the definitions that nobody has taken yet."""
        self.changed: list[Shared] = []
        """Of lists that turned loose and paragraphs that became headings after pieces of them had been finished."""
        self.blank_from = NEVER
        """The line before was blank for the containers from this place in the path on."""
        self.piece_lines = 0
        """Lines of the open piece."""

    @property
    def tip(self) -> Node | None:
        """The innermost open block."""
        return self.path[-1] if self.path else None

    def copy(self) -> "OpenTree":
        """A tree that can grow alone; costs as much as the open piece."""
        twin = OpenTree()
        twin.path = [node.copy() for node in self.path]
        twin.blank_from = self.blank_from
        twin.piece_lines = self.piece_lines
        return twin

    def open(self, kind: Kind, start: int, line_start: int | None = None) -> Node:
        """Begin a block. `line_start`: where its line begins, if the tree may be cut there."""
        while self.path and not _can_hold(self.path[-1].kind, kind):
            self.close_last()
        if self.path:
            self._loosen(kind)
            if line_start is not None and cuts.is_piece_full(self.path, start, self.piece_lines):
                self.cut(line_start)
        else:
            self.piece_lines = 1
            start = start if line_start is None else line_start
        node = Node(kind, start, start)
        self.path.append(node)
        return node

    def _loosen(self, kind: Kind) -> None:
        """A blank line between items, or between the blocks of an item, makes the list loose."""
        index = len(self.path) - 1 if kind is Kind.ITEM else len(self.path) - 2
        if index < 0 or self.blank_from > index or self.path[index].kind is not Kind.LIST:
            return
        owner, node = self.path[-1], self.path[index]
        if node.shared.is_tight and (owner.children or owner.continues):
            node.shared.is_tight = False
            if node.continues:
                self.changed.append(node.shared)

    def cut(self, start: int) -> Node:
        """Finish the open piece and go on in the next one. Returns the new tip."""
        next_path = [node.next_piece(start) for node in self.path]
        for node in self.path:
            node.is_cut = True
        self.close_to(0)
        self.path = next_path
        self.piece_lines = 0
        return self.path[-1]

    def grow(self, end: int) -> None:
        """All that is open reaches to here."""
        for node in self.path:
            node.end = max(node.end, end)

    def close_to(self, count: int) -> None:
        """End all but the outermost of the open blocks."""
        while len(self.path) > count:
            self.close_last()

    def close_last(self) -> None:
        node = self.path.pop()
        if node.kind is Kind.PARAGRAPH:
            self.drop_definitions(node)
        if self.path:
            self.path[-1].children.append(node)
        else:
            self.done.append(node)

    def add_text(self, text: str, start: int, *, is_new_line: bool) -> None:
        """Add to the paragraph at the tip, and cut it if it is too long."""
        tip = self.path[-1]
        if is_new_line and tip.lines:
            tip.lines[-1] += "\n"
            tip.size += 1
        tip.lines.append(text)
        tip.offsets.append(start)
        tip.size += len(text)
        tip.weight += cuts.weight(text)
        while tip.size > cuts.PARAGRAPH_CHARS or tip.weight > cuts.PARAGRAPH_WEIGHT:
            self.drop_definitions(tip)
            content = "".join(tip.lines)
            most = cuts.heaviest(content)
            if most == len(content):
                break
            position = find_cut(content, most // 2, most)
            if not content[position:].strip():
                # Only blanks behind the cut: two of them are as good as a million.
                tip.lines, tip.offsets = [content.rstrip() + "  "], tip.offsets[:1]
                tip.size = len(tip.lines[0])
                tip.weight = cuts.weight(tip.lines[0])
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
        tip = self.cut(tip.end)
        tip.lines = [lines[index][inside:], *lines[index + 1 :]]
        tip.offsets = [cut_at, *offsets[index + 1 :]]
        tip.size = len(content) - position
        tip.weight = cuts.weight(content[position:])
        return tip

    def settle_definitions(self, next_char: str) -> None:
        """End a paragraph that is all definitions, unless a line that begins so may give the last one its title."""
        tip = self.tip
        if tip is None or tip.kind is not Kind.PARAGRAPH or tip.continues or not "".join(tip.lines[:1]).startswith("["):
            return
        if len(tip.lines) > _TITLE_LINES:
            return
        if is_definitions("".join(tip.lines), next_char):
            self.close_last()

    def drop_definitions(self, node: Node) -> None:
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
        node.weight = sum(map(cuts.weight, node.lines))


def _can_hold(outer: Kind, inner: Kind) -> bool:
    if outer is Kind.LIST:
        return inner is Kind.ITEM
    return outer in CONTAINERS and inner is not Kind.ITEM
