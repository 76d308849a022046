"""One kind of paper: how large, in which look, and how a page is painted on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPagedPaintDevice, QPainter

from gigadesk.ui.paper.flow import Piece
from gigadesk.ui.theme import LIGHT
from gigadesk.ui.transcript.layout.box_painting import BoxPainter
from gigadesk.ui.transcript.layout.boxes import Box, ZoneKind
from gigadesk.ui.transcript.layout.builder import Look
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart
from gigadesk.ui.transcript.layout.typography import Typography, without_ligatures
from gigadesk.ui.transcript.messages.chrome import ChromeBox
from gigadesk.ui.transcript.painting import BUBBLE_RADIUS
from gigadesk.ui.transcript.words import ChromeWords
from gigadesk.ui.widgets.icons import pixmap

FONT_PX = 13
"""At 96 dots an inch: 9.75 pt."""
FINENESS = 3
"""Dots of the layout for each of those 96: so fine that rounding to whole dots is not seen."""
DOTS_PER_INCH = 96 * FINENESS
HEADER_EMS = 2.6
FOOTER_EMS = 2.2
WIDEST_EMS = 54
"""Lines are no longer than this, on large paper too."""

ImageOf = Callable[[str, int, int], QImage | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below each page."""

    title: str
    day: str


class Sheet:
    """Layout and painting for a page of a device."""

    def __init__(self, device: QPagedPaintDevice, font: QFont, look: Look, words: ChromeWords) -> None:
        # What is copied from a PDF with ligatures has other characters than the words: it is not found again.
        paper_font = without_ligatures(font)
        paper_font.setPixelSize(FONT_PX)
        paper_font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self.typography = Typography(paper_font, LIGHT, FINENESS)
        resolution = device.logicalDpiX()
        self._scale = resolution / DOTS_PER_INCH
        area = device.pageLayout().paintRectPixels(resolution)
        self._width = area.width() / self._scale
        self._height = area.height() / self._scale
        self._look = replace(look, typography=self.typography, is_paper=True)
        self._words = words
        column = min(self._width, WIDEST_EMS * self.typography.em)
        self._left = (self._width - column) / 2
        self._column = float(int(column))

    @property
    def text_height(self) -> float:
        """Of a page without what stands above and below."""
        return self._height - self.typography.gap(HEADER_EMS) - self.typography.gap(FOOTER_EMS)

    def frame(self, picture_size: Callable[[str], QSize]) -> Frame:
        """The column."""
        # Days are named by their date: paper is read on other days.
        return Frame(self._look, self._words, 0.0, self._column, date.max, picture_size)

    def paint(
        self, painter: QPainter, pieces: list[Piece], heading: Heading, number: int, count: int, image: ImageOf
    ) -> Iterator[None]:
        """Paint a page, a line at a time; the painter stands at the corner of what can be printed on."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(self._scale, self._scale)
        self._paint_edges(painter, heading, number, count)
        painter.translate(self._left, self.typography.gap(HEADER_EMS))
        for piece in pieces:
            yield from self._paint_piece(painter, piece, image)
        painter.restore()

    def _paint_edges(self, painter: QPainter, heading: Heading, number: int, count: int) -> None:
        typography, style = self.typography, self.typography.small
        muted = typography.theme.text_muted
        day = TextPart(heading.day, style, ENDLESS)
        room = self._width - day.natural_width - 3 * typography.em
        title = TextPart(_elided(heading.title, style.font, room), style, ENDLESS)
        words = QCoreApplication.translate("Paper", "Page {number} of {count}").format(number=number, count=count)
        foot = TextPart(words, style, ENDLESS)
        everywhere = QRectF(0, 0, self._width, self._height)
        bottom = self._height - style.pitch
        for part, x, y in (
            (title, 0.0, 0.0),
            (day, self._width - day.natural_width, 0.0),
            (foot, (self._width - foot.natural_width) / 2, bottom),
        ):
            painter.setPen(muted)
            part.draw(painter, x, y, everywhere)
        line = QRectF(0, style.pitch + typography.gap(0.3), self._width, FINENESS)
        painter.fillRect(line, typography.theme.border)

    def _paint_piece(self, painter: QPainter, piece: Piece, image: ImageOf) -> Iterator[None]:
        strip = piece.strip
        whole = piece.start == 0 and piece.end >= strip.height
        painter.save()
        # Ornaments may reach over the edge a little.
        edge = 0.0 if not whole else float(self.typography.px(4))
        clip = QRectF(-self._left, piece.y - edge, self._width, piece.end - piece.start + 2 * edge)
        painter.setClipRect(clip)
        painter.translate(0, piece.y - piece.start)
        if strip.bubble is not None:
            radius = self.typography.px(BUBBLE_RADIUS)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(LIGHT.user_bubble))
            painter.drawRoundedRect(strip.bubble, radius, radius)
        painter.scale(strip.scale, strip.scale)
        # A line that only touches the edge belongs to the other page.
        inner = QRectF(clip.x(), piece.start + 1, clip.width(), piece.end - piece.start - 2)
        seen = QRectF(inner.topLeft() / strip.scale, inner.size() / strip.scale)
        for laid in strip.boxes:
            if laid.y <= seen.bottom() and laid.y + laid.box.height >= seen.top():
                painter.translate(laid.x, laid.y)
                yield from self._paint_box(painter, laid.box, seen.translated(-laid.x, -laid.y), image)
                painter.translate(-laid.x, -laid.y)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: Box, clip: QRectF, image: ImageOf) -> Iterator[None]:
        boxes = BoxPainter(painter, self.typography)
        for area in range(-1, len(box.areas)):
            yield from boxes.layer_by_lines(box, area, clip)
        if isinstance(box, ChromeBox):
            for slot in box.slots:
                if slot.is_picture and slot.path and slot.rect.intersects(clip):
                    shown = image(slot.path, round(slot.rect.width()), round(slot.rect.height()))
                    if shown is not None:
                        painter.drawImage(slot.rect, shown)
        boxes.paint_marks(box, clip)
        side = self.typography.px(20)
        for zone in box.zones:
            if zone.kind is ZoneKind.FILE and zone.icon and zone.rects[0].intersects(clip):
                drawn = pixmap(zone.icon, QColor(LIGHT.text_muted), side, 1.0)
                painter.drawPixmap(zone.rects[0], drawn, QRectF(drawn.rect()))


def _elided(text: str, font: QFont, width: float) -> str:
    from PySide6.QtGui import QFontMetricsF

    return QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)
