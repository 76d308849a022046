"""The one place where an error becomes words: what happened, what to do, and a button that does it."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What the button of a notice does."""

    RETRY = "retry"
    CONTINUE = "continue"
    OPEN_SETTINGS = "open_settings"
    CHOOSE_MODEL = "choose_model"
    NEW_CHAT = "new_chat"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Notice:
    """Words about a failure, in the language of the window. Plain text, never rich."""

    title: str
    text: str
    actions: tuple[Action, ...] = ()
    is_error: bool = True
    """False for something the user did or that mends itself: shown calmly."""
    detail: str = ""
    """The server's own words or the technical cause, shown smaller and copyable."""
