"""Where endless blocks are cut: sizes that depend on the text alone, so that pieces do not depend on how it arrived.

A cut costs the view a seam, no cut costs every repaint the whole block: the sizes keep what is parsed and laid out
again with each repaint near that of an ordinary answer.
"""

from gigadesk.limits import PARAGRAPH_MAX_CHARS
from gigadesk.markdown.nodes import Node

LINE_CHARS = 4096
"""A longer line is text: only so much of its beginning is looked at for marks of blocks."""
PART_CHARS = 512
"""Size of its further parts."""
PARAGRAPH_CHARS = PARAGRAPH_MAX_CHARS
PARAGRAPH_WEIGHT = 6000
"""Of a paragraph that is not cut yet. A mark costs as much as many letters: a thousand make a piece."""
_MARK_WEIGHT = 5
_BRACKET_WEIGHT = 10
_LINK_WEIGHT = 20
_MARKS = "[]!*_~`\\&<$"
_LINKS = ("](", "://")
MAX_NESTING = 20
"""Quotes and items inside of each other; deeper marks are text."""

_CODE_LINES = 50
_CODE_CHARS = 3000
_TABLE_ROWS = 25
_TABLE_CHARS = 2500
_TEXT_ROWS = 10
"""Of what is too long for a table and shown as text: a piece of that is laid out whole with each repaint."""
_SHALLOW_LINES = 25
_SHALLOW_CHARS = 1500
"""From here on a list or quote is cut between its own parts, ..."""
_DEEP_LINES = 50
_DEEP_CHARS = 3000
"""... and from here on between any."""


def weight(text: str) -> int:
    """What reading a text costs, in letters."""
    marks = _MARK_WEIGHT * sum(map(text.count, _MARKS)) + _BRACKET_WEIGHT * text.count("[")
    return len(text) + marks + _LINK_WEIGHT * sum(map(text.count, _LINKS))


def heaviest(text: str) -> int:
    """How much of the begin of a paragraph's text a piece can hold: the same however much stands behind it."""
    if len(text) <= PARAGRAPH_CHARS and weight(text) <= PARAGRAPH_WEIGHT:
        return len(text)
    end = PARAGRAPH_CHARS
    while end >= len(text) or weight(text[:end]) > PARAGRAPH_WEIGHT:
        end = end * 7 // 8
    return end


def is_code_full(node: Node) -> bool:
    return len(node.lines) >= _CODE_LINES or node.size >= _CODE_CHARS


def is_table_full(node: Node) -> bool:
    rows = _TEXT_ROWS if node.shared.is_text else _TABLE_ROWS
    return len(node.lines) > rows or node.size >= _TABLE_CHARS


def is_piece_full(path: list[Node], start: int, lines: int) -> bool:
    """Whether to cut before the next block inside of the path. What has just begun is never cut off its mark."""
    if not path[-1].children:
        return False
    size = start - path[0].start
    if len(path) == 1 and (lines > _SHALLOW_LINES or size > _SHALLOW_CHARS):
        return True
    return lines > _DEEP_LINES or size > _DEEP_CHARS
