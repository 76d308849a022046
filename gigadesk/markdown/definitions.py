"""Link reference definitions at the beginning of a paragraph.

Source: https://spec.commonmark.org/0.31.2/#link-reference-definitions
"""

import re

_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.|\\$){1,999})\]:[ \t]*\n?[ \t]*", re.DOTALL)
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_BLANKS = re.compile(r"[ \t]*\n?[ \t]*")


def take_definitions(text: str) -> tuple[list[tuple[str, str]], int]:
    """The (label, target) pairs a paragraph begins with, and how many of its characters they take."""
    definitions = []
    position = 0
    while text.startswith("[", position):
        found = _take_one(text, position)
        if found is None:
            break
        label, target, position = found
        definitions.append((label, target))
    return definitions, position


def _take_one(text: str, position: int) -> tuple[str, str, int] | None:
    from markdown_it.common.utils import normalizeReference
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    head = _LABEL.match(text, position)
    if head is None:
        return None
    label = normalizeReference(head[1])
    destination = parseLinkDestination(text, head.end(), len(text))
    if not label or not destination.ok or destination.pos == head.end():
        return None
    line_end = _LINE_END.match(text, destination.pos)
    blanks = _BLANKS.match(text, destination.pos)
    if blanks is not None and blanks.end() > destination.pos:
        title = parseLinkTitle(text, blanks.end(), len(text))
        title_end = _LINE_END.match(text, title.pos) if title.ok else None
        if title_end is not None:
            line_end = title_end
    if line_end is None:
        return None
    return label, destination.str, line_end.end()
