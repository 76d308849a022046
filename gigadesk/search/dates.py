"""Days as people type them: `2024`, `2024-05`, `3.5.2024`, `yesterday`, `7d`, in English and in Russian. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DOTTED = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)(\d{4})")
_AGO = re.compile(r"(\d{1,4})([dwmyднмг])")
_WORDS = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1, "позавчера": 2}
_UNIT_DAYS = {"d": 1, "д": 1, "w": 7, "н": 7, "m": 30, "м": 30, "y": 365, "г": 365}


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days: from the first one on, before the other."""

    first: date
    end: date


def span_of(text: str, today: date) -> Span | None:
    """The days that a text names; None when it names none. `7d` is the day a week ago."""
    text = text.lower()
    try:
        if text in _WORDS:
            return _day(today - timedelta(days=_WORDS[text]))
        if found := _AGO.fullmatch(text):
            return _day(today - timedelta(days=int(found[1]) * _UNIT_DAYS[found[2]]))
        if found := _ISO.fullmatch(text):
            return _span(int(found[1]), found[2], found[3])
        if found := _DOTTED.fullmatch(text):
            return _span(int(found[3]), found[2], found[1])
    except (ValueError, OverflowError):
        pass  # there is no such day
    return None


def begin_of(day: date) -> float:
    """When a day begins here, in Unix seconds."""
    try:
        return datetime.combine(day, time()).astimezone().timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0 if day.year < 2000 else float(1 << 40)


def _day(day: date) -> Span:
    return Span(day, day + timedelta(days=1))


def _span(year: int, month: str | None, day: str | None) -> Span:
    if month is None:
        return Span(date(year, 1, 1), date(year + 1, 1, 1))
    if day is None:
        first = date(year, int(month), 1)
        return Span(first, (first + timedelta(days=31)).replace(day=1))
    return _day(date(year, int(month), int(day)))
