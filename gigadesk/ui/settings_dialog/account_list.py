"""The user's accounts: which of them is shown below, a further one, another default, one less."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget

from gigadesk.settings import MAX_ACCOUNTS, Account
from gigadesk.ui.settings_dialog.button_row import ButtonRow
from gigadesk.ui.widgets.labels import PlainLabel

SPACING = 8
MARGIN_RIGHT = 34
"""Ends where the controls below end, before their reset buttons."""
MOST_ROWS = 5
"""More than these scroll."""


class AccountList(QWidget):
    """Names of accounts, and what can be done with the chosen one.

    Signals:
        chosen(str): show the account with this id.
        add_requested(), default_requested(str), remove_requested(str): the user's wishes, the last one confirmed.
    """

    chosen = Signal(str)
    add_requested = Signal()
    default_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._accounts: tuple[Account, ...] = ()
        self._default_id = ""
        self._list = _Names(self)
        self._add, self._make_default, self._remove = (_button(self) for _ in range(3))
        self._actions = ButtonRow(self, self._add, self._make_default, self._remove)
        self._question = PlainLabel(self)
        self._confirm, self._keep = _button(self, "danger"), _button(self)
        self._question_actions = ButtonRow(self, self._confirm, self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, MARGIN_RIGHT, 0)
        layout.setSpacing(SPACING)
        for widget in (self._list, self._actions, self._question, self._question_actions):
            layout.addWidget(widget)
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._list.delete_pressed.connect(self._ask_about_removing)
        self._add.clicked.connect(self.add_requested)
        self._make_default.clicked.connect(lambda: self.default_requested.emit(self.current_id))
        self._remove.clicked.connect(self._ask_about_removing)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._show_parts()

    @property
    def current_id(self) -> str:
        """Id of the chosen account."""
        row = self._list.currentRow()
        return self._accounts[row].id if 0 <= row < len(self._accounts) else ""

    def show_accounts(self, accounts: tuple[Account, ...], default_id: str, current_id: str) -> None:
        """Show these, with one of them chosen. Nothing is emitted."""
        self._accounts, self._default_id = accounts, default_id
        self._list.blockSignals(True)
        while self._list.count() > len(accounts):
            self._list.takeItem(self._list.count() - 1)
        while self._list.count() < len(accounts):
            self._list.addItem("")
        ids = [account.id for account in accounts]
        self._list.setCurrentRow(ids.index(current_id) if current_id in ids else 0)
        self._list.blockSignals(False)
        self._retranslate()
        self._show_parts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._list.setAccessibleName(self.tr("Accounts"))
        for row, account in enumerate(self._accounts):
            is_default = len(self._accounts) > 1 and account.id == self._default_id
            words = self.tr("{name} (default)").format(name=account.name) if is_default else account.name
            self._list.item(row).setText(words)
        self._list.fit()
        self._add.setText(self.tr("Add an account"))
        self._make_default.setText(self.tr("Use for new chats"))
        self._remove.setText(self.tr("Remove the account"))
        name = next((each.name for each in self._accounts if each.id == self.current_id), "")
        self._question.setText(
            self.tr(
                "Remove “{name}”? Its key or password is deleted from the keyring. Its chats stay, and go on with the "
                "default account."
            ).format(name=name)
        )
        self._confirm.setText(self.tr("Remove it"))
        self._keep.setText(self.tr("Keep it"))

    def _show_parts(self, *, is_asking: bool = False) -> None:
        has_several = len(self._accounts) > 1
        self._list.setVisible(has_several)
        actions = [self._add] if len(self._accounts) < MAX_ACCOUNTS else []
        if has_several and self.current_id != self._default_id:
            actions.append(self._make_default)
        if has_several:
            actions.append(self._remove)
        self._actions.show_buttons(*([] if is_asking else actions))
        self._question.setVisible(is_asking)
        self._question_actions.show_buttons(*((self._confirm, self._keep) if is_asking else ()))

    def _on_row_changed(self) -> None:
        self._retranslate()
        self._show_parts()
        if self.current_id:
            self.chosen.emit(self.current_id)

    def _ask_about_removing(self) -> None:
        if len(self._accounts) > 1:
            self._show_parts(is_asking=True)
            self._keep.setFocus()

    def _on_confirm_clicked(self) -> None:
        removed = self.current_id
        self._show_parts()
        self._list.setFocus()
        self.remove_requested.emit(removed)

    def _on_keep_clicked(self) -> None:
        self._show_parts()
        self._list.setFocus()


class _Names(QListWidget):
    """As high as its rows, up to a bound.

    Signals:
        delete_pressed(): the Delete key.
    """

    delete_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "navigation")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)

    def fit(self) -> None:
        """Take the height of the rows."""
        rows = min(max(self.count(), 1), MOST_ROWS)
        self.setFixedHeight(rows * max(self.sizeHintForRow(0), self.fontMetrics().height()) + 2 * self.frameWidth())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and self.count():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


def _button(parent: QWidget, kind: str = "") -> QPushButton:
    button = QPushButton(parent)
    button.setAutoDefault(False)
    if kind:
        button.setProperty("kind", kind)
    return button
