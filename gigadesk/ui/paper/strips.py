"""A message as strips, one below the other: each knows its boxes and where it may be cut."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QRectF

from gigadesk.chat import Role
from gigadesk.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Table
from gigadesk.ui.paper.cuts import Span, kept_together, merged
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.builder import Neighbours, build, gap_between
from gigadesk.ui.transcript.layout.file_boxes import FileBoxes
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.layout.references import references_of
from gigadesk.ui.transcript.layout.source_boxes import add_sources
from gigadesk.ui.transcript.messages.chrome import BUBBLE_PADDING_X, BUBBLE_PADDING_Y, ChromeBox, header_box
from gigadesk.ui.transcript.messages.message_text import MessageText
from gigadesk.ui.transcript.values import MessageView

ROW_SHARE = 0.4
"""A row of a table stays whole if it takes no more of a page."""
WHOLE_SHARE = 0.25
"""So does a table or a piece of code."""
ABOVE_ANSWER_EMS = 1.5
ABOVE_QUESTION_EMS = 2.5
"""On the screen the buttons of the answer stand there."""


@dataclass(slots=True)
class Laid:
    """A box in a strip."""

    box: Box
    x: float
    y: float


@dataclass(slots=True)
class Strip:
    """Boxes below each other. All places count from its upper left corner."""

    boxes: list[Laid]
    height: float
    spans: list[Span]
    """What is not cut, merged."""
    gap: float = 0.0
    """Space above it, but not at the top of a page."""
    scale: float = 1.0
    bubble: QRectF | None = None
    keeps_next: bool = False
    """It does not stand at the foot of a page without what follows."""
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    """Path, width and height of what is to be decoded before it is painted."""


class Pause(Enum):
    """What comes in place of a strip that is not ready."""

    BREATH = "breath"
    """Much has been done: others may want something."""
    WAIT = "wait"
    """Somebody else is at work for it."""


Strips = Iterator[Strip | Pause]


def strips_of(
    view: MessageView, before: float | None, frame: Frame, page_height: float, may_wait: Callable[[bool], bool]
) -> Strips:
    """All of a message. `before` is when the one above was written.

    `may_wait` is told whether a strip is ready, and tells whether to wait for one that is not.
    """
    text = MessageText(view.message, is_folded=True)
    text.open()
    while text.has_unparsed_text:
        yield Pause.BREATH
        text.parse_more()
    header = header_box(view, frame, None, before=before)
    if view.message.role is Role.USER:
        header.height -= frame.typography.px(BUBBLE_PADDING_Y)
        above = _header(header, frame.typography.gap(ABOVE_QUESTION_EMS))
        if above.height:
            yield above
        yield from _question(text, frame, 0.0 if above.height else above.gap)
    else:
        yield _header(header, frame.typography.gap(ABOVE_ANSWER_EMS))
        yield from _answer(text, view, frame, page_height, may_wait)
    trailer = _trailer(view, frame)
    if trailer is not None:
        yield trailer
    while text.let_go():  # all at once, the blocks of 100,000 lines took 0.1 s
        yield Pause.BREATH


def _header(box: Box, least_gap: int) -> Strip:
    # The space above is part of the box: as a gap it goes away at the top of a page.
    top = min([mark.y for mark in box.marks], default=box.height)
    height = box.height - top
    gap = max(top, float(least_gap))
    return Strip([Laid(box, 0, -top)], height, [(0.0, height)] if height else [], gap=gap, keeps_next=True)


def _question(text: MessageText, frame: Frame, gap: float) -> Strips:
    typography = frame.typography
    padding_x, padding_y = typography.px(BUBBLE_PADDING_X), typography.px(BUBBLE_PADDING_Y)
    laid: list[Laid] = []
    spans: list[Span] = []
    y = float(padding_y)
    before: Block | None = None
    for block in text.answer_blocks:
        box = build(block, frame.user_text_width, frame.look)
        y += gap_between(typography, before, block)
        laid.append(Laid(box, 0, y))
        spans.extend((top + y, bottom + y) for top, bottom in _spans(block, box, 0))
        y += box.height
        before = block
        yield Pause.BREATH
    if not laid:
        return
    width = min(max(each.box.natural_width for each in laid), frame.user_text_width)
    for each in laid:
        each.x = frame.width - padding_x - width
    # The edges of the bubble stay with the first and the last line.
    spans = merged(spans)
    spans[0], last = (0.0, spans[0][1]), (spans[-1][0], y + padding_y)
    spans[-1] = (min(spans[-1][0], last[0]), last[1])
    if len(spans) == 1:
        spans[0] = (0.0, y + padding_y)
    left = frame.width - width - 2 * padding_x
    bubble = QRectF(left, 0, width + 2 * padding_x, y + padding_y)
    # A question goes over to the page on which its answer begins.
    yield Strip(laid, bubble.height(), spans, gap, bubble=bubble, keeps_next=True)


def _answer(
    text: MessageText, view: MessageView, frame: Frame, page_height: float, may_wait: Callable[[bool], bool]
) -> Strips:
    blocks = text.answer_blocks
    references = references_of(view.message)
    columns: list[float] = []
    for index, block in enumerate(blocks):
        is_continued = index + 1 < len(blocks) and blocks[index + 1].continues
        known = columns if block.continues else []
        neighbours = Neighbours(is_continued, known, references)
        box = build(block, frame.width, frame.look, neighbours)
        while may_wait(not getattr(box, "awaited", None)):
            yield Pause.WAIT
            box = build(block, frame.width, frame.look, neighbours)
        columns = box.columns
        before = blocks[index - 1] if index else None
        gap = float(gap_between(frame.typography, before, block))
        widest = max([area.rect.x() + area.content_width for area in box.areas], default=0.0)
        scale = min(1.0, frame.width / widest) if widest > 0 else 1.0
        strip = Strip([Laid(box, 0, 0)], box.height * scale, _spans(block, box, page_height), gap, scale)
        strip.spans = [(top * scale, bottom * scale) for top, bottom in strip.spans]
        strip.keeps_next = isinstance(block, Heading)
        yield strip


def _trailer(view: MessageView, frame: Frame) -> Strip | None:
    """The files and all sources, without buttons."""
    message = view.message
    if not message.files and not message.sources:
        return None
    box = ChromeBox()
    height = 0.0
    spans: list[Span] = []
    if message.files:
        files = FileBoxes(box, box.slots, view, frame)
        height = files.add_user(height) if message.role is Role.USER else files.add_answer(height)
        spans.extend((slot.rect.top(), slot.rect.bottom()) for slot in box.slots)
    if message.sources:
        height = add_sources(box, message.sources, height, frame, shows_all=True)
    spans.extend((mark.y, mark.y + mark.height) for mark in box.marks)
    pictures = [
        (slot.path, round(slot.rect.width()), round(slot.rect.height()))
        for slot in box.slots
        if slot.is_picture and slot.path
    ]
    box.height = height
    return Strip([Laid(box, 0, 0)], height, merged(spans), gap=frame.typography.gap(0.5), pictures=pictures)


def _spans(block: Block, box: Box, page_height: float) -> list[Span]:
    lines = merged([(part.y + top, part.y + bottom) for part in box.stretches for top, bottom, _ in part.line_spans()])
    if isinstance(block, Paragraph) and not block.continues:
        return kept_together(lines)
    if isinstance(block, CodeBlock | Table) and box.height <= WHOLE_SHARE * page_height:
        return [(0.0, box.height)]
    if isinstance(block, CodeBlock) and lines:
        # The header does not stand alone, and the frame ends below a line.
        whole = [(0.0, lines[min(1, len(lines) - 1)][1]), *lines[2:-1], (lines[-1][0], box.height)]
        return merged([*whole, *_code_lines(box, page_height)])
    if isinstance(block, Table):
        return merged([*lines, *_rows(box, page_height)])
    return lines


def _code_lines(box: Box, page_height: float) -> list[Span]:
    """Lines of code that are wrapped, each as one."""
    spans: list[Span] = []
    for part in box.stretches:
        for top, bottom, goes_on in part.line_spans():
            if goes_on and spans:
                spans[-1] = (spans[-1][0], part.y + bottom)
            else:
                spans.append((part.y + top, part.y + bottom))
    return [span for span in spans if span[1] - span[0] <= ROW_SHARE * page_height]


def _rows(box: Box, page_height: float) -> list[Span]:
    """The rows of a table, each with the space around its text; neither the first nor the last stands alone."""
    tops = sorted({part.y for part in box.parts})
    if not tops:
        return []
    space = tops[0]  # above the first row, hence above each
    edges = [0.0, *(top - space for top in tops[1:]), box.height]
    rows = [row for row in itertools.pairwise(edges) if row[1] - row[0] <= ROW_SHARE * page_height]
    if len(edges) > 3 and len(rows) == len(edges) - 1:
        rows += [(edges[0], edges[2]), (edges[-3], edges[-1])]
    return rows
