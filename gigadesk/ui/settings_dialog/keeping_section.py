"""How long what is deleted is kept."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk.settings import Keeping
from gigadesk.ui.settings_dialog.choice_field import ChoiceField

DAYS = (7, 30, 90, 365, 0)


class KeepingSection(QWidget):
    """The trash, on the page of the data.

    Signals:
        changed(object): the user wants this `Keeping`.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget, keeping: Keeping) -> None:
        super().__init__(parent)
        self._keeping = keeping
        # A number that was written into the file by hand is a choice, too.
        self._values = DAYS if keeping.trash_days in DAYS else (keeping.trash_days, *DAYS)
        self._trash = ChoiceField(self, self._values, Keeping().trash_days)
        self._trash.changed.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._trash)
        self.show_values(keeping)
        self._retranslate()

    def show_values(self, keeping: Keeping) -> None:
        """Show what is in force."""
        self._keeping = keeping
        self._trash.set_value(keeping.trash_days)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._trash.set_words(
            self.tr("Keep what is in the trash"),
            self.tr("What is older is deleted for ever, at the start of the program and while it runs."),
        )
        self._trash.set_texts(
            [self.tr("%n day(s)", "", days) if days else self.tr("For ever") for days in self._values]
        )

    def _on_changed(self) -> None:
        self._keeping = replace(self._keeping, trash_days=self._trash.value)
        self.changed.emit(self._keeping)
