"""Paints one row of the list of chats, and edits its title in place."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gigadesk.chat import Chat
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.ui.sidebar.chat_list_model import Role
from gigadesk.ui.theme import LIGHT, Theme

ROW_PADDING = 16
SIDE_MARGIN = 8
TEXT_MARGIN = 12
MARK_SPACE = 22
_RADIUS = 8.0

Index = QModelIndex | QPersistentModelIndex


class ChatDelegate(QStyledItemDelegate):
    """Title on the left, state on the right: a dot with a halo while an answer is written, a plain dot when unread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(0, option.fontMetrics.height() + ROW_PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chat = index.data(Role.CHAT)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        if isinstance(chat, Chat):
            self._paint_chat(painter, option, index, chat, text)
        else:
            self._paint_heading(painter, option, text)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        editor = QLineEdit(parent)
        editor.setMaxLength(TITLE_MAX_CHARS)
        editor.setObjectName("chat-title-editor")
        editor.setAccessibleName(self.tr("Chat title"))
        editor.setStyleSheet("QLineEdit { padding: 0 9px; min-height: 0; } QLineEdit:focus { padding: 0 8px; }")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Qt asks again whenever the row changes, for example when its answer ends: what was typed by then stays.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        editor.setGeometry(option.rect.adjusted(SIDE_MARGIN, 1, -SIDE_MARGIN, -1))

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        font = QFont(option.font)
        font.setPointSizeF(max(font.pointSizeF() * 0.85, 6.0))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.text_muted)
        place = option.rect.adjusted(SIDE_MARGIN + TEXT_MARGIN, 0, -SIDE_MARGIN, -5)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), text)

    def _paint_chat(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chat: Chat, text: str) -> None:
        card = QRectF(option.rect).adjusted(SIDE_MARGIN, 1, -SIDE_MARGIN, -1)
        is_shown = bool(index.data(Role.IS_SHOWN))
        if is_shown or (option.state & QStyle.StateFlag.State_MouseOver and _is_under_mouse(option)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.selected if is_shown else self._theme.hover)
            painter.drawRoundedRect(card, _RADIUS, _RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), _RADIUS - 1, _RADIUS - 1)
        font = QFont(option.font)
        if chat.is_unread:
            font.setWeight(QFont.Weight.Bold)
        has_mark = chat.is_unread or chat.is_streaming
        place = card.toRect().adjusted(TEXT_MARGIN, 0, -(MARK_SPACE if has_mark else TEXT_MARGIN), 0)
        self._paint_title(painter, place, font, text, is_placeholder=not chat.title.strip())
        if has_mark:
            self._paint_mark(painter, QPointF(card.right() - MARK_SPACE / 2, card.center().y()), chat)

    def _paint_title(self, painter: QPainter, place: QRect, font: QFont, text: str, *, is_placeholder: bool) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.text_muted if is_placeholder else self._theme.text)
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(alignment) | int(Qt.TextFlag.TextSingleLine), elided)

    def _paint_mark(self, painter: QPainter, centre: QPointF, chat: Chat) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if chat.is_streaming:
            painter.setBrush(self._theme.accent)
            painter.setOpacity(0.3)
            painter.drawEllipse(centre, 6.5, 6.5)
            painter.setOpacity(1)
        painter.setBrush(self._theme.accent)
        painter.drawEllipse(centre, 3.5, 3.5)


def _is_under_mouse(option: QStyleOptionViewItem) -> bool:
    """Whether the pointer is over the row now: the view goes on marking a row that has moved away from it."""
    view = option.widget
    widget = view.viewport() if isinstance(view, QAbstractItemView) else view
    return option.rect.contains(widget.mapFromGlobal(QCursor.pos()))
