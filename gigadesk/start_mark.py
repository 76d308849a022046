"""Whether the last start, or the showing of a chat, came to its end: a small file that says what is under way.

A chat whose content hangs or kills the program would do so at each start. The mark is written before a chat is shown
and removed after its first painting; who finds one at the start knows which chat it was.
"""

import contextlib
from pathlib import Path

from gigadesk.chat import ChatId
from gigadesk.files import write_mark

SAFE_AFTER = 2
"""So many starts in a row that failed ask for the safe mode."""
MARK_MAX_BYTES = 64


class StartMark:
    """Made once a run, before anything is shown. Without a path it remembers nothing; so it does on a full disk."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.failed_starts, self.suspect = _read(path)
        self._failed = self.failed_starts
        """Counted on until this start has come to its end."""
        self._shown: ChatId | None = None
        self._is_starting = True
        self._write()

    @property
    def is_safe_mode(self) -> bool:
        """Show as little as possible: the last starts all failed."""
        return self.failed_starts >= SAFE_AFTER

    def distrusts(self, chat_id: ChatId) -> bool:
        """Whether a chat is to be shown as plain text."""
        return self.is_safe_mode or chat_id == self.suspect

    def trust(self) -> None:
        """The user wants to see everything as usual again."""
        self.failed_starts = 0
        self.suspect = None

    def begin_chat(self, chat_id: ChatId) -> None:
        """This chat is going to be shown."""
        self._shown = chat_id
        self._write()

    def end_chat(self) -> None:
        """It has been painted, or left."""
        if self._shown is not None:
            self._shown = None
            self._write()

    def end_start(self) -> None:
        """The program has been running for a while."""
        self._is_starting = False
        self._failed = 0
        self._write()

    def close(self) -> None:
        """The program ends as it should."""
        self._shown = None
        self.end_start()

    def _write(self) -> None:
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            if self._is_starting or self._shown is not None:
                write_mark(self._path, f"{self._failed} {self._shown or 0}".encode())
            else:
                self._path.unlink(missing_ok=True)


def _read(path: Path | None) -> tuple[int, ChatId | None]:
    """How many starts have failed in a row, and at which chat the last one did."""
    if path is None:
        return 0, None
    try:
        with path.open("rb") as file:
            failed, chat_id = map(int, file.read(MARK_MAX_BYTES).split())
    except FileNotFoundError:
        return 0, None
    except (OSError, ValueError):
        return 1, None
    return failed + 1, ChatId(chat_id) if chat_id > 0 else None
