"""Where dialogs for files begin, and the words that the toolkit's own lacks in Russian."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from gigadesk.files import is_folder


def name_fields(dialog: QFileDialog) -> None:
    """Name the fields for the folder and for the kind of files. The system's dialogs have names of their own."""
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, QCoreApplication.translate("FileSaver", "Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, QCoreApplication.translate("FileSaver", "Kind of files:"))


def first_folder() -> str:
    """The folder of downloads, or that of the user: the toolkit takes one that is not there for the name of a file."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return found if found and is_folder(Path(found)) else str(Path.home())
