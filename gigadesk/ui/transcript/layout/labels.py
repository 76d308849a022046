"""Words that a view says again and again: numbers of lists, names of languages. Laid out once for a font."""

from copy import copy

from gigadesk.ui.transcript.layout.text_part import TextPart
from gigadesk.ui.transcript.layout.typography import LineStyle, Typography

REMEMBERED = 200


def label(typography: Typography, text: str, style: LineStyle, width: float) -> TextPart:
    """A text that can be placed and coloured as any other; its lines are shared and never change."""
    key = (text, id(style), width)
    known = typography.labels.get(key)
    if known is None:
        if len(typography.labels) >= REMEMBERED:
            typography.labels.clear()
        known = typography.labels[key] = TextPart(text, style, width)
    return copy(known)
