"""A quiet line with an arrow that shows or hides something."""

from PySide6.QtCore import QRectF

from gigadesk.ui.transcript.layout.boxes import Box, Zone, ZoneKind
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart
from gigadesk.ui.transcript.layout.typography import Typography

ARROW_SIDE = 16
PADDING = 4
AIR = 5


def add_line_zone(
    box: Box, kind: ZoneKind, words: str, y: float, typography: Typography, *, is_unfolded: bool, name: str = ""
) -> float:
    """Put the line into a box; returns where it ends."""
    style = typography.small
    arrow, padding, air = map(typography.px, (ARROW_SIDE, PADDING, AIR))
    label = TextPart(words, style, ENDLESS)
    # The arrow has air around it: its line, not the icon, stands at the edge of the text.
    label.x, label.y, label.color = arrow - air + padding, y + padding, typography.theme.text_muted
    box.marks.append(label)
    rect = QRectF(-padding - air, y, label.x + label.natural_width + 3 * padding + air, style.pitch + 2 * padding)
    icon = "chevron-down" if is_unfolded else "chevron-right"
    box.zones.append(Zone(kind, (rect,), "", name or words, icon=icon, is_line=True))
    return rect.bottom()
