"""A setting that is the path of a file: typed, or chosen in the system's dialog."""

from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from gigadesk.ui.settings_dialog.addresses import certificate_file_problem
from gigadesk.ui.settings_dialog.text_fields import TextField
from gigadesk.ui.widgets.file_dialog import name_fields


class CertificateFileField(TextField):
    """The path of a certificate or of its key; empty for none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, certificate_file_problem)
        self._title = ""
        self._choose = QPushButton(self)
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.add_beside(self._choose)

    def set_file_words(self, name: str, hint: str, choose_name: str) -> None:
        """Name and explanation, and what a screen reader calls the button beside it."""
        self._title = name
        self.set_words(name, hint)
        self._choose.setText(self.tr("Choose…"))
        self._choose.setAccessibleName(choose_name)

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self._title, QFileInfo(self.value).path())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        names = [self.tr("Certificates (*.pem *.crt *.cer *.der *.key)"), self.tr("All files (*)")]
        dialog.setNameFilters(names)
        name_fields(dialog)
        dialog.fileSelected.connect(self.enter)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
