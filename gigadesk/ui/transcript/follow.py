"""Whether the view goes with a growing answer. Pure."""

from gigadesk.chat import MessageId
from gigadesk.settings import FollowMode


class Follow:
    """The three ways to follow, and what the reader's scrolling does to them.

    Any scrolling up disarms. Reaching the end, the button that jumps there, or sending a message arms again.
    """

    def __init__(self) -> None:
        self.mode = FollowMode.END
        self.is_armed = True
        self.is_suspended = False
        """While text is being selected with the mouse, nothing moves it."""
        self.held_message: MessageId | None = None
        """The answer whose first line is held at the top, in `FIRST_LINE`."""

    @property
    def sticks_to_end(self) -> bool:
        """The end of the chat is to be in sight (in `FIRST_LINE`: as long as the first line of the answer is)."""
        return self.is_armed and not self.is_suspended and self.mode is not FollowMode.NEVER

    def scrolled_up(self) -> None:
        self.is_armed = False
        self.held_message = None

    def reached_end(self) -> None:
        self.is_armed = True
        self.held_message = None

    def answer_began(self, message_id: MessageId) -> None:
        if self.mode is FollowMode.FIRST_LINE and self.is_armed:
            self.held_message = message_id

    def set_mode(self, mode: FollowMode) -> None:
        self.mode = mode
        self.held_message = None
