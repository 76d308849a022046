"""The parser of one message: text in pieces, blocks out. Pure.

Lines go through the machine once. What it has finished is built once and stays, except where later text changes its
meaning: a definition of a link that was used before, a list that turns loose, an underline below a long paragraph.
The open piece is small by construction; a copy of it is closed and built with every feed.
"""

from collections.abc import Sequence
from dataclasses import replace

from gigadesk.limits import RENDERED_MAX_CHARS
from gigadesk.markdown import cuts, footnotes
from gigadesk.markdown.blocks import Block, Paragraph, Source
from gigadesk.markdown.build import Builder, Memory, forget_blocks, missing_labels
from gigadesk.markdown.calm import is_held, is_held_in_code
from gigadesk.markdown.late import LateBlocks, Place
from gigadesk.markdown.machine import Machine
from gigadesk.markdown.nodes import Kind, Node

_LATE_CHARS_PER_STEP = 2048
_LATE_BLOCK_CHARS = 256
_SPENT_PER_STEP = 40
"""Pieces of some 25 lines: let go in about 2 ms."""
"""Blocks that later text has changed are built again a few at a time, so that no feed waits for all of them: up to so
many characters, a block counts as so many more."""


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a whole text."""
    parser = Parser(text)
    parser.finish()
    return tuple(parser.blocks)


class Parser:
    """Text of a message so far and the blocks it is shown as.

    A feed costs as much as its text and the open piece, however long the message is. Never raises on any text.
    """

    def __init__(self, text: str = "") -> None:
        self._parts: list[str] = []
        self._offset = 0
        """Characters the machine has."""
        self._blocks: list[Block] = []
        self._machine = Machine()
        self._definitions: dict[str, str] = {}
        self._notes = 0
        """How many footnotes have been defined."""
        self._memory = Memory()
        self._builder = Builder(self._memory, self._definitions)
        self._frozen = 0
        """How many of the blocks are finished; behind them is the open tail."""
        self._line = ""
        """The line that is still coming, without the parts of it the machine has."""
        self._is_inside_line = False
        """The machine has the beginning of that line."""
        self._run: list[Place] = []
        """Finished pieces of the top-level block that is still open, by their place among the blocks."""
        self._spent: list[Place] = []
        """Pieces that nobody will ask for again: to let go of those of 100,000 items at once took 0.2 s."""
        self._late = LateBlocks()
        self._head = -1
        """Begin of definitions at the very start, which belong to the first block that comes."""
        self._is_closed = False
        self._changed = self._tail_start = 0
        if text:
            self.feed(text)

    @property
    def blocks(self) -> Sequence[Block]:
        """All blocks, in order; the last ones are the open tail. Do not keep: it changes with the next feed."""
        return self._blocks

    @property
    def text(self) -> str:
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def feed(self, delta: str, *, shows_tail: bool = True) -> int:
        """Append text. Without `shows_tail` the open tail is not among the blocks until the next feed, or the end.

        Returns:
            Index of the first block that changed: the number of blocks before, if only new ones came.
        """
        if self._is_closed:
            raise ValueError("fed after its end")
        tail = self._begin()
        self._parts.append(delta)
        lines = (self._line + delta).split("\n")
        self._line = lines.pop()
        for line in lines:
            self._take_line(line)
        self._line = self._take_parts(self._line)
        self._freeze()
        self._rebuild_late()
        if shows_tail:
            self._show_tail()
        return self._first_change(tail)

    @property
    def is_finished(self) -> bool:
        """Every block is as it stays, and what they were made of is given back."""
        return self._is_closed and not self._late and not self._spent

    def finish(self) -> int:
        """No more text will come: what is open is closed. Returns the index of the first block that changed."""
        changed = self.finish_some()
        while not self.is_finished:
            changed = min(changed, self.finish_some())
        return changed

    def finish_some(self) -> int:
        """A step of `finish`, which costs about as much as a feed; to be called until `is_finished`."""
        tail = self._begin()
        if not self._is_closed:
            self._close()
        self._rebuild_late()
        return self._first_change(tail)

    def let_go(self) -> bool:
        """Give back some of the blocks, for which nobody will ask any more; False when none is left."""
        del self._blocks[-_SPENT_PER_STEP:]
        return bool(self._blocks)

    def _close(self) -> None:
        self._is_closed = True
        if self._line or self._is_inside_line:
            self._take_line(self._line)
            self._offset -= 1  # There was no line end.
        self._line = ""
        self._machine.close()
        self._freeze()
        if not self._blocks and self._head >= 0:
            self._blocks.append(Paragraph((), Source(self._head, self._offset)))
            self._frozen = 1

    def _begin(self) -> list[Block]:
        """Take the open tail off, which is built again."""
        del self._spent[-_SPENT_PER_STEP:]
        tail = self._blocks[self._frozen :]
        del self._blocks[self._frozen :]
        self._changed = self._tail_start = self._frozen
        self._memory.next_round()
        return tail

    def _first_change(self, tail: list[Block]) -> int:
        """The first block that is not as before; those of the tail that are equal stay the same objects."""
        changed = len(self._blocks)
        for index in range(len(self._blocks) - 1, self._tail_start - 1, -1):
            place = index - self._tail_start
            if place < len(tail) and tail[place] == self._blocks[index]:
                self._blocks[index] = tail[place]
            else:
                changed = index
        return self._changed if self._changed < self._tail_start else changed

    def _take_line(self, line: str) -> None:
        rest = self._take_parts(line)
        if rest or not self._is_inside_line:
            self._take_part(rest, is_long=False)
        self._offset += 1
        self._is_inside_line = False

    def _take_parts(self, line: str) -> str:
        """Give the machine what is surely only a part of a line. Returns what is left."""
        position = 0
        while len(line) - position > (size := cuts.PART_CHARS if self._is_inside_line else cuts.LINE_CHARS):
            self._take_part(line[position : position + size], is_long=True)
            self._is_inside_line = True
            position += size
        return line[position:]

    def _take_part(self, text: str, *, is_long: bool) -> None:
        _pass_on(self._machine, text, self._offset, is_long=is_long, is_inside_line=self._is_inside_line)
        self._offset += len(text)

    def _freeze(self) -> None:
        """Build what the machine has finished."""
        tree = self._machine.tree
        if tree.definitions:
            self._learn(tree.definitions)
            tree.definitions = {}
        for shared in tree.changed:
            self._late.change(self._run, shared)
        tree.changed.clear()
        for node in tree.done:
            self._add_finished(node)
        tree.done.clear()

    def _learn(self, definitions: dict[str, str]) -> None:
        fresh = definitions.keys() - self._definitions.keys()
        for label, target in definitions.items():
            if label not in fresh:
                continue
            is_note = label.startswith(footnotes.KEY)
            self._notes += is_note
            self._definitions[label] = str(self._notes) if is_note else target
            self._late.define(label)
        for node in (*self._machine.tree.done, *self._machine.tree.path):
            forget_blocks(node, fresh)

    def _add_finished(self, node: Node) -> None:
        block = self._builder.build(node)
        if block is None:
            self._cover(node)
        else:
            if self._head >= 0:
                block = replace(block, source=Source(self._head, block.source.end))
                self._head = -1
            self._blocks.append(block)
            self._frozen = len(self._blocks)
            self._await_labels(self._frozen - 1, node)
        if not node.is_cut:
            self._spent += self._run
            self._run.clear()
        elif block is not None:
            self._run.append((self._frozen - 1, node))

    def _cover(self, node: Node) -> None:
        """What shows nothing (definitions) belongs to the block before it, or else to the one behind it."""
        if not self._blocks:
            self._head = node.start if self._head < 0 else self._head
            return
        last = self._blocks[-1]
        self._blocks[-1] = replace(last, source=Source(last.source.start, max(last.source.end, node.end)))
        self._changed = min(self._changed, len(self._blocks) - 1)

    def _await_labels(self, index: int, node: Node) -> None:
        for label in missing_labels(node):
            self._late.await_label(label, (index, node))

    def _rebuild_late(self) -> None:
        budget = _LATE_CHARS_PER_STEP
        while self._late and budget > 0:
            index, node = self._late.take()
            known = missing_labels(node)
            forget_blocks(node, self._definitions.keys())
            self._rebuild(index, node)
            for label in missing_labels(node) - known:
                self._late.await_label(label, (index, node))
            budget -= node.end - node.start + _LATE_BLOCK_CHARS

    def _rebuild(self, index: int, node: Node) -> None:
        known, block = self._blocks[index], self._builder.build(node)
        if block is None:
            return
        block = replace(block, source=known.source)
        if block != known:
            self._blocks[index] = block
            self._changed = min(self._changed, index)

    def _show_tail(self) -> None:
        for node in self._machine.tree.path:
            for child in node.children:
                self._builder.prepare(child)
        twin = self._machine.copy()
        if self._line and not self._is_held():
            _pass_on(twin, self._line, self._offset, is_long=False, is_inside_line=self._is_inside_line)
            twin.mark_open(self._offset)
        twin.close(is_final=False)
        own = {key: value for key, value in twin.tree.definitions.items() if key not in self._definitions}
        footnotes.number_own(own, self._notes)
        builder = Builder(self._memory, self._definitions, own)
        for node in twin.tree.done:
            block = builder.build(node)
            if block is not None:
                self._blocks.append(block)

    def _is_held(self) -> bool:
        """Whether the line that is still coming had better not be shown yet."""
        if self._is_inside_line:
            return False
        path = self._machine.tree.path
        if path and path[-1].kind is Kind.FENCE:
            return is_held_in_code(self._line, path[-1].shared.marker)
        return is_held(self._line)


def _pass_on(machine: Machine, text: str, start: int, *, is_long: bool, is_inside_line: bool) -> None:
    if start >= RENDERED_MAX_CHARS:
        machine.add_plain(text, start)
    elif is_inside_line:
        machine.add_more(text, start)
    else:
        machine.add_line(text, start, is_long=is_long)
