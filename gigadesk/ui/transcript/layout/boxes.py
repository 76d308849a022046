"""A laid out block: where its texts, lines, marks and buttons stand, and how they are painted. Knows no Markdown."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gigadesk.markdown.blocks import Align
from gigadesk.markdown.quick_values import quick_value
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.layout.grown_text import AnyText, stretches_of
from gigadesk.ui.transcript.layout.pixel_grid import NO_BRUSH, NO_PEN, on_pixels
from gigadesk.ui.transcript.layout.text_part import TextPart

if TYPE_CHECKING:
    from gigadesk.markdown.blocks import CodeBlock
    from gigadesk.ui.transcript.layout.code_facts import CodeFacts

SCROLL_BAR_HEIGHT = 6


class ZoneKind(StrEnum):
    """What happens when an actionable thing is clicked."""

    LINK = "link"
    FOOTNOTE = "footnote"
    """Leads to the note that a number in the text stands for, ..."""
    FOOTNOTE_BACK = "footnote_back"
    """... and back."""
    COPY_CODE = "copy_code"
    TABLE = "table"
    """What can be done with a table."""
    CODE_SAVE = "code_save"
    CODE_WRAP = "code_wrap"
    CODE_NUMBERS = "code_numbers"
    CODE_FOLD = "code_fold"
    ACTION = "action"
    COPY_MESSAGE = "copy_message"
    REGENERATE = "regenerate"
    BRANCH = "branch"
    MOVE_TO_FRONT = "move_to_front"
    WAITING = "waiting"
    """As `COMMAND`, and always seen."""
    FOLD = "fold"
    """Shows or hides what the model thought."""
    FILE = "file"
    """Opens a picture, saves another file."""
    FILE_SAVE = "file_save"
    FILE_RETRY = "file_retry"
    PICTURE = "picture"
    """Asks for a picture of the web, or shows it large."""
    SOURCES = "sources"
    """Shows the rest of a long list of sources, or hides it."""
    USAGE = "usage"
    COMMAND = "command"
    """The value is a `commands.Command`."""


TEXT_LINKS = frozenset({ZoneKind.LINK, ZoneKind.FOOTNOTE})
"""Words of a text. A drag that begins on them selects."""


@quick_value(frozen=True, slots=True)
class Zone:
    """Something that can be clicked or reached with Tab. `rects` count from the corner of its row."""

    kind: ZoneKind
    rects: tuple[QRectF, ...]
    value: str
    """The link's target, the `Action`, the sibling's id."""
    name: str
    """For screen readers and tooltips."""
    area: int = -1
    icon: str = ""
    text: str = ""
    """On the button, or of the link."""
    keys: str = ""
    """That do the same, for the tooltip."""
    is_enabled: bool = True
    is_checked: bool = False
    """It is a switch, and on."""
    is_line: bool = False
    """A line or a card that can be clicked: its words are marks of the box, and calm until the pointer comes."""

    @property
    def key(self) -> tuple[ZoneKind, str, float, float]:
        """The same for the same thing after a new layout at the same width."""
        corner = self.rects[0].topLeft() if self.rects else QPointF()
        return (self.kind, self.value, corner.x(), corner.y())


@quick_value(frozen=True, slots=True)
class Fill:
    """A rectangle, rounded where asked, with an optional hair line around it."""

    rect: QRectF
    color: QColor | None
    border: QColor | None = None
    radius: float = 0
    rounds_top: bool = True
    rounds_bottom: bool = True
    area: int = -1

    @property
    def top(self) -> float:
        return self.rect.top()

    @property
    def bottom(self) -> float:
        return self.rect.bottom()

    def paint(self, painter: QPainter) -> None:
        rect, hair = on_pixels(painter, self.rect)
        if not self.radius:
            if self.color:
                painter.fillRect(rect, self.color)
            return
        painter.setPen(QPen(self.border, hair) if self.border else NO_PEN)
        painter.setBrush(QBrush(self.color) if self.color else NO_BRUSH)
        inner = rect.adjusted(hair / 2, hair / 2, -hair / 2, -hair / 2) if self.border else rect
        if self.rounds_top and self.rounds_bottom:
            painter.drawRoundedRect(inner, self.radius, self.radius)
            return
        self._paint_cut(painter, inner, rect)

    def _paint_cut(self, painter: QPainter, inner: QRectF, rect: QRectF) -> None:
        # The sides that another part of the same thing joins are painted beyond the clip, so no line shows there.
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        above = 0 if self.rounds_top else -2 * self.radius
        below = 0 if self.rounds_bottom else 2 * self.radius
        painter.drawRoundedRect(inner.adjusted(0, above, 0, below), self.radius, self.radius)
        painter.restore()


@quick_value(frozen=True, slots=True)
class Bullet:
    """The mark of a list item; `depth` 0 is a disc, 1 a ring, deeper a square."""

    center: QPointF
    radius: float
    depth: int
    color: QColor
    area: int = -1

    @property
    def top(self) -> float:
        return self.center.y() - self.radius

    @property
    def bottom(self) -> float:
        return self.center.y() + self.radius

    def paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(self.color, 1.1) if self.depth == 1 else NO_PEN)
        painter.setBrush(NO_BRUSH if self.depth == 1 else QBrush(self.color))
        if self.depth > 1:
            side = self.radius * 1.7
            painter.drawRect(QRectF(self.center.x() - side / 2, self.center.y() - side / 2, side, side))
        else:
            painter.drawEllipse(self.center, self.radius, self.radius)


@dataclass(frozen=True, slots=True)
class CheckBox:
    """The mark of a task."""

    rect: QRectF
    is_checked: bool
    theme: Theme
    area: int = -1

    @property
    def top(self) -> float:
        return self.rect.top()

    @property
    def bottom(self) -> float:
        return self.rect.bottom()

    def paint(self, painter: QPainter) -> None:
        theme, rect = self.theme, self.rect
        if not self.is_checked:
            painter.setPen(QPen(theme.text_faint, 1.2))
            painter.setBrush(NO_BRUSH)
            painter.drawRoundedRect(rect.adjusted(0.6, 0.6, -0.6, -0.6), 3, 3)
            return
        painter.setPen(NO_PEN)
        painter.setBrush(QBrush(theme.accent))
        painter.drawRoundedRect(rect, 3, 3)
        tick = QPainterPath(QPointF(rect.x() + rect.width() * 0.24, rect.y() + rect.height() * 0.54))
        tick.lineTo(rect.x() + rect.width() * 0.43, rect.y() + rect.height() * 0.72)
        tick.lineTo(rect.x() + rect.width() * 0.77, rect.y() + rect.height() * 0.30)
        pen = QPen(theme.accent_text, 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(NO_BRUSH)
        painter.drawPath(tick)


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """Numbers beside lines of code; they are no text that could be selected."""

    numbers: tuple[tuple[str, float], ...]
    """Each with the height of its baseline."""
    right: float
    font: QFont
    color: QColor
    area: int = -1

    @property
    def top(self) -> float:
        return 0.0

    @property
    def bottom(self) -> float:
        return self.numbers[-1][1] if self.numbers else 0.0

    def paint(self, painter: QPainter) -> None:
        painter.setPen(self.color)
        painter.setFont(self.font)
        metrics = QFontMetricsF(self.font)
        for number, baseline in self.numbers:
            painter.drawText(QPointF(self.right - metrics.horizontalAdvance(number), baseline), number)


Ornament = Fill | Bullet | CheckBox | LineNumbers


@quick_value(frozen=True, slots=True)
class Area:
    """A window onto something wider that is scrolled sideways."""

    rect: QRectF
    content_width: float
    is_mirrored: bool = False
    """It begins at its right edge."""

    @property
    def begin(self) -> float:
        """How far it is scrolled before anybody scrolls it."""
        return self.reach if self.is_mirrored else 0.0

    @property
    def reach(self) -> float:
        """How far it can be scrolled."""
        return max(0.0, self.content_width - self.rect.width())


@quick_value(frozen=True, slots=True)
class CodeSpot:
    """Code in a box: its colours may come later."""

    code: "CodeBlock"
    facts: "CodeFacts"
    """As it was laid out."""
    parts: tuple[AnyText, ...]
    top: float
    bottom: float


@dataclass(slots=True)
class Box:
    """One block, laid out. All places count from its top left corner."""

    height: float = 0.0
    natural_width: float = 0.0
    parts: list[AnyText] = field(default_factory=list)
    """Texts of the block, in reading order: these can be selected."""
    marks: list[TextPart] = field(default_factory=list)
    """Texts that are not part of the block: list numbers, labels."""
    ornaments: list[Ornament] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    pictures: list[tuple[QRectF, str]] = field(default_factory=list)
    """Places of pictures of the web that are loaded, and their files."""
    columns: list[float] = field(default_factory=list)
    """Widths of a table's columns, for its continuations."""
    awaited: set[str] = field(default_factory=set)
    """Sources of the formulas that are not drawn yet."""
    aligns: list[Align] = field(default_factory=list)
    """How a table's columns are aligned, for its continuations."""
    is_mirrored: bool = False
    """A table's columns run from right to left, and those of its continuations."""
    tables: list[tuple[QRectF, str]] = field(default_factory=list)
    """Where tables stand, and what they are called (see `table_data.find`)."""
    codes: list[CodeSpot] = field(default_factory=list)

    @property
    def stretches(self) -> list[TextPart]:
        """What is painted of the texts."""
        return [each for part in self.parts for each in stretches_of(part)]

    def part_at(self, y: float, x: float) -> AnyText | None:
        """The text nearest to a point: on the same height if there is one, in a table that of the column."""
        area = self.area_at(y)
        best: AnyText | None = None
        best_distance = float("inf")
        for part in self.parts:
            if area >= 0 and part.area != area:
                continue
            down = max(part.y - y, 0.0, y - part.y - part.height)
            across = max(part.x - x, 0.0, x - part.x - part.width)
            distance = across * 1000 + down if area >= 0 else down * 1000 + across
            if distance < best_distance:
                best, best_distance = part, distance
        return best

    def area_at(self, y: float) -> int:
        """The scrolling area at a height; -1 where there is none, or no text in it."""
        for index, area in enumerate(self.areas):
            if area.rect.top() <= y < area.rect.bottom():
                return index if any(part.area == index for part in self.parts) else -1
        return -1

    def shift_of(self, area: int, scrolls: Sequence[float]) -> float:
        """How far the content of an area is moved to the left."""
        if not 0 <= area < len(self.areas):
            return 0.0
        return min(scrolls[area], self.areas[area].reach) if area < len(scrolls) else self.areas[area].begin

    def place_at(self, x: float, y: float, scrolls: Sequence[float], *, on_character: bool = False) -> int:
        """The place nearest to a point, or that of the character under it."""
        area = self.area_at(y)
        if area >= 0:
            x += self.shift_of(area, scrolls)
        part = self.part_at(y, x)
        if part is None:
            return 0
        # A hair's breadth above or below a line is still on it.
        near = part.line_style.pitch / 2
        if y < part.y - near:
            return part.start
        if y >= part.y + part.height + near:
            return part.start + part.length
        inside = min(max(y - part.y, 0.0), part.height - 1)
        return part.place_at(x - part.x, inside, on_character=on_character)

    def caret(self, place: int, scrolls: Sequence[float]) -> QRectF:
        """The line without width that stands at a place."""
        part = self.part_of(place)
        if part is None:
            return QRectF(0, 0, 0, self.height)
        return part.caret(place).translated(part.x - self.shift_of(part.area, scrolls), part.y)

    def rects(self, start: int, end: int) -> list[tuple[int, QRectF]]:
        """Areas of the characters between two places, each with its scrolling area (-1 for none)."""
        found = []
        for part in self.parts:
            if part.start < end and start < part.start + part.length:
                found.extend([(part.area, rect.translated(part.x, part.y)) for rect in part.rects(start, end)])
        return found

    def part_of(self, place: int) -> AnyText | None:
        """The text that holds a place."""
        index = bisect.bisect_right(self.parts, place, key=lambda part: part.start) - 1
        return self.parts[index] if index >= 0 else None

    def formula_at(self, x: float, y: float, scrolls: Sequence[float]) -> str:
        """Source of the formula under a point; empty if there is none."""
        for part in self.parts:
            shift = self.shift_of(part.area, scrolls)
            for start, end in part.sources:
                if any(rect.contains(x + shift - part.x, y - part.y) for rect in part.rects(start, end)):
                    return part.text[start - part.start : end - part.start]
        return ""

    def top_of(self, place: int) -> float:
        """Top of the line that holds a place."""
        part = self.part_of(place)
        return part.y + part.top_of(place) if part is not None else 0.0

    def link_at(self, x: float, y: float, scrolls: Sequence[float]) -> Zone | None:
        """The link or the number of a note under a point."""
        for zone in self.zones:
            if zone.kind in TEXT_LINKS:
                shift = self.shift_of(zone.area, scrolls)
                if any(rect.contains(x + shift, y) for rect in zone.rects):
                    return zone
        return None
