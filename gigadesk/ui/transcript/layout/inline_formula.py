"""A formula in a line of text: the room it takes, and what stands in the text for it."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextCharFormat

if TYPE_CHECKING:
    from gigadesk.ui.formula_shape import Shape

_HEAD = "\u2061"
_REST = "\u2060"


@dataclass(frozen=True, slots=True)
class InlineFormula:
    """A formula instead of the characters from `start` to `end` of a part, in a font of `em` pixels."""

    start: int
    end: int
    shape: "Shape"
    em: float
    color: QColor | None = None
    """None for that of the text around."""

    @property
    def width(self) -> float:
        return self.shape.width * self.em

    @property
    def ascent(self) -> float:
        return self.shape.ascent * self.em

    @property
    def descent(self) -> float:
        return self.shape.descent * self.em

    def scaled(self, scale: float) -> "InlineFormula":
        return replace(self, em=self.em * scale)

    @property
    def text_format(self) -> QTextCharFormat:
        """For the first of its characters, which has no width of its own: takes the room of the whole."""
        return _room(self.width)


def with_room(text: str, formulas: Sequence[InlineFormula]) -> str:
    """The text with invisible characters instead of the formulas, as many as before.

    The first is as a letter for breaking lines, the others hold together: a formula is never broken, and a mark behind
    it stays with it.
    """
    parts: list[str] = []
    place = 0
    for formula in formulas:
        parts += [text[place : formula.start], _HEAD, _REST * (formula.end - formula.start - 1)]
        place = formula.end
    return "".join([*parts, text[place:]])


@functools.lru_cache(maxsize=256)
def _room(width: float) -> QTextCharFormat:
    """Whoever takes it copies it."""
    result = QTextCharFormat()
    result.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    result.setFontLetterSpacing(width)
    return result
