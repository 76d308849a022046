"""Where something was written, to be copied and to be shown."""

from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.links import open_folder
from gigadesk.ui.widgets.labels import PlainLabel

SPACING = 8


class MadePlace(QWidget):
    """The path of a file or a folder that was made, and a button that shows it. Hidden until there is one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._made: Path | None = None
        self.path = QLineEdit(self)
        self.path.setReadOnly(True)
        self.path.setAccessibleName(self.tr("Where it is"))
        self.button = QPushButton(self.tr("Show in folder"), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._show_folder)
        self._problem = PlainLabel(self, self.tr("The system has no program that shows folders."), kind="muted")
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.path, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._problem)
        self.hide()

    def show_path(self, path: Path) -> None:
        self._made = path
        self.path.setText(QDir.toNativeSeparators(str(path)))
        self.show()

    def _show_folder(self) -> None:
        if self._made is not None:
            self._problem.setHidden(open_folder(self._made if self._made.is_dir() else self._made.parent))
