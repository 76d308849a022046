"""One line above the text while an earlier question is being written anew."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.elided_label import ElidedLabel


class EditBanner(QWidget):
    """Says that the text above the keys is an edit, and takes it back. Hidden until `set_shown`.

    Signals:
        cancelled(): the cross was pressed.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ElidedLabel(self)
        self._cancel = Button("close", parent=self)
        self._cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addStretch(1)
        layout.addWidget(self._cancel)
        self._retranslate()
        self.hide()

    def set_shown(self, *, is_shown: bool) -> None:
        """Show or hide the line; it is said aloud when it comes."""
        if is_shown == self.isHidden():
            self.setVisible(is_shown)
            if is_shown:
                announce(self, self._words.whole_text())

    def set_theme(self, theme: Theme) -> None:
        self._cancel.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._words.set_text(self.tr("Editing your message"))
        words = self.tr("Cancel editing")
        self._cancel.setAccessibleName(words)
        self._cancel.setToolTip(with_keys(words, "Esc"))
