"""A text that has grown: the lines that stay as they are stand in layouts of their own, only the last ones are new.

A line is broken where the next word finds no room. So its break is settled when that word has come to its end: what is
behind the break may be laid out alone, and stands as it would in a layout of the whole. Only for text from left to
right without formulas or pictures, and never within what is more than words: a link, a note, code.
"""

import itertools
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gigadesk.limits import PARAGRAPH_MAX_CHARS
from gigadesk.markdown.blocks import Span
from gigadesk.ui.transcript.layout.pieces import Cell
from gigadesk.ui.transcript.layout.text_part import TextPart

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from gigadesk.ui.transcript.layout.builder import Builder

FEWEST_LINES = 4
"""So many settled lines become a layout of their own: a part costs some work wherever text is walked through."""


class GrownText:
    """Parts below each other, used as one `TextPart`. The painter paints its `stretches`, which know where they are."""

    __slots__ = (
        "_starts",
        "_tops",
        "area",
        "color",
        "height",
        "length",
        "line_style",
        "links",
        "made_of",
        "natural_width",
        "notes",
        "start",
        "stretches",
        "text",
        "width",
        "x",
        "y",
    )

    has_right_to_left = False
    runs_right_to_left = False
    sources: Sequence[tuple[int, int]] = ()

    def __init__(self, stretches: Sequence[TextPart], text: str) -> None:
        first = stretches[0]
        self.stretches = tuple(stretches)
        self.text = text
        self.start, self.length = first.start, len(text)
        self.line_style, self.width = first.line_style, first.width
        self.x = self.y = 0.0
        self.area = -1
        self.color: QColor | None = None
        self.made_of: object = None
        self.links = [link for part in stretches for link in part.links]
        self.notes = [note for part in stretches for note in part.notes]
        # With the blank that its last line was broken at, a part may seem too wide.
        self.natural_width = min(self.width, max(part.natural_width for part in stretches))
        self._starts = [part.start for part in stretches]
        *self._tops, self.height = itertools.accumulate([part.height for part in stretches], initial=0.0)

    def spread(self) -> None:
        """Tell the stretches what was decided on all of them."""
        for part, top in zip(self.stretches, self._tops, strict=True):
            part.x, part.y, part.area, part.color = self.x, self.y + top, self.area, self.color

    def place_at(self, x: float, y: float, *, on_character: bool = False) -> int:
        number = self._at(y)
        part = self.stretches[number]
        place = part.place_at(x, y - self._tops[number], on_character=on_character)
        # Behind the blank at which a line was broken is the begin of the next one.
        is_next = place == part.start + part.length and place in self._starts
        return place - 1 if is_next else place

    def rects(self, start: int, end: int) -> list[QRectF]:
        found: list[QRectF] = []
        for part, top in zip(self.stretches, self._tops, strict=True):
            if part.start < end and start < part.start + part.length:
                found.extend([rect.translated(0, top) for rect in part.rects(start, end)])
        return found

    def caret(self, place: int) -> QRectF:
        number = self._of(place)
        return self.stretches[number].caret(place).translated(0, self._tops[number])

    def line_bounds(self, place: int) -> tuple[int, int]:
        part = self.stretches[self._of(place)]
        first, last = part.line_bounds(place)
        return first, last - 1 if last == part.start + part.length and last in self._starts else last

    def top_of(self, place: int) -> float:
        number = self._of(place)
        return self._tops[number] + self.stretches[number].top_of(place)

    def first_place_of_line(self, y: float) -> int:
        number = self._at(y)
        return self.stretches[number].first_place_of_line(y - self._tops[number])

    def line_at(self, y: float) -> tuple[int, int]:
        number = self._at(max(0.0, y))
        return self.stretches[number].line_at(y - self._tops[number])

    @property
    def first_baseline(self) -> float:
        return self.stretches[0].first_baseline

    def _at(self, y: float) -> int:
        return max(0, bisect_right(self._tops, y) - 1)

    def _of(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)


AnyText = TextPart | GrownText


def stretches_of(part: AnyText) -> tuple[TextPart, ...]:
    """What is painted of a text."""
    return part.stretches if isinstance(part, GrownText) else (part,)


def grow(builder: "Builder", earlier: AnyText, spans: Cell, others: tuple[object, ...]) -> AnyText | None:
    """A text laid out with what `earlier` has of it already; None if it has to be laid out as a whole.

    `others`: all but the spans that a text is made of. Counts the places of the builder.
    """
    if not isinstance(earlier.made_of, tuple) or earlier.made_of[1:] != others:
        return None
    align = others[-1]
    if align is not None or any(span.is_image or span.is_formula for span in spans):
        return None
    text = "".join([span.text for span in spans])
    known: Cell = earlier.made_of[0]
    settled = text.rfind(" ", 0, _same_characters(known, spans))
    if len(text) > PARAGRAPH_MAX_CHARS or settled <= 0:
        return None
    start = earlier.start
    kept = [part for part in stretches_of(earlier)[:-1] if part.start + part.length - start < settled]
    # What is before the last settled blank is a whole word, which found no room in the line above it.
    last = stretches_of(earlier)[len(kept)]
    begin = last.start - start
    seam = _seam(last, lambda place: begin < place - start < settled and _is_apart(spans, place - start)) - start
    ends = [seam, len(text)] if seam > begin else [len(text)]
    if not kept and len(ends) == 1:
        return None
    for end in ends:
        builder.next_place = start + begin
        [part] = builder.lay_out(_cut(spans, begin, end), *others)  # type: ignore[arg-type] # as `parts_of` has them
        if part.has_right_to_left:
            builder.next_place = start
            return None
        kept.append(part)
        begin = end
    return GrownText(kept, "".join([part.text for part in kept]))


def _same_characters(known: Cell, spans: Cell) -> int:
    """How many characters two texts have in common from the beginning, in style too."""
    place = 0
    for one, other in zip(known, spans, strict=False):
        if one is not other and one != other:
            if replace(one, text="") == replace(other, text=""):
                place += _common(one.text, other.text)
            break
        place += len(other.text)
    return place


def _common(one: str, other: str) -> int:
    shorter = min(one, other, key=len)
    if one.startswith(shorter) and other.startswith(shorter):  # as mostly: it has grown
        return len(shorter)
    return next(place for place, (mine, its) in enumerate(zip(one, other, strict=False)) if mine != its)


def _seam(part: TextPart, can_be_cut: Callable[[int], bool]) -> int:
    """The place of the last line that may begin a layout of its own; -1 if there is none far enough down."""
    pitch = part.line_style.pitch
    for line in range(int(part.height / pitch) - 1, FEWEST_LINES - 1, -1):
        place = part.first_place_of_line(line * pitch + pitch / 2)
        if can_be_cut(place):
            return place
    return -1


def _is_apart(spans: Cell, place: int) -> bool:
    """Whether the character before a place is a blank between words, and no part of a link, a note or code.

    One that is struck out is not either: at the end of a layout the line through it is a pixel shorter.
    """
    for span in spans:
        if place <= len(span.text):
            is_more = span.is_code or span.is_strike or span.link or span.footnote
            return span.text[place - 1] == " " and not is_more
        place -= len(span.text)
    return False


def _cut(spans: Cell, first: int, last: int) -> Cell:
    """The spans of the characters between two places."""
    kept: list[Span] = []
    for span in spans:
        begin, end = max(first, 0), min(last, len(span.text))
        if begin < end:
            kept.append(span if end - begin == len(span.text) else replace(span, text=span.text[begin:end]))
        first -= len(span.text)
        last -= len(span.text)
    return tuple(kept)
