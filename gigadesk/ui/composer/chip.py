"""One attached file: a preview, its name, how far it is, and a cross."""

from typing import assert_never

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from gigadesk.chat import ChatFile, FileKind, FileState
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.ui.notices import notice_for
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.icons import DEFAULT_SIZE, icon
from gigadesk.ui.widgets.tooltips import plain_tooltip
from gigadesk.ui.words.file_words import kind_icon, kind_text, size_text

RADIUS = 9.0
_PADDING = 6
_GAP = 8
_NAME_MIN_CHARS, _NAME_MAX_CHARS = 14, 24
_SMALL = 0.88
"""Size of the second line, in that of the first."""
_SMALL_ICON = 14
_PASSING = frozenset({AttachmentCause.CHANGED, AttachmentCause.UNREADABLE})
_PREVIEW_RATIO = 3
"""A preview is cut to a square: of a picture up to three times as long as wide the middle stays sharp."""


class Chip(QAbstractButton):
    """Takes the focus with Tab and with a click.

    Delete and Backspace remove it, Enter tries a failed one again, the arrows go to its neighbours.

    Signals:
        remove_requested(int), retry_requested(int): by the file's id.
        stepped(int): the focus shall go to the next (1) or the previous (-1) chip.
        clicked(): of the base class; the user wants to see it.
    """

    remove_requested = Signal(int)
    retry_requested = Signal(int)
    stepped = Signal(int)

    def __init__(self, file: ChatFile, path: str, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._pictures = pictures
        self._file, self._path = file, path
        self._percent: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._remove = _SmallButton("close", self)
        self._remove.clicked.connect(lambda: self.remove_requested.emit(self._file.id))
        self._retry = _SmallButton("retry", self)
        self._retry.clicked.connect(lambda: self.retry_requested.emit(self._file.id))
        pictures.loaded.connect(self._on_loaded)
        self._show_state()

    @property
    def file(self) -> ChatFile:
        return self._file

    @property
    def path(self) -> str:
        """Where its bytes lie; empty while they do not."""
        return self._path

    def show_file(self, file: ChatFile, path: str) -> None:
        """Its state has changed."""
        if file.state is not self._file.state:
            self._percent = None
        self._file, self._path = file, path
        self._show_state()

    def set_progress(self, done_bytes: int, total_bytes: int) -> None:
        """So much of it has gone up."""
        self._percent = min(100 * done_bytes // total_bytes, 100) if total_bytes > 0 else None
        self._show_state()

    def state_text(self) -> str:
        """The second line: size, progress, or why it failed."""
        match self._file.state:
            case FileState.READING:
                return self.tr("Reading…")
            case FileState.UPLOADING | FileState.LOADING:
                if self._percent is None:
                    return self.tr("Uploading…")
                return self.tr("Uploading, {percent} %").format(percent=self._percent)
            case FileState.KEPT | FileState.READY:
                return size_text(self._file.size_bytes)
            case FileState.FAILED:
                return notice_for(self._file.error).title if self._file.error is not None else self.tr("Not attached")
            case _:
                assert_never(self._file.state)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._remove.set_theme(theme)
        self._retry.set_theme(theme)
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        letter = metrics.averageCharWidth()
        wanted = metrics.horizontalAdvance(self._file.name)
        if self._has_failed:
            wanted = max(wanted, QFontMetrics(self._small_font()).horizontalAdvance(self.state_text()))
        words = min(max(wanted, letter * _NAME_MIN_CHARS), letter * _NAME_MAX_CHARS) + 2
        height = self._line_height() + metrics.height() + 2 * _PADDING + 2
        buttons = self._remove.width() * (2 if self._has_retry else 1)
        return QSize(height + _GAP // 2 + words + _GAP + buttons + _PADDING, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_requested.emit(self._file.id)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._has_retry:
            self.retry_requested.emit(self._file.id)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.FontChange}:
            self._show_state()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._theme.danger if self._has_failed else self._theme.border, 1))
        painter.setBrush(self._theme.danger_background if self._has_failed else self._theme.code_background)
        painter.drawRoundedRect(outline, RADIUS, RADIUS)
        self._paint_progress(painter)
        self._paint_preview(painter)
        self._paint_words(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.accent, 2))
            painter.drawRoundedRect(outline.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    @property
    def _has_failed(self) -> bool:
        return self._file.state is FileState.FAILED

    @property
    def _has_retry(self) -> bool:
        """Trying again helps against the network, the disk and a busy file, not against what the file is."""
        error = self._file.error
        return self._has_failed and not (isinstance(error, AttachmentError) and error.cause not in _PASSING)

    def _line_height(self) -> int:
        return round(self.fontMetrics().height() * _SMALL)

    def _small_font(self) -> QFont:
        font = self.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * _SMALL)
        else:
            font.setPixelSize(round(font.pixelSize() * _SMALL))
        return font

    def _preview_rect(self) -> QRect:
        side = self.height() - 2 * _PADDING
        return QRect(_PADDING, _PADDING, side, side)

    def _place_buttons(self) -> None:
        left = self.width() - _PADDING // 2
        for button, is_shown in ((self._remove, True), (self._retry, self._has_retry)):
            button.setVisible(is_shown)
            if is_shown:
                left -= button.width()
                button.move(left, (self.height() - button.height()) // 2)

    def _paint_preview(self, painter: QPainter) -> None:
        place = self._preview_rect()
        image = self._image(place.width())
        if image is None:
            name = "warning" if self._has_failed else kind_icon(self._file.kind)
            color = self._theme.danger if self._has_failed else self._theme.text_muted
            left = place.center().x() - DEFAULT_SIZE // 2 + 1
            icon(name, color).paint(
                painter, left, place.center().y() - DEFAULT_SIZE // 2 + 1, DEFAULT_SIZE, DEFAULT_SIZE
            )
            return
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), RADIUS - 3, RADIUS - 3)
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(QRectF(place), image, _middle_square(image))
        painter.restore()

    def _image(self, side: int) -> QImage | None:
        if self._file.kind is not FileKind.IMAGE or not self._path:
            return None
        ratio = self.devicePixelRatioF()
        wanted = round(side * ratio * _PREVIEW_RATIO)
        return self._pictures.image(self._path, wanted, wanted)

    def _paint_words(self, painter: QPainter) -> None:
        metrics = self.fontMetrics()
        left = self._preview_rect().right() + 1 + _GAP
        buttons = self._remove.width() * (2 if self._has_retry else 1)
        room = self.width() - left - buttons - _PADDING
        top = (self.height() - metrics.height() - self._line_height()) // 2
        painter.setPen(self._theme.text)
        name = metrics.elidedText(self._file.name, Qt.TextElideMode.ElideMiddle, room)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(QRect(left, top, room, metrics.height()), flags, name)
        painter.setFont(self._small_font())
        painter.setPen(self._theme.danger if self._has_failed else self._theme.text_muted)
        state = painter.fontMetrics().elidedText(self.state_text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top + metrics.height(), room, self._line_height()), flags, state)

    def _paint_progress(self, painter: QPainter) -> None:
        """The ground fills from the left."""
        if self._percent is None or self._file.state is not FileState.UPLOADING:
            return
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        painter.save()
        painter.setClipPath(path)
        width = self.width() * self._percent / 100
        painter.fillRect(QRectF(0, 0, width, self.height()), self._theme.selected)
        painter.fillRect(QRectF(0, self.height() - 3, width, 3), self._theme.accent)
        painter.restore()

    def _show_state(self) -> None:
        name, state = self._file.name, self.state_text()
        # First letters are enough for a list that is walked through.
        self.setAccessibleName(f"{name}, {kind_text(self._file.kind).lower()}, {state}")
        retry = self.tr("Enter tries again, Delete removes it")
        self.setAccessibleDescription(retry if self._has_retry else self.tr("Delete removes it"))
        why = notice_for(self._file.error).text if self._has_failed and self._file.error is not None else ""
        self.setToolTip(plain_tooltip("\n".join(each for each in (name, state, why) if each)))
        for button, words in (
            (self._remove, self.tr("Remove “{name}”").format(name=name)),
            (self._retry, self.tr("Try “{name}” again").format(name=name)),
        ):
            button.setAccessibleName(words)
            button.setToolTip(plain_tooltip(words))
        self._place_buttons()
        self.updateGeometry()
        self.update()

    def _on_loaded(self, path: str) -> None:
        if path == self._path:
            self.update()


class _SmallButton(Button):
    """A round place for the pointer; the keyboard has keys for it."""

    def __init__(self, icon_name: str, parent: QWidget) -> None:
        super().__init__(icon_name, parent=parent, icon_size=_SMALL_ICON)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(_SMALL_ICON + 10, _SMALL_ICON + 10)


def _middle_square(image: QImage) -> QRectF:
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
