"""What a line may begin: quote, heading, fence, rule, list item, table. Source: https://spec.commonmark.org/0.31.2/."""

import re
from dataclasses import dataclass

from gigadesk.markdown.blocks import Align
from gigadesk.markdown.line import Line
from gigadesk.markdown.nodes import Shared
from gigadesk.markdown.tables import read_aligns, split_row

__all__ = [
    "Marker",
    "closes_fence",
    "is_rule",
    "may_start",
    "read_delimiter_row",
    "read_fence",
    "read_heading",
    "read_item",
    "read_underline",
    "skip_item_marker",
    "skip_quote_marker",
    "split_row",
    "take_checkbox",
]

_START_CHARS = frozenset("#`~*+_=<>-|:[$\\0123456789")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_FENCE_END = re.compile(r"(`{3,}|~{3,})[ \t]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_BULLET = re.compile(r"[*+-](?=[ \t]|$)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)", re.ASCII)
_CHECKBOX = re.compile(r"\[([ xX])\][ \t]")


@dataclass(frozen=True, slots=True)
class Marker:
    """Begin of a list item."""

    sign: str
    number: int | None
    width: int


def may_start(line: Line) -> bool:
    """Cheap look at the first character: most lines begin nothing."""
    return line.char in _START_CHARS


def skip_quote_marker(line: Line) -> None:
    line.skip_to(line.nonspace + 1)
    if line.indent:
        line.skip(1)


def read_heading(line: Line) -> tuple[int, str] | None:
    """Level and text of a heading (`## text ##`)."""
    found = _HEADING.match(line.text, line.nonspace)
    if found is None:
        return None
    return len(found[1]), _HEADING_END.sub("", line.text[found.end() :]).strip(" \t")


def read_fence(line: Line) -> Shared | None:
    found = _FENCE.match(line.text, line.nonspace)
    if found is None:
        return None
    words = _unescape(line.text[found.end() :]).split()
    return Shared(
        marker=line.char,
        fence_length=len(found[0]),
        fence_indent=line.indent,
        language=words[0].lower() if words else "",
    )


def closes_fence(line: Line, fence: Shared) -> bool:
    if line.is_indented or line.char != fence.marker or line.is_long:
        return False
    found = _FENCE_END.match(line.text, line.nonspace)
    return found is not None and len(found[1]) >= fence.fence_length


def read_underline(line: Line) -> int:
    """Level of the heading this line makes of the paragraph above; 0 for none."""
    if not _UNDERLINE.match(line.text, line.nonspace):
        return 0
    return 1 if line.char == "=" else 2


def is_rule(line: Line) -> bool:
    sign = line.char
    if sign not in {"*", "-", "_"}:
        return False
    rest = line.text[line.nonspace :]
    return not rest.strip(sign + " \t") and rest.count(sign) >= 3


def read_delimiter_row(line: Line) -> tuple[Align, ...] | None:
    return read_aligns(line.text[line.nonspace :])


def read_item(line: Line, *, interrupts_paragraph: bool) -> Marker | None:
    if found := _BULLET.match(line.text, line.nonspace):
        marker = Marker(found[0], None, 1)
    elif found := _NUMBER.match(line.text, line.nonspace):
        marker = Marker(found[2], int(found[1]), len(found[0]))
    else:
        return None
    if interrupts_paragraph and (marker.number not in {None, 1} or not line.text[found.end() :].strip(" \t")):
        return None
    return marker


def skip_item_marker(line: Line, marker: Marker) -> int:
    """Go on to the item's content. Returns the columns that content is indented by."""
    indent = line.indent
    line.skip_to(line.nonspace + marker.width)
    blanks = line.indent
    if line.is_blank:
        line.skip_blanks()
        return indent + marker.width + 1
    if blanks >= 5:
        blanks = 1
    line.skip(blanks)
    return indent + marker.width + blanks


def take_checkbox(line: Line) -> bool | None:
    """Whether a task is done; None if the item is no task."""
    found = _CHECKBOX.match(line.text, line.nonspace) if not line.is_indented else None
    if found is None:
        return None
    line.skip_to(found.end())
    line.skip_blanks()
    return found[1] != " "


def _unescape(text: str) -> str:
    if "\\" not in text and "&" not in text:
        return text
    from markdown_it.common.utils import unescapeAll

    return unescapeAll(text)
