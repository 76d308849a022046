"""Which heading a chat stands under. Pure.

A group is a number that grows with age, so that it can lead a sort key: 0 is today, 1 yesterday, 2 the previous seven
days, 3 the previous thirty, and from `FIRST_MONTH` on one group for each month, counted back from the current one.
"""

from datetime import UTC, date, datetime

TODAY = 0
YESTERDAY = 1
PREVIOUS_7_DAYS = 2
PREVIOUS_30_DAYS = 3
FIRST_MONTH = 4


def day_group(time: float, today: date) -> int:
    """The group of a chat whose last message is of `time` (Unix seconds, shown in the local time zone)."""
    day = _local_date(time)
    age_days = (today - day).days
    if age_days <= 0:  # a clock that was set back must not hide a chat
        return TODAY
    if age_days == 1:
        return YESTERDAY
    if age_days <= 7:
        return PREVIOUS_7_DAYS
    if age_days <= 30:
        return PREVIOUS_30_DAYS
    return FIRST_MONTH + _months(today) - _months(day)


def group_month(group: int, today: date) -> tuple[int, int]:
    """Year and month (1 to 12) of a group from `FIRST_MONTH` on."""
    year, month = divmod(_months(today) - (group - FIRST_MONTH), 12)
    return year, month + 1


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _local_date(time: float) -> date:
    try:
        return datetime.fromtimestamp(time, tz=UTC).astimezone().date()
    except (OverflowError, ValueError, OSError):  # a time no calendar knows, from a damaged row
        return date.max if time > 0 else date(1970, 1, 1)
