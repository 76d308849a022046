"""A notice as a card: what happened, what to do, the technical words below, and buttons that help."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.notices import Action, Notice, action_text
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.enter_key import press_focused_button
from gigadesk.ui.widgets.icons import DEFAULT_SIZE, pixmap
from gigadesk.ui.widgets.labels import Heading, PlainLabel

MARGIN = 12
SPACING = 8


class NoticeCard(QFrame):
    """Hidden until it is given a notice, and again when it is given None.

    Signals:
        action_requested(str): a button of the notice was pressed; the value of an `Action`.
    """

    action_requested = Signal(str)

    def __init__(self, parent: QWidget, offered: tuple[Action, ...] = ()) -> None:
        """`offered` are the actions that make sense in this place; others get no button."""
        super().__init__(parent)
        self._offered = offered
        self._notice: Notice | None = None
        self._icon = QLabel(self)
        self._title = Heading(self)
        self._text = PlainLabel(self)
        self._text.make_selectable()
        self._detail = PlainLabel(self, kind="muted")
        self._detail.make_selectable()
        self._row = QHBoxLayout()
        self._buttons = {action: self._button(action) for action in offered}
        self._lay_out()
        self.hide()

    @property
    def notice(self) -> Notice | None:
        return self._notice

    def show_notice(self, notice: Notice | None) -> None:
        """Show `notice` and have it spoken; None hides the card."""
        self._notice = notice
        if notice is None:
            self.hide()
            return
        self.setProperty("kind", "error-card" if notice.is_error else "calm-card")
        self.style().polish(self)
        self._title.setText(notice.title)
        self._text.setText(notice.text)
        self._detail.setText(notice.detail)
        self._detail.setVisible(bool(notice.detail))
        self._show_buttons(notice.actions)
        self.setAccessibleName(notice.title)
        self.setAccessibleDescription(notice.text)
        self._tint_icon()
        self.show()
        announce(self, f"{notice.title}. {notice.text}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange} and self._notice:
            self._tint_icon()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused_button(self, event):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACING // 2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        if self._buttons:
            self._row.setContentsMargins(0, SPACING // 2, 0, 0)
            self._row.setSpacing(SPACING)
            self._row.addStretch()
            words.addLayout(self._row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def _show_buttons(self, actions: tuple[Action, ...]) -> None:
        """In the order of the notice, which puts the most helpful first."""
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.hide()
        last: QWidget = self._detail
        for index, action in enumerate(each for each in actions if each in self._buttons):
            button = self._buttons[action]
            button.setText(action_text(action))
            self._row.insertWidget(index, button)
            button.show()
            self.setTabOrder(last, button)
            last = button

    def _button(self, action: Action) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(action.value)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.action_requested.emit(action.value))
        return button

    def _tint_icon(self) -> None:
        is_error = self._notice is not None and self._notice.is_error
        role = QPalette.ColorRole.BrightText if is_error else QPalette.ColorRole.PlaceholderText
        name = "warning" if is_error else "info"
        self._icon.setPixmap(pixmap(name, self.palette().color(role), DEFAULT_SIZE, self.devicePixelRatioF()))
