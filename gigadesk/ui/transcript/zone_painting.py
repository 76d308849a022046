"""Paints what can be clicked: buttons, links, icons, and the ring of the keyboard's focus."""

import functools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from gigadesk.ui.transcript.layout.boxes import TEXT_LINKS, Box, Zone, ZoneKind
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.layout.line_zones import ARROW_SIDE
from gigadesk.ui.transcript.layout.line_zones import PADDING as LINE_PADDING
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.selecting.highlights import Highlights, shows_zone
from gigadesk.ui.widgets.icons import pixmap

ICON_SIDE = 16
_NO_ZONE = object()


class ZonePainter:
    """Paints zones with one painter; made anew for each paint event."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        highlights: Highlights,
        focused_message: int | None,
        *,
        has_focus: bool,
        ratio: float,
    ) -> None:
        self._painter = painter
        self._frame = frame
        self._theme = frame.typography.theme
        self._highlights = highlights
        self._focused_message = focused_message
        self._has_focus = has_focus
        self._ratio = ratio
        self._px = frame.typography.px
        self._icon_side = self._px(ICON_SIDE)
        self._radius = self._px(6)

    def paint(self, key: RowKey, box: Box, zone: Zone, scrolls: list[float]) -> None:
        highlights = self._highlights
        zone_key = (key, zone.key) if highlights.has_zone else _NO_ZONE
        is_hovered = highlights.hovered_zone == zone_key and zone.is_enabled
        is_focused = self._has_focus and highlights.focused_zone == zone_key
        if zone.kind in TEXT_LINKS:
            self._paint_link(box, zone, scrolls, is_hovered=is_hovered, is_focused=is_focused)
            return
        if not shows_zone(zone, key, highlights, self._focused_message):
            return
        rect = zone.rects[0]
        is_pressed = is_hovered and highlights.pressed_zone == zone_key
        painter, theme = self._painter, self._theme
        if zone.is_line:
            self._paint_line_zone(zone, rect, is_hovered=is_hovered)
        elif zone.text:
            painter.setPen(QPen(theme.border, 1))
            painter.setBrush(QBrush(theme.selected if is_pressed else theme.hover if is_hovered else theme.surface))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)
            painter.setPen(theme.text)
            painter.setFont(self._frame.typography.body.font)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, zone.text)
        elif zone.icon:
            if zone.kind is ZoneKind.TABLE and any(area.rect.contains(rect.center()) for area in box.areas):
                painter.fillRect(rect, theme.code_background)  # it may lie over a word
            if is_hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(theme.selected if is_pressed else theme.hover))
                painter.drawRoundedRect(rect, self._radius, self._radius)
            self._paint_icon(zone, rect, is_copied=highlights.copied_zone == zone_key, is_hovered=is_hovered)
        if is_focused:
            self.paint_focus(rect)

    def _paint_line_zone(self, zone: Zone, rect: QRectF, *, is_hovered: bool) -> None:
        """Words or a card that can be clicked: painted before, so only a breath of light lies over it."""
        if is_hovered:
            light = QColor(self._theme.text)
            light.setAlphaF(0.06)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QBrush(light))
            self._painter.drawRoundedRect(rect, self._radius, self._radius)
        if zone.icon:
            side = QRectF(rect.left() + self._px(LINE_PADDING), rect.top(), self._px(ARROW_SIDE), rect.height())
            self._paint_icon(zone, side, is_copied=False, is_hovered=is_hovered)

    def _paint_icon(self, zone: Zone, rect: QRectF, *, is_copied: bool, is_hovered: bool) -> None:
        theme = self._theme
        name = "check" if is_copied else zone.icon
        color = theme.accent if is_copied or zone.is_checked else theme.text if is_hovered else theme.text_muted
        if zone.icon == "warning":
            color = theme.danger
        if not zone.is_enabled and zone.kind is ZoneKind.BRANCH:
            color = theme.border
        drawn = _icon_pixmap(name, color.rgba(), self._icon_side, self._ratio)
        left = self._snap(rect.x() + (rect.width() - self._icon_side) / 2)
        self._painter.drawPixmap(QPointF(left, self._snap(rect.y() + (rect.height() - self._icon_side) / 2)), drawn)

    def _paint_link(self, box: Box, zone: Zone, scrolls: list[float], *, is_hovered: bool, is_focused: bool) -> None:
        painter = self._painter
        shift = box.shift_of(zone.area, scrolls)
        if zone.area >= 0:
            painter.save()
            painter.setClipRect(box.areas[zone.area].rect, Qt.ClipOperation.IntersectClip)
        color = QColor(self._theme.link)
        if not is_hovered:
            color.setAlphaF(0.35)
        thickness = max(1, self._px(1))
        is_quiet = zone.is_line or zone.kind is ZoneKind.FOOTNOTE
        for rect in zone.rects if is_hovered or not is_quiet else ():
            y = self._snap(rect.bottom() - rect.height() * 0.16)
            line = QRectF(rect.left() - shift, y, rect.width(), thickness)
            painter.fillRect(line, color)
        if is_focused:
            for rect in zone.rects:
                self.paint_focus(rect.translated(-shift, 0))
        if zone.area >= 0:
            painter.restore()

    def paint_focus(self, rect: QRectF) -> None:
        self._painter.setPen(QPen(self._theme.accent, 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(rect, self._radius, self._radius)

    def _snap(self, value: float) -> float:
        return round(value * self._ratio) / self._ratio


@functools.lru_cache(maxsize=128)
def _icon_pixmap(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    return pixmap(name, QColor.fromRgba(rgba), size, ratio)
