"""What the transcript is given. Values in; it never asks a service or a store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gigadesk.chat import FileId, Message, MessageId, Waiting
from gigadesk.ui.notices import Notice


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message as it is to be shown."""

    message: Message
    siblings: tuple[MessageId, ...] = ()
    """Ids of all versions of this turn, oldest first, itself among them; more than one shows the switcher."""
    notice: Notice | None = None
    """Words under the message: why it failed, was stopped or cut."""
    queue_position: int = 0
    """Place in the send queue, from 1; 0 when it does not wait."""
    paths: Mapping[FileId, str] = field(default_factory=dict)
    """Where the bytes of its files lie; a file that is not there yet, or is lost, is missing."""
    tool_note: str = ""
    """What a built-in tool is doing for it now, in the words of the window; empty when none works."""
    waiting: Waiting | None = None
    """Its place among the questions that were not asked yet; None for all other messages."""
    is_plain: bool = False
    """Show its text letter by letter: something about it is not trusted."""
