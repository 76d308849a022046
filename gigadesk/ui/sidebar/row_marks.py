"""The small marks at the end of a chat's row. Each state has a shape of its own: colour alone would not tell them."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gigadesk.chat import Chat
from gigadesk.ui.theme import Theme

MARK_SPACE = 22


class Mark(StrEnum):
    """What can be marked."""

    STREAMING = "streaming"
    """A dot in a halo."""
    QUEUED = "queued"
    """A clock."""
    FAILED = "failed"
    """A triangle with a stroke in it."""
    UNREAD = "unread"
    """A plain dot."""
    DRAFT = "draft"
    """A pencil."""


def marks_of(chat: Chat, *, is_shown: bool) -> list[Mark]:
    """What is marked in a row, from its end inwards. The draft of a shown chat is in sight itself."""
    marks = []
    if chat.is_queued:
        marks.append(Mark.QUEUED)
    elif chat.is_streaming:
        marks.append(Mark.STREAMING)
    elif chat.is_failed:
        marks.append(Mark.FAILED)
    if chat.is_unread and not chat.is_streaming:
        marks.append(Mark.UNREAD)
    if chat.has_draft and not is_shown:
        marks.append(Mark.DRAFT)
    return marks


def paint_mark(painter: QPainter, centre: QPointF, mark: Mark, theme: Theme) -> None:
    """Paint one mark; the painter's pen and brush are changed."""
    painter.setPen(Qt.PenStyle.NoPen)
    match mark:
        case Mark.STREAMING:
            painter.setBrush(theme.accent)
            painter.setOpacity(0.3)
            painter.drawEllipse(centre, 6.5, 6.5)
            painter.setOpacity(1)
            painter.drawEllipse(centre, 3.5, 3.5)
        case Mark.UNREAD:
            painter.setBrush(theme.accent)
            painter.drawEllipse(centre, 3.5, 3.5)
        case Mark.QUEUED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.text_muted, 1.4, c=Qt.PenCapStyle.RoundCap))
            painter.drawEllipse(centre, 5.5, 5.5)
            painter.drawPolyline([centre + QPointF(0, -3), centre, centre + QPointF(2.2, 1.3)])
        case Mark.FAILED:
            triangle = QPolygonF([centre + QPointF(x, y) for x, y in ((0, -5.5), (6, 5), (-6, 5))])
            painter.setPen(QPen(theme.danger, 1.4, j=Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(triangle)
            painter.drawLine(centre + QPointF(0, -1.5), centre + QPointF(0, 1.5))
            painter.drawPoint(centre + QPointF(0, 3.3))
        case Mark.DRAFT:
            painter.save()
            painter.translate(centre)
            painter.rotate(45)
            painter.setPen(QPen(theme.text_muted, 1.3, j=Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(-1.8, -6, 3.6, 8.5))
            painter.drawPolyline([QPointF(-1.8, 2.5), QPointF(0, 6), QPointF(1.8, 2.5)])
            painter.restore()
