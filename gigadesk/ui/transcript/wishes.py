"""What somebody outside of the view has to do: values, and the keys that mean the same. No Qt."""

import sys
from dataclasses import dataclass
from enum import StrEnum

from gigadesk.chat import MessageId

EDIT_KEYS = "Ctrl+Shift+E"
AGAIN_KEYS = "Ctrl+R"
AGAIN_WITH_KEYS = "Ctrl+Shift+R"
DETAILS_KEYS = "Ctrl+I"
EXPORT_KEYS = "Ctrl+Shift+S"
QUOTE_KEYS = "Ctrl+J"
ASK_KEYS = "Ctrl+Shift+J"
DELETE_KEYS = "Del"
UNDO_KEYS = "Ctrl+Z"
MAP_KEYS = "Ctrl+Shift+K"
COMPARE_KEYS = "Ctrl+D"
COPY_BRANCH_KEYS = "Ctrl+Shift+B"
SEND_WAITING_KEYS = "Ctrl+Shift+Return"
TAKE_BACK_KEYS = "Ctrl+Shift+T"
MOVE_UP_KEYS, MOVE_DOWN_KEYS = "Ctrl+Shift+Up", "Ctrl+Shift+Down"
# In a text field of macOS Option with an arrow goes by words.
OLDER_KEYS, NEWER_KEYS = ("Ctrl+Alt+Left", "Ctrl+Alt+Right") if sys.platform == "darwin" else ("Alt+Left", "Alt+Right")


class Command(StrEnum):
    """What somebody outside of the view has to do. `MORE` and `AGAIN_WITH` without a model open menus here."""

    EDIT = "edit"
    AGAIN_WITH = "again_with"
    """Another version of an answer; `value` is the model."""
    LIST_MODELS = "list_models"
    """The models are not known: ask for them."""
    DELETE = "delete"
    BRING_BACK = "bring_back"
    """What was deleted last; no message is named."""
    DETAILS = "details"
    COMPARE = "compare"
    """Show two versions beside each other."""
    SHOW_MAP = "show_map"
    COPY_BRANCH = "copy_branch"
    """Go on in a new chat that has all as far as this message."""
    QUOTE = "quote"
    """Put the selection into the composer; `value` is its Markdown. No message is named."""
    ASK = "ask"
    """The same, and `prompt` behind it."""
    MORE = "more"
    SEND_WAITING = "send_waiting"
    """Ask what was not sent: this question and all that wait with it."""
    TAKE_BACK = "take_back"
    """Make a question that waits a part of the draft again."""
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"
    ORDER = "order"
    """Put all that wait in another order."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A command with what it is about."""

    command: Command
    message_id: MessageId | None = None
    value: str = ""
    prompt: str = ""
