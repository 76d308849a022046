"""Lets files and selected text of a chat be dragged out: a file as a copy under its own name."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QDrag, QFontMetricsF, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gigadesk.files import private_temporary_folder, sweep_temporary_folders
from gigadesk.gigachat.file_kinds import clean_file_name
from gigadesk.ui.theme import Theme

_PREFIX = "gigadesk-drag-"
_LEFT_S = 24 * 3600
"""So long another program may take to read what was dropped on it."""
DRAGGED_MAX_BYTES = 64 * 1024 * 1024
"""Copied before the drag begins; a larger file is saved instead."""
LABEL_PADDING = 8
LABEL_RADIUS = 6
LABEL_DISTANCE = 12
"""From the tip of the pointer, in pixels: the place of the drop stays in sight."""


class DragOut(QObject):
    """Keeps the copies until the window is closed: the other program may read them long after the drop."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._folder: Path | None = None
        # The program ends without `aboutToQuit`.
        view.window().installEventFilter(self)

    def start(self, source: Path, name: str, image: QImage | None) -> bool:
        """Drag a copy of `source`; False if there is none. `image` goes with the pointer."""
        copy = self.prepare(source, name)
        if copy is None:
            return False
        drag = QDrag(self._view)
        drag.setMimeData(file_data(copy))
        if image is not None:
            drag.setPixmap(QPixmap.fromImage(image))
        # The one nested loop of the program: Qt knows no other way to drag. It is safe here, since a movement of the
        # mouse comes from the event loop itself and never from inside a task.
        drag.exec(Qt.DropAction.CopyAction)
        return True

    def prepare(self, source: Path, name: str) -> Path | None:
        """A copy under a name that says something, in a folder that only the user can enter; None if it cannot be."""
        try:
            if not source.is_file() or source.stat().st_size > DRAGGED_MAX_BYTES:
                return None
            if self._folder is None:
                self._folder = private_temporary_folder(_PREFIX)
            # By content, so that files of the same name do not disturb each other.
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            copy = folder / clean_file_name(name)
            shutil.copyfile(source, copy)
        except OSError:
            return None
        return copy

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.clear()
        return super().eventFilter(watched, event)

    def clear(self) -> None:
        """Delete the copies."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                shutil.rmtree(self._folder)
            self._folder = None


def sweep_dragged() -> None:
    """Delete the copies of programs that were killed, a day later. Blocks."""
    sweep_temporary_folders(_PREFIX, _LEFT_S)


def drag_text(view: QWidget, data: QMimeData, words: str, theme: Theme) -> None:
    """Drag text out as a copy; returns when it has been dropped. `words` go with the pointer."""
    drag = QDrag(view)
    drag.setMimeData(data)
    drag.setPixmap(_label(view, words, theme))
    drag.setHotSpot(QPoint(-LABEL_DISTANCE, -LABEL_DISTANCE))
    # Begun by a movement of the mouse, like the drag of a file above.
    drag.exec(Qt.DropAction.CopyAction)


def _label(view: QWidget, words: str, theme: Theme) -> QPixmap:
    """The beginning of what is dragged, on a small card."""
    metrics = QFontMetricsF(view.font())
    text = metrics.elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, metrics.averageCharWidth() * 32)
    size = QSizeF(metrics.horizontalAdvance(text) + 2 * LABEL_PADDING, metrics.height() + LABEL_PADDING)
    ratio = view.devicePixelRatioF()
    pixmap = QPixmap((size * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.border, 1))
    painter.setBrush(QBrush(theme.surface))
    card = QRectF(QPointF(0, 0), size).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(card, LABEL_RADIUS, LABEL_RADIUS)
    painter.setPen(theme.text)
    painter.setFont(view.font())
    painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return pixmap


def file_data(path: Path) -> QMimeData:
    """A file as other programs take it from a drag or the clipboard."""
    data = QMimeData()
    data.setData("text/uri-list", (path.as_uri() + "\r\n").encode("ascii"))
    return data
