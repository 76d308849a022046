"""What the transcript is given. Values in; it never asks a service or a store."""

from dataclasses import dataclass

from gigadesk.chat import Message, MessageId
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
