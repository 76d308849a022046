"""The dialog in which the user chooses files to attach. It is opened, never executed."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gigadesk.chat import FileKind
from gigadesk.gigachat.file_kinds import FILE_TYPES
from gigadesk.ui.widgets.file_dialog import name_fields


class FileChooser(QObject):
    """Opens one dialog at a time and remembers the folder in which something was chosen.

    Signals:
        chosen(object): a tuple of paths.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self._folder = Path.home()
        self._dialog: QFileDialog | None = None

    @property
    def folder(self) -> Path:
        """Where the next dialog begins."""
        return self._folder

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        self._dialog.open()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Closing a window leaves its open dialogs on the screen.
        if event.type() == QEvent.Type.Close and self._dialog is not None:
            self._dialog.reject()
        return super().eventFilter(watched, event)

    def _make_dialog(self) -> QFileDialog:
        dialog = QFileDialog(self._owner.window(), self.tr("Attach files"), str(self._folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(self._filters())
        name_fields(dialog)
        dialog.filesSelected.connect(self._on_selected)
        dialog.finished.connect(self._on_finished)
        self._owner.window().installEventFilter(self)
        return dialog

    def _filters(self) -> list[str]:
        """Anything first: program texts of all endings can be attached, and only their content says so."""
        return [
            self.tr("All files") + " (*)",
            self.tr("Documents") + _patterns(FileKind.TEXT),
            self.tr("Pictures") + _patterns(FileKind.IMAGE),
            self.tr("Recordings") + _patterns(FileKind.AUDIO),
        ]

    def _on_selected(self, paths: list[str]) -> None:
        found = tuple(map(Path, paths))
        if found:
            self._folder = found[0].parent
            self.chosen.emit(found)

    def _on_finished(self) -> None:
        self._owner.window().removeEventFilter(self)
        self._dialog = None


def _patterns(kind: FileKind) -> str:
    return " (" + " ".join(f"*.{ending}" for ending, each in FILE_TYPES.items() if each.kind is kind) + ")"
