"""An answer before it has any form on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FILE_MARK = "\ufffc"
"""Stands in a text where the tag of a made file belongs; without it the tags come first."""

IMAGE_TOOL = "image_generate"
MODEL_3D_TOOL = "model_3d_generate"
SEARCH_TOOL = "web_search"
CODE_TOOL = "code_interpreter"
URL_TOOL = "url_content_extraction"
TIME_TOOL = "get_datetime"
MEMORY_TOOL = "memory"


@dataclass(frozen=True, slots=True)
class ToolWork:
    """A built-in tool at work before the text begins."""

    name: str
    """As in the second contract."""
    seconds: int = 0
    """How long it works; told second by second by the tools that make files."""
    is_failed: bool = False
    is_censored: bool = False


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that a tool makes: one of the program's own, or exactly these bytes."""

    mime: str
    target: str
    """`image` or `3dmodel`."""
    resource: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class WebPage:
    """A source that the text refers to by its number, `[sources=[1]]` being the first."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the model says and does, and why it ended. Scripted ones may hold any mixture."""

    text: str = ""
    finish_reason: str = "stop"
    phrases: tuple[str, ...] = ()
    """The chunks of a stream, when a test wants them exact; joined they are `text`."""
    function_call: tuple[str, Mapping[str, Any]] | None = None  # arguments are JSON by a schema of the client's
    state_id: str = ""
    """Empty lets the service make one when a tool or a function is used."""
    reasoning: str = ""
    """What the model thinks before it answers."""
    tools: tuple[ToolWork, ...] = ()
    files: tuple[MadeFile, ...] = ()
    sources: tuple[WebPage, ...] = ()
    """Told by the second contract only."""
