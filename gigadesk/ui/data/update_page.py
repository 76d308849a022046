"""What stands in the window at the start while the chats are looked through and brought up to date."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gigadesk.kept import UpdateStage
from gigadesk.ui.data.words import size_text
from gigadesk.ui.notices import quit_text
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.labels import Heading, PlainLabel

COLUMN_WIDTH_CHARS = 60
MARGIN = 24
SPACING = 12
_BAR_STEPS = 1000


class UpdatePage(QWidget):
    """Says what is done and how far it is.

    Signals:
        quit_requested(): the user wants to end the program meanwhile.
    """

    quit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = (UpdateStage.CHECKING, 0, 0)
        self._is_ending = False
        column = QWidget(self)
        column.setMaximumWidth(column.fontMetrics().averageCharWidth() * COLUMN_WIDTH_CHARS)
        self._title = Heading(column, scale=1.4)
        self._stage = PlainLabel(column)
        self._bar = QProgressBar(column)
        self._bar.setTextVisible(False)
        self._hint = PlainLabel(column, kind="muted")
        self.quit_button = QPushButton(column)
        self.quit_button.clicked.connect(self.quit_requested)
        self.setFocusProxy(self.quit_button)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACING)
        for part in (self._title, self._stage, self._bar, self._hint):
            inner.addWidget(part)
        inner.addWidget(self.quit_button, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)
        self._show()

    def show_progress(self, stage: UpdateStage, done: int, whole: int) -> None:
        """So much of so much of this stage is done."""
        former, self._state = self._state, (stage, done, whole)
        self._show()
        if stage is not former[0]:
            self.tell()

    def show_ending(self) -> None:
        """The program ends as soon as what is being done has stopped."""
        self._is_ending = True
        self._show()
        self.tell()

    def tell(self) -> None:
        """Let a screen reader say what is done."""
        announce(self, f"{self._title.text()}. {self._stage.text()}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        stage, done, whole = self._state
        is_update = stage is not UpdateStage.CHECKING
        self._title.setText(self.tr("Updating your chats") if is_update else self.tr("Opening your chats"))
        self._stage.setText(self.tr("Stopping…") if self._is_ending else self._stage_text())
        self._hint.setText(
            self.tr("You may close GigaDesk: nothing is lost, and the update goes on at the next start.")
        )
        self.quit_button.setText(quit_text())
        self.quit_button.setEnabled(not self._is_ending)
        self._bar.setAccessibleName(self._title.text())
        self._bar.setAccessibleDescription(self._stage.text())
        if stage is UpdateStage.COPYING and whole:
            self._bar.setRange(0, _BAR_STEPS)
            self._bar.setValue(done * _BAR_STEPS // whole)
        else:
            self._bar.setRange(0, 0)  # how long it will take is not known

    def _stage_text(self) -> str:
        stage, done, whole = self._state
        match stage:
            case UpdateStage.CHECKING:
                return self.tr("Checking that the file with the chats is whole…")
            case UpdateStage.COPYING:
                text = self.tr("First the chats are copied as they are: {done} of {whole}")
                return text.format(done=size_text(done), whole=size_text(whole))
            case UpdateStage.CHECKING_COPY:
                return self.tr("Checking that the copy is whole…")
            case UpdateStage.CHANGING:
                text = self.tr("Changing the file for this version of GigaDesk: step {step} of {steps}")
                return text.format(step=done, steps=whole)
