"""One message in the view: its blocks, the boxes of those in sight, the heights of all.

Rows of a message are numbered from the top: 0 is the header, then one for each block, one for text that is not parsed
yet (only in very long texts), and at last the trailer with files, sources, notice and buttons. What the model thought,
once it is unfolded, are blocks like those of the answer, in front of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from gigadesk.chat import MessageId, Role, Status
from gigadesk.markdown.blocks import Block, Paragraph, Table
from gigadesk.ui.transcript.boxes import Box
from gigadesk.ui.transcript.builder import Neighbours, build, gap_between
from gigadesk.ui.transcript.chrome import ChromeBox, header_box, trailer_box
from gigadesk.ui.transcript.estimates import block_estimate, text_estimate
from gigadesk.ui.transcript.extras import NO_EXTRAS, Extras
from gigadesk.ui.transcript.file_boxes import files_estimate
from gigadesk.ui.transcript.frame import Frame
from gigadesk.ui.transcript.heights import Heights
from gigadesk.ui.transcript.message_text import MessageText
from gigadesk.ui.transcript.references import references_of
from gigadesk.ui.transcript.thought import THOUGHT_INDENT, Thought
from gigadesk.ui.transcript.values import MessageView

HEADER_EMS = 2.6
TRAILER_HEIGHT = 36.0


class MessageItem:
    """State of one message. Knows nothing of its place among the others."""

    __slots__ = (
        "_boxes",
        "_chars",
        "_frame",
        "_header",
        "_heights",
        "_line_ends",
        "_references",
        "_remembered",
        "_shown",
        "_text",
        "_trailer",
        "is_first",
        "is_user",
        "side_scrolls",
        "view",
    )

    def __init__(
        self, view: MessageView, frame: Frame, remembered: dict[MessageId, Extras], *, is_first: bool = False
    ) -> None:
        self.view = view
        self.is_first = is_first
        self.is_user = view.message.role is Role.USER
        self._remembered = remembered
        self._frame = frame
        self._text = MessageText(view.message, is_folded=not (remembered and self.extras.is_unfolded))
        self._heights = Heights()
        self._shown: list[Block] = []
        """The blocks that the heights belong to."""
        self._boxes: dict[int, tuple[Box, bool, Block]] = {}
        """Boxes in sight, each with whether the next block continues it, and its block."""
        self._references = references_of(view.message)
        self._header: Box | None = None
        self._trailer: ChromeBox | None = None

        self._chars = -1
        self._line_ends = 0
        self.side_scrolls: dict[int, list[float]] = {}

    # --- text

    @property
    def is_running(self) -> bool:
        """It is being written, or waits for that."""
        return self.view.message.status in {Status.QUEUED, Status.STREAMING}

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks parsed so far, those of the unfolded thoughts first; call `open` first."""
        return self._text.blocks

    @property
    def answer_blocks(self) -> Sequence[Block]:
        """The blocks of the text alone."""
        return self._text.answer_blocks

    @property
    def thought_count(self) -> int:
        """How many of the blocks are thoughts."""
        return self._text.thought_count if self._text.thought is not None else 0

    @property
    def thought(self) -> Thought | None:
        """What the model thought; None if nothing."""
        return self._text.thought

    @property
    def extras(self) -> Extras:
        return self._remembered.get(self.view.message.id, NO_EXTRAS)

    def change_extras(self, **changes: object) -> bool:
        """Remember something about the message; False if it was so already."""
        old = self.extras
        new = replace(old, **changes)  # type: ignore[arg-type]  # the fields of `Extras`, by name
        self._remembered[self.view.message.id] = new
        self._trailer = None
        return new != old

    @property
    def is_open(self) -> bool:
        return self._text.is_open

    @property
    def has_unparsed_text(self) -> bool:
        return self._text.has_unparsed_text

    def text_behind(self, index: int) -> str:
        """The text that the `source` of this block points into."""
        return self._text.text_behind(index)

    @property
    def source_text(self) -> str:
        """The whole text as it is shown, with what is not parsed yet, without the thoughts."""
        return self._text.source_text

    def open(self) -> None:
        """Parse the text, or the first slice of it."""
        if self._text.is_open:
            return
        old_heights, self._heights = self._heights, Heights()
        self._shown.clear()
        self._boxes.clear()
        self._chars = -1
        self._text.open()
        self._adopt_heights(0)
        if len(old_heights) == len(self._heights):
            # It was closed in between and is the same as before.
            self._heights = old_heights

    def close(self) -> None:
        """Forget blocks and boxes to save memory; the heights stay known."""
        if self._text.close():
            self.drop_boxes()

    def parse_more(self) -> int:
        """Parse the next slice; returns the index of the first block that is not as before."""
        return self._changed_from(self._text.parse_more())

    def grow(self, delta: str) -> int:
        """Append text of a running answer; returns the first block that is not as before, -1 for the header."""
        self.open()
        is_header_changed = self.thought is not None and self.thought.end()
        if is_header_changed:
            self._header = None
        changed = self._changed_from(self._text.grow(delta))
        return -1 if is_header_changed else changed

    def think(self, delta: str) -> int:
        """Append to what the model thinks; returns the first block that is not as before, -1 for the header."""
        self.open()
        is_first = self.thought is None
        if is_first:
            self._header = None
        changed = self._changed_from(self._text.think(delta, is_folded=not self.extras.is_unfolded))
        return -1 if is_first else changed

    def set_folded(self, *, is_folded: bool) -> None:
        """Show or hide the thoughts."""
        self.open()
        self.change_extras(is_unfolded=not is_folded)
        if self.thought is not None:
            self.thought.set_folded(is_folded=is_folded)
            self._header = None
            self.side_scrolls.clear()
            self._changed_from(0)

    def set_view(self, view: MessageView) -> int | None:
        """Show another state of the message; returns the first changed block, None if only the chrome changed."""
        old = self.view
        self.view = view
        self._trailer = None
        if _headed(old) != _headed(view):
            self._header = None
        if self.extras.tool_note is not None:
            self.change_extras(tool_note=None)
        references = references_of(view.message)
        if references != self._references:
            self._references = references
            self.drop_boxes()
        changed = self._text.set_message(view.message, is_folded=not self.extras.is_unfolded)
        if not self.is_open:
            self._chars = -1
            return 0 if old.message.text != view.message.text else None
        return None if changed is None else self._changed_from(changed)

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

    def _estimate_block(self, frame: Frame, index: int) -> float:
        return self.gap(index + 1) + block_estimate(frame, self.blocks[index], is_user=self.is_user)

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

    def drop_header(self) -> None:
        self._header = None

    @property
    def row_count(self) -> int:
        return len(self.blocks) + 2 + bool(self._text.unparsed)

    @property
    def height(self) -> float:
        """Of all rows; partly an estimate."""
        header = self._header.height if self._header else self._header_estimate
        trailer = self._trailer.height if self._trailer else self._trailer_estimate
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
        if self._text.unparsed and offset < header + self._body_height:
            return 1 + len(self._heights)
        return self.row_count - 1

    def row_height(self, row: int) -> float:
        """Of one row, after laying it out."""
        if 0 < row <= len(self.blocks):
            self.box(row)
            return self._heights[row - 1]
        if row == len(self.blocks) + 1 and self._text.unparsed:
            return self._rest_estimate
        return self.box(row).height

    def box(self, row: int) -> Box:
        """The row, laid out; its height is without the gap above (see `gap`)."""
        frame = self._frame
        if row == 0:
            if self._header is None:
                self._header = self.make_header()
            return self._header
        index = row - 1
        if index < len(self.blocks):
            found = self._boxes.get(index)
            return found[0] if found is not None else self._build(frame, index)
        if index == len(self.blocks) and self._text.unparsed:
            return Box()
        if self._trailer is None:
            self._trailer = self.make_trailer()
        return self._trailer

    def make_header(self) -> Box:
        """What stands above the text, laid out apart from what is on the screen."""
        return header_box(self.view, self._frame, self.thought, is_first=self.is_first)

    def make_trailer(self) -> ChromeBox:
        """What stands below the text, laid out apart from what is on the screen."""
        return trailer_box(self.view, self._frame, self.extras)

    def gap(self, row: int) -> float:
        """Space above the box of a block's row; it belongs to the row."""
        if not 1 < row <= len(self.blocks):
            return 0.0
        if row == self.thought_count + 1:
            return self._frame.typography.gap(1.0)
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
        is_thought = index < self.thought_count
        if is_thought:
            width -= THOUGHT_INDENT
        box = build(block, width, frame.look, Neighbours(is_continued, columns, self._references, is_quiet=is_thought))
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
        typography = self._frame.typography
        return float(typography.gap(HEADER_EMS)) + (typography.body.pitch + 8 if self.thought is not None else 0)

    @property
    def _trailer_estimate(self) -> float:
        return TRAILER_HEIGHT + (files_estimate(self.view) if self.view.message.files else 0.0)

    @property
    def _rest_estimate(self) -> float:
        rest = self._text.unparsed
        return text_estimate(self._frame, len(rest), rest.count("\n"), is_user=self.is_user) if rest else 0.0

    @property
    def _body_height(self) -> float:
        if self._text.is_open or len(self._heights):
            return self._heights.total + self._rest_estimate
        if self._chars < 0:
            self._chars = len(self.view.message.text)
            self._line_ends = self.view.message.text.count("\n")
        return text_estimate(self._frame, self._chars, self._line_ends, is_user=self.is_user)


def _headed(view: MessageView) -> tuple[object, ...]:
    """All of a message that its header shows."""
    message = view.message
    return (message.model, message.created_at, message.status, message.reasoning_s, bool(message.reasoning))
