"""Shows how far a conversation on its way to paper has come, with a button that stops it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.widgets.labels import PlainLabel

WIDTH_EMS = 24


class ProgressDialog(QDialog):
    """Does not block the window. Signals: `cancelled()`, also by Esc and the close button."""

    cancelled = Signal()

    def __init__(self, parent: QWidget, title: str, words: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(self, words))
        layout.addWidget(self._bar)
        layout.addWidget(cancel, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(WIDTH_EMS * self.fontMetrics().height())
        self._is_done = False

    def show_progress(self, thousandths: int) -> None:
        self._bar.setValue(thousandths)

    def finish(self) -> None:
        """All is done: go away without saying that it was cancelled."""
        self._is_done = True
        self.close()

    def reject(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._is_done:
            self._is_done = True
            self.cancelled.emit()
