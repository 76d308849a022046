"""The blocks of one message, laid out: the boxes of those in sight, the heights of all."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gigadesk.chat import Message
from gigadesk.markdown.blocks import Block, CodeBlock, Paragraph, Table
from gigadesk.ui.transcript.layout import code_chains
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.builder import Neighbours, build, gap_between
from gigadesk.ui.transcript.layout.code_builder import recolor
from gigadesk.ui.transcript.layout.code_facts import CodeDesk, CodeFacts, CodeView
from gigadesk.ui.transcript.layout.estimates import block_estimate, folded_estimate, text_estimate
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.layout.kept_top import KeptTop
from gigadesk.ui.transcript.layout.references import references_of
from gigadesk.ui.transcript.messages.heights import Heights
from gigadesk.ui.transcript.messages.message_text import MessageText
from gigadesk.ui.transcript.messages.thought import THOUGHT_INDENT

ESTIMATED_BLOCKS = 100
"""Of more, the heights stay those of another column, ..."""
ESTIMATED_AT_ONCE = 1_000
"""... until they are estimated, so many at a time: 30,000 took 0.1 s."""

SAMPLED_CHARS = 65_536
"""Of a longer text that is not parsed yet, the line ends are estimated from its beginning."""


class MessageBody:
    """Geometry of the blocks of a `MessageText`, by their indices. Knows nothing of header and trailer."""

    __slots__ = (
        "_boxes",
        "_chars",
        "_codes",
        "_earlier",
        "_frame",
        "_heights",
        "_is_user",
        "_kept",
        "_line_ends",
        "_outdated",
        "_references",
        "_shown",
        "_text",
        "side_scrolls",
    )

    def __init__(self, text: MessageText, message: Message, frame: Frame, *, is_user: bool) -> None:
        self._text = text
        self._frame = frame
        self._is_user = is_user
        self._codes = CodeDesk(text)
        self._heights = Heights()
        self._shown: list[Block] = []
        """The blocks that the heights belong to."""
        self._boxes: dict[int, tuple[Box, bool, Block]] = {}
        """Boxes in sight, each with whether the next block continues it, and its block."""
        self._earlier: tuple[int, Box, Block] | None = None
        """The box of the first block that has changed, as it was before: most of its texts are as they were."""
        self._kept: tuple[Box, float] | None = None
        """The box that was built of it, and how far down that looks the same."""
        self._references = references_of(message)
        self._outdated = 0
        """The heights of so many blocks from the beginning are those of another column."""
        self._chars = -1
        self._line_ends = 0
        self.side_scrolls: dict[int, list[float]] = {}

    @property
    def box_count(self) -> int:
        """How many boxes are kept in memory."""
        return len(self._boxes)

    def has_box(self, index: int) -> bool:
        return index in self._boxes

    # --- changes

    def opened(self) -> None:
        """The text has just been parsed."""
        old_heights, self._heights = self._heights, Heights()
        self._shown.clear()
        self._boxes.clear()
        self._codes.forget()
        self._chars = -1
        self._adopt_heights(0)
        if len(old_heights) == len(self._heights):
            # It was closed in between and is the same as before.
            self._heights = old_heights

    def set_message(self, message: Message) -> None:
        """Take over the references of the message as it is now."""
        references = references_of(message)
        if references != self._references:
            self._references = references
            self.drop_boxes()

    def forget_length(self) -> None:
        """The text that is not parsed has changed."""
        self._chars = -1

    def set_code_views(self, views: Mapping[str, CodeView], *, is_live: bool) -> None:
        """How the reader wants to see the codes; `is_live`: they are seen while they are written."""
        self._codes.views, self._codes.is_live = views, is_live

    def code_key(self, index: int, code: CodeBlock) -> str:
        """What a code is called among the views."""
        return self._codes.key(index, code)

    def code_view_changed(self, index: int, code: CodeBlock) -> None:
        """Lay out anew the pieces of a code that is in the block at `index`."""
        for piece in code_chains.whole(self._text.blocks, index, code):
            self._boxes.pop(piece.at, None)
            self._heights.set(piece.at, self._estimate(self._frame, piece.at, self._shown[piece.at]))

    def code_facts(self, index: int, number: int, code: CodeBlock) -> CodeFacts:
        """All about a code that is number `number` in the block at `index`."""
        return self._codes.facts(self._frame.look.highlight, index, number, code)

    def awaits_colors(self, index: int) -> bool:
        """Whether colours of a code in the box of a block are still to come."""
        found = self._boxes.get(index)
        if found is None or not found[0].codes:
            return False
        colors = [spot.facts.colors for spot in found[0].codes]
        return not all(each is not None and each.is_whole for each in colors)

    def recolor(self, index: int) -> bool:
        """Give the codes of a block the colours that have come; False if nothing of it looks different."""
        found = self._boxes.get(index)
        if found is None or not found[0].codes:
            return False
        facts = [self.code_facts(index, spot.facts.number, spot.code) for spot in found[0].codes]
        if any(new.stamp != spot.facts.stamp for new, spot in zip(facts, found[0].codes, strict=True)):
            del self._boxes[index]  # the language is known now
            return True
        changed = False
        for number, (new, spot) in enumerate(zip(facts, found[0].codes, strict=True)):
            if new.colors is not None and new.colors != spot.facts.colors:
                recolor(spot, new, self._frame.typography)
                found[0].codes[number] = replace(spot, facts=new)
                changed = True
        return changed

    def row_after(self, index: int) -> int:
        """The next block of which something is shown: the pieces of a folded code are passed over."""
        block = self._text.blocks[index]
        is_leader = isinstance(block, CodeBlock) and not block.continues and self.is_continued(index)
        return self._codes.end(index) + 1 if is_leader and self._codes.is_folded(index) else index + 1

    def row_before(self, index: int) -> int:
        """The same backwards; -1 at the beginning."""
        return self.shown_row(index - 1) if index > 0 else -1

    def shown_row(self, index: int) -> int:
        """This block, or the first piece of the folded code that it is hidden in."""
        return self._codes.leader(index) if self._codes.is_hidden(index) else index

    def changed_from(self, changed: int) -> int:
        """Forget the blocks from `changed` on, and the one before them if its end looks different now."""
        self._kept = None
        if changed and (before := self._boxes.get(changed - 1)) and before[1] != self.is_continued(changed - 1):
            changed -= 1
            del self._boxes[changed]
        blocks = self._text.blocks
        for index in range(changed, max(len(blocks), len(self._shown))):
            if (found := self._boxes.get(index)) is None:
                continue
            _, is_continued, box_block = found
            if index >= len(blocks) or blocks[index] is not box_block or is_continued != self.is_continued(index):
                if index == changed:
                    self._earlier = index, found[0], box_block
                del self._boxes[index]
        self._adopt_heights(min(changed, len(blocks)))
        if changed < len(blocks) and isinstance(block := blocks[changed], CodeBlock) and block.continues:
            self._update_first_piece(changed)
        return changed

    def _update_first_piece(self, index: int) -> None:
        """The first piece of a code shows something of all of them."""
        first = self._codes.leader(index)
        found = self._boxes.get(first)
        is_folded = self._codes.is_folded(first)
        if found is not None and found[0].codes:
            spot = found[0].codes[0]
            if self.code_facts(first, 0, spot.code).stamp != spot.facts.stamp:
                del self._boxes[first]
        if is_folded:
            self._heights.set(first, self._estimate(self._frame, first, self._shown[first]))

    def set_frame(self, frame: Frame) -> None:
        """Lay out anew for another column or look. Call `estimate_more` later if there `is_outdated`."""
        self._frame = frame
        self.drop_boxes()
        blocks = self._text.blocks
        if len(blocks) <= ESTIMATED_BLOCKS or len(self._heights) != len(blocks):
            self._heights = Heights(self._estimate(frame, index, block) for index, block in enumerate(blocks))
            self._shown = list(blocks)
            self._outdated = 0
        else:
            self._outdated = len(blocks)

    @property
    def is_outdated(self) -> bool:
        """Some heights are still those of another column."""
        return self._outdated > 0

    def estimate_more(self) -> None:
        """Estimate some more heights for the column of now, the last ones first."""
        if len(self._heights) != len(self._text.blocks):
            self._outdated = 0  # it was closed meanwhile
        last = min(self._outdated, len(self._heights))
        first = self._outdated = max(0, last - ESTIMATED_AT_ONCE)
        for index in range(first, last):
            if index not in self._boxes:
                self._heights.set(index, self._estimate(self._frame, index, self._shown[index]))

    def drop_awaiting(self, index: int, sources: set[str]) -> bool:
        """Forget a box if it waits for one of these formulas; False if it does not."""
        found = self._boxes.get(index)
        if found is None or found[0].awaited.isdisjoint(sources):
            return False
        del self._boxes[index]
        return True

    def drop_boxes(self) -> None:
        self._boxes.clear()
        self._earlier = None

    def drop_box(self, index: int) -> None:
        self._boxes.pop(index, None)

    def _adopt_heights(self, changed: int) -> None:
        frame, blocks = self._frame, self._text.blocks
        if len(self._heights) > len(blocks):
            self._heights.truncate(len(blocks))
            del self._shown[len(blocks) :]
        for index in range(changed, len(blocks)):
            block = blocks[index]
            if index >= len(self._heights):
                self._heights.append(self._estimate(frame, index, block))
                self._shown.append(block)
            elif self._shown[index] is not block:
                self._heights.set(index, self._estimate(frame, index, block))
                self._shown[index] = block

    def _estimate(self, frame: Frame, index: int, block: Block) -> float:
        if isinstance(block, CodeBlock) and self._codes.is_folded(index):
            return 0.0 if block.continues else self.gap(index) + folded_estimate(frame)
        return self.gap(index) + block_estimate(frame, block, is_user=self._is_user)

    # --- geometry

    @property
    def height(self) -> float:
        """Of all blocks, and of the text that is not parsed yet; partly an estimate."""
        if self._text.is_open or len(self._heights):
            return self._heights.total + self.rest_height
        if self._chars < 0:
            text = self._text.raw
            self._chars, self._line_ends = len(text), text.count("\n")
        return text_estimate(self._frame, self._chars, self._line_ends, is_user=self._is_user)

    @property
    def rest_height(self) -> float:
        """Of the text that is not parsed yet."""
        rest = self._text.rest
        if not rest.chars:
            return 0.0
        # Asked for at each slice: to count in four megabytes each time took a quarter of the time of parsing them.
        sample = rest.sample(SAMPLED_CHARS)
        line_ends = round(sample.count("\n") * rest.chars / len(sample))
        return text_estimate(self._frame, rest.chars, line_ends, is_user=self._is_user)

    def top(self, index: int) -> float:
        """Where a block begins below the first one's top; what follows the last one begins below all."""
        return self._heights.above(index) if index <= len(self._heights) else self.height

    def index_at(self, offset: float) -> int | None:
        """The block that lies `offset` below the top; None below the last."""
        return self._heights.find(offset) if len(self._heights) and offset < self._heights.total else None

    def height_of(self, index: int) -> float:
        """Of one block with the gap above it, after laying it out."""
        self.box(index)
        return self._heights[index]

    def known_height(self, index: int) -> float | None:
        """The same if it is laid out."""
        return self._heights[index] if index in self._boxes else None

    def box(self, index: int) -> Box:
        """The block, laid out; its height is without the gap above (see `gap`)."""
        found = self._boxes.get(index)
        return found[0] if found is not None else self._build(self._frame, index)

    def gap(self, index: int) -> float:
        """Space above the box of a block."""
        blocks = self._text.blocks
        if not 0 < index < len(blocks):
            return 0.0
        if index == self._text.thought_count:
            return self._frame.typography.gap(1.0)
        return gap_between(self._frame.typography, blocks[index - 1], blocks[index])

    def leader(self, index: int) -> int:
        """Index of the block that the one at `index` is a continuation of, or its own."""
        blocks = self._text.blocks
        if isinstance(blocks[index], CodeBlock):
            return self._codes.leader(index)
        while index and blocks[index].continues:
            index -= 1
        return index

    def is_continued(self, index: int) -> bool:
        blocks = self._text.blocks
        return index + 1 < len(blocks) and blocks[index + 1].continues

    def scrolls(self, index: int) -> list[float]:
        """How far the areas of a block are scrolled sideways; shared by a code or table and its continuations."""
        return self.side_scrolls.get(self.scroll_key(index), [])

    def scroll_key(self, index: int) -> int:
        """Where in `side_scrolls` those of a block are: the pieces of a long list have areas of their own."""
        return self.leader(index) if isinstance(self._text.blocks[index], CodeBlock | Table) else index

    @property
    def natural_width(self) -> float:
        """Width of the widest text that is laid out; the bubble of the user's text is not wider."""
        blocks, widest = self._text.blocks, self._frame.user_text_width
        if len(blocks) > 4 or not all(isinstance(block, Paragraph) for block in blocks):
            return widest
        boxes = list(self._all_boxes())
        if len(boxes) > 1 and any(self._is_right_to_left(box) for box in boxes):
            return widest
        return min(max([box.natural_width for box in boxes], default=0.0), widest)

    def _all_boxes(self) -> Iterator[Box]:
        return (self.box(index) for index in range(len(self._text.blocks)))

    def _build(self, frame: Frame, index: int) -> Box:
        blocks = self._text.blocks
        block = blocks[index]
        first = self.box(self.leader(index)) if isinstance(block, Table) and block.continues else Box()
        is_continued = self.is_continued(index)
        width = frame.user_text_width if self._is_user else frame.width
        is_thought = index < self._text.thought_count
        if is_thought:
            width -= frame.typography.px(THOUGHT_INDENT)
        before = self._take_earlier(index)
        neighbours = Neighbours(
            is_continued,
            first.columns,
            self._references,
            aligns=first.aligns,
            is_mirrored=first.is_mirrored,
            is_quiet=is_thought,
            code_facts=lambda number, code: self.code_facts(index, number, code),
            earlier={part.start: part for part in before.parts} if before is not None else {},
        )
        top = KeptTop(before) if before is not None else None
        box = build(block, width, frame.look, neighbours)
        self._kept = (box, top.height(box)) if top is not None else self._kept
        if self._is_right_to_left(box) and len(blocks) == 1:
            # Such text stands at the right edge: the bubble can only be narrow if the text was laid out for it.
            box = build(block, min(width, box.natural_width + 1), frame.look)
        self._boxes[index] = (box, is_continued, block)
        self._heights.set(index, self.gap(index) + box.height)
        return box

    def _take_earlier(self, index: int) -> Box | None:
        """What was laid out of a block before it grew; handed on once, as that box is void then."""
        if self._earlier is None or self._earlier[0] != index:
            return None
        (_, box, block), self._earlier = self._earlier, None
        return box if type(block) is type(self._text.blocks[index]) else None

    def kept_height(self, index: int) -> float:
        """How far down a block that has just grown looks as before, without the gap above it."""
        found = self._boxes.get(index)
        is_known = found is not None and self._kept is not None and found[0] is self._kept[0]
        is_moved = self.scroll_key(index) in self.side_scrolls
        return self._kept[1] if self._kept is not None and is_known and not is_moved else 0.0

    def _is_right_to_left(self, box: Box) -> bool:
        return self._is_user and any(part.has_right_to_left for part in box.parts)
