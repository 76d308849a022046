"""How far the clock may be believed when the trash throws away what is old enough.

A clock that is ahead would empty the trash. So what goes must have been old enough twice, a day apart; and a reading
that comes days after the one before it, as that of a wrong clock does, counts only a week later. The notes are a file
beside the database, not in it: they are about the clock of this computer, and a snapshot that is restored must not
bring old ones back.
"""

import contextlib
import math
from pathlib import Path

from gigadesk.files import write_private

NOTES_NAME = "trash-clock"
DAY_S = 86_400.0
NOTED_EVERY_S = DAY_S / 4
LEAP_S = 3 * DAY_S
"""A longer time without the program cannot be told from a wrong clock: by so much at most something goes too early."""
DOUBT_S = 7 * DAY_S
"""So long after a leap no reading counts. Who has a wrong clock finds out meanwhile."""
_FORM = b"2\n"
_MAX_BYTES = 4096


class ExpiryNotes:
    """When somebody looked at the trash, by the clock: the readings of the last days, each with when it counts."""

    def __init__(self, path: Path | None) -> None:
        """`path` is that of the notes; None keeps them in memory."""
        self._path = path
        self._seen: list[tuple[float, float]] = []
        self._is_kept = False
        if path is not None:
            self._read(path)

    def before(self, now: float, days: int) -> float:
        """What was deleted before this time is older than `days` days by now, and was nearly so a day ago.

        Notes the reading. Who cannot keep the notes gets nothing that has to go.
        """
        self._note(now)
        old = [reading for reading, counts_from in self._seen if counts_from <= now]
        if not old or not self._is_kept:
            return -math.inf
        return min(now - days * DAY_S, old[-1] - (days - 1) * DAY_S)

    def _note(self, now: float) -> None:
        # What is later than now was read off a wrong clock, or this is: in either case it proves nothing.
        self._seen = [each for each in self._seen if each[0] <= now]
        last, counts_from = self._seen[-1] if self._seen else (-math.inf, -math.inf)
        if now >= last + NOTED_EVERY_S:
            has_leapt = bool(self._seen) and now - last > LEAP_S
            # In the week after a leap the others count no sooner than the first one.
            self._seen.append((now, now + DOUBT_S if has_leapt else max(now + DAY_S, counts_from)))
        elif self._is_kept:
            return
        proven = sum(counts_from <= now for _, counts_from in self._seen)
        self._seen = self._seen[max(proven - 1, 0) :]
        self._is_kept = self._write()

    def _read(self, path: Path) -> None:
        with contextlib.suppress(OSError, ValueError):
            with path.open("rb") as file:
                form, content = file.read(len(_FORM)), file.read(_MAX_BYTES)
            numbers = [float(each) for each in content.split()]
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            if form == _FORM and all(map(math.isfinite, numbers)) and all(map(_are_in_order, pairs, pairs[1:])):
                self._seen = pairs

    def _write(self) -> bool:
        if self._path is not None:
            try:
                lines = "".join(f"{reading!r} {counts_from!r}\n" for reading, counts_from in self._seen)
                write_private(self._path, _FORM + lines.encode())
            except OSError:
                return False
        return True


def _are_in_order(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[0] and one[1] <= other[1]
