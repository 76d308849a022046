"""What JSON from elsewhere really holds: any value in, a valid one out. Pure."""

import math
from collections.abc import Container
from typing import Any

from gigadesk.limits import IMPORT_ID_MAX_CHARS, IMPORT_WORD_MAX_CHARS
from gigadesk.text import clean

_DAY_S = 86_400.0
_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3))
"""Times from the left number on are not seconds but so many parts of one: nano-, micro-, milliseconds."""


def fields(value: Any) -> dict[str, Any]:
    """An object; empty if it is none."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """An array; empty if it is none."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """A text of any length; empty if it is none."""
    return clean(value) if isinstance(value, str) else ""


def word(value: Any, most: int = IMPORT_WORD_MAX_CHARS) -> str:
    """A short text on one line."""
    return " ".join(clean(value[: most * 2]).split())[:most] if isinstance(value, str) else ""


def name(value: Any) -> str:
    """An id: compared as it is, never shown as more than text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return clean(value)[:IMPORT_ID_MAX_CHARS] if isinstance(value, str) else ""


def one_of(value: Any, known: Container[str], usual: str = "") -> str:
    """One of these texts, or the usual one."""
    return value if isinstance(value, str) and value in known else usual


def number(value: Any, most: float = 1e12) -> float | None:
    """A finite number from 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and 0 <= value <= most else None


def count(value: Any) -> int:
    """A whole number from 0."""
    found = number(value)
    return int(found) if found is not None else 0


def time(value: Any, now: float) -> float | None:
    """A time in Unix seconds, not in the future; it may be given in smaller units. None if it is none."""
    found = number(value, 1e20)
    if not found:
        return None
    for least, parts in _UNITS:
        if found >= least:
            found /= parts
            break
    return found if found <= now + _DAY_S else None


def flag(value: Any) -> bool:
    return value is True
