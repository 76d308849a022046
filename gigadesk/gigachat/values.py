"""What the service answers to everything that is not a chat, as frozen values. Does no I/O, imports nothing heavy."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from gigadesk.chat import FileKind


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How long one text is for a model."""

    tokens: int
    characters: int
    """Unicode code points, as the service counts them."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """One text as a vector. How many numbers it has depends on the model."""

    vector: tuple[float, ...] = field(repr=False)
    prompt_tokens: int = 0


@dataclass(frozen=True, slots=True)
class AiCheck:
    """Whether a machine has written a text."""

    category: str
    """`ai`, `human` or `mixed`; the server may know more words."""
    characters: int = 0
    tokens: int = 0
    ai_intervals: tuple[tuple[int, int], ...] = ()
    """For `mixed`: where the machine has written, as numbers of the first and the last character."""


@dataclass(frozen=True, slots=True)
class FilterCheck:
    """What the filter of the service thinks of a conversation."""

    is_profane: bool
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class FunctionIssue:
    """One thing that is wrong with a description of a function, or could be better."""

    description: str
    location: str = ""
    """The place in the description; `(root)` is the whole."""


@dataclass(frozen=True, slots=True)
class FunctionCheck:
    """What the service thinks of a description of a function. It can be used when there are no `errors`."""

    message: str
    errors: tuple[FunctionIssue, ...] = ()
    warnings: tuple[FunctionIssue, ...] = ()
    rules_version: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether the service would take it; warnings do not count."""
        return not self.errors


class BatchMethod(StrEnum):
    """What the lines of a batch ask for."""

    CHAT = "chat_completions"
    EMBEDDINGS = "embedder"


@dataclass(frozen=True, slots=True)
class Batch:
    """Many requests that the service answers some time later. Times are Unix seconds, 0 when not said."""

    id: str
    method: str
    status: str
    """`created`, `in_progress` or `completed`; the server may know more words."""
    total: int = 0
    completed: int = 0
    failed: int = 0
    output_file_id: str = ""
    """Once it is completed: what to `download` (JSONL, one answer a line)."""
    created_at: float = 0
    updated_at: float = 0

    @property
    def is_completed(self) -> bool:
        """Whether all is answered, and `output_file_id` can be downloaded."""
        return self.status == "completed"


@dataclass(frozen=True, slots=True)
class UploadSource:
    """What to upload.

    Args:
        content: a file, read while it is sent, or the bytes themselves.
        name: as the service shall know it; empty takes that of the file. Its ending decides the type.
        mime: the type, for a name whose ending the service does not know (`text/plain` for program code).
        purpose: the service documents `general` only.
    """

    content: Path | bytes = field(repr=False)
    name: str = field(default="", repr=False)
    mime: str = ""
    purpose: str = "general"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the service keeps: uploaded, generated, or the result of a batch."""

    id: str
    name: str = field(default="", repr=False)
    size_bytes: int = 0
    created_at: float = 0
    """Unix seconds, 0 when not said."""
    purpose: str = ""
    access: str = ""
    """`private` or `public`."""
    modalities: tuple[str, ...] = ()
    """As what the service can read it (`text`, `image`, `audio`); empty when not said."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is on the disk now. Kind and type are those of its content, whatever the server declared."""

    kind: FileKind
    mime: str
    size_bytes: int
