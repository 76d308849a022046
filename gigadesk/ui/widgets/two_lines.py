"""How rows with two lines are painted: what it is, and below it, smaller, what there is to know about it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.icons import icon

Index = QModelIndex | QPersistentModelIndex
_PAD = 8
_MARK = 18
_DOT = 4.0
_RADIUS = 6
_SMALL = 0.88


@dataclass(frozen=True, slots=True)
class Card:
    """What a row says."""

    title: str
    details: str
    icon: str = ""
    """The name of a small picture before the title."""
    is_marked: bool = False
    """A dot instead, and a heavier title."""


class TwoLineDelegate(QStyledItemDelegate):
    """Paints cards; what is selected or under the mouse has a ground, what has the focus a frame too."""

    def __init__(self, card: Callable[[Index], Card], parent: QWidget, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.theme = theme
        self._card = card

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        small = QFontMetrics(_small(option.font)).height()
        return QSize(0, option.fontMetrics.height() + small + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = self._card(index)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        place = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        self._paint_mark(painter, card, place)
        words = place.adjusted(_MARK + _PAD, 0, 0, 0)
        title = QFont(option.font)
        if card.is_marked:
            title.setWeight(QFont.Weight.DemiBold)
        for text, font, color, edge in (
            (card.title, title, self.theme.text, Qt.AlignmentFlag.AlignTop),
            (card.details, _small(option.font), self.theme.text_muted, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font)
            painter.setPen(color)
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            line = int(Qt.AlignmentFlag.AlignLeft) | int(edge) | int(Qt.TextFlag.TextSingleLine)
            painter.drawText(words, line, elided)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        frame = QRectF(option.rect)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.selected if is_selected else self.theme.hover)
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self.theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1.5, 1.5, -1.5, -1.5), _RADIUS, _RADIUS)

    def _paint_mark(self, painter: QPainter, card: Card, place: QRect) -> None:
        middle = place.center().y()
        if card.is_marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.accent)
            painter.drawEllipse(QPointF(place.left() + _MARK / 2, middle), _DOT, _DOT)
        elif card.icon:
            picture = icon(card.icon, self.theme.text_muted)
            picture.paint(painter, place.left(), middle - _MARK // 2, _MARK, _MARK)


def spoken(*parts: str) -> str:
    """The words of a row one after the other, as a screen reader says them: each part a sentence."""
    said = [part for part in parts if part]
    return " ".join(part if part[-1] in ".!?…:;" or part is said[-1] else f"{part}." for part in said)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(max(font.pointSizeF() * _SMALL, 6.0))
    else:
        small.setPixelSize(round(font.pixelSize() * _SMALL))
    return small
