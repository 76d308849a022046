"""What the window of the trash reads from."""

from collections.abc import Sequence
from typing import Protocol

from gigadesk.chat import TrashEntry, TrashSize


class TrashSource(Protocol):
    """The trash as it is now."""

    def entries(self, after: TrashEntry | None, count: int) -> Sequence[TrashEntry]:
        """The next `count` entries after this one (None: the first), what was deleted last first."""

    def size(self, entries: Sequence[TrashEntry]) -> TrashSize:
        """What these entries are with all that hangs on them."""

    def preview(self, entry: TrashEntry, chars: int) -> str:
        """The beginning of what an entry holds."""

    def expires_at(self, entry: TrashEntry) -> float | None:
        """When an entry will be deleted by itself, in Unix seconds; None: never."""
