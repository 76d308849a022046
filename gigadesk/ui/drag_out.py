"""Lets a file of a chat be dragged into another program, as a copy under its own name."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from gigadesk.gigachat.file_kinds import clean_file_name

DRAGGED_MAX_BYTES = 64 * 1024 * 1024
"""Copied before the drag begins; a larger file is saved instead."""


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
                self._folder = Path(tempfile.mkdtemp(prefix="gigadesk-"))
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


def file_data(path: Path) -> QMimeData:
    """A file as other programs take it from a drag or the clipboard."""
    data = QMimeData()
    data.setData("text/uri-list", (path.as_uri() + "\r\n").encode("ascii"))
    return data
