"""Words that the toolkit's own dialog for files lacks in Russian."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog


def name_fields(dialog: QFileDialog) -> None:
    """Name the fields for the folder and for the kind of files. The system's dialogs have names of their own."""
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, QCoreApplication.translate("FileSaver", "Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, QCoreApplication.translate("FileSaver", "Kind of files:"))
