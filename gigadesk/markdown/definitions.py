"""Link reference definitions at the beginning of a paragraph.

Source: https://spec.commonmark.org/0.31.2/#link-reference-definitions
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.|\\$){1,999})\]:[ \t]*\n?[ \t]*", re.DOTALL)
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_BLANKS = re.compile(r"[ \t]*\n?[ \t]*")


class _Definition(NamedTuple):
    label: str
    target: str
    end: int
    has_title: bool


def take_definitions(text: str) -> tuple[list[tuple[str, str]], int]:
    """The (label, target) pairs a paragraph begins with, and how many of its characters they take."""
    found = list(_definitions(text))
    return [(each.label, each.target) for each in found], found[-1].end if found else 0


def is_definitions(text: str, next_char: str) -> bool:
    """Whether a text is nothing else, and a line that begins so does not give the last of them its title."""
    found = list(_definitions(text))
    if not found or found[-1].end < len(text):
        return False
    return found[-1].has_title or next_char not in {'"', "'", "("}


def _definitions(text: str) -> Iterator[_Definition]:
    position = 0
    while text.startswith("[", position) and (found := _take_one(text, position)) is not None:
        yield found
        position = found.end


def _take_one(text: str, position: int) -> _Definition | None:
    from markdown_it.common.utils import normalizeReference
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    head = _LABEL.match(text, position)
    if head is None:
        return None
    label = normalizeReference(head[1])
    destination = parseLinkDestination(text, head.end(), len(text))
    if not label or not destination.ok or destination.pos == head.end():
        return None
    line_end, has_title = _LINE_END.match(text, destination.pos), False
    blanks = _BLANKS.match(text, destination.pos)
    if blanks is not None and blanks.end() > destination.pos:
        title = parseLinkTitle(text, blanks.end(), len(text))
        title_end = _LINE_END.match(text, title.pos) if title.ok else None
        if title_end is not None:
            line_end, has_title = title_end, True
    if line_end is None:
        return None
    return _Definition(label, destination.str, line_end.end(), has_title)
