"""Saves a file of a chat where the user wants it: the system's dialog, and a copy that is whole or not there."""

import contextlib
import errno
import os
import secrets
import shutil
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from gigadesk.files import is_there, put_in_place, unfinished_prefix, write_private
from gigadesk.ui.widgets.file_dialog import first_folder, name_fields

POLL_MS = 30
_ASKS_ITSELF = sys.platform != "darwin"
"""There the system's own dialog always asks before it replaces a file."""
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS}


class FileSaver(QObject):
    """Asks where, and copies in a thread, so that a slow disk does not stop the window. Nested loops: none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._folder = ""
        """Where the last file went."""
        self._results: deque[OSError | None] = deque()
        self._running = 0
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    @property
    def is_busy(self) -> bool:
        """A file is being copied."""
        return self._running > 0

    def save(self, source: Path | bytes, name: str) -> QFileDialog:
        """Ask where to save a copy of `source`, or bytes; `name` is suggested. Returns the dialog, which is open."""
        return self.choose(name, lambda target: self.copy_to(source, target))

    def choose(self, name: str, use: Callable[[Path], None]) -> QFileDialog:
        """Ask for a place and hand it on, once the user agrees to replace what is there. The dialog is open."""
        dialog = QFileDialog(
            self._parent.window(), QCoreApplication.translate("FileSaver", "Save file"), self._folder or first_folder()
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        name_fields(dialog)
        # Qt's own dialog would ask in a nested loop.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, on=_ASKS_ITSELF)
        ending = Path(name).suffix
        if ending:
            dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda target: self._on_chosen(target, use))
        dialog.open()
        return dialog

    def copy_to(self, source: Path | bytes, target: Path) -> None:
        """Copy or write in a thread; an error is told in a dialog when it is known."""
        self._running += 1
        threading.Thread(
            target=_copy_and_tell, args=(source, target, self._results.append), name="saving", daemon=True
        ).start()
        self._poll.start()

    def _on_chosen(self, target: str, use: Callable[[Path], None]) -> None:
        if not target:
            return
        self._folder = str(Path(target).parent)
        if _ASKS_ITSELF and is_there(Path(target)):
            self._ask(Path(target), use)
        else:
            use(Path(target))

    def _ask(self, target: Path, use: Callable[[Path], None]) -> None:
        box = self._make_box(QCoreApplication.translate("FileSaver", "Replace the file?"))
        box.setInformativeText(
            QCoreApplication.translate("FileSaver", "“{name}” is already in this folder.").format(name=target.name)
        )
        words = QCoreApplication.translate("FileSaver", "Replace")
        replace = box.addButton(words, QMessageBox.ButtonRole.DestructiveRole)
        replace.clicked.connect(lambda: use(target))
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        QDialog.open(box)

    def _on_poll(self) -> None:
        while self._results:
            self._running -= 1
            error = self._results.popleft()
            if error is not None:
                self.tell_failure(error_text(error))
        if not self._running:
            self._poll.stop()

    def tell_failure(self, reason: str) -> None:
        """Say in a dialog that nothing was saved."""
        box = self._make_box(QCoreApplication.translate("FileSaver", "The file was not saved"))
        box.setInformativeText(reason)
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        QDialog.open(box)

    def _make_box(self, title: str) -> QMessageBox:
        box = QMessageBox(self._parent.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(title)
        return box


def error_text(error: OSError) -> str:
    """Why a file could not be saved, and what to do, in words."""
    if error.errno in _NO_SPACE:
        return QCoreApplication.translate(
            "FileSaver", "There is not enough space on the disk. Make room, or choose another disk."
        )
    if error.errno in _NO_PERMISSION:
        return QCoreApplication.translate("FileSaver", "This folder cannot be written to. Choose another one.")
    if isinstance(error, FileNotFoundError):
        return QCoreApplication.translate("FileSaver", "The file, or the folder it was to go to, is gone.")
    return error.strerror or type(error).__name__


def copy_whole(source: Path | bytes, target: Path) -> None:
    """Copy a file or write bytes: under the new name there is the whole of it, what was there before, or nothing.

    Raises:
        OSError: nothing was changed.
    """
    if isinstance(source, Path) and not source.is_file():  # a device would never end
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    temporary = target.with_name(f"{unfinished_prefix(target)}{secrets.token_hex(4)}.part")
    try:
        if isinstance(source, bytes):
            write_private(temporary, source)
        else:
            shutil.copyfile(source, temporary)
        put_in_place(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _copy_and_tell(source: Path | bytes, target: Path, tell: Callable[[OSError | None], None]) -> None:
    try:
        copy_whole(source, target)
    except OSError as error:
        tell(error)
    else:
        tell(None)
