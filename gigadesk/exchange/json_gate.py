"""JSON of files from elsewhere, conversation by conversation: the text is never whole in memory.

Pure. The one place of the room where JSON becomes values; what they are is asked in `given.py`.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from gigadesk.exchange.problems import Trouble, Unreadable
from gigadesk.limits import IMPORT_VALUE_MAX_CHARS, IMPORT_VALUES_MAX

_PART = 256 * 1024
_COUNTED_FROM = 8 * 1024 * 1024
"""Shorter texts cannot hold so many values that it matters."""
_NEAR_END = 16
"""An error so close to the end of what was read may be the end itself."""
_NUMBER_MARKS = 2
"""So many characters may stand between two runs of digits of one number."""
_BLANKS = re.compile(r"[ \t\n\r]*")
_WHOLE_DIGITS = 30
"""Nanoseconds since 1970 have 19."""
LISTS = frozenset({"chats", "conversations"})
"""Members of the outermost object whose elements are given one by one."""


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the outermost value: an element of the outermost array or of a list in `LISTS`, else a member."""

    value: Any  # as JSON has it: looked at through `given.py` only
    key: str = ""
    """Of a member; empty for an element."""
    line: int = 0
    """Where it begins, from 1."""


def _whole_number(digits: str) -> float | int:
    # Python refuses numbers of 5,000 digits with an error, and is slow before that.
    return int(digits) if len(digits) <= _WHOLE_DIGITS else float("inf")


_DECODER = json.JSONDecoder(parse_int=_whole_number, parse_constant=lambda _: None, strict=False)


def load(text: str | bytes) -> Any:
    """The value of a short text that the program itself has written, or was given through a pipe.

    Raises:
        ValueError: it is not JSON.
    """
    try:
        return json.loads(text)
    except RecursionError as exc:
        raise ValueError("too deep") from exc


def elements(
    read: Callable[[int], bytes],
    on_odd_bytes: Callable[[str], None] = lambda _line: None,
    value_max: int = IMPORT_VALUE_MAX_CHARS,
    inner: str = "",
) -> Iterator[Element]:
    """The parts of a JSON text that `read` gives piece by piece (an empty one at the end).

    The list of the name `inner` in an element is read one by one, too: of a text that takes a gigabyte only what it
    says is in memory, not the text itself. What is not read one by one may have `value_max` characters.

    `on_odd_bytes` is told the first line with bytes that are no text; U+FFFD stands for them, there and further on.

    Raises:
        Unreadable: from here on it cannot be understood.
        OSError: as `read` does.
    """
    text = _Text(read, on_odd_bytes, value_max)
    first = text.peek()
    if first == "[":
        text.skip(1)
        yield from _array(text, inner)
    elif first == "{":
        text.skip(1)
        yield from _members(text, inner)
    elif not first:
        raise Unreadable(Trouble.EMPTY)
    else:
        raise Unreadable(Trouble.UNKNOWN_KIND)
    if text.peek():
        raise Unreadable(Trouble.NOT_JSON, text.line)


def _array(text: "_Text", inner: str) -> Iterator[Element]:
    if text.peek() == "]":
        text.skip(1)
        return
    while True:
        text.peek()
        line = int(text.line)
        yield Element(_opened_up(text, inner) if inner and text.peek() == "{" else text.value(), line=line)
        if not text.goes_on("]"):
            return


def _opened_up(text: "_Text", inner: str) -> dict[str, Any]:
    """The object that begins here."""
    text.skip(1)
    found: dict[str, Any] = {}
    if text.peek() == "}":
        text.skip(1)
        return found
    while True:
        key = _key(text)
        if key == inner and text.peek() == "[":
            text.skip(1)
            values: list[Any] = []
            for element in _array(text, ""):
                values.append(element.value)
                if len(values) > IMPORT_VALUES_MAX:
                    raise Unreadable(Trouble.TOO_MUCH, text.line)
            found[key] = values
        else:
            found[key] = text.value()
        if not text.goes_on("}"):
            return found


def _key(text: "_Text") -> str:
    if text.peek() != '"':
        raise text.broken()
    key = text.value()
    if text.peek() != ":":
        raise text.broken()
    text.skip(1)
    return str(key)


def _members(text: "_Text", inner: str) -> Iterator[Element]:
    if text.peek() == "}":
        text.skip(1)
        return
    while True:
        text.peek()
        line = int(text.line)
        key = _key(text)
        if key in LISTS and text.peek() == "[":
            text.skip(1)
            yield from _array(text, inner)
        else:
            yield Element(text.value(), key, line)
        if not text.goes_on("}"):
            return


class _Text:
    """What was read and not used yet."""

    def __init__(self, read: Callable[[int], bytes], on_odd_bytes: Callable[[str], None], value_max: int) -> None:
        self._read = read
        self._value_max = value_max
        self._on_odd_bytes = on_odd_bytes
        self._encoding = ""
        self._decoder = _decoder("utf-8", "strict")
        self._text = ""
        self._place = 0
        self._lines = 1
        self._counted = 0
        """So far the lines of the text are counted: a hundred thousand small values may lie behind a huge one."""
        self._is_whole = False

    @property
    def line(self) -> str:
        self._lines += self._text.count("\n", self._counted, self._place)
        self._counted = self._place
        return str(self._lines)

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            match = _BLANKS.match(self._text, self._place)
            self._place = match.end() if match is not None else self._place
            if self._place < len(self._text) or self._is_whole:
                return self._text[self._place : self._place + 1]
            self._more()

    def skip(self, count: int) -> None:
        self._place += count

    def goes_on(self, end: str) -> bool:
        """Whether a comma follows; or the end, which is skipped, too."""
        found = self.peek()
        if found not in {",", end} or not found:
            raise self.broken()
        self.skip(1)
        return found == ","

    def broken(self) -> Unreadable:
        """Why what follows is not JSON."""
        is_end = self._is_whole and self._place >= len(self._text)
        return Unreadable(Trouble.CUT_OFF if is_end else Trouble.NOT_JSON, self.line)

    def value(self) -> Any:
        """The next value, as a whole."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError as exc:
                # An open string is reported where it begins.
                may_go_on = exc.pos >= len(self._text) - _NEAR_END or exc.msg.startswith("Unterminated string")
                if self._is_whole or not may_go_on:
                    lines = int(self.line) + self._text.count("\n", self._place, exc.pos)
                    trouble = Trouble.CUT_OFF if self._is_whole and may_go_on else Trouble.NOT_JSON
                    raise Unreadable(trouble, str(lines)) from exc
            except RecursionError as exc:
                raise Unreadable(Trouble.TOO_DEEP, self.line) from exc
            else:
                # A number may go on in the next piece, also where this one ends with its point or with "e+".
                room = _NUMBER_MARKS if isinstance(value, int | float) else 0
                if end + room < len(self._text) or self._is_whole:
                    self._place = end
                    return value
            self._more()
            self._check_count()

    def _check_count(self) -> None:
        if len(self._text) - self._place < _COUNTED_FROM:
            return
        if sum(self._text.count(mark, self._place) for mark in ",[{") > IMPORT_VALUES_MAX:
            raise Unreadable(Trouble.TOO_MUCH, self.line)

    def _more(self) -> None:
        """Read on: as much again as is there, so that a long value is looked at a few times only."""
        self._lines += self._text.count("\n", self._counted, self._place)
        self._text = self._text[self._place :]
        self._place = self._counted = 0
        if len(self._text) > self._value_max:
            raise Unreadable(Trouble.TOO_LARGE, str(self._lines))
        data = self._read(max(_PART, len(self._text)))
        if not self._encoding:
            self._encoding = _encoding_of(data)
            self._decoder = _decoder(self._encoding, "strict")
        try:
            self._text += self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as exc:
            before = self._text + exc.object[: exc.start].decode(exc.encoding, "replace")
            self._on_odd_bytes(str(self._lines + before.count("\n")))
            state = self._decoder.getstate()
            self._decoder = _decoder(self._encoding, "replace")
            self._decoder.setstate(state)
            self._text += self._decoder.decode(data, final=not data)
        self._is_whole = not data


def _encoding_of(beginning: bytes) -> str:
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if beginning[:1] and b"\0" in beginning[:2]:  # JSON begins with a plain character
        return "utf-16-le" if beginning[0] else "utf-16-be"
    return "utf-8-sig"


def _decoder(encoding: str, errors: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)(errors)
