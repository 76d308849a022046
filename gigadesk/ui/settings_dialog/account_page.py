"""As whom and where to ask: the accounts, and of one of them the sign-in, the balance and the way to the service."""

import secrets
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gigadesk.settings import MAX_LANES, Account, Scope, Settings, SignIn
from gigadesk.ui.scopes import scope_text, sign_in_text
from gigadesk.ui.settings_dialog.account_list import AccountList
from gigadesk.ui.settings_dialog.balance_section import BalanceSection
from gigadesk.ui.settings_dialog.button_row import ButtonRow
from gigadesk.ui.settings_dialog.choice_field import ChoiceField
from gigadesk.ui.settings_dialog.file_field import CertificateFileField
from gigadesk.ui.settings_dialog.key_section import KeySection
from gigadesk.ui.settings_dialog.page import Page
from gigadesk.ui.settings_dialog.secret_words import KeyPlace
from gigadesk.ui.settings_dialog.server_section import ServerSection
from gigadesk.ui.settings_dialog.text_fields import NumberField, Range, TextField
from gigadesk.ui.widgets.labels import Heading

LANES = Range(1, MAX_LANES, is_whole=True)


class AccountPage(Page):
    """Who asks, and by which way.

    Signals:
        changed(object): the user wants these `Settings`; only their accounts differ.
        account_shown(str): another account is shown; tell where its secret is kept (`show_place`).
        diagnosis_requested(str): find out what is wrong with the account.
    """

    changed = Signal(object)
    account_shown = Signal(str)
    diagnosis_requested = Signal(str)

    def __init__(self, parent: QWidget, settings: Settings, place: KeyPlace) -> None:
        super().__init__(parent)
        self._settings = settings
        self._account = settings.account
        self._place = place
        self.accounts = AccountList(self.column)
        self._title = Heading(self.column, scale=1.15)
        self._name = TextField(self.column)
        self._sign_in = ChoiceField(self.column, tuple(SignIn), SignIn.KEY, is_wide=True)
        self._user = TextField(self.column)
        self._certificate_file = CertificateFileField(self.column)
        self._certificate_key_file = CertificateFileField(self.column)
        self.key_section = KeySection(self.column, place)
        self._scope = ChoiceField(self.column, tuple(Scope), Scope.PERS, is_wide=True)
        self._scope_in_force = Scope.PERS
        self._lanes = NumberField(self.column, LANES)
        self.balance = BalanceSection(self.column)
        self.server = ServerSection(self.column)
        self._diagnose = QPushButton(self.column)
        self._diagnose.setAutoDefault(False)
        self._diagnose_row = ButtonRow(self.column, self._diagnose)
        self._diagnose_row.show_buttons(self._diagnose)
        self._texts = (self._name, self._user, self._certificate_file, self._certificate_key_file, self._lanes)
        self._lay_out()
        self._retranslate()
        self._show_account(is_other=True)
        self.key_section.show_place(place)
        self._place = place
        self._connect()

    @property
    def account_id(self) -> str:
        """Id of the account that is shown."""
        return self._account.id

    def show_values(self, settings: Settings) -> None:
        """Show what is in force; the account that was shown stays, if there is still one with its id."""
        known = {account.id: account for account in settings.accounts}
        account = known.get(self._account.id, settings.account)
        is_other = account.id != self._account.id
        self._settings, self._account = settings, account
        self._show_account(is_other=is_other)

    def choose(self, account_id: str) -> None:
        """Show this account."""
        self.commit()
        if account_id != self._account.id:
            self._account = self._settings.account_of(account_id)
            self._show_account(is_other=True)

    def show_place(self, place: KeyPlace, scope: Scope) -> None:
        """Where the secret of the shown account is kept, and the scope that it asks with."""
        self._place, self._scope_in_force = place, scope
        self._show_secret()

    def focus_sign_in(self) -> None:
        """Let the user choose how to sign in."""
        self._sign_in.box.setFocus()
        self.ensureWidgetVisible(self._sign_in)

    def commit(self) -> None:
        """Take what is still being typed."""
        for field in (*self._texts, self.server):
            field.commit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._accounts_heading = self.add_heading()
        self.add(self.accounts)
        self.add_space()
        self.add(self._title)
        for field in (self._name, self._sign_in, self._user, self._certificate_file, self._certificate_key_file):
            self.add(field)
        self.add(self.key_section)
        self.add(self._scope)
        self.add(self._lanes)
        self._balance_heading = self.add_heading()
        self.add(self.balance)
        self._network_heading = self.add_heading()
        self.add(self.server)
        self.add(self._diagnose_row)

    def _connect(self) -> None:
        self.accounts.chosen.connect(self.choose)
        self.accounts.add_requested.connect(self._on_add_requested)
        self.accounts.default_requested.connect(self._on_default_requested)
        self.accounts.remove_requested.connect(self._on_remove_requested)
        for changing in (self._sign_in, self._scope, self.server, *self._texts):
            changing.changed.connect(self._on_field_changed)
        self._diagnose.clicked.connect(lambda: self.diagnosis_requested.emit(self._account.id))

    def _show_account(self, *, is_other: bool) -> None:
        account = self._account
        self.accounts.show_accounts(self._settings.accounts, self._settings.account.id, account.id)
        self._title.setText(account.name)
        self._name.set_value(account.name)
        self._name.show_reset(is_visible=False)
        self._sign_in.set_value(account.sign_in)
        self._user.set_value(account.user)
        self._certificate_file.set_value(account.certificate_file)
        self._certificate_key_file.set_value(account.certificate_key_file)
        self._lanes.set_number(account.lanes or None)
        self.server.show_values(account, is_other=is_other)
        if is_other:
            # Not known before the answer to the signal.
            self._place = KeyPlace.NONE
            self.key_section.forget()
            self.balance.forget()
            self.account_shown.emit(account.id)
        self._show_secret()

    def _show_secret(self) -> None:
        kind = self._account.sign_in
        self._scope.set_value(self._account.scope or self._scope_in_force)
        self._scope.setVisible(kind is SignIn.KEY)
        self._user.setVisible(kind is SignIn.PASSWORD)
        for field in (self._certificate_file, self._certificate_key_file):
            field.setVisible(kind is SignIn.CERTIFICATE)
        can_check = bool(self._account.certificate_file) if kind is SignIn.CERTIFICATE else self._place != KeyPlace.NONE
        self.key_section.show_secret(kind, self._place, can_check=can_check)

    def _retranslate(self) -> None:
        self._accounts_heading.setText(self.tr("Accounts"))
        self._name.set_words(self.tr("Name"), self.tr("What you call the account; GigaChat is not told."))
        self._sign_in.set_words(self.tr("Way to sign in"))
        self._sign_in.set_texts([sign_in_text(kind) for kind in SignIn])
        self._user.set_words(
            self.tr("User name"), self.tr("For the former server or a gateway: the usual one takes no passwords.")
        )
        self._certificate_file.set_file_words(
            self.tr("Certificate"), self.tr("A file in PEM format."), self.tr("Choose the client certificate")
        )
        self._certificate_key_file.set_file_words(
            self.tr("Key of the certificate"),
            self.tr("Leave it empty if the file of the certificate holds the key too."),
            self.tr("Choose the key of the certificate"),
        )
        self._scope.set_words(self.tr("Whose key is it?"))
        self._scope.set_texts([scope_text(scope) for scope in Scope])
        self._lanes.set_words(
            self.tr("Answers at once"), self.tr("Usually 1 for private persons and 10 for companies.")
        )
        self._lanes.set_placeholder(self.tr("As the account allows"))
        self._balance_heading.setText(self.tr("Balance"))
        self._network_heading.setText(self.tr("The way to GigaChat"))
        self._diagnose.setText(self.tr("Find out what is wrong…"))

    def _on_field_changed(self) -> None:
        lanes = self._lanes.number
        shown_scope = self._account.scope or self._scope_in_force
        is_scope_chosen = self._account.scope is not None or self._scope.value != shown_scope
        account = replace(
            self.server.apply(self._account),
            # An empty name would be none: the former one stays.
            name=self._name.value or self._account.name,
            sign_in=SignIn(self._sign_in.value),
            scope=Scope(self._scope.value) if is_scope_chosen else None,
            lanes=0 if lanes is None else int(lanes),
            user=self._user.value,
            certificate_file=self._certificate_file.value,
            certificate_key_file=self._certificate_key_file.value,
        )
        if account == self._account:
            return
        if account.sign_in is not self._account.sign_in:
            # The secret of the other kind has a place of its own, which is not known yet.
            self._place = KeyPlace.NONE
        self._account = account
        self._settings = self._settings.with_account(account)
        self._show_account(is_other=False)
        self.changed.emit(self._settings)

    def _on_add_requested(self) -> None:
        self.commit()
        names = {account.name for account in self._settings.accounts}
        free = (self.tr("Account {number}").format(number=number) for number in range(2, len(names) + 3))
        # The id is never used twice: a chat of a removed account must not come to a new one.
        account = Account(id=f"account-{secrets.token_hex(6)}", name=next(name for name in free if name not in names))
        self._settings, self._account = self._settings.with_account(account), account
        self.changed.emit(self._settings)
        self._show_account(is_other=True)
        self._name.line.setFocus()
        self._name.line.selectAll()

    def _on_default_requested(self, account_id: str) -> None:
        self.commit()
        self._settings = replace(self._settings, default_account=account_id)
        self._show_account(is_other=False)
        self.changed.emit(self._settings)

    def _on_remove_requested(self, account_id: str) -> None:
        left = tuple(account for account in self._settings.accounts if account.id != account_id)
        if not left:
            return
        default = self._settings.account.id
        default = left[0].id if default == account_id else default
        self._settings = replace(self._settings, accounts=left, default_account=default)
        self._account = self._settings.account
        self.changed.emit(self._settings)
        self._show_account(is_other=True)
