"""The one gate through which foreign JSON becomes values, and our values become JSON. Pure."""

import json
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")

# msgspec raises RecursionError on deep nesting, and so does the standard library, which also raises a plain ValueError
# for integers of more than 4,300 digits.
_ODD = (msgspec.MsgspecError, ValueError, RecursionError)


class OddJsonError(Exception):
    """The text is not JSON, or not of the shape asked for. Stays inside this package and carries none of the text."""


class Decoder(Generic[T]):
    """Makes values of one type from JSON.

    Lone surrogates written as escapes, which msgspec refuses, are let through: `gigadesk.text.clean` repairs them
    where a text is taken out of the value.
    """

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._decoder = msgspec.json.Decoder(kind)

    def __call__(self, text: str | bytes) -> T:
        """The value.

        Raises:
            OddJsonError: not JSON, or of another shape.
        """
        try:
            return self._decoder.decode(text)
        except _ODD:
            pass
        try:
            # Decoded first: bytes that are no UTF-8 become U+FFFD, and JSON is never taken for another encoding.
            text = text if isinstance(text, str) else text.decode("utf-8", "replace")
            return msgspec.convert(json.loads(text), self._kind)
        except _ODD:
            pass
        raise OddJsonError  # outside of the handlers, so that no foreign text hangs on it as a cause


def encode(value: Any) -> bytes:  # whatever the caller puts into a request body
    """Compact JSON in raw UTF-8, as the service likes it best. Lone surrogates become U+FFFD.

    Raises:
        TypeError: something in the value has no JSON form; a mistake of the caller.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def text_of(value: Any) -> str:  # a leaf of foreign JSON: may be anything
    """The value if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def number_of(value: Any) -> float:  # a leaf of foreign JSON: may be anything
    """The value if it is a finite number that is not negative, else 0. Never more than a float holds exactly.

    JSON may hold integers of thousands of digits, at which every conversion and division fails.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        return 0
    return min(value, _NUMBER_MAX)


def count_of(value: Any) -> int:  # a leaf of foreign JSON: may be anything
    """The value if it is a number that is not negative, rounded down, else 0. Limited like `number_of`."""
    return int(number_of(value))


_NUMBER_MAX = 2**53
