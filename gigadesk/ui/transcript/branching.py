"""Where the reader is when another branch of the same chat is shown: nothing jumps but what is another now."""

from typing import TYPE_CHECKING

from gigadesk.chat import Status
from gigadesk.ui.transcript.arrangement import Anchor
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.messages.message_source import MessageSource
from gigadesk.ui.transcript.messages.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.chat import MessageId
    from gigadesk.ui.transcript.view import Transcript


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


def read_message(view: "Transcript", source: MessageSource) -> MessageItem | None:
    """The message at the place of reading if both branches have it: it goes on, with all that was parsed of it.

    To parse again what lies above the place would take too long at the end of an answer of a megabyte.
    """
    anchor = view.arranger.anchor
    if anchor is None or anchor.key.message >= len(view.rows):
        return None
    item = view.rows.items[anchor.key.message]
    return None if source.index_of(item.view.message.id) is None else item


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
