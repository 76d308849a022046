"""How a row of the trash is painted: what it is, and below it what kind, when it went and when it goes for good."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gigadesk.chat import TrashEntry, TrashKind
from gigadesk.ui.icons import icon
from gigadesk.ui.theme import LIGHT
from gigadesk.ui.trash.model import TrashRole

Index = QModelIndex | QPersistentModelIndex
_PAD = 8
_ICON = 18
_SMALL = 0.88
_ICONS = {TrashKind.CHAT: "new-chat", TrashKind.FOLDER: "folder", TrashKind.MESSAGE: "quote"}


class TrashDelegate(QStyledItemDelegate):
    """Two lines and a small picture."""

    def __init__(self, details: Callable[[TrashEntry], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self._details = details

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        small = QFontMetrics(_small(option.font)).height()
        return QSize(0, option.fontMetrics.height() + small + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(TrashRole.ENTRY)
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.selected if is_selected else theme.hover)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        place = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        picture = icon(_ICONS[entry.kind], theme.text_muted)
        picture.paint(painter, place.left(), place.center().y() - _ICON // 2, _ICON, _ICON)
        place.setLeft(place.left() + _ICON + _PAD)
        height = option.fontMetrics.height()
        painter.setFont(option.font)
        painter.setPen(theme.text)
        title = option.fontMetrics.elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place.left(), place.top() + option.fontMetrics.ascent(), title)
        small = _small(option.font)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(theme.text_muted)
        details = metrics.elidedText(self._details(entry), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place.left(), place.top() + height + metrics.ascent(), details)
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * _SMALL)
    else:
        small.setPixelSize(round(font.pixelSize() * _SMALL))
    return small
