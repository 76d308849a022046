"""A chat request after both contracts have been taken off it: what the model is shown. Values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """Who wrote a turn, by the names of the first contract."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    FUNCTION = "function"
    OTHER = "other"
    """Roles that are accepted and that the model does not see: `search_result`, `reasoning`, ..."""


class Mode(StrEnum):
    """Whether tools and functions may be called."""

    NONE = "none"
    AUTO = "auto"
    FORCED = "forced"


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of the client that the model has been shown."""

    id: str
    name: str
    mime: str
    data: bytes

    @property
    def kind(self) -> str:
        """`image`, `audio`, or `text` for any document."""
        family = self.mime.partition("/")[0]
        return family if family in {"image", "audio"} else "text"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation."""

    part: Part
    text: str
    file_ids: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    """Names of the functions that the model called in this message of its own."""
    result_of: str = ""
    """Name of the function whose result `text` (a JSON text) is."""
    state_id: str = ""


@dataclass(frozen=True, slots=True)
class Storage:
    """The wish that the service keeps the conversation."""

    thread_id: str = ""
    """Empty begins a new one."""
    limit: int | None = None
    """How many of the kept messages the model is shown."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Everything that decides an answer, and how it is to be sent."""

    model: str
    """As requested, without its version."""
    turns: tuple[Turn, ...]
    tools: frozenset[str] = frozenset()
    """Built-in tools that may be used, by their names in the second contract."""
    mode: Mode = Mode.NONE
    forced_tool: str = ""
    forced_function: str = ""
    given_arguments: Mapping[str, Any] = field(default_factory=dict)  # JSON by a schema of the client's
    functions: tuple[Mapping[str, Any], ...] = ()  # JSON: descriptions that were checked
    schema: Mapping[str, Any] | None = None  # JSON Schema the answer must satisfy
    regex: str = ""
    """What the answer must match."""
    effort: str = ""
    """`low`, `medium`, `high`, `off`; empty leaves it to the model."""
    thinks: bool = False
    """Whether this model thinks before it answers."""
    timezone: str = ""
    asked_at: float = 0.0
    """Unix seconds."""
    max_tokens: int | None = None
    update_interval_s: float = 0.0
    is_streamed: bool = False
    is_normalised: bool = True
    storage: Storage | None = None
    files: Mapping[str, HeldFile] = field(default_factory=dict)
    """The attached files by id, once they have been looked up."""

    @property
    def question(self) -> str:
        """What the user said last."""
        return next((turn.text for turn in reversed(self.turns) if turn.part is Part.USER), "")

    @property
    def last_files(self) -> tuple[HeldFile, ...]:
        """The files attached to what the user said last."""
        last = next((turn for turn in reversed(self.turns) if turn.part is Part.USER), None)
        return tuple(self.files[file_id] for file_id in last.file_ids) if last else ()


def normalised(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The history as the model sees it: a lonely system prompt is a question, neighbours of one role are one turn.

    Source: the description of `unnormalized_history` in the documentation of the second contract.
    """
    merged: list[Turn] = []
    for turn in turns:
        last = merged[-1] if merged else None
        is_plain = turn.part in {Part.USER, Part.ASSISTANT} and not turn.calls
        if last is not None and is_plain and last.part is turn.part and not last.calls:
            text = f"{last.text}\n{turn.text}" if last.text and turn.text else last.text or turn.text
            merged[-1] = replace(turn, text=text, file_ids=(*last.file_ids, *turn.file_ids))
        else:
            merged.append(turn)
    is_lonely = bool(merged) and merged[0].part is Part.SYSTEM and (len(merged) == 1 or merged[1].part is not Part.USER)
    if is_lonely:
        merged[0] = replace(merged[0], part=Part.USER)
    return tuple(merged)
