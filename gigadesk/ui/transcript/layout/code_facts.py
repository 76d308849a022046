"""What the layout of a piece of code must know: how the reader wants it, and what of the whole code lies around it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gigadesk.markdown.blocks import Block, CodeBlock, Source
from gigadesk.ui.transcript.layout import code_chains
from gigadesk.ui.transcript.layout.code_colors import CodeRuns
from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS
from gigadesk.ui.transcript.messages.message_text import MessageText

FOLDED_FROM_LINES = 40
"""Longer code is folded, unless it was seen while it was written."""

FindColors = Callable[[CodeBlock, Iterator[CodeBlock]], CodeRuns | None]
"""Finds the colours of a piece, given the pieces before it, the last one first."""

_NOWHERE = Source(0, 0)


@dataclass(frozen=True, slots=True)
class CodeView:
    """How the reader wants to see one code."""

    is_wrapped: bool = False
    has_numbers: bool = False
    is_unfolded: bool | None = None
    """None: as is usual."""


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """Of one piece and the whole code that it belongs to."""

    number: int = 0
    """Of the code in its top-level block."""
    view: CodeView = CodeView()
    lines_before: int = 0
    """In the pieces before."""
    lines: int = 0
    """In the whole code, as far as it has come."""
    hidden: int = 0
    """Characters in the whole code that cannot be seen."""
    widest: int = 0
    """Characters in the longest line."""
    is_folded: bool = False
    colors: CodeRuns | None = None
    is_named: bool = False
    """It says its language: a guess is not shown."""

    @property
    def can_fold(self) -> bool:
        return self.lines > FOLDED_FROM_LINES

    @property
    def digits(self) -> int:
        """How many a number of a line has room for."""
        return len(str(max(self.lines, 10)))

    @property
    def stamp(self) -> tuple[object, ...]:
        """What the first piece shows of all of them."""
        language = self.colors.language if self.colors and not self.is_named else ""
        lines = self.lines if self.is_folded else self.digits if self.view.has_numbers else 0
        return (self.can_fold, self.is_folded, self.hidden, lines, language)


@dataclass(frozen=True, slots=True)
class _Sum:
    """Of a top-level piece and those before it."""

    block: Block
    leader: int
    lines: int
    hidden: int
    widest: int


class CodeDesk:
    """Facts on the codes of one message. Remembers sums, so that a long code costs no more than a short one."""

    __slots__ = ("_ends", "_sums", "_text", "is_live", "views")

    def __init__(self, text: MessageText) -> None:
        self._text = text
        self.views: Mapping[str, CodeView] = {}
        self.is_live = False
        """It was seen while it was written: nothing of it folds by itself."""
        self._sums: dict[int, _Sum] = {}
        self._ends: dict[int, int] = {}

    def key(self, index: int, code: CodeBlock) -> str:
        """What a code is called in `views`: the same while its message grows, and after parsing it again."""
        first = code
        if code.continues and self._text.blocks[index] is code:
            block = self._text.blocks[self._sum(index).leader]
            first = block if isinstance(block, CodeBlock) else code
        elif code.continues:
            for piece in code_chains.earlier(self._text.blocks, index, code):
                first = piece.code
        return f"{'thought ' if index < self._text.thought_count else ''}{first.source.start}"

    def view(self, index: int, code: CodeBlock) -> CodeView:
        return self.views.get(self.key(index, code), CodeView()) if self.views else CodeView()

    def facts(self, colors: FindColors, index: int, number: int, code: CodeBlock) -> CodeFacts:
        """All about a code that is number `number` in the block at `index`."""
        blocks = self._text.blocks
        if blocks[index] is code:
            own, last = self._sum(index), self._sum(self._end(self._sum(index).leader))
            before = own.lines - _lines(code)
        else:
            pieces = code_chains.whole(blocks, index, code)
            before = sum(_lines(piece.code) for piece in pieces if piece.at < index)
            last = _total([piece.code for piece in pieces])
        view = self.view(index, code)
        earlier = (piece.code for piece in code_chains.earlier(blocks, index, code))
        return CodeFacts(
            number,
            view,
            before,
            last.lines,
            last.hidden,
            last.widest,
            is_folded=self._is_folded(view, last.lines),
            colors=None if code.is_table else colors(code, earlier),
            is_named=bool(code.language),
        )

    def is_folded(self, index: int) -> bool:
        """Whether the top-level code that the block at `index` belongs to is folded."""
        block = self._text.blocks[index]
        if not isinstance(block, CodeBlock):
            return False
        return self._is_folded(self.view(index, block), self._sum(self._end(self._sum(index).leader)).lines)

    def is_hidden(self, index: int) -> bool:
        """Whether nothing is shown of the block: it is a further piece of a folded code."""
        return self._text.blocks[index].continues and self.is_folded(index)

    def leader(self, index: int) -> int:
        """The first piece of the top-level code at `index`."""
        return self._sum(index).leader

    def end(self, index: int) -> int:
        """The last piece of the top-level code at `index`."""
        return self._end(self._sum(index).leader)

    def forget(self) -> None:
        """The blocks are others now."""
        self._sums.clear()
        self._ends.clear()

    def _is_folded(self, view: CodeView, lines: int) -> bool:
        is_unfolded = self.is_live if view.is_unfolded is None else view.is_unfolded
        return lines > FOLDED_FROM_LINES and not is_unfolded

    def _end(self, leader: int) -> int:
        blocks = self._text.blocks
        end = self._ends.get(leader, leader)
        if end >= len(blocks) or not (end == leader or (blocks[end].continues and self._sum(end).leader == leader)):
            end = leader
        while end + 1 < len(blocks) and _is_further_piece(blocks[end + 1]):
            end += 1
        self._ends[leader] = end
        return end

    def _sum(self, index: int) -> _Sum:
        blocks = self._text.blocks
        unknown: list[int] = []
        while (found := self._sums.get(index)) is None or found.block is not blocks[index]:
            found = None
            unknown.append(index)
            if not index or not _is_further_piece(blocks[index]):
                break
            index -= 1
        for place in reversed(unknown):
            block = blocks[place]
            own = _total([block] if isinstance(block, CodeBlock) else [])
            found = _Sum(
                block,
                place if found is None else found.leader,
                own.lines + (found.lines if found else 0),
                own.hidden + (found.hidden if found else 0),
                max(own.widest, found.widest if found else 0),
            )
            self._sums[place] = found
        assert found is not None
        return found


def _is_further_piece(block: Block) -> bool:
    return isinstance(block, CodeBlock) and block.continues


def _lines(code: CodeBlock) -> int:
    """Lines that begin in a piece."""
    return code.text.count("\n") + (0 if code.joins_line else 1)


def _total(codes: list[CodeBlock]) -> _Sum:
    hidden = sum(len(HIDDEN_CHARACTERS.findall(code.text)) for code in codes if not code.text.isascii())
    widest = max((max(map(len, code.text.split("\n"))) for code in codes), default=0)
    return _Sum(codes[0] if codes else CodeBlock("", "", _NOWHERE), 0, sum(map(_lines, codes)), hidden, widest)
