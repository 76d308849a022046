"""What the view knows of a message beyond its value: what was unfolded in it, and what is happening to it now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gigadesk.ui.transcript.layout.code_facts import CodeView


@dataclass(frozen=True, slots=True)
class Extras:
    """Kept by message while the program runs."""

    is_unfolded: bool = False
    """What the model thought is shown."""
    shows_usage: bool = False
    shows_all_sources: bool = False
    codes: Mapping[str, CodeView] = field(default_factory=dict)
    """How the reader wants to see its codes, by `CodeDesk.key`."""
    came_live: bool = False
    """It was seen while it was written."""
    tool_note: str | None = None
    """What a tool is doing now; None leaves it to the note of the message's view."""
    retry: str = ""
    """Words about the request that failed and is tried again; `{seconds}` in them counts down."""
    retry_at: float = 0.0
    """When that will be, on the monotonic clock."""


NO_EXTRAS = Extras()
