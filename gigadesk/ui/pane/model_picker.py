"""A flat button that names the model of the chat and lets the user choose another, and the account that is asked."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.menus import empty, literal
from gigadesk.ui.widgets.tooltips import plain_tooltip


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """One of the user's accounts, as the picker names it."""

    id: str
    name: str


class ModelPicker(Button):
    """Names the model (and the account, where it is not that of the settings) and opens a list above itself.

    Signals:
        model_chosen(str): the id of a model; empty means the one of the settings.
        account_chosen(str): the id of an account; empty means the one of the settings.
    """

    model_chosen = Signal(str)
    account_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._models: tuple[str, ...] = ()
        self._chosen = ""
        self._default = ""
        self._accounts: tuple[AccountChoice, ...] = ()
        self._default_account = ""
        self._chosen_account = ""
        self._menu = QMenu(self)
        self._menu.aboutToHide.connect(self.update)
        self.set_arrow(visible=True)
        self.clicked.connect(self.show_menu)
        self._show_choice()

    @property
    def model(self) -> str:
        """The model that will be asked; empty while none is known."""
        return self._chosen or self._default_model()

    def set_models(self, models: tuple[str, ...]) -> None:
        """The models that the service offers to the account of the chat, in its order."""
        self._models = models
        self._show_choice()

    def set_default(self, model: str) -> None:
        """The model of the settings; empty for the first one that the service offers."""
        self._default = model
        self._show_choice()

    def set_chosen(self, model: str) -> None:
        """The model of the shown chat; empty for that of the settings."""
        self._chosen = model
        self._show_choice()

    def set_accounts(self, accounts: tuple[AccountChoice, ...], default_id: str) -> None:
        """The accounts there are; with only one there is no choice of them."""
        self._accounts = accounts
        self._default_account = default_id
        self._show_choice()

    def set_chosen_account(self, account_id: str) -> None:
        """The account of the shown chat; empty for that of the settings."""
        self._chosen_account = account_id
        self._show_choice()

    def show_menu(self) -> None:
        """Open the list of models above the button."""
        self._fill_menu()
        size = self._menu.sizeHint()
        # The button stands at the right end of its row: so does the menu.
        self._menu.popup(self.mapToGlobal(QPoint(min(self.width() - size.width(), 0), -size.height() - 4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.show_menu()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_choice()
        super().changeEvent(event)

    def _fill_menu(self) -> None:
        empty(self._menu)
        if len(self._accounts) > 1:
            self._add_accounts()
        group = QActionGroup(self._menu)
        default = self._default_model()
        words = self.tr("As in the settings: {model}").format(model=default) if default else self.tr("Default model")
        self._add(group, words, "", is_chosen=not self._chosen)
        self._menu.addSeparator()
        known = self._models if not self._chosen or self._chosen in self._models else (self._chosen, *self._models)
        for model in known:
            self._add(group, model, model, is_chosen=model == self._chosen)

    def _add_accounts(self) -> None:
        menu = self._menu.addMenu(self.tr("Account: {name}").format(name=literal(self._account_name())))
        group = QActionGroup(self._menu)
        group.setObjectName("accounts")
        default = self._name_of(self._default_account)
        words = self.tr("As in the settings: {model}").format(model=default)
        self._add(group, words, "", is_chosen=self._is_default_account, menu=menu)
        menu.addSeparator()
        for account in self._accounts:
            self._add(group, account.name, account.id, is_chosen=account.id == self._chosen_account, menu=menu)
        self._menu.addSeparator()

    def _add(self, group: QActionGroup, words: str, value: str, *, is_chosen: bool, menu: QMenu | None = None) -> None:
        action = QAction(literal(words), group)
        action.setCheckable(True)
        action.setChecked(is_chosen)
        action.setData(value)
        chosen = self.account_chosen if group.objectName() == "accounts" else self.model_chosen
        action.triggered.connect(lambda: chosen.emit(value))
        (menu or self._menu).addAction(action)
        if is_chosen and menu is None:
            self._menu.setActiveAction(action)

    @property
    def _is_default_account(self) -> bool:
        """Also when the chosen one has been removed since."""
        return self._chosen_account not in {account.id for account in self._accounts}

    def _name_of(self, account_id: str) -> str:
        return next((account.name for account in self._accounts if account.id == account_id), "")

    def _account_name(self) -> str:
        return self._name_of(self._default_account if self._is_default_account else self._chosen_account)

    def _default_model(self) -> str:
        return self._default or (self._models[0] if self._models else "")

    def _show_choice(self) -> None:
        model = self.model or self.tr("Default model")
        account = "" if self._is_default_account or len(self._accounts) < 2 else self._account_name()
        self.setText(f"{account} · {model}" if account else model)
        words = self.tr("Model: {model}").format(model=model)
        if account:
            words += ", " + self.tr("Account: {name}").format(name=account)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(self.tr("Choose the model of this chat")))
        self.updateGeometry()
