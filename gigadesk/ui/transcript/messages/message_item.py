"""One message in the view: header, blocks and trailer as rows.

Rows of a message are numbered from the top: 0 is the header, then one for each block, one for text that is not parsed
yet (only in very long texts), and at last the trailer with files, sources, notice and buttons. What the model thought,
once it is unfolded, are blocks like those of the answer, in front of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gigadesk.chat import MessageId, Role, Status
from gigadesk.markdown.blocks import Block, CodeBlock
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.code_facts import CodeView
from gigadesk.ui.transcript.layout.file_boxes import files_estimate
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.messages.chrome import ChromeBox, header_box, trailer_box
from gigadesk.ui.transcript.messages.extras import NO_EXTRAS, Extras
from gigadesk.ui.transcript.messages.message_body import MessageBody
from gigadesk.ui.transcript.messages.message_text import MessageText
from gigadesk.ui.transcript.messages.thought import Thought
from gigadesk.ui.transcript.values import MessageView

HEADER_EMS = 2.6
TRAILER_HEIGHT = 36.0


class MessageItem:
    """State of one message. Knows nothing of its place among the others."""

    __slots__ = (
        "_before",
        "_frame",
        "_header",
        "_remembered",
        "_text",
        "_trailer",
        "body",
        "is_user",
        "view",
    )

    def __init__(
        self,
        view: MessageView,
        frame: Frame,
        remembered: dict[MessageId, Extras],
        *,
        before: Callable[[], float | None],
    ) -> None:
        self.view = view
        self._before = before
        """When the message above was written; None for the first."""
        self.is_user = view.message.role is Role.USER
        self._remembered = remembered
        self._frame = frame
        self._text = MessageText(
            view.message, is_folded=not (remembered and self.extras.is_unfolded), is_plain=view.is_plain
        )
        self.body = MessageBody(self._text, view.message, frame, is_user=self.is_user)
        if self.is_running or remembered:
            self._tell_code_views()
        self._header: Box | None = None
        self._trailer: ChromeBox | None = None

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
        return self._text.thought_count

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

    def unparsed_share(self, start: int, end: int) -> float | None:
        """How far down in what is not parsed yet a stretch of the answer's source begins; None if it is parsed."""
        rest, blocks = self._text.rest.chars, self._text.answer_blocks
        known = blocks[-1].source.end if blocks else 0
        if not rest or known >= end:
            return None
        return min(1.0, max(0, start - known) / rest)

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
        self._text.open()
        self.body.opened()

    def prepare(self, seconds: float) -> bool:
        """Parse a part of the text before it is opened; True when nothing is left to be parsed then."""
        return self._text.prepare(seconds)

    def close(self) -> bool:
        """Forget blocks and boxes to save memory; the heights stay known. False while it is being written."""
        if not self._text.close():
            return False
        self.body.drop_boxes()
        return True

    def parse_more(self) -> int:
        """Parse the next slice; returns the index of the first block that is not as before."""
        return self.body.changed_from(self._text.parse_more())

    def grow(self, delta: str) -> int:
        """Append text of a running answer; returns the first block that is not as before, -1 for the header."""
        self.open()
        if not self.extras.came_live:
            self.change_extras(came_live=True)
            self._tell_code_views()
        is_header_changed = self.thought is not None and self.thought.end()
        if is_header_changed:
            self._header = None
        changed = self.body.changed_from(self._text.grow(delta))
        return -1 if is_header_changed else changed

    def think(self, delta: str) -> int:
        """Append to what the model thinks; returns the first block that is not as before, -1 for the header."""
        self.open()
        is_first = self.thought is None
        if is_first:
            self._header = None
        changed = self.body.changed_from(self._text.think(delta, is_folded=not self.extras.is_unfolded))
        return -1 if is_first else changed

    def set_folded(self, *, is_folded: bool) -> None:
        """Show or hide the thoughts."""
        self.open()
        self.change_extras(is_unfolded=not is_folded)
        if self.thought is not None:
            self.thought.set_folded(is_folded=is_folded)
            self._header = None
            self.body.side_scrolls.clear()
            self.body.changed_from(0)

    def set_view(self, view: MessageView) -> int | None:
        """Show another state of the message; returns the first changed block, None if only the chrome changed."""
        old = self.view
        self.view = view
        self._trailer = None
        if _headed(old) != _headed(view):
            self._header = None
        if self.extras.tool_note is not None:
            self.change_extras(tool_note=None)
        self.body.set_message(view.message)
        changed = self._text.set_message(view.message, is_folded=not self.extras.is_unfolded)
        if not self.is_open:
            self.body.forget_length()
            return 0 if old.message.text != view.message.text else None
        return None if changed is None else self.body.changed_from(changed)

    def go_on(self, view: MessageView, before: Callable[[], float | None]) -> bool:
        """Be shown among other messages, laid out anew; False if it has to be made anew for that."""
        if not self.is_open or view.is_plain != self.view.is_plain:
            return False
        self._before = before
        self._header = None
        self.body.drop_boxes()
        self.set_view(view)
        return True

    def set_code_view(self, index: int, code: CodeBlock, wanted: CodeView) -> None:
        """Show a code, of which a piece is in the block at `index`, as the reader wants it."""
        self.change_extras(codes={**self.extras.codes, self.body.code_key(index, code): wanted})
        self._tell_code_views()
        self.body.code_view_changed(index, code)

    def _tell_code_views(self) -> None:
        extras = self.extras
        self.body.set_code_views(extras.codes, is_live=extras.came_live or self.is_running)

    # --- geometry

    def set_frame(self, frame: Frame) -> None:
        """Lay out anew for another column or look."""
        if self._frame.serial == frame.serial:
            return
        self._frame = frame
        self._header = self._trailer = None
        self.body.set_frame(frame)

    def has_box(self, row: int) -> bool:
        """Whether a row is laid out, and its height the true one."""
        if row == 0:
            return self._header is not None
        if row <= len(self.blocks):
            return self.body.has_box(row - 1)
        return self._trailer is not None and not self._text.rest.chars

    def known_height(self, row: int) -> float | None:
        """Of a row that is laid out, with the gap above it; None of others."""
        if 0 < row <= len(self._text.blocks):
            return self.body.known_height(row - 1)
        return self.row_height(row) if self.has_box(row) else None

    def drop_box(self, row: int) -> None:
        self.body.drop_box(row - 1)

    def drop_trailer(self) -> None:
        self._trailer = None

    def drop_header(self) -> None:
        self._header = None

    def row_after(self, row: int) -> int:
        """The next row of which something is shown."""
        return self.body.row_after(row - 1) + 1 if 0 < row <= len(self.blocks) else row + 1

    def row_before(self, row: int) -> int:
        """The row before of which something is shown."""
        return self.body.row_before(row - 1) + 1 if 1 < row <= len(self.blocks) + 1 else row - 1

    @property
    def row_count(self) -> int:
        return len(self.blocks) + 2 + (self._text.rest.chars > 0)

    @property
    def height(self) -> float:
        """Of all rows; partly an estimate."""
        trailer = self._trailer.height if self._trailer else self._trailer_estimate
        return self._header_height + self.body.height + trailer

    def row_top(self, row: int) -> float:
        """Where a row begins below the message's top."""
        return self._header_height + self.body.top(row - 1) if row else 0.0

    def row_at(self, offset: float) -> int:
        """The row that lies `offset` below the message's top."""
        header = self._header_height
        if offset < header:
            return 0
        index = self.body.index_at(offset - header)
        if index is not None:
            return 1 + index
        if self._text.rest.chars and offset < header + self.body.height:
            return 1 + len(self.blocks)
        return self.row_count - 1

    def row_height(self, row: int) -> float:
        """Of one row, after laying it out."""
        if 0 < row <= len(self.blocks):
            return self.body.height_of(row - 1)
        if row == len(self.blocks) + 1 and self._text.rest.chars:
            return self.body.rest_height
        return self.box(row).height

    def box(self, row: int) -> Box:
        """The row, laid out; its height is without the gap above (see `gap`)."""
        if row == 0:
            if self._header is None:
                self._header = self.make_header()
            return self._header
        if row <= len(self.blocks):
            return self.body.box(row - 1)
        if row == len(self.blocks) + 1 and self._text.rest.chars:
            return Box()
        if self._trailer is None:
            self._trailer = self.make_trailer()
        return self._trailer

    def make_header(self) -> Box:
        """What stands above the text, laid out apart from what is on the screen."""
        return header_box(self.view, self._frame, self.thought, before=self._before())

    def make_trailer(self) -> ChromeBox:
        """What stands below the text, laid out apart from what is on the screen."""
        return trailer_box(self.view, self._frame, self.extras)

    def gap(self, row: int) -> float:
        """Space above the box of a block's row; it belongs to the row."""
        return self.body.gap(row - 1)

    def leader(self, index: int) -> int:
        """Index of the block that the one at `index` is a continuation of, or its own."""
        return self.body.leader(index)

    def is_continued(self, index: int) -> bool:
        return self.body.is_continued(index)

    def scrolls(self, row: int) -> list[float]:
        """How far the areas of a block are scrolled sideways; shared by a block and its continuations."""
        return self.body.scrolls(row - 1) if 0 < row <= len(self.blocks) else []

    @property
    def natural_width(self) -> float:
        """Width of the widest text that is laid out; the bubble of the user's text is not wider."""
        return self.body.natural_width

    @property
    def _header_height(self) -> float:
        if self._header is not None:
            return self._header.height
        typography = self._frame.typography
        return float(typography.gap(HEADER_EMS)) + (typography.body.pitch + 8 if self.thought is not None else 0)

    @property
    def _trailer_estimate(self) -> float:
        return TRAILER_HEIGHT + (files_estimate(self.view, self._frame.typography) if self.view.message.files else 0.0)


def _headed(view: MessageView) -> tuple[object, ...]:
    """All of a message that its header shows."""
    message = view.message
    return (message.model, message.created_at, message.status, message.reasoning_s, bool(message.reasoning))
