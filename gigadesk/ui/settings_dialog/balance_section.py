"""What is left of the packages of an account."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gigadesk.chat import ModelBalance
from gigadesk.ui.settings_dialog.button_row import ButtonRow
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.words.numbers import number_text

SPACING = 8
COLUMN_GAP = 24
MARGIN_RIGHT = 34
"""Ends where the controls below end, before their reset buttons."""


class BalanceSection(QWidget):
    """A line for each package; its numbers stand below each other.

    Signals:
        refresh_requested(): ask the service again.
    """

    refresh_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._balance: tuple[ModelBalance, ...] | None = None
        self._problem = ""
        self._is_asking = False
        self._words = PlainLabel(self, kind="muted")
        self._lines = QWidget(self)
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(COLUMN_GAP)
        self._grid.setVerticalSpacing(SPACING // 2)
        self._grid.setColumnStretch(2, 1)
        self._refresh = QPushButton(self)
        self._refresh.setAutoDefault(False)
        self._refresh.clicked.connect(self.refresh_requested)
        self._actions = ButtonRow(self, self._refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, MARGIN_RIGHT, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._lines)
        layout.addWidget(self._words)
        layout.addWidget(self._actions)
        self._actions.show_buttons(self._refresh)
        self._retranslate()

    def forget(self) -> None:
        """Another account is shown, and nothing is known of it yet."""
        self._balance, self._problem, self._is_asking = None, "", False
        self._retranslate()

    def set_asking(self) -> None:
        """The service is being asked; what is shown stays until it has answered."""
        self._is_asking = True
        self._retranslate()

    def show_balance(self, balance: Sequence[ModelBalance]) -> None:
        """What the service has answered."""
        self._balance, self._problem, self._is_asking = tuple(balance), "", False
        self._retranslate()

    def show_problem(self, text: str) -> None:
        """Why there is no answer, in words."""
        self._balance, self._problem, self._is_asking = None, text, False
        self._retranslate()
        announce(self._words, text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._refresh.setText(self.tr("Asking…") if self._is_asking else self.tr("Refresh the balance"))
        self._refresh.setEnabled(not self._is_asking)
        self._show_lines()
        words = self._problem
        if self._balance is None and not words:
            words = self.tr("What is left of your packages, in tokens, for each model.")
        elif self._balance == ():
            words = self.tr("GigaChat names no packages for this account.")
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _show_lines(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, package in enumerate(self._balance or ()):
            number = package.tokens
            self._add(row, 0, package.model)
            self._add(row, 1, self.tr("%n tokens", "", number).replace(str(number), number_text(number)))
        self._lines.setVisible(bool(self._balance))

    def _add(self, row: int, column: int, text: str) -> None:
        label = QLabel(text, self._lines)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, row, column, side)
        label.show()
