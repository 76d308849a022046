"""As whom and where to ask: the key, the kind of account, and the way to the service."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QFileInfo, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from gigadesk.settings import DEFAULT_AUTH_URL, DEFAULT_BASE_URL, MAX_LANES, Account, Scope
from gigadesk.ui.scopes import scope_text
from gigadesk.ui.settings_dialog.addresses import (
    certificate_file_problem,
    proxy_address_problem,
    service_address_problem,
)
from gigadesk.ui.settings_dialog.choice_field import ChoiceField
from gigadesk.ui.settings_dialog.key_section import KeyPlace, KeySection
from gigadesk.ui.settings_dialog.page import Page
from gigadesk.ui.settings_dialog.text_fields import NumberField, Range, TextField

LANES = Range(1, MAX_LANES, is_whole=True)
SYSTEM_PROXY = ""
NO_PROXY = "none"
OWN_PROXY = "own"
"""The third choice of the list; the address itself is what gets saved."""


class AccountPage(Page):
    """Who asks, and by which way.

    Signals:
        changed(object): the user wants this `Account`.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget, account: Account, place: KeyPlace) -> None:
        super().__init__(parent)
        self._account = account
        self._key_heading = self.add_heading()
        self.key_section = KeySection(self.column, place)
        self.add(self.key_section)
        self._scope = ChoiceField(self.column, tuple(Scope), Scope.PERS, is_wide=True)
        self._lanes = NumberField(self.column, LANES)
        self._proxy_choice = ChoiceField(self.column, (SYSTEM_PROXY, NO_PROXY, OWN_PROXY), SYSTEM_PROXY, is_wide=True)
        self._proxy = TextField(self.column, proxy_address_problem)
        self._ca_file = TextField(self.column, certificate_file_problem)
        self._choose_file = QPushButton(self._ca_file)
        self._choose_file.setAutoDefault(False)
        self._ca_file.add_beside(self._choose_file)
        self._base_url = TextField(self.column, service_address_problem)
        self._auth_url = TextField(self.column, service_address_problem)
        self._texts = (self._lanes, self._proxy, self._ca_file, self._base_url, self._auth_url)
        self.add(self._scope)
        self.add(self._lanes)
        self._network_heading = self.add_heading()
        for field in (self._proxy_choice, self._proxy, self._ca_file, self._base_url, self._auth_url):
            self.add(field)
        self.show_values(account)
        for changing in (self._scope, self._proxy_choice, *self._texts):
            changing.changed.connect(self._on_field_changed)
        self._choose_file.clicked.connect(self._on_choose_file_clicked)
        self._retranslate()

    def show_values(self, account: Account) -> None:
        """Show what is in force."""
        self._account = account
        self._scope.set_value(account.scope or Scope.PERS)
        self._lanes.set_number(account.lanes or None)
        is_own = account.proxy not in {SYSTEM_PROXY, NO_PROXY}
        # "This one" without an address yet is saved as the system's: leave the list where the user put it.
        if is_own or self._proxy_choice.value != OWN_PROXY:
            self._proxy_choice.set_value(OWN_PROXY if is_own else account.proxy)
        if is_own:
            self._proxy.set_value(account.proxy)
        self._show_proxy_line()
        self._ca_file.set_value(account.ca_file)
        self._base_url.set_value(account.base_url)
        self._auth_url.set_value(account.auth_url)

    def commit(self) -> None:
        """Take what is still being typed."""
        for field in self._texts:
            field.commit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._key_heading.setText(self.tr("Authorization key"))
        self._scope.set_words(self.tr("Whose key is it?"))
        self._scope.set_texts([scope_text(scope) for scope in Scope])
        self._lanes.set_words(
            self.tr("Answers at once"), self.tr("Usually 1 for private persons and 10 for companies.")
        )
        self._lanes.set_placeholder(self.tr("As the account allows"))
        self._network_heading.setText(self.tr("The way to GigaChat"))
        self._proxy_choice.set_words(self.tr("Proxy"))
        self._proxy_choice.set_texts([self.tr("As the system"), self.tr("None"), self.tr("This one:")])
        self._proxy.set_words(
            self.tr("Address of the proxy"), self.tr("A password in it is kept in the settings file, unprotected.")
        )
        self._proxy.set_placeholder("http://proxy.example:8080")
        self._ca_file.set_words(
            self.tr("Further certificate authority"),
            self.tr("A file (PEM or DER) from your company or antivirus, if it inspects secure connections."),
        )
        self._ca_file.set_placeholder(self.tr("None"))
        self._choose_file.setText(self.tr("Choose…"))
        self._choose_file.setAccessibleName(self.tr("Choose the certificate file"))
        self._base_url.set_words(
            self.tr("Address of the service"),
            self.tr("For a server or gateway of your own. The conversations go there."),
        )
        self._base_url.set_placeholder(DEFAULT_BASE_URL)
        self._auth_url.set_words(
            self.tr("Address of the authorization"), self.tr("The key goes there and nowhere else.")
        )
        self._auth_url.set_placeholder(DEFAULT_AUTH_URL)

    def _on_field_changed(self) -> None:
        self._show_proxy_line()
        choice = self._proxy_choice.value
        lanes = self._lanes.number
        shown_scope = self._account.scope or Scope.PERS
        account = replace(
            self._account,
            scope=self._account.scope if self._scope.value is shown_scope else self._scope.value,
            lanes=0 if lanes is None else int(lanes),
            proxy=self._proxy.value if choice == OWN_PROXY else choice,
            ca_file=self._ca_file.value,
            base_url=self._base_url.value,
            auth_url=self._auth_url.value,
        )
        if account != self._account:
            self._account = account
            self.changed.emit(account)

    def _show_proxy_line(self) -> None:
        self._proxy.setVisible(self._proxy_choice.value == OWN_PROXY)

    def _on_choose_file_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificate authority"), QFileInfo(self._ca_file.value).path())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Certificates (*.pem *.crt *.cer *.der)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._ca_file.enter)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
