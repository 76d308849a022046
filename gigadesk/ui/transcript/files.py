"""The files in the transcript: how far they have come, their pictures, and what is done with them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSizeF
from PySide6.QtGui import QImage

from gigadesk.chat import ChatFile, FileId
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.layout.file_boxes import Slot
from gigadesk.ui.transcript.messages.chrome import ChromeBox
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.values import MessageView

if TYPE_CHECKING:
    from gigadesk.ui.file_saving import FileSaver
    from gigadesk.ui.transcript.view import Transcript
    from gigadesk.ui.widgets.drag_out import DragOut


class Files(QObject):
    """Knows the files by their ids. What opens, saves and drags them is loaded with the first wish for it."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._progress: dict[FileId, float] = {}
        self._saver: FileSaver | None = None
        self._drag: DragOut | None = None
        self._copying = ""
        """Path of the picture that goes to the clipboard as soon as it is there."""
        self._watched: Pictures | None = None
        self.watch(view.pictures)

    # --- how far they have come

    def watch(self, pictures: Pictures) -> None:
        """Look after these pictures instead of those before."""
        if self._watched is not None:
            self._watched.loaded.disconnect(self._on_loaded)
        self._watched = pictures
        pictures.loaded.connect(self._on_loaded)

    def set_progress(self, file_id: FileId, done_bytes: int, total_bytes: int) -> None:
        share = min(1.0, done_bytes / total_bytes) if total_bytes > 0 else 0.0
        if self._progress.get(file_id) != share:
            self._progress[file_id] = share
            for key, slot in self._slots_in_sight():
                if slot.file.id == file_id:
                    self._view.refresh_row(key)

    def progress(self, file: ChatFile) -> float:
        """From 0 to 1; 0 while nothing is known."""
        return self._progress.get(file.id, 0.0)

    def note_change(self, old: MessageView, new: MessageView) -> None:
        """A message is as `new` says now: what was missing of its files may be there."""
        for file in new.message.files:
            path = new.paths.get(file.id, "")
            if path and old.paths.get(file.id, "") != path:
                self._view.pictures.forget(path)
                self._progress.pop(file.id, None)

    # --- what is seen of them

    def image(self, slot: Slot, ratio: float) -> QImage | None:
        """The picture for a place, at the pixels of the screen; None while it is not there."""
        if not slot.path:
            return None
        rect = slot.rect
        return self._view.pictures.image(slot.path, round(rect.width() * ratio), round(rect.height() * ratio))

    def image_of(self, path: str, size: QSizeF, ratio: float) -> QImage | None:
        """The same of a file that is not of a message."""
        return self._view.pictures.image(path, round(size.width() * ratio), round(size.height() * ratio))

    def has_failed(self, slot: Slot) -> bool:
        return bool(slot.path) and self._view.pictures.has_failed(slot.path)

    def _slots_in_sight(self) -> list[tuple[RowKey, Slot]]:
        view = self._view
        found: list[tuple[RowKey, Slot]] = []
        for placed in view.arranger.placed:
            item = view.rows.items[placed.key.message]
            if item.view.message.files and placed.key.row == item.row_count - 1:
                box = item.box(placed.key.row)
                if isinstance(box, ChromeBox):
                    found.extend((placed.key, slot) for slot in box.slots)
        return found

    def _on_loaded(self, path: str) -> None:
        view = self._view
        if path == self._copying:
            self._copying = ""
            self._copy_now(path)
        for key, slot in self._slots_in_sight():
            if slot.path != path:
                continue
            if slot.is_picture and view.pictures.has_failed(path):
                # Its header was good and the rest is not: it becomes a card.
                view.rows.items[key.message].drop_trailer()
                view.rows.height_of(key)
                view.refresh()
            else:
                view.refresh_row(key)

    # --- what is done with them

    def find(self, message: int, value: str) -> tuple[ChatFile, str] | None:
        """A file of a message by the value of its zone, and its path."""
        view = self._view.rows.items[message].view
        for file in view.message.files:
            if str(file.id) == value:
                return file, view.paths.get(file.id, "")
        return None

    def is_picture(self, path: str) -> bool:
        """Whether it can be shown."""
        return bool(path) and self._view.pictures.size(path).isValid() and not self._view.pictures.has_failed(path)

    def activate(self, message: int, kind: ZoneKind, value: str) -> None:
        """Do what a click on a file, or on a button of its card, means."""
        match kind:
            case ZoneKind.FILE:
                self.open(message, value)
            case ZoneKind.FILE_SAVE:
                self.save(message, value)
            case ZoneKind.PICTURE:
                self._view.web_pictures.activate(value)
            case ZoneKind.FILE_RETRY:
                self.retry(message, value)

    def open(self, message: int, value: str) -> None:
        """Show a picture large; save any other file, since nothing of an answer is handed to another program."""
        found = self.find(message, value)
        if found is None:
            return
        file, path = found
        if not path:
            self._view.file_open_requested.emit(file.id)
        elif self.is_picture(path):
            from gigadesk.ui.picture_viewer import show_picture

            show_picture(self._view, self._view.pictures, path, file.name, self._saving())
        else:
            self.save(message, value)

    def save(self, message: int, value: str) -> None:
        """Ask where a file is to be saved, and save it."""
        found = self.find(message, value)
        if found is None:
            return
        file, path = found
        if path:
            self._saving().save(Path(path), file.name)
        else:
            self._view.file_save_requested.emit(file.id)

    def retry(self, message: int, value: str) -> None:
        """Have a file fetched or sent again."""
        found = self.find(message, value)
        if found is not None:
            self._view.file_retry_requested.emit(found[0].id)

    def copy_picture(self, path: str) -> None:
        """Put a picture on the clipboard, in its own size, as soon as it is decoded."""
        self._copying = path
        self._copy_now(path)

    def drag(self, message: int, value: str) -> bool:
        """Let a file be dragged into another program; False if it is not here."""
        found = self.find(message, value)
        if found is None or not found[1]:
            return False
        if self._drag is None:
            from gigadesk.ui.widgets.drag_out import DragOut

            self._drag = DragOut(self._view)
        slot = next((slot for _, slot in self._slots_in_sight() if str(slot.file.id) == value), None)
        shown = slot is not None and slot.is_picture
        image = self.image(Slot(QRectF(0, 0, 128, 128), found[0], found[1], is_picture=True), 1.0) if shown else None
        self._drag.start(Path(found[1]), found[0].name, image)
        return True

    def _saving(self) -> "FileSaver":
        if self._saver is None:
            from gigadesk.ui.file_saving import FileSaver

            self._saver = FileSaver(self._view)
        return self._saver

    def _copy_now(self, path: str) -> None:
        from gigadesk.ui.picture_viewer import copy_picture

        if copy_picture(self._view.pictures, path):
            self._copying = ""
