"""Where the reader is when another branch of the same chat is shown: nothing jumps but what is another now."""

import time
from typing import TYPE_CHECKING

from gigadesk.chat import Status
from gigadesk.ui.transcript.arrangement import Anchor
from gigadesk.ui.transcript.message_source import MessageSource
from gigadesk.ui.transcript.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.chat import MessageId
    from gigadesk.ui.transcript.view import Transcript

PARSE_TO_LIMIT_S = 0.04
"""Of processor time: with a last slice, layout and painting the window stands still for less than 0.1 s. Some dozens
of kilobytes are parsed meanwhile."""


def anchor_in_branch(view: "Transcript", source: MessageSource) -> Anchor | None:
    """The place of reading among other messages of the same chat; None for their end. Ask before they are put in.

    What is above the fork stays where it is, and so does the beginning of the message that is another version now. If
    that began above the sight, the other version begins at the top.
    """
    if not len(source):
        return None
    last = source.view(len(source) - 1).message
    if last.status in {Status.QUEUED, Status.STREAMING} and view.rows.index_of(last.id) is None:
        return None  # somebody has just asked for it, and wants to see it
    anchor = view.arranged().anchor
    if anchor is None:
        return None
    index = source.index_of(view.rows.items[anchor.key.message].view.message.id)
    if index is not None:
        return Anchor(anchor.key._replace(message=index), anchor.offset)
    fork = _fork(view, source, anchor.key.message)
    if fork >= len(source):
        return None
    return Anchor(RowKey(fork, 0), anchor.offset if anchor.key == (fork, 0) else 0.0)


def parse_to(view: "Transcript", anchor: Anchor) -> Anchor:
    """Parse again what lies above the place of reading, as it was a moment ago: else its row would not exist.

    The place as far as it is there in `PARSE_TO_LIMIT_S`: in an answer of a megabyte that is not its end.
    """
    item = view.rows.open(anchor.key.message)
    limit = time.thread_time() + PARSE_TO_LIMIT_S
    while item.has_unparsed_text and item.row_count <= anchor.key.row + 2 and time.thread_time() < limit:
        item.parse_more()
    view.rows.adopt_height(anchor.key.message)
    last = item.row_count - 1
    return anchor if anchor.key.row <= last else Anchor(anchor.key._replace(row=last), 0.0)


def move_light(view: "Transcript", source: MessageSource) -> None:
    """Let the light of the keyboard go over to the version that takes the place of the lit one."""
    index = view.walk.index
    if index is not None and not _is_common(view, source, index):
        taking: MessageId | None = source.view(index).message.id if index < len(source) else None
        view.highlights.focused_message = taking


def _is_common(view: "Transcript", source: MessageSource, index: int) -> bool:
    return source.index_of(view.rows.items[index].view.message.id) is not None


def _fork(view: "Transcript", source: MessageSource, end: int) -> int:
    """Index of the first message that is another one; the one at `end` is. Halving: most need not be read for it."""
    first, last = 0, end
    while first < last:
        middle = (first + last) // 2
        if _is_common(view, source, middle):
            first = middle + 1
        else:
            last = middle
    return first
