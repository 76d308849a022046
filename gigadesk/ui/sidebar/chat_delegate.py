"""Paints one row of the list of chats, and edits its title, or the name of a folder, in place."""

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
    Signal,
)
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gigadesk.chat import Chat, Folder
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.text import one_line
from gigadesk.ui.sidebar.chat_list_model import ChatListModel, Role
from gigadesk.ui.sidebar.folder_colors import folder_shade
from gigadesk.ui.sidebar.list_rows import Part
from gigadesk.ui.sidebar.list_selection import selected_rows
from gigadesk.ui.sidebar.row_marks import MARK_SPACE, marks_of, paint_mark
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.icons import icon
from gigadesk.ui.words.numbers import number_text

ROW_PADDING = 16
SIDE_MARGIN = 8
TEXT_MARGIN = 12
RADIUS = 8.0
_INDENT = 14
_DEEPEST = 5
"""Folders that stand deeper are not moved further to the side: their names would have no room."""
_ICON_SIZE = 16

Index = QModelIndex | QPersistentModelIndex


class ChatDelegate(QStyledItemDelegate):
    """Title on the left, marks on the right; folders with their colour and the number of their chats.

    Signals:
        editing_began(): an editor was opened.
    """

    editing_began = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._edited: Chat | Folder | None = None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(0, option.fontMetrics.height() + ROW_PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setClipRect(option.rect)  # a letter with marks may be higher than its row
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        part, chat = index.data(Role.PART), index.data(Role.CHAT)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if isinstance(chat, Chat) and isinstance(part, Part):
            self._paint_chat(painter, option, index, part, chat, text)
        elif isinstance(part, Part) and part.folder is not None:
            self._paint_folder(painter, option, part, text)
        else:
            self._paint_heading(painter, option, text)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        editor = QLineEdit(parent)
        editor.setPalette(QApplication.palette())  # not that of the list, which paints no selection
        editor.setMaxLength(TITLE_MAX_CHARS)
        editor.setObjectName("chat-title-editor")
        editor.setAccessibleName(self.tr("Chat title"))
        editor.setStyleSheet("QLineEdit { padding: 0 9px; min-height: 0; } QLineEdit:focus { padding: 0 8px; }")
        chat, part = index.data(Role.CHAT), index.data(Role.PART)
        self._edited = chat if isinstance(chat, Chat) else part.folder if isinstance(part, Part) else None
        if not isinstance(chat, Chat):
            editor.setAccessibleName(self.tr("Folder name"))
        self.editing_began.emit()
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._edited = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Qt asks again whenever the row changes, for example when its answer ends: what was typed by then stays.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002
        # Not what the row is now: it may have become another's while the list waited for the end of the editing.
        if isinstance(editor, QLineEdit) and isinstance(model, ChatListModel) and self._edited is not None:
            model.rename(self._edited, editor.text())

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

    def _paint_card(self, painter: QPainter, option: QStyleOptionViewItem, *, is_shown: bool) -> QRectF:
        """The ground of a row that is shown, selected with others, or under the pointer."""
        card = QRectF(option.rect).adjusted(SIDE_MARGIN, 1, -SIDE_MARGIN, -1)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected) and _has_several(option)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and _is_under_mouse(option)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_shown or is_chosen or is_hovered:
            painter.setBrush(self._theme.selected if is_shown or is_chosen else self._theme.hover)
            painter.drawRoundedRect(card, RADIUS, RADIUS)
        if is_chosen:
            painter.setBrush(self._theme.accent)
            painter.drawRoundedRect(QRectF(card.left() + 3, card.top() + 6, 3, card.height() - 12), 1.5, 1.5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        return card

    def _paint_folder(self, painter: QPainter, option: QStyleOptionViewItem, part: Part, text: str) -> None:
        card = self._paint_card(painter, option, is_shown=False)
        assert part.folder is not None
        left = card.left() + TEXT_MARGIN - 4 + _INDENT * min(part.depth, _DEEPEST)
        chevron = "chevron-down" if part.is_open else "chevron-right"
        middle = card.center().y() - _ICON_SIZE / 2
        for name, color in (
            (chevron, self._theme.text_muted),
            ("folder", folder_shade(part.folder.color, self._theme)),
        ):
            icon(name, color, _ICON_SIZE).paint(painter, round(left), round(middle), _ICON_SIZE, _ICON_SIZE)
            left += _ICON_SIZE + 4
        count = number_text(part.total)
        width = option.fontMetrics.horizontalAdvance(count)
        painter.setFont(option.font)
        painter.setPen(self._theme.text_muted)
        right = card.toRect().adjusted(0, 0, -TEXT_MARGIN, 0)
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
        place = QRect(right)
        place.setLeft(round(left) + 2)
        place.setRight(right.right() - width - 8)
        self._paint_title(painter, place, QFont(option.font), text, is_placeholder=False)

    def _paint_chat(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, part: Part, chat: Chat, text: str
    ) -> None:
        is_shown = bool(index.data(Role.IS_SHOWN))
        card = self._paint_card(painter, option, is_shown=is_shown)
        font = QFont(option.font)
        if chat.is_unread:
            font.setWeight(QFont.Weight.Bold)
        marks = marks_of(chat, is_shown=is_shown)
        # Below the sign of its folder; the stroke of that begins a little inside of its square.
        in_folder = _ICON_SIZE + 2 + _INDENT * min(part.depth, _DEEPEST)
        left = TEXT_MARGIN + (in_folder if part.folder is not None else 0)
        place = card.toRect().adjusted(left, 0, -max(MARK_SPACE * len(marks), TEXT_MARGIN), 0)
        self._paint_title(painter, place, font, text, is_placeholder=not one_line(chat.title))
        for number, mark in enumerate(marks):
            centre = QPointF(card.right() - MARK_SPACE * (number + 0.5), card.center().y())
            paint_mark(painter, centre, mark, self._theme)

    def _paint_title(self, painter: QPainter, place: QRect, font: QFont, text: str, *, is_placeholder: bool) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.text_muted if is_placeholder else self._theme.text)
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(alignment) | int(Qt.TextFlag.TextSingleLine), elided)


def _has_several(option: QStyleOptionViewItem) -> bool:
    """Whether the view has more than one row selected: a single one is marked by its frame."""
    view = option.widget
    return isinstance(view, QAbstractItemView) and selected_rows(view.selectionModel()) > 1


def _is_under_mouse(option: QStyleOptionViewItem) -> bool:
    """Whether the pointer is over the row now: the view goes on marking a row that has moved away from it."""
    view = option.widget
    widget = view.viewport() if isinstance(view, QAbstractItemView) else view
    return option.rect.contains(widget.mapFromGlobal(QCursor.pos()))
