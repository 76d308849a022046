"""Refusals, and the typed reading of a request's JSON. Does no I/O.

A field of the wrong type is refused with 400, a missing one has its empty value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gigadesk.emulator.wire import INVALID_JSON

INT32_MAX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class RefusedError(Exception):
    """The request is answered with this status and message."""

    status: int
    message: str


def malformed() -> RefusedError:
    """The refusal of what has not the shape of the schema."""
    return RefusedError(400, INVALID_JSON)


def text(body: Mapping[str, Any], name: str) -> str:  # JSON of the client's making
    """A field that is text, or missing."""
    return _typed(body, name, str) or ""


def flag(body: Mapping[str, Any], name: str) -> bool:  # JSON of the client's making
    return _typed(body, name, bool) or False


def mapping(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:  # JSON of the client's making
    return _typed(body, name, dict) or {}


def texts(body: Mapping[str, Any], name: str) -> Sequence[str]:  # JSON of the client's making
    values = _typed(body, name, list) or []
    if not all(isinstance(value, str) for value in values):
        raise malformed()
    return values


def mappings(body: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:  # JSON of the client's making
    values = _typed(body, name, list) or []
    if not all(isinstance(value, dict) for value in values):
        raise malformed()
    return values


def number(body: Mapping[str, Any], name: str) -> float | None:  # JSON of the client's making
    value = body.get(name)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    raise malformed()


def whole_number(body: Mapping[str, Any], name: str) -> int | None:  # JSON of the client's making
    """A 32-bit integer, or missing."""
    value = number(body, name)
    if value is None or (isinstance(value, int) and abs(value) <= INT32_MAX):
        return value
    raise malformed()


def _typed(body: Mapping[str, Any], name: str, kind: type) -> Any:  # JSON of the client's making
    value = body.get(name)
    if value is not None and not isinstance(value, kind):
        raise malformed()
    return value
