"""The report about an unexpected fault, to be read and copied. Nothing is sent anywhere."""

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.screen_room import resize_within_screen

MARGIN = 24
SPACING = 12
SIZE = (640, 420)


class ReportDialog(QDialog):
    """Shows a report as plain text. Does not block the window; Esc closes it."""

    def __init__(self, parent: QWidget, report: str, place: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report"))
        resize_within_screen(self, *SIZE)
        self._text = QPlainTextEdit(report, self)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Report"))
        self._text.setFont(QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)))
        note = PlainLabel(self, self.tr("It is kept in {path} and is never sent by itself.").format(path=place))
        buttons = QDialogButtonBox(self)
        copy = QPushButton(self.tr("Copy"), buttons)
        copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"), buttons)
        close.setDefault(True)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(note)
        layout.addWidget(self._text, 1)
        layout.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
