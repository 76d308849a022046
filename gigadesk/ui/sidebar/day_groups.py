"""Which heading a chat stands under. Pure.

A group is a number that grows with age: 0 is today, 1 yesterday, 2 the previous seven days, 3 the previous thirty, and
from `FIRST_MONTH` on one group for each month, counted back from the current one.
"""

from datetime import UTC, date, datetime, timedelta
from math import inf

TODAY = 0
YESTERDAY = 1
PREVIOUS_7_DAYS = 2
PREVIOUS_30_DAYS = 3
FIRST_MONTH = 4

_FIRST_MONTH_OF_ALL = 1970 * 12
"""Whatever is older stands here."""


class DayGroups:
    """The groups as they are on one day, in the local time zone. Times are Unix seconds."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._starts = [_start_of(today - timedelta(days=days)) for days in (0, 1, 7, 30)]
        self._month = _months(today)

    def group(self, time: float) -> int:
        """The group of a chat whose last message is of `time`."""
        for group, start in enumerate(self._starts):
            if time >= start:  # also a time to come: a clock that was set back must not hide a chat
                return group
        return FIRST_MONTH + self._month - max(_months(_local_date(time)), _FIRST_MONTH_OF_ALL)

    def span(self, group: int) -> tuple[float, float]:
        """From when on, and before when, the chats of a group had their last message."""
        if group < FIRST_MONTH:
            return self._starts[group], self._starts[group - 1] if group else inf
        month = self._month - (group - FIRST_MONTH)
        since = -inf if month <= _FIRST_MONTH_OF_ALL else _start_of_month(month)
        return since, min(_start_of_month(month + 1), self._starts[-1])

    def month(self, group: int) -> tuple[int, int]:
        """Year and month (1 to 12) of a group from `FIRST_MONTH` on."""
        year, month = divmod(self._month - (group - FIRST_MONTH), 12)
        return year, month + 1


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _start_of(day: date) -> float:
    return datetime(day.year, day.month, day.day).astimezone().timestamp()


def _start_of_month(months: int) -> float:
    year, month = divmod(months, 12)
    return _start_of(date(year, month + 1, 1))


def _local_date(time: float) -> date:
    try:
        return datetime.fromtimestamp(time, tz=UTC).astimezone().date()
    except (OverflowError, ValueError, OSError):  # a time no calendar knows, from a damaged row
        return date(1970, 1, 1)
