"""How far a long piece of work with the data has come, with a way to give it up."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.widgets.labels import Heading, PlainLabel

MARGIN = 24
SPACING = 12
MIN_WIDTH = 420
_STEPS = 1000


class ProgressDialog(QDialog):
    """A bar. It is closed by whoever opened it; Escape and the button only wish for the end (`is_given_up`)."""

    def __init__(self, parent: QWidget | None, title: str, text: str, *, can_be_given_up: bool) -> None:
        super().__init__(parent)
        self.is_given_up = False
        self._is_over = False
        self._can_be_given_up = can_be_given_up
        self.setWindowTitle(title)
        self.setMinimumWidth(MIN_WIDTH)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(Heading(self, title, scale=1.2))
        layout.addWidget(PlainLabel(self, text))
        layout.addWidget(self._bar)
        if can_be_given_up:
            buttons = QDialogButtonBox(self)
            self._cancel = QPushButton(self.tr("Cancel"), buttons)
            buttons.addButton(self._cancel, QDialogButtonBox.ButtonRole.RejectRole)
            buttons.rejected.connect(self.reject)
            layout.addWidget(buttons)

    def set_progress(self, done: int, whole: int) -> None:
        """So much of so much is done."""
        if whole > 0:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(min(done * _STEPS // whole, _STEPS))

    def finish(self) -> None:
        """The work is over."""
        self._is_over = True
        self.accept()
        self.deleteLater()

    def reject(self) -> None:
        if self._is_over:
            super().reject()
        elif self._can_be_given_up:
            self.is_given_up = True
            self._cancel.setEnabled(False)
