"""One message in the view: its blocks, the boxes of those in sight, the heights of all.

Rows of a message are numbered from the top: 0 is the header, then one for each block, one for text that is not parsed
yet (only in very long texts), and at last the trailer with notice and buttons.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gigadesk.chat import Role, Status
from gigadesk.markdown.blocks import Block, CodeBlock, Heading, ItemList, Paragraph, Table
from gigadesk.text import clean
from gigadesk.ui.transcript.boxes import Box
from gigadesk.ui.transcript.builder import Neighbours, build, gap_between
from gigadesk.ui.transcript.chrome import ChromeBox, header_box, trailer_box
from gigadesk.ui.transcript.frame import Frame
from gigadesk.ui.transcript.heights import Heights
from gigadesk.ui.transcript.plain_blocks import plain_blocks
from gigadesk.ui.transcript.values import MessageView

if TYPE_CHECKING:
    from gigadesk.markdown import Parser

HEADER_EMS = 2.6
TRAILER_HEIGHT = 36.0
PARSED_AT_ONCE_CHARS = 32 * 1024
PARSED_STEP_CHARS = 4 * 1024
PARSING_LIMIT_S = 0.02
"""Longer texts are parsed in slices between which the window lives. The first limit that is reached ends a slice:
fifty thousand short lines cost ten times as much as plain text."""


class MessageItem:
    """State of one message. Knows nothing of its place among the others."""

    __slots__ = (
        "_blocks",
        "_boxes",
        "_chars",
        "_frame",
        "_header",
        "_heights",
        "_is_finished",
        "_line_ends",
        "_parser",
        "_shown",
        "_trailer",
        "_unparsed",
        "is_first",
        "side_scrolls",
        "view",
    )

    def __init__(self, view: MessageView, frame: Frame, *, is_first: bool = False) -> None:
        self.view = view
        self.is_first = is_first
        self._frame = frame
        self._parser: Parser | None = None
        self._blocks: Sequence[Block] | None = None
        self._unparsed = ""
        self._heights = Heights()
        self._shown: list[Block] = []
        """The blocks that the heights belong to."""
        self._boxes: dict[int, tuple[Box, bool, Block]] = {}
        """Boxes in sight, each with whether the next block continues it, and its block."""
        self._is_finished = False
        self._header: Box | None = None
        self._trailer: ChromeBox | None = None

        self._chars = -1
        self._line_ends = 0
        self.side_scrolls: dict[int, list[float]] = {}

    # --- text

    @property
    def is_user(self) -> bool:
        return self.view.message.role is Role.USER

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks parsed so far; call `open` first."""
        return self._blocks or ()

    @property
    def is_open(self) -> bool:
        return self._blocks is not None

    @property
    def has_unparsed_text(self) -> bool:
        return bool(self._unparsed)

    @property
    def parsed_text(self) -> str:
        """The text that `Block.source` points into."""
        if self._parser is not None:
            return self._parser.text
        return clean(self.view.message.text)

    @property
    def source_text(self) -> str:
        """The whole text, with what is not parsed yet."""
        return self.parsed_text + self._unparsed if self._parser is not None else clean(self.view.message.text)

    def open(self) -> None:
        """Parse the text, or the first slice of it."""
        if self._blocks is None:
            self._parse(self.view.message.text)

    def close(self) -> None:
        """Forget blocks and boxes to save memory; the heights stay known."""
        if self._is_running or self._unparsed:
            return
        self._parser = None
        self._blocks = None
        self.drop_boxes()

    def parse_more(self) -> int:
        """Parse the next slice; returns the index of the first block that is not as before."""
        if self._parser is None:
            return len(self.blocks)
        changed = self._parse_slice(self._parser)
        if not self._unparsed and not self._is_running:
            changed = min(changed, self._parser.finish())
            self._is_finished = True
        self._blocks = self._parser.blocks
        return self._changed_from(changed)

    def _parse_slice(self, parser: "Parser") -> int:
        changed, position = len(self.blocks), 0
        end = time.perf_counter() + PARSING_LIMIT_S
        while position < min(len(self._unparsed), PARSED_AT_ONCE_CHARS) and (not position or time.perf_counter() < end):
            changed = min(changed, parser.feed(self._unparsed[position : position + PARSED_STEP_CHARS]))
            position += PARSED_STEP_CHARS
        self._unparsed = self._unparsed[position:]
        return changed

    def grow(self, delta: str) -> int:
        """Append text of a running answer; returns the index of the first block that is not as before."""
        delta = clean(delta)
        self.open()
        if self._parser is None or self._is_finished:
            return self._parse(self.parsed_text + delta)
        self._unparsed += delta
        return self.parse_more()

    def set_view(self, view: MessageView) -> int | None:
        """Show another state of the message; returns the first changed block, None if only the chrome changed."""
        old = self.view
        self.view = view
        self._trailer = None
        if (old.message.model, old.message.created_at) != (view.message.model, view.message.created_at):
            self._header = None
        if self._blocks is None:
            self._chars = -1
            return 0 if old.message.text != view.message.text else None
        text = clean(view.message.text)
        held = self.parsed_text + self._unparsed
        if self._parser is None:
            return None if text == clean(old.message.text) else self._parse(text)
        if self._is_finished:
            return self._parse(text) if text != held or self._is_running else None
        if not text.startswith(held):
            # Of a running answer the view may know more than the one who asked for the update.
            return None if self._is_running and held.startswith(text) else self._parse(text)
        self._unparsed = text[len(self.parsed_text) :]
        return self.parse_more() if self._unparsed or not self._is_running else None

    @property
    def _is_running(self) -> bool:
        return self.view.message.status in {Status.QUEUED, Status.STREAMING}

    def _parse(self, text: str) -> int:
        """Parse a text that is not the one so far; returns 0."""
        text = clean(text)
        old_heights, self._heights = self._heights, Heights()
        self._shown.clear()
        self._boxes.clear()
        self._chars = -1
        self._parser = None
        if self.is_user:
            self._blocks = plain_blocks(text)
            self._adopt_heights(0)
        else:
            # Loaded late: the first window needs no parser.
            from gigadesk.markdown import Parser

            self._parser = Parser()
            self._is_finished = False
            self._blocks = self._parser.blocks
            self._unparsed = text
            self.parse_more()
        if len(old_heights) == len(self._heights):
            # It was closed in between and is the same as before.
            self._heights = old_heights
        return 0

    def _changed_from(self, changed: int) -> int:
        """Forget the blocks from `changed` on, and the one before them if its end looks different now."""
        if changed and (before := self._boxes.get(changed - 1)) and before[1] != self.is_continued(changed - 1):
            changed -= 1
            del self._boxes[changed]
        blocks = self.blocks
        for index in [index for index in self._boxes if index >= changed]:
            box_block, is_continued = self._boxes[index][2], self._boxes[index][1]
            if index >= len(blocks) or blocks[index] is not box_block or is_continued != self.is_continued(index):
                del self._boxes[index]
        self._adopt_heights(min(changed, len(blocks)))
        return changed

    def _adopt_heights(self, changed: int) -> None:
        frame = self._frame
        blocks = self.blocks
        if len(self._heights) > len(blocks):
            self._heights.truncate(len(blocks))
            del self._shown[len(blocks) :]
        for index in range(changed, len(blocks)):
            if index >= len(self._heights):
                self._heights.append(self._estimate_block(frame, index))
                self._shown.append(blocks[index])
            elif self._shown[index] is not blocks[index]:
                self._heights.set(index, self._estimate_block(frame, index))
                self._shown[index] = blocks[index]

    # --- geometry

    def set_frame(self, frame: Frame) -> None:
        """Lay out anew for another column or look."""
        if self._frame.serial == frame.serial:
            return
        self._frame = frame
        self.drop_boxes()
        self._header = self._trailer = None
        self._heights = Heights(self._estimate_block(frame, index) for index in range(len(self.blocks)))
        self._shown = list(self.blocks)

    def drop_boxes(self) -> None:
        self._boxes.clear()

    def drop_box(self, row: int) -> None:
        self._boxes.pop(row - 1, None)

    def drop_trailer(self) -> None:
        self._trailer = None

    @property
    def row_count(self) -> int:
        return len(self.blocks) + 2 + bool(self._unparsed)

    @property
    def height(self) -> float:
        """Of all rows; partly an estimate."""
        header = self._header.height if self._header else self._header_estimate
        trailer = self._trailer.height if self._trailer else TRAILER_HEIGHT
        return header + self._body_height + trailer

    def row_top(self, row: int) -> float:
        """Where a row begins below the message's top."""
        if not row:
            return 0.0
        header = self._header.height if self._header else self._header_estimate
        return header + (self._heights.above(row - 1) if row - 1 <= len(self._heights) else self._body_height)

    def row_at(self, offset: float) -> int:
        """The row that lies `offset` below the message's top."""
        header = self._header.height if self._header else self._header_estimate
        if offset < header:
            return 0
        blocks = self._heights.total
        if len(self._heights) and offset < header + blocks:
            return 1 + self._heights.find(offset - header)
        if self._unparsed and offset < header + self._body_height:
            return 1 + len(self._heights)
        return self.row_count - 1

    def row_height(self, row: int) -> float:
        """Of one row, after laying it out."""
        if 0 < row <= len(self.blocks):
            self.box(row)
            return self._heights[row - 1]
        if row == len(self.blocks) + 1 and self._unparsed:
            return self._text_estimate(len(self._unparsed), self._unparsed.count("\n"))
        return self.box(row).height

    def box(self, row: int) -> Box:
        """The row, laid out; its height is without the gap above (see `gap`)."""
        frame = self._frame
        if row == 0:
            if self._header is None:
                self._header = header_box(self.view, frame.width, frame.typography, frame.words, is_first=self.is_first)
            return self._header
        index = row - 1
        if index < len(self.blocks):
            found = self._boxes.get(index)
            return found[0] if found is not None else self._build(frame, index)
        if index == len(self.blocks) and self._unparsed:
            return Box()
        if self._trailer is None:
            self._trailer = trailer_box(self.view, frame.width, frame.typography, frame.words)
        return self._trailer

    def gap(self, row: int) -> float:
        """Space above the box of a block's row; it belongs to the row."""
        if not 1 < row <= len(self.blocks):
            return 0.0
        return gap_between(self._frame.typography, self.blocks[row - 2], self.blocks[row - 1])

    def leader(self, index: int) -> int:
        """Index of the block that the one at `index` is a continuation of, or its own."""
        while index and self.blocks[index].continues:
            index -= 1
        return index

    def is_continued(self, index: int) -> bool:
        return index + 1 < len(self.blocks) and self.blocks[index + 1].continues

    def scrolls(self, row: int) -> list[float]:
        """How far the areas of a block are scrolled sideways; shared by a block and its continuations."""
        if not 0 < row <= len(self.blocks):
            return []
        return self.side_scrolls.get(self.leader(row - 1), [])

    def _build(self, frame: Frame, index: int) -> Box:
        block = self.blocks[index]
        columns: Sequence[float] = ()
        if isinstance(block, Table) and block.continues:
            columns = self.box(self.leader(index) + 1).columns
        is_continued = self.is_continued(index)
        width = frame.user_text_width if self.is_user else frame.width
        box = build(block, width, frame.look, Neighbours(is_continued, columns))
        if self._is_right_to_left(box) and len(self.blocks) == 1:
            # Such text stands at the right edge: the bubble can only be narrow if the text was laid out for it.
            box = build(block, min(width, box.natural_width + 1), frame.look)
        self._boxes[index] = (box, is_continued, block)
        self._heights.set(index, self.gap(index + 1) + box.height)

        return box

    @property
    def natural_width(self) -> float:
        """Width of the widest text that is laid out; the bubble of the user's text is not wider."""
        if len(self.blocks) > 4 or not all(isinstance(block, Paragraph) for block in self.blocks):
            return self._frame.user_text_width
        boxes = [self.box(row + 1) for row in range(len(self.blocks))]
        if len(boxes) > 1 and any(self._is_right_to_left(box) for box in boxes):
            return self._frame.user_text_width
        return min(max([box.natural_width for box in boxes], default=0.0), self._frame.user_text_width)

    def _is_right_to_left(self, box: Box) -> bool:
        return self.is_user and any(part.has_right_to_left for part in box.parts)

    @property
    def _header_estimate(self) -> float:
        return float(self._frame.typography.gap(HEADER_EMS))

    @property
    def _body_height(self) -> float:
        if self._blocks is None:
            if len(self._heights):
                return self._heights.total
            if self._chars < 0:
                self._chars = len(self.view.message.text)
                self._line_ends = self.view.message.text.count("\n")
            return self._text_estimate(self._chars, self._line_ends)
        rest = self._text_estimate(len(self._unparsed), self._unparsed.count("\n")) if self._unparsed else 0.0
        return self._heights.total + rest

    def _text_estimate(self, chars: int, line_ends: int) -> float:
        frame = self._frame
        if not chars:
            return 0.0
        style = frame.typography.body
        width = frame.user_text_width if self.is_user else frame.width
        # Whole pixels, as all heights are: so sums are exact.
        return float(round((chars * style.character_width // width + 1 + line_ends * 0.6) * style.pitch))

    def _estimate_block(self, frame: Frame, index: int) -> float:
        block = self.blocks[index]
        gap = self.gap(index + 1)
        chars = block.source.end - block.source.start
        typography = frame.typography
        if isinstance(block, CodeBlock):
            return gap + (block.text.count("\n") + 1) * typography.code.pitch + (0 if block.continues else 46)
        if isinstance(block, Table):
            return gap + (len(block.rows) + 1) * (typography.body.pitch + 12)
        style = typography.headings[block.level - 1] if isinstance(block, Heading) else typography.body
        width = frame.user_text_width if self.is_user else frame.width
        lines = chars * style.character_width // width + 1
        if isinstance(block, ItemList):
            lines += len(block.items) * 0.6
        return float(gap + round(lines * style.pitch))
