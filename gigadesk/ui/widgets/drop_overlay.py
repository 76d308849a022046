"""What lies over the chat while something is dragged over it: one frame that says what a drop will do."""

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from gigadesk.limits import AUDIO_FILE_MAX_BYTES, IMAGE_FILE_MAX_BYTES, TEXT_FILE_MAX_BYTES
from gigadesk.ui.composer import incoming
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.icons import icon
from gigadesk.ui.words.file_words import size_text

_ICON = 36
_INSET = 12
_RADIUS = 16
_COVER = 246
"""Of 255: what lies below is still felt, and does not disturb the words."""
_LARGE = 1.25


class DropOverlay(QWidget):
    """Hidden until `begin`; takes the drop for all that lies below it.

    Signals:
        files_dropped(object): a tuple of paths.
        picture_dropped(bytes): a picture as a file.
        text_dropped(str)
    """

    files_dropped = Signal(object)
    picture_dropped = Signal(bytes)
    text_dropped = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._is_text = False
        self.setAcceptDrops(True)
        self.hide()

    @staticmethod
    def takes(data: QMimeData) -> bool:
        """Whether a message can use any of it."""
        return incoming.is_attachable(data) or incoming.has_text(data)

    def begin(self, data: QMimeData, place: QRect) -> None:
        """Cover `place` of the parent until the drag ends or leaves."""
        self._is_text = not incoming.is_attachable(data)
        self.setGeometry(place)
        self.raise_()
        self.show()

    def title_text(self) -> str:
        """What letting go will do."""
        return self.tr("Drop the text into the message") if self._is_text else self.tr("Drop to attach")

    def hint_text(self) -> str:
        """What may be attached."""
        if self._is_text:
            return ""
        words = self.tr("Pictures up to {picture}, recordings up to {sound}, documents and texts up to {text}")
        sizes = map(size_text, (IMAGE_FILE_MAX_BYTES, AUDIO_FILE_MAX_BYTES, TEXT_FILE_MAX_BYTES))
        return words.format(**dict(zip(("picture", "sound", "text"), sizes, strict=True)))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.takes(event.mimeData()):
            _accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _accept(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        data = event.mimeData()
        _accept(event)
        if files := incoming.local_files(data):
            self.files_dropped.emit(files)
        elif incoming.has_picture(data) and (content := incoming.picture(data)):
            self.picture_dropped.emit(content)
        elif incoming.has_text(data):
            self.text_dropped.emit(data.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A press comes only when no drag is going on: some platforms do not tell the end of every one.
        self.hide()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        paint_drop_place(self, self._theme, "attach", self.title_text(), self.hint_text())


def paint_drop_place(place: QWidget, theme: Theme, icon_name: str, title: str, hint: str) -> None:
    """Cover a widget with a frame that says what letting go does."""
    painter = QPainter(place)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(theme.window)
    ground.setAlpha(_COVER)
    painter.fillRect(place.rect(), ground)
    painter.setPen(QPen(theme.accent, 1.5, Qt.PenStyle.DashLine))
    frame = QRectF(place.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
    painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
    line = place.fontMetrics().height()
    room = frame.toRect().adjusted(line, 0, -line, 0)
    top = room.center().y() - (_ICON + 3 * line) // 2
    icon(icon_name, theme.accent, _ICON).paint(painter, room.center().x() - _ICON // 2, top, _ICON, _ICON)
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
    painter.setFont(_larger(place.font()))
    painter.setPen(theme.text)
    below = painter.boundingRect(room.left(), top + _ICON + line // 2, room.width(), 4 * line, flags, title)
    painter.drawText(below, flags, title)
    painter.setFont(place.font())
    painter.setPen(theme.text_muted)
    painter.drawText(QRect(room.left(), below.bottom() + line // 2, room.width(), 4 * line), flags, hint)


def _accept(event: QDropEvent) -> None:
    """As a copy, whatever is proposed: a file manager would delete what was moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _larger(font: QFont) -> QFont:
    larger = QFont(font)
    if font.pointSizeF() > 0:
        larger.setPointSizeF(font.pointSizeF() * _LARGE)
    larger.setWeight(QFont.Weight.DemiBold)
    return larger
