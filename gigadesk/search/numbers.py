"""Numbers as people write them: 1 000 000, 3,14, 16 GB, +7 (999) 123-45-67. Pure."""

import re

BLANK = "[ \u00a0\u202f\u2009]"
_SIGNS = "[-_‐‑–—.,'’\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]"
_NUMBER_JOINT = rf"(?:{_SIGNS}{{0,3}}|{BLANK})"
_POINT = rf"{_SIGNS}{{1,3}}"
"""3.14 is not 314, while 10.000 may be 10000."""
_PHONE_JOINT = r"[ \u00a0\u202f()‐‑–.-]{0,3}"
_MORE_THOUSANDS = re.compile("[ \u00a0\u202f\u2009,'’][0-9]{3}(?![0-9])")
_THOUSANDS_MIN, _THOUSANDS_MAX = 5, 15
"""Digits of a number that may be written in threes: fewer are years, unless they are round; more are codes."""
_MEASURE = re.compile(r"[0-9]+[^\W\d_]{1,4}")
_PHONE = re.compile("[78]?([3489][0-9]{2})([0-9]{3})([0-9]{2})([0-9]{2})")
_LOCAL = 7
_OF_PHONE = (3, 3, 2, 2)
PHONE_TYPED = rf"\+?[78]{BLANK}?\(?[3489]\d{{2}}\)?[ -]?\d{{3}}[ -]?\d{{2}}[ -]?\d{{2}}"
_COUNTRIES = "78"


def parts_of_number(digits: str) -> tuple[str, ...]:
    """How digits may be parted in a text: a telephone without what is in front of it, thousands; else nothing."""
    if phone := _PHONE.fullmatch(digits):
        return phone.groups()
    is_long = _THOUSANDS_MIN <= len(digits) <= _THOUSANDS_MAX or (len(digits) == 4 and digits.endswith("00"))
    # 1234567 is 123-45-67, which is found as one word.
    is_local = len(digits) == _LOCAL and not digits.endswith("00")
    if not is_long or is_local or digits.startswith("0"):
        return ()
    first = len(digits) % 3 or 3
    return (digits[:first], *(digits[place : place + 3] for place in range(first, len(digits), 3)))


def is_apart(parts: tuple[str, ...]) -> bool:
    """Whether these parts may stand in a text as words of their own: 3.14 as 3,14, 10000, 16GB."""
    return all(map(str.isdecimal, parts)) or _MEASURE.fullmatch("".join(parts)) is not None


def is_phone(parts: tuple[str, ...]) -> bool:
    """Whether these are the parts of a telephone."""
    return tuple(map(len, parts)) == _OF_PHONE and all(map(str.isdecimal, parts))


def joint_of(parts: tuple[str, ...]) -> str:
    """A pattern for what may be between parts that may stand by themselves."""
    if is_phone(parts):
        return _PHONE_JOINT
    is_fraction = all(map(str.isdecimal, parts)) and any(len(part) != 3 for part in parts[1:])
    return _POINT if is_fraction else _NUMBER_JOINT


def wholes_of(parts: tuple[str, ...]) -> list[str]:
    """What all these parts are as one word."""
    whole = "".join(parts)
    return [whole, *(country + whole for country in _COUNTRIES)] if is_phone(parts) else [whole]


def begins_inside(parts: tuple[str, ...], low: str, start: int) -> bool:
    """Whether something else than the country stands before the number there."""
    if not is_phone(parts):
        return True
    return low[start - 1] not in _COUNTRIES or low[max(0, start - 2) : start - 1].isalnum()


def goes_on(low: str, end: int) -> bool:
    """Whether more thousands follow."""
    return _MORE_THOUSANDS.match(low, end) is not None
