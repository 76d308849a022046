"""How far the clock may be believed when the trash throws away what is old enough.

A clock that is years ahead for one start would empty the trash. So what goes must have been old enough twice, a day
apart; and after a leap of the clock, or after a long time without the program, a week counts as one day. The
notes are a file beside the database, not in it: they are about the clock of this computer, and a snapshot that is
restored must not bring old ones back.
"""

import contextlib
import math
from pathlib import Path

from gigadesk.files import write_private

NOTES_NAME = "trash-clock"
DAY_S = 86_400.0
NOTED_EVERY_S = DAY_S / 4
LEAP_S = 45 * DAY_S
"""A longer time without the program cannot be told from a wrong clock."""
DOUBT_S = 6 * DAY_S
"""So long after a leap nothing is noted."""
_MAX_BYTES = 4096


class ExpiryNotes:
    """When somebody looked at the trash, by the clock: the readings of the last days."""

    def __init__(self, path: Path | None) -> None:
        """`path` is that of the notes; None keeps them in memory."""
        self._path = path
        self._leapt_at = -math.inf
        self._seen: list[float] = []
        self._last = -math.inf
        self._is_kept = False
        if path is not None:
            self._read(path)

    def before(self, now: float, days: int) -> float:
        """What was deleted before this time is older than `days` days by now, and was nearly so a day ago.

        Notes the reading. Who cannot keep the notes gets nothing that has to go.
        """
        self._note(now)
        old = [each for each in self._seen if each <= now - DAY_S]
        if not old or not self._is_kept:
            return -math.inf
        return min(now - days * DAY_S, old[-1] - (days - 1) * DAY_S)

    def _note(self, now: float) -> None:
        # What is later than now was read off a wrong clock, or this is: in either case it proves nothing.
        self._seen = [each for each in self._seen if each <= now]
        self._leapt_at = self._leapt_at if self._leapt_at <= now else -math.inf
        if now - self._last > LEAP_S and self._last > -math.inf:
            self._seen, self._leapt_at = [], now
        elif self._is_kept and self._last <= now < self._last + NOTED_EVERY_S:
            return
        self._last = now
        if now >= self._leapt_at + DOUBT_S:
            older = [each for each in self._seen if each <= now - DAY_S]
            self._seen = [*older[-1:], *(each for each in self._seen if each > now - DAY_S), now]
        self._is_kept = self._write()

    def _read(self, path: Path) -> None:
        with contextlib.suppress(OSError, ValueError):
            with path.open("rb") as file:
                last, leapt_at, *seen = (float(each) for each in file.read(_MAX_BYTES).split())
            if math.isfinite(last) and not math.isnan(leapt_at):
                self._last, self._leapt_at = last, leapt_at
                self._seen = sorted(each for each in seen if math.isfinite(each))

    def _write(self) -> bool:
        if self._path is not None:
            try:
                write_private(self._path, " ".join(map(repr, (self._last, self._leapt_at, *self._seen))).encode())
            except OSError:
                return False
        return True
