"""What is known of each chat of a file before it is imported, as a value and as it goes through a pipe."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FileType(StrEnum):
    """Which program wrote a file."""

    OWN = "gigadesk"
    CHATGPT = "chatgpt"
    OPEN_WEBUI = "openwebui"


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """One chat of a file."""

    number: int
    """Which of the file it is, from 1."""
    offset: int
    """Where it begins in the spool."""
    title: str
    created_at: float
    updated_at: float
    messages: int
    files: int
    key: str
    """By which it is recognised."""
    content: str
    """The same for the same messages."""
    session_id: str
    has_draft: bool = False
    prompts: tuple[str, ...] = ()
    """The beginnings of its system prompts: instructions to the model, which nobody sees in the chat afterwards."""

    def as_json(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]

    @classmethod
    def from_json(cls, value: list[Any]) -> "ChatSummary":
        *others, prompts = value
        return cls(**dict(zip(cls.__slots__, (*others, tuple(prompts)), strict=True)))
