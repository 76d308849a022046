"""Reading the plain kind of YAML that OpenAPI documents are written in. Pure.

Mappings and lists by indentation, quoted and bare scalars, `|` and `>` blocks, comments, `[a, b]` and `{a: b}` on
one line. No anchors, tags or several documents: what is not understood is refused.
"""

import json
import re
from typing import Any

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_MAX_DEPTH = 100
_MAX_LINES = 50_000
_MAX_LINE_CHARS = 10_000
_BEFORE_QUOTE = frozenset(" [{,:-")
_NO_BEGINNING = frozenset("#[]{},&*!|>%@`")


class NotYamlError(Exception):
    """The text is not YAML of this kind."""


def read_yaml(text: str) -> Any:  # whatever the text describes
    """The value of a document.

    Raises:
        NotYamlError: it is not understood.
    """
    lines = text.splitlines()
    if len(lines) > _MAX_LINES or any(len(line) > _MAX_LINE_CHARS for line in lines):
        raise NotYamlError
    reader = _Reader([line for line in lines if line.strip() != "---"])
    value = reader.block(0, 0)
    if reader.more():
        raise NotYamlError
    return value


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    def more(self) -> bool:
        """Whether a line with something on it is left; goes there."""
        while self._at < len(self._lines) and not _bare(self._lines[self._at]):
            self._at += 1
        return self._at < len(self._lines)

    def block(self, indent: int, depth: int) -> Any:
        """The mapping or list, or the scalar, that begins here and is indented at least so far."""
        if depth > _MAX_DEPTH:
            raise NotYamlError
        if not self.more() or self._indent() < indent:
            return None
        indent = self._indent()
        line = _bare(self._lines[self._at])
        if line == "-" or line.startswith("- "):
            return self._list(indent, depth)
        if _key_and_rest(line) is not None:
            return self._mapping(indent, depth)
        self._at += 1
        return _scalar(line)

    def _indent(self) -> int:
        line = self._lines[self._at]
        return len(line) - len(line.lstrip(" "))

    def _list(self, indent: int, depth: int) -> list[Any]:
        found: list[Any] = []
        while self.more() and self._indent() == indent:
            line = _bare(self._lines[self._at])
            if not (line == "-" or line.startswith("- ")):
                break
            if line == "-":
                self._at += 1
                found.append(self.block(indent + 1, depth + 1))
            else:
                # What follows the dash is a block of its own that begins in the middle of the line.
                self._lines[self._at] = " " * indent + " " + self._lines[self._at][indent + 1 :]
                found.append(self._value_here(depth))
        return found

    def _value_here(self, depth: int) -> Any:
        line = _bare(self._lines[self._at])
        if line.startswith(("|", ">")):
            self._at += 1
            return self._text(line, self._indent_before())
        return self.block(0, depth + 1)

    def _indent_before(self) -> int:
        line = self._lines[self._at - 1]
        return len(line) - len(line.lstrip(" "))

    def _mapping(self, indent: int, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self.more() and self._indent() == indent:
            found_key = _key_and_rest(_bare(self._lines[self._at]))
            if found_key is None:
                raise NotYamlError
            key, rest = found_key
            self._at += 1
            if rest.startswith(("|", ">")):
                found[key] = self._text(rest, indent)
            elif rest:
                found[key] = _scalar(rest)
            elif self.more() and self._indent() == indent and _bare(self._lines[self._at]).startswith("-"):
                found[key] = self._list(indent, depth + 1)
            else:
                found[key] = self.block(indent + 1, depth + 1)
        if self.more() and self._indent() > indent:
            raise NotYamlError
        return found

    def _text(self, mark: str, indent: int) -> str:
        """The lines of a block scalar that are indented further than its key."""
        taken: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
                break
            taken.append(line)
            self._at += 1
        inner = min((len(line) - len(line.lstrip(" ")) for line in taken if line.strip()), default=0)
        joined = ("\n" if mark[0] == "|" else " ").join(line[inner:] for line in taken).rstrip()
        return joined if mark.endswith("-") else joined + "\n"


def _bare(line: str) -> str:
    """The line without indentation and comment."""
    quote = ""
    for at, letter in enumerate(line):
        if quote:
            is_escaped = quote == '"' and line[at - 1] == "\\"
            quote = "" if letter == quote and not is_escaped else quote
        elif letter in "\"'" and (at == 0 or line[at - 1] in _BEFORE_QUOTE):
            quote = letter
        elif letter == "#" and (at == 0 or line[at - 1] == " "):
            return line[:at].strip()
    return line.strip()


def _key_and_rest(line: str) -> tuple[str, str] | None:
    """What stands before and after the first colon that ends a key; None when there is no key."""
    if line[:1] in {'"', "'"}:
        end = line.find(line[0] + ":", 1)
        key, rest = line[: end + 1], line[end + 2 :]
        is_key = end > 0
    else:
        key, _, rest = (line + " ").partition(": ")
        is_key = key != line + " " and bool(key) and key[0] not in _NO_BEGINNING
    if not is_key or (rest and rest[0] != " " and key[:1] in {'"', "'"}):
        return None
    return str(_scalar(key.strip(), is_key=True)), rest.strip()


def _scalar(text: str, *, is_key: bool = False) -> Any:
    try:
        if text.startswith('"'):
            return json.loads(text)
        if text.startswith("'"):
            return text[1:-1].replace("''", "'")
        if text.startswith(("[", "{")):
            return _Flow(text).whole()
        if text.startswith(("&", "*", "!", "%", "@", "`")):
            raise NotYamlError
        if is_key or not (text.lower() in _WORDS or _NUMBER.fullmatch(text)):
            return text
        return _WORDS[text.lower()] if text.lower() in _WORDS else json.loads(text)
    except ValueError as exc:
        if _NUMBER.fullmatch(text):
            # `007`, `+1`: numbers here, but not in JSON.
            return float(text)
        raise NotYamlError from exc


class _Flow:
    """A list or mapping on one line: `[a, {b: c}]`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def whole(self) -> Any:
        value = self._value(0)
        if self._text[self._at :].strip():
            raise NotYamlError
        return value

    def _value(self, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise NotYamlError
        self._skip()
        opening = self._text[self._at : self._at + 1]
        if opening not in {"[", "{"}:
            return _scalar(self._plain(",]}"))
        self._at += 1
        values: list[Any] = []
        pairs: dict[str, Any] = {}
        while not self._took("]" if opening == "[" else "}"):
            if opening == "[":
                values.append(self._value(depth + 1))
            else:
                key = str(_scalar(self._plain(":,}"), is_key=True))
                pairs[key] = self._value(depth + 1) if self._took(":") else None
            if not self._took(",") and self._text[self._at : self._at + 1] not in {"]", "}"}:
                raise NotYamlError
        return values if opening == "[" else pairs

    def _skip(self) -> None:
        while self._text[self._at : self._at + 1] == " ":
            self._at += 1

    def _took(self, sign: str) -> bool:
        self._skip()
        is_there = self._text.startswith(sign, self._at)
        self._at += is_there
        return is_there

    def _plain(self, ends: str) -> str:
        """A scalar as it is written, to one of the signs that end it."""
        self._skip()
        start = self._at
        quote = self._text[start : start + 1]
        if quote in {'"', "'"}:
            end = self._text.find(quote, start + 1)
            while quote == '"' and end > 0 and self._text[end - 1] == "\\":
                end = self._text.find(quote, end + 1)
            if end < 0:
                raise NotYamlError
            self._at = end + 1
            return self._text[start : end + 1]
        while self._at < len(self._text) and self._text[self._at] not in ends:
            self._at += 1
        if self._at == len(self._text):
            raise NotYamlError
        return self._text[start : self._at].strip()
