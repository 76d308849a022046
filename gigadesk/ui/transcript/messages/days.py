"""On which day of the reader's own calendar a message was written. Pure but for the clock and the time zone."""

from datetime import UTC, date, datetime, timedelta


def local_day(seconds: float) -> date:
    """The day of a moment (Unix seconds) where the reader is."""
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).astimezone().date()
    except (OverflowError, ValueError, OSError):  # a time no calendar knows, from a damaged row
        return date.max if seconds > 0 else date(1970, 1, 1)


def begins_day(before: float | None, seconds: float, today: date) -> date | None:
    """The day to be named above a message; None if that was done before. `before` is when the one above was written.

    A chat of today needs no name for its first day.
    """
    day = local_day(seconds)
    if before is None:
        return None if day == today else day
    return day if local_day(before) != day else None


def seconds_to_midnight() -> float:
    """How long it is today."""
    now = datetime.now(tz=UTC).astimezone()
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time()).astimezone()
    return max(0.0, (midnight - now).total_seconds())
