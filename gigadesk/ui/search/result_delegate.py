"""Paints one result: whose words, in which chat, when; below them two lines of the text with the hits marked."""

from datetime import date

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gigadesk import chat
from gigadesk.search.hits import Hit, HitKind, Place
from gigadesk.text import one_line
from gigadesk.ui.search.results import Index, Role
from gigadesk.ui.theme import LIGHT, Theme

LINES = 2
PADDING = 10
SIDE = 14
GAP = 4
RADIUS = 8.0
LINE_SPACING = 1.25


class ResultDelegate(QStyledItemDelegate):
    """All rows are of the same height."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        line = QFontMetricsF(option.font).height()
        return QSize(0, round(line * (1 + LINES * LINE_SPACING)) + GAP + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(Role.HIT)
        if not isinstance(hit, Hit):
            return
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(2, 1, -2, -1)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(self._theme.accent, 2) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.hover)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        place = card.adjusted(SIDE, PADDING - 1, -SIDE, -PADDING + 1)
        line = QFontMetricsF(option.font).height()
        self._paint_head(painter, QRectF(place.left(), place.top(), place.width(), line), option.font, hit)
        below = place.adjusted(0, line + GAP, 0, 0)
        self._paint_snippet(painter, below, option.font, hit)
        painter.restore()

    def spoken(self, hit: Hit) -> str:
        """The whole row in words."""
        title = "" if hit.kind is HitKind.TITLE else hit.title  # that is what was found
        parts = (self._who(hit), title, _when(hit.created_at), self._state(hit), hit.snippet, hit.preview)
        return ", ".join(part for part in parts if part)

    def _paint_head(self, painter: QPainter, place: QRectF, font: QFont, hit: Hit) -> None:
        small = QFont(font)
        small.setPointSizeF(max(font.pointSizeF() * 0.9, 6.0))
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        right = " · ".join(part for part in (self._state(hit), _when(hit.created_at)) if part)
        right_width = metrics.horizontalAdvance(right) + 2
        painter.setPen(self._theme.text_muted)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(place, flags | int(Qt.AlignmentFlag.AlignRight), right)
        bold = QFont(small)
        bold.setWeight(QFont.Weight.DemiBold)
        who = self._who(hit)
        painter.setFont(bold)
        painter.setPen(self._theme.text)
        painter.drawText(place, flags, who)
        begin = QFontMetricsF(bold).horizontalAdvance(who) + 8
        room = place.width() - begin - right_width - 12
        title = one_line(hit.title) or self.tr("New chat")
        if hit.kind is not HitKind.TITLE and room > 0:
            painter.setFont(small)
            painter.setPen(self._theme.text_muted)
            shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
            painter.drawText(place.adjusted(begin, 0, 0, 0), flags, shown)

    def _paint_snippet(self, painter: QPainter, place: QRectF, font: QFont, hit: Hit) -> None:
        lines = self._lines(hit, font, place.width())
        lines.draw(painter, place.topLeft())
        if hit.preview and lines.lineCount() == 1:
            metrics = QFontMetricsF(font)
            top = place.top() + metrics.height() * LINE_SPACING
            painter.setFont(font)
            painter.setPen(self._theme.text_muted)
            shown = metrics.elidedText(hit.preview, Qt.TextElideMode.ElideRight, place.width())
            flags = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextSingleLine)
            painter.drawText(QRectF(place.left(), top, place.width(), metrics.height()), flags, shown)

    def _lines(self, hit: Hit, font: QFont, width: float) -> QTextLayout:
        """The snippet in two lines; what there is no room for is cut with an ellipsis."""
        text, last_start = hit.snippet, 0
        layout = _layout(text, font, width)
        if layout.lineCount() > LINES:
            last_start = layout.lineAt(LINES - 1).textStart()
            rest = QFontMetricsF(font).elidedText(text[last_start:], Qt.TextElideMode.ElideRight, width - 2)
            text = text[:last_start] + rest
        marked = QTextCharFormat()
        marked.setBackground(self._theme.found)
        marked.setForeground(self._theme.text)
        plain = QTextCharFormat()
        plain.setForeground(self._theme.text)
        ranges = [_range(0, len(text), plain)]
        ranges += [_range(start, min(end, len(text)), marked) for start, end in hit.marks if start < len(text)]
        return _layout(text, font, width, ranges)

    def _who(self, hit: Hit) -> str:
        match hit.kind:
            case HitKind.TITLE:
                return self.tr("Chat")
            case HitKind.FILE:
                return self.tr("File")
            case _:
                return self.tr("You") if hit.role is chat.Role.USER else self.tr("Answer")

    def _state(self, hit: Hit) -> str:
        match hit.place:
            case Place.TRASH:
                return self.tr("in the trash")
            case Place.ARCHIVE:
                return self.tr("in the archive")
            case _:
                return ""


def _layout(text: str, font: QFont, width: float, ranges: list[QTextLayout.FormatRange] | None = None) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(ranges or [])
    layout.beginLayout()
    top = 0.0
    for _ in range(LINES + 1):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height() * LINE_SPACING
    layout.endLayout()
    return layout


def _range(start: int, end: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, look
    return found


def _when(seconds: float) -> str:
    """The time of today, the day of this year, else the date."""
    moment = QDateTime.fromSecsSinceEpoch(int(min(max(seconds, 0.0), 1e11)))
    today, locale = date.today(), QLocale()  # noqa: DTZ011 - the reader's own day
    if moment.date() == QDate(today.year, today.month, today.day):
        return locale.toString(moment.time(), QLocale.FormatType.ShortFormat)
    if moment.date().year() == today.year:
        return locale.toString(moment.date(), "d MMM")
    return locale.toString(moment.date(), QLocale.FormatType.ShortFormat)
