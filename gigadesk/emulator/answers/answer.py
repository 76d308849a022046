"""An answer before it has any form on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """Text and why it ended."""

    text: str
    finish_reason: str = "stop"
    phrases: tuple[str, ...] = ()
    """The chunks of a stream, when a test wants them exact; joined they are `text`."""
    function_call: tuple[str, Mapping[str, Any]] | None = None  # arguments are JSON by a schema of the client's
    state_id: str = ""
