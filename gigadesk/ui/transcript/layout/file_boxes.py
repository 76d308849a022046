"""The files of a message: generated pictures in full, attached ones small, all others as cards."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF

from gigadesk.chat import ChatFile, FileKind, FileState
from gigadesk.ui.transcript.layout.boxes import Box, Fill, Zone, ZoneKind
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart
from gigadesk.ui.transcript.layout.typography import LineStyle, Typography
from gigadesk.ui.words.file_words import kind_icon, kind_text, size_text

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.frame import Frame
    from gigadesk.ui.transcript.values import MessageView

PICTURE_SIDE = 512
"""Of a picture that the model made, at most; also the place that is kept for one that is still to come."""
THUMBNAIL_HEIGHT = 160
THUMBNAIL_WIDTH = 280
CARD_WIDTH = 320
CARD_PADDING = 10
GAP = 8
ICON_SIDE = 20
PICTURE_RADIUS = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a file. What is in it changes while it is painted: the picture when it comes, the progress."""

    rect: QRectF
    file: ChatFile
    path: str
    is_picture: bool
    """The picture itself is painted, as soon as it is there."""
    bar: QRectF | None = None
    """Where progress is shown while the file is on its way."""


def is_on_its_way(file: ChatFile) -> bool:
    """Whether it is being fetched or sent."""
    return file.state in {FileState.READING, FileState.UPLOADING, FileState.LOADING}


def files_estimate(view: "MessageView", typography: Typography) -> float:
    """How high the files of a message are, before anything is known of them."""
    height = 0
    for file in view.message.files:
        is_large = file.is_generated and file.kind is FileKind.IMAGE
        height += GAP + (PICTURE_SIDE if is_large else THUMBNAIL_HEIGHT if file.kind is FileKind.IMAGE else 56)
    return float(typography.px(height))


class FileBoxes:
    """Puts the files of a message into its trailer."""

    def __init__(self, box: Box, slots: list[Slot], view: "MessageView", frame: "Frame") -> None:
        self._box = box
        self._slots = slots
        self._view = view
        self._frame = frame
        self._typography: Typography = frame.typography
        self._px = frame.typography.px
        self._gap = self._px(GAP)
        self._padding = self._px(CARD_PADDING)

    def add_answer(self, y: float) -> float:
        """The files that the model made, one below the other; returns where they end."""
        for file in self._view.message.files:
            y += self._gap
            y = self._add_picture(file, y) if self._is_large_picture(file) else self._add_card(file, 0, y)
        return y + self._gap

    def add_user(self, y: float) -> float:
        """The files that the user attached, from the right to the left as they fit; returns where they end."""
        right, top, bottom = self._frame.width, y + self._gap, y + self._gap
        for file in self._view.message.files:
            size = self._user_size(file)
            if right - size.width() < 0 and right < self._frame.width:
                right, top = self._frame.width, bottom + self._gap
            left = max(0.0, right - size.width())
            if self._thumbnail_size(file) is not None:
                rect = QRectF(left, top, size.width(), size.height())
                inset, thick = self._px(10), self._px(4)
                line = QRectF(left + inset, rect.bottom() - 3 * thick, rect.width() - 2 * inset, thick)
                bar = line if is_on_its_way(file) else None
                self._add_slot(file, rect, is_picture=True, bar=bar)
            else:
                self._add_card(file, left, top)
            right, bottom = left - self._gap, max(bottom, top + size.height())
        return bottom + 2

    def _path(self, file: ChatFile) -> str:
        return self._view.paths.get(file.id, "")

    def _is_large_picture(self, file: ChatFile) -> bool:
        if file.kind is not FileKind.IMAGE or file.state is FileState.FAILED:
            return False
        path = self._path(file)
        return self._frame.picture_size(path).isValid() if path else is_on_its_way(file)

    def _add_picture(self, file: ChatFile, y: float) -> float:
        path = self._path(file)
        original = self._frame.picture_size(path) if path else QSize(PICTURE_SIDE, PICTURE_SIDE)
        side = self._px(PICTURE_SIDE)
        size = self._fitting(original, min(side, self._frame.width), side)
        rect = QRectF(0, y, size.width(), size.height())
        self._add_slot(file, rect, is_picture=True)
        if not path:
            self._add_waiting(file, rect)
        return y + size.height()

    def _add_waiting(self, file: ChatFile, rect: QRectF) -> None:
        """Words and the line of progress in the place of a picture that is still to come."""
        typography = self._typography
        label = TextPart(state_text(file), typography.small, ENDLESS)
        width = min(float(self._px(200)), rect.width() - self._px(40))
        center = rect.center()
        label.x, label.y = center.x() - label.natural_width / 2, center.y() - typography.small.pitch
        label.color = typography.theme.text_muted
        self._box.marks.append(label)
        bar = QRectF(center.x() - width / 2, center.y() + self._px(8), width, self._px(4))
        self._slots[-1] = Slot(rect, file, "", is_picture=True, bar=bar)

    def _add_slot(self, file: ChatFile, rect: QRectF, *, is_picture: bool, bar: QRectF | None = None) -> None:
        path = self._path(file)
        self._slots.append(Slot(rect, file, path, is_picture, bar))
        if path:
            name = file_name(file)
            # No light is laid over a picture.
            self._box.zones.append(Zone(ZoneKind.FILE, (rect,), str(file.id), name, is_line=not is_picture))

    def _thumbnail_size(self, file: ChatFile) -> QSize | None:
        """Of an attached picture; None for what is shown as a card."""
        path = self._path(file)
        if file.kind is not FileKind.IMAGE or not path or file.state is FileState.FAILED:
            return None
        original = self._frame.picture_size(path)
        if not original.isValid():
            return None
        width = min(self._px(THUMBNAIL_WIDTH), self._frame.width)
        size = self._fitting(original, width, self._px(THUMBNAIL_HEIGHT))
        return size.expandedTo(QSize(24, 24))

    def _fitting(self, original: QSize, width: float, height: float) -> QSize:
        zoomed = QSize(self._px(original.width()), self._px(original.height()))
        return _fitting(zoomed, width, height)

    def _user_size(self, file: ChatFile) -> QSize:
        return self._thumbnail_size(file) or QSize(round(self._card_width), round(self._card_height))

    @property
    def _card_width(self) -> float:
        return min(float(self._px(CARD_WIDTH)), self._frame.width)

    @property
    def _card_height(self) -> float:
        return self._typography.body.pitch + self._typography.small.pitch + 2 * self._padding

    def _add_card(self, file: ChatFile, x: float, y: float) -> float:
        """Icon, name, size or state, and what can be done; returns where it ends."""
        typography, theme = self._typography, self._typography.theme
        rect = QRectF(x, y, self._card_width, self._card_height)
        self._box.ornaments.append(Fill(rect, theme.surface, theme.border, self._px(PICTURE_RADIUS)))
        right = self._add_card_button(file, rect)
        side, padding = self._px(ICON_SIDE), self._padding
        left = x + padding + side + padding
        icon_rect = QRectF(x + padding, rect.center().y() - side / 2, side, side)
        icon = "warning" if file.state is FileState.FAILED else kind_icon(file.kind)
        self._box.zones.append(Zone(ZoneKind.FILE, (icon_rect,), "", "", icon=icon, is_enabled=False))
        inner = max(40.0, right - left)
        name = TextPart(_elided(file.name, typography.body, inner), typography.body, ENDLESS)
        name.x, name.y = left, y + padding
        state = TextPart(_elided(self._card_text(file), typography.small, inner), typography.small, ENDLESS)
        state.x, state.y = left, y + padding + typography.body.pitch
        state.color = theme.danger if file.state is FileState.FAILED else theme.text_muted
        self._box.marks.extend((name, state))
        bar = QRectF(left, rect.bottom() - self._px(6), inner, self._px(3)) if is_on_its_way(file) else None
        self._add_slot(file, rect, is_picture=False, bar=bar)
        return rect.bottom()

    def _card_text(self, file: ChatFile) -> str:
        if file.state in {FileState.KEPT, FileState.READY}:
            if not self._path(file):
                return QCoreApplication.translate("Transcript", "The file is not here")
            if file.kind is FileKind.IMAGE and file.is_generated:
                return QCoreApplication.translate("Transcript", "Cannot be shown")
        return state_text(file)

    def _add_card_button(self, file: ChatFile, card: QRectF) -> float:
        """The button at the right end, if there is something to do; returns where it begins."""
        kind, words = ZoneKind.FILE_SAVE, QCoreApplication.translate("Transcript", "Save…")
        has_path = bool(self._path(file))
        if file.state is FileState.FAILED or (not has_path and not is_on_its_way(file)):
            kind, words = ZoneKind.FILE_RETRY, QCoreApplication.translate("Transcript", "Try again")
        elif not has_path or not file.is_generated:
            return card.right() - self._padding
        style = self._typography.body
        width = round(QFontMetricsF(style.font).horizontalAdvance(words)) + self._px(24)
        height = style.pitch + self._px(8)
        rect = QRectF(card.right() - self._padding - width, card.center().y() - height / 2, width, height)
        name = f"{words} {file.name}"
        self._box.zones.append(Zone(kind, (rect,), str(file.id), name, text=words))
        return rect.left() - self._padding


def _fitting(original: QSize, width: float, height: float) -> QSize:
    """As large as it is, but not larger than so many pixels."""
    bounds = QSize(int(width), int(height))
    if original.width() <= bounds.width() and original.height() <= bounds.height():
        return original
    return original.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _elided(text: str, style: LineStyle, width: float) -> str:

    return QFontMetricsF(style.font).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def file_name(file: ChatFile) -> str:
    """What a screen reader says of a file."""
    is_here = file.state in {FileState.KEPT, FileState.READY}
    size = f", {size_text(file.size_bytes)}" if file.size_bytes else ""
    return f"{kind_text(file.kind)}: {file.name}{size if is_here else f', {state_text(file)}'}"


def state_text(file: ChatFile) -> str:
    """One short line about a file: what it is, or what is happening to it."""
    match file.state:
        case FileState.READING:
            return QCoreApplication.translate("Transcript", "Reading…")
        case FileState.UPLOADING:
            return QCoreApplication.translate("Transcript", "Uploading…")
        case FileState.LOADING:
            if file.kind is FileKind.IMAGE:
                return QCoreApplication.translate("Transcript", "The picture is coming…")
            return QCoreApplication.translate("Transcript", "The file is coming…")
        case FileState.FAILED:
            if file.is_generated:
                return QCoreApplication.translate("Transcript", "Could not be fetched")
            return QCoreApplication.translate("Transcript", "Could not be uploaded")
        case FileState.KEPT | FileState.READY:
            kind = kind_text(file.kind)
            return f"{kind}, {size_text(file.size_bytes)}" if file.size_bytes else kind
