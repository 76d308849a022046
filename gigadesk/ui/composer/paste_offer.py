"""One line above the text after a long paste: it could go as a file instead."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.elided_label import ElidedLabel


class PasteOffer(QWidget):
    """Hidden until `offer`. The text is in the field already: who does nothing keeps it there.

    Signals:
        accepted(): the text shall become a file.
        closed(): the line went; by `accepted`, its cross, Esc or `withdraw`.
    """

    accepted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ElidedLabel(self)
        self._accept = Button("attach", parent=self)
        self._accept.clicked.connect(self._on_accepted)
        self._close = Button("close", parent=self)
        self._close.clicked.connect(self.withdraw)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addStretch(1)
        layout.addWidget(self._accept)
        layout.addWidget(self._close)
        self._retranslate()
        self.hide()

    def offer(self) -> None:
        """Show the line."""
        self.show()
        announce(self, f"{self._words.whole_text()}. {self._accept.text()}")

    def withdraw(self) -> None:
        """Take the line away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        self._accept.set_theme(theme)
        self._close.set_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.withdraw()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._words.set_text(self.tr("A long text was pasted"))
        self._accept.setText(self.tr("Attach it as a file instead"))
        self._accept.setAccessibleName(self._accept.text())
        self._close.setAccessibleName(self.tr("Keep it as text"))
        self._close.setToolTip(self.tr("Keep it as text"))

    def _on_accepted(self) -> None:
        self.withdraw()
        self.accepted.emit()
