"""Where characters as people count them, words and lines of a text begin and end. Pure but for Qt's tables of letters.

Places are Python's; Qt counts in UTF-16. Only the surroundings of a place are looked at, so a line of a megabyte costs
no more than a short one.
"""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

WINDOW = 256
"""Characters that are looked at on each side of a place."""

_Kind = QTextBoundaryFinder.BoundaryType
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def next_character(text: str, place: int) -> int:
    """Where the character at a place ends, with all marks that belong to it."""
    return _after(_boundaries(text, place, _Kind.Grapheme), place, len(text))


def previous_character(text: str, place: int) -> int:
    """Where the character before a place begins."""
    return _before(_boundaries(text, place, _Kind.Grapheme), place)


def next_word(text: str, place: int) -> int:
    """Where the next word begins: what Ctrl and the right arrow go to."""
    starts = [start for start, end in _words(text, place) if start > place and text[start:end].strip()]
    return starts[0] if starts else min(len(text), place + WINDOW)


def previous_word(text: str, place: int) -> int:
    """Where the word before a place begins."""
    starts = [start for start, end in _words(text, place) if start < place and text[start:end].strip()]
    return starts[-1] if starts else max(0, place - WINDOW)


def word_at(text: str, place: int) -> tuple[int, int]:
    """The word, mark or space whose character stands at a place; at the end of a line, the last of the line."""
    start, end = line_at(text, place)
    if start == end:
        return place, place
    inside = min(max(place, start), end - 1)
    for first, last in _words(text, inside):
        if first <= inside < last:
            return max(first, start), min(last, end)
    return inside, inside + 1


def line_at(text: str, place: int) -> tuple[int, int]:
    """The line of a text, without its end."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def _words(text: str, place: int) -> list[tuple[int, int]]:
    """Stretches between the boundaries of words around a place; spaces that follow each other are one."""
    found = _boundaries(text, place, _Kind.Word)
    stretches: list[tuple[int, int]] = []
    for start, end in pairwise(found):
        is_space = text[start:end].isspace() and "\n" not in text[start:end]
        if is_space and stretches and stretches[-1][1] == start and text[stretches[-1][0] : start].isspace():
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _boundaries(text: str, place: int, kind: QTextBoundaryFinder.BoundaryType) -> list[int]:
    first = max(0, place - WINDOW)
    window = text[first : place + WINDOW]
    finder = QTextBoundaryFinder(kind, window)
    found: list[int] = []
    at = 0
    while at >= 0:
        found.append(at)
        at = finder.toNextBoundary()
    astral = [match.start() + number + 1 for number, match in enumerate(_ASTRAL.finditer(window))]
    return [first + each - bisect_right(astral, each) for each in found] if astral else [first + each for each in found]


def _after(boundaries: list[int], place: int, end: int) -> int:
    index = bisect_right(boundaries, place)
    return boundaries[index] if index < len(boundaries) else end


def _before(boundaries: list[int], place: int) -> int:
    index = bisect_left(boundaries, place)
    return boundaries[index - 1] if index else 0
