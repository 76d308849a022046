"""The place for notices that belong to no message: a card with a cross, above the transcript."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk.ui.notices import Action, Notice
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.notice_card import NoticeCard

_ABOUT_MESSAGES = {Action.CONTINUE, Action.COPY}


class NoticeBar(QWidget):
    """Shows one notice at a time; a newer one takes the place of an older. Patient ones wait until nothing is shown.

    Signals:
        action_requested(str): the value of an `Action`.
    """

    action_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = NoticeCard(self, tuple(each for each in Action if each not in _ABOUT_MESSAGES))
        self._card.action_requested.connect(self.action_requested)
        self._patient: list[Notice] = []
        self._close = Button("close", parent=self._card)
        self._close.clicked.connect(self.dismiss)
        inside = self._card.layout()
        if inside is not None:
            inside.addWidget(self._close)
            inside.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)
        self._retranslate()
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown; None when nothing is."""
        return self._card.notice

    def show_notice(self, notice: Notice) -> None:
        """Show these words."""
        self.show()
        self._card.show_notice(notice)

    def add_patient(self, notice: Notice) -> None:
        """Show these words when nothing else is shown, and again after what interrupts them, until they are closed."""
        self._patient.append(notice)
        if self.notice is None:
            self.show_notice(notice)

    def insist(self, notice: Notice) -> None:
        """Show these words now, and again after what interrupts them, until they are closed or withdrawn."""
        self._patient.insert(0, notice)
        self.show_notice(notice)

    def withdraw(self, notice: Notice) -> None:
        """They are not true any more."""
        self._patient = [each for each in self._patient if each is not notice]
        if self.notice is notice:
            self.dismiss()

    def dismiss(self) -> None:
        """Take the notice away; the next one that waited comes forward."""
        self._patient = [each for each in self._patient if each is not self.notice]
        if self._patient:
            self.show_notice(self._patient[0])
            return
        self._card.show_notice(None)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._close.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._close.setAccessibleName(self.tr("Close the notice"))
        self._close.setToolTip(self.tr("Close the notice"))
